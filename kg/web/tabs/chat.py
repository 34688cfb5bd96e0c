"""The chat tab: questions, answers with their evidence, examples, permanent links, feedback."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

import gradio as gr

from kg.ask.text import language as language_of
from kg.web.desk import Refusal
from kg.web.feedback import Feedback, FeedbackFull
from kg.web.labels import labels
from kg.web.logs import LOGGER
from kg.web.rendering import Turn, answered, conversation, example_buttons, refused, welcome
from kg.web.services import STATIC, Services

#: A page's conversation is forgotten after this many seconds.
SESSION_SECONDS = 4 * 3600
#: Longest permanent link that is read.
LINK_LENGTH = 60_000
Turns = tuple[Turn, ...]
Shown = tuple[Any, ...]


class Chat:
    """The chat's components and what happens to them."""

    name = "chat"

    def __init__(self, services: Services) -> None:
        """Remember whom to ask and where feedback goes."""
        self._desk, self._settings = services.desk, services.settings
        self._feedback = Feedback(self._settings.feedback, self._settings.feedback_bytes)

    def build(self, language: gr.State) -> None:
        """Put the components into the tab that is open and connect their events; the page's script runs on the conversation."""
        script = (STATIC / "page.js").read_text(encoding="utf-8")
        said = labels("zh")
        self.turns = gr.State((), time_to_live=SESSION_SECONDS)
        self.welcome = gr.HTML(welcome("zh"), js_on_load=None, apply_default_css=False, elem_id="welcome")
        self.conversation = gr.HTML(conversation((), "zh"), js_on_load=script, apply_default_css=False, elem_id="conversation")
        self.examples = gr.HTML(example_buttons("zh", True), js_on_load=None, apply_default_css=False, elem_id="examples")
        self.restart = gr.Button(said["restart"], elem_id="restart", size="sm")
        with gr.Row(elem_id="composer"):
            self.question = gr.Textbox(
                label=said["question"], placeholder=said["placeholder"], lines=1, max_lines=5, elem_id="question", scale=1, container=False
            )
            self.send = gr.Button(said["send"], variant="primary", elem_id="send", scale=0, min_width=88)
        self._connect(language)

    def _connect(self, language: gr.State) -> None:
        """Connect events to what they do."""
        shown = [self.turns, self.conversation, self.examples, self.question]
        # Without Gradio's queue each event is one request: the queue's streams lose an event that is sent while another one's stream closes.
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
        waiting = "(question, turns, language) => { window.certkg.wait(question); return [question, turns, language]; }"
        # A question sent while the one before is being answered waits for it.
        typed = gr.on(
            [self.question.submit, self.send.click],
            self.typed,
            [self.question, self.turns, language],
            shown,
            js=waiting,
            trigger_mode="always_last",
            **quiet,
        )
        # The script sends no second click before the answer to the first is there.
        clicked = self.conversation.ask(self.clicked, [self.turns, language], shown, trigger_mode="multiple", **quiet)
        arrived = self.conversation.arrive(self.arrived, [self.turns, language], shown, **quiet)
        for event in (typed, clicked, arrived):
            event.then(None, js="() => window.certkg.settle()", show_progress="hidden", api_visibility="private")
        self.conversation.wrong(self.report, [self.turns, language], [self.turns, self.conversation], **quiet)
        self.restart.click(self.clear, [language], shown, js="(language) => { window.certkg.clear(); return language; }", **quiet)

    @property
    def translated(self) -> list[Any]:
        """The components whose words change with the interface's language, in the order of `words`."""
        return [self.welcome, self.conversation, self.examples, self.question, self.send, self.restart]

    @property
    def inputs(self) -> list[Any]:
        """The conversation: its turns are told in the new language too."""
        return [self.turns]

    def words(self, language: str, turns: Turns = ()) -> list[Any]:
        """The updates of `translated` for a language."""
        said = labels(language)
        return [
            welcome(language),
            # A first question may be on its way: an empty conversation has no words to change.
            conversation(turns, language) if turns else gr.skip(),
            example_buttons(language, not turns),
            gr.update(label=said["question"], placeholder=said["placeholder"]),
            gr.update(value=said["send"]),
            gr.update(value=said["restart"]),
        ]

    def typed(self, question: str, turns: Turns, language: str) -> Shown:
        """The box was sent."""
        return self.ask(question or "", turns, language)

    def clicked(self, turns: Turns, language: str, event: gr.EventData) -> Shown:
        """An example or a suggestion was clicked."""
        return self.ask(str(event._data.get("question", "")), turns, language)

    def arrived(self, turns: Turns, language: str, event: gr.EventData) -> Shown:
        """A page was opened with a permanent link; who was quicker than that keeps the conversation."""
        turns = turns or self.arrive(str(event._data.get("search", "")), language)
        return turns, conversation(turns, language), example_buttons(language, not turns), gr.skip()

    def ask(self, question: str, turns: Turns, language: str) -> Shown:
        """The conversation with an answer; a question that is refused stays in the box to be mended."""
        turn = self.answer(question, earlier(turns), turns[-1].number + 1 if turns else 0, language)
        turns = (*turns, turn)[-self._settings.shown_turns :]
        return turns, conversation(turns, language), example_buttons(language, False), "" if turn.answered else gr.skip()

    def answer(self, question: str, history: Sequence[str], number: int, language: str, linked: Sequence[str] = ()) -> Turn:
        """A question's turn.

        Args:
            question: as typed.
            history: the earlier questions of the conversation.
            number: the turn's number on the page.
            language: of the interface, for a refusal that has no language of its own.
            linked: earlier questions that a permanent link brought along, to be shown with it.
        """
        try:
            found = self._desk.ask(question, list(history))
            needed = self._desk.needed(question, history)
        except Refusal as refusal:
            spoken = language_of(question) if question.strip() and refusal.label != "refused_long" else language
            return Turn(number, question[:200], html=refused(refusal.text(spoken), spoken))
        return Turn(number, found.question, tuple(linked), found.verdict, found.kind, answered(found, number, needed))

    def arrive(self, search: str, language: str) -> Turns:
        """The turns of a page that was opened with a permanent link (`?q=…`, `&h=…` for each earlier question)."""
        given = parse_qs(search.lstrip("?")[:LINK_LENGTH])
        question, history = given.get("q", [""])[0], given.get("h", [])[-self._settings.history_turns :]
        return (self.answer(question, history, 0, language, history),) if question.strip() else ()

    def report(self, turns: Turns, language: str, event: gr.EventData) -> Shown:
        """Keep “this is wrong” for an answer."""
        said = labels(language)
        reason = str(event._data.get("reason", "")).strip()
        turn = next((each for each in turns if each.number == event._data.get("turn") and each.answered and not each.reported), None)
        if turn is None:
            return gr.skip(), gr.skip()
        problem = self._keep(turn, earlier(each for each in turns if each.number < turn.number), reason)
        if problem:
            gr.Warning(said[problem])
            return gr.skip(), gr.skip()
        turns = tuple(replace(each, reported=True) if each is turn else each for each in turns)
        return turns, conversation(turns, language)

    def _keep(self, turn: Turn, history: Sequence[str], reason: str) -> str:
        """Write feedback to its file; the label of what went wrong, if anything did."""
        if not reason:
            return "wrong_empty"
        try:
            self._feedback.add(turn.question, history, turn.verdict, turn.kind, reason)
        except (FeedbackFull, OSError):
            LOGGER.exception("feedback")
            return "wrong_full"
        return ""

    def clear(self, language: str) -> Shown:
        """Start over."""
        return (), conversation((), language), example_buttons(language, True), ""


def earlier(turns: Iterable[Turn]) -> tuple[str, ...]:
    """The questions that later ones may refer to."""
    return tuple(question for turn in turns if turn.answered for question in (*turn.history, turn.question))
