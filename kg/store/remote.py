"""A store that any SPARQL 1.1 endpoint holds, with the face, the errors and the limits of the embedded one."""

from __future__ import annotations

import re
import threading
import time
import weakref
from collections.abc import Mapping
from functools import lru_cache

import httpx
import pyoxigraph as ox

from kg.store.base import GraphStore, Request, check_terms
from kg.store.binding import body, pattern_start, prologue, with_values, without_dataset
from kg.store.checking import Inspection, check_bindings, check_template, plain
from kg.store.dialect import adapted
from kg.store.endpoint import Endpoint
from kg.store.errors import QueryFailed, QueryRefused, QuerySyntaxError, QueryTimeout, StoreBusy, StoreError, StoreUnreadable
from kg.store.guarded import WORKERS
from kg.store.pool import Pool
from kg.store.results import Bindings, Document, Outcome, Rows, Term, Triples, Truth, choose_format, take, take_distinct, write_rows, write_triples, write_truth
from kg.store.transfer import make_client, post

OURS = "https://w3id.org/certkg/"
#: No graph has this name: it stands for “none” where a list without an entry would mean “whatever the endpoint likes”.
NOTHING = "urn:certkg:no-graph"
#: What the project's own queries may take.
TRUSTED_SECONDS, TRUSTED_BYTES = 120.0, 256 * 2**20
#: By this header Virtuoso says that it cut a result, and after how many rows.
CUT = "x-sparql-maxrows"
_CHECKED_TEXTS = 1024
_TABLE = "application/sparql-results+json"
_GRAPH = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
# Virtuoso's words for an ended query; others say it by the status.
_TIMED_OUT = re.compile(r"S1T00|S1TAT|timed? ?out|time limit", re.IGNORECASE)


