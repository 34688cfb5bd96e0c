"""Annex 9 of `shanghai-shuangshi-2025`: the overseas certificates that Shanghai recognises (境外职业资格证书认可清单), one record a certificate.

Four classes A to D number from 1. An industry field or an issuer that holds for several certificates is printed once, on one of its rows or the
row before: people decided which rows it holds for (`corrections/merged_overseas.csv`). Classes C and D swap the columns of issuer and certificate,
and single rows are shifted by one column. English names have lost their spaces; they are put back where a capital or a small word (of, and, for …)
shows them.
"""

import re
from dataclasses import dataclass

from kg.transcribe.document import Document, DocumentError, squeeze, tidy
from kg.transcribe.merged import merge
from kg.transcribe.record import Record, check_numbers, correct, corrections, record, row_text

TABLE = "overseas"
#: The classes, with the last number of each.
CLASSES = {"A": 111, "B": 22, "C": 33, "D": 9}
#: The industry fields; annex 9 adds a bracket to some.
FIELDS = ("生命健康", "数字技术", "工程技术", "专业服务")
#: The headers of the columns, as classes A and B and as classes C and D order them.
_HEADERS = {
    ("序号", "行业领域", "职业资格证书", "发证机构"): ("field", "name", "issuer"),
    ("序号", "行业领域", "发证机构", "职业资格证书"): ("field", "issuer", "name"),
}
_CLASS = re.compile(r"([A-Z])类")
_CHINESE = re.compile(r"[㐀-鿿]")
#: Four small letters in a row make a word; `Assoc` is the one abbreviation that has them (AssocRICS).
_WORD = re.compile(r"[a-z]{4}")
_BORDER = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Z])|(?<=\w)(?=&)|(?<=&)(?=\w)")
_SMALL = re.compile(r"\b([A-Z]\w*?)(of|and|und|for|in)(the)?\b")
#: Words that only look as if a small word was glued to them.
_WHOLE = frozenset({"Chain", "England"})
_TRAILING = re.compile(r"(.*[㐀-鿿]) ?([A-Z]{3,})")


@dataclass(frozen=True)
class Naming:
    """What a printed name holds: `国际注册内部审计师 (CertifiedInternalAuditor, CIA)`."""

    name: str
    english: str = ""
    abbreviation: str = ""
    condition: str = ""


def overseas(document: Document) -> list[Record]:
    """The records of annex 9.

    Raises:
        DocumentError: the annex is missing or changed: a line cannot be placed, a number is missing, a correction or a merged cell does not fit,
            or a certificate is left without field or issuer.
    """
    rows = correct(printed_rows(document), corrections(TABLE))
    cells = corrections(f"merged_{TABLE}")
    result = []
    for name, last in CLASSES.items():
        table = f"{TABLE} {name}"
        members = [row for row in rows if row["class"] == name]
        check_numbers(document, f"annex 9, class {name}", members, last)
        result += [_finish(document, row) for row in merge(document, table, members, [cell for cell in cells if cell["table"] == table])]
    return result


def printed_rows(document: Document) -> list[Record]:
    """The rows of annex 9 as printed, in the columns they belong to.

    Raises:
        DocumentError: a heading is missing, or a line is neither empty, a class, a column header nor a row.
    """
    start = document.find("### 附件9：上海市境外职业资格证书认可清单")
    end = document.find("### 附件 10：", start)
    rows: list[Record] = []
    letter = ""
    columns: tuple[str, ...] = ()
    for line in range(start + 1, end):
        cells = document.cells(line)
        if not any(cells):
            continue  # a page break
        if title := _CLASS.fullmatch(squeeze("".join(cells))):
            letter, columns = title[1], ()
            if letter not in CLASSES:
                raise DocumentError(f"{document.id} line {line}: annex 9 has no class “{letter}”; expected one of {', '.join(CLASSES)}")
        elif cells[0] == "序号":
            header = tuple(cell for cell in cells if cell)
            if header not in _HEADERS:
                raise DocumentError(f"{document.id} line {line}: unknown columns in annex 9: {', '.join(header)}")
            columns = _HEADERS[header]
        elif not letter or not columns:
            raise DocumentError(f"{document.id} line {line}: a row of annex 9 before its class and column header")
        else:
            rows.append(_row(document, line, letter, columns))
    return rows


