"""The page: header, language, and the tabs of `kg.web.tabs`."""

from collections.abc import Sequence
from html import escape
from itertools import islice
from typing import Any

import gradio as gr

from kg.web.labels import LANGUAGES, TAGS, interface_language, labels
from kg.web.tabs import Tab

#: Fonts that the person's machine has; nothing is loaded.
FONTS = ["system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "sans-serif"]
CODE_FONTS = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace"]
_NAMES = {"zh": "中文", "en": "English"}


def theme() -> Any:  # noqa: ANN401
    """Gradio's plain theme with the machine's own fonts."""
    return gr.themes.Base(primary_hue="teal", neutral_hue="slate", font=FONTS, font_mono=CODE_FONTS, radius_size="md")


def make_page(tabs: Sequence[Tab]) -> Any:  # noqa: ANN401
    """The whole page; its script is the first tab's."""
    with gr.Blocks(title=labels("zh")["page_title"], analytics_enabled=False, fill_width=True, delete_cache=None) as page:
        language = gr.State("zh")
        top = gr.HTML(header("zh"), js_on_load=None, apply_default_css=False, elem_id="header")
        shown = []
        with gr.Tabs(elem_id="tabs"):
            for tab in tabs:
                with gr.Tab(labels("zh")[f"tab_{tab.name}"], id=tab.name, elem_id=f"tab-{tab.name}") as place:
                    tab.build(language)
                shown.append(place)
        bottom = gr.HTML(footer("zh"), js_on_load=None, apply_default_css=False, elem_id="footer")
        _connect(tabs, language, [top, *shown, bottom])
    return page


def _connect(tabs: Sequence[Tab], language: gr.State, words: list[Any]) -> None:
    """Connect the change of the interface's language, which the page's script triggers."""
    changed = [language, *words, *(each for tab in tabs for each in tab.translated)]

    def switched(spoken_now: str, event: gr.EventData, *given: Any) -> list[Any]:  # noqa: ANN401
        chosen = interface_language(event._data)
        if chosen == spoken_now:
            return [gr.skip()] * len(changed)
        headings = [gr.update(label=labels(chosen)[f"tab_{tab.name}"]) for tab in tabs]
        values_of = iter(given)
        said = [update for tab in tabs for update in tab.words(chosen, *islice(values_of, len(tab.inputs)))]
        return [chosen, header(chosen), *headings, footer(chosen), *said]

    inputs = [language, *(each for tab in tabs for each in tab.inputs)]
    first: Any = tabs[0]
    first.conversation.language(switched, inputs, changed, show_progress="hidden", api_visibility="private", queue=False, trigger_mode="multiple")


def header(language: str) -> str:
    """Title, language and dark mode."""
    said = labels(language)
    choices = "".join(
        f'<button type="button" data-language="{each}" lang="{TAGS[each]}" aria-pressed="{str(each == language).lower()}">{_NAMES[each]}</button>'
        for each in LANGUAGES
    )
    dark = escape(said["dark"])
    return (
        f'<header data-lang="{TAGS[language]}" data-title="{escape(said["page_title"])}"><a class="skip" href="#question">{escape(said["skip"])}</a>'
        f"<div><h1>{escape(said['title'])}</h1><p>{escape(said['tagline'])}</p></div>"
        f'<div class="tools"><div role="group" aria-label="{escape(said["language"])}" class="languages">{choices}</div>'
        f'<button type="button" data-dark="1" aria-label="{dark}" title="{dark}"><span aria-hidden="true">◐</span></button></div></header>'
    )


def footer(language: str) -> str:
    """What the answers rest on; also the messages that the script shows."""
    said = labels(language)
    return (
        f'<footer data-copied="{escape(said["copied"])}" data-copy-failed="{escape(said["copy_failed"])}" data-conversation="{escape(said["conversation"])}" '
        f'data-looking="{escape(said["looking"])}">'
        f"<p>{escape(said['documents'])} {escape(said['disclaimer'])}</p></footer>"
    )
