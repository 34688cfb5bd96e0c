"""The overview diagram: where each box and line stands; `templates/diagram.svg` draws it.

Facts stand in the middle, what they speak of on both sides. The classes and their columns are chosen here; which properties join them, and which are
subclasses of which, comes from the ontology and the shapes.
"""

from dataclasses import dataclass, field

from kg.docs.constraints import Constraint, Shapes
from kg.docs.vocabulary import Vocabulary
from kg.graph.namespaces import CKG, PREFIXES

LEFT = ("MajorGroup", "MajorCategory", "Family", "Tier", "SkillGrade", "TitleLevel", "TitleSeries", "Jurisdiction", "SourceDocument")
FACTS = ("Recognition", "Equivalence", "Pathway", "SeriesEligibility", "AssessmentOffer", "SubsidyRate", "Listing")
MIDDLE = ("Fact", "SourceLocation")
RIGHT = ("Credential", "Organization", "Occupation", "WorkType", "Award", "Competition")
WIDTH, GAP, ROW, HEAD, SPACE = (190, 290, 200), 130, 21, 30, 16
#: From here on the targets of one property are drawn as their common superclasses.
MANY = 3


@dataclass
class Row:
    """A property in a box, on the side from which its lines go."""

    property: str
    side: str
    targets: list[str]
    x: float = 0
    y: float = 0


@dataclass
class Box:
    """A class: its place, its properties, and the boxes in it; lines of one fact have one tone (colour)."""

    iri: str
    column: int
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    rows: list[Row] = field(default_factory=list)
    inner: list["Box"] = field(default_factory=list)
    tone: int = 0


@dataclass(frozen=True)
class Line:
    """A property's line to a box, as an SVG path that ends in an arrowhead."""

    tone: int
    path: str


