"""Questions about Shanghai's catalogue: does a credential count for a 专业类 and tier."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Category, Context, Row
from kg.ask.grades import NUMERALS
from kg.ask.kinds.catalogue import (
    FAMILIES,
    NOTE_3,
    TIER_NAMES,
    TIERS_EN,
    Coverage,
    coverage,
    credentials,
    describe,
    elsewhere,
    entries_for,
    entry_grades,
    family_of,
    fits,
    lost,
    said_grades,
    said_level,
    say_missing,
    say_no_code,
    tier_of,
    tiers_of,
    with_tiers,
)
from kg.ask.kinds.clarifying import also_meant, ask_category, contradiction
from kg.ask.kinds.comparison import compare
from kg.ask.kinds.entries import in_other_words, of_issuer, of_the_grade, recognitions
from kg.ask.kinds.listing import answer_list
from kg.ask.kinds.refusals import unknown_name
from kg.ask.kinds.same_certificate import issued_by, issuer_before, other_track, surely_named, track_said
from kg.ask.reply import Reply, agreed, caution, reasons
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues
from kg.ask.sameness import same_core, without_level

_cue = Cues("recognition")

#: Class of a credential → the family in which it would stand.
_FAMILY_OF_CLASS = {
    "ProfessionalTitle": "title",
    "SkillCertificate": "skill",
    "Occupation": "skill",
    "WorkType": "skill",
    "PracticeQualification": "practice",
    "OnePlusXCertificate": "onex",
    "IndustryCertificate": "industry",
    "OverseasQualification": "industry",
}


@dataclass(frozen=True)
class _Case:
    """One mention in one 专业类: the state of its row, and how both are called in sentences."""

    mention: Mention
    category: Category
    state: Coverage
    where: str
    named: str


def answer_recognition(request: Request, context: Context) -> Answer | None:
    """Does it count? One judgement for each mention, 专业类 and tier; the verdict is theirs where they agree."""
    if not credentials(request) and not request.categories and "recognition" not in request.scores:
        return None
    if request.unlinked and not request.scores and not request.categories and not any(mention.exact for mention in credentials(request)):
        return None
    reply = Reply(request, context)
    named = credentials(request)
    mentions = named or of_issuer(request, context)
    if request.categories and not mentions and not request.unlinked:
        if request.grades and "recognition" in request.scores and "list" not in request.scores and not request.families:
            return unknown_name(reply, "recognition")  # 计算机二级能算7102初级吗: of which certificate is not understood.
        return answer_list(request, context)
    reply.understood((*mentions, *request.unlinked))
    if request.contradiction:
        return contradiction(reply)
    if not mentions:
        return unknown_name(reply, "recognition")
    if not request.categories:
        return ask_category(reply, mentions)
    if not named and (strange := [mention for mention in request.unlinked if mention.text not in {each.text for each in mentions}]):
        return _say_issuer_only(reply, mentions, strange)
    verdicts: list[Verdict] = [_judge(reply, mention, category) for category in request.categories for mention in mentions]
    verdicts += [say_no_code(reply, code) for code in request.unknown_codes]
    for mention in mentions[:1]:
        reply.suggest(f"{mention.label}能用在哪些专业类？", f"Where does {mention.label} count?")
    for category in request.categories[:1]:
        tier = request.tiers[0] if request.tiers else ""
        reply.suggest(f"{category.code}{category.name}{tier}还有哪些证书？", f"List the certificates for {category.code} {category.name} {tier}".strip())
    if set(verdicts) <= {"no", "unknown"}:  # 航空类 may be 航空装备类 too: a no for one is none for the other.
        verdicts += [_judge(reply, mention, category) for category in also_meant(request, context) for mention in mentions]
    verdict = compare(reply, mentions) or agreed(verdicts)
    if verdict in ("yes", "no") and any(_cue("without").search(request.text[: mention.start]) for mention in mentions if mention in request.mentions):
        return _say_without(reply, mentions)
    if verdict in ("yes", "no") and any(_cue("paper").match(request.text[mention.end :]) for mention in mentions if mention in request.mentions):
        return _say_other_paper(reply, mentions)
    # 算中级还是高级, 用CMA还是CPA asks which of them: yes is no answer to it.
    which = _cue("either").search(request.text) or (len(mentions) > 1 and _cue("which_of").search(request.text))
    return reply.build("na" if verdict == "yes" and which else verdict, "recognition")


def _say_without(reply: Reply, mentions: Sequence[Mention]) -> Answer:
    """The person says that he does not have it (没有HCIP能评中级吗): what counts is then another entry of the row."""
    names = "、".join(f"“{mention.label}”" for mention in mentions)
    reply.say(f"以上是有{names}的情形；没有它，要看这一行的其他条目。", f"That is with {names}; without it another entry of the row is needed.")
    return reply.build("na", "recognition")


def _say_other_paper(reply: Reply, mentions: Sequence[Mention]) -> Answer:
    """The person has not the certificate but another paper of it (HCIP的成绩单): the document prints the certificate."""
    names = "、".join(f"“{mention.label}”" for mention in mentions)
    reply.say(
        f"**无法判断**：文件印的是{names}证书本身，没有说它的成绩、单项考试或培训证明算不算。",
        f"**Unknown**: the document prints the certificate {names} itself and says nothing of a score sheet, a part of the exam or a training paper.",
    )
    return reply.build("unknown", "recognition")


def _judge(reply: Reply, mention: Mention, category: Category) -> Verdict:
    """The verdict on one mention in one 专业类, and the sentences that tell it."""
    request, context = reply.request, reply.context
    named = f"“{mention.label}”" + said_level(mention, request)
    case = _Case(mention, category, coverage(context, category), f"{category.code} {category.name}", named)
    rows: Sequence[Row] = recognitions(context, mention, category)
    if case.state.state == "missing":
        return say_missing(reply, case.where, case.named, case.state, rows)
    tiers = request.tiers
    if not mention.exact or not any(fits(row, mention, request) and (not tiers or tier_of(row) in tiers) for row in rows):
        rows = _with_other_words(reply, case, rows)
    fitting = of_the_grade([row for row in rows if row.get("same") or fits(row, mention, request)], mention, request)
    right = [row for row in fitting if not tiers or tier_of(row) in tiers]
    right = [row for row in right if not row.get("other_words") and not row.get("general")] or right
    sure = [row for row in right if not row["status"].endswith("uncertain")]
    if right and tiers and not sure and all(_cue("column_doubt").search(reason) for _, reason in reasons(context, right)):
        return _say_column_doubt(reply, case, right)
    if request.own and mention.level == request.own and rows and not fitting and not any(entry_grades(row) or row.get("level") for row in rows):
        return _say_no_level(reply, case, rows)
    if right and (track := track_said(mention, request, right)):
        kept = [row for row in right if not other_track(track, row)]
        if not kept:
            return _say_other_track(reply, case, right, track)
        right, sure = kept, [row for row in sure if row in kept]
    if not right:
        return _say_not(reply, case, rows, fitting)
    if (issuer := issuer_before(mention, request)) and not issued_by(issuer, mention, right, context):
        return _say_other_issuer(reply, case, right, issuer)
    covered = {tier_of(row) for row in sure}
    _say_yes(reply, case, [*sure, *(row for row in right if row not in sure and tier_of(row) not in covered)])
    return _of_all_tiers(reply, case, right)


def _of_all_tiers(reply: Reply, case: _Case, right: Sequence[Row]) -> Verdict:
    """The verdict where several tiers are asked about: yes only if it is printed under each."""
    absent = [tier for tier in reply.request.tiers if tier not in tiers_of(right)]
    if not absent:
        return "yes"
    alone = len(credentials(reply.request)) == 1 and bool(_cue("each").search(reply.request.text))
    if not alone or lost(case.state, {family_of(row) for row in right}, absent):
        return "na"
    reply.say(f"所以**不是**各级都认：{'、'.join(absent)}不认。", f"So **no**, not each of them: it does not count for {', '.join(absent)}.")
    return "no"


def _say_other_track(reply: Reply, case: _Case, rows: Sequence[Row], track: str) -> Verdict:
    """Only other tracks of it are printed: no where the row is whole, else unknown."""
    entries = with_tiers(rows)
    open_row = lost(case.state, {family_of(row) for row in rows}, reply.request.tiers or TIER_NAMES)
    lead, lead_en = ("**无法判断**", "**Unknown**") if open_row else ("**不能**", "**No**")
    reply.say(
        f"{lead}：{case.where}印的是{entries}，没有印“{track}”这一方向{'，但这一行有缺损' if open_row else ''}。",
        f"{lead_en}: {case.where} prints {entries}, and no “{track}”{'; the row is damaged' if open_row else ''}.",
        rows,
    )
    caution(reply, rows)
    return "unknown" if open_row else "no"


def _with_other_words(reply: Reply, case: _Case, rows: Sequence[Row]) -> list[Row]:
    """The entries found and those that name the certificate in other words; these alone where the linker's name resembles what was said less than they do."""
    others = in_other_words(reply.context, case.mention, reply.request, case.category, rows if case.mention.exact else ())
    said = without_level(case.mention.text)
    if not case.mention.exact and not same_core(said, case.mention.label) and any(same_core(said, row["name"]) for row in others):
        return [row for row in others if row.get("same") or same_core(said, row["name"])]
    known = {row["fact"] for row in rows}
    return [*rows, *(row for row in others if row["fact"] not in known)]


