"""The process in which queries of the public run: it opens the store, gives up what it does not need, and answers one query at a time."""

from __future__ import annotations

import contextlib
import os
import pickle
import re
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.store.base import Request
from kg.store.checking import Inspection, check_bindings, declared, inspect, known_graph, must_be_read, plain, refuse_extensions, syntax_error
from kg.store.errors import QueryFailed, QueryRefused, QuerySyntaxError, StoreError, StoreUnreadable
from kg.store.folder import Manifest, open_data
from kg.store.results import Document, Limits, Outcome, Rows, Term, Triples, Truth, choose_format, take, take_distinct, write_rows, write_triples, write_truth

# The parent kills at the limit; the worker ends itself a little later, in case the parent is gone.
GRACE_SECONDS = 2.0
NICE = 5
# Python's parser of SPARQL takes some 40 calls a level; 10,000 is about 250 levels, and fits the stack below many times over.
RECURSION = 10_000
STACK_BYTES = 256 * 1024 * 1024
MIB = 1024 * 1024
# Read once while files can still be opened: a query, an update, and neither.
_FIRST = ("ASK { ?s ?p 1 }", "CLEAR ALL", "?")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the worker sends back.

    Attributes:
        outcome: The result, or the error to raise; None when it is ready for the first query.
        worn: True if the worker kept so much memory that a new one should take its place.
    """

    outcome: Outcome | Inspection | StoreError | None
    worn: bool = False


def main(descriptor: int, task: Mapping[str, Any]) -> None:
    """Do a task for one query after another until the parent hangs up.

    Args:
        descriptor: The socket to the parent.
        task: `folder` and `manifest` of the store whose queries are answered; or `graphs`, the named graphs of an endpoint whose
            queries are only read here; None if it may have any.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    # Answers to people come first where the processors are few.
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(RECURSION)
    threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=_serve, args=(Connection(descriptor), task))
    thread.start()
    thread.join()


def _serve(connection: Connection, task: Mapping[str, Any]) -> None:
    """Get ready, say so, and do the task for one query after another."""
    try:
        work, graphs = _prepare(task)
        # Everything that is imported or opened on first use has to be there before no file can be opened any more.
        for text in _FIRST:
            with contextlib.suppress(StoreError):
                inspect(text, graphs)
        memory = _memory_file()
        # No new descriptor: no socket, so no request leaves this process, whatever a query says.
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    except (StoreError, OSError) as error:
        connection.send_bytes(pickle.dumps(Reply(error if isinstance(error, StoreError) else StoreError(str(error)))))
        return
    idle = _address_space(memory)
    connection.send_bytes(pickle.dumps(Reply(None)))
    while True:
        try:
            request: Request = pickle.loads(connection.recv_bytes())
        except (EOFError, OSError):
            return
        signal.setitimer(signal.ITIMER_REAL, request.limits.seconds + GRACE_SECONDS)
        if idle:
            _limit_memory(idle + request.limits.memory_mib * MIB)
        try:
            body = pickle.dumps(Reply(_guarded(work, request), _address_space(memory) > idle + 128 * MIB))
        except MemoryError:
            body = pickle.dumps(Reply(_out_of_memory(request.limits), worn=True))
        if len(body) > request.limits.result_mib * MIB:
            body = pickle.dumps(Reply(QueryFailed(f"The result is larger than {request.limits.result_mib} MiB; ask for fewer rows or columns."), worn=True))
        try:
            connection.send_bytes(body)
        except OSError:
            return
        signal.setitimer(signal.ITIMER_REAL, 0)


def _prepare(task: Mapping[str, Any]) -> tuple[Callable[[Request], Outcome | Inspection], frozenset[str] | None]:
    """What is done for each query, and the named graphs that a query may name."""
    if "folder" not in task:
        graphs = None if task["graphs"] is None else frozenset(task["graphs"])
        return partial(read, graphs), graphs
    store = open_data(Path(task["folder"]), Manifest(**task["manifest"]))
    graphs = frozenset(g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode))
    return partial(answer, store, graphs), graphs


def _guarded(work: Callable[[Request], Outcome | Inspection], request: Request) -> Outcome | Inspection | StoreError:
    """Do the task for a query; any error is part of the answer."""
    try:
        return work(request)
    except StoreError as error:
        return error
    except MemoryError:
        return _out_of_memory(request.limits)
    except BaseException as error:  # a panic of the engine is no Exception
        return engine_error(error)


def read(graphs: frozenset[str] | None, request: Request) -> Inspection:
    """Check a query that another endpoint is to run: all of it is read, because that endpoint may do more than SPARQL 1.1 queries.

    Args:
        graphs: The addresses of the endpoint's named graphs; None if it may have any.
        request: The query and all that comes with it.

    Returns:
        What may be sent.

    Raises:
        StoreError: If the query is refused or is not SPARQL.
    """
    inspection = inspect(request.query, graphs)
    refuse_extensions(inspection)
    check_bindings(inspection.text, request.bindings)
    for address in request.default_graphs + request.named_graphs:
        known_graph(address, graphs)
    if request.formats:
        choose_format(request.formats, graph=inspection.form in ("CONSTRUCT", "DESCRIBE"))
    return inspection


