"""What is shown of a file: the columns to confirm, the progress, the result; every text escaped before a tag is put around it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from openpyxl.utils import get_column_letter

from kg.adjudicate.columns import ROLES
from kg.adjudicate.data import words
from kg.ask.kinds.catalogue import TIER_NAMES
from kg.web.labels import labels
from kg.web.settings import Settings
from kg.web.sheets.uploads import Upload

#: Verdict of a row → the class that gives it its colour and sign.
_CLASSES = {"error": "out_of_scope"}
_TEMPLATES = ("zh.xlsx", "zh.csv", "en.xlsx", "en.csv")


def start(settings: Settings, language: str, address: str) -> str:
    """The tab before a file is handed in.

    Args:
        settings: how large a file may be, and how long it is kept.
        language: of the interface.
        address: where files are handed in.
    """
    said = labels(language)
    limits = said["sheets_limits"].format(megabytes=settings.sheet_bytes / 1e6, rows=settings.sheet_rows, minutes=settings.sheet_minutes)
    links = "".join(
        f'<li><a class="small" download href="{escape(address)}/template/{name}">{escape(said["sheets_template_" + name.replace(".", "_")])}</a></li>'
        for name in _TEMPLATES
    )
    messages = "".join(
        f' data-{key}="{escape(said[f"sheets_{label}"])}"' for key, label in (("reading", "reading"), ("failed", "failed"), ("large", "too_large"))
    )
    return (
        f'<section class="sheets" data-bytes="{settings.sheet_bytes}" data-address="{escape(address)}" data-language="{language}"{messages}>'
        f'<div class="sheet-start"><h2>{escape(said["sheets_title"])}</h2><p>{escape(said["sheets_about"])}</p>'
        f'<label class="drop" for="sheet-file"><strong>{escape(said["sheets_choose"])}</strong><span>{escape(limits)}</span></label>'
        '<input type="file" id="sheet-file" accept=".xlsx,.csv">'
        f'<div class="templates"><span>{escape(said["sheets_templates"])}</span><ul>{links}</ul></div></div>'
        '<p class="sheet-error" role="alert"></p><div class="sheet-work"></div></section>'
    )


def shown(upload: Upload, language: str, address: str, sheet: str = "") -> str:
    """A file as it is now.

    Args:
        upload: the file.
        language: of the interface.
        address: where files are handed in.
        sheet: the sheet whose columns are shown, to be confirmed or changed; any other text: the one that was chosen before.
    """
    if upload.state in ("waiting", "running"):
        return _progress(upload, language)
    if upload.state == "done" and not sheet:
        return _result(upload, language, f"{address}/{quote(upload.token)}")
    known = sheet in [each["layout"]["sheet"] for each in upload.looks]
    return _form(upload, language, sheet if known else upload.choices.get("sheet", ""))


def _form(upload: Upload, language: str, sheet: str) -> str:
    """The columns to confirm; the guess, or what was chosen before."""
    said = labels(language)
    look = next((each for each in upload.looks if each["layout"]["sheet"] == sheet), upload.looks[0])
    layout = look["layout"]
    before = upload.choices if upload.choices.get("sheet") == layout["sheet"] else {}
    guessed = {role: get_column_letter(column) for role, column in layout["columns"].items()}
    chosen = before.get("columns", guessed)
    note = f'<p class="caution">{escape(said["sheets_nothing_found"])}</p>' if "certificate" not in layout["columns"] else ""
    error = f'<p class="caution" role="alert">{escape(upload.error[language])}</p>' if upload.error else ""
    sheets = [(each["layout"]["sheet"], each["layout"]["sheet"]) for each in upload.looks]
    sheet_choice = _select("sheet", said["sheets_sheet"], sheets, layout["sheet"], "data-sheet") if len(sheets) > 1 else ""
    columns = [("", said["sheets_none"]), *((get_column_letter(number), name) for number, name in enumerate(look["names"], 1))]
    roles = "".join(
        _select(
            f"column-{role}",
            words(language)[role] + (said["sheets_needed"] if role == "certificate" else ""),
            columns,
            chosen.get(role, ""),
            f'data-role="{role}"',
        )
        for role in ROLES
    )
    tiers = [("", said["sheets_unset"]), *((tier, tier) for tier in TIER_NAMES)]
    return (
        f'<form class="sheet-form" data-sheet-name="{escape(layout["sheet"])}"><h2 tabindex="-1">{escape(said["sheets_confirm"])}</h2>{error}'
        f"<p>{escape(said['sheets_file'].format(name=upload.name, rows=look['rows']))} {escape(said['sheets_guess'])}</p>{note}{sheet_choice}"
        f'<fieldset><legend>{escape(said["sheets_columns"])}</legend><div class="fields">{roles}</div></fieldset>'
        f'<fieldset><legend>{escape(said["sheets_defaults"])}</legend><div class="fields">'
        f'<div><label for="sheet-category">{escape(said["sheets_default_category"])}</label>'
        f'<input id="sheet-category" type="text" maxlength="60" autocomplete="off" value="{escape(before.get("category", ""))}"></div>'
        f"{_select('tier', said['sheets_default_tier'], tiers, before.get('tier', ''))}</div></fieldset>"
        f"{_sample(look, said)}"
        f'<div class="sheet-actions"><button type="submit" class="primary">{escape(said["sheets_start"])}</button>'
        f'<button type="button" class="small" data-again="1">{escape(said["sheets_again"])}</button></div></form>'
    )


def _select(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str, attributes: str = "") -> str:
    """A labelled choice."""
    listed = "".join(f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(text)}</option>' for value, text in options)
    return f'<div><label for="sheet-{name}">{escape(label)}</label><select id="sheet-{name}" {attributes}>{listed}</select></div>'


def _sample(look: Mapping[str, Any], said: Mapping[str, str]) -> str:
    """The first rows below the headings."""
    width = max((len(texts) for _, texts in look["sample"]), default=0)
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in look["names"][:width])
    rows = "".join(f'<tr><th scope="row">{number}</th>{"".join(f"<td>{escape(text)}</td>" for text in texts)}</tr>' for number, texts in look["sample"])
    return _table(said["sheets_preview"], f'<th scope="col">{escape(said["sheets_row"])}</th>{heads}', rows)


def _table(caption: str, heads: str, rows: str) -> str:
    """A table that scrolls by itself, also by keyboard."""
    return (
        f'<h3>{escape(caption)}</h3><div class="kgview"><div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></div>"
    )


def _progress(upload: Upload, language: str) -> str:
    """How far the work is."""
    said = labels(language)
    stage = upload.stage.split(" ")[0] or "reading"
    text = said["sheets_waiting"] if upload.state == "waiting" else said.get(f"sheets_stage_{stage}", said["sheets_stage_judging"])
    percent = round(100 * upload.done)
    return (
        f'<div class="sheet-progress"><h2 tabindex="-1">{escape(upload.name)}</h2><p role="status">{escape(text)}</p>'
        f'<progress max="100" value="{percent}" aria-label="{escape(said["sheets_progress"])}"></progress>'
        f'<span class="percent" aria-hidden="true">{percent}%</span>'
        f'<div class="sheet-actions"><button type="button" class="small" data-again="1">{escape(said["sheets_again"])}</button></div></div>'
    )


def _result(upload: Upload, language: str, address: str) -> str:
    """Counts, downloads and the first rows."""
    said, result = labels(language), upload.result
    total, rows = result["total"], result["rows"]
    spoken = words(language)
    bars = "".join(
        f'<li class="{_tone(verdict)}"><span class="name">{_chip(verdict, spoken)}</span>'
        f'<span class="bar" aria-hidden="true"><span style="width:{100 * count / total:.1f}%"></span></span>'
        f'<span class="number">{count:,} <small>({count / total:.1%})</small></span></li>'
        for verdict, count in result["counts"].items()
    )
    look = f"<p>{escape(said['sheets_look'].format(look=result['look']))}</p>" if result["look"] else ""
    links = "".join(
        f'<a class="primary" download href="{escape(address)}/result{suffix}?language={language}">{escape(said["sheets_result_" + suffix[1:]])}</a>'
        for suffix in (".xlsx", ".csv")
    )
    caption = said["sheets_all_shown"] if len(rows) == total else said["sheets_shown"].format(count=len(rows))
    heads = "".join(
        f'<th scope="col">{escape(text)}</th>' for text in (said["sheets_row"], spoken["certificate"], spoken["verdict"], spoken["reason"], spoken["look"])
    )
    return (
        f'<div class="sheet-result"><h2 tabindex="-1">{escape(said["sheets_done"].format(total=total))}</h2>{look}'
        f'<p class="sheet-downloads"><span>{escape(said["sheets_download"])}</span>{links}</p>'
        f'<h3>{escape(said["sheets_counts"])}</h3><ul class="bars">{bars}</ul><p class="note">{escape(said["sheets_caution"])}</p>'
        f"{_table(caption, heads, ''.join(_row(row, spoken, said) for row in rows))}"
        f'<div class="sheet-actions"><button type="button" class="small" data-back="1">{escape(said["sheets_back"])}</button>'
        f'<button type="button" class="small" data-again="1">{escape(said["sheets_again"])}</button></div></div>'
    )


def _row(row: Mapping[str, Any], spoken: Mapping[str, str], said: Mapping[str, str]) -> str:
    """A row with its verdict."""
    source = (
        f'<span class="source" title="{escape(row["document"])}">{escape(row["place"])} · {escape(said["sheets_line"].format(line=row["lines"]))}</span>'
        if row["lines"]
        else ""
    )
    printed = f"<q>{escape(row['text'])}</q>" if row["text"] else ""
    look = "".join(f"<p>{escape(text)}</p>" for text in row["look"])
    return (
        f'<tr><th scope="row">{row["row"]}</th><td>{escape(row["certificate"])}</td><td>{_chip(row["verdict"], spoken)}</td>'
        f'<td><p>{escape(row["reason"])}</p><p class="place">{printed} {source}</p></td><td class="look">{look}</td></tr>'
    )


def _chip(verdict: str, spoken: Mapping[str, str]) -> str:
    """A verdict as a word, with its colour and sign."""
    return f'<span class="chip {_tone(verdict)}"><span class="sign" aria-hidden="true"></span>{escape(spoken[verdict])}</span>'


def _tone(verdict: str) -> str:
    return f"verdict-{_CLASSES.get(verdict, verdict)}"
