"""The application with /sparql on a store of its own, for the tests of the protocol."""

from pathlib import Path
from typing import Any, cast

from fastapi.testclient import TestClient

from kg.ask import Asker
from kg.ask.context import Context
from kg.store import GraphStore
from kg.web import Settings, make_app
from web.conftest import StandIn

ID, CKG = "https://w3id.org/certkg/id/", "https://w3id.org/certkg/ontology#"
ONE, TWO, THINGS = f"{ID}document/one", f"{ID}document/two", f"{ID}graph/things"
#: More than one answer may have.
ROWS, THINGS_NAMED = 50, 60
PREFIXES = f"PREFIX id: <{ID}> PREFIX ckg: <{CKG}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"


def write_graph(path: Path) -> Path:
    """Write the graph: two documents with a fact each, and things with labels in two languages and values of several types."""
    lines = []
    for document, line in (("one", 7), ("two", 8)):
        lines += [
            f'<{ID}fact/{document}> <{CKG}printedName> "名 {document}" .',
            f"<{ID}fact/{document}> <http://www.w3.org/ns/prov#hadPrimarySource> <{ID}source/{document}/l{line}> .",
            f"<{ID}source/{document}/l{line}> <{CKG}inDocument> <{ID}document/{document}> .",
            f'<{ID}source/{document}/l{line}> <{CKG}line> "{line}"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        ]
    for number in range(THINGS_NAMED):
        lines += [
            f'<{ID}credential/{number:02d}> <http://www.w3.org/2004/02/skos/core#prefLabel> "证书 {number:02d}"@zh .',
            f'<{ID}credential/{number:02d}> <http://www.w3.org/2004/02/skos/core#prefLabel> "certificate <{number:02d}> & \\"more\\""@en-GB .',
        ]
    lines += [
        f'<{ID}credential/中文> <{CKG}issued> "2022-11-17T00:00:00+08:00"^^<http://www.w3.org/2001/XMLSchema#dateTime> .',
        f'<{ID}credential/中文> <{CKG}amount> "1500.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
        f'<{ID}credential/中文> <{CKG}open> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .',
        f'<{ID}credential/中文> <{CKG}remark> "two\\nlines\\t| \\\\ 𠮷" .',
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def client_on(store: GraphStore, **settings: Any) -> TestClient:  # noqa: ANN401
    """A client of an application whose /sparql asks a store."""
    asker = StandIn()
    asker.context = Context(store, cast(Any, None))
    app = make_app(
        cast(Asker, asker),
        Settings(**{"sparql_rows": ROWS, "sparql_requests": 1_000_000, "sparql_work": 1_000_000} | settings),
        {"version": "test", "triples": 1},
    )
    return TestClient(app, follow_redirects=False)