def _say_column_doubt(reply: Reply, case: _Case, rows: Sequence[Row]) -> Verdict:
    """It is printed, but its column cannot be told."""
    entries = "、".join(dict.fromkeys(describe(row) for row in rows))
    reply.say(
        f"**无法判断**：{case.where}印有{entries}，但该处栏目受损，它属于哪一级读不确定（可能就是{'、'.join(reply.request.tiers)}），请核对原件。",
        f"**Unknown**: {case.where} prints {entries}, but the columns are damaged there and its tier is uncertain; check the original.",
        rows,
    )
    caution(reply, rows)
    return "unknown"


def _say_other_issuer(reply: Reply, case: _Case, rows: Sequence[Row], issuer: Mention) -> Verdict:
    """It is printed, but nowhere as that issuer's: a certificate of the same name is another thing."""
    entries = with_tiers(rows)
    reply.say(
        f"**无法判断**：{case.where}印有{entries}，但没有印它由“{issuer.text}”颁发；同名的证书不一定是同一个，请核对发证单位。",
        f"**Unknown**: {case.where} prints {entries}, but not as issued by “{issuer.text}”; a certificate of the same name need not be the same one.",
        rows,
    )
    return "unknown"


def _say_no_level(reply: Reply, case: _Case, rows: Sequence[Row]) -> Verdict:
    """It is printed without levels, and the person says one that its column is not: 我只考到初级."""
    entries = with_tiers(rows)
    reply.say(
        f"**无法判断**：{case.where}印有{entries}，没有印级别，文件没有说{case.named}算不算。",
        f"**Unknown**: {case.where} prints {entries} without a level, so the document does not say whether {case.named} counts.",
        rows,
    )
    caution(reply, rows)
    return "unknown"


