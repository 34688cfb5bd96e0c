"""Questions about annex 7: who issues a 1+X certificate and in which batch."""

import re
from collections.abc import Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Row, chinese
from kg.ask.kinds.issuer.names import found_rows, issuers_named, wants_yes_or_no, whose_name_has
from kg.ask.organizations import Named, asks, said, unlisted
from kg.ask.reply import Reply, agreed, caution, enumerated, opening
from kg.ask.rules import Cues
from kg.ask.tables import table, told

_cue = Cues("issuer")

_NUMBER = re.compile(r"(?:第|number |no\. ?|entry |#)(\d{1,3})(?: ?[号个项条]|(?= in | of |$))")
_BATCH = re.compile(r"(?<!同)第?([一二三四五六七八1-8])批(?!次是|是哪)|batch ?([1-4])|(first|second|third|fourth) batch")
_BATCHES = {"first": "第一批", "second": "第二批", "third": "第三批", "fourth": "第四批"}
SHOWN = 60


def _onex_name(row: Row) -> str:
    """A 1+X certificate as annex 7 prints it."""
    return row["text"].split(" | ")[2] if row["text"].count(" | ") == 3 else row["preferred"]


def say_onex(reply: Reply, names: Sequence[Named]) -> Answer:
    """Issuer and batch of 1+X certificates; yes or no where the question proposes one."""
    request, context = reply.request, reply.context
    batches, issuers = _said_batches(request.text), issuers_named(request, context, names)
    verdicts: list[Verdict] = []
    for name in names:
        rows = told(context, "onex", found_rows(context, "onex", "credential", name), "credential")
        verdict: Verdict = "na"
        if wants_yes_or_no(request) and len(batches) == 1:
            verdict = "yes" if any(row["batch"] in batches for row in rows) else "no"
        elif wants_yes_or_no(request) and issuers:
            verdict = "yes" if any(row["issuer"] in each.nodes for row in rows for each in issuers) else "no"
        verdicts.append(verdict)
        lead = opening(verdict, "是", "不是")
        for row in rows:
            reply.say(
                f"{lead[0]}1+X证书“{_onex_name(row)}”的评价组织（颁发机构）是{row['issuerName']}，{row['batch']}（附件7第{row['number']}号）。",
                f"{lead[1]}the 1+X certificate “{_onex_name(row)}” is issued by {row['issuerName']}, batch {row['batch']} (annex 7, number {row['number']}).",
                [row],
            )
            reply.item(row["issuerName"], row["issuer"])
        caution(reply, rows)
        reply.suggest(f"{rows[0]['issuerName']}还颁发哪些1+X证书？", f"What 1+X certificates does {rows[0]['issuerName']} issue?")
        reply.suggest(f"{name.label}能用在哪些专业类？", f"Where does {name.label} count?")
    return reply.build(agreed(verdicts), "issuer")


def _said_batches(text: str) -> set[str]:
    """The batches that a text names."""
    digits = dict(zip("12345678", "一二三四五六七八", strict=True))
    return {_BATCHES.get(said, f"第{digits.get(said, said)}批") for match in _BATCH.finditer(text) for said in [next(filter(None, match.groups()))]}


