"""What requests and answers of /api hold; from these OpenAPI is made. Answers that the program has as dataclasses are given as they are."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from embeddings import Link
from embeddings.names import CLASSES, KINDS
from kg.ask.text import MAX_LENGTH
from kg.describe import Found
from kg.web.addresses.lines import Document

#: Names of a request to link, rows of one to adjudicate, results of a search.
NAMES, ROWS, RESULTS = 1000, 200, 100
_LONGEST_NAME = 300

Kind = StrEnum("Kind", {each: each for each in (*KINDS, *CLASSES)})  # type: ignore[misc]  # its members are the graph's
Kind.__doc__ = "A kind of thing (credential, occupation, association, …) or a class of the ontology."


def _whole(value: object) -> object:
    """5.0 as 5, which JSON Schema takes for one number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


#: For whole numbers, which are strict: neither a text of digits nor true.
WHOLE = BeforeValidator(_whole)
Question = Annotated[str, Field(min_length=1, max_length=MAX_LENGTH, examples=["does 华为HCIP count for 7102 中级?"])]
Name = Annotated[str, Field(min_length=1, max_length=_LONGEST_NAME)]
Cell = Annotated[str, Field(max_length=_LONGEST_NAME)]


class _Request(BaseModel):
    """A request: fields that are not known are refused, so that a slip is told."""

    model_config = ConfigDict(extra="forbid")


class AskRequest(_Request):
    """A question, with the earlier questions of the conversation, the oldest first."""

    question: Question
    history: Annotated[list[Annotated[str, Field(max_length=MAX_LENGTH)]], Field(max_length=20)] = []


class LinkRequest(_Request):
    """Names as people write them, to be taken for things of the graph."""

    names: Annotated[list[Name], Field(min_length=1, max_length=NAMES, examples=[["oracle的ocp", "心里咨询师"]])]
    type: Kind | None = None
    top: Annotated[int, Field(strict=True, ge=1, le=50, description="candidates for each name"), WHOLE] = 5


class RowRequest(_Request):
    """A row to rule on: a certificate, and where it is to count. Cells may be empty."""

    certificate: Cell
    grade: Annotated[Cell, Field(description="三级, 高级工 …")] = ""
    category: Annotated[Cell, Field(description="专业类: code or name")] = ""
    tier: Annotated[Cell, Field(description="初级, 中级 or 高级")] = ""
    issuer: Cell = ""


class AdjudicateRequest(_Request):
    """Rows to rule on, and the language of the reasons."""

    rows: Annotated[list[RowRequest], Field(min_length=1, max_length=ROWS)]
    language: Literal["zh", "en"] = "zh"


@dataclass(frozen=True)
class Links:
    """What each name was taken for, in the order of the request: `linked` is false where nothing is near enough, `tie` true where several are as likely."""

    links: tuple[Link, ...]


@dataclass(frozen=True)
class Results:
    """Things that fit what was typed, the best first."""

    results: tuple[Found, ...]


@dataclass(frozen=True)
class Documents:
    """The documents that the graph was read from."""

    documents: tuple[Document, ...]


@dataclass(frozen=True)
class Verdict:
    """What is said of a row. `look`: why a person must look at it; `lines`: of the document, as evidence; `confidence`: how well the name fits, 0 to 1.

    `error`: the row could not be ruled on; the others are not touched by that.
    """

    verdict: Literal["yes", "no", "unknown", "clarify", "error"]
    reason: str
    matched: str
    document: str
    lines: str
    text: str
    confidence: float | None
    look: tuple[str, ...]


@dataclass(frozen=True)
class Verdicts:
    """The verdicts, in the order of the rows."""

    verdicts: tuple[Verdict, ...]


class Problem(BaseModel):
    """Why a request is refused (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
