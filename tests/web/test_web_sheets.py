"""/api/sheets and the spreadsheet tab without a browser: hand in, confirm, fetch, forget; whatever the file is, the server says a sentence and stays up."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from kg.adjudicate import Limits, SheetError
from kg.web import Settings
from kg.web.sheets import Full, Uploads
from kg.web.sheets.view import shown, start
from web.conftest import StandIn, client_of

GOOD = "姓名,证书名称,专业类,认定级别\n张三,华为HCIP,7102,中级\n=1+1,<script>alert(1)</script>,7102,高级\n".encode()
COLUMNS = {"certificate": "B", "category": "C", "tier": "D", "person": "A"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of(StandIn()) as client:
        yield client


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[Uploads]:
    kept = Uploads(tmp_path, Limits(), 60, 3)
    yield kept
    kept.close()


def hand_in(client: TestClient, name: str = "名单.csv", content: bytes = GOOD, language: str = "zh") -> Any:  # noqa: ANN401
    return client.post("/api/sheets", params={"name": name, "language": language}, content=content)


def test_a_file_is_looked_at_and_its_columns_are_guessed(client: TestClient) -> None:
    told = hand_in(client).json()
    assert told["state"] == "ready"
    assert '<option value="B" selected>B “证书名称”</option>' in told["html"]
    assert "&lt;script&gt;" in told["html"]
    assert "<script>" not in told["html"]
    assert "2 行待核对" in told["html"]
    assert client.get(f"/api/sheets/{told['token']}").headers["cache-control"] == "no-store"
    assert "2 rows to check" in client.get(f"/api/sheets/{told['token']}?language=en").json()["html"]


def test_a_file_without_certificates_asks_which_column(client: TestClient) -> None:
    told = hand_in(client, content="甲,乙\n1,2\n".encode()).json()
    assert "没有找到写证书的栏" in told["html"]
    answer = client.post(f"/api/sheets/{told['token']}", json={"columns": {}})
    assert (answer.status_code, answer.json()["detail"]) == (422, "请指定哪一栏写的是证书名称。")


BAD = {
    "图.xlsx": (b"\x89PNG\r\n\x1a\n" + b"0" * 99, "PNG 图片"),
    "空.csv": (b"", "空文件"),
    "旧.xls": (b"\xd0\xcf\x11\xe0" + b"\0" * 999, "旧版 Office"),
    "密.xlsx": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "有密码"),
    "坏.xlsx": (b"PK\x03\x04" + b"x" * 999, "损坏"),
    "网页.csv": (b"<html><body>", "网页"),
    "a.exe": (b"MZ\0\0", "程序"),
    "多.csv": ("证书\n".encode() + "电工\n".encode() * 60_000, "50,000"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_sentence_and_the_server_stays_up(client: TestClient, name: str) -> None:
    content, said = BAD[name]
    answer = hand_in(client, name, content)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert hand_in(client).status_code == 200


def test_messages_follow_the_language(client: TestClient) -> None:
    assert "empty" in hand_in(client, "a.csv", b"", "en").json()["detail"]
    assert "空文件" in hand_in(client, "a.csv", b"", "xx").json()["detail"]


def test_a_file_that_is_too_large_is_not_read() -> None:
    with client_of(StandIn(), sheet_bytes=2000, body_bytes=1000) as client:
        assert hand_in(client, content=b"x" * 2001).status_code == 413
        assert hand_in(client, content=GOOD + b" " * 1000).status_code == 200
        assert client.post("/api/ask", content=b" " * 1500).status_code == 413


def test_nobody_without_the_secret_sees_a_file(client: TestClient) -> None:
    token = hand_in(client).json()["token"]
    assert len(token) >= 32
    for wrong in ("x" * 32, token[:-1], "..%2f..", f"{token}%2fin.csv"):
        assert client.get(f"/api/sheets/{wrong}").status_code == 404
    assert client.get(f"/api/sheets/{token}/result.xlsx").status_code == 404
    assert client.delete(f"/api/sheets/{token}").status_code == 204
    assert client.get(f"/api/sheets/{token}").status_code == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"columns": 1}', b'{"columns": {"certificate": 7}}', b"[" * 100_000])
def test_choices_that_cannot_be_read_are_refused(client: TestClient, body: bytes) -> None:
    token = hand_in(client).json()["token"]
    assert client.post(f"/api/sheets/{token}", content=body).status_code in (400, 422)


@pytest.mark.parametrize("name", ["zh.xlsx", "zh.csv", "en.xlsx", "en.csv"])
def test_templates_are_fetched(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/sheets/template/{name}")
    assert answer.status_code == 200
    assert f'filename="certkg-template-{name}"' in answer.headers["content-disposition"]
    assert hand_in(client, name, answer.content).json()["state"] == "ready"


def test_a_template_that_there_is_not(client: TestClient) -> None:
    for name in ("fr.xlsx", "zh.ods", "zh", "..%2f..%2fetc"):
        assert client.get(f"/api/sheets/template/{name}").status_code == 404


def test_files_are_private_and_forgotten(uploads: Uploads) -> None:
    upload = uploads.add("../../etc/名单.csv", GOOD)
    assert upload.name == "名单.csv"
    assert (upload.folder.stat().st_mode & 0o077, upload.folder.parent.stat().st_mode & 0o077) == (0, 0)
    assert [path.name for path in upload.folder.iterdir()] == ["in.csv"]
    uploads.remove(upload.token)
    assert not upload.folder.exists()
    assert uploads.get(upload.token) is None


def test_a_file_goes_after_its_time(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path, Limits(), 0.005, 3)
    upload = uploads.add("a.csv", GOOD)
    for _ in range(100):
        if not upload.folder.exists():
            break
        time.sleep(0.05)
    assert not upload.folder.exists()
    uploads.close()


def test_what_a_killed_server_left_is_deleted_and_what_runs_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    left, other = tmp_path / f"certkg-sheets-{ended.pid}-x", tmp_path / f"certkg-sheets-{os.getpid()}-x"
    for folder in (left, other):
        folder.mkdir()
        (folder / "in.csv").write_bytes(GOOD)
    Uploads(tmp_path, Limits(), 60, 3).close()
    assert not left.exists()
    assert other.exists()


def test_no_more_files_than_are_allowed(uploads: Uploads) -> None:
    for _ in range(3):
        uploads.add("a.csv", GOOD)
    with pytest.raises(Full):
        uploads.add("a.csv", GOOD)


def test_nothing_of_a_bad_file_is_kept(uploads: Uploads) -> None:
    with pytest.raises(SheetError, match="empty") as error:
        uploads.add("a.csv", b"")
    assert "空文件" in error.value.text("zh")
    assert list(uploads._folder.iterdir()) == []


def test_a_worker_that_dies_is_told(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.web.sheets.uploads.LOOK_SECONDS", 0.0)
    with pytest.raises(SheetError, match="too much time or memory"):
        uploads.add("a.csv", GOOD)


def test_work_that_fails_leads_back_to_the_columns(uploads: Uploads) -> None:
    upload = uploads.add("a.csv", GOOD)
    # No graph is built in this folder.
    uploads.start(upload, "a", COLUMNS, "", "")
    for _ in range(600):
        if upload.state not in ("waiting", "running"):
            break
        time.sleep(0.05)
    assert upload.state == "failed"
    page = shown(upload, "zh", "/api/sheets")
    assert 'role="alert"' in page
    assert '<option value="B" selected>' in page


def test_the_start_tells_limits_and_escapes() -> None:
    page = start(Settings(sheet_bytes=3_000_000, sheet_rows=777, sheet_minutes=9), "en", '/x"><b>/api/sheets')
    assert "at most 3 MB and 777 rows" in page
    assert "after 9 minutes" in page
    assert "<b>" not in page


@pytest.mark.slow
def test_a_file_goes_in_and_comes_out_with_verdicts(real: TestClient) -> None:
    told = hand_in(real).json()
    address = f"/api/sheets/{told['token']}"
    told = real.post(address, json={"sheet": "名单", "columns": COLUMNS, "category": "", "tier": ""}).json()
    seen = set()
    for _ in range(300):
        told = real.get(address).json()
        seen.add(told["state"])
        if told["state"] not in ("waiting", "running"):
            break
        time.sleep(0.2)
    assert told["state"] == "done", told
    assert "running" in seen
    assert "核对完成：2 行" in told["html"]
    assert "<script>" not in told["html"]
    assert "HCIP-datacom" in told["html"]
    answer = real.get(f"{address}/result.xlsx")
    page = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in page[2]][4] == "可以"
    assert page["A3"].data_type != "f"
    assert "attachment" in answer.headers["content-disposition"]
    assert real.get(f"{address}/result.csv").content.decode("utf-8-sig").splitlines()[2].startswith("'=1+1")
    assert "确认各栏的内容" in real.get(f"{address}?sheet=.").json()["html"]
