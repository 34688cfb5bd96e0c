"""Questions about annex 9: in which overseas classes a qualification stands, by whom issued, on what condition."""

import re
from collections.abc import Mapping, Sequence

from kg.ask.answer import Answer, Verdict
from kg.ask.context import Context, Row, chinese
from kg.ask.kinds.issuer.names import found_rows, issuers_named, wants_yes_or_no
from kg.ask.organizations import Named, asks, note, said, together
from kg.ask.reply import Reply, caution, opening
from kg.ask.request import Mention, Request
from kg.ask.rules import Cues
from kg.ask.tables import read_table, table, told
from kg.ask.text import normalize

_cue = Cues("issuer")

_CLASS = re.compile(r"(?<![a-z])([abcd])(?: ?类|级)|class(?:es)? ([abcd])\b|([abcd])(?=、[abcd]类|和[abcd]类|或[abcd]类|还是[abcd]类)")
_YEARS = re.compile(r"(?P<less>不到|不满|未满|不足|少于|less than |under )?(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,3}) ?[多几]?(?:年|years?)")
_DIGITS = {each: number for number, each in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_FIELDS = ("生命健康", "数字技术", "工程技术", "专业服务")
_CONDITION_YEARS = re.compile(r"(\d+)年")
#: Two characters that so few entries print may be what a name means; so many entries are shown.
RARE, SHOWN = 6, 8


def printed_in(request: Request, context: Context) -> list[Named]:
    """The qualifications whose printed names, but for what stands in brackets, a text has in it: a Latin word and Chinese ones (LEED专业级证书)."""
    by_base: dict[str, list[Row]] = {}
    for row in read_table(context, "overseas"):
        base = normalize(_printed(row)).partition("(")[0].strip()
        if re.search("[a-z]{3}", base) and re.search("[\u4e00-\u9fff]{2}", base):
            by_base.setdefault(base.removesuffix("证书"), []).append(row)
    found = [base for base in by_base if base in request.text]
    longest = [base for base in found if not any(base != other and base in other for other in found)]
    return [Named(base, base.upper(), tuple(dict.fromkeys(row["credential"] for row in by_base[base])), False, request.text.index(base)) for base in longest]


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


def say_overseas(reply: Reply, names: Sequence[Named]) -> Answer:
    """Classes, issuers and conditions of overseas qualifications; yes or no where the question proposes a class."""
    request = reply.request
    wanted = _said_classes(request.text) or (_said_classes(request.carried) if not asks(request, "any") - {"yesno"} else [])
    verdicts: list[Verdict] = []
    names = _without_issuers(reply, names)
    issuers = issuers_named(request, reply.context, names, ("overseas_issuers",))
    for name in _distinct(names):
        every = found_rows(reply.context, "overseas", "credential", name)
        of_issuers = [row for row in every if any(row["issuer"] in each.nodes for each in issuers)]
        verdict = _verdict(request, every, wanted, issuers)
        # Another issuer than the one named: all rows are told.
        narrow = bool(of_issuers) and verdict != "na"
        rows = told(reply.context, "overseas", of_issuers if narrow else every, "credential", *(("issuer",) if narrow else ()))
        note(reply, name)
        verdicts.append(verdict)
        _say_classes(reply, name, rows, wanted, verdict)
    reply.suggest("境外职业资格证书B类有哪些？", "Which qualifications are in overseas class B?")
    return reply.build(together(verdicts, request), "issuer")


def _without_issuers(reply: Reply, names: Sequence[Named]) -> list[Named]:
    """The qualifications without those names that stand where the issuer is said, and are an issuer's too (CMA是ACCA发的吗)."""
    text = reply.request.text
    issuers = {normalize(row["label"]) for row in read_table(reply.context, "overseas_issuers")}
    bodies = [mention for mention in reply.request.named("CertificateIssuer", "Organization") if not mention.of("Credential")]
    names = [each for each in names if not any(body.start <= each.start < each.start + len(each.text) < body.end for body in bodies)] or list(names)
    kept = [
        each
        for each in names
        if not _cue("says_issuer").search(text)
        or normalize(each.text) not in issuers
        or not (_cue("issuer_before").search(text[: each.start]) or _cue("issuer_after").match(text[each.start + len(each.text) :]))
    ]
    return kept or list(names)


def _verdict(request: Request, every: Sequence[Row], wanted: Sequence[str], issuers: Sequence[Named]) -> Verdict:
    """Whether a qualification is what the question says of it: its issuer, its field, its class and condition; `na` where one of these cannot be told."""
    if not wants_yes_or_no(request):
        return "na"
    text, rows = request.text, list(every)
    says_issuer = bool(_cue("says_issuer").search(text))
    if says_issuer or issuers:
        of_issuers = [row for row in rows if any(row["issuer"] in each.nodes for each in issuers)]
        if not of_issuers:
            # An issuer of annex 9 that was named by its own name issues something else; of other bodies nothing is known.
            sure = says_issuer and any(_is_issuer(request, each) for each in issuers)
            return "no" if sure else "na"
        rows = of_issuers
    fields = [field for field in _FIELDS if field in text]
    if fields:
        of_field = [row for row in rows if row["field"].startswith(fields[0])]
        if len(fields) > 1 or not [row for row in of_field if not wanted or _class(row) in wanted]:
            return "na" if len(fields) > 1 else "no"
        rows = of_field
    elif _cue("says_field").search(text):
        return "na"
    return _class_verdict(request, rows, wanted)


def _is_issuer(request: Request, issuer: Named) -> bool:
    """Whether an issuer was named letter by letter."""
    return issuer.exact or any(mention.exact and set(mention.nodes) & set(issuer.nodes) for mention in request.mentions)


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
    if not wants_yes_or_no(request):
        return "na"
    text = request.text
    years = _said_years(text)
    fitting = [row for row in rows if not wanted or _class(row) in wanted]
    printed = [int(found[1]) if (found := _CONDITION_YEARS.search(row.get("condition", ""))) else 0 for row in fitting]
    if fitting and "condition" in asks(request, "issuer") and (_cue("needs_none").search(text) or not _cue("may_enter").search(text.split(",")[-1])):
        return _condition_verdict(text, years, fitting, printed)
    conditions = [number for number in printed if number]
    if fitting and conditions and years:
        met = [max(years) >= number for number in printed]
        return "yes" if all(met) else "no" if not any(met) else "na"
    return "yes" if fitting else "no"


def _condition_verdict(text: str, years: Sequence[int], fitting: Sequence[Row], printed: Sequence[int]) -> Verdict:
    """Whether rows print the condition that is said: none (不需要持证年限), so many years, or any."""
    if _cue("needs_none").search(text):
        right = [not row.get("condition") for row in fitting]
    elif years:
        right = [number == years[0] for number in printed] if len(years) == 1 else []
    else:
        right = [bool(row.get("condition")) for row in fitting]
    return "yes" if right and all(right) else "no" if right and not any(right) else "na"


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
        field = f"，{row['field']}" if any(each in reply.request.text for each in _FIELDS) or _cue("says_field").search(reply.request.text) else ""
        condition = f"，条件：{row['condition']}" if row.get("condition") else "，没有印持证年限条件" if any(each.get("condition") for each in rows) else ""
        english = f", condition: {row['condition']}" if row.get("condition") else ", no condition printed" if condition else ""
        reply.say(
            f"- {_class(row)}类第{row['number']}号：{_printed(row)}，{row['issuerName']}{field}{condition}",
            f"- Class {_class(row)}, number {row['number']}: {_printed(row)}, {row['issuerName']}{field}{english}",
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


def say_overseas_lists(reply: Reply) -> Answer | None:
    """Annex 9 without a qualification named: a class, an issuer, or a name that is not there."""
    request, context = reply.request, reply.context
    classes = _said_classes(request.text) or _said_classes(request.carried)
    general = said(request, "any")
    issuers = issuers_named(request, context, [], ("overseas_issuers",))
    issued = found_rows(context, "overseas", "issuer", *issuers)
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
        if _cue("which_issuers").search(request.text):
            return _say_issuers(reply, told(context, "overseas", found, "class", **bound), f"{'、'.join(classes)}类{''.join(fields)}")
        return _say_class_rows(reply, told(context, "overseas", found, "class", **bound), "".join(fields))
    if _cue("which_issuers").search(request.text) and not request.mentions:
        return _say_issuers(reply, table(context, "overseas"), "")
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


def _say_issuers(reply: Reply, rows: Sequence[Row], about: str) -> Answer:
    """Who issues the qualifications of some rows, each body once, and how many they are."""
    by_issuer: dict[str, Row] = {}
    for row in rows:
        by_issuer.setdefault(row["issuer"], row)
    first = list(by_issuer.values())
    names = "、".join(_issuer(row) for row in first)
    reply.say(
        f"附件9（上海市境外职业资格证书认可清单）{about}的发证机构有{len(first)}家（按机构数出）：{names}。",
        f"Annex 9 (overseas qualifications){', ' + about if about else ''}, names {len(first)} issuers (counted): {names}.",
        rows,
    )
    reply.list_rows(first, _issuer, "issuer")
    caution(reply, rows)
    return reply.build("na", "issuer")


def _like(reply: Reply, name: Mention) -> Sequence[Row]:
    """The entries that print a word of a name: Latin words (LEED), or, of a name that nothing is near to, two characters that few entries have (教练)."""
    rows = read_table(reply.context, "overseas")
    text = normalize(name.text)
    latin = {word for word in re.findall("[a-z]{3,}", text) if word not in ("certified", "certificate", "professional", "member", "fellow")}
    found = [row for row in rows if latin & set(re.findall("[a-z]{3,}", normalize(row["name"] + _printed(row))))]
    if found or name.nodes:
        return found
    pairs = set(re.findall("(?=([\u4e00-\u9fff]{2}))", text))
    return [row for row in rows if any(pair in _printed(row) and sum(pair in _printed(each) for each in rows) <= RARE for pair in pairs)][:SHOWN]


def _say_not_overseas(reply: Reply, names: Sequence[Mention], totals: Mapping[str, str]) -> Answer:
    """A name that annex 9 does not print."""
    shown = names[0].label or names[0].text.upper()
    parts = "、".join(f"{each}类{count}项" for each, count in totals.items())
    ends = _last_of_classes(reply.context)
    yes = wants_yes_or_no(reply.request)
    reply.understood(names)
    if like := _like(reply, names[0]):
        some = told(reply.context, "overseas", like, "credential")
        listed_too = "；".join(f"{_class(row)}类第{row['number']}号：{_printed(row)}，{row['issuerName']}" for row in some)
        reply.say(
            f"**无法判断**：附件9没有单独印“{shown}”；名称或发证机构里有这个词的是：{listed_too}。您说的是其中哪一项？",
            f"**Unknown**: annex 9 does not print “{shown}” by itself; these entries have the word: {listed_too}. Which one do you mean?",
            some,
        )
        return reply.build("unknown", "issuer")
    reply.say(
        f"{'**不在**' if yes else '**没有**'}：附件9的境外职业资格证书认可清单（{parts}，数出）里没有“{shown}”。",
        f"**No**: annex 9, the list of overseas qualifications ({parts}, counted), does not print “{shown}”.",
        ends,
    )
    return reply.build("no" if yes else "unknown", "issuer")
