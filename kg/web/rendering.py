"""Answers as HTML and as plain text. Whatever comes from people or documents is escaped here, once, before any tag is put around it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from kg.ask import Answer, Citation, EntityRef
from kg.ask.text import language as language_of
from kg.web.feedback import REASON_LENGTH
from kg.web.labels import TAGS, examples, labels

#: Lines of evidence and list entries that are shown without unfolding.
EVIDENCE_SHOWN, LISTED_FROM = 4, 5
_LEAD = re.compile(r"\*\*(?P<word>[^*]{1,24})\*\*\s*[：:,，]\s*")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_MARK = re.compile(r"\[(\d{1,3})\]")
_CAUTION = re.compile(r"^(?:注意|注|Note|Caution)[：:]")
#: How `kg.ask.reply.caution` says that a line had to be read with doubt.
_UNCERTAIN = re.compile(r"转录存疑|transcription of this entry is uncertain")


@dataclass(frozen=True)
class Turn:
    """A question on the page with what came back; `html` is kept, so that what was shown never changes.

    Attributes:
        number: counts up on a page; links and feedback name the turn by it.
        question: as asked.
        history: earlier questions that a permanent link brought along.
        verdict: of the answer; empty where the question was refused.
        kind: of the answer.
        html: the rendered answer or refusal.
        reported: whether it was called wrong.
    """

    number: int
    question: str
    history: tuple[str, ...] = ()
    verdict: str = ""
    kind: str = ""
    html: str = ""
    reported: bool = False

    @property
    def answered(self) -> bool:
        """Whether later questions may refer to this one."""
        return bool(self.verdict)


def welcome(language: str) -> str:
    """What a page says before the first question."""
    said = labels(language)
    return (
        f'<section class="welcome"><h2>{escape(said["welcome"])}</h2><p>{escape(said["welcome_text"])}</p><p class="hint">{escape(said["hint"])}</p></section>'
    )


def conversation(turns: Sequence[Turn], language: str) -> str:
    """All turns of a page."""
    return "".join(_turn(turn, language) for turn in turns)


def example_buttons(language: str, unfolded: bool) -> str:
    """The example questions as buttons, one for each kind; folded away once a conversation is going."""
    said = labels(language)
    buttons = "".join(
        f'<li><button type="button" class="example" data-ask="{escape(each.question)}"><span class="kind">{escape(each.name)}</span> '
        f"<span>{escape(each.question)}</span></button></li>"
        for each in examples(language)
    )
    title = said["examples" if unfolded else "more_examples"]
    return f'<details class="examples" {"open" if unfolded else ""}><summary>{escape(title)}</summary><ul>{buttons}</ul></details>'


def _turn(turn: Turn, language: str) -> str:
    """A question with its answer and, under it, the form for feedback or the thanks for it."""
    form = "" if not turn.answered else _thanks(turn.question) if turn.reported else _feedback(turn.number, turn.question)
    return f'<article class="turn" tabindex="-1">{_asked(turn.question, turn.history, language)}{turn.html}{form}</article>'


def _asked(question: str, history: Iterable[str], language: str) -> str:
    """The question as asked, with the earlier ones where a permanent link brought them along."""
    said = labels(language)
    before = "".join(f'<p class="context">{escape(said["context"])}{escape(turn)}</p>' for turn in history)
    return f'{before}<div class="asked"><h2 class="unseen">{escape(said["asked"])}</h2><p>{escape(question)}</p></div>'


def answered(answer: Answer, number: int, history: Sequence[str] = ()) -> str:
    """An answer, in the language of its question: verdict, reason, evidence, next questions, what was understood, the query.

    Args:
        answer: the answer.
        number: the place of its turn on the page, for the links from text to evidence.
        history: the earlier questions that its permanent link needs.
    """
    language = language_of(answer.question)
    word, paragraphs = _lead(answer, language)
    doubtful = {int(mark) for each in paragraphs if _UNCERTAIN.search(each) for mark in _MARK.findall(each)}
    choosing = answer.verdict == "clarify"
    parts = (
        _verdict(word),
        f'<div class="answer-text">{_paragraphs(paragraphs, answer, number)}</div>',
        # Choices complete the question, so they come before the evidence; other questions come after it.
        _suggestions(answer, language) if choosing else "",
        _evidence(answer.citations, doubtful, number, language),
        "" if choosing else _suggestions(answer, language),
        _entities(answer.entities, language),
        _query(answer.sparql, language),
        _actions(answer, history, language),
    )
    title = escape(labels(language)["answered"])
    return f'<div class="answer verdict-{escape(answer.verdict)}" lang="{TAGS[language]}"><h2 class="unseen">{title}</h2>{"".join(parts)}</div>'


def refused(reason: str, language: str) -> str:
    """A question that got no answer, and why."""
    verdict = _verdict(labels(language)["verdict_refused"])
    return f'<div class="answer verdict-refused" lang="{TAGS[language]}">{verdict}<div class="answer-text"><p>{escape(reason)}</p></div></div>'


def _lead(answer: Answer, language: str) -> tuple[str, list[str]]:
    """The verdict's word (the answer's own bold first word where it has one) and the paragraphs without it."""
    paragraphs = [each.strip() for each in re.split(r"\n\s*\n", answer.answer) if each.strip()]
    word = labels(language)[f"verdict_{answer.verdict}"]
    found = _LEAD.match(paragraphs[0]) if paragraphs and answer.verdict in ("yes", "no", "unknown") else None
    if found:
        word, rest = found["word"], paragraphs[0][found.end() :]
        paragraphs[0] = rest[:1].upper() + rest[1:]
    return word, paragraphs


def _verdict(word: str) -> str:
    return f'<p class="verdict"><span class="sign" aria-hidden="true"></span><strong>{escape(word)}</strong></p>'


def _paragraphs(paragraphs: Iterable[str], answer: Answer, number: int) -> str:
    """Paragraphs, cautions and lists of the answer's small Markdown: bold, "- " entries and [1] marks; everything else is text."""
    html, entries = "", ""
    for each in paragraphs:
        if each.startswith("- "):
            entries += f"<li>{_inline(each[2:], number, answer)}</li>"
            continue
        html += f'<ul class="entries">{entries}</ul>' if entries else ""
        entries = ""
        html += f'<p class="caution">{_inline(each, number, answer)}</p>' if _CAUTION.match(each) else _listed(each, answer, number)
    return html + (f'<ul class="entries">{entries}</ul>' if entries else "")


