"""Nantong's 2025 training subsidies (document `nantong-subsidy-2025`): amounts (annex 1), directories (annexes 2 to 5) and the notes under them.

The OCR prints one cell a line, led by a tab, and a blank line between rows. A cell that is merged over several rows is printed once, at the top of every page;
the rows below have an empty cell there (a lone tab).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.transcribe.document import Document, DocumentError, clean_cell, squeeze, tidy
from kg.transcribe.record import Record, check_numbers, correct, corrections, record

_GRADES = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5"}
_GRADE = re.compile(r"[^（）]+（([一二三四五])级）(?:、[^、（）]+技师)*")
_OTHER_LABEL = re.compile(r".+(?:合格证书|能力证书|合格证）|培训)")
#: What stands in place of an amount that another rule sets.
_REFERENCE = re.compile(r"同.+|按照.+执行")
_CLASS = re.compile(r"(?:(?P<kind>.+)（)?(?P<class>[ABCD])类(?(kind)）)")
#: A letter after a Latin one would be part of a word, not a marker.
_LETTERS = re.compile(r"(?<=[^!-~])(?:L/S|L|S)$")
_BRACKET = re.compile(r"(?P<name>.+)（(?P<qualifier>[^（）]+)）")
_OCCUPATION = re.compile(r"[1-8]-\d{2}-\d{2}-\d{2}")
_ABILITY = re.compile(r"\d{9}")

SKILL = "职业资格证书、职业技能等级证书"
EVALUATION = "职业技能评价补贴"
RATES_TITLE = "南通市2025年政府补贴性职业技能培训项目及参保职工技能提升补贴基准"
RATES_HEADER = "补贴项目|类别|等级|补贴基准(元/人）"
#: The projects of annex 1 in printed order: one that is missing or new means another edition.
PROJECTS = (SKILL, "培训合格证书", "专项职业能力证书", "创业培训", "其他培训", EVALUATION)


@dataclass(frozen=True)
class Cell:
    """A printed cell: the lines where it begins and ends, its pieces; a cell without text goes on from above or is empty."""

    line: int
    last: int
    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        """The cell's text, its pieces joined."""
        return tidy("".join(self.pieces))

    @property
    def printed(self) -> str:
        """The cell as printed, its pieces joined by a space."""
        return " ".join(self.pieces)

    @property
    def place(self) -> str:
        """The line, or the lines, where it is printed."""
        return f"line {self.line}" if self.line == self.last else f"lines {self.line} to {self.last}"


@dataclass(frozen=True)
class Section:
    """The rows of one project in a directory: how many there are, and what stands in their code column.

    `codes` is `occupation` (national code), `ability` (nine digits of Jiangsu's ability certificates) or `none`.
    """

    project: str
    last: int
    codes: str = "occupation"


@dataclass(frozen=True)
class Annex:
    """A directory: its heading line, its title, its name in the table, its columns (header, field) and its sections in printed order."""

    heading: str
    title: str
    name: str
    columns: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


_WITH_PROJECT = (("补贴项目", "project"), ("序号", "number"), ("类别", "class"), ("职业工种名称（含各职业下全部工种）", "name"), ("编码", "code"))
_NUMBERED = (("序号", "number"), ("职业", "name"), ("编码", "code"))

DIRECTORIES = (
    Annex(
        "附件2",
        "南通市2025年政府补贴性职业技能培训职业（工种）指导目录",
        "南通指导目录",
        _WITH_PROJECT,
        (
            Section("职业技能等级证书", 4),
            Section("培训合格证书", 10, "none"),
            Section("专项职业能力证书", 22, "none"),
            Section("项目制培训", 7),
        ),
    ),
    Annex(
        "附件3",
        "南通市2025年高技能人才培训补贴紧缺型职业（工种）指导目录（第一批）",
        "南通紧缺目录",
        (*_NUMBERED, ("上浮比例", "uplift")),
        (Section("", 27),),
    ),
    Annex(
        "附件4",
        "江苏省2025年政府补贴性职业技能培训职业（工种）指导目录",
        "江苏指导目录",
        _WITH_PROJECT,
        (Section(SKILL, 529), Section("专项职业能力证书", 123, "ability")),
    ),
    Annex(
        "附件5",
        "江苏省2025年高技能人才培训补贴紧缺型职业（工种）指导目录",
        "江苏附件5",
        (*_NUMBERED, ("证书", "note")),
        (Section("", 100),),
    ),
)

