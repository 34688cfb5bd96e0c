"""Nodes: credentials, occupations, organisations, titles; each made once, whatever names the tables print for it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from rdflib import PROV, RDF, SKOS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kg.graph.identity import choose_names, plain, short_name, stem, without_grade
from kg.graph.namespaces import CKG, ID, iri
from kg.graph.reasons import Wordings, read_wordings
from kg.graph.vocabulary import STATUSES

#: The concept scheme of each class of concepts made from the tables.
SCHEMES: dict[Node, URIRef] = {
    CKG.Credential: ID["scheme/credentials"],
    CKG.Occupation: ID["scheme/occupations"],
    CKG.WorkType: ID["scheme/occupations"],
    CKG.MajorCategory: ID["scheme/categories"],
    CKG.MajorGroup: ID["scheme/categories"],
    CKG.TitleSeries: ID["scheme/title-series"],
}


@dataclass
class Builder:
    """A graph while it is made: nodes by key, with the names met so far."""

    graph: Graph
    same: Mapping[str, str] = field(default_factory=dict)
    names: dict[URIRef, list[str]] = field(default_factory=dict)
    hidden: dict[URIRef, set[str]] = field(default_factory=dict)
    locations: dict[URIRef, URIRef] = field(default_factory=dict)
    wordings: Wordings = field(default_factory=read_wordings)

    def add(self, subject: Node, predicate: URIRef, *objects: Node | str | int | None) -> None:
        """Add triples; a text becomes a plain literal, a number an integer, empty text and None nothing."""
        for each in objects:
            if each is None or each == "":
                continue
            self.graph.add((subject, predicate, each if isinstance(each, Node) else Literal(each)))

    def named(self, node: URIRef, name: str, *types: URIRef) -> URIRef:
        """Note one more printed name of a node, and its types."""
        for each in types:
            self.add(node, RDF.type, each)
        self.names.setdefault(node, []).append(name)
        return node

    def credential(self, name: str, *types: URIRef, apart: str = "") -> URIRef:
        """The credential of that name; `apart`: what tells it from another of the same name (an issuer's abbreviation)."""
        key = stem(name)
        key = self.same.get(key, key)
        return self.named(iri("credential", key, apart), without_grade(name), CKG.Credential, *types)

    def occupation(self, name: str, code: str = "") -> URIRef:
        """The occupation of that name; with a code it belongs to the 2022 classification too, whose codes the documents print."""
        node = self.named(iri("occupation", plain(name)), name, CKG.Occupation)
        if code:
            self.add(node, SKOS.notation, code)
            self.add(node, SKOS.inScheme, ID["scheme/occupation-classification-2022"])
            self.add(node, SKOS.broader, ID[f"occupation-group/2022-{code[0]}"])
        return node

    def work_type(self, occupation: str, name: str) -> URIRef:
        """A work type (工种) of an occupation; its label carries the occupation, for the bare name says little."""
        parent = self.occupation(occupation)
        node = self.named(iri("work-type", plain(occupation), plain(name)), f"{occupation}（{name}）", CKG.WorkType)
        self.add(node, SKOS.broader, parent)
        return node

    def organization(self, name: str, *types: URIRef) -> URIRef:
        """The organisation of that name."""
        return self.named(iri("organization", plain(name)), name, *types)

    def fact(self, kind: URIRef, path: str, row: Mapping[str, str], place: str) -> URIRef:
        """A fact with its source: class, IRI below `id/`, the table row it comes from, and the place for a reader without the document's text file."""
        node = ID[path]
        if (node, RDF.type, None) in self.graph:
            node = ID[f"{path}-l{row['line']}"]
        self.add(node, RDF.type, kind)
        self.add(node, PROV.hadPrimarySource, self.location(row, place))
        return node

    def location(self, row: Mapping[str, str], place: str) -> URIRef:
        """The place in a document that a row was transcribed from."""
        digest = hashlib.sha256(f"{row['text']}|{place}|{row['status']}|{row['reason']}".encode()).hexdigest()[:8]
        node = ID[f"source/{row['document']}/l{row['line']}-{digest}"]
        self.add(node, RDF.type, CKG.SourceLocation)
        self.add(node, CKG.inDocument, ID[f"document/{row['document']}"])
        self.add(node, CKG.line, int(row["line"]))
        self.add(node, CKG.printedText, row["text"])
        self.add(node, CKG.place, Literal(place, lang="zh"))
        self.add(node, CKG.transcriptionStatus, STATUSES[row["status"]])
        if row["reason"]:
            self.add(node, CKG.statusReason, Literal(self.wordings.chinese(row["reason"]), lang="zh"), Literal(row["reason"], lang="en"))
        return node

    def write_labels(self) -> None:
        """Give every named node its preferred label and its other names."""
        for node, printed in self.names.items():
            names = choose_names(printed)
            for kind in set(self.graph.objects(node, RDF.type)) & SCHEMES.keys():
                self.add(node, SKOS.inScheme, SCHEMES[kind])
            self.add(node, SKOS.prefLabel, Literal(names.preferred, lang="zh"))
            short = {short_name(name) for name in printed} if (node, RDF.type, CKG.Credential) in self.graph else set()
            self.add(node, SKOS.altLabel, *(Literal(name, lang="zh") for name in sorted({*names.others, *short} - {names.preferred})))
        for node, printed_wrong in self.hidden.items():
            self.add(node, SKOS.hiddenLabel, *(Literal(name, lang="zh") for name in sorted(printed_wrong)))
        # SKOS keeps the three kinds of labels apart: what a node shows is not hidden too.
        for shown in (SKOS.prefLabel, SKOS.altLabel):
            for named, label in list(self.graph.subject_objects(SKOS.hiddenLabel)):
                if (named, shown, label) in self.graph:
                    self.graph.remove((named, SKOS.hiddenLabel, label))


def year(value: str) -> Literal:
    """A number of years or a year as a plain integer."""
    return Literal(int(value), datatype=XSD.integer)
