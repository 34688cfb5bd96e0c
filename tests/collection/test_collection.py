"""The researchers' collection: every query runs, has the shape that its head promises, and answers what the tables say."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from collection import answers_annexes, answers_catalogue, answers_elsewhere  # noqa: F401
from collection.collection_tables import ANSWERS, shown
from hypothesis import given
from hypothesis import strategies as st

from kg.collection import FOLDER, CollectionError, Parameter, fill, read_collection, read_topics, value_in
from kg.graph.namespaces import ID
from kg.store import GuardedStore, Rows, Truth, open_store

QUERIES = {query.name: query for query in read_collection()}
#: Other values than the defaults, to see that the parameters reach the answer.
OTHERS = [
    ("nodes-named", {"text": "hcip"}),
    ("recognised-in-most-categories", {"least": "9"}),
    ("entries-of-category", {"category": f"{ID}category/7103", "tier": f"{ID}tier/senior"}),
    ("categories-of-credential", {"text": "注册会计师"}),
    ("shared-by-two-categories", {"a": f"{ID}category/7301", "b": f"{ID}category/7303"}),
    ("most-similar-categories", {"category": f"{ID}category/6602"}),
    ("categories-without-family", {"family": f"{ID}family/onex"}),
    ("entries-against-note-3", {"category": f"{ID}category/6804"}),
    ("rows-in-state", {"state": f"{ID}row-state/missing"}),
    ("onex-by-issuer", {"least": "2"}),
    ("onex-recognised-in-most-categories", {"least": "3"}),
    ("associations-by-supervisor", {"list": f"{ID}association-list/decoupled"}),
    ("associations-of-supervisor", {"supervisor": f"{ID}organization/体育总局"}),
    ("issuers-in-catalogue", {"least": "1"}),
    ("overseas-issuers", {"least": "1"}),
    ("titles-of-series", {"series": f"{ID}title-series/会计人员"}),
    ("qualifications-for-title", {"title": "助理工程师"}),
    ("subsidy-class-and-grade", {"grade": f"{ID}skill-grade/5"}),
    ("subsidies-of-occupation", {"text": "电"}),
    ("occupations-of-series", {"series": f"{ID}title-series/zhejiang-文物博物"}),
    ("occupations-in-several-documents", {"least": "2"}),
    ("occupation-profile", {"name": "茶艺师"}),
    ("facts-of-line", {"document": f"{ID}document/nantong-subsidy-2025", "line": "190"}),
    ("lines-with-most-facts", {"least": "100"}),
    ("repairs-by-reason", {"least": "100"}),
    ("graph-of-recognition", {"category": f"{ID}category/7303", "text": "会计"}),
    ("is-credential-recognised", {"category": f"{ID}category/7102", "tier": f"{ID}tier/junior", "text": "注册会计师"}),
]
CASES: list[tuple[str, dict[str, str]]] = [(name, {}) for name in QUERIES] + OTHERS
TIER = Parameter("tier", "ckg:Tier", {"zh": "级别", "en": "tier"})
TEXT = Parameter("text", "text", {"zh": "文字", "en": "text"})
LEAST = Parameter("least", "number", {"zh": "至少", "en": "at least"})


@pytest.fixture(scope="module")
def store(build: Path) -> Iterator[GuardedStore]:
    """The built store."""
    with open_store(build / "store") as opened:
        yield opened


def test_there_are_enough_and_each_is_described_in_two_languages() -> None:
    assert len(QUERIES) >= 40
    titles = Counter(query.title["zh"] for query in QUERIES.values()) + Counter(query.title["en"] for query in QUERIES.values())
    assert titles.most_common(1)[0][1] == 1
    for query in QUERIES.values():
        assert re.search("[\u4e00-\u9fff]", query.title["zh"] + query.description["zh"]), query.name
        assert len(query.description["en"]) > 20, query.name
        assert query.keywords, query.name
    assert {query.topic for query in QUERIES.values()} == set(read_topics())


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_runs_within_the_limits_and_has_its_shape(store: GuardedStore, name: str) -> None:
    query = QUERIES[name]
    outcome = store.run(query.text)
    if isinstance(outcome, Rows):
        columns, count = outcome.variables, len(outcome.rows)
    elif isinstance(outcome, Truth):
        columns, count = ("boolean",), 1
    else:
        columns, count = ("subject", "predicate", "object"), len(outcome.triples)
    assert columns == query.columns
    least, most = query.rows
    assert least <= count
    assert most is None or count <= most
    assert not getattr(outcome, "capped", False)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "values"), CASES, ids=[f"{name}{'-other' if values else ''}" for name, values in CASES])
def test_a_query_answers_what_the_tables_say(store: GuardedStore, name: str, values: dict[str, str]) -> None:
    query = QUERIES[name]
    outcome = store.run(query.filled(values))
    columns, answer = ANSWERS[name]
    defaults = {parameter.name: query.default(parameter) for parameter in query.parameters}
    expected = Counter(tuple(shown(ox.Literal(str(value))) for value in row) for row in answer(**defaults | values))
    found: Counter[tuple[str, ...]]
    if isinstance(outcome, Rows):
        chosen = [outcome.variables.index(column) for column in columns]
        found = Counter(tuple(shown(row[place]) for place in chosen) for row in outcome.rows)
    else:
        found = Counter([(str(outcome.value),) if isinstance(outcome, Truth) else ("triples", str(len(outcome.triples)))])
    assert found == expected


def test_every_parameter_can_be_changed() -> None:
    changed = {name for name, _ in OTHERS}
    assert {query.name for query in QUERIES.values() if query.parameters} - changed <= {"properties-of-class"}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_a_text_is_bound_as_a_term_whatever_it_says(text: str) -> None:
    query = 'SELECT ?text WHERE {\n  VALUES ?text { "x" }\n}\n'
    filled = fill(query, [TEXT], {"text": text})
    results = ox.Store().query(filled)
    assert isinstance(results, ox.QuerySolutions)
    assert [row["text"] for row in results] == [ox.Literal(text.strip())]
    assert value_in(filled, TEXT) == text.strip()


@pytest.mark.parametrize(
    ("parameter", "value", "words"),
    [
        (TIER, "tier/junior", "full address"),
        (TIER, "https://x/ } ?s ?p ?o . {", "full address"),
        (LEAST, "1.5", "whole number"),
        (LEAST, "1 } ASK {", "whole number"),
        (LEAST, "12345678901", "whole number"),
        (TEXT, "  ", "needs a text"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(parameter: Parameter, value: str, words: str) -> None:
    with pytest.raises(CollectionError, match=words):
        fill(f"ASK {{\n  VALUES ?{parameter.name} {{ 1 }}\n}}", [parameter], {parameter.name: value})


def test_a_parameter_whose_line_is_gone_is_told() -> None:
    with pytest.raises(CollectionError, match="no line VALUES"):
        fill("ASK { ?s ?p 2 }", [LEAST], {"least": "3"})
    with pytest.raises(CollectionError, match="no parameter"):
        fill("ASK { ?s ?p 2 }", [LEAST], {"most": "3"})


HEAD = (FOLDER / "facts-by-class.rq").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("# keywords", "# words"), "lacks keywords"),
        (lambda text: text.replace("# topic: start", "# topic: stars"), "no topic 'stars'"),
        (lambda text: re.sub("# rows: .*", "# rows: many", text), "rows: many"),
        (lambda text: text.replace("# columns", "# parameter: least, number\n# columns"), "write name, kind"),
        (lambda text: text.replace("# columns", "# parameter: least, number, 至少, at least\n# columns"), "needs one line VALUES"),
        (lambda text: text.replace("# columns", "# parameter: least, integer, 至少, at least\n# columns"), "is of kind integer"),
    ],
)
def test_a_file_with_a_bad_head_is_named(tmp_path: Path, change: object, words: str) -> None:
    assert callable(change)
    (tmp_path / "topics.csv").write_text((FOLDER / "topics.csv").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "bad.rq").write_text(change(HEAD), encoding="utf-8")
    with pytest.raises(CollectionError, match=words):
        read_collection(tmp_path)


def test_the_table_answers_are_all_of_queries() -> None:
    assert set(ANSWERS) == set(QUERIES)


def test_choosing_parameters_name_a_class_of_the_graph(store: GuardedStore) -> None:
    for query in QUERIES.values():
        for parameter in query.parameters:
            if parameter.chooses:
                node = ox.NamedNode(query.default(parameter))
                assert store.ask("ASK { ?node a ?class }", {"node": node, "class": parameter.node_class}), (query.name, parameter.name)
