"""Requests of the Reconciliation Service API, versions 0.2 and 1.0 (draft), read as queries; what is wrong with one is said by its place."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AliasChoices, BaseModel, Field, TypeAdapter, ValidationError

from kg.web.addresses.reconcile.matching import Hint, Quantifier, Query
from kg.web.addresses.reconcile.vocabulary import properties
from kg.web.problems import Problem, told

#: Queries of a batch, candidates of a query, things and columns of an extension: more are refused, or not given.
BATCH, CANDIDATES, THINGS, COLUMNS = 100, 50, 200, 50
#: Candidates that are given where the client does not say how many.
USUAL = 10
Parsed = TypeVar("Parsed")


class _Entity(BaseModel):
    id: str
    name: str = ""


_Value = str | bool | int | float | _Entity
_Values = _Value | Annotated[list[_Value], Field(max_length=50)]


class _Hint(BaseModel):
    pid: str
    v: _Values


class _Query(BaseModel):
    """A query of version 0.2."""

    query: str | None = None
    type: str | list[str] | None = None
    type_strict: Literal["any", "should", "all"] = "any"
    limit: float | None = None
    properties: Annotated[list[_Hint], Field(max_length=20)] = []


class _Condition(BaseModel):
    """A condition of version 1.0; the draft first called its property “pid” and its value “v”."""

    matchType: Literal["name", "property", "id"]
    value: _Values = Field(validation_alias=AliasChoices("propertyValue", "v"))
    property: str | None = Field(None, validation_alias=AliasChoices("propertyId", "pid"))
    required: bool = False
    matchQuantifier: Quantifier = "any"


class _Match(BaseModel):
    """A query of version 1.0."""

    conditions: Annotated[list[_Condition], Field(min_length=1, max_length=20)]
    type: str | None = None
    limit: float | None = None


class _Batch(BaseModel):
    queries: list[_Match]


class _Column(BaseModel):
    id: str
    settings: dict[str, Any] | None = None


class Extension(BaseModel):
    """What a data extension asks for: properties of things."""

    ids: Annotated[list[str], Field(max_length=THINGS)]
    properties: Annotated[list[_Column], Field(max_length=COLUMNS)]


_QUERIES: TypeAdapter[dict[str, _Query]] = TypeAdapter(dict[str, _Query])
_MATCHES = TypeAdapter(_Batch)
_EXTENSION = TypeAdapter(Extension)


def read_queries(text: str | bytes) -> dict[str, Query]:
    """The queries of a batch of version 0.2, by their keys.

    Raises:
        Problem: it is no batch, or too large.
    """
    batch = _parsed(_QUERIES, text)
    _fits(batch)
    return {key: _old(each) for key, each in batch.items()}


def read_matches(text: str | bytes) -> list[Query]:
    """The queries of a batch of version 1.0.

    Raises:
        Problem: it is no batch, or too large.
    """
    batch = _parsed(_MATCHES, text)
    _fits(batch.queries)
    return [_new(each) for each in batch.queries]


def read_extension(text: str | bytes) -> Extension:
    """A data extension, which has one form in both versions.

    Raises:
        Problem: it is none, is too large, or names a property that there is not.
    """
    extension = _parsed(_EXTENSION, text)
    for column in extension.properties:
        _known(column.id)
    return extension


def _parsed(adapter: TypeAdapter[Parsed], text: str | bytes) -> Parsed:
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        raise Problem(told(error.errors(include_url=False, include_context=False, include_input=False))) from None


def _fits(batch: Mapping[str, object] | Sequence[object]) -> None:
    if len(batch) > BATCH:
        raise Problem(f"the batch has {len(batch)} queries; {BATCH} are taken at a time: send it in parts", 413)


def _old(query: _Query) -> Query:
    types = (query.type,) if isinstance(query.type, str) else tuple(query.type or ())
    hints = tuple(Hint(_hintable(each.pid), _texts(each.v)) for each in query.properties)
    if query.query is None and not hints:
        raise Problem("a query needs “query”, a name, or “properties”, what the wanted things have")
    return Query(query.query, _limit(query.limit), types, query.type_strict == "all", hints)


def _new(query: _Match) -> Query:
    names = [text for each in query.conditions if each.matchType == "name" for text in _texts(each.value)]
    ids = tuple(text for each in query.conditions if each.matchType == "id" for text in _texts(each.value))
    hints = []
    for each in query.conditions:
        if each.matchType == "property":
            if each.property is None:
                raise Problem("a condition on a property needs “propertyId” (or “pid”), the property")
            hints.append(Hint(_hintable(each.property), _texts(each.value), each.required, each.matchQuantifier))
    if len(names) > 1:
        raise Problem("a query may have one name; send another query for each other one")
    name = names[0] if names else None if hints or ids else ""
    return Query(name, _limit(query.limit), (query.type,) if query.type else (), False, tuple(hints), ids)


def _texts(value: _Values) -> tuple[str, ...]:
    """The values of a hint as texts; of a thing its identifier."""
    values = value if isinstance(value, list) else [value]
    return tuple(each.id if isinstance(each, _Entity) else str(each) for each in values)


def _limit(asked: float | None) -> int:
    return USUAL if asked is None else int(min(max(asked, 1), CANDIDATES))


def _known(property: str) -> str:
    if property not in properties():
        raise Problem(f"there is no property {property[:100]!r}; the properties are {', '.join(properties())}")
    return property


def _hintable(property: str) -> str:
    """A property that can be a hint, by its identifier."""
    if not properties()[_known(property)].says:
        raise Problem(f"the property {property} can be fetched, but is no hint; hints are {', '.join(each.id for each in properties().values() if each.says)}")
    return property
