"""The SPARQL tab without a browser: what it makes of queries, of the collection and of failures, and the editor's addresses."""

import re
from types import SimpleNamespace
from typing import Any

import anyio
import gradio as gr
import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from kg.ask import Asker
from kg.collection import read_collection
from kg.graph.namespaces import CKG, ID
from kg.store import QueryFailed, QueryRefused, QuerySyntaxError, QueryTimeout, Row, Rows, StoreBusy, Triples, Truth
from kg.web import Settings
from kg.web.addresses.editor import FILES, VERSION
from kg.web.desk import Desk
from kg.web.labels import labels
from kg.web.querying import Choice, Shown, collection_list, failure, node_names, permanent_link, result
from kg.web.querying.results import PAGE, SHOWN_ROWS
from kg.web.services import Services
from kg.web.tabs.sparql import Sparql

EVIL = '<img src=x onerror="alert(1)">&amp;'
SEVEN = ox.NamedNode(f"{ID}category/7102")
NAMES = {SEVEN.value: {"zh": "计算机类", "en": "computing"}}
QUERIES = {query.name: query for query in read_collection()}
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def shown(**changes: Any) -> Shown:  # noqa: ANN401
    """How a result is shown, in English."""
    return Shown(**({"language": "en", "names": NAMES, "query": "SELECT 1"} | changes))


def table(variables: str, *rows: Row, capped: bool = False) -> Rows:
    """A table."""
    return Rows(tuple(variables.split()), rows, capped, 0.0123)


@pytest.fixture
def tab(asker: Asker) -> Sparql:
    """The tab on the real build, with a short time limit."""
    return Sparql(Services(asker, Desk(asker), Settings(sparql_seconds=2, sparql_requests=60), {"version": "test"}))


def run(tab: Sparql, query: object, name: object = "", values: object = None, language: str = "en") -> tuple[Any, ...]:
    """Run a query as the page does: state, form, what is loaded, result."""
    event = SimpleNamespace(_data={"query": query, "name": name, "values": values})
    request = SimpleNamespace(client=SimpleNamespace(host="127.0.0.1"))
    return anyio.run(tab.run, language, request, event)


def test_a_table_has_links_names_languages_numbers_and_escapes_everything() -> None:
    row = (SEVEN, ox.Literal(EVIL, language="zh"), ox.Literal(7), None, ox.Literal(EVIL), ox.Literal("2022-11-17", datatype=ox.NamedNode("http://x/d&e")))
    page = result(table("a b c d e f", row), shown(query=EVIL))
    assert '<a href="?tab=browse&amp;node=category/7102" data-browse="1"' in page
    assert ">computing</a> <code>id:category/7102</code>" in page
    assert 'class="type">@zh</span>' in page
    assert '<td class="n">7 <span class="type">xsd:integer</span></td>' in page
    assert '<span class="type">http://x/d&amp;e</span>' in page
    assert "<img" not in page
    assert page.count("onerror=&quot;") == 3
    assert "1 rows, 0.012 s" in page


def test_an_address_of_another_place_is_no_link() -> None:
    page = result(table("a", (ox.NamedNode("http://example.org/x"),)), shown())
    assert "<a href" not in page.split("<table>")[1]
    assert "<code>http://example.org/x</code>" in page


def test_a_long_table_is_cut_and_says_so_and_turns_pages() -> None:
    rows = [(ox.Literal(str(number)),) for number in range(SHOWN_ROWS + 5)]
    page = result(table("n", *rows), shown())
    assert "1,005 rows" in page
    assert "Only the first 1,000 rows are shown" in page
    assert page.count("<tbody") == SHOWN_ROWS // PAGE
    assert page.count(" hidden>") == SHOWN_ROWS // PAGE - 1
    more = result(table("n", *rows[:10], capped=True), shown())
    assert "more than 10 rows" in more
    assert "Only the first 10 rows" in more
    assert "pager" not in more


