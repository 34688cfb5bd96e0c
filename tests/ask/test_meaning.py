"""What a code, an abbreviation or a level means: only what the documents print, each with its line."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize("question", ["7102是什么", "5102指什么专业", "3102是哪个专业类的代码", "计算机类的代码是多少", "What does 7102 mean?"])
def test_a_code_is_explained_by_the_line_that_heads_its_row(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("list", "na")
    assert all(code in answer.answer for code in ("7102", "5102", "3102", "计算机类"))
    assert answer.citations[0].text == "7102 5102 3102 计算机类"


def test_a_code_that_does_not_exist_is_unknown_and_the_group_is_offered(asker: Asker) -> None:
    answer = asker.ask("7109是什么")
    assert answer.verdict == "unknown"
    assert "7102计算机类" in answer.answer


@pytest.mark.parametrize(("question", "codes"), [("71是什么大类", ("7101", "7104")), ("电子与信息大类有哪些专业类", ("7102", "7103"))])
def test_a_group_is_explained_by_its_categories(asker: Asker, question: str, codes: tuple[str, ...]) -> None:
    answer = asker.ask(question)
    assert answer.verdict == "na"
    assert all(code in answer.answer for code in codes)


@pytest.mark.parametrize("question", ["HCIP是什么意思", "什么是HCIP", "HCIP的全称是什么？", "what is HCIP", "what does HCIP stand for?"])
def test_a_name_that_is_not_defined_is_shown_where_it_is_printed(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == ("where", "na")
    assert "没有给“HCIP”下定义" in answer.answer or "do not define “HCIP”" in answer.answer
    assert {citation.line for citation in answer.citations} >= {427, 462, 464}


def test_all_things_that_carry_an_abbreviation_are_told(asker: Asker) -> None:
    lines = {citation.line for citation in asker.ask("ACCA是什么").citations}
    assert lines >= {517, 2390, 2502}


def test_a_long_table_does_not_hide_the_others(asker: Asker) -> None:
    answer = asker.ask("电工是什么")
    assert {citation.document for citation in answer.citations} >= {"shanghai-shuangshi-2025", "evaluation-directory", "nantong-subsidy-2025"}
    assert "没有逐一列出" in answer.answer


@pytest.mark.parametrize(
    ("question", "verdict", "texts"),
    [
        ("五级是什么意思", "na", ("初级工", "初级")),
        ("三级对应什么级别", "na", ("高级工", "高级", "6607汽车制造类（初级栏）")),
        ("技师是几级", "na", ("二级/技师",)),
        ("中级是什么意思", "na", ("四级",)),
        ("三级是高级吗", "yes", ("三级对应高级",)),
        ("五级算中级吗", "no", ("五级对应初级",)),
        ("五级算初级还是中级", "na", ("五级对应初级",)),
    ],
)
def test_a_level_means_what_note_3_says_and_the_exceptions_are_told(asker: Asker, question: str, verdict: str, texts: tuple[str, ...]) -> None:
    answer = asker.ask(question)
    assert answer.verdict == verdict
    assert all(text in answer.answer for text in texts)
    assert 43 in {citation.line for citation in answer.citations}


def test_1_plus_x_is_described_by_annex_7(asker: Asker) -> None:
    answer = asker.ask("1+X是什么")
    assert "447个（数出）" in answer.answer
    assert {citation.line for citation in answer.citations} == {1749, 2206}


@pytest.mark.parametrize(("question", "word"), [("双师型是什么意思", "双师型"), ("XYZ123是什么意思", "xyz123")])
def test_what_no_document_explains_is_unknown(asker: Asker, question: str, word: str) -> None:
    answer = asker.ask(question)
    assert answer.verdict == "unknown"
    assert word in answer.answer


def test_a_follow_up_asks_the_same_of_another_name(asker: Asker) -> None:
    assert "“HCIE”下定义" in asker.ask("那HCIE呢", ["HCIP是什么意思"]).answer


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("副教授是什么级别的职称", "title_levels"),
        ("一级建造师的法律依据是什么", "national_qualification"),
        ("6102林业类初级的执业资格证书是什么？", "list"),
        ("目录里L/S标记是什么意思", "subsidy"),
        ("4-10-03-05是什么", "directory"),
        ("HCIP在7102中级认不认", "recognition"),
    ],
)
def test_other_questions_keep_their_kind(asker: Asker, question: str, kind: str) -> None:
    assert asker.ask(question).kind == kind


@pytest.mark.parametrize(
    ("question", "verdict", "texts"),
    [
        ("5102和7102是同一个吗", "yes", ("指同一个专业类",)),
        ("7102和7103是同一个专业类吗", "no", ("不是同一个专业类",)),
        ("计算机类的高职代码是多少", "na", ("5102",)),
        ("7304属于哪个大类", "na", ("财经商贸大类",)),
        ("财经商贸大类代码", "na", ("73", "7304统计类")),
    ],
)
def test_codes_and_groups_are_told_both_ways(asker: Asker, question: str, verdict: str, texts: tuple[str, ...]) -> None:
    answer = asker.ask(question)
    assert answer.verdict == verdict
    assert all(text in answer.answer for text in texts)


def test_a_class_that_two_documents_have_is_told_of_both(asker: Asker) -> None:
    answer = asker.ask("A类是什么意思")
    assert {citation.document for citation in answer.citations} == {"nantong-subsidy-2025", "shanghai-shuangshi-2025"}
    assert "生产制造" in answer.answer
    assert "111项（数出）" in answer.answer


@pytest.mark.parametrize(("question", "texts"), [("技师和高级技师有什么区别", ("二级/技师", "一级/高级技师")), ("职业技能等级分几级", ("五级制",))])
def test_levels_are_told_apart(asker: Asker, question: str, texts: tuple[str, ...]) -> None:
    answer = asker.ask(question)
    assert all(text in answer.answer for text in texts)