def _row(document: Document, line: int, letter: str, columns: tuple[str, ...]) -> Record:
    """One row in its columns; rows shifted by one column are put right."""
    number, *values = document.cells(line)
    problem = f"{document.id} line {line}: cannot tell the columns of this row of annex 9 apart: “{row_text(document, line)}”"
    if not number.isdecimal() or len(values) < len(columns):
        raise DocumentError(problem)
    shifted = True
    if values[0] and not values[0].startswith(FIELDS):
        values.insert(0, "")  # the empty cell of the field was lost
    elif any(values[len(columns) :]) and not values[0]:
        del values[0]  # an empty cell was gained
    else:
        shifted = False
    if any(values[len(columns) :]) or (values[0] and not values[0].startswith(FIELDS)):
        raise DocumentError(problem)
    by_column = dict(zip(columns, values, strict=False))
    if not by_column["name"]:
        raise DocumentError(problem)
    return record(
        document,
        line,
        row_text(document, line),
        status="repaired" if shifted else "exact",
        reason="row shifted by one column" if shifted else "",
        **{"class": letter},
        number=number,
        field=by_column["field"],
        name=by_column["name"],
        english="",
        abbreviation="",
        issuer=by_column["issuer"],
        issuer_english="",
        issuer_abbreviation="",
        condition="",
    )


def _groups(text: str) -> list[str]:
    """A text in pieces: brackets of the outermost level (with what they hold) and what stands between them.

    Raises:
        ValueError: the brackets do not match.
    """
    pieces, depth, begin = [], 0, 0
    for at, character in enumerate(text):
        if character in "(（":
            if depth == 0:
                pieces.append(text[begin:at])
                begin = at
            depth += 1
        elif character in ")）":
            depth -= 1
            if depth < 0:
                break
            if depth == 0:
                pieces.append(text[begin : at + 1])
                begin = at + 1
    if depth:
        raise ValueError(f"brackets do not match in “{text}”")
    return [piece for piece in [*pieces, text[begin:]] if piece.strip()]


def _is_abbreviation(text: str) -> bool:
    """Whether a foreign name is an abbreviation (FIChemE, Hon. FHKIS) rather than words (Fellow, CPAAustralia)."""
    return not _WORD.search(text.removeprefix("Assoc"))


def spaced(text: str) -> str:
    """An English name with its spaces: `TheInstitutionofEngineeringandTechnology`; a name that has some is left as it is."""
    words = re.sub(r"\s*([(（)）])\s*", r"\1", text.strip())
    if " " in words:
        return text.strip()
    words = _BORDER.sub(" ", re.sub(r"\(", " (", words))
    words = _SMALL.sub(lambda found: found[0] if found[0] in _WHOLE else " ".join(filter(None, found.groups())), words)
    return words.replace("( ", "(").strip()


def naming(text: str) -> Naming:
    """Split a printed name of a certificate or an issuer.

    The first bracket without Chinese is the foreign name: words, an abbreviation, or words and an abbreviation after the last comma. A bracket that
    begins with 须 is a condition; every other one stays in the name.

    Raises:
        ValueError: the brackets do not match.
    """
    name, english, abbreviation, condition = "", "", "", ""
    for piece in _groups(text):
        inner = piece.strip()[1:-1].strip() if piece.strip()[0] in "(（" else ""
        if inner.startswith("须"):
            condition = tidy(inner)
        elif inner and not _CHINESE.search(inner) and not english and not abbreviation:
            words, comma, last = inner.rpartition(",")
            if comma and _is_abbreviation(last.strip()):
                abbreviation = last.strip()
            elif not comma and _is_abbreviation(inner):
                abbreviation = inner
            else:
                words = inner
            english = ", ".join(spaced(part) for part in words.split(",")) if words else ""
        else:
            name += piece
    name = tidy(name)
    if english and not abbreviation and (found := _TRAILING.fullmatch(name)):
        name, abbreviation = found[1], found[2]  # 商务智能分析师认证 CBIA (…)
    return Naming(name, english, abbreviation, condition)


def _finish(document: Document, row: Record) -> Record:
    """A row as the table's record: names split, English re-spaced."""
    for field in ("field", "issuer"):
        if not row[field]:
            what = f"class {row['class']} number {row['number']}"
            raise DocumentError(f"{document.id} line {row['line']}: {what} has no {field}; is a merged cell missing in merged_{TABLE}.csv?")
    try:
        name, issuer = naming(row["name"]), naming(row["issuer"])
    except ValueError as error:
        raise DocumentError(f"{document.id} line {row['line']}: {error}") from None
    reasons = [row["reason"]] if row["reason"] else []
    # One field is printed with half-width and with full-width brackets: one value.
    field = tidy(row["field"]).replace("(", "（").replace(")", "）")
    if field != row["field"] and "field:" not in row["reason"]:
        reasons.append("field: brackets and spaces unified")
    if any(each and each not in row["name"] + row["issuer"] for each in (name.english, issuer.english)):
        reasons.append("English names re-spaced")
    return {
        **row,
        "field": field,
        "name": name.name,
        "english": name.english,
        "abbreviation": name.abbreviation,
        "issuer": issuer.name,
        "issuer_english": issuer.english,
        "issuer_abbreviation": issuer.abbreviation,
        "condition": name.condition,
        "status": "repaired" if reasons and row["status"] == "exact" else row["status"],
        "reason": "; ".join(reasons),
    }