def _listed(paragraph: str, answer: Answer, number: int) -> str:
    """A paragraph; where it counts up what the answer lists, that run stands as a list."""
    names = [item.label for item in answer.items]
    run = next((joined for joined in ("、".join(names), ", ".join(names)) if len(names) >= LISTED_FROM and joined in paragraph), "")
    if not run:
        return f"<p>{_inline(paragraph, number, answer)}</p>"
    before, _, after = paragraph.partition(run)
    entries = "".join(f"<li>{escape(name)}</li>" for name in names)
    after = after.strip(" 。.")
    return f'<p>{_inline(before, number, answer)}</p><ul class="items">{entries}</ul>' + (f"<p>{_inline(after, number, answer)}</p>" if after else "")


def _inline(text: str, number: int, answer: Answer) -> str:
    """Escaped text with bold and with its marks linked to the evidence."""
    said = labels(language_of(answer.question))

    def link(mark: re.Match[str]) -> str:
        if not 1 <= int(mark[1]) <= len(answer.citations):
            return mark[0]
        about = escape(said["to_evidence"].format(number=mark[1]))
        return f'<a class="mark" href="#evidence-{number}-{mark[1]}" aria-label="{about}">{mark[1]}</a>'

    return _MARK.sub(link, _BOLD.sub(r"<strong>\1</strong>", escape(text)))


def _evidence(citations: Sequence[Citation], doubtful: set[int], number: int, language: str) -> str:
    """The lines that prove the answer, the first few unfolded."""
    if not citations:
        return ""
    said = labels(language)
    entries = [_citation(each, place, place in doubtful, number, language) for place, each in enumerate(citations, 1)]
    shown, folded = entries[:EVIDENCE_SHOWN], entries[EVIDENCE_SHOWN:]
    more = said["more_evidence"].format(count=len(folded))
    rest = f'<details class="more"><summary>{escape(more)}</summary><ol start="{EVIDENCE_SHOWN + 1}">{"".join(folded)}</ol></details>' if folded else ""
    return f'<section class="evidence"><h3>{escape(said["evidence"])}</h3><ol>{"".join(shown)}</ol>{rest}</section>'


