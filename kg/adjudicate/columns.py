"""Which column holds what: guessed from the headings and the cells by tables in `data/`, told, and changed where a person says so."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string, get_column_letter

from kg.adjudicate.books import Book, Sheet
from kg.adjudicate.data import rows_of
from kg.adjudicate.errors import SheetError

#: What a column may hold; only `certificate` must be there.
ROLES = ("person", "certificate", "grade", "category", "category_name", "tier", "issuer")
#: Which of two roles a column has that speaks for both as much: 中级 may be a tier or, by its length, a person's name.
_WEIGHTY = ("certificate", "category", "category_name", "tier", "grade", "issuer", "person")
#: Rows among which the headings are looked for, and cells that are read to see what a column holds.
SEARCHED, SAMPLED = 30, 200
#: A row with fewer headings that are known is none, unless one is surely that of the certificates.
_KNOWN = 2
#: From this score on a heading alone tells what a column holds.
_SURE = 5


@dataclass(frozen=True)
class Layout:
    """Where a sheet has what: its name, the row of its headings (0: none), role → column (from 1), and the language that the headings are in.

    `rivals` are columns that look like a role that another column has.
    """

    sheet: str
    heading: int
    columns: Mapping[str, int]
    language: str
    headings: tuple[str, ...] = ()
    rivals: tuple[tuple[str, int], ...] = ()

    def name(self, column: int) -> str:
        """A column as a person finds it: its letter and heading."""
        letter = get_column_letter(column)
        heading = self.headings[column - 1] if column <= len(self.headings) else ""
        return f"{letter} “{heading}”" if heading else letter


def find_layout(book: Book, sheet: str = "", chosen: Mapping[str, str] | None = None) -> Layout:
    """Find the headings, and what each column holds.

    Args:
        book: the spreadsheet.
        sheet: the sheet to take; the first with usable headings, where none is named.
        chosen: role → column, as a letter or heading; an empty text: no column has it.

    Raises:
        SheetError: there is no such sheet or column, or no column with certificates; the message says what was found.
    """
    names = [each.name for each in book.sheets]
    if sheet and sheet not in names:
        raise SheetError("no_sheet", sheet=sheet, names="、".join(names))
    candidates = [each for each in book.sheets if not sheet or each.name == sheet]
    if not any(each.width for each in candidates):
        raise SheetError("no_rows_at_all")
    for each in candidates:
        layout = guess(each, chosen)
        if "certificate" in layout.columns:
            return layout
    seen = next((each for each in candidates if each.width), candidates[0])
    first = next((number for number, row in enumerate(seen.rows, 1) if any(row)), 1)
    found = "、".join(filter(None, (_shown(text) for text in seen.rows[first - 1]))) if seen.rows else ""
    raise SheetError("no_certificates", sheet=seen.name, row=first, found=found[:200])


def guess(sheet: Sheet, chosen: Mapping[str, str] | None = None) -> Layout:
    """The layout of a sheet as far as it can be guessed; it may have no column with certificates, and row 0 where no row has headings.

    Args:
        sheet: the sheet.
        chosen: as for `find_layout`.

    Raises:
        SheetError: there is no such column or role.
    """
    row, known = _heading_row(sheet)
    headings = _headings(sheet, row)
    columns, rivals = _assigned(sheet, row, headings)
    for role, reference in (chosen or {}).items():
        if role not in ROLES:
            raise SheetError("no_role", role=role, roles=", ".join(ROLES))
        columns.pop(role, None)
        if reference.strip():
            column = _column(reference.strip(), headings, sheet.width)
            columns = {other: place for other, place in columns.items() if place != column} | {role: column}
    if not known and sum(_looks_like(role, sheet.text(row, column)) for role, column in columns.items()) >= min(2, len(columns)) > 0:
        # The row is one like those below it.
        row, headings = row - 1, []
    said = [headings[column - 1] for column in columns.values() if column <= len(headings) and headings[column - 1]]
    english = sum(1 for text in said if text.isascii())
    language = "en" if said and english > len(said) / 2 else "zh"
    return Layout(sheet.name, row, columns, language, tuple(map(_shown, headings)), tuple(each for each in rivals if each[1] not in columns.values()))


def _heading_row(sheet: Sheet) -> tuple[int, bool]:
    """The row with most headings that are known, and whether there is one; else the first with several texts."""
    best = (0, 0)
    for number in range(1, min(SEARCHED, len(sheet.rows)) + 1):
        scores = [max(_by_heading(text).items(), key=lambda item: item[1], default=("", 0.0)) for text in _headings(sheet, number)]
        known = {role for role, score in scores if score and role in ROLES}
        if len(known) >= _KNOWN or any(role == "certificate" and score >= _SURE for role, score in scores):
            best = max(best, (len(known) + ("certificate" in known), -number))
    if best[0]:
        return -best[1], True
    return next((number for number, texts in enumerate(sheet.rows, 1) if sum(1 for text in texts if text) > 1), 1), False


def _headings(sheet: Sheet, row: int) -> list[str]:
    return [sheet.text(row, column) for column in range(1, sheet.width + 1)]


def _assigned(sheet: Sheet, row: int, headings: Iterable[str]) -> tuple[dict[str, int], list[tuple[str, int]]]:
    """Role → column, the surest first; and the columns that look like a role that is taken."""
    claims: list[tuple[float, int, str]] = []
    for column, heading in enumerate(headings, 1):
        held = _by_cells(sheet, row, column)
        said = _by_heading(heading) or (_by_heading(sheet.text(row - 1, column) + heading) if row > 1 else {})
        if said.get("other", 0.0) >= max(said.values(), default=0.0) > 0:
            continue
        roles = set(said) | (set(held) if not said or max(said.values()) < _SURE else set())
        claims += [(said.get(role, 0.0) + 3 * held.get(role, 0.0), column, role) for role in roles if role in ROLES]
    columns: dict[str, int] = {}
    rivals: list[tuple[str, int]] = []
    for score, column, role in sorted(claims, key=lambda claim: (-claim[0], claim[1], _WEIGHTY.index(claim[2]))):
        if score < 1 or column in columns.values():
            continue
        if role in columns:
            rivals.append((role, column))
        else:
            columns[role] = column
    if "category_name" in columns and "category" not in columns:
        columns["category"] = columns.pop("category_name")
    return columns, rivals


def _by_heading(text: str) -> dict[str, float]:
    """Role → how surely a heading names it."""
    plain = re.sub(r"[(（\[【].*?[)）\]】]|[*＊:：\s_]+", " ", unicodedata.normalize("NFKC", text).lower()).strip()
    spaced = re.sub(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", "", plain)
    found: dict[str, float] = {}
    for row in rows_of("headings"):
        if len(spaced) <= 40 and re.search(row["pattern"], spaced):
            found[row["role"]] = max(found.get(row["role"], 0.0), float(row["score"]))
    return found


def _by_cells(sheet: Sheet, row: int, column: int) -> dict[str, float]:
    """Role → the share of a column's cells that look like it, where the share is large enough to tell."""
    texts = _cells(sheet, row, column)
    found = {}
    for rule in rows_of("cells") if texts else ():
        share = sum(_looks_like(rule["role"], text) for text in texts) / len(texts)
        if share >= float(rule["share"]):
            found[rule["role"]] = share
    return found


