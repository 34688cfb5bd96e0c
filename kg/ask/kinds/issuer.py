"""Questions about annexes 7 and 9 of the Shanghai rules.

Who issues a 1+X certificate and in which batch; in which overseas classes a qualification stands, by whom issued, on what condition.
"""

import re
from collections.abc import Mapping, Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, Row, chinese
from kg.ask.names import spotter
from kg.ask.organizations import SURE, Named, asks, listed, note, said, same_name, together, unlisted
from kg.ask.reply import Reply, agreed, caution, enumerated, opening
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues, patterns
from kg.ask.tables import read_table, table, told
from kg.ask.text import normalize

_cue = Cues("issuer")

_NUMBER = re.compile(r"(?:第|number |no\. ?|entry |#)(\d{1,3})(?: ?[号个项条]|(?= in | of |$))")
_BATCH = re.compile(r"第?([一二三四五六七八1-8])批(?!次是|是哪)|batch ?([1-4])|(first|second|third|fourth) batch")
_BATCHES = {"first": "第一批", "second": "第二批", "third": "第三批", "fourth": "第四批"}
_CLASS = re.compile(r"(?<![a-z])([abcd])(?: ?类|级)|class(?:es)? ([abcd])\b|([abcd])(?=、[abcd]类|和[abcd]类|或[abcd]类|还是[abcd]类)")
_YEARS = re.compile(r"(?P<less>不到|不满|未满|不足|少于|less than |under )?(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3}) ?[多几]?(?:年|years?)")
_DIGITS = {each: number for number, each in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_FIELDS = ("生命健康", "数字技术", "工程技术", "专业服务")
_CONDITION_YEARS = re.compile(r"(\d+)年")
SHOWN = 60
#: A short name of a company stands for every issuer whose name has it, from this score on.
WIDE = 0.6


def answer_issuer(request: Request, context: Context) -> Answer | None:
    """Annexes 7 and 9; which of the two is told by the words and by what is named."""
    asked = asks(request, "issuer")
    onex = [each for each in _credentials(request, context, "onex_names", ("OnePlusXCertificate",)) if _found(context, "onex", "credential", each)]
    overseas = [
        each for each in _credentials(request, context, "overseas_names", ("OverseasQualification",)) if _found(context, "overseas", "credential", each)
    ]
    reply = Reply(request, context)
    reply.understood(request.named("Credential"))
    abroad = "overseas" in asked and not {"onex", "batch"} & asked
    if overseas and (abroad or not onex):
        return _say_overseas(reply, overseas)
    if onex and not abroad:
        return _say_onex(reply, onex)
    if abroad:
        return _overseas_lists(reply)
    return _onex_lists(reply) or _say_printed_issuer(reply)


def _credentials(request: Request, context: Context, query: str, types: tuple[str, ...]) -> list[Named]:
    """The certificates of an annex that the question names; those that the person says they do not have yet are left out."""
    found = listed(request, context, query)
    spans = [(each.start, each.start + len(each.text)) for each in found]
    for mention in request.named(*types):
        taken = any(mention.start < end and start < mention.end for start, end in spans)
        if (not taken and not found) or "mentions" in request.inherited:
            found.append(Named(mention.text, mention.label, mention.nodes, mention.exact, mention.start))
    if "mentions" in request.inherited:
        return found
    denied = [rule.regex for rule in patterns("organization_words", "says") if rule.says == "not_held"]
    return [each for each in found if not any(regex.search(request.text[: each.start]) for regex in denied)]


def _found(context: Context, name: str, variable: str, *things: Named) -> list[dict[str, str]]:
    """The rows of a table for the things named, found in memory."""
    rows = [row for each in things for node in each.nodes for row in read_table(context, name) if row[variable] == node]
    return list({row["fact"]: row for row in rows}.values())


def _yesno(request: Request) -> bool:
    """Whether the question wants yes or no."""
    return "yesno" in said(request, "any") and "alternatives" not in said(request, "any")


def _onex_name(row: Row) -> str:
    """A 1+X certificate as annex 7 prints it."""
    return row["text"].split(" | ")[2] if row["text"].count(" | ") == 3 else row["preferred"]


def _say_onex(reply: Reply, names: Sequence[Named]) -> Answer:
    """Issuer and batch of 1+X certificates; yes or no where the question proposes one."""
    request, context = reply.request, reply.context
    batches, issuers = _said_batches(request.text), _issuers(request, context, names)
    verdicts: list[Verdict] = []
    for name in names:
        rows = told(context, "onex", _found(context, "onex", "credential", name), "credential")
        verdict: Verdict = "na"
        if _yesno(request) and len(batches) == 1:
            verdict = "yes" if any(row["batch"] in batches for row in rows) else "no"
        elif _yesno(request) and issuers:
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


def _issuers(request: Request, context: Context, taken: Sequence[Named], queries: tuple[str, ...] = ("onex_issuers",)) -> list[Named]:
    """The issuers that the question names; a company's short name stands for each issuer whose name has it (百度: two)."""
    spans = [(each.start, each.start + len(each.text)) for each in taken]
    found = [each for each in listed(request, context, *queries) if not any(start <= each.start < end for start, end in spans)]
    mentions = [
        (each.text, each.start)
        for each in (*request.named("CertificateIssuer", "Organization"), *request.unlinked)
        if not any(start <= each.start < end for start, end in spans)
    ]
    for text, start in [*((each.text, each.start) for each in found), *mentions]:
        wide = context.linker.link(text, type="issuer", top=8)
        nodes = [
            each.iri
            for each in wide.candidates
            if (each.features.get("match") in SURE and each.score >= WIDE) or same_name(text, each.label) or (len(text) >= 3 and text in normalize(each.label))
        ]
        if nodes:
            nodes += [node for node in _whose_name_has(context, text, *queries) if node not in nodes]
            found.append(Named(text, wide.candidates[0].label, tuple(nodes), False, start))
    found += [each for each in unlisted(request, context, [*taken, *found], "issuer") if each.nodes]
    return found


def _whose_name_has(context: Context, text: str, *queries: str) -> list[str]:
    """The issuers whose printed names have a short Chinese name in them."""
    if re.fullmatch(r"[\u4e00-\u9fff]+", text) is None:
        return []
    return [node for label, nodes in spotter(context, *queries).nodes.items() if text in label for node in nodes]


def _onex_lists(reply: Reply) -> Answer | None:
    """Annex 7 without a certificate named: an issuer's certificates, a number, a batch, the whole."""
    request, context = reply.request, reply.context
    asked = asks(request, "issuer")
    issuers = _issuers(request, context, [])
    if issued := _found(context, "onex", "issuer", *issuers):
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
    if batches or ("onex" in asked and not request.mentions and ("count" in said(request, "any") or not request.unlinked)):
        return _say_batches(reply, batches)
    stranger = [*unlisted(request, context, [], "issuer"), *issuers] or [Named(each.text, each.text, (), False, each.start) for each in request.unlinked]
    if stranger and _yesno(request) and ("onex" in asked or "issuer" in asked) and not request.named("Credential"):
        whole = table(context, "onex")
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
    lead = ("**有**：", "**Yes**: ") if _yesno(reply.request) else ("", "")
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


def _say_printed_issuer(reply: Reply) -> Answer | None:
    """A certificate of the catalogue: the issuer that its rows print."""
    request = reply.request
    if "issuer" not in asks(request, "issuer") or not request.named("Credential"):
        return None
    for mention in request.named("Credential"):
        rows = [row for node in mention.nodes for row in reply.context.rows("where", credential=node)]
        printed: dict[str, list[Row]] = {}
        for row in rows:
            if row.get("issuer"):
                printed.setdefault(row["issuer"], []).append(row)
        for issuer, some in printed.items():
            reply.say(f"目录在“{mention.label}”旁印的发证单位是{issuer}。", f"Beside “{mention.label}” the catalogue prints the issuer {issuer}.", some[:4])
            reply.item(issuer, mention.nodes[0])
        if not printed:
            return None
    return reply.build("na", "issuer")


def _last_of_classes(context: Context) -> list[dict[str, str]]:
    """The last entry of each class of annex 9: their numbers prove how many there are."""
    return list({row["class"]: row for row in table(context, "overseas")}.values())


def _class(row: Row) -> str:
    return row["class"].rsplit("/", 1)[-1].upper()


def _said_classes(text: str) -> list[str]:
    """The overseas classes that a text names."""
    return list(dict.fromkeys(next(filter(None, match.groups())).upper() for match in _CLASS.finditer(text)))


def _printed(row: Row) -> str:
    """An overseas qualification as annex 9 prints it (the cell that is neither number, field nor issuer)."""
    cells = [cell for cell in row["text"].split(" | ") if not cell.isdigit()]
    bare = [cell for cell in cells if normalize(row["issuerName"]) not in normalize(cell) and not any(cell.startswith(field) for field in _FIELDS)]
    return bare[0] if bare else row["name"]


def _say_overseas(reply: Reply, names: Sequence[Named]) -> Answer:
    """Classes, issuers and conditions of overseas qualifications; yes or no where the question proposes a class."""
    request = reply.request
    wanted = _said_classes(request.text) or (_said_classes(request.carried) if not asks(request, "any") - {"yesno"} else [])
    verdicts: list[Verdict] = []
    issuers = _issuers(request, reply.context, names, ("overseas_issuers",))
    for name in _distinct(names):
        every = _found(reply.context, "overseas", "credential", name)
        of_issuers = [row for row in every if any(row["issuer"] in each.nodes for each in issuers)]
        rows = told(reply.context, "overseas", of_issuers or every, "credential", *(("issuer",) if of_issuers else ()))
        note(reply, name)
        verdict = _class_verdict(request, rows, wanted)
        verdicts.append(verdict)
        _say_classes(reply, name, rows, wanted, verdict)
    reply.suggest("境外职业资格证书B类有哪些？", "Which qualifications are in overseas class B?")
    return reply.build(together(verdicts, request), "issuer")


def _distinct(names: Sequence[Named]) -> list[Named]:
    """Each set of nodes once: 资深会员FCMA names one qualification twice, and the more telling name counts."""
    kept: list[Named] = []
    for name in sorted(names, key=lambda each: len(each.nodes)):
        if not any(set(other.nodes) <= set(name.nodes) or len(name.nodes) > 2 for other in kept):
            kept.append(name)
    return sorted(kept, key=lambda each: each.start)


def _said_years(text: str) -> list[int]:
    """The years that a person says to have had a certificate: 六年 → 6, 不满10年 → 9."""
    found = []
    for match in _YEARS.finditer(text):
        tens, _, ones = match["number"].rpartition("十")
        written = (_DIGITS.get(tens, 1) * 10 if "十" in match["number"] else 0) + _DIGITS.get(ones, 0)
        found.append((int(match["number"]) if match["number"].isdigit() else written) - bool(match["less"]))
    return found


def _class_verdict(request: Request, rows: Sequence[Row], wanted: Sequence[str]) -> Verdict:
    """Whether a qualification stands in the class asked about, its condition met as far as the question says."""
    if not _yesno(request):
        return "na"
    asked = asks(request, "issuer")
    years = _said_years(request.text)
    fitting = [row for row in rows if not wanted or _class(row) in wanted]
    conditions = [int(found[1]) for row in fitting if (found := _CONDITION_YEARS.search(row.get("condition", "")))]
    if wanted and "condition" in asked and not _cue("may_enter").search(request.text.split(",")[-1]):
        needs = [row for row in fitting if row.get("condition")]
        return ("yes" if needs else "no") if fitting else "no"
    if fitting and conditions and len(conditions) == len(fitting) and years:
        return "yes" if max(years) >= min(conditions) else "no"
    return "yes" if fitting else "no"


def _say_classes(reply: Reply, name: Named, rows: Sequence[Row], wanted: Sequence[str], verdict: Verdict) -> None:
    """In which classes a qualification stands, who issues it, on what condition."""
    classes = sorted({_class(row) for row in rows})
    lead = opening(verdict, "是", "不是")
    issuers = "、".join(dict.fromkeys(_issuer(row) for row in rows))
    reply.say(
        f"{lead[0]}“{name.label}”列在附件9（上海市境外职业资格证书认可清单）的{'、'.join(each + '类' for each in classes)}，发证机构：{issuers}。",
        f"{lead[1]}“{name.label}” stands in class {', '.join(classes)} of annex 9 (Shanghai's list of overseas qualifications), issued by {issuers}.",
        rows,
    )
    for row in rows:
        condition = f"，条件：{row['condition']}" if row.get("condition") else "，没有印持证年限条件" if any(each.get("condition") for each in rows) else ""
        english = f", condition: {row['condition']}" if row.get("condition") else ", no condition printed" if condition else ""
        reply.say(
            f"- {_class(row)}类第{row['number']}号：{_printed(row)}，{row['issuerName']}{condition}",
            f"- Class {_class(row)}, number {row['number']}: {_printed(row)}, {row['issuerName']}{english}",
            [row],
        )
        reply.item(f"{_class(row)}类：{row['name']}", row["credential"])
    missing = [each for each in wanted if each not in classes]
    if missing:
        reply.say(f"{'、'.join(each + '类' for each in missing)}没有列它。", f"It is not in class {', '.join(missing)}.")
    caution(reply, rows)


def _issuer(row: Row) -> str:
    """An issuer of annex 9 with its abbreviation."""
    return row["issuerName"] + (f"（{row['issuerAbbreviation']}）" if row.get("issuerAbbreviation") else "")


def _overseas_lists(reply: Reply) -> Answer | None:
    """Annex 9 without a qualification named: a class, an issuer, or a name that is not there."""
    request, context = reply.request, reply.context
    classes = _said_classes(request.text) or _said_classes(request.carried)
    general = said(request, "any")
    issuers = _issuers(request, context, [], ("overseas_issuers",))
    issued = _found(context, "overseas", "issuer", *issuers)
    fields = [field for field in _FIELDS if field in request.text]
    if issued:
        of_classes = [row for row in issued if _class(row) in classes]
        rows = told(context, "overseas", of_classes or issued, "issuer", *(("class",) if of_classes else ()))
        return _say_class_rows(reply, rows, issuers[0].label)
    totals = {_class(row): row["entries"] for row in table(context, "overseas_totals")}
    listing = ("which" in general or "count" in general) and not request.mentions
    if classes and (fields or listing or not (request.mentions or request.unlinked)):
        of_classes = [row for row in read_table(context, "overseas") if _class(row) in classes]
        found = [row for row in of_classes if any(row["field"].startswith(field) for field in fields)] if fields else of_classes
        bound = {"field": [chinese(row["field"]) for row in found]} if fields else {}
        return _say_class_rows(reply, told(context, "overseas", found, "class", **bound), "".join(fields))
    names = [*request.mentions, *request.unlinked]
    if names and ("annexes" in general or classes or "overseas" in asks(request, "issuer")):
        return _say_not_overseas(reply, names, totals)
    if "count" in general or "which" in general or not names:
        parts = "、".join(f"{each}类{count}项" for each, count in totals.items())
        ends = _last_of_classes(context)
        whole = sum(int(count) for count in totals.values())
        reply.say(
            f"附件9（上海市境外职业资格证书认可清单）：{parts}，合计{whole}项（数出）。",
            f"Annex 9 (overseas qualifications): {parts}; {whole} entries together (counted).",
            ends,
        )
        return reply.build("na", "issuer")
    return None


def _say_class_rows(reply: Reply, rows: Sequence[Row], about: str) -> Answer:
    """Entries of annex 9, class by class."""
    for each in sorted({_class(row) for row in rows}):
        some = [row for row in rows if _class(row) == each]
        names = "；".join(f"{_printed(row)}（{row['issuerName']}）" for row in some)
        reply.say(
            f"附件9{each}类{about}列了{len(some)}项（数出）：{names}。",
            f"Annex 9, class {each}{', ' + about if about else ''}: {len(some)} entries (counted): {names}.",
            some,
        )
        reply.list_rows(some, _printed, "credential")
    caution(reply, rows)
    return reply.build("na", "issuer")


def _say_not_overseas(reply: Reply, names: Sequence[Mention], totals: Mapping[str, str]) -> Answer:
    """A name that annex 9 does not print."""
    shown = names[0].label or names[0].text.upper()
    parts = "、".join(f"{each}类{count}项" for each, count in totals.items())
    ends = _last_of_classes(reply.context)
    yes = _yesno(reply.request)
    reply.understood(names)
    reply.say(
        f"{'**不在**' if yes else '**没有**'}：附件9的境外职业资格证书认可清单（{parts}，数出）里没有“{shown}”。",
        f"**No**: annex 9, the list of overseas qualifications ({parts}, counted), does not print “{shown}”.",
        ends,
    )
    return reply.build("no" if yes else "unknown", "issuer")