class RemoteStore(GraphStore):
    """The graph on an endpoint. It may be used from several threads; `connect` makes one."""

    def __init__(self, endpoint: Endpoint, workers: int = WORKERS, any_graph: bool = False) -> None:
        """Ask the endpoint which of our graphs it has.

        Args:
            endpoint: Where it is.
            workers: How many queries of the public may run at a time.
            any_graph: Take the endpoint as it is, with whatever graphs it has: for queries of the person who named it.

        Raises:
            StoreError: If it cannot be reached, or has no graph of ours.
        """
        self._endpoint = endpoint
        self._client: httpx.Client | None = make_client(endpoint.user, endpoint.password, connections=workers + 16)
        self._turns, self._workers = threading.BoundedSemaphore(workers), workers
        self.graphs = frozenset()
        try:
            found = () if any_graph else self.select(_GRAPHS).rows
        except StoreError:
            self._client.close()
            raise
        self.graphs = frozenset(row[0].value for row in found if isinstance(row[0], ox.NamedNode) and row[0].value.startswith(OURS))
        if not self.graphs and not any_graph:
            self._client.close()
            raise StoreError(f"The endpoint {endpoint.address} has no named graph {OURS}…; load it with `certkg publish --to …`.")
        self._pool = Pool({"graphs": None if any_graph else sorted(self.graphs)}, workers)
        self._finalizer = weakref.finalize(self, self._pool.close)
        graphs = self.graphs

        @lru_cache(maxsize=_CHECKED_TEXTS)
        def checked(query: str, names: frozenset[str]) -> None:
            check_template(query, graphs)
            check_bindings(query, names)

        self._checked = checked

    def select(self, query: str, bindings: Bindings | None = None) -> Rows:
        """Run a trusted SELECT on the endpoint; see `GraphStore.select`. Where the endpoint cuts results, all rows are fetched in pages."""
        started = time.perf_counter()
        response = self._trusted(query, bindings or {})
        variables, rows = _rows(response)
        if CUT in response.headers:
            rows = self._pages(with_values(plain(query), bindings or {}), variables, len(rows))
        return Rows(variables, tuple(rows), False, time.perf_counter() - started)

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Run a trusted ASK on the endpoint; see `GraphStore.ask`."""
        return bool(_truth(self._trusted(query, bindings or {})))

    def close(self) -> None:
        """End the workers and the connections; it may be called twice."""
        self._finalizer()
        if self._client is not None:
            self._client.close()
        self._client = None

    def _trusted(self, query: str, bindings: Bindings) -> httpx.Response:
        """Check a template, once a text, and run it."""
        check_terms(bindings)
        if self.graphs:
            self._checked(query, frozenset(bindings))
        return self._send(with_values(plain(query), bindings), _TABLE, TRUSTED_SECONDS, TRUSTED_BYTES)

    def _pages(self, query: str, variables: tuple[str, ...], size: int) -> list[tuple[Term | None, ...]]:
        """Fetch a result in pages, and make sure that they are the whole.

        Raises:
            StoreUnreadable: If they are not.
        """
        head, inner = prologue(query), body(query)
        names = " ".join(f"?{name}" for name in variables)
        # Two nested queries, because Virtuoso refuses ORDER BY with a far OFFSET in one.
        page = f"{head} SELECT {names} WHERE {{ {{ SELECT {names} WHERE {{ {{ {inner} \n}} }} ORDER BY {names} }} }} LIMIT {size} OFFSET "
        rows: list[tuple[Term | None, ...]] = []
        while True:
            more = _rows(self._send(page + str(len(rows)), _TABLE, TRUSTED_SECONDS, TRUSTED_BYTES))[1]
            rows += more
            if len(more) < size:
                break
        for distinct, count in (("", len(rows)), ("DISTINCT ", len(set(rows)))):
            counting = f"{head} SELECT (COUNT(*) AS ?certkgRows) WHERE {{ {{ SELECT {distinct}{names} WHERE {{ {{ {inner} \n}} }} }} }}"
            told = _rows(self._send(counting, _TABLE, TRUSTED_SECONDS, TRUSTED_BYTES))[1][0][0]
            if not isinstance(told, ox.Literal) or int(told.value) != count:
                raise StoreUnreadable(f"The endpoint {self._endpoint.address} sends {size} rows at most, and its pages do not fit together; let it send more.")
        return rows

    def _run(self, request: Request) -> Outcome:
        """Have a query of the public read in a worker process, and run it on the endpoint."""
        self._open_client()
        started = time.perf_counter()
        inspection = self._pool.run(request)
        assert isinstance(inspection, Inspection)
        if not self._turns.acquire(timeout=request.limits.seconds):
            raise StoreBusy(f"Other queries kept all {self._workers} places busy for {request.limits.seconds:g} seconds; try again later.")
        try:
            return self._answer(request, inspection, started)
        finally:
            self._turns.release()

    def _answer(self, request: Request, inspection: Inspection, started: float) -> Outcome:
        """Run a query that was read, cap its result, and write it down."""
        graph = inspection.form in ("CONSTRUCT", "DESCRIBE")
        name = choose_format(request.formats, graph=graph) if request.formats else None
        limits = request.limits
        text = without_dataset(with_values(inspection.text, request.bindings))
        chosen = bool(request.default_graphs or request.named_graphs)
        default, named = (request.default_graphs, request.named_graphs) if chosen else (inspection.default_graphs, inspection.named_graphs)
        response = self._send(text, _GRAPH if graph else _TABLE, limits.seconds, limits.result_mib * 2**20, default, named)
        if inspection.form == "ASK":
            truth = _truth(response)
            if name is None:
                return Truth(bool(truth), time.perf_counter() - started)
            return Document(write_truth(truth, name), name, 1, False, time.perf_counter() - started)
        if graph:
            triples, capped = take_distinct(_triples(response), limits.rows)
            capped = capped or self._was_cut(response, text, limits.seconds, default, named)
            if name is None:
                return Triples(triples, capped, time.perf_counter() - started)
            return Document(write_triples(triples, name, inspection.prefixes), name, len(triples), capped, time.perf_counter() - started)
        variables, found = _rows(response)
        rows, capped = take(found, limits.rows)
        capped = capped or CUT in response.headers
        if name is None:
            return Rows(variables, rows, capped, time.perf_counter() - started)
        return Document(write_rows(variables, rows, name), name, len(rows), capped, time.perf_counter() - started)

    def _was_cut(self, response: httpx.Response, query: str, seconds: float, default: tuple[str, ...], named: tuple[str, ...]) -> bool:
        """Whether the endpoint cut a graph: Virtuoso does so in silence, but tells it of a table with the same pattern."""
        if not response.headers.get("server", "").startswith("Virtuoso"):
            return CUT in response.headers
        start = pattern_start(query)
        if start is None:
            return False
        table = f"{prologue(query)} SELECT (1 AS ?certkgRow) WHERE {query[start:]}"
        return CUT in self._send(table, _TABLE, seconds, TRUSTED_BYTES, default, named).headers

    def _send(self, query: str, accept: str, seconds: float, most: int, default: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> httpx.Response:
        """Send a query with its dataset, and turn what is no result into an error."""
        text, marks = adapted(query)
        form: dict[str, object] = {"query": text}
        if default or named:
            form |= {"default-graph-uri": default or (NOTHING,), "named-graph-uri": named or (NOTHING,)}
        elif self.graphs:
            form |= {"default-graph-uri": tuple(sorted(self.graphs)), "named-graph-uri": tuple(sorted(self.graphs))}
        response = post(self._open_client(), self._endpoint.address, form, accept, seconds, most)
        if response.status_code != 200 or "x-sql-state" in response.headers:
            raise _refusal(response, self._endpoint.address, seconds)
        return _unmarked(response, marks)

    def _open_client(self) -> httpx.Client:
        """Give the client, if the store is open."""
        if self._client is None:
            raise StoreError("The store is closed.")
        return self._client


def _unmarked(response: httpx.Response, marks: Mapping[bytes, bytes]) -> httpx.Response:
    """A result with the query's own text in place of the marks that were sent for it."""
    if not marks:
        return response
    content = response.content
    for mark, text in marks.items():
        content = content.replace(mark, text)
    headers = [(name, value) for name, value in response.headers.items() if name != "content-length"]
    return httpx.Response(response.status_code, headers=headers, content=content, request=response.request)


