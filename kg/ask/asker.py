"""Ask: question → request → the kind that answers it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from embeddings import Linker
from kg.ask.answer import Answer
from kg.ask.claims import checked_size
from kg.ask.context import Context
from kg.ask.kinds import ABILITIES, KINDS
from kg.ask.model_parser import ModelParser
from kg.ask.model_slots import told
from kg.ask.request import Request
from kg.ask.rules import patterns
from kg.ask.sources import completed
from kg.ask.text import clean
from kg.ask.understand import understand
from kg.ask.vocabulary import Vocabulary, load_vocabulary
from kg.store import connect

#: From this score on, what the linker took a name for tells what kind of question it is.
SURE = 0.8


@dataclass
class Asker:
    """Answers questions from the built graph; make it once, ask often, from any thread."""

    context: Context
    vocabulary: Vocabulary
    model: ModelParser | None = None

    @classmethod
    def open(cls, build: Path) -> "Asker":
        """Open the store and the index under the build folder.

        Raises:
            kg.store.StoreError: the store is missing or damaged.
            ValueError: the index is missing, damaged, or of another graph.
            kg.ask.model_parser.ModelSettingError: a setting of the language model cannot be used.
        """
        model = ModelParser.read()
        context = Context(connect(build / "store"), Linker.load(build / "index"))
        vocabulary, categories = load_vocabulary(context)
        asker = cls(replace(context.fork(), categories=categories), vocabulary, model)
        asker._warm()
        return asker

    def _warm(self) -> None:
        """Answer the example of every rule, so that tables and names are read before the first person asks; no language model is asked."""
        for example in patterns("kinds", "example"):
            context = self.context.fork()
            route(understand(clean(example.says), (), context, self.vocabulary), context)

    def understand(self, question: str, history: Sequence[str] = ()) -> Request:
        """What a question asks; see `kg.ask.understand`."""
        return self._understood(question, history, self.context.fork())

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer a question.

        Args:
            question: Chinese or English, at most 2,000 characters.
            history: the person's earlier questions of this conversation, oldest first.

        Raises:
            QuestionError: the question is empty, too long or not text.
        """
        return checked_size(clean(question), self._answered) or self._answered(question, history)

    def _answered(self, question: str, history: Sequence[str] = ()) -> Answer:
        context = self.context.fork()
        request = self._understood(question, history, context)
        return told(route(request, context), request)

    def _understood(self, question: str, history: Sequence[str], context: Context) -> Request:
        turns = [clean(turn) for turn in history if str(turn).strip()]
        improve = [self.model.reader(context, self.vocabulary)] if self.model else []
        return understand(clean(question), turns, context, self.vocabulary, *improve)


def route(request: Request, context: Context) -> Answer:
    """The answer of the first ability or kind, likeliest first, that can say something; else the refusal that fits.

    Args:
        request: the question understood.
        context: store and linker, with an empty trace.
    """
    for answers in (*ABILITIES, *(KINDS[name] for name in candidates(request)), KINDS["out_of_scope"]):
        answer = answers(request, context)
        if answer is not None:
            return completed(answer, request)
    raise AssertionError("the last kind always answers")


def candidates(request: Request) -> Iterable[str]:
    """The kinds to try, likeliest first: by the words of the question, and by what it names (an organisation that assesses: who may assess).

    Args:
        request: the question understood.
    """
    scores = dict(request.scores)
    mentions = (*request.mentions, *request.previous) if request.carried else request.mentions
    named = {each for mention in mentions if mention.exact or mention.score >= SURE for each in mention.types}
    text = f"{request.carried} {request.text}"
    hints = zip(patterns("hints", "kind", "class"), patterns("hints", "weight"), strict=True)
    for hint, weight in hints if not request.categories else ():
        if weight.regex.search(text) and any(hint.regex.fullmatch(each) for each in named):
            scores[hint.says] = max(scores.get(hint.says, 0.0), float(weight.says))
    ordered = sorted(scores, key=lambda kind: -scores[kind]) if scores != request.scores else request.kinds
    last = ("recognition", "title_levels") if "recognition" in scores and "ProfessionalTitle" in named else ("recognition",)
    return dict.fromkeys((*ordered, *last))