def say_onex_lists(reply: Reply) -> Answer | None:
    """Annex 7 without a certificate named: an issuer's certificates, a number, a batch, the whole."""
    request, context = reply.request, reply.context
    asked = asks(request, "issuer")
    issuers = issuers_named(request, context, [])
    if issued := found_rows(context, "onex", "issuer", *issuers):
        return _say_issued(reply, issued)
    number = _NUMBER.search(request.text)
    if number and "onex" in asked:
        rows = context.rows("onex", number=int(number[1]))
        for row in rows:
            reply.say(
                f"附件7第{row['number']}号是“{_onex_name(row)}”，{row['issuerName']}，{row['batch']}。",
                f"Annex 7, number {row['number']}: “{_onex_name(row)}”, {row['issuerName']}, {row['batch']}.",
                [row],
            )
            reply.item(_onex_name(row), row["credential"])
        return reply.build("na", "issuer") if rows else None
    if "onex" not in asked and "issuer" not in asked:
        return None
    batches = _said_batches(request.text)
    # 教育部1+X证书目录 names whose programme it is, not who issues.
    named = [each for each in request.mentions if _cue("by_body").search(request.text) or not each.of("AdministrativeBody")]
    if batches or ("onex" in asked and not named and ("count" in said(request, "any") or not request.unlinked)):
        return _say_batches(reply, batches)
    stranger = [*unlisted(request, context, [], "issuer"), *issuers] or [Named(each.text, each.text, (), False, each.start) for each in request.unlinked]
    if stranger and wants_yes_or_no(request) and ("onex" in asked or "issuer" in asked) and not request.named("Credential"):
        whole = table(context, "onex")
        nodes = whose_name_has(context, stranger[0].text, "onex_issuers")
        if part := [row for row in whole if row["issuer"] in nodes]:
            return _say_issued(reply, part)
        reply.say(
            f"**没有**：附件7的{len(whole)}个1+X证书（数出）里，没有“{stranger[0].label}”颁发的。",
            f"**No**: none of the {len(whole)} 1+X certificates of annex 7 (counted) is issued by “{stranger[0].label}”.",
            [whole[-1]],
        )
        return reply.build("no", "issuer")
    return None


def _say_issued(reply: Reply, issued: Sequence[Row]) -> Answer:
    """The 1+X certificates of an issuer."""
    batches = _said_batches(reply.request.text)
    of_batches = [row for row in issued if row["batch"] in batches]
    bound = {"batch": [chinese(batch) for batch in sorted(batches)]} if of_batches else {}
    rows = told(reply.context, "onex", of_batches or issued, "issuer", **bound)
    lead = ("**有**：", "**Yes**: ") if wants_yes_or_no(reply.request) else ("", "")
    by_issuer: dict[str, list[Row]] = {}
    for row in rows:
        by_issuer.setdefault(row["issuerName"], []).append(row)
    for issuer, some in by_issuer.items():
        names = "、".join(f"{_onex_name(row)}（{row['batch']}）" for row in some)
        reply.say(
            f"{lead[0]}附件7里{issuer}颁发{len(some)}个1+X证书（数出）：{names}。",
            f"{lead[1]}in annex 7, {issuer} issues {len(some)} 1+X certificates (counted): {names}.",
            some,
        )
        reply.list_rows(some, _onex_name, "credential")
    caution(reply, rows)
    return reply.build("yes" if lead[0] else "na", "issuer")


def _say_batches(reply: Reply, batches: set[str]) -> Answer:
    """The certificates of batches, or how many there are in all."""
    for batch in sorted(batches):
        rows = reply.context.rows("onex", batch=chinese(batch))
        if not rows:
            whole = table(reply.context, "onex")
            reply.say(
                f"附件7的{len(whole)}个1+X证书里没有{batch}的。", f"None of the {len(whole)} 1+X certificates of annex 7 is of the batch {batch}.", [whole[-1]]
            )
            continue
        names = enumerated([_onex_name(row) for row in rows], SHOWN)
        reply.say(
            f"附件7里{batch}有{len(rows)}个1+X证书（数出）：{names}。",
            f"Annex 7 has {len(rows)} 1+X certificates of the batch {batch} (counted): {names}.",
            rows,
        )
        reply.list_rows(rows, _onex_name, "credential")
    if not batches:
        whole = table(reply.context, "onex")
        counts = {batch: sum(row["batch"] == batch for row in whole) for batch in dict.fromkeys(row["batch"] for row in whole)}
        parts = "、".join(f"{batch}{count}个" for batch, count in counts.items())
        ends = [next(row for row in reversed(whole) if row["batch"] == batch) for batch in counts]
        reply.say(
            f"附件7一共列了{len(whole)}个1+X证书：{parts}（数出）。", f"Annex 7 lists {len(whole)} 1+X certificates: {parts} (counted).", [*ends, whole[-1]]
        )
    return reply.build("na", "issuer")
