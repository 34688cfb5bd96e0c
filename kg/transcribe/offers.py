"""Shanghai's annexes 5 and 6: who may assess which occupation at which grades."""

import re

from kg.transcribe.document import Document, DocumentError, tidy
from kg.transcribe.record import Record, correct, corrections, record, row_text

SOCIAL, SKILL, SPECIAL = "社会培训评价组织", "社会化职业技能等级认定", "专项职业能力考核"
#: The number of organisations of each kind.
ORGANIZATIONS = {SOCIAL: 6, SKILL: 55, SPECIAL: 1}
_HEADS = {
    SOCIAL: ("序号", "机构名称", "主管部门", "职业（工种）", "等级"),
    SKILL: ("编号", "评价机构名称", "机构备案号", "序号", "职业编码", "职业(工种)", "等级"),
    SPECIAL: ("编号", "评价机构名称", "机构备案号", "序号", "编码", "评价项目", "项目类型"),
}
_NEW = "新增评价机构及项目"
_SPECIAL_TYPE = "专项职业能力"
_GRADES = re.compile(r"[1-5](、[1-5])*")
_CODE = re.compile(r"[1-8]-\d{2}-\d{2}-\d{2}")
_WORK_TYPE = re.compile(r"(?P<occupation>.+?)[(（](?P<work_type>[^()（）]+)[)）]")


def offers(document: Document) -> list[Record]:
    """Annexes 5 and 6 of the Shanghai document, corrections applied.

    Raises:
        DocumentError: a heading, a row, a code, grades or a number is not as expected.
    """
    records = correct([*_social(document), *_assessments(document)], corrections("offers"))
    _check_organizations(document, records)
    return records


def _social(document: Document) -> list[Record]:
    """Annex 5: one row an organisation and occupation."""
    start = document.find("### 附件 5")
    document.find("遴选通过的社会培训评价组织及评价项目名单", start, start)
    rows = [line for line in range(start + 1, document.find("### 附件 6", start)) if any(document.cells(line))]
    _check_head(document, rows[0] if rows else start, SOCIAL)
    records = []
    for line in rows[1:]:
        cells = document.cells(line)
        if [cell for cell in cells if cell] == [_NEW]:
            continue
        if len(cells) != len(_HEADS[SOCIAL]) or not all(cells) or not cells[0].isdecimal():
            raise DocumentError(
                f"{document.id} line {line}: a row of annex 5 should print {', '.join(_HEADS[SOCIAL])}, this one prints “{row_text(document, line)}”"
            )
        number, organization, supervisor, name, grades = cells
        fields = {
            "annex": "5",
            "code": "",
            "number": "",
            "record_number": "",
            "kind": SOCIAL,
            "organization_number": number,
            "organization": tidy(organization),
            "supervisor": tidy(supervisor),
        }
        records.append(_offer(document, line, fields, name, grades, [organization, supervisor, name]))
    return records


def _assessments(document: Document) -> list[Record]:
    """Annex 6: two parts; an organisation is printed in the first of its rows."""
    start = document.find("### 附件 6")
    document.find("上海市社会化职业技能等级认定及专项职业能力考核目录", start, start)
    end = document.find("### 附件 7", start)
    titles = {document.find(f"{numeral}、{kind}", start + 1, end): kind for numeral, kind in (("一", SKILL), ("二", SPECIAL))}
    records: list[Record] = []
    kind, head_expected = "", False
    owner = 0  # the line that prints the organisation of the rows below it
    for line in (each for each in range(start + 1, end) if any(document.cells(each))):
        cells = document.cells(line)
        if line in titles:
            kind, head_expected, owner = titles[line], True, 0
            continue
        if head_expected:
            _check_head(document, line, kind)
            head_expected = False
            continue
        if not kind or len(cells) != len(_HEADS[kind]) or not all(cells[4:]) or any(cells[:3]) != all(cells[:3]):
            raise DocumentError(f"{document.id} line {line}: annex 6 should print {', '.join(_HEADS[kind or SKILL])} here, not “{row_text(document, line)}”")
        owner = line if cells[0] else owner
        if not owner:
            raise DocumentError(f"{document.id} line {line}: a row of annex 6 ({kind}) stands before the first organisation")
        records.append(_assessment(document, line, kind, owner))
    return records


