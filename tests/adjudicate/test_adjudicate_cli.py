"""`certkg adjudicate` as a person types it: one line where something is wrong, never a stack trace, never half a file."""

import sys
from pathlib import Path

import pytest
from sheets import HEADINGS, texts, workbook

from kg import cli

ROW = ("张三", "华为HCIP", "", "7102", "中级", "华为")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """The exit status of the command."""
    monkeypatch.setattr(sys, "argv", ["certkg", "adjudicate", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


@pytest.mark.slow
def test_a_spreadsheet_is_ruled_on(tmp_path: Path, build: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    source = workbook(tmp_path / "in.xlsx", [HEADINGS, ROW])
    assert run(monkeypatch, source, tmp_path / "out.xlsx", "--column", "issuer=", "--column", "person=A") == 0
    assert texts(tmp_path / "out.xlsx")[1][6] == "可以"
    said = capsys.readouterr()
    assert "可以: 1 (100.0%)" in said.out
    assert "发证单位: （无）" in said.out
    assert "written" in said.err
    assert run(monkeypatch, source, tmp_path / "none.xlsx", "--category", "9999") == 1
    assert not (tmp_path / "none.xlsx").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "adjudicate what?"),
        (("in.xlsx",), "adjudicate what?"),
        (("in.xlsx", "in.xlsx"), "is the file that is read"),
        (("no.xlsx", "out.xlsx"), "No such file"),
        (("in.xlsx", "out.xlsx", "--sheet", "第二"), "there is no sheet “第二”"),
        (("in.xlsx", "out.xlsx", "--column", "certificate=Z"), "there is no column “Z”"),
        (("in.xlsx", "out.xlsx", "--column", "B"), "ROLE=COLUMN"),
        (("in.xlsx", "out.xlsx", "--column", "certificate="), "no column with certificates"),
    ],
)
def test_what_is_wrong_is_one_line(
    tmp_path: Path, build: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    workbook(tmp_path / "in.xlsx", [HEADINGS, ROW])
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, *arguments) in (1, 2)
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["in.xlsx"]


def test_a_template_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "--template", tmp_path / "t.xlsx", "--english") == 0
    assert texts(tmp_path / "t.xlsx")[0][1] == "Certificate"
    assert run(monkeypatch, "--template", tmp_path / "t.xlsx") == 1
    assert "exists already" in capsys.readouterr().err
