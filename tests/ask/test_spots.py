"""Names in text: exact, and with a slip of the pen."""

import pytest

from kg.ask.spots import Spotter, choose

LABELS = (
    ("一级建造师", "a"),
    ("二级建造师", "b"),
    ("HCIP", "c"),
    ("HCIE", "d"),
    ("养老护理员", "e"),
    ("网络系统建设与运维", "f"),
    ("心理咨询师", "g"),
    ("中国内部审计协会", "h"),
    ("电工", "i"),
    ("维修电工", "j"),
    ("高级工程师", "k"),
    ("正高级工程师", "l"),
)


@pytest.fixture(scope="module")
def spotter() -> Spotter:
    return Spotter(LABELS)


@pytest.mark.parametrize(
    ("text", "node"),
    [("养老护里员多少钱", "e"), ("网络系统建设于运维(初级)", "f"), ("心里咨询师呢", "g"), ("中国内部审记协会归谁管", "h")],
)
def test_a_slip_of_the_pen_is_seen_through(spotter: Spotter, text: str, node: str) -> None:
    assert [spot.nodes for spot in choose([*spotter.exact(text), *spotter.slips(text)])] == [(node,)]


@pytest.mark.parametrize("text", ["三级建造师", "hcia", "七级建造师", "高级护理员"])
def test_another_grade_letter_or_rank_is_never_a_slip(spotter: Spotter, text: str) -> None:
    assert choose([*spotter.exact(text), *spotter.slips(text)]) == []


def test_the_longest_name_wins(spotter: Spotter) -> None:
    assert [spot.label for spot in choose(spotter.exact("维修电工和正高级工程师"))] == ["维修电工", "正高级工程师"]


def test_a_latin_name_is_not_cut_out_of_a_longer_word(spotter: Spotter) -> None:
    assert choose(spotter.exact("xhcipx")) == []
    assert [spot.label for spot in choose(spotter.exact("华为hcip认证"))] == ["hcip"]
