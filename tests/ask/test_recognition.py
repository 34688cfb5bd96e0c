"""Recognition: verdicts as a careful reader of the catalogue gives them."""

import pytest

from kg.ask import Asker


@pytest.mark.parametrize(
    ("question", "verdict", "line"),
    [
        ("does 华为HCIP count for 7102 中级?", "yes", 427),
        ("红帽RHCE 5102 中级认不认", "yes", 427),
        ("华为HCIP在7103中级认不认", "yes", 462),
        ("二建够不够市政工程类的高级", "no", 161),
        ("旅游饭店外语等级C级能不能按水上运输类高级来算", "no", 404),
        ("珠算五级够得上财务会计类中级吗", "no", 517),
        ("矿山救护工五级 能算4206中级吗", "no", 64),
    ],
)
def test_the_verdict_is_the_catalogues_and_its_line_is_cited(asker: Asker, question: str, verdict: str, line: int) -> None:
    answer = asker.ask(question)
    assert answer.verdict == verdict
    assert line in [citation.line for citation in answer.citations]


def test_a_specific_entry_is_not_sold_as_the_general_one(asker: Asker) -> None:
    answer = asker.ask("华为HCIP在7102中级认不认")
    assert "HCIP-datacom" in answer.answer
    assert "更具体" in answer.answer
    assert "华为认证ICT高级工程师" in answer.answer


@pytest.mark.parametrize("question", ["中式烹调师二级在餐饮类（7402）能认什么级别？", "护士执业证在7202初级认吗", "社会体育指导员三级，7703能算高级吗"])
def test_a_lost_row_is_unknown_never_no(asker: Asker, question: str) -> None:
    answer = asker.ask(question)
    assert answer.verdict == "unknown"
    assert "不在现存文本里" in answer.answer


@pytest.mark.parametrize("question", ["PMP证书7306高级认不认", "CKA在7102高级可以吗", "雅思7分7601中级行吗"])
def test_a_certificate_in_none_of_the_documents_is_unknown(asker: Asker, question: str) -> None:
    assert asker.ask(question).verdict == "unknown"


def test_a_missing_category_is_asked_for_with_the_possibilities(asker: Asker) -> None:
    answer = asker.ask("健康管理师三级够不够高级？")
    assert answer.verdict == "clarify"
    assert "7201" in answer.answer


def test_a_column_that_contradicts_the_printed_grade_is_told_with_both_lines(asker: Asker) -> None:
    answer = asker.ask("心理咨询师二级，7201能认中级吗")
    assert answer.verdict == "yes"
    assert "自相矛盾" in answer.answer
    assert {471, 43} <= {citation.line for citation in answer.citations}


def test_an_entry_whose_tier_cannot_be_read_is_unknown(asker: Asker) -> None:
    assert asker.ask("注册会计师在7301中级算不算").verdict == "unknown"


def test_the_answer_is_in_the_language_of_the_question(asker: Asker) -> None:
    assert asker.ask("Does FRM count for 7304 统计类 at the 高级 tier?").answer.startswith("**No**")
    assert asker.ask("FRM在7304高级认不认").answer.startswith("**不能**")


def test_the_query_that_ran_gives_the_same_rows_again(asker: Asker) -> None:
    answer = asker.ask("HCIE能用在哪些专业类？")
    shown = next(text for text in answer.sparql.split("\n\n") if "recognizes" in text)
    rows = asker.context.store.select(shown, {}).rows
    assert len(rows) == 3


def test_an_everyday_name_of_several_rows_is_denied_only_for_all_of_them(asker: Asker) -> None:
    answer = asker.ask("艺术类二级演员高级认吗")
    assert answer.verdict == "na"
    assert "7502 表演艺术类" in answer.answer
    assert asker.ask("航空类锻造工四级中级认吗").verdict == "no"
    assert "7502" not in asker.ask("艺术设计类二级演员高级认吗").answer
