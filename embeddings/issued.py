"""Certificates by who issues them: in IEEE会士, 会士（IEEE） and CISA by ISACA the issuer says which of several things of one name is meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embeddings.mention import after_issuer
from embeddings.names import Node
from embeddings.text import half_width

_BEFORE_ISSUER = re.compile(r"[ (,:/-]*(?:\b(?:of the|of|by the|by|from the|from)|由|来自)? *$")
#: The country of a foreign issuer is often not said.
_COUNTRY = re.compile("^(?:英国|美国|德国|法国|加拿大|新加坡|澳大利亚|澳洲|香港|国际)(?=.{4})")
_LETTER = re.compile("[a-z]")


@dataclass(frozen=True)
class Part:
    """An issuer named in a mention: its name as written, the nodes that it issues, and the rest of the mention (may be empty)."""

    issuer: str
    nodes: tuple[int, ...]
    rest: str


class Issued:
    """What each issuer of the graph issues, to be found by any name of the issuer at the beginning or at the end of a mention."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        """Collect the nodes of each issuer's names."""
        self._nodes: dict[str, list[int]] = {}
        for number, node in enumerate(nodes):
            for name in {half_width(name) for name in node.issuers}:
                for form in {name, _COUNTRY.sub("", name)}:
                    self._nodes.setdefault(form, []).append(number)
        self._first: dict[str, list[str]] = {}
        self._last: dict[str, list[str]] = {}
        for name in sorted(self._nodes, key=lambda name: (-len(name), name)):
            self._first.setdefault(name[:2], []).append(name)
            self._last.setdefault(name[-2:], []).append(name)

    def parts(self, text: str) -> Iterator[Part]:
        """The longest issuer's name at the beginning of a half-width text, and the longest one at its end."""
        text = text.strip(" ()")
        for name in self._first.get(text[:2], ()):
            rest = text[len(name) :]
            if text.startswith(name) and not (_LETTER.match(name[-1]) and _LETTER.match(rest)):
                yield Part(name, tuple(self._nodes[name]), after_issuer(rest))
                break
        for name in self._last.get(text[-2:], ()):
            rest = text.removesuffix(name)
            if rest and text.endswith(name) and not (_LETTER.match(name[0]) and _LETTER.match(rest[-1])):
                yield Part(name, tuple(self._nodes[name]), _BEFORE_ISSUER.sub("", rest).strip())
                break
