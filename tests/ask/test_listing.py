"""What a 专业类 recognises."""

from kg.ask import Asker


def test_a_list_holds_the_entries_of_the_column_and_nothing_else(asker: Asker) -> None:
    answer = asker.ask("3303中级职称有哪些？")
    assert {item.label for item in answer.items} == {"中级会计师", "中级审计师", "中级经济师"}
