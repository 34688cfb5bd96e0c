"""What an answer is: verdict, text, what it lists, the lines that prove it, what was understood (DESIGN, sections 6 and 7)."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Verdict = Literal["yes", "no", "unknown", "clarify", "out_of_scope", "na"]
KINDS = (
    "recognition",
    "where",
    "list",
    "title_equivalence",
    "title_levels",
    "association",
    "issuer",
    "evaluator",
    "national_qualification",
    "pathway",
    "series",
    "subsidy",
    "directory",
    "competition",
    "unknown",
    "out_of_scope",
)


@dataclass(frozen=True)
class Item:
    """A thing that the answer lists."""

    label: str
    iri: str


@dataclass(frozen=True)
class Citation:
    """A line that proves a statement: document, line (1-based), text as printed, place for a reader without the text file."""

    document: str
    line: int
    text: str
    place: str


@dataclass(frozen=True)
class EntityRef:
    """What a mention was taken for; `iri` empty where nothing was close enough."""

    mention: str
    label: str
    iri: str
    type: str
    score: float


@dataclass(frozen=True)
class Answer:
    """One answer; `answer` is Markdown, in the language of the question, its statements numbered to `citations`."""

    question: str
    verdict: Verdict
    answer: str
    kind: str
    items: tuple[Item, ...] = ()
    citations: tuple[Citation, ...] = ()
    entities: tuple[EntityRef, ...] = ()
    suggestions: tuple[str, ...] = ()
    sparql: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `certkg ask --json`."""
        return asdict(self)
