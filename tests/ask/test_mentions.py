"""Text that no label explains: what the linker takes it for."""

import pytest

from kg.ask import Asker
from kg.ask.mentions import leftovers, unprinted_names
from kg.ask.text import normalize


@pytest.mark.parametrize(("text", "chunks"), [("请问这个能不能算？", []), ("请问NPDP产品经理能不能算？", ["npdp产品经理"]), ("x，y", [])])
def test_only_text_that_may_be_a_name_is_left(text: str, chunks: list[str]) -> None:
    assert [each.text for each in leftovers(normalize(text), (), normalize(text))] == chunks


def test_the_edges_that_were_taken_off_are_kept_for_a_second_try() -> None:
    chunk = leftovers("的电焊工的", (), "的电焊工的")[0]
    assert (chunk.text, chunk.says) == ("电焊工", "的电焊工的")


def test_what_a_cue_leaves_of_a_latin_word_is_no_name() -> None:
    text = "is it listed"
    assert leftovers("is it \u0001\u0001\u0001\u0001ed", (), text) == []


@pytest.mark.parametrize("question", ["NPDP产品经理国际认证在7306高级能用吗", "清华大学毕业证在7102中级认不认"])
def test_what_nothing_is_near_to_stays_unlinked_with_the_nearest_names(asker: Asker, question: str) -> None:
    request = asker.understand(question)
    assert request.mentions == ()
    assert request.unlinked
    assert all(not mention.nodes for mention in request.unlinked)


def test_names_that_a_conjunction_joins_are_linked_one_by_one(asker: Asker) -> None:
    assert [mention.label for mention in asker.understand("一建和二建分别对应什么职称").mentions] == ["一级建造师", "二级建造师"]


def test_what_no_document_prints_is_no_part_of_a_printed_name(asker: Asker) -> None:
    printed = {label for label in asker.vocabulary.spotter.nodes if unprinted_names(label)}
    assert printed == set()
