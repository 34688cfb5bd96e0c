"""A bar chart of a table that has one column of numbers: text and bars in HTML, so that it wraps, prints and follows the page's colours."""

from collections.abc import Callable
from html import escape

import pyoxigraph as ox

from kg.store import Rows, Term
from kg.web.labels import labels

#: Fewer bars say nothing, more cannot be read.
LEAST, MOST = 2, 40
#: Columns of numbers that count nothing, by their usual names.
_NO_AMOUNTS = {"line", "number", "code", "order", "directory_line", "subsidy_line"}
Told = Callable[[Term | None], str]
Test = Callable[[Term | None], bool]


def chart(rows: Rows, told: Told, is_number: Test, language: str) -> str:
    """The chart of a table; empty where the table is no label beside an amount.

    Args:
        rows: the table.
        told: a value as text.
        is_number: whether a value is a number.
        language: of the words around it.
    """
    drawn = _bars(rows, told, is_number)
    if drawn is None:
        return ""
    name, bars = drawn
    most = max(amount for _, amount, _ in bars)
    lines = "".join(
        f'<li><span class="label">{escape(label)}</span>'
        f'<span class="track" aria-hidden="true"><span class="bar" style="width:{100 * amount / most:.2f}%"></span></span>'
        f'<span class="amount">{escape(text)}</span></li>'
        for label, amount, text in bars
    )
    title = labels(language)["sparql_chart"].format(column=name)
    return f'<details class="chart" open><summary>{escape(title)}</summary><ul>{lines}</ul></details>'


def _bars(rows: Rows, told: Told, is_number: Test) -> tuple[str, list[tuple[str, float, str]]] | None:
    """The column of amounts, and a label, an amount and its text for each row."""
    if not LEAST <= len(rows.rows) <= MOST:
        return None
    columns = list(zip(rows.variables, zip(*rows.rows, strict=True), strict=True))
    amounts = [(name, values) for name, values in columns if name not in _NO_AMOUNTS and all(map(is_number, values))]
    if len(amounts) != 1:
        return None
    name, values = amounts[0]
    numbers = [float(value.value) for value in values if isinstance(value, ox.Literal)]
    told_by = _labels([[told(value) for value in each] for other, each in columns if other != name and not all(map(is_number, each))])
    if told_by is None or not all(0 <= number < float("inf") for number in numbers) or not any(numbers):
        return None
    return name, [(label, number, told(value)) for label, number, value in zip(told_by, numbers, values, strict=True)]


def _labels(columns: list[list[str]]) -> list[str] | None:
    """Labels that tell the rows apart: the first column that does, else the different columns joined."""
    for texts in columns:
        if len(set(texts)) == len(texts):
            return texts
    distinct = [column for place, column in enumerate(columns) if column not in columns[:place]]
    joined = [" · ".join(dict.fromkeys(text for text in row if text)) for row in zip(*distinct, strict=True)]
    return joined if joined and len(set(joined)) == len(joined) else None
