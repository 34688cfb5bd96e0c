"""The national qualification list (annex 8)."""

from kg.ask import Asker


def test_a_planned_change_of_class_is_told_without_taking_it_for_done(asker: Asker) -> None:
    answer = asker.ask("民航安全检查员是准入类吗")
    assert answer.verdict == "no"
    assert "拟依法调整为准入类" in answer.answer
    assert "仍是水平评价类" in answer.answer


def test_a_name_inside_another_is_not_the_listed_one(asker: Asker) -> None:
    assert asker.ask("电焊工在国家职业资格目录里吗").verdict == "no"
