"""From the cells of a row to a ruling: by the same understanding, linking and judgement as a question in the chat."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import Indel

from kg.adjudicate.data import rows_of, words
from kg.ask import Answer, Asker, Citation, QuestionError
from kg.ask.asker import route
from kg.ask.context import Category, Row
from kg.ask.grades import NUMERALS
from kg.ask.kinds.catalogue import NOTE_3, credentials
from kg.ask.levels import level_of
from kg.ask.request import Mention, Request
from kg.ask.rules import patterns
from kg.ask.sameness import same_core, without_level
from kg.ask.slots import LEVELS, read_slots
from kg.ask.text import clean, normalize
from kg.ask.understand import understand

#: A certificate's name of more characters is a text in which several things are told.
LONGEST = 200
#: Characters of a reason, and evidence lines, that a row holds.
REASON, EVIDENCE = 600, 3
#: Rows of queries that are remembered, so that the next rows of the spreadsheet need not ask again.
_REMEMBERED = 20_000
_MARKS = re.compile(r"\s*(?:\[\d+\])+$")
_RECOGNITION = {"recognition": 100.0}


@dataclass(frozen=True)
class Case:
    """What one row asks: texts of its cells, an empty one where it says nothing."""

    certificate: str
    grade: str = ""
    category: str = ""
    tier: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class Ruling:
    """What is said of a row; `verdict` is yes, no, unknown, clarify or error, `look` why a person must look, `confidence` how well the name fits (0 to 1)."""

    verdict: str
    reason: str = ""
    matched: str = ""
    document: str = ""
    lines: str = ""
    place: str = ""
    text: str = ""
    confidence: float | None = None
    look: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Reading:
    """The cells beside the certificate, understood: 专业类, a code and name that clash, tier, level as words, and what keeps the row from a verdict."""

    categories: tuple[Category, ...] = ()
    contradiction: tuple[Category, ...] = ()
    tier: str = ""
    level: str = ""
    problem: str = ""


class Judge:
    """Rules on cases, one after the other; what it understood and read for one it remembers for the next."""

    def __init__(self, asker: Asker, language: str) -> None:
        """Begin with nothing remembered.

        Args:
            asker: store, linker and names; no language model is asked, whatever its settings.
            language: of reasons and remarks, zh or en.
        """
        self._asker, self._language, self._words = asker, language, words(language)
        self._understood = lru_cache(_REMEMBERED)(self._understand)
        self._category = lru_cache(_REMEMBERED)(self._understand)
        self._issuer = lru_cache(_REMEMBERED)(self._named_issuer)

    def rule(self, case: Case) -> Ruling:
        """The ruling on a case; a failure of the program is told in it and stops nothing."""
        try:
            return self._rule(case)
        except Exception as error:
            return Ruling("error", look=(self._say("look_error", reason=f"{type(error).__name__}: {error}"[:200]),))

    def problem(self, category: str, tier: str) -> str:
        """What is wrong with a 专业类 and a tier that hold for all rows; nothing where both are empty or known."""
        return self._read(Case("", category=category, tier=tier), "").problem

    def _rule(self, case: Case) -> Ruling:
        said = tidy(case.certificate)
        if not said:
            return self._refused(self._say("no_certificate"))
        if len(said) > LONGEST:
            return self._refused(self._say("certificate_long", count=len(said)))
        try:
            reading = self._read(case, said)
            if reading.problem:
                return self._refused(reading.problem)
            request = self._request(said, reading)
            if not credentials(request) and (issuer := tidy(case.issuer)) and normalize(issuer) not in normalize(said):
                with_issuer = self._request(f"{issuer}{said}"[:LONGEST], reading)
                request = with_issuer if credentials(with_issuer) else request
        except QuestionError:
            # Nothing but characters that cannot be seen.
            return self._refused(self._say("not_answered", said=said))
        answer = route(request, self._asker.context.fork())
        ruling = self._ruling(answer, request, said)
        rows = self._proving_rows(answer, request)
        if ruling.verdict == "no" and reading.level in LEVELS and not _leveled(rows) and (doubt := self._level_doubt(said, reading)):
            return doubt
        return self._with_issuer(ruling, rows, tidy(case.issuer))

    def _level_doubt(self, said: str, reading: _Reading) -> Ruling | None:
        """A no that hangs on a word in the column of grades, where the entries print no level at all (二级建造师, 高级): to be confirmed."""
        request = self._request(said, replace(reading, level=""))
        answer = route(request, self._asker.context.fork())
        ruling = self._ruling(answer, request, said)
        rows = self._proving_rows(answer, request)
        if ruling.verdict != "yes" or not rows or _leveled(rows):
            return None
        return replace(ruling, verdict="clarify", reason=self._say("level_unprinted", level=reading.level), look=(self._say("look_clarify"), ruling.reason))

    def _read(self, case: Case, said: str) -> _Reading:
        """The cells beside the certificate, as far as nothing is wrong with them."""
        reading = _Reading()
        if text := tidy(case.category):
            about = self._category(text[:LONGEST])
            if not about.categories:
                return _Reading(problem=self._say("category_unread", said=text[:LONGEST]))
            reading = _Reading(about.categories, about.contradiction)
        if text := tidy(case.tier):
            tiers = {each.says for each in read_slots(normalize(_known("tier", text))).tiers}
            if len(tiers) != 1:
                return _Reading(problem=self._say("tier_unread", said=text[:LONGEST]))
            reading = replace(reading, tier=tiers.pop())
        if text := tidy(case.grade):
            cell = level_of(normalize(_known("grade", text)))
            if not any(cell):
                return _Reading(problem=self._say("grade_unread", said=text[:LONGEST]))
            own = self._own_level(said) if said else ((), ())
            if _clash(own, cell):
                return _Reading(problem=self._say("grade_clash", name="、".join([*_grades(own[0]), *own[1]]), cell=_level(cell)))
            # A grade says more than a word in the name (高级公共安全管理师, 三级).
            reading = replace(reading, level="" if own[0] or (own[1] and cell[1]) else _level(cell))
        return reading

    def _own_level(self, said: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """The grades, and the words 初级, 中级 and 高级, in the name of a certificate (电工三级, 高级工程师)."""
        request = self._category(said)
        grades = {*request.grades, *(grade for mention in request.mentions for grade in mention.grades)}
        return tuple(sorted(grades)), () if grades else tuple(each for each in LEVELS if each in normalize(said))

    def _request(self, said: str, reading: _Reading) -> Request:
        """What the row asks: the certificate as a question with this 专业类 and tier reads it; the columns say 专业类 and tier, and nothing else does."""
        level = f"（{reading.level}）" if reading.level else ""
        codes = "、".join(each.code for each in reading.categories)
        request = self._understood(f"{said}{level}", f"在{codes}" if codes else "", reading.tier)
        stray = [each for each in request.tiers if each != reading.tier] if reading.tier else []
        mentions = request.mentions
        if len(stray) == 1 and len(mentions) == 1 and not mentions[0].level and not mentions[0].grades:
            # A level word in the name (Oracle中级…) is the certificate's, where the row has a column for the tier.
            mentions = (replace(mentions[0], level=stray[0]),)
        return replace(
            request,
            language=self._language,
            kinds=("recognition",),
            scores=_RECOGNITION,
            mentions=mentions,
            categories=reading.categories,
            contradiction=reading.contradiction,
            unknown_codes=(),
            tiers=(reading.tier,) if reading.tier else request.tiers,
        )

    def _understand(self, said: str, place: str = "", tier: str = "") -> Request:
        return understand(clean(f"{said}{_question(place, tier)}" if place or tier else said), (), self._asker.context.fork(), self._asker.vocabulary)

    def _ruling(self, answer: Answer, request: Request, said: str) -> Ruling:
        """An answer as the cells of a row."""
        verdict: str = {"na": "clarify", "out_of_scope": "clarify"}.get(answer.verdict, answer.verdict)
        lines = [line.replace("**", "") for line in answer.answer.split("\n\n")]
        if answer.kind != "recognition" or (not request.categories and verdict in ("yes", "no")):
            return self._refused(self._say("not_answered", said=said))
        evidence = _proving(lines[0], answer)[:EVIDENCE]
        found = [each for each in answer.entities if each.iri]
        likeness = 1.0
        reason = _MARKS.sub("", lines[0])
        look = [_MARKS.sub("", line) for line in lines[1:] if not self._harmless(line)]
        if answer.verdict == "na":
            reason, look = self._say("differ", reasons=" ".join([reason, *look])), []
        if verdict in ("unknown", "clarify"):
            look.insert(0, self._say(f"look_{verdict}"))
        if len(found) > 1:
            look.append(self._say("look_several", names="、".join(each.label for each in found)))
        elif found and not any(_letter_by_letter(mention, request, said) for mention in credentials(request)):
            if not any(f"“{found[0].mention}”" in line and f"“{found[0].label}”" in line for line in look):
                look.append(self._say("look_name", said=said, label=found[0].label))
            if all(mention.exact for mention in credentials(request)):
                # The name stands in the cell, and something else with it; a name that is not there has the linker's score.
                likeness = max(Indel.normalized_similarity(normalize(text), normalize(found[0].label)) for text in (said, without_level(said)))
        return Ruling(
            verdict,
            reason[:REASON],
            "、".join(each.label for each in found),
            "、".join(dict.fromkeys(each.document for each in evidence)),
            "、".join(dict.fromkeys(str(each.line) for each in evidence)),
            "；".join(dict.fromkeys(each.place for each in evidence)),
            "；".join(dict.fromkeys(each.text for each in evidence)),
            round(min(likeness, *(each.score for each in found)), 2) if found else None,
            tuple(look),
        )

    def _proving_rows(self, answer: Answer, request: Request) -> list[Row]:
        """The entries of the catalogue that prove the first sentence of an answer."""
        proving = {(each.line, each.text) for each in _proving(answer.answer.split("\n\n")[0], answer)}
        rows = [row for category in request.categories for row in self._asker.context.fork().rows("list", category=category.iri)]
        return [row for row in rows if (int(row["line"]), row["text"]) in proving]

    def _with_issuer(self, ruling: Ruling, rows: Sequence[Row], said: str) -> Ruling:
        """A yes whose entry prints an issuer that is not the row's: to be confirmed where the row's is another that is known, else to be looked at."""
        printed = {row.get("issuer", "") for row in rows}
        same = any(normalize(said) in normalize(each) or normalize(each) in normalize(said) for each in printed)
        if ruling.verdict != "yes" or not said or not rows or "" in printed or same:
            return ruling
        names = self._issuer(said)
        if names & printed:
            return ruling
        values = {"said": said, "printed": "、".join(sorted(printed))}
        if names:
            return replace(ruling, verdict="clarify", reason=self._say("issuer_clash", **values), look=(self._say("look_clarify"), ruling.reason, *ruling.look))
        return replace(ruling, look=(*ruling.look, self._say("look_issuer", **values)))

    def _named_issuer(self, said: str) -> frozenset[str]:
        """The names of the issuer that a text means; none where it is not known."""
        link = self._asker.context.linker.link(said, "issuer", 1)
        return frozenset(name for each in link.candidates for name in (each.label, *each.labels)) if link.linked else frozenset()

    def _harmless(self, line: str) -> bool:
        return any(row["language"] == self._language and re.match(row["opening"], line) for row in rows_of("harmless"))

    def _refused(self, reason: str) -> Ruling:
        return Ruling("clarify", reason, look=(self._say("look_clarify"),))

    def _say(self, key: str, **values: object) -> str:
        return self._words[key].format(**values)


def tidy(text: str) -> str:
    """What a cell says; nothing where it says so (无, -, N/A)."""
    said = " ".join(text.split())
    return "" if said.lower() in {row["word"] for row in rows_of("empty")} else said


def _known(role: str, text: str) -> str:
    """A cell of one character or word as the words that it stands for in a column of this role."""
    return next((row["read"] for row in rows_of("readings") if row["role"] == role and row["cell"] == normalize(text)), text)


def _leveled(rows: Iterable[Row]) -> bool:
    """Whether some entry prints a level."""
    return any(row.get("level") or row.get("grades") for row in rows)


def _grades(grades: Iterable[int]) -> list[str]:
    return [NUMERALS[str(grade)] for grade in grades]


def _clash(own: tuple[tuple[int, ...], tuple[str, ...]], cell: tuple[tuple[int, ...], str]) -> bool:
    """Whether the level in a name and that of the column of grades are two; a grade and a word (三级, 高级) are compared by note 3 of the catalogue."""
    if own[0] and cell[0]:
        return not set(own[0]) & set(cell[0])
    words_of_name = set(own[1]) or {NOTE_3[str(grade)] for grade in own[0]}
    words_of_cell = {cell[1]} - {""} or {NOTE_3[str(grade)] for grade in cell[0]}
    return bool(words_of_name) and not words_of_name & words_of_cell


def _level(level: tuple[tuple[int, ...], str]) -> str:
    """A grade or level in words."""
    return "、".join(_grades(level[0])) or level[1]


def _question(place: str, tier: str) -> str:
    return f"{place}{tier}认不认？"


def _letter_by_letter(mention: Mention, request: Request, said: str) -> bool:
    """Whether what was said is the name that was matched, but for its level and for words that name no other thing."""
    if mention.exact and same_core(without_level(said), mention.label):
        return True
    if not mention.exact:
        return normalize(without_level(said)) == normalize(mention.label)
    rest = normalize(said)
    for each in request.mentions:
        rest = rest.replace(each.text, "\n")
    rest = read_slots(rest).rest
    for rule in patterns("decor", "why", "word"):
        rest = rule.regex.sub("", rest)
    return not re.search(r"[0-9a-z\u4e00-\u9fff]", rest)


def _proving(line: str, answer: Answer) -> list[Citation]:
    """The citations that the marks at the end of a line name."""
    marks = _MARKS.search(line)
    return [answer.citations[int(number) - 1] for number in dict.fromkeys(re.findall(r"\d+", marks[0]))] if marks else []
