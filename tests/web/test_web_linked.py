"""/id/…, /ontology, /vocabulary, /dataset, /download: pages and data, negotiation, caching, what is unknown."""

import csv
import gzip
import io
import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, VOID, URIRef

from kg.ask import Asker
from kg.building import _digests
from kg.tables import NAMES, describe
from kg.web.addresses import datasets, linked
from kg.web.desk import Desk
from kg.web.services import Services
from kg.web.settings import Settings
from kg.web.shelf import Shelf

ID = "https://w3id.org/certkg/id/"
CKG = "https://w3id.org/certkg/ontology#"
PROV = rdflib.PROV
FORMATS = {"ttl": "text/turtle", "nt": "application/n-triples", "rdf": "application/rdf+xml", "jsonld": "application/ld+json"}
PARSERS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}


def parsed(body: bytes, extension: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=body, format=PARSERS[extension])


@pytest.mark.parametrize("extension", FORMATS)
def test_a_node_is_the_same_data_by_suffix_and_by_accept(real: TestClient, extension: str) -> None:
    by_suffix = real.get(f"/id/credential/hcip.{extension}")
    by_accept = real.get("/id/credential/hcip", headers={"Accept": FORMATS[extension]})
    assert by_suffix.headers["content-type"].startswith(FORMATS[extension])
    assert by_accept.headers["content-location"] == f"/id/credential/hcip.{extension}"
    assert "Accept" in by_accept.headers["vary"]
    assert by_suffix.content == by_accept.content
    graph = parsed(by_suffix.content, extension)
    node = URIRef(ID + "credential/hcip")
    assert (node, rdflib.SKOS.prefLabel, rdflib.Literal("HCIP", lang="zh")) in graph
    facts = list(graph.subjects(URIRef(CKG + "recognizes"), node))
    assert facts
    sources = [graph.value(fact, PROV.hadPrimarySource) for fact in facts]
    assert all(source and graph.value(source, URIRef(CKG + "line")) for source in sources)
    assert graph.value(URIRef(ID + "category/7103"), rdflib.SKOS.prefLabel) is not None


def test_who_wants_most_gets_it(real: TestClient) -> None:
    def kind(accept: str) -> str:
        return real.get("/id/credential/hcip", headers={"Accept": accept}).headers["content-type"].partition(";")[0]

    assert kind("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8") == "text/html"
    assert kind("*/*") == "text/html"
    assert kind("text/turtle;q=0.5, application/ld+json;q=0.9") == "application/ld+json"
    assert kind("text/html;q=0, */*") == "text/turtle"
    refused = real.get("/id/credential/hcip", headers={"Accept": "image/png"})
    assert (refused.status_code, refused.headers["content-type"]) == (406, "application/problem+json")


def test_a_page_speaks_the_language_that_is_asked_for(real: TestClient) -> None:
    html = {"Accept": "text/html"}
    assert '<html lang="en">' in real.get("/id/tier/senior", headers={**html, "Accept-Language": "fr, en-GB;q=0.8, zh;q=0.2"}).text
    chinese = real.get("/id/tier/senior", headers={**html, "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.1"})
    assert '<html lang="zh-Hans">' in chinese.text
    assert chinese.headers["content-language"] == "zh-Hans"
    english = real.get("/id/tier/senior?lang=en", headers={**html, "Accept-Language": "zh"})
    assert ">senior<" in english.text
    assert "?lang=en" in english.text
    assert "/?tab=browse&amp;node=tier/senior" in english.text
    assert 'type="text/turtle" href="/id/tier/senior.ttl"' in english.text


def test_a_client_that_has_it_is_told_so(real: TestClient) -> None:
    for path, headers in (("/id/credential/hcip", {"Accept": "text/html"}), ("/id/credential/hcip.ttl", {}), ("/dataset.ttl", {}), ("/download/certkg.nt", {})):
        first = real.get(path, headers=headers)
        tag, changed = first.headers["etag"], first.headers["last-modified"]
        assert real.get(path, headers={**headers, "If-None-Match": tag}).status_code == 304
        assert real.get(path, headers={**headers, "If-None-Match": f'"other", W/{tag}'}).status_code == 304
        assert real.get(path, headers={**headers, "If-None-Match": '"other"', "If-Modified-Since": changed}).status_code == 200
        assert real.get(path, headers={**headers, "If-Modified-Since": changed}).status_code == 304
        assert real.get(path, headers={**headers, "If-Modified-Since": "yesterday"}).status_code == 200


