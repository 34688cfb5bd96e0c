"""The directory of occupations open to social evaluation organisations."""

from pathlib import Path

import pytest

from kg.transcribe.directory import directory
from kg.transcribe.document import Document, DocumentError, read_document

HEAD = """\
附件2
   社会培训评价组织征集遴选职业（工种）目录（已发布）
\t序号
\t职业编码
\t职业（工种）名称
\t职业名称
\t等级

"""
#: Rows 1, 6, 42 and 133 of the document, numbered anew.
ROWS = """\
\t1
\t3-01-01-02
\t政务服务办事员
\t政务服务办事员
\t5、4、3

\t2
\t4-01-06-01
\t电子商务师（跨境电子商务师）
\t电子商务师
\t5、4、3、2

\t3
\t4-04-05-Z1
\t人工智能数据标注
\t人工智能数据标注
\t专项职业能力

\t4
\t4-14-05-01
\t社会体育指导员（登山（山地户外））
\t社会体育指导员
\t5、4

"""
NOTE = "注：职业编码、职业（工种）名称、等级将根据现行《中华人民共和国职业分类大典》动态调整。\n"


def excerpt(text: str = HEAD + ROWS + NOTE) -> Document:
    """Lines as a document."""
    return Document("evaluation-directory", tuple(text.split("\n")))


def test_five_lines_make_a_row_that_is_cited_where_it_starts() -> None:
    found = directory(excerpt(), rows=4)
    assert len(found) == 4
    assert found[0] == {
        "number": "1",
        "code": "3-01-01-02",
        "name": "政务服务办事员",
        "work_type": "",
        "occupation": "政务服务办事员",
        "grades": "5|4|3",
        "document": "evaluation-directory",
        "line": "9",
        "text": "1 | 3-01-01-02 | 政务服务办事员 | 政务服务办事员 | 5、4、3",
        "status": "exact",
        "reason": "",
    }


def test_the_bracket_after_the_occupation_is_the_work_type() -> None:
    found = directory(excerpt(), rows=4)
    assert (found[1]["name"], found[1]["work_type"]) == ("电子商务师（跨境电子商务师）", "跨境电子商务师")
    assert found[3]["work_type"] == "登山（山地户外）"


def test_a_special_skill_has_a_code_of_its_own_and_no_grades() -> None:
    found = directory(excerpt(), rows=4)[2]
    assert (found["code"], found["grades"]) == ("4-04-05-Z1", "")
    assert found["text"].endswith("专项职业能力")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\t5、4、3\n", "", "line 9: expected a number and four more values"),
        ("\t5、4、3、2", "\t5、4、6", "“5、4、6” does not go with code 4-01-06-01"),
        ("\t专项职业能力", "\t5、4", "does not go with code 4-04-05-Z1"),
        ("4-14-05-01", "4-14-0501", "line 27: “4-14-0501” is no code"),
        ("\t电子商务师\n", "\t互联网营销师\n", "is not “互联网营销师” with or without a work type"),
        ("\t2\n", "\t5\n", "no number 2"),
        ("\t等级\n", "\t级别\n", "line 3: expected the column headings"),
        ("遴选职业（工种）目录", "职业目录", "社会培训评价组织征集遴选职业"),
        (NOTE, "", "注：职业编码"),
    ],
)
def test_a_damaged_directory_is_refused(old: str, new: str, message: str) -> None:
    text = HEAD + ROWS + NOTE
    assert text.count(old) == 1
    with pytest.raises(DocumentError, match=message):
        directory(excerpt(text.replace(old, new)), rows=4)


def test_a_directory_that_stops_early_is_refused() -> None:
    with pytest.raises(DocumentError, match="no number 5"):
        directory(excerpt())


def test_the_full_directory_has_202_rows(documents: Path) -> None:
    found = directory(read_document(documents, "evaluation-directory"))
    assert len(found) == 202
    assert [each["code"] for each in found if not each["grades"]] == ["4-04-05-Z1", "4-04-05-Z2"]
    pedicurist = next(each for each in found if each["code"] == "4-10-03-05")
    assert (pedicurist["name"], pedicurist["grades"], pedicurist["line"]) == ("修脚师", "5|4|3|2|1", "615")
    assert next(each["grades"] for each in found if each["number"] == "13") == "5|2|1"
