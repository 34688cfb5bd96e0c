"""The rules of the Zhejiang document that join skill grades and professional titles, taken from its prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.transcribe.document import Document, DocumentError, squeeze, tidy
from kg.transcribe.record import Record, check_numbers, record

TITLE = "关于进一步加强高技能人才与专业技术人才职业发展贯通的实施办法"
#: The parts that are read, from the line that says the first text to before the line that says the second.
PARTS = (("三、贯通主要内容", "四、有关要求"), ("（三）强化监督管理。", "（四）加强宣传引导。"), ("五、其他", "附件：技能人才职业"))
SERIES_TABLE = "技能人才职业（工种）与专技人才职称系列对应关系表"
SERIES_NOTE = "注：本表未列明或新增的技能人员职业（工种）"
#: The last numbers of the three numbered lists of rules.
LISTS = {"grade_to_title": 4, "award_to_title": 3, "title_to_grade": 4}
#: The sentences of the parts that are requirements.
REQUIREMENTS = 29

_HEADING = re.compile(r"(?:[一二三四五]、|（[一二三四五]）)(?P<title>[^，。]+)。?")
_ITEM = re.compile(r"\d\.(?P<title>[^，。]{1,6})。")
_NUMBERED = re.compile(r"[（(](?P<number>\d)[）)](?P<rule>.+)")
_GRADE_TO_TITLE = re.compile(
    r"(?P<condition>获得相关职业（工种）(?P<grades>[^，]+?)(?:职业资格或)?职业技能等级(?:后，从事技术技能工作满(?P<years>\d)年|，且目前仍在[^，]+工作))"
    r"，可申报相应系列(?P<title>[^，]+)职称评审。"
)
_AWARD_TO_TITLE = re.compile(r"(?P<awards>[^，]+)，可直接申报(?P<title>[^，]+)职称。")
_TITLE_TO_GRADE = re.compile(r"取得(?P<title>[^，]+)职称，可申请参加相应职业（工种）(?P<grade>[^，]+)职业技能评价。")
_EDUCATION = re.compile(r"技工院校(?P<classes>[^，]+)毕业生，参加上述资格考试报名时，可分别按相当于(?P<levels>[^，]+)学历对待。")
_EXAMS = re.compile(r"报名(?P<exams>参加[^，]+等专业技术人员职业资格证书考试)。")
_DIRECT = re.compile(r"对(?P<condition>长期在.+的高技能领军人才)，建立职称评审绿色通道，符合条件的可直接申报相应职称。")
_PRACTISING = re.compile(r"具有助理级以上职称，(?P<condition>从事本职业（工种）或相关职业（工种）工作，可申请参加.+的职业技能评价)。")
_MEDALS = re.compile(r"(?P<competition>\w+)(?P<first>[金银铜]牌)和(?P<second>[金银铜]牌)(?P<holder>获得者)")
_YEARS = re.compile(r"(?<!\d)(\d{1,2})年")


@dataclass(frozen=True)
class _Sentence:
    """A sentence: the line where it starts, the line where it ends, and its text as printed."""

    line: int
    last: int
    text: str


def pathways(document: Document, requirements: int = REQUIREMENTS) -> list[Record]:
    """The rules of `zhejiang-pathway-2022` (《…实施办法》: parts 三 and 五, the rule on fraud in 四, and the note below the annex), one record a step.

    Numbered rules become `grade_to_title` (one record a grade), `award_to_title` (one record an award) and `title_to_grade`; the sentence on classes of
    technical schools becomes `education`. Every other sentence of those parts becomes a `requirement`: `source` is the heading it stands under,
    `condition` the heading of its numbered item (基本条件, 直报条件, 参评条件 …), `target` the sentence itself, `years` the years it prints. Awards, and
    titles that lead to a grade, repeat as `condition` what the opening sentence of their item demands of all of them.

    Args:
        document: the Zhejiang document.
        requirements: how many sentences are requirements; another number means that the text has lost or gained some.

    Returns:
        The records in printed order.

    Raises:
        DocumentError: a heading is missing, a numbered rule is missing or worded otherwise, or a sentence has no end.
    """
    records: list[Record] = []
    numbered: dict[str, list[Record]] = {direction: [] for direction in LISTS}
    start = document.find(TITLE)
    section = item = ""
    conditions: dict[str, tuple[str, int]] = {}
    for first, last in PARTS:
        start = document.find(first, start)
        end = document.find(last, start)
        for sentence in _sentences(document, start, end):
            text = squeeze(sentence.text)
            if match := _HEADING.fullmatch(text):
                section, item = match["title"], ""
            elif match := _ITEM.fullmatch(text):
                item = match["title"]
            elif match := _NUMBERED.fullmatch(text):
                found = _rule(document, sentence, tidy(match["rule"]), conditions)
                numbered[found[0]["direction"]].append({"number": match["number"], "line": str(sentence.line)})
                records += found
            elif match := _EDUCATION.fullmatch(text):
                records += _education(document, sentence, match, conditions)
            else:
                for name, pattern in (("award_to_title", _DIRECT), ("title_to_grade", _PRACTISING), ("education", _EXAMS)):
                    if match := pattern.search(text):
                        conditions[name] = (tidy(match[1]), sentence.line)
                records.append(_requirement(document, sentence, section, item))
        start = end
    for direction, count in LISTS.items():
        check_numbers(document, f"the list of rules {direction}", numbered[direction], count)
    _check_directions(document, [each["direction"] for each in records], requirements)
    return [*records, _series_note(document, start)]


def _check_directions(document: Document, directions: list[str], requirements: int) -> None:
    """The requirements are as many as they should be, and the education equivalents are there.

    Raises:
        DocumentError: they are not.
    """
    if (count := directions.count("requirement")) != requirements:
        raise DocumentError(f"{document.id}: {count} sentences say requirements, not {requirements} (from “{PARTS[0][0]}” to “{PARTS[-1][1]}”)")
    if "education" not in directions:
        raise DocumentError(f"{document.id}: no sentence says what classes of technical schools count as (技工院校…毕业生…可分别按相当于…学历对待)")


def _series_note(document: Document, start: int) -> Record:
    """The note below the table of occupations and series, a requirement too.

    Raises:
        DocumentError: no line from `start` on has it.
    """
    line = document.find(SERIES_NOTE, start)
    text = document.line(line).strip()
    fields = {"direction": "requirement", "source": SERIES_TABLE, "years": "", "target": tidy(text).removeprefix("注：").removesuffix("。"), "condition": "注"}
    return record(document, line, text, **fields)


def _rule(document: Document, sentence: _Sentence, rule: str, conditions: dict[str, tuple[str, int]]) -> list[Record]:
    """The records of a numbered rule, one for each grade or award that it lists.

    Raises:
        DocumentError: the rule is worded otherwise, or stands before the sentence that opens its item.
    """
    direction = years = common = reason = ""
    sources: list[tuple[str, str]]
    if match := _GRADE_TO_TITLE.fullmatch(rule):
        direction, years, common, target = "grade_to_title", match["years"] or "", match["condition"], match["title"]
        sources = [(grade, "") for grade in match["grades"].split("、")]
    elif match := _AWARD_TO_TITLE.fullmatch(rule):
        direction, target = "award_to_title", match["title"]
        sources = [each for award in match["awards"].split("、") for each in _medals(award)]
    elif match := _TITLE_TO_GRADE.fullmatch(rule):
        direction, target = "title_to_grade", match["grade"]
        sources = [(match["title"], "")]
    else:
        raise DocumentError(f"{document.id} line {sentence.line}: no known wording of a rule on grades, awards or titles: {sentence.text}")
    if direction != "grade_to_title":
        if direction not in conditions:
            raise DocumentError(f"{document.id} line {sentence.line}: the sentence that says who the rules are for does not stand before: {sentence.text}")
        common, line = conditions[direction]
        reason = f"the condition holds for the whole list and is printed on line {line}"
    records = []
    for source, why in sources:
        because = "; ".join(filter(None, (reason, why)))
        fields = {"direction": direction, "source": source, "years": years, "target": target, "condition": common}
        records.append(record(document, sentence.line, sentence.text, status="repaired" if because else "exact", reason=because, **fields))
    return records


def _medals(award: str) -> list[tuple[str, str]]:
    """An award, or the two of “银牌和铜牌获得者”, each with the reason for which it is not exact."""
    if match := _MEDALS.fullmatch(award):
        return [(f"{match['competition']}{medal}{match['holder']}", f"one of two medals, printed: {award}") for medal in (match["first"], match["second"])]
    return [(award, "")]


def _education(document: Document, sentence: _Sentence, match: re.Match[str], conditions: dict[str, tuple[str, int]]) -> list[Record]:
    """The classes of technical schools, each with the education that it counts as.

    Raises:
        DocumentError: the sentence names more classes than levels or fewer, or does not follow the one that names the examinations.
    """
    classes, levels = match["classes"].split("、"), match["levels"].split("、")
    if len(classes) != len(levels) or "education" not in conditions:
        raise DocumentError(f"{document.id} line {sentence.line}: expected one level of education for each class, below the examinations: {sentence.text}")
    exams, line = conditions["education"]
    reason = f"two lists joined by 分别, taken apart; the examinations are named in the sentence before it on line {line}"
    return [
        record(
            document, sentence.line, sentence.text, status="repaired", reason=reason,
            direction="education", source=f"技工院校{each}毕业生", years="", target=level, condition=f"{exams}报名时",
        )
        for each, level in zip(classes, levels, strict=True)
    ]  # fmt: skip


def _requirement(document: Document, sentence: _Sentence, section: str, item: str) -> Record:
    """A sentence that is a rule for all who take a way."""
    target = re.sub(r"^\d\.", "", tidy(sentence.text)).removesuffix("。")
    years = _YEARS.findall(target)
    reason = "" if sentence.line == sentence.last else f"joined across the page break between lines {sentence.line} and {sentence.last}"
    fields = {"direction": "requirement", "source": section, "years": years[0] if len(years) == 1 else "", "target": target, "condition": item}
    return record(document, sentence.line, sentence.text, status="repaired" if reason else "exact", reason=reason, **fields)


def _sentences(document: Document, start: int, end: int) -> Iterator[_Sentence]:
    """The sentences and headings from line `start` to before line `end`; a sentence may go on after a page break.

    Raises:
        DocumentError: a heading or the end comes before the full stop.
    """
    text, first = "", start
    for line in range(start, end):
        printed = document.line(line).strip()
        opens = _HEADING.fullmatch(squeeze(printed)) or _NUMBERED.match(printed) or re.match(r"\d\.", printed)
        if text and opens:
            raise DocumentError(f"{document.id} line {first}: the sentence has no end before line {line}: {text}")
        if _HEADING.fullmatch(squeeze(printed)):
            yield _Sentence(line, line, printed)
            continue
        for piece in re.findall(r"[^。]+。?", printed):
            if not text:
                first = line
            text += piece
            if piece.endswith("。"):
                yield _Sentence(first, line, text.strip())
                text = ""
    if text:
        raise DocumentError(f"{document.id} line {first}: the sentence has no end before line {end}: {text}")