def _assessment(document: Document, line: int, kind: str, owner: int) -> Record:
    """A row of annex 6, whose organisation line `owner` prints.

    Raises:
        DocumentError: the code or the type is not as expected.
    """
    organization_number, organization, record_number = document.cells(owner)[:3]
    number, code, name, last = document.cells(line)[3:]
    if not _CODE.fullmatch(code):
        raise DocumentError(f"{document.id} line {line}: “{code}” is not a code such as 6-18-01-01")
    if kind == SPECIAL and last != _SPECIAL_TYPE:
        raise DocumentError(f"{document.id} line {line}: the type should be “{_SPECIAL_TYPE}”, not “{last}”")
    fields = {
        "annex": "6",
        "kind": kind,
        "organization_number": organization_number,
        "organization": tidy(organization),
        "record_number": record_number,
        "supervisor": "",
        "number": number,
        "code": code,
    }
    merged = "" if owner == line else f"organization: merged cell printed on line {owner}"
    return _offer(document, line, fields, name, "" if kind == SPECIAL else last, [organization, name], merged)


def _offer(document: Document, line: int, fields: dict[str, str], name: str, grades: str, names: list[str], merged: str = "") -> Record:
    """One record; a special skill (which has no grades) is not split into occupation and work type."""
    if grades and not _GRADES.fullmatch(grades):
        raise DocumentError(f"{document.id} line {line}: grades should read as 5、4、3, not “{grades}”")
    found = _WORK_TYPE.fullmatch(tidy(name)) if grades else None
    occupation, work_type = (found["occupation"], found["work_type"]) if found else (tidy(name), "")
    reasons = [reason for reason in (merged, "spaces removed" if [tidy(each) for each in names] != names else "") if reason]
    return record(
        document,
        line,
        row_text(document, line),
        status="repaired" if reasons else "exact",
        reason="; ".join(reasons),
        **fields,
        name=tidy(name),
        occupation=occupation,
        work_type=work_type,
        grades=grades.replace("、", "|"),
    )


def _check_head(document: Document, line: int, kind: str) -> None:
    """The head of a table prints its columns.

    Raises:
        DocumentError: it does not.
    """
    if tuple(map(tidy, document.cells(line))) != tuple(map(tidy, _HEADS[kind])):
        raise DocumentError(f"{document.id} line {line}: the table {kind} should begin with the columns {', '.join(_HEADS[kind])}")


def _check_organizations(document: Document, records: list[Record]) -> None:
    """Organisations are numbered 1, 2, 3 … in each kind, and the rows of each in annex 6 too (a doubtful number is left out).

    Raises:
        DocumentError: a number is missing, stands twice or is out of order.
    """
    for kind, last in ORGANIZATIONS.items():
        of_kind = [each for each in records if each["kind"] == kind]
        seen = list(dict.fromkeys(int(each["organization_number"]) for each in of_kind))
        if seen != list(range(1, last + 1)):
            at = of_kind[0]["line"] if of_kind else "?"
            gap = next((want for want, have in zip(range(1, last + 1), [*seen, *[0] * last], strict=False) if want != have), last + 1)
            raise DocumentError(f"{document.id}: {kind} (from line {at}) should number its organisations 1 to {last}; at {gap} it goes on otherwise")
        if kind == SOCIAL:
            continue
        for organization in range(1, last + 1):
            rows = [each for each in of_kind if int(each["organization_number"]) == organization]
            for want, each in enumerate(rows, 1):
                if each["status"] != "uncertain" and each["number"] != str(want):
                    raise DocumentError(
                        f"{document.id} line {each['line']}: {kind}, organisation {organization}: expected number {want}, found “{each['number']}”"
                    )
