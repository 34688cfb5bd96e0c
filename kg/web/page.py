"""The page: header, language, tabs. A tab is a class such as `kg.web.chat.Chat`; a new one is added to `make_page`."""

from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from kg.web.chat import Chat, Turns
from kg.web.labels import LANGUAGES, TAGS, browser_language, labels

STATIC = Path(__file__).parent / "static"
#: Fonts that the person's machine has; nothing is loaded.
FONTS = ["system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "sans-serif"]
CODE_FONTS = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Noto Sans Mono CJK SC", "monospace"]
_NAMES = {"zh": "中文", "en": "English"}


def theme() -> Any:  # noqa: ANN401
    """Gradio's plain theme with the machine's own fonts."""
    return gr.themes.Base(primary_hue="teal", neutral_hue="slate", font=FONTS, font_mono=CODE_FONTS, radius_size="md")


def make_page(chat: Chat) -> Any:  # noqa: ANN401
    """The whole page."""
    script = (STATIC / "page.js").read_text(encoding="utf-8")
    with gr.Blocks(title=labels("zh")["page_title"], analytics_enabled=False, fill_width=True, delete_cache=None) as page:
        language = gr.State("zh")
        top = gr.HTML(header("zh"), js_on_load=None, apply_default_css=False, elem_id="header")
        with gr.Tabs(elem_id="tabs"), gr.Tab(labels("zh")["tab_chat"], id="chat", elem_id="tab-chat") as tab:
            chat.build(language, script)
        bottom = gr.HTML(footer("zh"), js_on_load=None, apply_default_css=False, elem_id="footer")
        _connect(chat, language, [top, tab, bottom])
    return page


def _connect(chat: Chat, language: Any, words: list[Any]) -> None:  # noqa: ANN401
    """Connect the events that concern the whole page."""

    def switched(turns: Turns, language: str, event: gr.EventData) -> list[Any]:
        chosen = event._data.get("language")
        chosen = chosen if chosen in LANGUAGES else browser_language(str(event._data.get("browser", "")))
        if chosen == language:
            return [gr.skip()] * len(changed)
        return [chosen, *spoken(chosen), *chat.words(turns, chosen)]

    changed = [language, *words, *chat.translated]
    chat.conversation.language(
        switched, [chat.turns, language], changed, show_progress="hidden", api_visibility="private", concurrency_limit=None, trigger_mode="multiple"
    )


def spoken(language: str) -> list[Any]:
    """Header, tab and footer in a language."""
    return [header(language), gr.update(label=labels(language)["tab_chat"]), footer(language)]


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
        f'<footer data-copied="{escape(said["copied"])}" data-copy-failed="{escape(said["copy_failed"])}" data-conversation="{escape(said["conversation"])}">'
        f"<p>{escape(said['documents'])} {escape(said['disclaimer'])}</p></footer>"
    )