def test_wide_tables_bring_fewer_rows() -> None:
    page = result(table(" ".join(f"v{n}" for n in range(100)), *[(ox.Literal("x"),) * 100] * 300), shown())
    assert "Only the first 120 rows" in page


def test_nothing_found_is_not_a_no() -> None:
    assert "does not mean that the documents say no" in result(table("a"), shown())
    assert "does not mean that the documents say no" in result(Triples((), False, 0.1), shown())


@pytest.mark.parametrize(("value", "word"), [(True, "true"), (False, "false")])
def test_a_truth_value_is_a_word(value: bool, word: str) -> None:
    page = result(Truth(value, 0.1), shown())
    assert f'<p class="truth {word}">{word}</p>' in page
    assert 'data-download="csv"' in page
    assert 'data-download="turtle"' not in page


def test_a_graph_is_turtle_with_the_prefixes_it_uses() -> None:
    triple = ox.Triple(SEVEN, ox.NamedNode(f"{CKG}secondaryCode"), ox.Literal(EVIL))
    page = result(Triples((triple,), True, 0.1), shown())
    assert "@prefix ckg: &lt;https://w3id.org/certkg/ontology#&gt;" in page
    assert "@prefix skos:" not in page
    assert "<img" not in page
    assert "more than 1 triples" in page
    assert "Only the first 1 triples" in page
    assert 'data-download="turtle"' in page


def bars(*rows: Row, variables: str = "name count") -> list[str]:
    """The labels of the bars of a table's chart."""
    return re.findall(r'<span class="label">(.*?)</span>', result(table(variables, *rows), shown()))


def test_a_label_beside_an_amount_is_charted() -> None:
    one, two = (ox.Literal("a<b"), ox.Literal(3)), (ox.Literal("c"), ox.Literal(6))
    page = result(table("name count", one, two), shown())
    assert bars(one, two) == ["a&lt;b", "c"]
    assert 'style="width:50.00%"' in page
    assert 'style="width:100.00%"' in page
    # The first column that tells the rows apart is the label, else all together are.
    assert bars((SEVEN, ox.Literal("x"), ox.Literal(1)), (SEVEN, ox.Literal("y"), ox.Literal(1)), variables="a b count") == ["x", "y"]
    pairs = [(ox.Literal(a), ox.Literal(b), ox.Literal(1)) for a in "pq" for b in "xy"]
    assert bars(*pairs, variables="a b count") == ["p · x", "p · y", "q · x", "q · y"]


@pytest.mark.parametrize(
    ("variables", "rows"),
    [
        ("name count", [(ox.Literal("a"), ox.Literal(1))]),
        ("name count", [(ox.Literal(str(n)), ox.Literal(n)) for n in range(60)]),
        ("name count", [(ox.Literal("a"), ox.Literal(1)), (ox.Literal("a"), ox.Literal(2))]),
        ("name count", [(ox.Literal("a"), ox.Literal(-1)), (ox.Literal("b"), ox.Literal(2))]),
        ("name count", [(ox.Literal("a"), ox.Literal(0)), (ox.Literal("b"), ox.Literal(0))]),
        ("name count", [(ox.Literal("a"), ox.Literal(float("nan"))), (ox.Literal("b"), ox.Literal(1))]),
        ("name count", [(ox.Literal("a"), None), (ox.Literal("b"), ox.Literal(1))]),
        ("name line", [(ox.Literal("a"), ox.Literal(1)), (ox.Literal("b"), ox.Literal(1))]),
        ("one two", [(ox.Literal(1), ox.Literal(1)), (ox.Literal(2), ox.Literal(1))]),
        ("one two three", [(ox.Literal("a"), ox.Literal(1), ox.Literal(1)), (ox.Literal("b"), ox.Literal(2), ox.Literal(1))]),
        ("count", [(ox.Literal(1),), (ox.Literal(2),)]),
    ],
)
def test_what_says_nothing_as_a_chart_gets_none(variables: str, rows: list[Row]) -> None:
    assert bars(*rows, variables=variables) == []


