"""Running queries of `queries/`: bindings, what is noted, what is shown, what is made once."""

import threading
import time
from functools import partial
from unittest.mock import Mock

import pyoxigraph as ox
import pytest

from kg.ask import Asker
from kg.ask.context import ID, Context, Once, Recent, query_text, select, shown
from kg.ask.tables import read_table, table
from kg.store import Bindings, Rows, StoreError


class Store:
    """A store that notes what it is asked."""

    def __init__(self) -> None:
        """Begin unasked."""
        self.asked: list[Bindings] = []

    def select(self, query: str, bindings: Bindings | None = None) -> Rows:
        """Two rows, whatever is asked."""
        self.asked.append(dict(bindings or {}))
        return Rows(("node", "label"), ((ox.NamedNode("http://x/1"), None), (ox.NamedNode("http://x/2"), ox.Literal("二"))), False, 0.0)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def context(store: Store) -> Context:
    return Context(store, None)  # type: ignore[arg-type]


def test_an_unbound_variable_is_absent(context: Context) -> None:
    assert context.rows("labels") == [{"node": "http://x/1"}, {"node": "http://x/2", "label": "二"}]


def test_values_are_bound_as_terms_and_never_pasted(context: Context, store: Store) -> None:
    context.rows("where", credential=f"{ID}credential/x", name='" } DROP ALL #', number=5)
    assert store.asked == [{"credential": ox.NamedNode(f"{ID}credential/x"), "name": ox.Literal('" } DROP ALL #'), "number": ox.Literal(5)}]
    assert 'VALUES ?name { "\\" } DROP ALL #" }' in context.shown_queries()


def test_several_values_are_written_as_terms_too(asker: Asker) -> None:
    context = asker.context.fork()
    found = context.rows("coverage", category=[f"{ID}category/7102", f"{ID}category/7103"])
    assert {row["category"][-4:] for row in found} == {"7102", "7103"}
    assert len(asker.context.store.select(context.shown_queries()).rows) == len(found)
    assert context.rows("name_of", node=['" } DROP ALL #', f"{ID}category/7102"])


def test_the_same_query_runs_once_and_is_shown_by_every_question_that_uses_it(context: Context, store: Store) -> None:
    first = context.rows("labels")
    first.clear()
    assert len(context.rows("labels")) == 2
    later = context.fork()
    assert len(later.rows("labels")) == 2
    assert len(store.asked) == 1
    assert later.shown_queries() == context.shown_queries() != ""
    later.rows("where", credential=f"{ID}credential/x")
    later.rows("where", credential=f"{ID}credential/y")
    assert len(store.asked) == 3


def test_a_query_that_failed_is_run_again(context: Context, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store, "select", Mock(side_effect=StoreError("away")))
        with pytest.raises(StoreError):
            context.rows("labels")
    assert len(context.rows("labels")) == 2


def test_what_was_used_longest_ago_is_forgotten_first() -> None:
    recent, made = Recent(4, len), []

    def make(key: str, size: int) -> list[str]:
        made.append(key)
        return [key] * size

    for key, size in (("a", 2), ("b", 2), ("a", 2), ("c", 1), ("a", 2), ("b", 2), ("large", 5), ("large", 5)):
        assert recent(key, partial(make, key, size)) == [key] * size
    assert made == ["a", "b", "c", "b", "large", "large"]


def test_a_fork_forgets_what_was_asked_and_keeps_what_was_made(context: Context, store: Store) -> None:
    assert table(context, "labels") is table(context.fork(), "labels")
    assert len(store.asked) == 1
    assert context.fork().trace == []
    assert context.trace == [("labels", {})]


def test_a_table_that_no_answer_shows_is_not_noted(context: Context) -> None:
    read_table(context, "labels")
    assert context.shown_queries() == ""


def test_a_query_that_does_not_exist_is_an_error(context: Context) -> None:
    with pytest.raises(FileNotFoundError):
        context.rows("no_such_query")


def test_a_query_without_values_is_shown_without_its_header() -> None:
    assert shown("labels", {}).startswith("PREFIX")
    assert query_text("labels").startswith("# title")


def test_a_shown_query_gives_the_rows_that_were_used(asker: Asker) -> None:
    context = asker.context.fork()
    rows = context.rows("coverage", category=f"{ID}category/7102")
    again = asker.context.store.select(context.shown_queries())
    assert len(again.rows) == len(rows) > 0


def test_what_is_made_once_is_made_once_by_threads_too() -> None:
    once, made = Once(), []

    def make() -> int:
        time.sleep(0.01)
        made.append(1)
        return 7

    threads = [threading.Thread(target=lambda: once("key", make)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]
    assert once.made() == {"key"}


def test_what_failed_to_be_made_is_tried_again() -> None:
    once = Once()
    with pytest.raises(ZeroDivisionError):
        once("key", lambda: 1 // 0)
    assert once("key", lambda: 3) == 3


def test_select_reads_a_query_file_with_its_terms(asker: Asker) -> None:
    assert select(asker.context.store, "labels", {})