def _refusal(response: httpx.Response, address: str, seconds: float) -> StoreError:
    """What an answer that is no result means; the endpoint's own words are its first line."""
    said = next((line.strip() for line in response.text.splitlines() if line.strip()), "")[:200]
    status = response.status_code
    if status in (401, 403, 404) or 300 <= status < 400:
        return StoreUnreadable(f"The endpoint {address} answers {status}; check the address, the user and the password of CERTKG_ENDPOINT.")
    if status in (408, 504) or _TIMED_OUT.search(said) or "x-sql-state" in response.headers:
        return QueryTimeout(f"The endpoint ended the query, which may take {seconds:g} seconds, without a whole result; add a LIMIT or a narrower pattern.")
    if status in (429, 502, 503):
        return StoreBusy(f"The endpoint {address} answers {status}; try again later.")
    if status == 400:
        return QuerySyntaxError(f"the endpoint cannot read the query: {said}")
    return QueryFailed(f"The endpoint could not answer this query: {said or status}.")


def _results(response: httpx.Response) -> ox.QuerySolutions | ox.QueryBoolean:
    """Read a result in SPARQL JSON.

    Raises:
        StoreUnreadable: If it is none.
    """
    try:
        return ox.parse_query_results(response.content, ox.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise _unreadable(response, error) from error


def _rows(response: httpx.Response) -> tuple[tuple[str, ...], list[tuple[Term | None, ...]]]:
    """The columns and rows of a table."""
    results = _results(response)
    if not isinstance(results, ox.QuerySolutions):
        raise QueryRefused("This template is no SELECT.")
    variables, rows = tuple(v.value for v in results.variables), []
    try:
        # A plain loop: a comprehension would keep the solutions in the error's traceback, and they must die in this thread.
        for solution in results:
            rows.append(tuple(solution))
    except (SyntaxError, ValueError) as error:
        del results
        raise _unreadable(response, error) from error
    return variables, rows


def _truth(response: httpx.Response) -> ox.QueryBoolean:
    """The answer of an ASK."""
    results = _results(response)
    if not isinstance(results, ox.QueryBoolean):
        raise QueryRefused("This template is no ASK.")
    return results


def _triples(response: httpx.Response) -> list[ox.Triple]:
    """The triples of a graph."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip()
    form = ox.RdfFormat.N_TRIPLES if kind == "text/plain" else ox.RdfFormat.from_media_type(kind)
    if form is None:
        raise _unreadable(response, ValueError(f"it is {kind or 'of no type'}"))
    try:
        return [quad.triple for quad in ox.parse(response.content, form, base_iri="urn:certkg:base")]
    except (SyntaxError, ValueError) as error:
        raise _unreadable(response, error) from error


def _unreadable(response: httpx.Response, error: Exception) -> StoreUnreadable:
    """Say that an answer is no result."""
    return StoreUnreadable(f"What the endpoint {response.request.url.copy_with(query=None)} answers is no SPARQL result: {error}.")