def test_a_link_names_the_query_and_brings_its_text_only_where_it_differs() -> None:
    assert permanent_link(shown(name="onex-by-batch", changed=False)) == "?tab=sparql&name=onex-by-batch"
    assert permanent_link(shown(query="ASK {}", name="x")) == "?tab=sparql&name=x&query=ASK+%7B%7D"
    assert permanent_link(shown(query="ASK { }" + " " * 9000)) == ""
    assert "data-copy-link" not in result(Truth(True, 0.1), shown(query="ASK { }" + " " * 9000))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("error", "label"),
    [
        (QueryRefused("why <b>"), "sparql_refused"),
        (QueryTimeout("why <b>"), "sparql_timeout"),
        (QueryFailed("why <b>"), "sparql_failed"),
        (StoreBusy("why <b>"), "sparql_busy"),
        (ValueError("why <b>"), "sparql_not_run"),
    ],
)
def test_a_failure_says_in_the_interfaces_language_what_happened_and_why(error: Exception, label: str, language: str) -> None:
    page = failure(error, language)
    assert labels(language)[label].replace("'", "&#x27;") in page
    assert '<p class="reason" lang="en">why &lt;b&gt;</p>' in page


def test_a_syntax_error_tells_its_place_once() -> None:
    page = failure(QuerySyntaxError("this cannot be read: x", 3, 7), "en")
    assert 'data-line="3" data-column="7"' in page
    assert "Line 3, column 7" in page
    assert ">this cannot be read: x<" in page


def test_the_list_has_every_query_and_finds_it_in_both_languages() -> None:
    page = collection_list(QUERIES.values(), "en")
    assert re.findall(r'data-choose="([^"]+)"', page) == list(QUERIES)
    entry = page[page.index('data-found-by="onex-by-batch') :]
    assert entry.index("附件7的1+x证书") < entry.index("data-choose")
    assert "<h3>1+X certificates</h3>" in page


def test_names_are_filled_from_the_other_language() -> None:
    rows = [{"node": ("x", ""), "label": ("名", "zh")}, {"node": ("y", ""), "label": ("name", "en")}, {"node": ("z", ""), "label": ("plain", "")}]
    assert node_names(rows) == {"x": {"zh": "名", "en": "名"}, "y": {"zh": "name", "en": "name"}, "z": {"zh": "plain", "en": "plain"}}


def test_a_query_of_the_collection_is_chosen_with_its_form(tab: Sparql) -> None:
    event: Any = SimpleNamespace(_data={"name": "shared-by-two-categories"})
    given, form, loaded, page = tab.choose("zh", event)
    assert given == ("shared-by-two-categories", QUERIES["shared-by-two-categories"].text)
    assert form.count("<select") == 2
    assert f'<option value="{ID}category/7103" selected>7103 通信类</option>' in form
    assert 'data-run-now="1"' in loaded
    assert page == gr.skip()


@pytest.mark.parametrize("data", [{}, {"name": EVIL}, {"name": 7, "query": None}, {"name": "no-such", "query": "ASK {}"}])
def test_choosing_what_is_not_there_says_so(tab: Sparql, data: dict[str, object]) -> None:
    event: Any = SimpleNamespace(_data=data)
    *others, page = tab.choose("en", event)
    assert others == [gr.skip()] * 3
    assert "The collection has no" in page
    assert "<img" not in page


def test_a_query_runs_and_its_parameters_reach_the_editor(tab: Sparql) -> None:
    query = QUERIES["onex-by-issuer"]
    given, form, loaded, page = run(tab, query.text, "onex-by-issuer", {"least": "6"})
    assert "VALUES ?least { 6 }" in given[1]
    assert 'value="6"' in form
    assert "VALUES ?least { 6 }" in loaded
    assert 'data-run-now=""' in loaded
    assert "4 rows" in page
    assert "name=onex-by-issuer&amp;query=" in page
    _, _, unchanged, same = run(tab, query.text, "onex-by-issuer")
    assert unchanged == gr.skip()
    assert 'href="?tab=sparql&amp;name=onex-by-issuer"' in same