#: The notes: the annex, how its line begins, and the rules in it. A pattern covers its whole line, so that no sentence is lost.
_ONLINE = r"备注：(?P<online_share_without_star_{0}>目录中不带“\*”标识.+?40%)，(?P<online_share_with_star_{0}>带“\*”标识.+?40%)。"
NOTES: tuple[tuple[str, str, str], ...] = (
    ("附件1", "备注：1．", r"备注：1．(?P<class_basis>.+?)，其中(?P<class_a>A类.+?)，(?P<class_b>B类.+?)，(?P<class_c>C类.+?)。"),
    ("附件1", "2．", r"2．(?P<hours>各培训机构.+?)。(?P<hour_length>每培训.+?)。"),
    (
        "附件1",
        "3．",
        r"3．(?P<outside_directory_class_c>[^；]+以外的[^；]+)；(?P<no_double_claim>获得高等级证书的不得再申领[^；]+)；(?P<transition>处于修订过渡[^；]+)。",
    ),
    ("附件2", "\t职业工种名称", r"(?P<work_types_nantong>职业工种名称（含各职业下全部工种）)"),
    ("附件4", "\t职业工种名称", r"(?P<work_types_jiangsu>职业工种名称（含各职业下全部工种）)"),
    ("附件4", "备注：", _ONLINE.format("annex_4")),
    ("附件5", "备注：", _ONLINE.format("annex_5")),
)


def subsidy_rates(document: Document) -> list[Record]:
    """The amounts of annex 1, one record a row.

    `line` is where the row's label is printed, or its class where the label is a merged cell. What the class column says beside the letter goes into `note`.

    Raises:
        DocumentError: the heading or the header has changed, a row cannot be read, or a project, class or grade is missing.
    """
    first, last = _annex(document, "附件1")
    rows = _rows(document, first + 1, _starting(document, "备注：", first, last) - 1)
    header = next(rows, [])
    _expect_title(document, first, header, RATES_TITLE)
    if squeeze("|".join(cell.text for cell in header)) != RATES_HEADER:
        raise DocumentError(f"{document.id} line {first}: annex 1 has not the columns {RATES_HEADER}")
    records: list[Record] = []
    project: Cell | None = None
    kind: Cell | None = None
    label: Cell | None = None
    for row in rows:
        place = f"{document.id} line {row[0].line}"
        if len(row) not in (3, 4):
            raise DocumentError(f"{place}: a row of annex 1 has {len(row)} cells in place of 3 or 4")
        if row[0].text:
            project, kind, label = row[0], None, None
        if project is None or project.text not in PROJECTS:
            raise DocumentError(f"{place}: “{project.text if project else ''}” is not a project of annex 1 ({', '.join(PROJECTS)})")
        if len(row) == 4:
            kind = row[1] if row[1].text else kind
            label = row[2] if row[2].text else label
            if kind is None:
                raise DocumentError(f"{place}: a row of annex 1 without class, and none above it in “{project.text}”")
        else:
            # The class is merged with the project (职业技能评价补贴) or, where the row refers elsewhere, the label with the amount.
            kind, label = None, row[1]
        if label is None or not (_GRADE if project.text in (SKILL, EVALUATION) else _OTHER_LABEL).fullmatch(label.text):
            raise DocumentError(f"{place}: “{label.text if label else ''}” is not a grade or certificate of “{project.text}”")
        records.append(_rate(document, row, project, kind, label))
    _check_rates(document, records)
    return records


def _rate(document: Document, row: list[Cell], project: Cell, kind: Cell | None, label: Cell) -> Record:
    """The record of one row of annex 1; project, class and label may be printed above it.

    Raises:
        DocumentError: the amount is not one.
    """
    amount = row[-1].text
    letter, note = _class(document, kind) if kind else ("", "")
    if len(row) == 3 and _REFERENCE.fullmatch(amount):
        amount, note = "", amount
    elif not amount.isdecimal() or len(row[-1].pieces) > 1:
        raise DocumentError(f"{document.id} line {row[-1].line}: “{amount}” is not an amount")
    own = [cell for cell in row if cell.text]
    reasons = [*_merged(row, project, "project"), *_merged(row, kind, "class"), *_merged(row, label, "label")]
    grade = _GRADE.fullmatch(label.text)
    return record(
        document,
        label.line if label in row else own[0].line,
        " | ".join(cell.printed for cell in own),
        status="repaired" if reasons else "exact",
        reason="; ".join(reasons),
        project=project.text,
        **{"class": letter},
        label=label.text,
        grades=_GRADES[grade[1]] if grade else "",
        amount=amount,
        note=note,
    )


