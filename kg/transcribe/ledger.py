"""The ledger of the catalogue: for every line what became of its text, and an account that holds the ledger against the lines.

The account starts from the lines: their characters are unexplained until a row of the ledger explains them, and it explains only what the tables bear out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.transcribe.catalogue import Catalogue, Fate
from kg.transcribe.document import Document, one_width, squeeze
from kg.transcribe.layout import catalogue_range, line_kind
from kg.transcribe.record import Record

#: What `line_kind` says of a line, as the ledger calls it.
_LINES = {"blank": "blank", "filler": "filler", "header": "header", "group": "heading"}
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Remainder:
    """Text that no entry accounts for: where it stands, and why (empty: nobody said why, it is lost)."""

    line: int
    cell: int
    text: str
    reason: str

    @property
    def characters(self) -> int:
        """How many characters it has, white space aside."""
        return len(squeeze(self.text))


@dataclass(frozen=True)
class Account:
    """The characters of the catalogue's lines (without white space, tags and filler), and what of them no entry accounts for."""

    characters: int
    fragments: tuple[Remainder, ...]
    lost: tuple[Remainder, ...]

    @property
    def unexplained(self) -> int:
        """The characters that no entry accounts for: of fragments, whose reason is known, and of lost text."""
        return sum(each.characters for each in (*self.fragments, *self.lost))

    @property
    def share(self) -> float:
        """Their share of all characters."""
        return self.unexplained / self.characters if self.characters else 0.0


def ledger_range(document: Document) -> range:
    """The lines of the ledger: from the title of the catalogue to the line before annex 1.

    Raises:
        DocumentError: a heading is missing.
    """
    lines = catalogue_range(document)
    return range(document.find("目录", start=document.find("## 说明")), lines.stop)


def ledger(document: Document, catalogue: Catalogue) -> list[Record]:
    """One record for a line without cells, a row's heading, and every piece of a cell, in printed order.

    Args:
        document: the Shanghai document.
        catalogue: its catalogue, with the fates of its pieces.
    """
    fates: dict[int, list[Fate]] = defaultdict(list)
    for fate in catalogue.fates:
        fates[fate.line].append(fate)
    heads = {each["line"]: each["category"] for each in catalogue.coverage if each["state"] != "missing"}
    records: list[Record] = []
    for line in ledger_range(document):
        kind = line_kind(document, line)
        if kind in _LINES:
            records.append(_record(document, line, _LINES[kind], " ".join(filter(None, document.cells(line)))))
            continue
        if kind == "row":
            records.append(_record(document, line, "row", document.cells(line)[0], cell="0", category=heads[str(line)]))
        records += [_piece(document, fate) for fate in fates[line]]
    return records


def _record(document: Document, line: int, fate: str, text: str, **fields: str) -> Record:
    """A record of the ledger; fields that do not apply are empty."""
    empty = {"cell": "", "fate": fate, "category": "", "column": "", "entry": ""}
    return {**empty, **fields, "document": document.id, "line": str(line), "text": text, "reason": fields.get("reason", "")}


def _piece(document: Document, fate: Fate) -> Record:
    """The record of one piece of a cell."""
    entry = str(fate.entry) if fate.entry and fate.fate != "entry" else ""
    fields = {"cell": str(fate.cell), "category": fate.category, "column": ".".join(fate.column), "entry": entry, "reason": fate.reason}
    return _record(document, fate.line, fate.fate, fate.text, **fields)


def account(document: Document, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> Account:
    """Hold the ledger against the lines of the catalogue.

    Args:
        document: the Shanghai document.
        tables: the tables `ledger`, `catalogue` and `coverage`.
    """
    evidence = _Evidence(document, tables["catalogue"], tables["coverage"])
    told: dict[int, dict[str, list[Mapping[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for each in tables["ledger"]:
        told[int(each["line"])][each["cell"]].append(each)
    characters = 0
    fragments: list[Remainder] = []
    lost: list[Remainder] = []
    for line in ledger_range(document):
        printed = _printed(document.line(line))
        characters += sum(map(len, printed.values()))
        # A ledger row without a cell tells of the whole line.
        for cell, text in ({"": "".join(printed.values())} if "" in told[line] else printed).items():
            pieces = told[line][cell]
            if "".join(squeeze(each["text"]) for each in pieces) != text:
                lost.append(Remainder(line, int(cell or 0), text, ""))
                continue
            fragments += [_remainder(each) for each in pieces if each["fate"] == "fragment"]
            lost += [_remainder(each) for each in pieces if each["fate"] != "fragment" and not evidence.bears_out(each)]
    return Account(characters, tuple(fragments), tuple(lost))


def ledger_account(rows: Iterable[Mapping[str, str]]) -> Account:
    """The account that a ledger gives of itself: what `account` finds, if the ledger tells of every character of the lines."""
    rows = list(rows)
    fragments = tuple(_remainder(each) for each in rows if each["fate"] == "fragment")
    return Account(sum(len(squeeze(each["text"])) for each in rows), fragments, ())


def _remainder(piece: Mapping[str, str]) -> Remainder:
    """A row of the ledger as text that no entry accounts for."""
    return Remainder(int(piece["line"]), int(piece["cell"] or 0), piece["text"], piece["reason"] if piece["fate"] == "fragment" else "")


def _printed(line: str) -> dict[str, str]:
    """The text of the cells of a raw line, by their number: without tags and white space; cells of dashes are filler."""
    cells = (squeeze(_TAG.sub("", cell)) for cell in line.split("\t"))
    return {str(number): cell for number, cell in enumerate(cells) if cell.strip("-")}


class _Evidence:
    """What bears out a row of the ledger: the records of the tables and the document itself."""

    def __init__(self, document: Document, catalogue: Iterable[Mapping[str, str]], coverage: Iterable[Mapping[str, str]]) -> None:
        self.document = document
        self.entries: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for each in catalogue:
            self.entries[each["category"], f"{each['family']}.{each['tier']}", each["line"]].append(squeeze(each["text"]))
        self.heads = {each["line"]: squeeze(each["text"]) for each in coverage}

    def bears_out(self, piece: Mapping[str, str]) -> bool:
        """Whether the text of a ledger row has the fate that the row says."""
        text, fate = squeeze(piece["text"]), piece["fate"]
        texts = self.entries.get((piece["category"], piece["column"], piece["entry"] or piece["line"]), [])
        if fate == "entry":
            return any(each.startswith(text) for each in texts)
        if fate == "joined":
            return any(text in each for each in texts)
        if fate == "stutter":
            return bool(texts) or one_width(text) in one_width(self.document.line(int(piece["entry"])))
        if fate == "row":
            return self.heads.get(piece["line"]) == text
        return _LINES.get(line_kind(self.document, int(piece["line"]))) == fate
