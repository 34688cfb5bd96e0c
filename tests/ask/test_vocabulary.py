"""The names of the graph: labels, classes, 专业类, aliases."""

import pytest

from kg.ask import Asker
from kg.ask.spots import Spot


def test_every_code_of_a_category_leads_to_it(asker: Asker) -> None:
    assert {asker.vocabulary.by_code[code].name for code in ("7102", "5102", "3102")} == {"计算机类"}
    assert "9999" not in asker.vocabulary.by_code


def test_a_node_without_label_is_called_by_its_address(asker: Asker) -> None:
    assert asker.vocabulary.label("https://w3id.org/certkg/id/credential/没有") == "没有"


@pytest.mark.parametrize(("alias", "title"), [("高工", "高级工程师"), ("主治医师", "主治（主管）医师")])
def test_titles_have_their_everyday_names(asker: Asker, alias: str, title: str) -> None:
    assert title in {asker.vocabulary.label(node) for node in asker.vocabulary.spotter.nodes[alias]}


@pytest.mark.parametrize("name", ["档案系列", "计算机专业", "家务服务员"])
def test_short_names_are_labels_too(asker: Asker, name: str) -> None:
    assert asker.vocabulary.spotter.nodes[name]


@pytest.mark.parametrize("word", ["证书", "中级", "协会"])
def test_words_that_are_no_names_are_never_taken_for_one(asker: Asker, word: str) -> None:
    assert word in asker.vocabulary.common
    assert asker.understand(f"{word}是什么").mentions == ()


def test_a_spot_is_a_category_or_it_is_not(asker: Asker) -> None:
    category = asker.vocabulary.by_code["7102"]
    assert asker.vocabulary.is_category(Spot(0, 4, "计算机类", (category.iri,), exact=True, score=1.0))
    assert not asker.vocabulary.is_category(Spot(0, 2, "电工", ("x",), exact=True, score=1.0))


def test_nodes_of_one_name_are_alike(asker: Asker) -> None:
    node = asker.vocabulary.spotter.nodes["hcip"][0]
    assert node in asker.vocabulary.alike(node)
    assert asker.vocabulary.alike("https://x/y") == ("https://x/y",)
    assert "Credential" in asker.vocabulary.types_of([node])