def subsidy_directory(document: Document) -> list[Record]:
    """The directories of annexes 2 to 5, one record a row; `line` is where the row's number is printed.

    Nine-digit codes of Jiangsu's ability certificates are no occupation codes: they go into `note`.

    Raises:
        DocumentError: an annex is missing or new, a header or a project has changed, a row cannot be read, or a number is missing or stands twice.
    """
    headings = list(_headings(document).values())
    if headings != ["附件1", *(annex.heading for annex in DIRECTORIES)]:
        raise DocumentError(f"{document.id}: the annexes are {', '.join(headings)}; the transcription knows 附件1 to 附件5, each once")
    records = [each for annex in DIRECTORIES for each in read_directory(document, annex)]
    return correct(records, corrections("subsidy_directory"))


def subsidy_rules(document: Document) -> list[Record]:
    """The rules in the notes of annexes 1, 4 and 5, and what the name column of annexes 2 and 4 says of the work types; one record a rule.

    `text` is the whole note, `statement` the rule's own words in it.

    Raises:
        DocumentError: a note is missing, or says something that the transcription does not know.
    """
    return correct(read_rules(document), corrections("subsidy_rules"))


def read_directory(document: Document, annex: Annex) -> list[Record]:
    """The rows of one directory, before corrections.

    Raises:
        DocumentError: the title, the header or a project has changed, a cell is not what its column holds, or a number is missing or stands twice.
    """
    first, last = _annex(document, annex.heading)
    cells = [cell for cell in _cells(document, first + 1, last) if cell.text]
    header, stream = cells[: len(annex.columns)], cells[len(annex.columns) :]
    _expect_title(document, first, header, annex.title)
    for cell, (column, _) in zip(header, annex.columns, strict=False):
        if squeeze(cell.text) != column:
            raise DocumentError(f"{document.id} line {cell.line}: the column “{cell.text}” of {annex.heading} should be “{column}”")
    sections = {section.project: section for section in annex.sections}
    found: dict[str, list[Record]] = {section.project: [] for section in annex.sections}
    section = sections.get("")
    project: Cell | None = None
    index = 0
    while index < len(stream):
        cell = stream[index]
        row: list[Cell] = []
        if not cell.text.isdecimal():
            if cell.text not in sections:
                raise DocumentError(f"{document.id} line {cell.line}: “{cell.text}” is neither a number nor a project of {annex.heading}")
            if project and cell.text != project.text and found[cell.text]:
                raise DocumentError(f"{document.id} line {cell.line}: the project “{cell.text}” of {annex.heading} begins again")
            project, section = cell, sections[cell.text]
            row.append(cell)
            index += 1
        if section is None:
            raise DocumentError(f"{document.id} line {cell.line}: a row of {annex.heading} before its first project")
        fields = [field for _, field in annex.columns if field != "project" and not (field == "code" and section.codes == "none")]
        row.extend(stream[index : index + len(fields)])
        index += len(fields)
        found[section.project].append(_entry(document, annex, section, project, row, fields))
    for section in annex.sections:
        check_numbers(document, " ".join(filter(None, (annex.heading, section.project))), found[section.project], section.last)
    return [each for section in annex.sections for each in found[section.project]]


def read_rules(document: Document, notes: tuple[tuple[str, str, str], ...] = NOTES) -> list[Record]:
    """The rules of the notes, before corrections.

    Raises:
        DocumentError: a note is missing or is built otherwise than its pattern says, or another line stands where notes stand.
    """
    records: list[Record] = []
    known: set[int] = set()
    for heading, begins, pattern in notes:
        line = _starting(document, begins, *_annex(document, heading))
        known.add(line)
        text = clean_cell(document.line(line))
        match = re.fullmatch(pattern, text)
        if match is None:
            raise DocumentError(f"{document.id} line {line}: this note of {heading} is not built as the transcription expects: “{text}”")
        records.extend(record(document, line, text, rule=rule, statement=statement) for rule, statement in match.groupdict().items())
    below = False
    headings = _headings(document)
    for number, printed in enumerate(document.lines, start=1):
        # From the first note of an annex to the next heading there are only notes.
        below = number not in headings and (below or printed.startswith("备注"))
        if below and printed.strip() and number not in known:
            raise DocumentError(f"{document.id} line {number}: expected a known note or the next annex, found “{printed.strip()}”")
    return records


