"""Parts that several pages have; every text is escaped here."""

from collections.abc import Iterable
from html import escape

from kg.describe import Source, Text, Thing, Value, Words
from kg.describe.catalogue import Entry
from kg.web.labels import LANGUAGES, TAGS, labels
from kg.web.nodes.addresses import Addresses

#: Characters of a printed text that a row of a table shows; the whole is on the fact's page.
PRINTED = 80


def said(words: Words, language: str) -> str:
    """A text in the language, marked where it is in the other."""
    text, spoken = words.best(language)
    return escape(text) if spoken == language else f'<span lang="{TAGS[spoken]}">{escape(text)}</span>'


def link(iri: str, html: str, where: Addresses, more: str = "") -> str:
    """A link to a node's page; to one elsewhere it says so by its relation; what has no page is no link.

    Args:
        iri: the node.
        html: what the link shows, escaped already.
        where: where pages are.
        more: more attributes of the tag, escaped already.
    """
    address = where.node(iri)
    if address:
        return f'<a href="{escape(address)}"{where.attributes}{more}>{html}</a>'
    if iri.startswith(("http://", "https://")):
        return f'<a href="{escape(iri)}" rel="external noreferrer"{more}>{html}</a>'
    return html


def thing(each: Thing, where: Addresses, language: str) -> str:
    """A node as a link."""
    return link(each.iri, said(each.name, language), where)


def value(each: Value, where: Addresses, language: str) -> str:
    """A value: a node as a link, a text as it is."""
    if isinstance(each, Thing):
        return thing(each, where, language)
    spoken = each.language or ("zh" if language == "zh" else "")
    mark = f' lang="{TAGS[each.language]}"' if each.language in TAGS and each.language != language else ""
    text = escape(each.text)
    if each.datatype.endswith("#integer") and each.text.isdecimal():
        return f'<span class="n">{text}</span>'
    return f"<span{mark}>{text}</span>" if mark or not spoken else text


def values(several: Iterable[Value], where: Addresses, language: str) -> str:
    """Values side by side."""
    return '<span class="comma">, </span>'.join(value(each, where, language) for each in several) if language == "en" else _chinese(several, where, language)


def _chinese(several: Iterable[Value], where: Addresses, language: str) -> str:
    return "、".join(value(each, where, language) for each in several)


def plain(several: Iterable[Value], language: str) -> str:
    """Values as text, for comparing."""
    return "、".join(each.text if isinstance(each, Text) else each.name.best(language)[0] for each in several)


def status_mark(status: str, name: Words, language: str) -> str:
    """A mark where a line had to be read with more than the eyes; nothing where it is as printed."""
    if status in ("", "exact"):
        return ""
    return f'<span class="status {escape(status)}">{said(name, language)}</span>'


def source_cell(source: Source | None, where: Addresses, language: str) -> str:
    """The line of a fact, short, for a table."""
    if source is None:
        return ""
    shown = source.text if len(source.text) <= PRINTED else f"{source.text[:PRINTED]}…"
    line = escape(labels(language)["line"].format(line=source.line))
    return (
        f'<span class="place">{link(source.iri, line, where)} <span class="document">{escape(source.document)}</span> '
        f"{status_mark(source.status, source.status_name, language)}</span>"
        f'<q lang="{TAGS["zh"]}" title="{escape(source.text)}">{escape(shown)}</q>'
    )


def source_block(source: Source, where: Addresses, language: str) -> str:
    """The line of a fact with everything that is known of it."""
    words = labels(language)
    reason = f'<p class="reason">{escape(words["browse_reason"])}{said(source.reason, language)}</p>' if str(source.reason) else ""
    line = escape(words["line"].format(line=source.line))
    mark = status_mark(source.status, source.status_name, language) or f'<span class="status exact">{said(source.status_name, language)}</span>'
    return (
        f'<section class="source-block"><h3>{escape(words["browse_source"])}</h3><blockquote lang="{TAGS["zh"]}">{escape(source.text)}</blockquote>'
        f'<p class="place"><span lang="{TAGS["zh"]}">{escape(source.place)}</span></p>'
        f'<p class="place">{thing(source.document_thing, where, language)} · <span class="document">{escape(source.document)}</span> · '
        f"{link(source.iri, line, where)} · {mark}</p>{reason}</section>"
    )


def entry_line(entry: Entry, where: Addresses, language: str) -> str:
    """The line of a catalogue entry as a link to the entry, marked where its reading is doubtful."""
    words = labels(language)
    about = escape(words["browse_entry_line"].format(name=entry.printed or str(entry.other.name), line=entry.line))
    doubt = f'<abbr class="doubtful" title="{escape(words["uncertain"])}">?</abbr>' if entry.status == "uncertain" else ""
    return link(entry.fact, f'<span aria-hidden="true">{entry.line}</span><span class="unseen">{about}</span>', where, ' class="line"') + doubt


def message(text: str) -> str:
    """A sentence in place of a page."""
    return f'<div class="kgview"><p class="message" role="status">{escape(text)}</p></div>'


def opening() -> str:
    """What stands in a tab until its page comes, in both languages: the interface's may not be known yet."""
    return message(" · ".join(labels(language)["browse_loading"] for language in LANGUAGES))
