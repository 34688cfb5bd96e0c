"""The shapes of the Reconciliation Service API's answers (0.2 and 1.0 draft): nothing missing, nothing that the specification does not know."""

# Each class is named after what it is the shape of.
# ruff: noqa: D101
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

Text = Annotated[str, Field(min_length=1)]
Address = Annotated[str, StringConstraints(pattern=r"^https?://")]
Size = Annotated[int, Field(ge=1)]
Item = TypeVar("Item")


def differing(items: list[Item]) -> list[Item]:
    """Refuse a list that has the same twice."""
    if any(item in items[:place] for place, item in enumerate(items)):
        raise ValueError("the same twice")
    return items


def named_once(features: "list[OldFeature]") -> "list[OldFeature]":
    """Refuse two features of one name."""
    differing([each.id for each in features])
    return features


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
    features: Annotated[list[OldFeature], AfterValidator(named_once)]


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
    width: Size
    height: Size


class Propose(Strict):
    service_url: Address
    service_path: Text


class OldSetting(Strict):
    name: Text
    label: Text
    type: Literal["number"]
    default: int
    help_text: str


class OldExtend(Strict):
    propose_properties: Propose
    property_settings: list[OldSetting]


class Login(Strict):
    # Of the security schemes of Swagger 2.0, to which the schema refers, the one that there is.
    type: Literal["basic"]


class Manifest(Strict):
    name: Text
    serviceVersion: Text
    defaultTypes: Annotated[list[Type], AfterValidator(differing)]
    batchSize: Size
    authentication: Login | None = None


class OldManifest(Manifest):
    versions: tuple[Literal["0.2"]]
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
    type: Literal["number"]
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
    width: Size
    height: Size


class NewManifest(Manifest):
    versions: tuple[Literal["1.0-draft"]]
    view: NewView
    featureView: NewView
    preview: Preview
    suggest: NewSuggests
    extend: NewExtend
    standardizedScore: bool
    lang: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    dir: Literal["ltr", "rtl", "auto"]


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
    limit: Annotated[int, Field(ge=0)]
    properties: list[Property]


class Thing(Strict):
    id: Text
    name: Text


class Printed(Strict):
    str: Text


class Meta(Strict):
    id: Text
    name: Text
    type: Thing | None = None


class OldExtension(Strict):
    meta: list[Meta]
    rows: dict[str, dict[str, list[Thing | Printed]]]


class NewValues(Strict):
    id: Text
    values: list[Thing | Printed]


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
