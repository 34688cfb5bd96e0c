"""Two things compared by the tier that the catalogue prints them under, and entries counted and compared."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("question", "verdict", "text"),
    [
        ("HCIP和HCIE在7103哪个级别高", "na", "“HCIE”的级别高"),
        ("HCIE在7103比HCIA高吗", "yes", "“HCIE”的级别高"),
        ("HCIE在7103比HCIA低吗", "no", "“HCIE”的级别高"),
        ("HCIP在7102和7104级别一样吗", "yes", "两者同级"),
        ("Which is higher in 6406, 一级建造师 or 二级建造师?", "na", "“一级建造师” is higher"),
    ],
)
def test_two_things_are_compared_by_their_columns(asker: Asker, question: str, verdict: str, text: str) -> None:
    answer = asker.ask(question)
    assert answer.verdict == verdict
    assert text in answer.answer


def test_without_a_category_all_rows_are_compared(asker: Asker) -> None:
    assert "“HCIE”的级别高" in asker.ask("HCIP比HCIE低吗").answer


def test_a_question_that_compares_nothing_gets_no_comparison(asker: Asker) -> None:
    assert "比较" not in asker.ask("HCIP和HCIE在7103分别算什么级别").answer


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("7103中级一共有多少证书", ("一共**15项**（数出）",)),
        ("7102中级和高级1+X各有几个", ("中级36项、高级31项",)),
        ("7102和7103的中级行业证书哪个多", ("7102 计算机类27项", "7102 计算机类多")),
    ],
)
def test_entries_are_counted(asker: Asker, question: str, texts: tuple[str, ...]) -> None:
    answer = asker.ask(question).answer
    assert all(text in answer for text in texts)


def test_tiers_that_settle_nothing_are_no_yes(asker: Asker) -> None:
    assert asker.ask("ISO9000内审员比零售管理师中级高吗，7306").verdict == "na"
    assert asker.ask("一级消防工程师和二级消防工程师在6209差几级").verdict == "na"
    assert asker.ask("HCIP在7103和7104是一个级别吗").verdict == "yes"
