"""The picture of a node's neighbourhood: SVG made on the server, whose nodes are links; its text alternative is the page's lists."""

import unicodedata
from dataclasses import dataclass
from html import escape

from kg.describe import Description, Neighbour
from kg.web.labels import labels
from kg.web.nodes.addresses import Addresses

#: Size of a box with two lines of text, and room between boxes.
HEIGHT, GAP = 44, 8
#: Size of the letters, and room at a box's sides.
LETTER, ROOM = 13, 10


@dataclass(frozen=True)
class _Box:
    """A rectangle."""

    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + HEIGHT / 2


def pictures(found: Description, where: Addresses, language: str) -> str:
    """The neighbourhood, drawn for wide and for narrow screens; the style shows one of the two.

    Args:
        found: the node.
        where: where its neighbours' pages are.
        language: of the interface.

    Returns:
        HTML; nothing for a node without neighbours.
    """
    if not found.neighbours:
        return ""
    words = labels(language)
    more = f'<p class="note">{escape(words["browse_more_neighbours"])}</p>' if found.more_neighbours else ""
    return (
        f'<section class="picture"><h3>{escape(words["browse_picture"])}</h3><div class="wide">{_wide(found, where, language)}</div>'
        f'<div class="narrow">{_narrow(found, where, language)}</div>{more}</section>'
    )


def _wide(found: Description, where: Addresses, language: str) -> str:
    """The node in the middle, its neighbours in two columns."""
    count = len(found.neighbours)
    rows = (count + 1) // 2
    height = rows * (HEIGHT + GAP) + GAP
    centre = _Box(325, height / 2 - HEIGHT / 2, 210)
    drawn = []
    for number, each in enumerate(found.neighbours):
        left, row = number % 2 == 0, number // 2
        alone = count % 2 and row == rows - 1
        y = row * (HEIGHT + GAP) + GAP + (0 if not alone or left else (HEIGHT + GAP) / 2)
        box = _Box(2 if left else 598, y, 260)
        start, end = (centre.x, box.x + box.width) if left else (centre.x + centre.width, box.x)
        half = (start + end) / 2
        line = f"M{start:g} {centre.middle:g}C{half:g} {centre.middle:g} {half:g} {box.middle:g} {end:g} {box.middle:g}"
        drawn.append((line, _node(each, box, where, language)))
    return _svg(860, height, drawn, _centre(found, centre, language), language)


def _narrow(found: Description, where: Addresses, language: str) -> str:
    """The node above, its neighbours below it on a trunk."""
    centre = _Box(2, GAP, 326)
    drawn = []
    for number, each in enumerate(found.neighbours, 1):
        box = _Box(40, GAP + number * (HEIGHT + GAP), 288)
        drawn.append((f"M20 {centre.y + HEIGHT:g}V{box.middle:g}H{box.x:g}", _node(each, box, where, language)))
    return _svg(330, (len(drawn) + 1) * (HEIGHT + GAP) + GAP, drawn, _centre(found, centre, language), language)


def _svg(width: float, height: float, drawn: list[tuple[str, str]], centre: str, language: str) -> str:
    edges = "".join(f'<path class="edge" d="{line}"/>' for line, _ in drawn)
    about = escape(labels(language)["browse_picture_about"])
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" role="group" aria-label="{about}"><g aria-hidden="true">{edges}{centre}</g>'
        f"{''.join(node for _, node in drawn)}</svg>"
    )


def _centre(found: Description, box: _Box, language: str) -> str:
    kind = found.types[0].name.best(language)[0] if found.types else ""
    return f'<g class="centre">{_drawn(box, found.name.best(language)[0], kind)}</g>'


def _node(each: Neighbour, box: _Box, where: Addresses, language: str) -> str:
    """A neighbour's box as a link."""
    name = each.thing.name.best(language)[0]
    edge = each.edge.best(language)[0] + (f" × {each.count}" if each.count > 1 else "")
    address = where.node(each.thing.iri)
    inner = f"<title>{escape(name)} ({escape(edge)})</title>{_drawn(box, name, edge)}"
    return f'<a href="{escape(address)}"{where.attributes} aria-label="{escape(name)} ({escape(edge)})">{inner}</a>'


def _drawn(box: _Box, name: str, about: str) -> str:
    room = (box.width - 2 * ROOM) / LETTER
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{HEIGHT}" rx="9"/>'
        f'<text x="{box.x + ROOM:g}" y="{box.y + 19:g}">{escape(_cut(name, room))}</text>'
        f'<text class="about" x="{box.x + ROOM:g}" y="{box.y + 35:g}">{escape(_cut(about, room * 1.15))}</text>'
    )


def _cut(text: str, room: float) -> str:
    """As much of a text as fits, in letters of full width."""
    used = 0.0
    for at, char in enumerate(text):
        used += 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.58
        if used > room - 1 and at < len(text) - 1:
            return text[:at] + "…"
    return text
