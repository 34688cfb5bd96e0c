"""What people decided about the catalogue by reading it: the corrections of `kg/sources/corrections/`, by the place that each is about."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.transcribe.record import Record, corrections

#: A cell of the document: its line (from 1) and its number in the line (from 0).
Place = tuple[int, int]


@dataclass(frozen=True)
class Decisions:
    """The decisions on the catalogue.

    Attributes:
        categories: every 专业类 with its codes and names (`categories.csv`).
        rows: what is known of a row that is damaged or missing, by 专业类 (`rows.csv`).
        lines: the 专业类 of lines whose heading is lost (`lines.csv`).
        columns: the column of a cell that position and content do not tell (`columns.csv`).
        spans: how a part of a cell is to be read (`entries.csv`, in the notation of `reading.py`).
    """

    categories: tuple[Record, ...]
    rows: Mapping[str, Record]
    lines: Mapping[int, str]
    columns: Mapping[Place, Record]
    spans: Mapping[Place, tuple[Record, ...]]

    @property
    def places(self) -> set[Place]:
        """The cells that a decision names."""
        return {*self.columns, *self.spans}


def read_decisions() -> Decisions:
    """The decisions kept in `kg/sources/corrections/`."""
    spans: dict[Place, tuple[Record, ...]] = {}
    for each in corrections("entries"):
        place = (int(each["line"]), int(each["cell"]))
        spans[place] = (*spans.get(place, ()), each)
    return Decisions(
        categories=tuple(corrections("categories")),
        rows={each["category"]: each for each in corrections("rows")},
        lines={line: each["category"] for each in corrections("lines") for line in range(int(each["first"]), int(each["last"]) + 1)},
        columns={(int(each["line"]), int(each["cell"])): each for each in corrections("columns")},
        spans=spans,
    )
