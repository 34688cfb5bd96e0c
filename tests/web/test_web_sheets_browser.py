"""The spreadsheet tab as a reviewer uses it, in Debian's Chromium: a file in, its columns confirmed, the file with verdicts out."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from web.browsing import DESKTOP, PHONE, Opener, axe, shot

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FITS = "document.documentElement.scrollWidth <= innerWidth"
#: A process of its own opens the graph first; on a loaded machine that takes its time (ms).
PATIENT = 90_000
ROWS = (
    ("2025年双师型教师证书统计表",),
    ("序号", "姓名", "所教专业类", "持有证书", "证书等级", "申报级别", "备注"),
    (1, "张三", "7102 计算机类", "华为HCIP", None, "中级", "=1+1"),
    (2, "李四", 6602, "电工", "三级", "高级", None),
    (3, "王五", "7102", "HCIP", None, "高级", "<b>粗</b>"),
    (4, "赵六", "7402", "中式烹调师", "二级", "高级", None),
    (5, "<img src=x onerror=alert(1)>", "7102", "<script>alert(1)</script>", None, "高级", None),
    (6, "钱七", None, "一级建造师", None, "中级", None),
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    workbook = Workbook()
    page = workbook.worksheets[0]
    page.title = "名单"
    for row in ROWS:
        page.append(row)
    page.merge_cells("A1:G1")
    workbook.create_sheet("说明")["A1"] = "请逐行填写"
    workbook.save(tmp_path / "教师证书.xlsx")
    return tmp_path / "教师证书.xlsx"


def hand_in(page: Page, path: Path) -> None:
    """Open the tab and choose a file."""
    page.locator("#tab-sheets-button").click()
    expect(page.locator("#sheets .drop")).to_be_visible()
    page.locator("#sheet-file").set_input_files(path)


def chosen(page: Page, role: str) -> str:
    """The column that a role has."""
    return str(page.locator(f"#sheet-column-{role}").input_value())


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_workbook_in_and_out(opened: Opener, book: Path, size: tuple[int, int]) -> None:
    page = opened(size=size)
    page.locator("#tab-sheets-button").click()
    shot(page, f"sheets-start-{size[0]}", whole=True)
    hand_in(page, book)
    expect(page.locator(".sheet-form h2")).to_be_focused()
    assert {role: chosen(page, role) for role in ("certificate", "grade", "category", "tier", "issuer")} == {
        "certificate": "D", "grade": "E", "category": "C", "tier": "F", "issuer": "",
    }  # fmt: skip
    expect(page.locator(".sheet-form table")).to_contain_text("华为HCIP")
    shot(page, f"sheets-columns-{size[0]}", whole=True)
    assert page.evaluate(FITS)
    page.locator("#sheet-category").fill("6405")
    page.locator(".sheet-form .primary").click()
    expect(page.locator(".sheet-progress progress")).to_be_visible()
    shot(page, f"sheets-progress-{size[0]}")
    expect(page.locator(".sheet-result h2")).to_have_text("核对完成：6 行", timeout=PATIENT)
    expect(page.locator(".sheet-result h2")).to_be_focused()
    chips = page.locator(".sheet-result tbody .chip")
    assert chips.all_inner_texts()[:4] == ["可以", "可以", "不可以", "无法判断"]
    expect(page.locator(".sheet-result tbody tr").first).to_contain_text("第427行")
    expect(page.locator(".sheet-result tbody tr").nth(4)).to_contain_text("<script>alert(1)</script>")
    shot(page, f"sheets-result-{size[0]}", whole=True)
    assert page.evaluate(FITS)
    with page.expect_download() as download:
        page.locator(".sheet-downloads a").first.click()
    assert download.value.suggested_filename == "教师证书-certkg.xlsx"
    out = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert out.sheetnames == ["名单", "说明", "核对汇总"]
    assert [cell.value for cell in out.worksheets[0][2]][7:9] == ["核对结论", "对应条目"]
    assert [row[7].value for row in out.worksheets[0].iter_rows(min_row=3)][:4] == ["可以", "可以", "不可以", "无法判断"]
    page.locator("[data-back]").click()
    expect(page.locator("#sheet-category")).to_have_value("6405")
    page.locator("[data-again]").click()
    expect(page.locator("#sheet-file")).to_be_focused()


def test_a_person_changes_the_columns(opened: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("甲,乙,丙\nHCIP数通,x,7102\n", encoding="gbk")
    page = opened()
    hand_in(page, path)
    page.locator("#sheet-column-certificate").select_option("A")
    page.locator("#sheet-column-category").select_option("C")
    page.locator("#sheet-tier").select_option("中级")
    page.locator(".sheet-form .primary").click()
    expect(page.locator(".sheet-result tbody .chip").first).to_be_visible(timeout=PATIENT)
    expect(page.locator(".sheet-result tbody")).to_contain_text("7102")


def test_a_default_that_is_not_known_leads_back_with_a_sentence(opened: Opener, book: Path) -> None:
    page = opened()
    hand_in(page, book)
    page.locator("#sheet-category").fill("9999")
    page.locator(".sheet-form .primary").click()
    expect(page.locator(".sheet-form [role=alert]")).to_contain_text("没有认出专业类“9999”", timeout=PATIENT)
    expect(page.locator("#sheet-category")).to_have_value("9999")


def test_bad_files_get_a_sentence_and_the_next_one_is_read(opened: Opener, book: Path, errors: list[str], tmp_path: Path) -> None:
    (tmp_path / "图片.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 99)
    (tmp_path / "大.csv").write_bytes(b"x" * 20_000_001)
    page = opened()
    hand_in(page, tmp_path / "图片.xlsx")
    expect(page.locator(".sheet-error")).to_contain_text("PNG 图片")
    shot(page, "sheets-bad")
    hand_in(page, tmp_path / "大.csv")
    expect(page.locator(".sheet-error")).to_have_text("文件太大。")
    hand_in(page, book)
    expect(page.locator(".sheet-form")).to_be_visible()
    expect(page.locator(".sheet-error")).to_be_empty()
    # Chromium notes the refusal by itself.
    errors[:] = [error for error in errors if "422" not in error]


def test_the_language_changes_around_an_open_file(opened: Opener, book: Path) -> None:
    page = opened()
    hand_in(page, book)
    expect(page.locator(".sheet-form h2")).to_have_text("请确认各栏的内容")
    page.locator("button[data-language=en]").click()
    expect(page.locator(".sheet-form h2")).to_have_text("Confirm what the columns hold")
    expect(page.locator(".sheet-start")).to_be_hidden()


def test_a_sheet_is_chosen_by_keyboard(opened: Opener, book: Path) -> None:
    page = opened(query="?tab=sheets")
    hand_in(page, book)
    page.locator("#sheet-sheet").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".caution")).to_contain_text("没有找到写证书的栏")
    expect(page.locator("#sheet-sheet")).to_be_focused()


def test_a_file_is_dropped(opened: Opener, book: Path) -> None:
    page = opened()
    page.locator("#tab-sheets-button").click()
    data = page.evaluate_handle(
        "() => { const data = new DataTransfer(); data.items.add(new File(['证书,专业类\\nHCIP,7102\\n'], 'a.csv', {type: 'text/csv'})); return data; }"
    )
    page.dispatch_event("#sheets .drop", "dragover", {"dataTransfer": data})
    page.dispatch_event("#sheets .drop", "drop", {"dataTransfer": data})
    expect(page.locator(".sheet-form")).to_contain_text("a.csv")


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_to_mend_for_screen_readers_and_contrast(opened: Opener, book: Path, dark: bool) -> None:
    page = opened(dark=dark)
    page.locator("#tab-sheets-button").click()
    expect(page.locator("#sheets .drop")).to_be_visible()
    assert axe(page) == []
    hand_in(page, book)
    expect(page.locator(".sheet-form")).to_be_visible()
    shot(page, f"sheets-columns-{'dark' if dark else 'light'}", whole=True)
    assert axe(page) == []
    page.locator(".sheet-form .primary").click()
    expect(page.locator(".sheet-result h2")).to_be_visible(timeout=PATIENT)
    shot(page, f"sheets-result-{'dark' if dark else 'light'}", whole=True)
    assert axe(page) == []
