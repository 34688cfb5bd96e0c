"""Reading OCR text: what may vary between copies of a document, and what may not."""

from pathlib import Path

import pytest

from kg.transcribe.document import Document, DocumentError, clean_cell, one_width, read_document, tidy

TITLE = "# 2025 年上海市双师型教师专业认定细则"
NAME = "shanghai-shuangshi-2025"


def write(folder: Path, content: bytes) -> Path:
    (folder / f"{NAME}.txt").write_bytes(content)
    return folder


@pytest.mark.parametrize("content", [f"{TITLE}\n一\t二\n", f"{TITLE}\r\n一\t二\r\n", f"{TITLE}\r一\t二\r", f"\ufeff{TITLE}\n一\t二\n"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path: Path, content: str) -> None:
    assert read_document(write(tmp_path, content.encode()), NAME).lines == (TITLE, "一\t二", "")


def test_a_missing_document_is_named_with_what_the_folder_must_hold(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=rf"{NAME}\.txt: no such file; the folder must hold .*zhejiang-pathway-2022\.txt"):
        read_document(tmp_path, NAME)


def test_another_encoding_is_refused_at_its_first_wrong_byte(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"not UTF-8 text \(byte 7\)"):
        read_document(write(tmp_path, TITLE.encode("gb18030")), NAME)


def test_another_edition_is_refused_by_its_first_lines(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="lines 1 to 30 do not say “2025 年上海市双师型教师专业认定细则”"):
        read_document(write(tmp_path, TITLE.replace("2025", "2026").encode()), NAME)


def test_a_title_that_the_ocr_spaced_otherwise_is_the_same_edition(tmp_path: Path) -> None:
    assert read_document(write(tmp_path, "2025年上海市 双师型教师专业认定细则".encode()), NAME).id == NAME


def test_a_line_that_the_document_does_not_have_is_an_error_with_its_number() -> None:
    with pytest.raises(DocumentError, match=r"d: no line 3 \(the document has 2 lines\)"):
        Document("d", ("a", "b")).line(3)


def test_a_heading_is_found_whatever_its_white_space_and_only_in_the_lines_asked_for() -> None:
    document = Document("d", ("附件 9：名单", "x", "### 附件9： 名单"))
    assert document.find("附件9：名单") == 1
    assert document.find("附件 9：名单", start=2) == 3
    with pytest.raises(DocumentError, match="d: no line from 2 on says “附件9：名单”"):
        document.find("附件9：名单", start=2, end=2)


def test_cells_lose_tags_filler_and_outer_space() -> None:
    document = Document("d", ("<b>6301 4301 2301 电力技术 类</b>\t--\t \t<p>三维模型师（高级）</p> <p>动作绑定师（高级）</p>",))
    assert document.cells(1) == ["6301 4301 2301 电力技术 类", "", "", "三维模型师（高级） 动作绑定师（高级）"]


def test_a_dash_inside_text_is_not_filler() -> None:
    assert clean_cell("消防设施操作员- 消防设施监控操作") == "消防设施操作员- 消防设施监控操作"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("助理工程 师", "助理工程师"),
        ("BIM 建模师（初级）", "BIM建模师（初级）"),
        ("A 级 ICAD 国际商业美术设计师", "A级ICAD国际商业美术设计师"),
        ("LEED  Green Associate", "LEED Green Associate"),
    ],
)
def test_a_name_keeps_only_the_spaces_between_latin_words(printed: str, name: str) -> None:
    assert tidy(printed) == name


def test_brackets_of_both_widths_compare_equal() -> None:
    assert one_width("焊工 （五级/初级工）") == one_width("焊工(五级/初级工)")
