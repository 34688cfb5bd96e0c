"""Questions that the documents cannot settle."""

from kg.ask.answer import Answer
from kg.ask.context import Context
from kg.ask.reply import Reply
from kg.ask.understand import Request


def answer_out_of_scope(request: Request, context: Context) -> Answer:
    """Nothing of the question is about vocational credentials."""
    reply = Reply(request, context)
    reply.say(
        "这个问题不在我能回答的范围内。我只根据四份文件回答职业资格证书、职称、技能等级、补贴和评价机构的问题，例如“华为HCIP在7102中级认不认？”",
        "That is outside what I can answer. I answer questions on vocational credentials, titles, skill grades, subsidies and assessment bodies from four official documents, "
        "for example “does HCIP count for 7102 中级?”",
    )
    reply.suggest("华为HCIP在7102中级认不认？", "Does HCIP count for 7102 中级?")
    reply.suggest("一建能对应什么职称？", "Which title does 一级建造师 correspond to?")
    return reply.build("out_of_scope", "out_of_scope")
