"""The shapes of the Reconciliation Service API's answers (0.2 and 1.0 draft): nothing missing, nothing that the specification does not know."""

# Each class is named after what it is the shape of.
# ruff: noqa: D101
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

Text = Annotated[str, Field(min_length=1)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://")]


class Strict(BaseModel):
    """Refuses fields that are not named, and values of another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Type(Strict):
    id: Text
    name: Text
    broader: list["Type"] = []


class OldFeature(Strict):
    id: Text
    value: bool | float | int
    name: Text


class Candidate(Strict):
    id: Text
    name: Text
    description: str
    score: Annotated[float, Field(ge=0, le=100)]
    match: bool
    type: list[Type]
    features: list[OldFeature]


class OldResult(Strict):
    result: list[Candidate]


class NewResult(Strict):
    candidates: list[Candidate]


class NewResults(Strict):
    results: list[NewResult]


class OldSuggest(Strict):
    service_url: Address
    service_path: Annotated[str, StringConstraints(pattern="^/")]
    flyout_service_url: Address
    flyout_service_path: Annotated[str, StringConstraints(pattern=r"\$\{id\}")]


class OldSuggests(Strict):
    entity: OldSuggest
    type: OldSuggest
    property: OldSuggest


class OldView(Strict):
    url: Annotated[str, StringConstraints(pattern=r"^https?://.*\{\{id\}\}")]


class OldPreview(OldView):
    width: int
    height: int


class Propose(Strict):
    service_url: Address
    service_path: Text


class OldSetting(Strict):
    name: Text
    label: Text
    type: str
    default: int
    help_text: str


class OldExtend(Strict):
    propose_properties: Propose
    property_settings: list[OldSetting]


class Manifest(Strict):
    versions: list[str]
    name: Text
    serviceVersion: Text
    defaultTypes: list[Type]
    batchSize: Annotated[int, Field(ge=1)]
    authentication: dict[str, Any] = {}


class OldManifest(Manifest):
    identifierSpace: Address
    schemaSpace: Address
    view: OldView
    feature_view: OldView
    preview: OldPreview
    suggest: OldSuggests
    extend: OldExtend


class NewView(Strict):
    # A template of RFC 6570: one variable, one pair of braces.
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^{}]*\{\+?id\}$")]


class NewSetting(Strict):
    id: Text
    name: Text
    type: str
    default: int
    helpText: str


class NewExtend(Strict):
    proposeProperties: bool
    propertySettings: list[NewSetting]


class NewSuggests(Strict):
    entity: bool
    type: bool
    property: bool


class Preview(Strict):
    width: int
    height: int


class NewManifest(Manifest):
    view: NewView
    featureView: NewView
    preview: Preview
    suggest: NewSuggests
    extend: NewExtend
    standardizedScore: bool
    lang: str
    dir: str


class Entity(Strict):
    id: Text
    name: Text
    description: str
    notable: list[Type]


class Entities(Strict):
    result: list[Entity]


class Types(Strict):
    result: list[Type]


class Property(Strict):
    id: Text
    name: Text
    description: str


class Properties(Strict):
    result: list[Property]


class Proposal(Strict):
    type: str
    limit: int
    properties: list[Property]


class Thing(Strict):
    id: Text
    name: Text


class Literal(Strict):
    str: Text


class Meta(Strict):
    id: Text
    name: Text
    type: Thing | None = None


class OldExtension(Strict):
    meta: list[Meta]
    rows: dict[str, dict[str, list[Thing | Literal]]]


class NewValues(Strict):
    id: Text
    values: list[Thing | Literal]


class NewRow(Strict):
    id: str
    properties: list[NewValues]


class NewExtension(Strict):
    meta: list[Meta]
    rows: list[NewRow]


class Flyout(Strict):
    id: Text
    html: Text


OLD_RESULTS: TypeAdapter[dict[str, OldResult]] = TypeAdapter(dict[str, OldResult])
