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
    if _cue("about_service").search(request.text):
        reply.lines = []
        reply.say(
            "我根据四份文件回答问题，每句都给出原文的行：上海市双师型教师专业认定细则（目录和附件）、社会培训评价组织征集遴选职业目录、南通市（和江苏省）的职业技能培训补贴文件、"
            "浙江省的技能等级与职称贯通办法。可以问证书算不算、职称对应、谁能评价、补贴多少，也可以问代码和等级的意思。",
            "I answer from four documents, with the line that proves each sentence: Shanghai's rules for double-qualified teachers (catalogue and "
            "annexes), the directory of occupations open to evaluation organisations, the training subsidies of Nantong (and Jiangsu), and Zhejiang's "
            "rules joining skill grades and titles. "
            "Ask whether a certificate counts, which title it corresponds to, who may assess it, what subsidy is paid, or what a code or grade means.",
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
        reply.say(
            "**无法判断**：没有看出您问的是哪个证书，请写出证书名称和专业类。现存文本印的是各专业类认哪些证书，没有印认定的程序和一般条件。",
            "**Unknown**: I could not tell which certificate you mean; please name it, and the 专业类. The text that reached us prints which certificates "
            "each 专业类 accepts, and no procedure or general conditions.",
        )
    _ask_in_a_known_language(reply)
    return reply.build("unknown", kind)


def _ask_in_a_known_language(reply: Reply) -> None:
    """Say which languages are understood, where the question seems to be in another one."""
    if _cue("foreign").search(reply.request.text):
        reply.lines.append("请用中文或英文提问，证书名称照原样写。Please ask in Chinese or English, with the certificate's name as printed.")


def answer_not_told(request: Request, context: Context) -> Answer | None:
    """What no document says of any certificate: fees, dates of exams, expiry, difficulty; None where something else is asked."""
    asked = _cue("not_told").search(request.text)
    if not asked or request.categories or set(request.scores) & {"subsidy", "pathway", "national_qualification"}:
        return None
    reply = Reply(request, context)
    reply.understood(request.mentions)
    names = "、".join(f"“{mention.label}”" for mention in request.mentions) or "证书"
    reply.say(
        f"**无法判断**：四份文件没有说{names}的费用、考试和报名时间、有效期、难易这类事（您问到“{asked[0]}”），请向发证单位了解。",
        f"**Unknown**: the four documents say nothing of fees, dates, expiry or difficulty (you asked about “{asked[0]}”); ask whoever issues it.",
    )
    for mention in request.mentions[:1]:
        reply.suggest(f"{mention.label}能用在哪些专业类？", f"Where does {mention.label} count?")
    return reply.build("unknown", "unknown")
