"""What became of a spreadsheet: the rulings by row, and what a summary counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.adjudicate.columns import ROLES, Layout
from kg.adjudicate.data import words
from kg.adjudicate.judging import Ruling

VERDICTS = ("yes", "no", "unknown", "clarify", "error")
#: The columns that are added, in their order.
ADDED = ("verdict", "matched", "reason", "document", "line", "place", "text", "confidence", "look")


@dataclass(frozen=True)
class Report:
    """The layout that was used, the rulings by row, and the defaults for rows without 专业类 or tier."""

    layout: Layout
    rulings: Mapping[int, Ruling]
    category: str = ""
    tier: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """Verdict → number of rows."""
        found = Counter(ruling.verdict for ruling in self.rulings.values())
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def to_look(self) -> int:
        """How many rows a person must look at."""
        return sum(1 for ruling in self.rulings.values() if ruling.look)

    def headings(self) -> list[str]:
        """The headings of the added columns."""
        said = words(self.layout.language)
        return [said[key] for key in ADDED]

    def added(self, ruling: Ruling) -> list[str]:
        """The added cells of a row, as texts."""
        said = words(self.layout.language)
        confidence = "" if ruling.confidence is None else f"{ruling.confidence:.2f}"
        return [
            said[ruling.verdict],
            ruling.matched,
            ruling.reason,
            ruling.document,
            ruling.lines,
            ruling.place,
            ruling.text,
            confidence,
            " ".join(ruling.look),
        ]

    def tally(self) -> list[tuple[str, int]]:
        """Verdict in words → rows, without what no row has."""
        said = words(self.layout.language)
        return [(said[verdict], count) for verdict, count in self.counts.items() if count]

    def reading(self) -> list[tuple[str, str]]:
        """What was read from which column, in words."""
        said, layout = words(self.layout.language), self.layout
        defaults = {"category": self.category, "tier": self.tier}
        found = [(said["sheet"], layout.sheet)]
        for role in ROLES:
            column = layout.columns.get(role)
            if column or role != "category_name":
                place = layout.name(column) if column else said["not_there"]
                found.append((said[role], f"{place}; {said['default']}: {defaults[role]}" if defaults.get(role) else place))
        if layout.rivals:
            found.append((said["rivals"], "、".join(layout.name(column) for _, column in layout.rivals)))
        return found

    def text(self) -> str:
        """The summary as lines for a terminal."""
        said, total = words(self.layout.language), len(self.rulings)
        lines = [f"{name}: {text}" for name, text in self.reading()]
        lines += [f"{name}: {count} ({count / total:.1%})" for name, count in self.tally()]
        return "\n".join([*lines, f"{said['total']}: {total}", f"{said['to_look']}: {self.to_look}", said["caution"]])
