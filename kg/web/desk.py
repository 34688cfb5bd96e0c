"""Where questions are handed in, from the page and from programs: an answer comes back, or a refusal with its reason."""

import logging
import time
import uuid
from collections.abc import Mapping, Sequence
from threading import BoundedSemaphore

from kg.ask import Answer, Asker, QuestionError
from kg.ask.text import MAX_LENGTH
from kg.store import StoreBusy, StoreError
from kg.web.labels import labels
from kg.web.logs import LOGGER, log

#: Seconds that a question waits for its turn before the person is asked to come back.
PATIENCE = 10


class Refusal(Exception):
    """A question that gets no answer: the HTTP status, and the label that tells why, with its values."""

    def __init__(self, status: int, label: str, **values: object) -> None:
        """Remember status, label and values."""
        super().__init__(labels("en")[label].format(**values))
        self.status, self.label, self.values = status, label, values

    def text(self, language: str) -> str:
        """The reason in a language."""
        return labels(language)[self.label].format(**self.values)


def refusal_of(error: Exception) -> Refusal:
    """What a client is told of a failure of the store or the program, which goes into the log.

    Args:
        error: what was raised; the one that is handled now.
    """
    if isinstance(error, StoreError):
        LOGGER.exception("store")
        return Refusal(503, "refused_busy" if isinstance(error, StoreBusy) else "refused_store")
    reference = uuid.uuid4().hex[:8]
    LOGGER.exception("failed", extra={"fields": {"reference": reference}})
    return Refusal(500, "refused_failed", reference=reference)


class Desk:
    """Hands questions to the asker, times them, and turns every failure into a refusal."""

    def __init__(self, asker: Asker, log_questions: bool = False, turns: int = 20, concurrency: int = 16) -> None:
        """Remember the asker.

        Args:
            asker: answers; used from many threads.
            log_questions: whether the log may hold people's questions.
            turns: earlier questions that are accepted.
            concurrency: questions that are answered at a time; others wait for `PATIENCE` seconds at most.
        """
        self._places = BoundedSemaphore(concurrency)
        self._asker, self._log_questions, self._turns = asker, log_questions, turns

    def ask(self, question: object, history: object = ()) -> Answer:
        """Answer a question.

        Args:
            question: from anybody, of any type.
            history: earlier questions of the conversation, oldest first.

        Raises:
            Refusal: there is no answer; it says why.
        """
        started = time.perf_counter()
        try:
            answer = self._answer(_text(question), self._turns_of(history))
        except Refusal as refusal:
            self._note(question, started, refused=refusal.label)
            raise
        except QuestionError:
            reason = _why(str(question))
            self._note(question, started, refused=reason.label)
            raise reason from None
        except Exception as error:
            raise refusal_of(error) from error
        self._note(question, started, verdict=answer.verdict, kind=answer.kind)
        return answer

    def _answer(self, question: str, history: list[str]) -> Answer:
        """The asker's answer, once there is a place."""
        if not self._places.acquire(timeout=PATIENCE):
            raise Refusal(503, "refused_busy")
        try:
            return self._asker.ask(question, history)
        finally:
            self._places.release()

    def needed(self, question: str, history: Sequence[str]) -> tuple[str, ...]:
        """The earlier questions without which a question would be understood otherwise: all or none."""
        if not history:
            return ()
        request = self._asker.understand(question, history)
        return tuple(history) if request.inherited or request.carried or request.asks_proof else ()

    def _turns_of(self, history: object) -> list[str]:
        """The history, if it is one."""
        if not isinstance(history, list | tuple):
            raise Refusal(422, "refused_text")
        turns = [_text(turn) for turn in history[-self._turns :]] if self._turns else []
        if any(len(turn) > MAX_LENGTH for turn in turns):
            raise Refusal(422, "refused_long", length=max(map(len, turns)), limit=MAX_LENGTH)
        return turns

    def _note(self, question: object, started: float, **fields: object) -> None:
        """Log that a question came; what it says only where the operator asks for that."""
        said: Mapping[str, object] = {"question": str(question)} if self._log_questions else {}
        log("ask", logging.INFO, milliseconds=round(1000 * (time.perf_counter() - started), 1), characters=len(str(question)), **fields, **said)


def _text(value: object) -> str:
    """A value as text.

    Raises:
        Refusal: it is no text, or holds half a character (a lone surrogate), which cannot be written again.
    """
    if not isinstance(value, str) or any("\ud800" <= each <= "\udfff" for each in value):
        raise Refusal(422, "refused_text")
    return value


def _why(question: str) -> Refusal:
    """What is wrong with a question that was not taken."""
    if len(question.strip()) > MAX_LENGTH:
        return Refusal(422, "refused_long", length=len(question.strip()), limit=MAX_LENGTH)
    return Refusal(422, "refused_empty")