def answer(store: ox.Store, graphs: frozenset[str], request: Request) -> Outcome:
    """Check a query, run it, cap its result, and write it down.

    Args:
        store: The open store.
        graphs: The addresses of its named graphs.
        request: The query and all that comes with it.

    Returns:
        The result.

    Raises:
        StoreError: If the query is refused, is not SPARQL, or fails.
    """
    started = time.perf_counter()
    text = plain(request.query)
    prefixes = inspect(text, graphs).prefixes if must_be_read(text) else declared(text)
    check_bindings(text, request.bindings)
    for address in request.default_graphs + request.named_graphs:
        known_graph(address, graphs)
    try:
        results = evaluate(store, text, request.bindings, request.default_graphs, request.named_graphs)
    except QuerySyntaxError:
        # rdflib tells more of what is wrong: an update, a prefix, the place.
        inspect(text, graphs)
        raise
    name = choose_format(request.formats, graph=isinstance(results, ox.QueryTriples)) if request.formats else None
    limit = request.limits.rows
    if isinstance(results, ox.QueryBoolean):
        if name is None:
            return Truth(bool(results), time.perf_counter() - started)
        return Document(write_truth(results, name), name, 1, False, time.perf_counter() - started)
    if isinstance(results, ox.QueryTriples):
        triples, capped = take_distinct(results, limit)
        if name is None:
            return Triples(triples, capped, time.perf_counter() - started)
        return Document(write_triples(triples, name, prefixes), name, len(triples), capped, time.perf_counter() - started)
    variables = tuple(v.value for v in results.variables)
    rows, capped = take((tuple(solution) for solution in results), limit)
    if name is None:
        return Rows(variables, rows, capped, time.perf_counter() - started)
    return Document(write_rows(variables, rows, name), name, len(rows), capped, time.perf_counter() - started)


def evaluate(
    store: ox.Store, text: str, bindings: Mapping[str, Term], default_graphs: tuple[str, ...] = (), named_graphs: tuple[str, ...] = ()
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Hand a checked query to Oxigraph.

    Args:
        store: The open store.
        text: The query.
        bindings: What its variables are to be.
        default_graphs: The graphs to take as default graph.
        named_graphs: The graphs to take as named graphs.

    Returns:
        Oxigraph's result, not yet read.

    Raises:
        QueryRefused: If a binding is not of a variable that the query gives out.
        QuerySyntaxError: If Oxigraph cannot read the query.
        QueryFailed: If the store cannot be read.
    """
    try:
        substitutions = {ox.Variable(name): term for name, term in bindings.items()}
    except ValueError as error:
        raise QueryRefused(f"A binding does not have the name of a variable: {error}") from error
    # As in the SPARQL protocol: whoever names a graph of one sort gets none of the other sort but those that are named.
    chosen = bool(default_graphs or named_graphs)
    try:
        return store.query(
            text,
            substitutions=substitutions or None,
            default_graph=[ox.NamedNode(g) for g in default_graphs] if chosen else None,
            named_graphs=[ox.NamedNode(g) for g in named_graphs] if chosen else None,
        )
    except SyntaxError as error:
        raise syntax_error(error) from error
    except RuntimeError as error:
        missing = re.search(r"variable (\?\S+) in its SELECT projection", str(error))
        if missing:
            raise QueryRefused(f"{missing[1]} is bound from outside, so the query has to give it out: put it in SELECT (and in GROUP BY).") from error
        raise engine_error(error) from error
    except (OSError, ValueError) as error:
        raise engine_error(error) from error


def engine_error(error: BaseException) -> StoreError:
    """Say what the engine could not do: read the store, or answer the query."""
    if isinstance(error, OSError) or "Corruption" in str(error):
        return StoreUnreadable(f"The store could not be read: {error}. Make it again with `certkg build`.")
    return QueryFailed(f"The engine could not answer this query: {error}.")


def _out_of_memory(limits: Limits) -> QueryFailed:
    """Say that a query needed too much memory."""
    return QueryFailed(f"The query needed more than {limits.memory_mib} MiB of memory; add a LIMIT or a narrower pattern.")


def _memory_file() -> int | None:
    """Open the kernel's account of this process's memory, where there is one."""
    try:
        return os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return None


def _address_space(memory: int | None) -> int:
    """Read how much address space this process has, in bytes; 0 if nobody tells."""
    return 0 if memory is None else int(os.pread(memory, 64, 0).split()[0]) * resource.getpagesize()


def _limit_memory(size: int) -> None:
    """Set how much address space this process may have."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
