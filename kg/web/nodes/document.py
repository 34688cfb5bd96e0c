"""A page of its own around the HTML of a node: the same look as the application, without its script."""

from functools import cache
from html import escape

from kg.web.labels import LANGUAGES, TAGS, labels
from kg.web.services import STATIC

_NAMES = {"zh": "中文", "en": "English"}
#: The page is dark where the person chose that in the application, or where the system is.
_DARK = (
    "try{var d=localStorage.getItem('certkg-dark')}catch(e){}"
    "document.documentElement.classList.toggle('dark',d?d==='1':matchMedia('(prefers-color-scheme: dark)').matches)"
)


@cache
def _style() -> str:
    """The look of the application, and what only these pages need."""
    own = (
        "body{margin:0;font:16px/1.65 system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif}"
        ".linked main,.linked header,.linked footer{max-width:900px;margin:0 auto;padding:0 20px}"
        ".linked header{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:center;gap:16px;padding:18px 20px 8px}"
        ".linked header h1{font-size:1.05rem}.linked header a{color:var(--ink);text-decoration:none}"
        ".linked nav.languages a{color:var(--accent);font-weight:600}.linked footer{padding:10px 20px 28px;color:var(--soft);font-size:.86rem}"
    )
    return "".join((STATIC / name).read_text(encoding="utf-8") for name in ("page.css", "browse.css")) + own


def html_document(title: str, body: str, language: str, root: str, alternates: tuple[tuple[str, str], ...] = ()) -> str:
    """A whole HTML page.

    Args:
        title: its title, as text.
        body: its HTML, escaped already.
        language: the language it is in.
        root: the path under which the application is published.
        alternates: media type and address of the same as data.

    Returns:
        The page.
    """
    words = labels(language)
    links = "".join(f'<link rel="alternate" type="{escape(kind)}" href="{escape(address)}">' for kind, address in alternates)
    others = "".join(f'<a href="?lang={each}" hreflang="{TAGS[each]}" lang="{TAGS[each]}">{_NAMES[each]}</a>' for each in LANGUAGES if each != language)
    return (
        f'<!doctype html><html lang="{TAGS[language]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)} · certkg</title><link rel="icon" href="{escape(root)}/favicon.ico">{links}'
        f"<style>{_style()}</style><script>{_DARK}</script></head>"
        f'<body class="linked"><header><h1><a href="{escape(root)}/">certkg · {escape(words["title"])}</a></h1>'
        f'<nav class="languages" aria-label="{escape(words["language"])}">{others}</nav></header>'
        f"<main>{body}</main><footer>{escape(words['documents'])} {escape(words['disclaimer'])}</footer></body></html>"
    )
