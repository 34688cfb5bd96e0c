"""What is said where the documents cannot settle a question: a name that they do not print, another subject."""

from kg.ask.answer import Answer
from kg.ask.context import Context
from kg.ask.conversation import is_courtesy
from kg.ask.reply import Reply
from kg.ask.request import Request
from kg.ask.rules import Cues

_cue = Cues("refusals")


def answer_out_of_scope(request: Request, context: Context) -> Answer:
    """Nothing of the question is about vocational credentials; or it asks for the proof of an answer, and there is none yet."""
    reply = Reply(request, context)
    if request.asks_proof and not (request.mentions or request.unlinked or request.categories or request.scores):
        reply.say(
            "请先说明是哪一条：写出证书、专业类或职业，再问依据。",
            "Which statement do you mean? Name the certificate, 专业类 or occupation, then ask where it stands.",
        )
        return reply.build("clarify", "where")
    if is_courtesy(request.text):
        reply.say(
            "不客气。可以接着问证书、职称、技能等级、补贴或评价机构的问题。",
            "You are welcome. Go on with a question on certificates, titles, grades, subsidies or assessment bodies.",
        )
        return reply.build("out_of_scope", "out_of_scope")
    reply.say(
        "这个问题不在我能回答的范围内。我只根据四份文件回答职业资格证书、职称、技能等级、补贴和评价机构的问题，例如“华为HCIP在7102中级认不认？”",
        "That is outside what I can answer. I answer questions on vocational credentials, titles, skill grades, subsidies and assessment bodies "
        "from four official documents, "
        "for example “does HCIP count for 7102 中级?”",
    )
    _ask_in_a_known_language(reply)
    reply.suggest("华为HCIP在7102中级认不认？", "Does HCIP count for 7102 中级?")
    reply.suggest("一建能对应什么职称？", "Which title does 一级建造师 correspond to?")
    return reply.build("out_of_scope", "out_of_scope")


def unknown_name(reply: Reply, kind: str) -> Answer:
    """Nothing that the question names is in the documents: say so, with the nearest names marked as such."""
    for mention in reply.request.unlinked[:3]:
        nearest = "、".join(f"“{label}”" for label, _ in mention.nearest)
        reply.say(
            f"**无法判断**：四份文件里没有找到“{mention.text}”。" + (f"名称相近的有{nearest}，但不能确定是同一个。" if nearest else ""),
            f"**Unknown**: none of the four documents names “{mention.text}”."
            + (f" The nearest names are {nearest}, but they may be something else." if nearest else ""),
        )
        for label, _ in mention.nearest[:2]:
            reply.suggest(f"{label}能用在哪些专业类？", f"Where does {label} count?")
    if not reply.lines:
        reply.say("**无法判断**：没有看出您问的是哪个证书，请写出证书名称。", "**Unknown**: I could not tell which certificate you mean; please name it.")
    _ask_in_a_known_language(reply)
    return reply.build("unknown", kind)


def _ask_in_a_known_language(reply: Reply) -> None:
    """Say which languages are understood, where the question seems to be in another one."""
    if _cue("foreign").search(reply.request.text):
        reply.lines.append("请用中文或英文提问，证书名称照原样写。Please ask in Chinese or English, with the certificate's name as printed.")
