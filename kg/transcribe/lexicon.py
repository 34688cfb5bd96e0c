"""What names are known before the catalogue is read: the other tables teach where a damaged name begins and ends."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.transcribe.document import one_width
from kg.transcribe.parts import parse_entry
from kg.transcribe.record import Record

#: Which family of the catalogue the names of a table speak for, and the field that holds them.
TEACHERS: dict[str, tuple[str, str]] = {
    "onex": ("onex", "name"),
    "titles": ("title", "title"),
    "equivalences": ("practice", "qualification"),
    "qualifications": ("practice", "name"),
    "directory": ("skill", "occupation"),
    "series": ("skill", "occupation"),
    "offers": ("skill", "occupation"),
    "subsidy_directory": ("skill", "name"),
}
_SUFFIX = re.compile(r"(职业技能等级证书|职业技能等级标准证书|职业资格证书|资格证书|证书|证)$")


@dataclass(frozen=True)
class Lexicon:
    """Known names, without white space and certificate suffix, each with the families it speaks for."""

    families: Mapping[str, frozenset[str]]

    def knows(self, text: str) -> bool:
        """Whether the entry `text`, its level brackets and issuer put aside, is a known name."""
        return bool(self.families_of(text))

    def families_of(self, text: str) -> frozenset[str]:
        """The families that the name of the entry `text` speaks for; none where it is not known."""
        return self.families.get(_stem(parse_entry(text).name), frozenset())


def make_lexicon(tables: Mapping[str, Iterable[Record]]) -> Lexicon:
    """Collect the names of `tables` (table name to records)."""
    families: dict[str, set[str]] = {}
    for table, (family, field) in TEACHERS.items():
        for each in tables.get(table, ()):
            families.setdefault(_stem(each[field]), set()).add(family)
    families.pop("", None)
    return Lexicon({name: frozenset(found) for name, found in families.items()})


def _stem(name: str) -> str:
    """A name without white space, 1+X mark, certificate suffix and bracket width."""
    name = re.sub(r"^1\+[xX]", "", one_width(name))
    short = _SUFFIX.sub("", name)
    return short if len(short) > 1 else name
