"""Validation of a graph against the SHACL shapes in `ontology/shapes/`, with constraints in SPARQL run by Oxigraph."""

import re
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import pyshacl
from pyshacl.graph_abstraction import OxigraphDataGraph
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.namespaces import CKG, PREFIXES

ONTOLOGY = Path(__file__).parents[2] / "ontology"
SHAPES = ONTOLOGY / "shapes"
#: Formats of a graph file by its suffix; Protégé writes RDF/XML or Turtle, and may name either .owl.
FORMATS = {
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
    ".xml": pyoxigraph.RdfFormat.RDF_XML,
    ".owl": pyoxigraph.RdfFormat.RDF_XML,
}
_ORDER = {"violation": 0, "warning": 1, "info": 2}
_THIS_ONTOLOGY = pyoxigraph.NamedNode(str(CKG).rstrip("#"))


class _Data(OxigraphDataGraph):  # type: ignore[misc]
    """pySHACL's view of an Oxigraph store; it asks for the truth of the graph at each finding, which without this counts every triple (0.3 s a finding)."""

    def __bool__(self) -> bool:
        return True


class CheckError(ValueError):
    """A graph or a folder of shapes cannot be read; the message names the file, the line where known, and the reason."""


@dataclass(frozen=True)
class Finding:
    """One thing that a shape found: where, how grave, and what to do, in Chinese and English."""

    node: str
    path: str
    value: str
    severity: str
    message_zh: str
    message_en: str
    shape: str
    line: int | None = None


@dataclass(frozen=True)
class Report:
    """What validation found, gravest first."""

    findings: tuple[Finding, ...]
    shapes: int
    triples: int

    @property
    def conforms(self) -> bool:
        """Whether no finding is a violation."""
        return not any(each.severity == "violation" for each in self.findings)


def validate(graph: Path | pyoxigraph.Store | Graph, shapes: Path | Graph = SHAPES) -> Report:
    """Check a graph against all shapes of a folder.

    Args:
        graph: a file (N-Triples, Turtle, RDF/XML), an rdflib graph, or an Oxigraph store, which is only read. To a file or an rdflib graph without the
            ontology the project's own is added.
        shapes: the folder with the shapes, one Turtle file a topic, or the shapes read before.

    Raises:
        CheckError: the graph or the shapes cannot be read.
    """
    store = load(graph)
    if isinstance(shapes, Path):
        shapes = read_shapes(shapes)
    triples = len(store)
    _, results, text = pyshacl.validate(_Data(store), shacl_graph=shapes, inference="none", inplace=True, allow_warnings=True)
    if not isinstance(results, Graph):
        raise CheckError(f"the shapes could not be run: {text}")
    findings = [_finding(results, shapes, each) for each in results.subjects(RDF.type, SH.ValidationResult)]
    if isinstance(graph, Path):
        findings = _with_lines(findings, graph)
    findings.sort(key=lambda each: (_ORDER[each.severity], each.shape, each.node, each.path, each.value))
    count = len(set(shapes.subjects(RDF.type, SH.NodeShape)) | set(shapes.subjects(RDF.type, SH.PropertyShape)))
    return Report(tuple(findings), count, triples)


def read_shapes(folder: Path = SHAPES) -> Graph:
    """The shapes of a folder in one graph.

    Raises:
        CheckError: there are none, or a file is not Turtle.
    """
    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        raise CheckError(f"{folder}: no shapes (*.ttl) here; restore the folder or name another")
    shapes = Graph()
    for path in paths:
        try:
            shapes.parse(path, format="turtle")
        except Exception as error:  # rdflib's parsers raise many kinds
            raise CheckError(f"{path}: not Turtle: {error}") from None
    return shapes