def _citation(citation: Citation, place: int, doubtful: bool, number: int, language: str) -> str:
    """A line of evidence: what is printed, where it stands, and whether the reading is doubtful."""
    said = labels(language)
    doubt = f' <span class="doubt">{escape(said["uncertain"])}</span>' if doubtful else ""
    line = escape(said["line"].format(line=citation.line))
    return (
        f'<li id="evidence-{number}-{place}" tabindex="-1"><span class="number" aria-hidden="true">{place}</span>'
        f'<div><blockquote lang="zh-Hans">{escape(citation.text)}</blockquote><p class="place"><span lang="zh-Hans">{escape(citation.place)}</span> '
        f'<span class="source">{escape(citation.document)} · {line}</span>{doubt}</p></div></li>'
    )


def _suggestions(answer: Answer, language: str) -> str:
    """The next questions as buttons; for an ambiguous question they are the choices."""
    if not answer.suggestions:
        return ""
    title = labels(language)["choices" if answer.verdict == "clarify" else "suggestions"]
    buttons = "".join(f'<li><button type="button" class="suggestion" data-ask="{escape(each)}">{escape(each)}</button></li>' for each in answer.suggestions)
    return f'<section class="suggestions"><h3>{escape(title)}</h3><ul>{buttons}</ul></section>'


def _entities(entities: Sequence[EntityRef], language: str) -> str:
    """What each mention was taken for."""
    if not entities:
        return ""
    entries = "".join(f"<li>{_entity(each, language)}</li>" for each in entities)
    return f'<section class="entities"><h3>{escape(labels(language)["entities"])}</h3><ul>{entries}</ul></section>'


def _entity(entity: EntityRef, language: str) -> str:
    said = labels(language)
    mention = f"<q>{escape(entity.mention)}</q> → "
    if not entity.iri:
        return mention + f"<em>{escape(said['entity_none'])}</em>"
    about = [said.get(f"type_{entity.type}", entity.type), said["score"].format(score=round(100 * entity.score))]
    return f'{mention}<strong lang="zh-Hans">{escape(entity.label)}</strong> <span class="about">{escape(" · ".join(filter(None, about)))}</span>'


def _query(sparql: str, language: str) -> str:
    """The query that ran, folded away."""
    if not sparql:
        return ""
    said = labels(language)
    return (
        f'<details class="query"><summary>{escape(said["sparql"])}</summary>'
        f'<button type="button" class="small" data-copy-code="1">{escape(said["copy_query"])}</button>'
        f'<pre tabindex="0"><code lang="en">{escape(sparql)}</code></pre></details>'
    )


def _actions(answer: Answer, history: Sequence[str], language: str) -> str:
    """Copying the answer and its permanent link."""
    said = labels(language)
    link = permalink(answer.question, history)
    return (
        f'<div class="actions"><button type="button" class="small" data-copy="{escape(plain(answer))}">{escape(said["copy_answer"])}</button>'
        f'<a class="small" data-copy-link="1" href="{escape(link)}">{escape(said["permalink"])}</a></div>'
    )


def _feedback(number: int, question: str) -> str:
    """The folded form for saying that an answer is wrong."""
    said = labels(language_of(question))
    return (
        f'<details class="feedback"><summary class="small">{escape(said["wrong"])}</summary><label for="wrong-{number}">{escape(said["wrong_reason"])}</label>'
        f'<textarea id="wrong-{number}" rows="2" maxlength="{REASON_LENGTH}"></textarea><p class="note">{escape(said["wrong_note"])}</p>'
        f'<button type="button" class="small" data-wrong="{number}">{escape(said["wrong_send"])}</button></details>'
    )


def _thanks(question: str) -> str:
    return f'<p class="thanks" role="status">{escape(labels(language_of(question))["wrong_thanks"])}</p>'


def permalink(question: str, history: Sequence[str] = ()) -> str:
    """The address, relative to the page, that asks a question again, after the earlier ones that it needs."""
    return "?" + urlencode([("h", turn) for turn in history] + [("q", question)])


def plain(answer: Answer) -> str:
    """An answer as text to paste: question, answer, evidence."""
    said = labels(language_of(answer.question))
    evidence = [
        f"[{place}] {each.text} — {each.place} ({each.document} · {said['line'].format(line=each.line)})" for place, each in enumerate(answer.citations, 1)
    ]
    return "\n".join([answer.question, "", answer.answer.replace("**", ""), "", *evidence]).strip()
