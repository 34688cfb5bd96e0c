"""The queries of `queries/browse/`: their heads, and that terms bound give the same as terms written in, which is how a remote endpoint gets them."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.ask import Asker
from kg.store import Term
from kg.store.binding import with_values

QUERIES = sorted((Path(__file__).parents[2] / "queries" / "browse").glob("*.rq"))
ID, CKG = "https://w3id.org/certkg/id/", "https://w3id.org/certkg/ontology#"
FACT = ID + "recognition/7103-industry-中级-hcip-中级认证"
VALUES: dict[str, Term] = {
    "node": ox.NamedNode(ID + "credential/hcip"),
    "property": ox.NamedNode(CKG + "recognizes"),
    "kind": ox.NamedNode(CKG + "Recognition"),
    "leads": ox.NamedNode(CKG + "forCategory"),
    "wanted": ox.Literal(f" {FACT} "),
}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_says_what_it_is_and_gives_rows(path: Path, asker: Asker) -> None:
    text = path.read_text(encoding="utf-8")
    head = re.match(r"# title: .+\n# parameters: (.+)\n", text)
    assert head
    names = re.findall(r"(\w+) \(", re.sub(r"\([^)]*\)", "(", head[1]))
    bound = {name: VALUES[name] for name in names}
    if path.stem == "pointing":
        bound["property"] = ox.NamedNode("http://www.w3.org/2004/02/skos/core#broader")
    rows = asker.context.store.select(text, bound)
    assert rows.rows
    if bound:
        written = asker.context.store.select(with_values(text, bound))
        assert set(map(str, written.rows)) == set(map(str, rows.rows))
