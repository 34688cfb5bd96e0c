"""The whole graph: the targets on the hand-written mentions, the lexicon, sizes and speed."""

import csv
import statistics
import time
from pathlib import Path

import pytest

from benchmarks.linking.mentions import Mention, Ranking, place, read_mentions
from embeddings import Linker
from embeddings.names import Node
from embeddings.parallel import WORTHWHILE
from kg.graph.build import read_identity
from kg.graph.everyday import KINDS, read_everyday
from kg.graph.identity import stem
from kg.tables import SOURCES

MENTIONS = read_mentions()


def _places(linker: Linker, mentions: list[Mention]) -> list[tuple[int, bool]]:
    nodes: dict[str, Node] = {node.iri: node for node in linker.nodes}
    found = []
    for mention in mentions:
        link = linker.link(mention.mention, mention.type or None)
        found.append((place(Ranking(tuple(nodes[each.iri] for each in link.candidates), 0.0), mention), link.linked))
    return found


def test_the_set_is_large_enough() -> None:
    assert len(MENTIONS) >= 400
    assert sum(not mention.expect for mention in MENTIONS) >= 80


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "first", "five", "refusals"),
    [
        ("calibration", 0.97, 0.99, 0.92),
        ("held out", 0.97, 0.99, 0.92),
        ("fresh", 0.93, 0.95, 0.92),
        ("newest", 0.96, 0.98, 0.95),
        ("latest", 0.97, 0.99, 0.95),
        ("last", 0.88, 0.93, 0.9),
    ],
)
def test_targets(whole: Linker, part: str, first: float, five: float, refusals: float) -> None:
    mentions = [mention for mention in MENTIONS if mention.part == part]
    places = _places(whole, mentions)
    named = [(at, linked) for (at, linked), mention in zip(places, mentions, strict=True) if mention.expect]
    nothing = [linked for (_, linked), mention in zip(places, mentions, strict=True) if not mention.expect]
    assert sum(at == 1 for at, _ in named) / len(named) >= first
    assert sum(0 < at < 6 for at, _ in named) / len(named) >= five
    assert sum(not linked for linked in nothing) / len(nothing) >= refusals


@pytest.mark.slow
def test_every_printed_name_is_its_own_first_result(whole: Linker) -> None:
    credentials = [node for node in whole.nodes if "Credential" in node.classes]
    for nodes, kind in ((credentials, "credential"), (whole.nodes, None)):
        links = whole.link_many([node.label for node in nodes], kind)
        assert [link.mention for link in links if not link.linked] == []
        # a name in two spellings, or of two things, may give the other first
        wrong = [link.mention for node, link in zip(nodes, links, strict=True) if node.label not in link.candidates[0].labels]
        assert len(wrong) <= len(nodes) // 500, wrong


@pytest.mark.slow
@pytest.mark.parametrize("kind", [None, "credential", "occupation", "association", "body"])
def test_words_that_many_names_have_link_to_nothing(whole: Linker, kind: str | None) -> None:
    links = whole.link_many(["管理", "服务", "技术", "中国", "协会", "职业", "师", "5", "证书", "初级", "操作", "维修"], kind)
    assert [link.mention for link in links if link.linked] == []


@pytest.mark.slow
def test_two_processes_give_what_one_gives(whole: Linker) -> None:
    mentions = [node.label for node in whole.nodes if "Credential" in node.classes][: WORTHWHILE + 300] + [mention.mention for mention in MENTIONS]
    assert whole.link_many(mentions, "credential", 5, processes=2) == whole.link_many(mentions, "credential", 5)


@pytest.mark.slow
def test_many_are_as_one_by_one(whole: Linker) -> None:
    mentions = [mention.mention for mention in MENTIONS]
    assert whole.link_many(mentions, "credential") == [whole.link(mention, "credential") for mention in mentions]


@pytest.mark.slow
def test_everyday_names_reach_their_nodes(whole: Linker) -> None:
    labels = {label.text for node in whole.nodes for label in node.labels}
    assert [row["name"] for row in read_everyday() if row["name"] not in labels] == []


def test_the_lexicon_is_whole() -> None:
    rows = read_everyday()
    assert len(rows) >= 500
    assert {row["kind"] for row in rows} == set(KINDS)
    assert all(row["name"] and row["means"] and row["reason"] and row["label"] in ("alt", "hidden") for row in rows)
    assert len({(row["kind"], row["name"]) for row in rows}) == len(rows)


def test_decisions_on_identity_do_not_chain() -> None:
    same = read_identity(SOURCES / "names" / "identity.csv")
    assert not {name for name, other in same.items() if other in same or name == other}
    with (SOURCES / "names" / "identity.csv").open(encoding="utf-8", newline="") as file:
        assert all(row["reason"] for row in csv.DictReader(file))
    assert stem("大数据应用开发（Java）") not in same


@pytest.mark.slow
def test_size_and_speed(whole: Linker, whole_index: Path) -> None:
    assert sum(path.stat().st_size for path in whole_index.rglob("*") if path.is_file()) <= 32 * 2**20
    times = []
    for mention in [*MENTIONS, *MENTIONS]:
        start = time.perf_counter()
        whole.link(mention.mention, mention.type or None)
        times.append(time.perf_counter() - start)
    assert statistics.median(times[len(MENTIONS) :]) < 0.02, "ten times the target, for a busy machine"
