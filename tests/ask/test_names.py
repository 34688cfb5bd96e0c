"""Names of one class of things in a question."""

from kg.ask import Asker
from kg.ask.names import named, occupations, other_names, spotter


def test_an_exact_name_is_preferred_to_a_longer_one_with_slips(asker: Asker) -> None:
    assert [spot.label for spot in named(asker.context.fork(), "电工和养老护里员", "occupation_names")] == ["电工", "养老护理员"]
    assert [spot.label for spot in named(asker.context.fork(), "电工和养老护里员", "occupation_names", slips=False)] == ["电工"]


def test_a_spotter_is_made_once_for_all_questions(asker: Asker) -> None:
    assert spotter(asker.context.fork(), "occupation_names") is spotter(asker.context.fork(), "occupation_names")


def test_where_no_name_stands_letter_by_letter_the_linker_is_trusted(asker: Asker) -> None:
    request = asker.understand("养老护理师在南通补贴多少")
    labels = [spot.label for spot in occupations(request, asker.context.fork(), request.text)]
    assert labels in (["养老护理员"], [])


def test_what_a_list_does_not_print_is_named_without_the_sentence_around_it(asker: Asker) -> None:
    request = asker.understand("家庭教育魔法师有没有列入征集遴选目录")
    assert all("列入" not in name for name in other_names(request))
