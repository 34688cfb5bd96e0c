"""Questions and answers: understand a question, answer it from the graph, prove every statement by a line."""

from kg.ask.answer import Answer, Citation, EntityRef, Item
from kg.ask.asker import Asker
from kg.ask.text import QuestionError

__all__ = ["Answer", "Asker", "Citation", "EntityRef", "Item", "QuestionError"]
