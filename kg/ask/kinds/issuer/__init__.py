"""Questions about annexes 7 and 9 of the Shanghai rules.

Who issues a 1+X certificate and in which batch; in which overseas classes a qualification stands, by whom issued, on what condition.
"""

from kg.ask.answer import Answer
from kg.ask.context import Context, Row
from kg.ask.kinds.issuer.names import found_rows, wants_yes_or_no
from kg.ask.kinds.issuer.onex import say_onex, say_onex_lists
from kg.ask.kinds.issuer.overseas import printed_in, say_overseas, say_overseas_lists
from kg.ask.kinds.refusals import unknown_name
from kg.ask.organizations import Named, asks, listed
from kg.ask.reply import Reply
from kg.ask.request import Request
from kg.ask.rules import Cues, patterns

_cue = Cues("issuer")


def answer_issuer(request: Request, context: Context) -> Answer | None:
    """Annexes 7 and 9; which of the two is told by the words and by what is named."""
    asked = asks(request, "issuer")
    onex = [each for each in _credentials(request, context, "onex_names", ("OnePlusXCertificate",)) if found_rows(context, "onex", "credential", each)]
    overseas = [
        each for each in _credentials(request, context, "overseas_names", ("OverseasQualification",)) if found_rows(context, "overseas", "credential", each)
    ]
    overseas = overseas or printed_in(request, context)
    reply = Reply(request, context)
    reply.understood(request.named("Credential"))
    abroad = "overseas" in asked and not {"onex", "batch"} & asked
    if overseas and (abroad or not onex):
        return say_overseas(reply, overseas)
    if onex and not abroad:
        return say_onex(reply, onex)
    if abroad and request.named("Occupation") and not _cue("abroad").search(request.text):
        return None  # 焊工B类: the classes of Nantong, not of annex 9.
    if abroad:
        return say_overseas_lists(reply)
    if request.categories:
        return None
    if request.unlinked and _cue("by_body").search(request.text) and not wants_yes_or_no(request):
        return unknown_name(reply, "issuer")  # Of a body that is not known nothing is counted.
    if "onex" not in asked and (answer := _say_printed_issuer(reply)):
        return answer
    return say_onex_lists(reply) or _say_printed_issuer(reply)


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
