"""What a transcription made: figures for the terminal and for the section of docs/TRANSCRIPTION.md that the program writes."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.marked import renewed
from kg.tables import read_tables
from kg.transcribe.ledger import Account, ledger_account
from kg.transcribe.reading import Reading, parse_readings
from kg.transcribe.record import CORRECTIONS, Record, corrections

DOCS = Path(__file__).parents[2] / "docs" / "TRANSCRIPTION.md"
BEGIN, END = "<!-- figures: begin (written by `python -m kg.transcribe`) -->", "<!-- figures: end -->"
STATUSES = ("exact", "repaired", "uncertain")
#: What each sign of the notation in entries.csv does.
_SIGNS: Mapping[str, str] = {
    "fix": "OCR error mended (`=>`)",
    "uncertain": "doubtful entry (`?`)",
    "repeat": "repeat of another cell (`!line.cell`)",
    "fragment": "fragment (`!`)",
    "column": "entry of another column (`@`)",
    "tail": "rest of an entry cut before (`<`)",
    "fresh": "new entry that looks like a rest (`+`)",
    "split": "borders of entries",
}


@dataclass(frozen=True)
class TranscriptionReport:
    """The figures of one transcription.

    Attributes:
        entries: table → status → number of records.
        categories: 专业类 → status → number of entries.
        states: the record of each 专业类 in the table `coverage`.
        account: the characters of the catalogue, and those that no entry accounts for.
        corrections: kind → reason → number of corrections.
        seconds: how long it took.
        differences: with `check`: file, row and what differs, one line each.
    """

    entries: Mapping[str, Mapping[str, int]]
    categories: Mapping[str, Mapping[str, int]]
    states: Sequence[Mapping[str, str]]
    account: Account
    corrections: Mapping[str, Mapping[str, int]]
    seconds: float = 0.0
    differences: tuple[str, ...] = ()

    def text(self) -> str:
        """The report for the terminal: the figures, what differs, the time."""
        differing = [f"{len(self.differences)} differences:", *self.differences, ""] if self.differences else []
        return "\n".join([figures(self), "", *differing, f"{self.seconds:.1f} s"])


def report_on(
    tables: Mapping[str, Sequence[Mapping[str, str]]], account: Account, seconds: float = 0.0, differences: tuple[str, ...] = ()
) -> TranscriptionReport:
    """Count what the tables hold.

    Args:
        tables: all tables by name.
        account: the account of the catalogue's text.
        seconds: how long the transcription took.
        differences: what differs from committed tables.
    """
    entries = {name: dict(Counter(row["status"] for row in rows)) for name, rows in tables.items() if name != "ledger"}
    categories: dict[str, Counter[str]] = defaultdict(Counter)
    for row in tables["catalogue"]:
        categories[row["category"]][row["status"]] += 1
    return TranscriptionReport(
        entries, {code: dict(found) for code, found in categories.items()}, tables["coverage"], account, _corrections(), seconds, differences
    )


def _corrections() -> dict[str, dict[str, int]]:
    """The corrections by kind and reason: a file each, but for the readings of cells, which are told apart by their sign."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for each in corrections("entries"):
        for reading in parse_readings(each["entries"]):
            for sign in _signs(reading):
                found[_SIGNS[sign]][reading.why or each["reason"]] += 1
    for path in sorted(CORRECTIONS.glob("*.csv")):
        # The 专业类 are a list, not corrections.
        if path.stem not in ("entries", "categories"):
            found[f"`{path.name}`"] = Counter(each["reason"] for each in corrections(path.stem))
    return {kind: dict(reasons.most_common()) for kind, reasons in found.items()}


def _signs(reading: Reading) -> list[str]:
    """Which signs of the notation a reading uses; `split` where it uses none."""
    used = {
        "fix": bool(reading.fix),
        "uncertain": reading.mark == "?",
        "repeat": reading.repeats is not None,
        "fragment": reading.mark == "!" and reading.repeats is None,
        "column": reading.column is not None,
        "tail": reading.tail,
        "fresh": reading.fresh,
    }
    return [sign for sign, is_used in used.items() if is_used] or ["split"]


def figures(report: TranscriptionReport) -> str:
    """The figures as Markdown: what the command prints, and the section of docs/TRANSCRIPTION.md."""
    return "\n\n".join("\n".join(part) for part in (_tables(report), _text(report), _fragments(report), _kinds(report), _rows(report)))


def _tables(report: TranscriptionReport) -> list[str]:
    """Records by table and status."""
    lines = ["### Records by table and status", "", "| table | records | exact | repaired | uncertain |", "| --- | ---: | ---: | ---: | ---: |"]
    return lines + [f"| {name} | {sum(found.values())} | {_cells(found)} |" for name, found in report.entries.items()]


def _text(report: TranscriptionReport) -> list[str]:
    """The characters of the catalogue."""
    account = report.account
    lost = sum(each.characters for each in account.lost)
    return [
        "### Text of the catalogue",
        "",
        f"{account.characters} characters (white space, tags and filler aside). No entry accounts for {account.unexplained} of them ({account.share:.3%}): "
        f"{account.unexplained - lost} in {len(account.fragments)} fragments whose reason is known, {lost} lost.",
    ]


def _fragments(report: TranscriptionReport) -> list[str]:
    """Every text that no entry accounts for."""
    lines = ["| line | cell | text | why |", "| ---: | ---: | --- | --- |"]
    account = report.account
    return lines + [f"| {each.line} | {each.cell} | {each.text} | {each.reason or 'LOST'} |" for each in (*account.lost, *account.fragments)]


def _kinds(report: TranscriptionReport) -> list[str]:
    """Corrections by kind, with the most frequent reason of each."""
    lines = ["### Corrections by kind", "", "| kind | number | reasons | most frequent reason |", "| --- | ---: | ---: | --- |"]
    for kind, reasons in report.corrections.items():
        reason, number = max(reasons.items(), key=lambda item: item[1])
        lines.append(f"| {kind} | {sum(reasons.values())} | {len(reasons)} | {reason or '(said beside it)'} ({number}) |")
    return lines


def _rows(report: TranscriptionReport) -> list[str]:
    """The rows of the catalogue: state, entries by status, and the columns that are damaged."""
    counted = Counter(row["state"] for row in report.states)
    states = ", ".join(f"{number} {state}" for state, number in counted.most_common())
    lines = ["### Rows of the catalogue", "", f"{len(report.states)} 专业类: {states}. Why a row is damaged or missing stands in `coverage.csv`.", ""]
    lines += ["| 专业类 | state | exact | repaired | uncertain | damaged columns |", "| --- | --- | ---: | ---: | ---: | --- |"]
    for row in report.states:
        found = report.categories.get(row["category"], {})
        lines.append(f"| {row['category']} {row['category_name']} | {row['state']} | {_cells(found)} | {row['affected'].replace('|', ', ')} |")
    return lines


def _cells(found: Mapping[str, int]) -> str:
    """The numbers of the statuses as cells of a Markdown table."""
    return " | ".join(str(found.get(status, 0)) for status in STATUSES)


def docs_text(text: str, report: TranscriptionReport) -> str:
    """A page of the documentation with its section of figures made new.

    Raises:
        ValueError: the page has not both markers, each once and in order.
    """
    return renewed(text, BEGIN, END, figures(report))


def committed_report() -> TranscriptionReport:
    """The report on the committed tables, which needs no documents.

    Raises:
        TableError: a table is missing or does not fit its schema.
    """
    tables: Mapping[str, list[Record]] = read_tables()
    return report_on(tables, ledger_account(tables["ledger"]))
