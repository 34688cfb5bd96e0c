"""Ranks of titles."""

import pytest

from kg.ask import Asker
from kg.ask.kinds.ranks import full_rank, rank_en, rank_of_title, title_rows, within


@pytest.mark.parametrize(
    ("rank", "asked", "expected"), [("副高级", ["高级"], True), ("副高级", ["正高级"], False), ("员级", ["初级"], True), ("中级", [], False)]
)
def test_a_rank_is_within_a_broader_one(rank: str, asked: list[str], expected: bool) -> None:
    assert within(rank, asked) == expected


def test_a_rank_is_said_with_its_broader_word() -> None:
    assert [full_rank(rank) for rank in ("副高级", "中级", "？")] == ["高级（副高级）", "中级", "？"]
    assert [rank_en(rank) for rank in ("副高级", "高级", "？")] == ["副高级 (associate senior)", "高级 (senior)", "？"]


def test_a_title_with_its_rank_before_it_is_the_title(asker: Asker) -> None:
    mention = asker.understand("中级会计师是什么级别的职称").mentions[0]
    rows = title_rows(asker.context.fork(), mention)
    assert {row["titleName"] for row in rows} <= {"会计师", "中级会计师"}
    assert all(row["rank"] == "中级" for row in rows)


def test_a_title_that_annex_10_does_not_print_has_the_rank_that_it_says_or_none(asker: Asker) -> None:
    assert rank_of_title(asker.context.fork(), "https://x/y", "高级职称") == ("高级", ())
    assert rank_of_title(asker.context.fork(), "https://x/y", "船长") == ("", ())
