"""Questions about Nantong's and Jiangsu's subsidies; each module answers one topic."""

from collections.abc import Sequence

from kg.ask.answer import Answer
from kg.ask.context import Context
from kg.ask.kinds.subsidy.amounts import CERTIFICATE, answer_amounts, answer_project, rates_of, say_rates
from kg.ask.kinds.subsidy.claims import answer_claims
from kg.ask.kinds.subsidy.directories import answer_class, answer_code, answer_listing, answer_on_directory, say_on_directory
from kg.ask.kinds.subsidy.notes import answer_class_meaning, answer_hours, answer_marks, answer_transition
from kg.ask.kinds.subsidy.shortage import answer_shortage
from kg.ask.kinds.subsidy.things import JIANGSU, NANTONG, Thing, grades_said, names_beside, say_outside, spots_of, things_of
from kg.ask.reply import Reply
from kg.ask.request import Request
from kg.ask.rules import Cues, Match
from kg.ask.spots import Spot

_cue = Cues("subsidy")

#: Tried in this order: the first that has something to say answers.
_PARTS = (
    answer_marks,
    answer_hours,
    answer_claims,
    answer_class_meaning,
    answer_transition,
    answer_shortage,
    answer_listing,
    answer_on_directory,
    answer_code,
    answer_class,
    answer_project,
    answer_amounts,
)
#: Those that read the turn before too.
_WITH_EARLIER = (answer_amounts, answer_project, answer_shortage)


def answer_subsidy(request: Request, context: Context) -> Answer | None:
    """Answer from the subsidy tables; None where the question says nothing that they speak of."""
    text = request.text
    reply = Reply(request, context)
    spots = spots_of(request, context, text)
    grades = grades_said(text, spots)
    if request.categories or not (_cue("about").search(" ".join((*request.earlier[-1:], text))) or spots):
        return None
    if _cue("other_places").search(text) and not _cue("our_places").search(text):
        return _elsewhere(reply)
    if request.earlier and not (request.unlinked and not spots):
        spots, grades = _with_earlier(request, context, spots, grades)
    things = things_of(context, spots, grades)
    reply.understood(request.mentions)
    every = " ".join((*request.earlier[-1:], text))
    for part in _PARTS:
        answer = part(reply, things, grades, every if part in _WITH_EARLIER else text)
        if answer is not None:
            return answer
    return _unknown(reply, things, grades, every)


def _elsewhere(reply: Reply) -> Answer | None:
    """Another place's subsidies are in none of the documents."""
    if not _cue("subsidy_or_amount").search(reply.request.text):
        return None
    reply.say(
        "**无法判断**：四份文件里只有南通市（和江苏省）2025年的补贴，没有您问的地方的标准。",
        "**Unknown**: only the subsidies of Nantong (and Jiangsu) for 2025 are among the four documents.",
    )
    return reply.build("unknown", "subsidy")


def _with_earlier(request: Request, context: Context, spots: list[Spot], grades: list[Match]) -> tuple[list[Spot], list[Match]]:
    """A follow-up: what it does not name is taken from the turn before."""
    before = request.earlier[-1]
    earlier = spots_of(request, context, before)
    if not spots and not _cue("other_subject").search(request.text):
        return earlier, grades or grades_said(before, earlier)
    if not grades:
        return spots, grades_said(before, earlier)
    return spots, grades


def _unknown(reply: Reply, things: Sequence[Thing], grades: Sequence[Match], text: str) -> Answer | None:
    """A name that no list prints: outside the directory, class C by note 3; nothing named: ask."""
    request = reply.request
    names = names_beside(request)
    jobs = [name for name in names if _cue("occupation").search(name)]
    if not _cue("of_this_kind").search(text):
        return None
    if printed := [thing for thing in things if thing.rows]:
        for thing in printed:
            say_on_directory(reply, thing, [NANTONG, JIANGSU])
        return reply.build("na", "subsidy")
    if jobs and _cue("amount").search(text):
        name = max(jobs, key=len)
        say_outside(reply, name)
        rates = [rate for grade in dict.fromkeys(each.says for each in grades) for rate in rates_of(reply.context, CERTIFICATE, "", "C", grade)]
        say_rates(reply, rates or rates_of(reply.context, CERTIFICATE, "", "C"))
        reply.say(
            "前提是它确实是一个可领补贴的职业（工种）；四份文件都没有印它。",
            "This supposes that it is an occupation that can be subsidised at all; none of the four documents names it.",
            (),
        )
        return reply.build("na", "subsidy")
    if names:
        reply.say(f"**无法判断**：补贴文件里没有印“{names[0]}”。", f"**Unknown**: the subsidy document does not print “{names[0]}”.")
        return reply.build("unknown", "subsidy")
    if _cue("subsidy").search(text):
        reply.say(
            "请告诉我是哪个职业（工种）、哪一级证书，例如“电工技师在南通补贴多少？”", "Which occupation and grade do you mean, for example 电工 at grade 2?"
        )
        return reply.build("clarify", "subsidy")
    return None