def _say_issuer_only(reply: Reply, issuers: Sequence[Mention], strange: Sequence[Mention]) -> Answer:
    """The issuer is known, the certificate beside it (思科CCIE) is in no document: what the row prints of the issuer may be another one."""
    for mention in strange:
        reply.say(f"**无法判断**：四份文件里没有找到“{mention.text}”。", f"**Unknown**: none of the four documents names “{mention.text}”.")
    for category in reply.request.categories:
        rows = [row for mention in issuers for row in recognitions(reply.context, mention, category)]
        if rows:
            entries = with_tiers(rows)
            reply.say(
                f"{category.code} {category.name}里与“{issuers[0].label}”有关的条目是：{entries}。请对照证书上的名称和级别。",
                f"The row {category.code} {category.name} prints of “{issuers[0].label}”: {entries}. Compare the name and level on the certificate.",
                rows,
            )
            caution(reply, rows)
    return reply.build("unknown", "recognition")


def _say_yes(reply: Reply, case: _Case, rows: Sequence[Row]) -> None:
    """It counts: under which tier, as which entry, by which line; and what a careful reader would add."""
    mention, tiers = case.mention, tiers_of(rows)
    entries = "、".join(dict.fromkeys(describe(row) for row in rows))
    families = "、".join(dict.fromkeys(FAMILIES[family_of(row)][0] for row in rows))
    families_en = ", ".join(dict.fromkeys(FAMILIES[family_of(row)][1] for row in rows))
    reply.say(
        f"**可以**：{case.where}的{'、'.join(tiers)}目录（{families}）印有{entries}，{case.named}对应{'、'.join(tiers)}。",
        f"**Yes**: the catalogue row {case.where} prints {entries} under {', '.join(TIERS_EN[tier] for tier in tiers)} ({families_en}), "
        f"so {case.named} counts there.",
        rows,
    )
    if all(row.get("specific") for row in rows):
        reply.say(
            f"注意：该行印的是更具体的条目（{entries}），不是笼统的“{mention.label}”；其他方向的证书不能据此认定。",
            f"Note: the row names a more specific entry ({entries}), not “{mention.label}” in general; another track is not proved by it.",
            rows,
        )
        _same_issuer(reply, rows)
    if all(row.get("other_words") or row.get("same") for row in rows):
        reply.say(
            f"注意：该行印的名称是{entries}，与您说的“{mention.text}”写法不同，请核对是否同一证书。",
            f"Note: the row prints it as {entries}, not as “{mention.text}”; check that it is the same certificate.",
            rows,
        )
    if all(row.get("general") for row in rows):
        reply.say(
            f"注意：该行印的是总称{entries}，没有单独列出“{mention.label}”。",
            f"Note: the row prints the general name {entries} and does not list “{mention.label}” by itself.",
            rows,
        )
    if longer := next((each.text for each in reply.request.unlinked if each.text.startswith(f"{mention.text}-")), ""):
        reply.say(
            f"注意：您说的是“{longer}”，文件里没有印它，此处按“{mention.label}”回答。",
            f"Note: you wrote “{longer}”, which no document prints; it is answered as “{mention.label}”.",
        )
    if said_grades(mention, reply.request) and not any(entry_grades(row) or row.get("level") for row in rows):
        reply.say("该条没有印等级，因此文件没有区分是几级。", "The entry prints no grade, so the document does not tell grades apart.", rows)
    _say_conflicts(reply, rows)
    caution(reply, rows)
    if absent := [tier for tier in reply.request.tiers if tier not in tiers]:
        reply.say(f"{'、'.join(absent)}栏没有印出它。", f"It is not printed under {', '.join(absent)}.")


