"""Question kinds: kind → the function that answers it, or None where the question is not of that kind after all."""

from collections.abc import Callable, Mapping

from kg.ask.answer import Answer
from kg.ask.context import Context
from kg.ask.kinds.catalogue import answer_list, answer_recognition, answer_where
from kg.ask.kinds.refusals import answer_out_of_scope
from kg.ask.understand import Request

KINDS: Mapping[str, Callable[[Request, Context], Answer | None]] = {
    "recognition": answer_recognition,
    "where": answer_where,
    "list": answer_list,
    "out_of_scope": answer_out_of_scope,
}
