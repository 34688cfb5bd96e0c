"""Questions about single rules of Zhejiang: school classes as education, what is not required, appraisals, the platform, exemptions."""

import re

from kg.ask.answer import Answer, Verdict
from kg.ask.kinds.pathway.reading import Said, facts, told_facts
from kg.ask.reply import Reply
from kg.ask.rules import Cues, matches, patterns

_cue = Cues("pathway")


EDUCATION = ("本科", "大专", "中专", "高中", "研究生", "硕士")


def answer_education(reply: Reply, said: Said, text: str) -> Answer | None:
    """中级工班, 高级工班, 预备技师班: as which education they count when signing up for the examinations."""
    if not said.classes and not _cue("school_education").search(text):
        return None
    found = [row for row in facts(reply.context, "education") if not said.classes or any(name in row["from"] for name in said.classes)]
    rows = told_facts(reply.context, found)
    asked = next((word for word in EDUCATION if word in text), "")
    verdict: Verdict = "na"
    if asked and not _cue("asks_which").search(text):
        verdict = "yes" if any(row["to"] == asked for row in rows) else "no"
    claims = _claims(text)
    if len(claims) > 1 and not _cue("asks_which").search(text):
        verdict = "yes" if all(row["to"] == claims[name] for name in claims for row in rows if name in row["from"]) else "no"
    if "还是" in text:
        verdict = "na"
    for row in rows:
        mine: Verdict = verdict
        if len(claims) > 1 and verdict != "na":
            mine = next(("yes" if row["to"] == claims[name] else "no" for name in claims if name in row["from"]), "na")
        lead = {"yes": "**可以**：", "no": "**不是**：", "na": ""}[mine]
        reply.say(
            f"{lead}{row['from']}，{row['condition']}，按相当于**{row['to']}**学历对待。",
            f"{'**Yes**: ' if mine == 'yes' else '**No**: ' if mine == 'no' else ''}{row['from']} counts as "
            f"{row['to']} education when signing up for those examinations ({row['condition']}).",
            [row],
        )
    reply.suggest("高技能人才可以报考哪些职业资格证书考试？", "Which examinations are open to skilled workers in Zhejiang?")
    return reply.build(verdict, "pathway")


def _claims(text: str) -> dict[str, str]:
    """Which education each class is said to count as (高级工班按大专，预备技师班按本科): the first that stands after it."""
    found = [each for each in matches(text, patterns("pathway_words", "says")) if each.says.startswith("class/")]
    claims = {}
    for each, end in zip(found, [*(later.start for later in found[1:]), len(text)], strict=True):
        if words := re.findall("|".join(EDUCATION), text[each.end : end]):
            claims[each.says.removeprefix("class/")] = words[0]
    return claims


def answer_topic(reply: Reply, said: Said, text: str) -> Answer | None:
    """A single rule that a word of the question points to: what is not required, appraisals, the platform, exemptions."""
    found = matches(text, patterns("pathway_topics", "statement"))
    if not found:
        return None
    requirements = facts(reply.context, "requirement")
    verdicts: list[str] = []
    for statement in dict.fromkeys(each.says for each in found):
        about = next(rule for rule in _topics() if rule["statement"] == statement)
        rows = told_facts(reply.context, [row for row in requirements if statement in row["to"]][:1])
        if not rows:
            continue
        verdict = _topic_verdict(about["verdict"], text, said)
        if verdict == "yes" and "继续教育" in statement and _cue("needs_hours").search(text):
            verdict = "unknown"
        if verdict == "yes" and "理论" in statement and _cue("no_major").search(text):
            verdict = "na" if _cue("must_sit").search(text) else "no"
        lead = {
            "yes": "**可以**：",
            "no": "**不要求**：" if about["verdict"] == "not_required" else "**不能**：",
            "unknown": "**无法判断**：文件没有说这是不是必须的。",
            "na": "",
        }[verdict]
        lead_en = {"yes": "**Yes**: ", "no": "**No**: ", "unknown": "**Unknown**: whether it is required is not printed. ", "na": ""}[verdict]
        reply.say(f"{lead}{about['zh']}。文件原文：“{rows[0]['to']}”。", f"{lead_en}{about['en']}. The document prints: “{rows[0]['to']}”.", rows)
        verdicts.append(verdict)
    if not verdicts:
        return None
    reply.suggest("技师要满几年才能报中级职称？", "How many years must a 技师 work before applying for a 中级 title?")
    return reply.build(verdicts[0], "pathway")  # type: ignore[arg-type]


def _topics() -> list[dict[str, str]]:
    columns = ("statement", "verdict", "zh", "en")
    table = [patterns("pathway_topics", column) for column in columns]
    return [dict(zip(columns, (rule.says for rule in row), strict=True)) for row in zip(*table, strict=True)]


def _topic_verdict(kind: str, text: str, said: Said) -> str:
    """The verdict on a rule by how it was asked about."""
    if kind == "not_required":
        if _cue("which_not_required").search(text):
            return "na"
        # 有本科学历，能考技师吗 asks for no requirement, and a “no” would deny what it asks.
        return "yes" if _cue("not_asked").search(text) else "na" if _cue("has_it").search(text) else "no"
    if kind == "chief":
        if _cue("skips").search(text):
            return "no"
        asked = len(said.grades) > 1 and not _cue("asks_which").search(text)
        return (
            "yes"
            if asked and any(word.says == "grade/special" for word in said.grades)
            else "na"
            if (not said.titles and not said.levels) or _cue("asks_which").search(text)
            else "no"
        )
    if kind == "yes" and _cue("asks_which").search(text) and not _cue("yes_no").search(text):
        return "na"
    return kind