def _looks_like(role: str, text: str) -> bool:
    return any(re.search(rule["pattern"], text, re.I) for rule in rows_of("cells") if rule["role"] == role)


def _cells(sheet: Sheet, row: int, column: int) -> list[str]:
    """The first texts below a heading."""
    below = (sheet.text(number, column).strip() for number in range(row + 1, min(len(sheet.rows), row + SAMPLED) + 1))
    return [text for text in below if text]


def _column(reference: str, headings: list[str], width: int) -> int:
    """The column that a person names.

    Raises:
        SheetError: there is none.
    """
    exact = [column for column, text in enumerate(headings, 1) if _shown(text).lower() == reference.lower()]
    if exact:
        return exact[0]
    if re.fullmatch(r"[A-Za-z]{1,3}", reference) and (column := column_index_from_string(reference.upper())) <= width:
        return column
    shown = "、".join(f"{get_column_letter(column)} {_shown(text)}".strip() for column, text in enumerate(headings, 1))
    raise SheetError("no_column", reference=reference, columns=shown[:400])


def _shown(text: str) -> str:
    """A heading on one line."""
    return " ".join(text.split())


def parse_choices(choices: Iterable[str]) -> dict[str, str]:
    """Role → column from texts such as certificate=B or certificate=持有证书.

    Raises:
        SheetError: a text is not of this form.
    """
    found = {}
    for choice in choices:
        role, equals, reference = choice.partition("=")
        if not equals or role.strip() not in ROLES:
            raise SheetError("choice_form", choice=choice, roles=", ".join(ROLES))
        found[role.strip()] = reference
    return found
