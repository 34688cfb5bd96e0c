"""The browse tab's pages without a browser: addresses, what each says, what is escaped."""

import re

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ask import Asker
from kg.describe import catalogue, compare, describe, entries, named_node
from kg.web.desk import Desk
from kg.web.nodes import PageAddresses, TabAddresses, full_iri, node_key
from kg.web.services import Services
from kg.web.settings import Settings
from kg.web.tabs.browse import Browse

ID = "https://w3id.org/certkg/id/"


@pytest.fixture(scope="module")
def browse(asker: Asker) -> Browse:
    """The tab, without its components."""
    return Browse(Services(asker, Desk(asker), Settings(root_path="/here"), {}))


@pytest.mark.parametrize("iri", [ID + "category/7102", ID + "credential/c#", "https://w3id.org/certkg/ontology#Tier", "http://example.org/x y?z=1&a"])
def test_an_address_leads_back_to_its_node(iri: str) -> None:
    assert full_iri(node_key(iri)) == iri


def test_links_of_the_tab_and_of_pages_lead_to_the_same_nodes() -> None:
    assert TabAddresses().node(ID + "tier/senior") == "?tab=browse&node=tier/senior"
    assert PageAddresses("/here", "en").node(ID + "tier/senior") == "/here/id/tier/senior?lang=en"
    assert PageAddresses().node("https://w3id.org/certkg/ontology#Tier") == "/ontology#Tier"
    assert PageAddresses().node(ID + "credential/c#").endswith("c%23")
    assert TabAddresses().node("http://www.w3.org/2004/02/skos/core#Concept") == ""


def test_a_page_says_in_its_own_language_why_a_line_is_in_doubt(browse: Browse) -> None:
    chinese, english = (browse.view("?tab=browse&node=series-eligibility/231", language) for language in ("zh", "en"))
    assert "照印出的保留；第二个“板”字像是重复的" in chinese
    assert "looks doubled" not in chinese
    assert "kept as printed; the second 板 looks doubled" in english
    assert "像是重复的" not in english


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_row_of_7102_says_what_may_be_lost(browse: Browse, language: str) -> None:
    page = browse.view("?tab=browse&node=category/7102", language)
    assert page.count('class="lost"') == 13
    assert "HCIP-datacom<" in page
    assert ("可能有丢失的条目" if language == "zh" else "entries may be lost") in page
    assert ">427<" in page
    assert 'href="/here/id/category/7102.ttl"' in page


def test_every_cell_of_the_table_is_a_number_or_says_that_nobody_knows(browse: Browse, asker: Asker) -> None:
    page = browse.view("?tab=browse", "zh")
    cells = re.findall(r'<td class="n (\w+)">([^<]+)</td>', page)
    assert len(cells) == 97 * 15
    shapes = {"lost": r"(\d+\+)?\?", "some": r"[1-9]\d*", "none": "–"}
    assert all(re.fullmatch(shapes[kind], text) for kind, text in cells)
    table = catalogue(asker.context.store)
    assert sum(int(re.sub(r"\D", "", text) or 0) for _, text in cells) == sum(sum(row.counts.values()) for row in table.rows)
    for row in table.rows:
        listed = entries(asker.context.store, row.category.iri)
        assert len(listed) == sum(row.counts.values()), row.code


def test_an_absent_entry_is_unknown_unless_the_row_is_whole(asker: Asker) -> None:
    store = asker.context.store
    one, two = (named_node(store, ID + f"category/{code}") for code in ("7103", "7102"))
    assert one is not None
    assert two is not None
    found = compare(store, one, two)
    assert found.only_first
    assert all(each.second_unknown for each in found.only_first), "7102 is damaged"
    assert not any(each.first_unknown for each in found.only_second), "7103 is whole"
    assert [row.code for row in found.unknown] == ["7102"]
    credentials = [named_node(store, ID + f"credential/{name}") for name in ("hcia", "hcie")]
    assert all(credentials)
    sides = compare(store, *[each for each in credentials if each])
    table = catalogue(store).by_category
    assert all(not table[row.category.iri].whole for row in sides.unknown)
    for each in (*sides.only_first, *sides.only_second):
        assert (each.first_unknown or each.second_unknown) == (not table[each.other.iri].whole)
    with pytest.raises(ValueError, match="compared"):
        compare(store, one, credentials[0] or one)


def test_a_list_goes_on_page_by_page(browse: Browse) -> None:
    first = browse.view("?tab=browse&node=tier/senior", "en")
    address = re.search(r'href="(\?tab=browse&amp;node=tier/senior&amp;by=[^"]+start=25)"', first)
    assert address
    second = browse.view(address[1].replace("&amp;", "&"), "en")
    assert "26–50 of" in second
    assert "Back to “senior”" in second


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("?tab=browse&node=nothing", "There is no “nothing”"),
        ("?tab=browse&compare=nothing", "There is no"),
        ("?tab=browse&compare=category/7102&with=nothing", "There is no"),
        ("?tab=browse&compare=category/7102&with=credential/hcip", "or two credentials"),
        ("?tab=browse&compare=category/7102", "Compare “计算机类” with which?"),
        ("?tab=browse&node=tier/senior&by=ckg:nothing&of=ckg:nothing", "There is nothing on this page"),
        ("?tab=browse&node=tier/senior&by=ckg:atTier&of=ckg:Recognition&start=99999999", "There is nothing on this page"),
    ],
)
def test_addresses_that_lead_nowhere_say_so(browse: Browse, address: str, said: str) -> None:
    assert said in browse.view(address, "en")


def test_what_is_found_can_be_compared_with_what_is_open(browse: Browse) -> None:
    found = browse.search("7102", "?tab=browse&node=category/7103", "en")
    assert "compare=category/7103&amp;with=category/7102" in found
    assert "compare=" not in browse.search("7102", "?tab=browse&node=credential/hcip", "en")
    assert browse.search("  ", "", "en") == ""
    assert "Nothing found for “&lt;b&gt;甲乙丙丁”" in browse.search("<b>甲乙丙丁", "", "en")


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60), keys=st.lists(st.sampled_from(["node", "by", "of", "start", "compare", "with", "state"]), max_size=4))
def test_any_address_and_text_gives_a_page_without_their_markup(browse: Browse, text: str, keys: list[str]) -> None:
    marked = f"<i id=x>{text}"
    for page in (browse.view("?" + "&".join(f"{key}={marked}" for key in keys), "zh"), browse.search(marked, "?" + marked, "zh")):
        assert "<i id" not in page


def test_every_class_of_nodes_has_a_page(browse: Browse, asker: Asker) -> None:
    rows = asker.context.store.select("SELECT ?kind (SAMPLE(?node) AS ?one) WHERE { ?node a ?kind } GROUP BY ?kind").rows
    for row in rows:
        iri = getattr(row[1], "value", "")
        if iri.startswith(ID):
            found = describe(asker.context.store, iri)
            assert found is not None
            assert "<h2" in browse.view(f"?node={node_key(iri)}".replace("#", "%23").replace("+", "%2B"), "en"), iri


def test_the_tab_is_on_the_page(real: TestClient) -> None:
    page = real.get("/").text
    assert all(f'"elem_id":"{name}"' in page for name in ("browse-page", "browse-search", "quality-page"))