def _same_issuer(reply: Reply, rows: Sequence[Row]) -> None:
    """Name the general entries of the same issuer in the same column: they may cover what the specific one does not."""
    issuers = {row.get("issuer") for row in rows} - {None}
    if not issuers:
        return
    category = reply.request.categories[0]
    others = [
        row
        for row in reply.context.rows("list", category=category.iri)
        if row.get("issuer") in issuers
        and any(row["tier"] == each["tier"] and row["family"] == each["family"] for each in rows)
        and row["fact"] not in {each["fact"] for each in rows}
    ]
    if others:
        entries = "、".join(dict.fromkeys(describe(row) for row in others))
        reply.say(f"同一栏里该发证单位还印有：{entries}。", f"The same column also prints, of the same issuer: {entries}.", others)


def _say_conflicts(reply: Reply, rows: Sequence[Row]) -> None:
    """Say where the column's tier and the printed grade disagree under note 3 of the document."""
    for row in rows:
        printed = [grade for grade in row.get("grades", "").split("|") if grade]
        expected = {NOTE_3[grade] for grade in printed}
        if printed and tier_of(row) not in expected:
            rule = reply.context.rows("tier_rule")
            grades = "、".join(NUMERALS[grade] for grade in printed)
            reply.say(
                f"说明：文件自相矛盾——该条印的是{grades}，按说明第3条应归{'、'.join(sorted(expected))}，但它印在{tier_of(row)}栏；此处按栏目回答，请向认定部门核实。",
                f"The document contradicts itself: the entry prints {grades}, which note 3 maps to {', '.join(sorted(expected))}, "
                f"but it stands in the {tier_of(row)} column; the column is followed here.",
                [row, *rule],
            )
            return


