"""Features told in words."""

import pytest

from embeddings import Linker
from embeddings.explain import in_words
from embeddings.text import read_rows


@pytest.mark.parametrize(
    ("mention", "kind", "english", "chinese"),
    [
        ("二建", "credential", "what people call it", "通行的叫法"),
        ("心里咨询师", "credential", "signs of the same sound: 1", "1字同音"),
        ("网络与信息安全管理员四级证", "credential", "taken off before comparing: “四级”", "未计入名称：“四级”"),
        ("ABC会士", "credential", "the issuer fits", "颁发机构相符"),
        ("鸵鸟养殖", "association", "no other name has this part", "只有这一名称含此部分"),
    ],
)
def test_reasons(small: Linker, mention: str, kind: str, english: str, chinese: str) -> None:
    features = small.link(mention, kind).candidates[0].features
    assert english in in_words(features)
    assert chinese in in_words(features, "zh")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whatever_is_found_has_words(small: Linker, language: str) -> None:
    mentions = [*(node.label[:-1] for node in small.nodes), "cwmrs", "健康gls", "pet beautician", "mechanic", "鸵殖协会", "ABC", "大学期间考的保育员证", "7102"]
    for link in small.link_many(mentions):
        assert all(in_words(each.features, language) for each in link.candidates)


def test_all_words_are_in_both_languages() -> None:
    assert all(row["zh"] and row["en"] for row in read_rows("features.csv"))
