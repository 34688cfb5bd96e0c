"""Putting an answer together: sentences in the question's language, each statement with the lines that prove it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.ask.answer import Answer, Citation, EntityRef, Item, Verdict
from kg.ask.context import Context, Row
from kg.ask.request import Mention, Request
from kg.ask.vocabulary import NAMED

#: Evidence lines shown for one sentence; the others are counted.
CITED_PER_SENTENCE = 12


@dataclass
class Reply:
    """An answer while it is written."""

    request: Request
    context: Context
    lines: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    entities: list[EntityRef] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)

    def text(self, zh: str, en: str) -> str:
        """The one of two texts that is in the question's language."""
        return en if self.request.language == "en" else zh

    def say(self, zh: str, en: str, rows: Iterable[Row] = ()) -> None:
        """Add a sentence; `rows` are the facts that prove it, each with document, line, text and place."""
        marks = "".join(f"[{number}]" for number in self._cite(rows))
        self.lines.append(self.text(zh, en) + (f" {marks}" if marks else ""))

    def _cite(self, rows: Iterable[Row]) -> list[int]:
        numbers = []
        for row in rows:
            citation = Citation(row["document"].rsplit("/", 1)[-1], int(row["line"]), row["text"], row["place"])
            if citation not in self.citations:
                self.citations.append(citation)
            number = self.citations.index(citation) + 1
            if number not in numbers:
                numbers.append(number)
        return numbers[:CITED_PER_SENTENCE]

    def item(self, label: str, iri: str) -> None:
        """Add a thing that the answer lists; each once."""
        item = Item(label, iri)
        if item not in self.items:
            self.items.append(item)

    def list_rows(self, rows: Iterable[Row], label: str | Callable[[Row], str], iri: str) -> None:
        """Add what rows name to the things that the answer lists.

        Args:
            rows: rows of a query.
            label: the variable that holds the name, or what makes the name of a row.
            iri: the variable that holds the node.
        """
        for row in rows:
            self.item(row[label] if isinstance(label, str) else label(row), row[iri])

    def understood(self, mentions: Iterable[Mention]) -> None:
        """Note what mentions were taken for."""
        for mention in mentions:
            node = mention.nodes[0] if mention.nodes else ""
            kind = _main_type(mention.types)
            self.entities.append(EntityRef(mention.text, mention.label, node, kind, round(mention.score, 3)))

    def suggest(self, zh: str, en: str) -> None:
        """Offer a next question."""
        suggestion = self.text(zh, en)
        if suggestion not in self.suggestions and suggestion != self.request.question:
            self.suggestions.append(suggestion)

    def build(self, verdict: Verdict, kind: str) -> Answer:
        """The finished answer."""
        return Answer(
            self.request.question,
            verdict,
            "\n\n".join(self.lines),
            kind,
            tuple(self.items),
            tuple(self.citations),
            tuple(self.entities),
            tuple(self.suggestions[:4]),
            self.context.shown_queries(),
        )


def _main_type(types: Iterable[str]) -> str:
    """The most telling class of a node."""
    found = set(types)
    return next((kind for kind in NAMED if kind in found), next(iter(sorted(found)), ""))


def agreed(verdicts: Sequence[Verdict]) -> Verdict:
    """One verdict for several things asked about: theirs where they agree, else `na`."""
    return verdicts[0] if len(set(verdicts)) == 1 else "na"


def opening(verdict: Verdict, yes: str, no: str) -> tuple[str, str]:
    """How a sentence begins that tells a verdict, in Chinese and English; nothing where it is neither yes nor no.

    Args:
        verdict: what is told.
        yes: the Chinese word for yes to this question (是, 在, 可以).
        no: the one for no.
    """
    return {"yes": (f"**{yes}**：", "**Yes**: "), "no": (f"**{no}**：", "**No**: ")}.get(verdict, ("", ""))


def enumerated(names: Sequence[str], most: int) -> str:
    """Names for a sentence, the first of them where there are very many; the items of the answer hold all."""
    return "、".join(names[:most]) + ("等" if len(names) > most else "")


def reasons(context: Context, rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Why the lines of facts are not transcribed exactly, in Chinese and English; empty where they are.

    Args:
        context: the store to read from.
        rows: each with its `fact`.
    """
    found = {row["fact"]: (row.get("reason_zh", ""), row.get("reason_en", "")) for row in context.rows("reasons", fact=[row["fact"] for row in rows])}
    return [found[row["fact"]] for row in rows]


def _parts(texts: Iterable[str], mark: str) -> str:
    """The parts of several reasons, each once: what is wrong with a line is wrong with all of its entries."""
    return mark.join(dict.fromkeys(part for text in texts for part in text.split(mark)))


def caution(reply: Reply, rows: Iterable[Row]) -> None:
    """Say where a proving line had to be read with doubt."""
    doubtful = [row for row in rows if row["status"].endswith("uncertain")]
    if doubtful:
        chinese, english = zip(*reasons(reply.context, doubtful), strict=True)
        reply.say(
            f"注意：该条的转录存疑（{_parts(chinese, '；')}），请核对原件。",
            f"Caution: the transcription of this entry is uncertain ({_parts(english, '; ')}); check the original.",
            doubtful,
        )