@dataclass(frozen=True)
class Diagram:
    """All boxes and lines, and the size."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(vocabulary: Vocabulary, shapes: Shapes) -> Diagram:
    """Place the core classes and what joins them.

    Args:
        vocabulary: the ontology.
        shapes: the shapes, which say which class has which property.
    """
    columns = [[_box(vocabulary, f"{CKG}{name}", number) for name in names] for number, names in enumerate((LEFT, MIDDLE, RIGHT))]
    placed = {box.iri: box for column in columns for outer in column for box in (outer, *outer.inner)}
    for box in placed.values():
        box.rows = _rows(vocabulary, shapes, box, placed)
    height = max(_stack(column, number) for number, column in enumerate(columns))
    for column in columns:
        _spread(column, height)
    lines = [Line(box.tone, _path(box, row, placed[target])) for box in placed.values() for row in box.rows for target in row.targets]
    return Diagram(sum(WIDTH) + 2 * GAP + 2 * SPACE + 40, height, tuple(box for column in columns for box in column), tuple(lines))


def _box(vocabulary: Vocabulary, iri: str, column: int) -> Box:
    """A box; the facts chosen stand in that of their superclass, and all subclasses in those of credentials and bodies."""
    inner = [f"{CKG}{name}" for name in FACTS] if iri == f"{CKG}Fact" else [term.iri for term in vocabulary.children(iri)] if column == 2 else []
    return Box(iri, column, inner=[Box(each, column, tone=number if column == 1 else 0) for number, each in enumerate(inner, 1)])


def _rows(vocabulary: Vocabulary, shapes: Shapes, box: Box, placed: dict[str, Box]) -> list[Row]:
    """The properties of a class, or for listings of its subclasses, that lead to a box of the diagram."""
    rows: dict[str, Row] = {}
    if box.iri == f"{CKG}Fact":
        rows["source"] = Row(f"{PREFIXES['prov']}hadPrimarySource", "down", [f"{CKG}SourceLocation"])
    for constraint in _constraints(vocabulary, shapes, box.iri):
        for target in shapes.ends(constraint):
            near = next((each for each in (target, *vocabulary.ancestors(target)) if each in placed), box.iri)
            if near not in (box.iri, f"{CKG}SourceLocation"):
                row = rows.setdefault(constraint.path, Row(constraint.path, _side(box, placed[near]), []))
                row.targets += [near] if near not in row.targets else []
    for row in rows.values():
        if len(row.targets) > MANY:
            outer = [next((each for each in reversed(vocabulary.ancestors(target)) if each in placed), target) for target in row.targets]
            row.targets = list(dict.fromkeys(outer))
    return list(rows.values())


def _constraints(vocabulary: Vocabulary, shapes: Shapes, iri: str) -> list[Constraint]:
    """What the shapes ask of a class; of one that only its subclasses have shapes for, what these ask of the properties that are its own."""
    below = [constraint for each in vocabulary.descendants(iri) for constraint in shapes.constraints(each)]
    return shapes.constraints(iri) or [
        each for each in below if each.path in vocabulary.terms and iri in vocabulary.terms[each.path].domain and iri != f"{CKG}Fact"
    ]


def _side(box: Box, target: Box) -> str:
    """Where a line leaves: towards its target, and within an outer column on the outer side."""
    if box.column == target.column:
        return "left" if box.column == 0 else "right"
    return "left" if target.column < box.column else "right"


def _stack(column: list[Box], number: int) -> float:
    """Give the boxes of a column their sizes; returns the height they need."""
    left = SPACE + 20 + sum(WIDTH[:number]) + number * GAP
    for box in column:
        box.x, box.width = left, WIDTH[number]
        box.height = HEAD + _rows_height(box)
        for inner in box.inner:
            inner.x, inner.width = left + 10, WIDTH[number] - 20
            inner.height = HEAD - 4 + _rows_height(inner)
            box.height += inner.height + 8
        box.height += 4 if box.inner else 0
    return sum(box.height + SPACE for box in column) + SPACE


def _rows_height(box: Box) -> float:
    left, right = (sum(row.side == side for row in box.rows) for side in ("left", "right"))
    down = sum(row.side == "down" for row in box.rows)
    return max(left, right) * ROW + down * ROW + (6 if box.rows else 0)


def _spread(column: list[Box], height: float) -> None:
    """Spread the boxes of a column over the height, and place what is in them."""
    gap = (height - sum(box.height for box in column)) / (len(column) + 1)
    y = gap
    for box in column:
        box.y = y
        inside = y + HEAD
        if not any(row.side == "down" for row in box.rows):
            inside = _place(box, inside)
        for inner in box.inner:
            inner.y = inside
            _place(inner, inside + HEAD - 4)
            inside += inner.height + 8
        for row in box.rows:
            if row.side == "down":
                row.x, row.y = box.x + box.width / 2, box.y + box.height - ROW / 2 - 2
        y += box.height + gap


def _place(box: Box, top: float) -> float:
    """Place the rows of a box, those to the left and those to the right each from the top; returns where they end."""
    ends = top
    for side in ("left", "right"):
        for number, row in enumerate(each for each in box.rows if each.side == side):
            row.x = box.x if side == "left" else box.x + box.width
            row.y = top + number * ROW + ROW / 2
            ends = max(ends, row.y + ROW / 2 + 6)
    return ends


def _path(box: Box, row: Row, target: Box) -> str:
    """A curve from a property to its target, which it meets at the near side, at the height of its name."""
    name = target.y + (HEAD - 4) / 2
    if row.side == "down":
        return f"M{row.x:.0f} {box.y + box.height:.0f}V{target.y - 1:.0f}"
    if box.column == target.column:
        out = row.x + (-34 if row.side == "left" else 34)
        return f"M{row.x:.0f} {row.y:.0f}C{out:.0f} {row.y:.0f} {out:.0f} {name:.0f} {row.x:.0f} {name:.0f}"
    end = target.x + target.width if row.side == "left" else target.x
    middle = (row.x + end) / 2
    return f"M{row.x:.0f} {row.y:.0f}C{middle:.0f} {row.y:.0f} {middle:.0f} {name:.0f} {end:.0f} {name:.0f}"
