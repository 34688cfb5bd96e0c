"""Whether the ontology and a sample of the data are consistent in OWL 2 DL, by HermiT (a Java program that comes with owlready2)."""

import io
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import owlready2
import pyoxigraph
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kg.check.shapes import ONTOLOGY, CheckError, load
from kg.graph.namespaces import CKG

#: Facts of each class in the sample, and the memory that HermiT may use, in MB.
SAMPLE = 25
MEMORY = 1500
NO_JAVA = (
    "Java is not installed, so the consistency check was left out; "
    "install a Java runtime 8 or newer (Debian, Ubuntu: apt-get install default-jre-headless) and run it again"
)


class NoJavaError(CheckError):
    """There is no Java to run the reasoner; the message says what to install."""


@dataclass(frozen=True)
class Consistency:
    """What the reasoner found: whether a model exists, the classes that can have no member, and the facts that break the data (where they could be told)."""

    consistent: bool
    unsatisfiable: tuple[str, ...]
    culprits: tuple[str, ...]
    triples: int
    seconds: float


def read_ontology(folder: Path = ONTOLOGY) -> Graph:
    """The ontology with its vocabularies, without the imports (all are here).

    Args:
        folder: the folder with `certkg.ttl` and `vocabularies/`.
    """
    graph = Graph()
    for path in (folder / "certkg.ttl", *sorted((folder / "vocabularies").glob("*.ttl"))):
        graph.parse(path, format="turtle")
    graph.remove((None, OWL.imports, None))
    return graph


def facts(store: pyoxigraph.Store, ontology: Graph, per_class: int = SAMPLE) -> list[str]:
    """The first facts, in IRI order, of each class of facts.

    Args:
        store: the graph.
        ontology: the ontology, which knows the classes of facts.
        per_class: how many of each class.
    """
    chosen: set[str] = set()
    for kind in ontology.transitive_subjects(RDFS.subClassOf, CKG.Fact):
        if isinstance(kind, URIRef):
            found = store.quads_for_pattern(None, pyoxigraph.NamedNode(str(RDF.type)), pyoxigraph.NamedNode(kind))
            chosen.update(sorted(quad.subject.value for quad in found if isinstance(quad.subject, pyoxigraph.NamedNode))[:per_class])
    return sorted(chosen)


def sample(store: pyoxigraph.Store, nodes: Iterable[str]) -> Graph:
    """What the graph says of these nodes and, step by step, of the nodes they point to.

    Args:
        store: the graph.
        nodes: the nodes to start from.
    """
    lines: list[str] = []
    waiting, seen = list(nodes), set(nodes)
    while waiting:
        for quad in store.quads_for_pattern(pyoxigraph.NamedNode(waiting.pop()), None, None):
            lines.append(f"{quad.triple} .\n")
            target = quad.object
            # Classes and properties come with the ontology; only nodes of the data are followed.
            if isinstance(target, pyoxigraph.NamedNode) and "/certkg/id/" in target.value and target.value not in seen:
                seen.add(target.value)
                waiting.append(target.value)
    return Graph().parse(data="".join(lines), format="nt")


def reason(graph: Graph) -> tuple[bool, tuple[str, ...]]:
    """Whether the graph is consistent, and its unsatisfiable classes.

    Args:
        graph: ontology and data.

    Raises:
        NoJavaError: there is no Java.
        CheckError: the reasoner stopped for another reason.
    """
    if shutil.which(owlready2.JAVA_EXE) is None:
        raise NoJavaError(NO_JAVA)
    owlready2.reasoning.JAVA_MEMORY = MEMORY
    world = owlready2.World()
    # owlready2 cannot read Turtle.
    world.get_ontology("https://w3id.org/certkg/check").load(fileobj=io.BytesIO(graph.serialize(format="nt", encoding="utf-8")))
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
        return True, tuple(sorted(each.iri for each in world.inconsistent_classes() if each is not owlready2.Nothing))
    except owlready2.OwlReadyInconsistentOntologyError:
        return False, ()
    except owlready2.OwlReadyJavaError as error:
        lines = [line for line in str(error).splitlines() if line.strip() and not line.lstrip().startswith("at ")]
        raise CheckError(f"the reasoner stopped: {' '.join(lines[:4])}") from None
    finally:
        world.close()


def check(graph: Path | pyoxigraph.Store | Graph, folder: Path = ONTOLOGY, per_class: int = SAMPLE) -> Consistency:
    """Check the ontology with a sample of the data; where they disagree, find a fact that does.

    Args:
        graph: the data, as in `kg.check.shapes.validate`.
        folder: the folder of the ontology.
        per_class: how many facts of each class to take.

    Raises:
        NoJavaError: there is no Java.
        CheckError: the graph cannot be read, or the reasoner stopped.
    """
    start = time.perf_counter()
    store, ontology = load(graph), read_ontology(folder)
    nodes = facts(store, ontology, per_class)
    whole = ontology + sample(store, nodes)
    consistent, unsatisfiable = reason(whole)
    culprits = () if consistent else _culprits(store, ontology, nodes)
    return Consistency(consistent, unsatisfiable, culprits, len(whole), time.perf_counter() - start)


def _culprits(store: pyoxigraph.Store, ontology: Graph, nodes: list[str]) -> tuple[str, ...]:
    """One fact that contradicts the ontology, found by halving; none where the ontology contradicts itself or only several facts together do."""
    if not reason(ontology)[0]:
        return ()
    while len(nodes) > 1:
        halves = nodes[: len(nodes) // 2], nodes[len(nodes) // 2 :]
        bad = next((half for half in halves if not reason(ontology + sample(store, half))[0]), None)
        if bad is None:
            return ()
        nodes = bad
    return tuple(nodes)