def test_head_and_options_are_answered_and_any_page_may_read(real: TestClient) -> None:
    head = real.head("/id/credential/hcip.ttl")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["access-control-allow-origin"] == "*"
    options = real.options("/id/credential/hcip")
    assert "HEAD" in options.headers["allow"]
    assert real.post("/id/credential/hcip").status_code == 405


@pytest.mark.parametrize(
    "path", ["/id/nothing", "/id/", "/id/credential/hcip.exe", "/id/nothing.ttl", "/ontology/9", "/vocabulary/nothing", "/vocabulary/%2e%2e/certkg"]
)
def test_what_is_unknown_is_404_with_the_reason(real: TestClient, path: str) -> None:
    program = real.get(path)
    assert (program.status_code, program.headers["content-type"]) == (404, "application/problem+json")
    person = real.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    assert person.status_code == 404
    assert person.headers["content-type"].startswith("text/html")


def test_markup_in_an_address_is_text(real: TestClient) -> None:
    page = real.get("/id/" + quote("<script>alert(1)</script>"), headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;" in page.text


def test_the_ontology_is_a_page_with_every_term_and_the_whole_file_as_data(real: TestClient) -> None:
    page = real.get("/ontology", headers={"Accept": "text/html"}).text
    for term in ("Recognition", "forCategory", "hadPrimarySource")[:2]:
        assert f'<section id="{term}">' in page
    graph = parsed(real.get("/ontology.ttl").content, "ttl")
    assert (URIRef(CKG + "Recognition"), RDF.type, rdflib.OWL.Class) in graph
    assert any(isinstance(node, rdflib.BNode) for node in graph.subjects()), "the axioms that the graph leaves out"
    version = graph.value(URIRef(CKG.rstrip("#")), rdflib.OWL.versionIRI)
    assert real.get(str(version).removeprefix("https://w3id.org/certkg"), headers={"Accept": "text/turtle"}).status_code == 200
    for imported in graph.objects(None, rdflib.OWL.imports):
        found = real.get(str(imported).removeprefix("https://w3id.org/certkg"), headers={"Accept": "application/rdf+xml"})
        assert len(parsed(found.content, "rdf")) > 0


def test_a_node_with_very_much_pointing_to_it_says_that_it_is_cut(real: TestClient) -> None:
    found = real.get("/id/tier/intermediate.nt")
    assert found.status_code == 200
    assert "cut" in "".join(found.headers)
    assert 'rel="collection"' in found.headers["link"]
    assert "x-certkg-cut" not in real.get("/id/credential/hcip.nt").headers


def test_the_dataset_is_described_with_what_is_counted(real: TestClient) -> None:
    graph = parsed(real.get("/.well-known/void").content, "ttl")
    assert graph.isomorphic(parsed(real.get("/dataset.ttl").content, "ttl"))
    node = URIRef(ID + "dataset/certkg")
    assert {rdflib.DCAT.Dataset, VOID.Dataset} <= set(graph.objects(node, RDF.type))
    whole = gzip.decompress(real.get("/download/certkg.nt.gz").content).decode().splitlines()
    assert int(str(graph.value(node, VOID.triples))) == len(whole)
    assert int(str(graph.value(node, VOID.distinctSubjects))) == len({line.partition(" ")[0] for line in whole})
    counted = {str(graph.value(part, VOID["class"])): int(str(graph.value(part, VOID.entities))) for part in graph.objects(node, VOID.classPartition)}
    assert counted[CKG + "Recognition"] == sum(f"#type> <{CKG}Recognition>" in line for line in whole)
    for file in graph.objects(node, rdflib.DCAT.distribution):
        assert real.head(str(file).removeprefix("http://testserver")).status_code == 200, file
    page = real.get("/dataset", headers={"Accept": "text/html"}).text
    assert f"{len(whole):,}" in page
    assert real.get("/dataset.exe").status_code == 404


def test_every_format_of_the_whole_graph_has_the_same_size(real: TestClient) -> None:
    jsonld = real.get("/download/certkg.jsonld")
    assert {"credential/hcip", "category/7102"} <= {each["@id"].removeprefix(ID) for each in jsonld.json()}
    turtle = real.get("/download/certkg.ttl", headers={"Accept-Encoding": "gzip"})
    assert turtle.headers["content-encoding"] == "gzip"
    plain = real.get("/download/certkg.ttl", headers={"Accept-Encoding": "identity"})
    assert plain.content == turtle.content
    part = real.get("/download/certkg.ttl", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, plain.content[:10])
    assert real.get("/download/certkg.rdf").content.startswith(b"<?xml")


def test_every_table_is_a_file_with_its_schema(real: TestClient) -> None:
    package = real.get("/download/tables/datapackage.json").json()
    assert [each["name"] for each in package["resources"]] == list(NAMES)
    for each in package["resources"]:
        found = real.get(f"/download/tables/{each['path']}")
        head = next(csv.reader(io.StringIO(found.text)))
        assert head == [field["name"] for field in each["schema"]["fields"]], each["name"]
    assert package["resources"][0]["title"] == describe()["catalogue"].title
    for unknown in ("x.csv", "..%2f..%2fcertkg.nt", "recognitions.csv.gz.gz", "certkg.nt"):
        assert real.get(f"/download/tables/{unknown}").status_code == 404, unknown


def test_files_that_are_made_keep_the_build_sealed(tmp_path: Path) -> None:
    (tmp_path / "certkg.nt").write_text("<a:a> <a:b> <a:c> .\n")
    sealed = _digests(tmp_path)
    shelf = Shelf(tmp_path)

    def written(aside: Path) -> None:
        aside.write_text("1")

    def broken(aside: Path) -> None:
        aside.write_text("half")
        raise ValueError("no")

    path = shelf.get("one.txt", written)
    assert path.read_text() == "1"
    assert shelf.get("one.txt", broken) == path
    with pytest.raises(ValueError, match="no"):
        shelf.get("two.txt", broken)
    assert sorted(each.name for each in tmp_path.iterdir()) == [".one.txt", "certkg.nt"]
    assert _digests(tmp_path) == sealed


ACCEPTS = ["", "*/*", "text/html", "text/turtle;q=x", "application/ld+json", ",;q=,", "text/*;q=0.1"]


@settings(max_examples=80, deadline=None)
@given(
    path=st.text(max_size=40),
    accept=st.sampled_from(ACCEPTS) | st.text("ab/*;q=.,10 ", max_size=30),
    language=st.text("zhen-;q=.,*01 ", max_size=20),
    base=st.sampled_from(["/id/", "/ontology", "/vocabulary/", "/download/", "/download/tables/", "/dataset."]),
)
def test_nothing_asked_for_is_a_fault_of_the_server(real: TestClient, path: str, accept: str, language: str, base: str) -> None:
    found = real.get(base + quote(path, errors="replace"), headers={"Accept": accept, "Accept-Language": language})
    assert found.status_code < 500
    if found.status_code >= 400 and found.headers["content-type"].endswith("json"):
        assert "Traceback" not in json.dumps(found.json())


def test_behind_a_proxy_links_have_the_path_under_which_it_publishes(asker: Asker, build: Path) -> None:
    services = Services(asker, Desk(asker), Settings(root_path="/certkg"), {}, build)
    app = FastAPI(root_path="/certkg")
    app.include_router(linked.router(services))
    app.include_router(datasets.router(services))
    client = TestClient(app)
    assert client.get("/id/credential/hcip", headers={"Accept": "text/turtle"}).headers["content-location"] == "/certkg/id/credential/hcip.ttl"
    page = client.get("/id/credential/hcip", headers={"Accept": "text/html"}).text
    assert 'href="/certkg/id/category/7103"' in page
    assert not re.findall(r'href="/(?!certkg/)', page)
    assert not re.findall(r'href="/(?!certkg/)', client.get("/dataset", headers={"Accept": "text/html"}).text)
    assert "<http://testserver/certkg/download/certkg.ttl>" in client.get("/dataset.ttl").text
