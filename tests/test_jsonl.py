"""JSON Lines: faults are named with file and line, and a file is written whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.jsonl import read_lines, write_lines


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    lines: list[dict[str, object]] = [{"id": "1", "question": "计算机类\u2028中级？"}, {"id": "2", "history": ["一", "二"]}]
    write_lines(tmp_path / "a.jsonl", lines)
    assert read_lines(tmp_path / "a.jsonl") == lines


def test_empty_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'\xef\xbb\xbf{"id": 1}\r\n\r\n  \n{"id": 2}')
    assert read_lines(tmp_path / "a.jsonl") == [{"id": 1}, {"id": 2}]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "line 2: not JSON"),
        ("[1]", "line 2: a JSON object was expected"),
        ('"text"', "line 2: a JSON object was expected"),
        ('{"name": "x"}', "line 2: “id” is missing or not str"),
        ('{"id": 5}', "line 2: “id” is missing or not str"),
        ('{"id": "x", "verdict": 5}', "line 2: “verdict” is missing or not str or list"),
    ],
)
def test_a_bad_line_is_named_with_file_and_line(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "1", "verdict": []}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2") as caught:
        read_lines(path, {"id": str, "verdict": (str, list)})
    assert str(caught.value).startswith(f"{path} {fault}")


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"id": "中"}'.encode("gb18030"))
    with pytest.raises(ValueError, match=r"a\.jsonl: not UTF-8"):
        read_lines(tmp_path / "a.jsonl")


def test_a_run_that_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    def broken() -> Iterator[dict[str, int]]:
        yield {"id": 2}
        raise RuntimeError("half way")

    path = tmp_path / "a.jsonl"
    write_lines(path, [{"id": 1}])
    with pytest.raises(RuntimeError, match="half way"):
        write_lines(path, broken())
    assert [each.name for each in tmp_path.iterdir()] == ["a.jsonl"]
    assert read_lines(path) == [{"id": 1}]


def test_half_a_surrogate_pair_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "\\ud800中"}\n', encoding="utf-8")
    write_lines(path, read_lines(path))
    assert read_lines(path) == [{"id": "\ud800中"}]
