"""Where a credential counts."""

from kg.ask import Asker


def test_where_names_every_category_with_its_tier(asker: Asker) -> None:
    answer = asker.ask("HCIE能用在哪些专业类？")
    assert [item.label[:4] for item in answer.items] == ["7102", "7103", "7104"]
    assert answer.verdict == "na"
