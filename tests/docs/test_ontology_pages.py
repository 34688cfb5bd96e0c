"""The ontology's pages: current with the ontology, whole, safe and readable without a server."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef

from kg.docs import LANGUAGES, OUT, PAGES, file_name, write_pages
from kg.docs.constraints import SHAPE, Shapes
from kg.docs.diagram import draw
from kg.docs.vocabulary import Vocabulary
from kg.graph.build import ONTOLOGY
from kg.graph.namespaces import CKG, ID

NOWHERE = Path("/nowhere/certkg.nt")
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
VOID = {"meta", "link", "br"}
#: What a browser fetches on its own.
LOADS = {"src", "srcset", "data", "poster", "background", "action", "xlink:href"}


@dataclass
class Page(HTMLParser):
    """A page as tests ask about it."""

    text: str
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    nameless: list[str] = field(default_factory=list)
    open_tags: list[str] = field(default_factory=list)
    language: str | None = None

    def __post_init__(self) -> None:
        """Read it."""
        super().__init__(convert_charrefs=True)
        self.feed(self.text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what counts."""
        values = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag not in VOID:
            self.open_tags.append(tag)
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "html":
            self.language = values.get("lang")
        if tag == "a" or (tag == "link" and values.get("rel") == "alternate"):
            self.links.append(values["href"])
        elif "href" in values:
            self.loaded.append(values["href"])
        self.loaded += [values[name] for name in LOADS & values.keys()]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("nav", "svg") and "aria-label" not in values:
            self.nameless.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """SVG closes its shapes at once."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Every tag closes the one that was opened last."""
        assert self.open_tags.pop() == tag


def read(folder: Path) -> dict[str, Page]:
    """All pages of a folder by file name."""
    return {name: Page((folder / name).read_text(encoding="utf-8")) for page in PAGES for name in [file_name(page, language) for language in LANGUAGES]}


@pytest.fixture(scope="module")
def committed() -> dict[str, Page]:
    """The pages of the project."""
    return read(OUT)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages made from today's ontology without a graph."""
    out = tmp_path_factory.mktemp("pages") / "made"
    write_pages(out, graph=NOWHERE)
    return out


def terms(*kinds: URIRef) -> set[str]:
    graph = Graph().parse(ONTOLOGY / "certkg.ttl")
    return {iri.removeprefix(CKG) for kind in kinds for iri in graph.subjects(RDF.type, kind) if isinstance(iri, URIRef) and iri.startswith(CKG)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_concept_and_shape_has_its_anchor(committed: dict[str, Page], language: str) -> None:
    classes, properties = terms(OWL.Class), terms(OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    vocabularies, shapes = Graph(), Graph()
    for path in (ONTOLOGY / "vocabularies").glob("*.ttl"):
        vocabularies.parse(path)
    for path in (ONTOLOGY / "shapes").glob("*.ttl"):
        shapes.parse(path)
    concepts = {iri.removeprefix(ID) for kind in (SKOS.Concept, SKOS.ConceptScheme) for iri in vocabularies.subjects(RDF.type, kind) if isinstance(iri, URIRef)}
    rules = {str(iri).removeprefix(SHAPE) for kind in (SH.NodeShape, SH.PropertyShape) for iri in shapes.subjects(RDF.type, kind)}
    assert len(classes) > 50
    assert len(properties) > 80
    for page, wanted in (("classes", classes), ("properties", properties), ("index", classes | properties), ("schemes", concepts), ("shapes", rules)):
        missing = wanted - set(committed[file_name(page, language)].ids)
        assert not missing, f"{file_name(page, language)} has no anchor for {sorted(missing)}: run `make docs`"


def test_the_structure_is_that_of_the_ontology_of_today(committed: dict[str, Page], bare: Path) -> None:
    for name, page in read(bare).items():
        if not name.startswith("examples"):
            assert page.ids == committed[name].ids, f"{name} is not current: run `make docs`"
        if not name.startswith(("classes", "examples")):
            assert page.headings == committed[name].headings, f"{name} is not current: run `make docs`"


def test_every_definition_and_message_is_on_the_pages(committed: dict[str, Page]) -> None:
    vocabulary = Vocabulary(ONTOLOGY)
    shapes = Shapes(ONTOLOGY / "shapes", vocabulary)
    for language in LANGUAGES:
        described = "".join(committed[file_name(page, language)].text for page in ("classes", "properties"))
        for term in (*vocabulary.classes, *vocabulary.properties):
            assert _escaped(term.definition[language]) in described, f"the definition of {term.anchor} is not current: run `make docs`"
        ruled = committed[file_name("shapes", language)].text
        for constraint in (each for shape in shapes.all for each in (*shape.properties, *shape.rules)):
            for part in re.split(r"\{\?\w+\}", constraint.message.get(language, "")):
                assert _escaped(part) in ruled, f"the message of {constraint.anchor} is not current: run `make docs`"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;").replace("'", "&#39;")


def test_nothing_is_loaded_from_elsewhere(committed: dict[str, Page]) -> None:
    for name, page in committed.items():
        assert set(page.loaded) == {"data:,"}, name
        assert not {"iframe", "img", "object", "embed", "video", "audio", "form", "base"} & set(page.tags)
        assert not re.search(r"@import|@font-face", page.text), name
        assert set(re.findall(r"url\(([^)]*)\)", page.text)) <= {"#arrow"}, name
        assert not re.search(r"\b(fetch|import|XMLHttpRequest|WebSocket)\s*\(", page.text), name


def test_links_within_the_pages_lead_somewhere(committed: dict[str, Page]) -> None:
    for name, page in committed.items():
        for link in page.links:
            if not link.startswith(("http://", "https://")):
                file, _, anchor = link.partition("#")
                target = committed.get(file or name)
                assert target, f"{name}: {link}"
                assert not anchor or anchor in target.ids, f"{name}: {link}"


def test_both_languages_have_the_same_anchors(committed: dict[str, Page]) -> None:
    for page in PAGES:
        english, chinese = (committed[file_name(page, language)] for language in LANGUAGES)
        assert english.ids == chinese.ids
        assert (english.language, chinese.language) == ("en", "zh-Hans")


def test_pages_are_well_formed_and_have_landmarks(committed: dict[str, Page]) -> None:
    for name, page in committed.items():
        assert not page.open_tags, name
        assert len(page.ids) == len(set(page.ids)), name
        assert not [each for each in page.ids if re.search(r"\s", each)], name
        assert not page.nameless, name
        assert [page.tags.count(tag) for tag in ("h1", "main", "header", "footer", "nav")] == [1, 1, 1, 1, 2], name
        assert page.headings[0] == 1
        assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False)), name


