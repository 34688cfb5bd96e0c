"""The pages: what each shows, in each language, rendered from `templates/`."""

import tomllib
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from rdflib import DCTERMS, RDF, XSD

from kg.docs.constraints import Constraint, Shapes
from kg.docs.diagram import draw
from kg.docs.examples import Examples
from kg.docs.vocabulary import Scheme, Term, Vocabulary, Words
from kg.graph.build import ONTOLOGY
from kg.graph.namespaces import ID

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OUT = ROOT / "docs" / "ontology"
GRAPH = ROOT / "build" / "certkg.nt"
PAGES = ("index", "classes", "properties", "schemes", "shapes", "examples")
#: The languages of the pages, with what `lang` attributes say.
LANGUAGES = {"en": "en", "zh": "zh-Hans"}
#: What stands for itself and is no link: nodes of the graph (the application shows them) and datatypes.
_PLAIN = ("https://w3id.org/certkg/", str(XSD), str(RDF))


def write_pages(out: Path = OUT, ontology: Path = ONTOLOGY, graph: Path = GRAPH) -> list[Path]:
    """Write all pages in all languages.

    Args:
        out: the folder to write to; it is made where it is missing.
        ontology: the folder with `certkg.ttl`, `alignments.ttl`, `vocabularies/` and `shapes/`.
        graph: the built graph as N-Triples; where it is missing the pages have no examples and say so.

    Returns:
        The files written.
    """
    vocabulary = Vocabulary(ontology)
    shapes = Shapes(ontology / "shapes", vocabulary)
    examples = Examples(graph, vocabulary)
    common = {"vocabulary": vocabulary, "shapes": shapes, "examples": examples, "diagram": draw(vocabulary, shapes)}
    common["files"] = ["certkg.ttl", "alignments.ttl", "vocabularies/", "shapes/"]
    common["best"] = {term.iri: examples.best(term.iri) for term in vocabulary.classes}
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    rendered: dict[Path, str] = {}
    for language in LANGUAGES:
        for page in PAGES:
            site = Site(vocabulary, examples, page, language)
            text = environment.get_template(f"{page}.html").render(**common, site=site, word=site.word, page=page)
            rendered[out / file_name(page, language)] = "".join(f"{line.strip()}\n" for line in text.splitlines() if line.strip())
    out.mkdir(parents=True, exist_ok=True)
    for path, text in rendered.items():
        path.write_text(text, encoding="utf-8")
    return list(rendered)


def file_name(page: str, language: str) -> str:
    """The file of a page: the English ones carry no language in their name."""
    return f"{page}.html" if language == "en" else f"{page}.{language}.html"


class Site:
    """What templates ask about the pages: names and links of anything, in the page's language."""

    def __init__(self, vocabulary: Vocabulary, examples: Examples, page: str, language: str) -> None:
        """Know the page that is being made.

        Args:
            vocabulary: the ontology.
            examples: the example nodes.
            page: one of `PAGES`.
            language: one of `LANGUAGES`.
        """
        self.vocabulary = vocabulary
        self.examples = examples
        self.page = page
        self.language = language
        self.tag = LANGUAGES[language]
        self.other = next(each for each in LANGUAGES if each != language)
        self.other_tag = LANGUAGES[self.other]
        self.pages = PAGES
        self.title, self.description = DCTERMS.title, DCTERMS.description
        self.css = Markup((HERE / "templates" / "style.css").read_text(encoding="utf-8"))

    def word(self, key: str, **values: object) -> str:
        """One of the pages' own words, with its values put in."""
        return _words()[key][self.language].format(**values)

    def file(self, page: str, language: str = "") -> str:
        """The file of a page, in this language or another."""
        return file_name(page, language or self.language)

    def text(self, words: Words) -> str:
        """A text in the page's language, or in another where it has none in this."""
        return words.get(self.language) or next(iter(words.values()), "")

    def say(self, words: Words) -> Markup:
        """A text in the page's language; in another one it is marked as such."""
        if self.language in words or not words:
            return escape(words.get(self.language, ""))
        language, text = next(iter(words.items()))
        return Markup('<span lang="{}">{}</span>').format(LANGUAGES.get(language, language), text)

    def message(self, words: Words) -> Markup:
        """The message of a shape, with words for what the check puts in."""
        return self.say(
            {language: text.replace("{?value}", self.word("the_node")).replace("{?path}", self.word("the_path")) for language, text in words.items()}
        )

    def lines(self, text: str) -> Markup:
        """A text of several lines, such as a query, on one line of the file: the lines of a page are trimmed."""
        return Markup("&#10;").join(escape(line) for line in text.split("\n"))

    def sections(self, terms: list[Term]) -> list[tuple[str, list[Term]]]:
        """Terms under the headings of the ontology file."""
        return [(self.text(section) if section else "", list(group)) for section, group in groupby(terms, key=lambda term: term.section)]

    def section_anchor(self, terms: list[Term]) -> str:
        """The anchor of a heading, the same in all languages."""
        return f"section-{terms[0].anchor}"

    def rules(self, shapes: Shapes, iri: str) -> list[Constraint]:
        """What holds for a class beside the values of its properties."""
        return [rule for shape in shapes.of_class(iri) for rule in shape.rules] + shapes.rules_naming(iri)

    def inherited(self, shapes: Shapes, iri: str) -> list[str]:
        """The superclasses of a class that have shapes."""
        return [each for each in self.vocabulary.ancestors(iri) if shapes.of_class(each)]

    def free_properties(self, shapes: Shapes, iri: str) -> list[str]:
        """The properties whose domain is a class and which its shapes do not count."""
        counted = {constraint.path for constraint in shapes.constraints(iri)}
        return [term.iri for term in self.vocabulary.properties if iri in term.domain and term.iri not in counted]

    def name(self, iri: str) -> str:
        """What a class, property, concept or scheme is called in the page's language, or its IRI with a prefix."""
        term = self.vocabulary.terms.get(iri)
        if term:  # a reused term has no label in Chinese: its IRI with a prefix is what people know it by
            return term.label.get(self.language) or self.vocabulary.short(iri)
        known = self.vocabulary.concepts.get(iri) or self._schemes().get(iri)
        return self.text(known.label) if known else self.vocabulary.short(iri)

    def href(self, iri: str) -> str:
        """Where something is described: on one of the pages, on the web, or nowhere (an empty text)."""
        term = self.vocabulary.terms.get(iri)
        if term:
            return self._at("classes" if term.kind == "class" else "properties", term.anchor)
        if iri in self.vocabulary.concepts or iri in self._schemes():
            return self._at("schemes", iri.removeprefix(ID))
        if iri in self.examples.told:
            return self._at("examples", iri.removeprefix(ID))
        return "" if iri.startswith(_PLAIN) else iri

    def link(self, iri: str, text: str = "") -> Markup:
        """A link to where something is described, with its name; its IRI as plain text where it is described nowhere."""
        href = self.href(iri)
        name = text or self.name(iri)
        if not href:
            return Markup("<code>{}</code>").format(name)
        if href.startswith(("http:", "https:")):
            return Markup('<a class="away" href="{}">{}</a>').format(href, name)
        return Markup('<a href="{}">{}</a>').format(href, name)

    def _at(self, page: str, anchor: str) -> str:
        return f"#{anchor}" if page == self.page else f"{self.file(page)}#{anchor}"

    def _schemes(self) -> dict[str, Scheme]:
        return {scheme.iri: scheme for scheme in self.vocabulary.schemes}


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