def _say_not(reply: Reply, case: _Case, rows: Sequence[Row], fitting: Sequence[Row]) -> Verdict:
    """Not printed there: `no` where the row's text is whole, `unknown` where the entry may have stood on lost text."""
    tiers = reply.request.tiers
    if fitting and (_fixedelsewhere(fitting) or not lost(case.state, {family_of(row) for row in fitting}, tiers)):
        return _say_other_tier(reply, case, fitting)
    if rows and not fitting and not lost(case.state, {family_of(row) for row in rows}, tiers or TIER_NAMES):
        return _say_other_level(reply, case, rows)
    return _say_absent(reply, case)


def _say_other_tier(reply: Reply, case: _Case, rows: Sequence[Row]) -> Verdict:
    """It is printed under another tier than the one asked about."""
    tiers, entries = "、".join(tiers_of(rows)), "、".join(dict.fromkeys(describe(row) for row in rows))
    asked_en = ", ".join(TIERS_EN[tier] for tier in reply.request.tiers)
    reply.say(
        f"**不能**：{case.where}把{case.named}印在{tiers}（{entries}），不在{'、'.join(reply.request.tiers)}。",
        f"**No**: {case.where} prints {case.named} under {', '.join(tiers_of(rows))} ({entries}), not under {asked_en}.",
        rows,
    )
    _say_conflicts(reply, rows)
    caution(reply, rows)
    return "no"


def _say_other_level(reply: Reply, case: _Case, rows: Sequence[Row]) -> Verdict:
    """It is printed at other grades or levels only."""
    entries = with_tiers(rows)
    reply.say(f"**不能**：{case.where}只印有{entries}，没有{case.named}。", f"**No**: {case.where} prints only {entries}, not {case.named}.", rows)
    caution(reply, rows)
    return "no"


def _say_absent(reply: Reply, case: _Case) -> Verdict:
    """It is not printed at all: that says something only where the text of the row is whole."""
    state, where, named = case.state, case.where, case.named
    asked = "的" + "、".join(reply.request.tiers) if reply.request.tiers else ""
    asked_en = " under " + ", ".join(TIERS_EN[tier] for tier in reply.request.tiers) if reply.request.tiers else ""
    families = {family_of(row) for node in case.mention.nodes for row in entries_for(reply.context, node)} or _families_by_class(case.mention)
    if state.state == "empty":
        reply.say(f"**无法判断**：{where}这一行在文件里是空的，没有印出任何证书。", f"**Unknown**: the row {where} is printed without any entry.", [state.row])
        return "unknown"
    if lost(state, families, reply.request.tiers or TIER_NAMES):
        reply.say(
            f"**无法判断**：在现存文本里，{where}{asked}没有{named}，但这一行有缺损（{state.row.get('loss', '')}），缺失的部分可能印有它。",
            f"**Unknown**: the text that is left of {where} does not print {named}{asked_en}, but the row is damaged ({state.row.get('reason', '')}).",
            [state.row],
        )
        return "unknown"
    if not surely_named(case.mention):
        reply.say(
            f"**无法判断**：四份文件里没有找到“{case.mention.text}”；与它相近的{named}，{where}{asked}没有印。",
            f"**Unknown**: none of the four documents names “{case.mention.text}”; {named}, which is near to it, is not printed in {where}{asked_en}.",
            [state.row],
        )
        return "unknown"
    reply.say(f"**不能**：{where}{asked}目录没有印{named}。", f"**No**: the row {where} does not print {named}{asked_en}.", [state.row])
    elsewhere(reply, case.mention)
    return "no"


def _fixedelsewhere(rows: Iterable[Row]) -> bool:
    """Whether the printed level itself fixes the tier (中级认证 under 中级, 四级 under 中级): damage elsewhere cannot change it."""
    for row in rows:
        words = {tier for tier in TIER_NAMES if tier in row.get("level", "")} | {NOTE_3[grade] for grade in row.get("grades", "").split("|") if grade}
        if words == {tier_of(row)}:
            return True
    return False


def _families_by_class(mention: Mention) -> set[str]:
    """The families in which a credential of these classes would stand."""
    return {_FAMILY_OF_CLASS[kind] for kind in mention.types if kind in _FAMILY_OF_CLASS} or set(FAMILIES)