def _entry(document: Document, annex: Annex, section: Section, project: Cell | None, row: list[Cell], fields: list[str]) -> Record:
    """The record of one row of a directory: `row` may begin with its project, and then has a cell for each of `fields`.

    Raises:
        DocumentError: the row is short, or a cell is not what its column holds.
    """
    own = row[1:] if project in row else row
    if len(own) < len(fields):
        raise DocumentError(f"{document.id} line {row[0].line}: the last row of {annex.heading} has {len(own)} cells in place of {len(fields)}")
    printed = dict(zip(fields, own, strict=True))
    _check_cells(document, annex, section, printed)
    values = {field: cell.text for field, cell in printed.items()}
    code, note = values.get("code", ""), values.get("note", "")
    if section.codes == "ability":
        code, note = "", f"编码：{code}"
    star = "*" if values["name"].startswith("*") else ""
    letters = _LETTERS.search(values["name"])
    name, qualifier = _LETTERS.sub("", values["name"].removeprefix("*")), ""
    # With an occupation code the bracket adds to that occupation's name; ability certificates are told apart by theirs (健康照护（老人）, （病人）).
    if section.codes == "occupation" and (bracket := _BRACKET.fullmatch(name)):
        name, qualifier = bracket["name"], bracket["qualifier"]
    reasons = _merged(row, project, "project")
    return record(
        document,
        printed["number"].line,
        " | ".join(cell.printed for cell in row),
        status="repaired" if reasons else "exact",
        reason="; ".join(reasons),
        list=annex.name,
        project=section.project,
        number=values["number"],
        **{"class": values.get("class", "")},
        name=name,
        qualifier=qualifier,
        marks=(letters[0] if letters else "") + star,
        code=code,
        uplift=values.get("uplift", "").removesuffix("%"),
        note=note,
    )


def _check_cells(document: Document, annex: Annex, section: Section, printed: dict[str, Cell]) -> None:
    """Every cell of a directory's row is what its column holds, in one piece.

    Raises:
        DocumentError: one is not.
    """
    for field, pattern in _PATTERNS.items():
        if (cell := printed.get(field)) is None:
            continue
        wanted = _ABILITY if field == "code" and section.codes == "ability" else pattern
        if not wanted.fullmatch(cell.text):
            raise DocumentError(f"{document.id} line {cell.line}: “{cell.text}” is not a {field} of {annex.heading}")
        if len(cell.pieces) > 1:
            raise DocumentError(f"{document.id} line {cell.last}: “{cell.pieces[-1]}” belongs to no cell of {annex.heading}")


#: What a cell of a directory must look like; a row that lost a cell is noticed by the next cell standing in its place.
_PATTERNS = {
    "number": re.compile(r"[1-9]\d*"),
    "class": re.compile(r"[ABC]"),
    "name": re.compile(r"(?=.*[一-鿿])\*?[^*%-]+"),
    "code": _OCCUPATION,
    "uplift": re.compile(r"\d+%"),
    "note": re.compile(r"等级评价"),
}


def _annex(document: Document, heading: str) -> tuple[int, int]:
    """The heading line of an annex and its last line, before the next annex.

    Raises:
        DocumentError: no line, or more than one, is this heading.
    """
    headings = _headings(document)
    lines = [number for number, text in headings.items() if text == heading]
    if len(lines) != 1:
        found = f"lines {', '.join(map(str, lines))} say" if lines else "no line says"
        raise DocumentError(f"{document.id}: {found} “{heading}” alone, expected one; is this another edition, or is an annex missing?")
    return lines[0], min((number for number in headings if number > lines[0]), default=len(document.lines) + 1) - 1


def _headings(document: Document) -> dict[int, str]:
    """The heading of each annex by its line: a line that says 附件 and a number and nothing else."""
    return {number: squeeze(text) for number, text in enumerate(document.lines, start=1) if re.fullmatch(r"附件\d+", squeeze(text))}


