"""From question to request, alone and in a conversation."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize("code", ["7102", "5102", "3102", "计算机类", "计算机专业"])
def test_codes_and_names_of_one_category_are_one_thing(asker: Asker, code: str) -> None:
    request = asker.understand(f"HCIP在{code}中级认不认")
    assert [category.code for category in request.categories] == ["7102"]
    assert request.tiers == ("中级",)
    assert request.kind == "recognition"


@pytest.mark.parametrize(
    ("question", "grades", "level", "tiers"),
    [
        ("民航乘务员（五级/初级工），航空运输类初级认不认？", (5,), "", ("初级",)),
        ("植保无人机应用（中级）在6102中级认不认？", (), "中级", ("中级",)),
        ("健康管理师三级够不够高级？", (3,), "", ("高级",)),
        ("华为HCIP 7103 中级", (), "", ("中级",)),
    ],
)
def test_a_level_of_the_certificate_is_not_the_tier_that_is_asked_for(
    asker: Asker, question: str, grades: tuple[int, ...], level: str, tiers: tuple[str, ...]
) -> None:
    request = asker.understand(question)
    mention = request.named("Credential")[0]
    assert (mention.grades or request.grades, mention.level, request.tiers) == (grades, level, tiers)


def test_a_code_and_a_name_that_disagree_are_noticed(asker: Asker) -> None:
    assert {category.code for category in asker.understand("7102通信类HCIP算吗").contradiction} == {"7102", "7103"}


@pytest.mark.parametrize(
    ("history", "question", "kind", "labels", "codes", "tiers"),
    [
        (["CMA能用在哪个专业类？"], "CFA呢？", "where", None, (), ()),
        (["6102林业类初级的执业资格证书是什么？"], "那中级的执业资格呢？", "list", (), ("6102",), ("中级",)),
        (["HCIP在7102中级认不认"], "换成7103", "recognition", ("HCIP",), ("7103",), ("中级",)),
        (["HCIP在7102中级认不认"], "那高级呢？", "recognition", ("HCIP",), ("7102",), ("高级",)),
        (["一级建造师在6405高级认不认"], "二级的呢", "recognition", ("二级建造师",), ("6405",), ("高级",)),
    ],
)
def test_a_follow_up_takes_over_what_it_leaves_out(
    asker: Asker, history: list[str], question: str, kind: str, labels: tuple[str, ...] | None, codes: tuple[str, ...], tiers: tuple[str, ...]
) -> None:
    request = asker.understand(question, history)
    assert request.kind == kind
    if labels is not None:
        assert tuple(mention.label for mention in request.mentions) == labels
    assert tuple(category.code for category in request.categories) == codes
    assert request.tiers == tiers


def test_a_new_subject_forgets_the_old_one(asker: Asker) -> None:
    request = asker.understand("中国翻译协会在附件4里吗？", ["HCIP在7102中级认不认"])
    assert request.kind == "association"
    assert request.categories == ()


def test_why_asks_for_the_proof_of_the_turn_before(asker: Asker) -> None:
    request = asker.understand("为什么？", ["HCIP在7102中级认不认"])
    assert request.asks_proof
    assert [category.code for category in request.categories] == ["7102"]


def test_what_nothing_is_near_to_stays_unlinked(asker: Asker) -> None:
    request = asker.understand("NPDP产品经理国际认证在7306高级能用吗")
    assert request.mentions == ()
    assert request.unlinked


def test_a_conjunction_joins_two_names(asker: Asker) -> None:
    assert len(asker.understand("一建和二建分别对应什么职称").mentions) == 2