def load(graph: Path | pyoxigraph.Store | Graph) -> pyoxigraph.Store:
    """The graph as an Oxigraph store; to a file or an rdflib graph that comes without the ontology the project's own is added.

    Raises:
        CheckError: the file is missing, of an unknown format, or faulty.
    """
    if isinstance(graph, pyoxigraph.Store):
        return graph
    store = pyoxigraph.Store()
    if isinstance(graph, Graph):
        store.bulk_load(graph.serialize(format="nt", encoding="utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    else:
        _load_file(store, graph)
    if not any(store.quads_for_pattern(_THIS_ONTOLOGY, None, None)):
        for path in (ONTOLOGY / "certkg.ttl", *sorted((ONTOLOGY / "vocabularies").glob("*.ttl"))):
            _load_file(store, path)
    return store


def _load_file(store: pyoxigraph.Store, path: Path) -> None:
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise CheckError(f"{path}: unknown format; use {', '.join(FORMATS)}")
    try:
        if path.suffix.lower() == ".owl" and not path.read_bytes().lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
            kind = pyoxigraph.RdfFormat.TURTLE
        store.bulk_load(path=str(path), format=kind)
    except OSError as error:
        raise CheckError(f"{path}: cannot be read: {error.strerror or error}") from None
    except SyntaxError as error:
        line = f"line {error.lineno}: " if error.lineno else ""
        raise CheckError(f"{path}: {line}not {kind.name}: {error.msg}") from None


def _finding(results: Graph, shapes: Graph, result: Node) -> Finding:
    def text(predicate: URIRef) -> str:
        value = results.value(result, predicate)
        return "" if value is None or isinstance(value, BNode) else str(value)

    node, path, value = text(SH.focusNode), text(SH.resultPath), text(SH.value)
    # A constraint on the whole graph has the ontology as its focus and names the node at fault as its value.
    if node == _THIS_ONTOLOGY.value and value:
        node, value = value, ""
    # pySHACL drops the language of a message of a constraint in SPARQL: it is taken from the shapes.
    constraint = results.value(result, SH.sourceConstraint)
    stated = shapes.objects(constraint, SH.message) if constraint is not None else results.objects(result, SH.resultMessage)
    messages = {each.language: str(each).replace("{?value}", short(node)).replace("{?path}", short(path)) for each in stated if isinstance(each, Literal)}
    fallback = next(iter(messages.values()), "")
    severity = text(SH.resultSeverity).rpartition("#")[2].lower()
    return Finding(node, path, value, severity, messages.get("zh", fallback), messages.get("en", fallback), text(SH.sourceShape).rpartition("#")[2])


def short(iri: str) -> str:
    """An IRI as people read it: with its prefix."""
    return next((f"{prefix}:{iri.removeprefix(space)}" for prefix, space in PREFIXES.items() if iri.startswith(space)), iri)


def _with_lines(findings: list[Finding], path: Path) -> list[Finding]:
    """The findings with the line of the data file where the node's property, or else the node, is written."""
    if not findings:
        return findings
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    places = _places(lines, {each.node for each in findings} | {each.path for each in findings if each.path})
    return [Finding(**{**vars(each), "line": _line(each, lines, places)}) for each in findings]


def _places(lines: list[str], iris: set[str]) -> dict[str, list[int]]:
    """Each IRI → the indexes of the lines that write it, in full, with a prefix of the file, or as an XML attribute."""
    prefixes = dict(PREFIXES)
    for line in lines[:200]:
        for prefix, space in re.findall(r"(?:@prefix\s+|PREFIX\s+|xmlns:)([\w-]*)\s*[:=]\s*[<\"]([^>\"]+)[>\"]", line):
            prefixes[prefix] = space
    spellings: dict[str, str] = {}
    for iri in iris:
        spellings[iri] = iri
        for prefix, space in prefixes.items():
            if iri.startswith(space) and len(iri) > len(space):
                spellings[f"{prefix}:{iri.removeprefix(space)}"] = iri
    places: dict[str, list[int]] = {iri: [] for iri in iris}
    for index, line in enumerate(lines):
        for token in re.split(r"[<>\"\s;,/]*[<>\"\s;,]+/?", line):
            if token in spellings:
                places[spellings[token]].append(index)
    return places


def _line(finding: Finding, lines: list[str], places: dict[str, list[int]]) -> int | None:
    """The 1-based line of the finding: where the node is the subject (first token), its property from there on, before the next subject."""
    nodes = places.get(finding.node, [])
    if not nodes:
        return None
    paths = set(places.get(finding.path, []))
    both = [index for index in nodes if index in paths]
    if both:
        return both[0] + 1
    subjects = [index for index in nodes if not lines[index][:1].isspace() or "rdf:about" in lines[index]] or nodes
    start = subjects[0]
    for index in range(start, len(lines)):
        if index in paths:
            return index + 1
        if re.search(r"\.\s*$|</rdf:Description>|</owl:NamedIndividual>", lines[index]) or not lines[index].strip():
            break
    return start + 1
