"""Content negotiation (RFC 9110, section 12.5.1): which of the media types that are offered a client wants."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TYPE = re.compile(r"(\*/\*|[\w!#$&^.+-]+/(?:\*|[\w!#$&^.+-]+))\s*((?:;.*)?)", re.DOTALL)
_QUALITY = re.compile(r";\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)", re.IGNORECASE)
_ANY_QUALITY = re.compile(r";\s*q\s*=", re.IGNORECASE)
# A comma or semicolon in quotes is part of a parameter's value, and no value matters here.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True)
class _Range:
    """One media range of an Accept header."""

    type: str
    quality: float

    def precision(self, offer: str) -> int:
        """How exactly it names a media type: 3 the type itself, 2 its family, 1 anything, 0 another."""
        if self.type == offer:
            return 3
        if self.type.endswith("/*") and offer.startswith(self.type[:-1]):
            return 2
        return int(self.type == "*/*")


def wanted(accept: str | None, offers: Sequence[str]) -> list[str]:
    """The offers that an Accept header allows, the most wanted first; equally wanted ones in the order in which they are offered.

    Args:
        accept: the header's value; None or an empty one allows everything. Parts that cannot be read are passed over.
        offers: media types without parameters, in lower case, the server's favourite first.

    Returns:
        The acceptable ones; empty if there are none: that is 406, with `offers` in the reason.
    """
    if not accept or not accept.strip():
        return list(offers)
    ranges = [each for part in _QUOTED.sub("", accept).split(",") if (each := _range(part))]
    # The most exact range decides, so that `text/turtle;q=0, */*` is anything but Turtle.
    quality = {offer: max(((r.precision(offer), r.quality) for r in ranges if r.precision(offer)), default=(0, 0.0))[1] for offer in offers}
    return sorted((offer for offer in offers if quality[offer] > 0), key=lambda offer: -quality[offer])


def _range(part: str) -> _Range | None:
    """Read one part of the header."""
    match = _TYPE.fullmatch(part.strip())
    if not match:
        return None
    quality = _QUALITY.search(match[2])
    if not quality and _ANY_QUALITY.search(match[2]):
        return None
    return _Range(match[1].lower(), float(quality[1]) if quality else 1.0)