def test_pages_are_small() -> None:
    assert sum(path.stat().st_size for path in OUT.iterdir()) < 1_500_000


def test_without_a_graph_the_pages_say_so(bare: Path, committed: dict[str, Page]) -> None:
    for name, page in read(bare).items():
        if name.startswith(("classes", "examples")):
            assert 'class="note"' in page.text
            assert 'class="note"' not in committed[name].text
            assert "build/certkg.nt" in page.text


def test_the_examples_go_down_to_the_line(committed: dict[str, Page]) -> None:
    for language in LANGUAGES:
        page = committed[file_name("examples", language)]
        assert {"hcip", "cpa", "association-130", "nantong-c", "category/7102", "association-listing/annex-4-130", "credential/注册会计师"} <= set(page.ids)
        assert "HCIP-datacom(中级认证)" in page.text
        assert page.text.count('class="source"') >= 6


def test_all_text_is_escaped(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ONTOLOGY, folder)
    evil = Literal('<script>alert("x")</script>&', lang="en")
    graph = Graph().parse(folder / "certkg.ttl")
    for property_ in (RDFS.label, SKOS.definition):
        graph.remove((CKG.Recognition, property_, None))
        graph.add((CKG.Recognition, property_, evil))
    graph.serialize(folder / "certkg.ttl", format="turtle")
    node = "<https://w3id.org/certkg/id/tier/junior>"
    data = tmp_path / "graph.nt"
    data.write_text(
        f"{node} <{RDF.type}> <{CKG.Tier}> .\n{node} <{SKOS.prefLabel}> {evil.n3()} .\n{node} <{CKG.printedText}> {evil.n3()} .\n", encoding="utf-8"
    )
    write_pages(tmp_path / "out", folder, data)
    for name, page in read(tmp_path / "out").items():
        assert page.tags.count("script") == 1, name
        assert "<script>alert" not in page.text, name
    assert "&lt;script&gt;alert" in (tmp_path / "out" / "classes.html").read_text(encoding="utf-8")


def test_the_same_input_gives_the_same_pages(bare: Path, tmp_path: Path) -> None:
    for path in write_pages(tmp_path, graph=NOWHERE):
        assert path.read_bytes() == (bare / path.name).read_bytes()


def test_the_diagram_follows_the_ontology() -> None:
    vocabulary = Vocabulary(ONTOLOGY)
    diagram = draw(vocabulary, Shapes(ONTOLOGY / "shapes", vocabulary))
    boxes = {box.iri.removeprefix(CKG): box for outer in diagram.boxes for box in (outer, *outer.inner)}
    rows = {(name, row.property.rpartition("#")[2], target.removeprefix(CKG)) for name, box in boxes.items() for row in box.rows for target in row.targets}
    assert {
        ("Recognition", "recognizes", "Credential"),
        ("Recognition", "atTier", "Tier"),
        ("Equivalence", "qualification", "PracticeQualification"),
        ("Pathway", "toLevel", "TitleLevel"),
        ("Fact", "hadPrimarySource", "SourceLocation"),
        ("SourceLocation", "inDocument", "SourceDocument"),
        ("AssessmentOffer", "offeredBy", "EvaluationOrganization"),
        ("Listing", "lists", "Credential"),
    } <= rows
    assert len(diagram.lines) == len(rows)
    for box in boxes.values():
        assert 0 <= box.x < box.x + box.width <= diagram.width
        assert 0 <= box.y < box.y + box.height <= diagram.height
    for number, box in enumerate(diagram.boxes):
        below = [other for other in diagram.boxes[number + 1 :] if other.column == box.column]
        assert not below or box.y + box.height < below[0].y


@pytest.fixture(scope="module")
def sizes() -> Iterator[list[tuple[str, int]]]:
    """Each page with how much wider than a phone it is."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium fonts-noto-cjk, or name another one in CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 360, "height": 740})
        found = []
        for path in sorted(OUT.glob("*.html")):
            page.goto(path.as_uri())
            found.append((path.name, page.evaluate("document.documentElement.scrollWidth - innerWidth")))
        page.goto(f"{(OUT / 'index.zh.html').as_uri()}#Recognition")
        page.wait_for_url("**/classes.zh.html#Recognition")
        page.click(".switch")
        page.wait_for_url("**/classes.html#Recognition")
        browser.close()
        yield found


@pytest.mark.browser
@pytest.mark.slow
def test_pages_fit_a_phone_and_an_anchor_leads_on_to_its_entry(sizes: list[tuple[str, int]]) -> None:
    assert len(sizes) == len(PAGES) * len(LANGUAGES)
    assert [name for name, excess in sizes if excess > 0] == []
