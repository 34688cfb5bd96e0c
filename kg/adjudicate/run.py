"""A spreadsheet in, the same spreadsheet with verdicts out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.adjudicate.books import Book
from kg.adjudicate.columns import Layout, find_layout
from kg.adjudicate.errors import SheetError
from kg.adjudicate.judging import Case, Judge
from kg.adjudicate.limits import Limits
from kg.adjudicate.reading import SUFFIXES, read_book
from kg.adjudicate.report import Report
from kg.adjudicate.rows import Progress, cases_of, rule_all
from kg.adjudicate.writing import write
from kg.ask import Asker


@dataclass(frozen=True)
class Options:
    """What a person may say beside the file: the sheet, role → column (letter or heading), 专业类 and tier of rows that name none; limits; processes."""

    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    category: str = ""
    tier: str = ""
    limits: Limits = field(default_factory=Limits)
    processes: int = 1


def adjudicate(source: Path, target: Path, build: Path, options: Options | None = None, progress: Progress = lambda stage, done: None) -> Report:
    """Rule on each row of a spreadsheet and write it with the rulings.

    Args:
        source: an XLSX or CSV file.
        target: where the result goes, in either format; another file than `source`.
        build: the build folder to answer from.
        options: what the person says beside it.
        progress: told the stage and the share of it that is done.

    Raises:
        SheetError: the file, the columns or the target cannot be used; nothing is written.
        OSError: the target cannot be written.
    """
    options = options or Options()
    check_target(source, target)
    book, report = rule_on(source, build, options, progress)
    progress("writing", 0.99)
    write(target, book, report)
    progress("done", 1.0)
    return report


def rule_on(source: Path, build: Path, options: Options, progress: Progress, name: str = "") -> tuple[Book, Report]:
    """Rule on each row of a spreadsheet.

    Args:
        source: an XLSX or CSV file.
        build: the build folder to answer from.
        options: what the person says beside it.
        progress: told the stage and the share of it that is done.
        name: what to call the file in messages, where that is not the name of `source`.

    Raises:
        SheetError: the file or the columns cannot be used.
    """
    progress("reading", 0.0)
    book = read_book(source, options.limits, name)
    layout, cases = laid_out(book, options)
    progress("opening the graph", 0.0)
    asker = Asker.open(build)
    if problem := Judge(asker, layout.language).problem(options.category, options.tier):
        raise SheetError("default_wrong", problem=problem)
    rulings = rule_all(list(cases.values()), asker, build, layout.language, options.processes, progress)
    return book, Report(layout, {row: rulings[case] for row, case in cases.items()}, options.category, options.tier)


def laid_out(book: Book, options: Options) -> tuple[Layout, dict[int, Case]]:
    """Where a spreadsheet has what, and what its rows ask.

    Raises:
        SheetError: there is no column with certificates, or no row below the headings.
    """
    layout = find_layout(book, options.sheet, options.columns)
    sheet = next(each for each in book.sheets if each.name == layout.sheet)
    cases = cases_of(sheet, layout, options.category, options.tier)
    if not cases:
        raise SheetError("only_headings", sheet=sheet.name, row=layout.heading)
    return layout, cases


def check_target(source: Path, target: Path) -> None:
    """Refuse a target that cannot be written, or that is the source, before any work is done.

    Raises:
        SheetError: the target cannot be used.
    """
    if target.suffix.lower() not in SUFFIXES:
        raise SheetError("target_suffix", target=target)
    if not target.parent.is_dir():
        raise SheetError("target_folder", target=target, folder=target.parent)
    if target.is_dir():
        raise SheetError("target_is_folder", target=target)
    if target.resolve() == source.resolve() or (target.exists() and source.exists() and target.samefile(source)):
        raise SheetError("target_is_source", target=target)
