"""Rows of the evaluation directory: of which name, with which code, work type and grades; and the codes that other documents print."""

import re
from collections.abc import Sequence

from kg.ask.context import Context, Row
from kg.ask.spots import Spot
from kg.ask.text import normalize

_GAP = r"[ \-–—―_.·]{0,3}"
CODE = re.compile(rf"(?<![\d.-])([1-9]){_GAP}(\d\d){_GAP}(\d\d){_GAP}(\d\d|z\d)(?!\d)")


def codes_in(text: str) -> list[str]:
    """The occupation codes of a normalised text, however they are spaced: 4-10-03-05, 4 10 03 05."""
    return list(dict.fromkeys("-".join(part.upper() for part in each.groups()) for each in CODE.finditer(text)))


def entries(context: Context, spot: Spot) -> list[dict[str, str]]:
    """The directory's rows for what a name may be: an occupation with its work types, a work type, a special skill."""
    found: dict[str, dict[str, str]] = {}
    for node in spot.nodes:
        query = "directory_of_work_type" if "/work-type/" in node else "directory_of_credential" if "/credential/" in node else "directory_of_occupation"
        for row in context.rows(query, node=node):
            found[row["fact"]] = row
    return sorted(found.values(), key=lambda row: int(row["number"]))


def of_work_type(rows: Sequence[Row], text: str) -> list[Row]:
    """The rows whose work types a text names, if only by two characters that not all of them have; else all rows."""
    pairs = {row["fact"]: {name[at : at + 2] for name in [_work_type(row)] for at in range(len(name) - 1)} for row in rows}
    common = set.intersection(*pairs.values()) if len(rows) > 1 else set()
    shares = {row["fact"]: sum(pair in text for pair in pairs[row["fact"]] - common) for row in rows}
    most = max(shares.values(), default=0)
    return [row for row in rows if shares[row["fact"]] == most] if most else list(rows)


def _work_type(row: Row) -> str:
    """The work type in brackets after the occupation, in normal form; nothing where the row is the occupation itself."""
    return normalize(row["name"].partition("（")[2].removesuffix("）"))


def _grade_text(row: Row) -> str:
    return "、".join(sorted(filter(None, row.get("grades", "").split("|")), reverse=True))


def described(row: Row) -> str:
    """A row as a reader of the directory sees it."""
    grades = _grade_text(row)
    return f"{row['name']}（{row['code']}，{'等级' + grades if grades else '未印等级'}）"


def occupation_of(row: Row) -> str:
    """The occupation's name; the work type stands in brackets after it."""
    return row["name"].split("（")[0]


def printed_elsewhere(context: Context, code: str) -> list[dict[str, str]]:
    """The rows of the other documents that print a code."""
    return [row for row in context.rows("code_printed", code=code) if not row["document"].endswith("evaluation-directory")]


def places(rows: Sequence[Row]) -> str:
    """Where rows stand, each place once."""
    return "；".join(dict.fromkeys(row["place"] for row in rows))


def codes_of(context: Context, spot: Spot) -> list[dict[str, str]]:
    """Rows of any document that print a code for a name, the directory's first."""
    found = entries(context, spot)
    for node in spot.nodes:
        if "/occupation/" in node:
            found += context.rows("code_of_occupation", occupation=node)
        elif "/work-type/" in node and not found:
            found += [
                row
                for parent in context.rows("occupation_of_work_type", work_type=node)
                for row in context.rows("code_of_occupation", occupation=parent["occupation"])
            ]
    return list({(row["document"], row["line"]): row for row in found}.values())
