"""How much of the catalogue the rules read right by themselves, measured against the final tables, which people corrected.

    python -m benchmarks.transcription DOCUMENTS [--costs]

`--costs` also halves and doubles each cost of `kg/transcribe/split.py` and `kg/transcribe/layout.py` in turn, which shows how much hangs on it.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path
from unittest.mock import patch

from kg.tables import read_tables
from kg.transcribe import layout, split
from kg.transcribe.document import Document, read_document, squeeze
from kg.transcribe.lexicon import make_lexicon

SPLIT_COSTS = ("KNOWN", "UNBALANCED", "LEVEL_INSIDE", "TOO_SHORT", "NO_LEVEL", "FULL_SPLIT", "WIDE_JOIN", "SHORT_JOIN", "LATIN_JOIN", "NARROW")
LAYOUT_COSTS = ("WRONG_TIER", "WRONG_FAMILY", "SHIFT")


@dataclass(frozen=True)
class Quality:
    """Shares read right by rule.

    Attributes:
        cells: cells with text.
        split: cells split into exactly the final pieces, of all cells.
        split_hard: the same, of the cells with white space in them.
        pieces: final pieces (entries, rests, fragments) that the rule cuts out exactly.
        placed: cells in their final column.
        placed_hard: the same, of the lines that lost or gained cells.
    """

    cells: int
    split: float
    split_hard: float
    pieces: float
    placed: float
    placed_hard: float


def measure(document: Document, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> Quality:
    """Compare the rules with the ledger of the final tables.

    Args:
        document: the Shanghai document.
        tables: all final tables.
    """
    lexicon = make_lexicon({name: [dict(row) for row in rows] for name, rows in tables.items()})
    final: dict[tuple[int, int], list[Mapping[str, str]]] = defaultdict(list)
    for row in tables["ledger"]:
        if row["column"]:
            final[int(row["line"]), int(row["cell"])].append(row)
    split_right, placed_right, pieces_right, hard, irregular = [], [], [], [], []
    for cell in (cell for row in layout.rows(document, lexicon) for cell in row.cells):
        wanted = final[cell.line, cell.number]
        by_rule, by_people = _spans(split.split_cell(cell.text, lexicon)), _spans(row["text"] for row in wanted)
        split_right.append(by_rule == by_people)
        hard.append(len(cell.text.split()) > 1)
        pieces_right += [span in by_rule for span in by_people]
        placed_right.append({row["column"] for row in wanted} == {".".join(cell.column or ())})
        irregular.append(len(document.cells(cell.line)) != len(layout.COLUMNS) + 1)
    return Quality(
        len(split_right),
        _share(split_right),
        _share(_those(split_right, hard)),
        _share(pieces_right),
        _share(placed_right),
        _share(_those(placed_right, irregular)),
    )


def _spans(texts: Iterator[str] | Sequence[str]) -> set[tuple[int, int]]:
    """Where the pieces of a cell begin and end, white space aside."""
    ends = list(accumulate(len(squeeze(text)) for text in texts))
    return set(zip([0, *ends], ends, strict=False))


def _those(right: Sequence[bool], chosen: Sequence[bool]) -> list[bool]:
    return [each for each, is_chosen in zip(right, chosen, strict=True) if is_chosen]


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 4) if right else 1.0


def varied(document: Document, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterator[tuple[str, float, Quality]]:
    """The quality with each cost halved and doubled: name, factor, quality."""
    for module, names in ((split, SPLIT_COSTS), (layout, LAYOUT_COSTS)):
        for name in names:
            for factor in (0.5, 2.0):
                with patch.object(module, name, getattr(module, name) * factor):
                    yield name, factor, measure(document, tables)


def main() -> None:
    """Print the quality as one JSON object a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--costs", action="store_true", help="also vary each cost")
    arguments = parser.parse_args()
    document, tables = read_document(arguments.documents, "shanghai-shuangshi-2025"), read_tables()
    print(json.dumps(asdict(measure(document, tables))))
    if arguments.costs:
        for name, factor, quality in varied(document, tables):
            print(json.dumps({"cost": name, "factor": factor, **asdict(quality)}), flush=True)


if __name__ == "__main__":
    main()
