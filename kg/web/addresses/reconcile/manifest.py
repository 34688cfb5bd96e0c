"""The service manifests: what the service is and where its parts are, for versions 0.2 and 1.0 (draft)."""

from typing import Any

from kg.graph.namespaces import CKG, ID
from kg.web.addresses.reconcile.answers import Answers
from kg.web.addresses.reconcile.requests import BATCH
from kg.web.addresses.reconcile.vocabulary import Vocabulary
from kg.web.services import Services

#: The size of a preview, in pixels.
WIDTH, HEIGHT = 440, 330
#: Types that a column most often holds.
USUAL_TYPES = ("Credential", "ProfessionalTitle", "Occupation", "IndustryAssociation", "MajorCategory")
_NAME = {"zh": "certkg 职业证书知识图谱", "en": "certkg: Chinese vocational credentials"}
_LIMIT = {
    "zh": ("limit", "最多几个值", "留空或0：全部"),
    "en": ("limit", "most values", "0 or nothing: all"),
}


def old(services: Services, vocabulary: Vocabulary, base: str, language: str) -> dict[str, Any]:
    """The manifest of version 0.2.

    Args:
        services: for the program's version, and whether a login is asked for.
        vocabulary: for the types.
        base: the application's address, which ends with a slash.
        language: zh or en.
    """
    here = f"{base}reconcile"
    setting, label, help = _LIMIT[language]
    return {
        "versions": ["0.2"],
        "identifierSpace": str(ID),
        "schemaSpace": str(CKG),
        "view": {"url": f"{base}?tab=browse&node={{{{id}}}}"},
        "feature_view": {"url": f"{here}/features#{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            part: {
                "service_url": here,
                "service_path": f"/suggest/{part}",
                "flyout_service_url": here,
                "flyout_service_path": f"/flyout/{part}?id=${{id}}",
            }
            for part in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/extend/propose"},
            "property_settings": [{"name": setting, "label": label, "type": "number", "default": 0, "help_text": help}],
        },
    } | _common(services, vocabulary, language)


def new(services: Services, vocabulary: Vocabulary, base: str, language: str) -> dict[str, Any]:
    """The manifest of version 1.0 (draft), whose parts are at fixed places below the service.

    Args:
        services: for the program's version, and whether a login is asked for.
        vocabulary: for the types.
        base: the application's address, which ends with a slash.
        language: zh or en.
    """
    setting, label, help = _LIMIT[language]
    return {
        "versions": ["1.0-draft"],
        "view": {"url": f"{base}?tab=browse&node={{id}}"},
        "featureView": {"url": f"{base}reconcile/features#{{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {
            "proposeProperties": True,
            "propertySettings": [{"id": setting, "name": label, "type": "number", "default": 0, "helpText": help}],
        },
        "standardizedScore": True,
        "lang": "zh",
        "dir": "ltr",
    } | _common(services, vocabulary, language)


def _common(services: Services, vocabulary: Vocabulary, language: str) -> dict[str, Any]:
    answers, types = Answers(vocabulary, language), vocabulary.types()
    said: dict[str, Any] = {
        "name": _NAME[language],
        "serviceVersion": str(services.version["version"]),
        "defaultTypes": [{key: each[key] for key in ("id", "name")} for each in (answers.type(types[name]) for name in USUAL_TYPES)],
        "batchSize": BATCH,
    }
    if services.settings.login:
        said["authentication"] = {"type": "basic"}
    return said