def _starting(document: Document, text: str, first: int, last: int) -> int:
    """The first line of an annex that begins with `text`.

    Raises:
        DocumentError: there is none.
    """
    for number in range(first, last + 1):
        if document.line(number).startswith(text):
            return number
    raise DocumentError(f"{document.id}: no line from {first} to {last} begins with “{text.strip()}”; is this another edition, or was a note lost?")


def _cells(document: Document, first: int, last: int) -> Iterator[Cell]:
    """The cells of a table, empty ones too; a line without a tab goes on with the cell above it. Notes end the table."""
    current: Cell | None = None
    for number in range(first, last + 1):
        lead, *cells = document.line(number).split("\t")
        if lead.startswith("备注"):
            break
        if current and lead.strip():
            current = Cell(current.line, number, (*current.pieces, clean_cell(lead)))
        for cell in cells:
            if current:
                yield current
            current = Cell(number, number, tuple(filter(None, (clean_cell(cell),))))
    if current:
        yield current


def _rows(document: Document, first: int, last: int) -> Iterator[list[Cell]]:
    """The rows of a table: a row ends where a blank line stands before the next cell."""
    row: list[Cell] = []
    for cell in _cells(document, first, last):
        if row and not document.line(cell.line - 1).strip() and "\t" not in document.line(cell.line - 1):
            yield row
            row = []
        row.append(cell)
    if row:
        yield row


def _expect_title(document: Document, heading: int, header: list[Cell], title: str) -> None:
    """The lines between the heading and the header must be the title of the annex.

    Raises:
        DocumentError: they are not, or no table follows.
    """
    if not header:
        raise DocumentError(f"{document.id} line {heading}: no table follows this heading")
    printed = squeeze("".join(document.lines[heading : header[0].line - 1]))
    if printed != title:
        raise DocumentError(f"{document.id} line {heading}: the title should be “{title}”, but it is “{printed}”")


def _class(document: Document, cell: Cell) -> tuple[str, str]:
    """The letter of a class cell, and what it says beside it.

    Raises:
        DocumentError: the letter is not A to D.
    """
    if match := _CLASS.fullmatch(cell.text):
        return match["class"], match["kind"] or ""
    if "类" in cell.text:
        raise DocumentError(f"{document.id} line {cell.line}: “{cell.text}” is not one of the classes A to D")
    return "", cell.text


def _merged(row: list[Cell], cell: Cell | None, column: str) -> list[str]:
    """Why a value is not exact: it stands in a merged cell outside the row, or in pieces."""
    if cell is None:
        return []
    if cell not in row:
        return [f"merged cell: the {column} is printed on {cell.place}"]
    return [f"the {column} is joined from {cell.place}"] if len(cell.pieces) > 1 else []


def _check_rates(document: Document, records: list[Record]) -> None:
    """Every project is there, the skill grades 1 to 5 once in each class, and the certificates once in each class.

    Raises:
        DocumentError: a project, a class or a grade is missing, new or out of order.
    """
    printed = tuple(dict.fromkeys(each["project"] for each in records))
    if printed != PROJECTS:
        raise DocumentError(f"{document.id}: annex 1 has the projects {', '.join(printed)}, expected {', '.join(PROJECTS)}")
    grades = [f"{letter}{grade}" for letter in "ABC" for grade in "12345"]
    expected = (
        (SKILL, grades),
        ("培训合格证书", [*"ABC"]),
        ("专项职业能力证书", [*"ABC"]),
        ("创业培训", [*"ABCCD"]),
        ("其他培训", [""] * 3),
        (EVALUATION, [*"12345"]),
    )
    for project, wanted in expected:
        found = [each["class"] + each["grades"] for each in records if each["project"] == project]
        if found != wanted:
            raise DocumentError(f"{document.id}: “{project}” of annex 1 has the classes and grades {' '.join(found)}, expected {' '.join(wanted)}")


__all__ = [
    "DIRECTORIES",
    "NOTES",
    "PROJECTS",
    "SKILL",
    "Annex",
    "Cell",
    "Section",
    "read_directory",
    "read_rules",
    "subsidy_directory",
    "subsidy_rates",
    "subsidy_rules",
]
