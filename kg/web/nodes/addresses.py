"""Where the pages of nodes are: in the browse tab, or under /id/… and /ontology."""

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode

from kg.graph.namespaces import CKG, ID

_ONTOLOGY = str(CKG).rstrip("#")
#: What may stand in a path as it is, beside letters and digits; Chinese is written as it is too, browsers encode it.
_SAFE = "/:@!$&'()*+,;=-._~"


class Addresses(Protocol):
    """Where links lead."""

    @property
    def attributes(self) -> str:
        """What stands in each link's tag beside the address."""

    def node(self, iri: str) -> str:
        """The page of a node; empty if it has none here."""

    def members(self, iri: str, property: str, kind: str, start: int) -> str:
        """A page of what points to a node by a property."""

    def search(self, **given: str) -> str:
        """A page of the browse tab."""


@dataclass(frozen=True)
class TabAddresses:
    """Pages in the browse tab; its script opens them without loading the page again."""

    attributes: str = ' data-browse="1"'

    def node(self, iri: str) -> str:
        """The page of a node."""
        return self.search(node=node_key(iri)) if _ours(iri) else ""

    def members(self, iri: str, property: str, kind: str, start: int) -> str:
        """A page of what points to a node by a property."""
        return self.search(node=node_key(iri), by=node_key(property), of=node_key(kind), start=str(start))

    def search(self, **given: str) -> str:
        """A page of the tab."""
        return "?" + urlencode([("tab", "browse"), *((name.rstrip("_"), value) for name, value in given.items() if value)], safe="/:")


@dataclass(frozen=True)
class PageAddresses:
    """Pages under /id/… and /ontology; lists that go on do so in the browse tab.

    Attributes:
        root: the path under which the application is published, without a slash at the end.
        language: what is asked for with `?lang=`; empty where the browser's own is.
    """

    root: str = ""
    language: str = ""
    attributes: str = ""

    def node(self, iri: str) -> str:
        """The page of a node."""
        asked = f"?lang={self.language}" if self.language else ""
        if iri.startswith(str(ID)):
            return f"{self.root}/id/{quote(iri.removeprefix(str(ID)), safe=_SAFE)}{asked}"
        if iri == _ONTOLOGY or iri.startswith(str(CKG)):
            return f"{self.root}/ontology{asked}{iri.removeprefix(_ONTOLOGY)}"
        return ""

    def members(self, iri: str, property: str, kind: str, start: int) -> str:
        """A page of what points to a node by a property, in the browse tab."""
        return f"{self.root}/{TabAddresses().members(iri, property, kind, start)}"

    def search(self, **given: str) -> str:
        """A page of the browse tab."""
        return f"{self.root}/{TabAddresses().search(**given)}"


def node_key(iri: str) -> str:
    """A node's IRI as addresses of the browse tab have it: without our namespace, or as ckg:Name."""
    if iri.startswith(str(ID)):
        return iri.removeprefix(str(ID))
    return f"ckg:{iri.removeprefix(str(CKG))}" if iri.startswith(str(CKG)) else iri


def full_iri(key: str) -> str:
    """The IRI that `node_key` made short."""
    if key.startswith("ckg:"):
        return str(CKG) + key.removeprefix("ckg:")
    return key if not key or key.startswith(("http://", "https://")) else str(ID) + key


def _ours(iri: str) -> bool:
    return iri.startswith((str(ID), _ONTOLOGY))
