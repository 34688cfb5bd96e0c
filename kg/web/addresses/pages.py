"""Small pages with their style in them, for frames of other programs and for readers of a description."""

from html import escape

from kg.web.labels import TAGS

_STYLE = (
    ":root{color-scheme:light dark}body{font:14px/1.45 system-ui,'Noto Sans CJK SC',sans-serif;margin:10px;overflow-wrap:anywhere}"
    "h1,h2{font-size:17px;margin:0 0 2px}h2{margin-top:14px}p{margin:2px 0 8px;opacity:.8}dl{margin:0}dt{font-weight:600;margin-top:6px}dd{margin:0 0 0 10px}"
    "li{margin:3px 0}ul{padding-left:18px;margin:0}"
)


def page(body: str, title: str, language: str) -> str:
    """A page with its style in it, as it may stand in a frame of another program.

    Args:
        body: HTML.
        title: text.
        language: of the page.
    """
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="{TAGS[language]}"><head>{head}</head><body>{body}</body></html>'