@pytest.mark.parametrize(
    ("query", "name", "values", "words"),
    [
        ("SELECT * WHERE {", "", None, "Line 1, column"),
        ("SELECT * WHERE { SERVICE <http://x/> { ?s ?p ?o } }", "", None, "SERVICE is refused"),
        ("INSERT DATA { <x:> <x:> 1 }", "", None, "Updates are refused"),
        ("", "", None, "the query is empty"),
        (None, None, "x", "the query is empty"),
        ("ASK { ?s ?p '\ud800' }", "", None, "true|false|Unicode"),
        (QUERIES["onex-by-issuer"].text, "onex-by-issuer", {"least": "many } ASK {"}, "needs a whole number"),
        ("ASK {}", "onex-by-issuer", {"least": "3"}, "has no line VALUES"),
        (QUERIES["onex-by-issuer"].text, "onex-by-issuer", {"most": "3"}, "no parameter"),
        ("x" * 200_000, "", None, "characters"),
    ],
)
def test_what_cannot_run_is_explained(tab: Sparql, query: object, name: object, values: object, words: str) -> None:
    page = run(tab, query, name, values)[3]
    assert re.search(words, page)


@pytest.mark.slow
def test_an_endless_query_ends_at_the_limit(tab: Sparql) -> None:
    assert "ended after 2 seconds" in run(tab, ENDLESS)[3]
    assert "查询到了时限" in run(tab, ENDLESS, language="zh")[3]


def test_one_client_has_its_share(tab: Sparql) -> None:
    pages = [run(tab, "ASK {}")[3] for _ in range(65)]
    assert "may send 60 requests a minute" in pages[-1]
    assert "did not run" in pages[-1]


def test_the_programs_own_failure_is_told_without_its_message(tab: Sparql, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object, **more: object) -> Rows:
        raise RuntimeError("secret")

    monkeypatch.setattr(tab, "_store", SimpleNamespace(run=broken))
    page = run(tab, "ASK {}")[3]
    assert "reference" in page
    assert "secret" not in page


def test_the_words_change_with_the_language(tab: Sparql) -> None:
    chinese, english = (tab.words(language, ("onex-by-issuer", QUERIES["onex-by-issuer"].text)) for language in ("zh", "en"))
    assert [bool(re.search("运行|问题库|哪些单位", page)) for page in chinese] == [True] * 3
    assert [bool(re.search("Run|Collection|Which organisations", page)) for page in english] == [True] * 3
    assert tab.words("en")[1] == ""


def test_nodes_to_choose_have_codes_and_names(tab: Sparql) -> None:
    choices = tab._words.choices(ox.NamedNode(f"{CKG}MajorCategory"))
    assert len(choices) == 97
    assert Choice(f"{ID}category/7102", "7102", {"zh": "计算机类", "en": "计算机类"}) in choices


def test_the_editors_files_are_served_and_nothing_else(real: TestClient) -> None:
    for name in FILES:
        response = real.get(f"/editor/ace/{VERSION}/{name}")
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/javascript")
        assert "immutable" in response.headers["cache-control"]
    for path in (f"{VERSION}/worker-xquery.js", "0.0.0/ace.js", f"{VERSION}/..%2Face.js", f"{VERSION}/%2e%2e/__init__.py"):
        assert real.get(f"/editor/ace/{path}").status_code == 404


def test_the_editor_completes_from_the_projects_own_vocabulary(real: TestClient) -> None:
    words = real.get("/editor/words.json").json()
    terms = {term["value"]: term for term in words["terms"]}
    assert words["prefixes"]["ckg"] == CKG
    assert terms["ckg:Recognition"] == {"value": "ckg:Recognition", "kind": "class", "zh": "认可", "en": "recognition", "code": ""}
    assert terms["prov:hadPrimarySource"]["kind"] == "property"
    assert terms[f"<{ID}tier/junior>"]["kind"] == "node"
    assert "7102" in terms[f"<{ID}category/7102>"]["code"].split()
