"""Annex 7 of the Shanghai document: 1+X certificates."""

from pathlib import Path

import pytest

from kg.transcribe import onex as module
from kg.transcribe.document import Document, DocumentError, read_document
from kg.transcribe.onex import onex

LINES = (
    "### 附件 7：教育部 1+X 证书目录",
    "",
    "序号\t评价组织\t证书名称\t批次",
    "1\t工业和信息化部教育与考试中心\tWeb 前端开发职业技能等级证书\t第一批",
    "",
    "2\t北京中车行高新技术有限公司\t汽车运用与维修职业技能等级证书\t第一批",
    "3\t携程旅游网络技术(上海)有限公司\t定制旅行管家服务职业技能等级证书\t第四批",
    "",
    "### 附件 8：国家职业资格目录（2021 年版）",
)


def document(changed: dict[int, str] | None = None) -> Document:
    """The lines above, some of them (by number) changed."""
    return Document("shanghai-shuangshi-2025", tuple((changed or {}).get(number, line) for number, line in enumerate(LINES, 1)))


@pytest.fixture(name="excerpt")
def _excerpt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The excerpt has three certificates and none of the corrections."""
    monkeypatch.setattr(module, "LAST", 3)
    monkeypatch.setattr(module, "corrections", lambda name: [])


@pytest.mark.usefixtures("excerpt")
def test_a_row_becomes_a_record_and_spaces_are_removed() -> None:
    first, second, _ = onex(document())
    assert (first["name"], first["text"], first["status"]) == (
        "Web前端开发职业技能等级证书",
        "1 | 工业和信息化部教育与考试中心 | Web 前端开发职业技能等级证书 | 第一批",
        "repaired",
    )
    assert (second["issuer"], second["batch"], second["line"], second["status"]) == ("北京中车行高新技术有限公司", "第一批", "6", "exact")


@pytest.mark.usefixtures("excerpt")
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({1: "### 附件 7：证书目录"}, "no line from 1 on says"),
        ({3: "序号\t证书名称\t评价组织\t批次"}, "line 3: annex 7 should begin"),
        ({6: ""}, "annex 7 has no number 2 .number 1 stands on line 4"),
        ({6: "1\t北京中车行高新技术有限公司\t汽车运用与维修职业技能等级证书\t第一批"}, "annex 7 has number 1 twice"),
        ({6: "2\t北京中车行高新技术有限公司\t汽车运用与维修\t第一批"}, "line 6: a certificate's name ends with"),
        ({6: "2\t北京中车行高新技术有限公司\t汽车运用与维修职业技能等级证书\t第五批"}, "line 6: “第五批” is no batch"),
        ({4: "1\t工业和信息化部教育与考试中心\tWeb 前端开发职业技能等级证书\t第二批"}, "line 6: “第一批” is no batch, or stands after a later one"),
        ({5: "汽车运用与维修职业技能等级证书"}, "line 5: a row of annex 7 should print"),
    ],
)
def test_a_changed_annex_7_is_refused(changed: dict[int, str], message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        onex(document(changed))


def test_the_whole_annex_is_transcribed(documents: Path) -> None:
    found = {each["number"]: each for each in onex(read_document(documents, "shanghai-shuangshi-2025"))}
    assert len(found) == 447
    assert [sum(each["batch"] == batch for each in found.values()) for batch in module.BATCHES] == [6, 10, 76, 355]
    assert (found["162"]["issuer"], found["162"]["line"]) == ("携程旅游网络技术(上海)有限公司", "1914")
    assert found["447"]["name"] == "物联网智慧农业系统集成和应用职业技能等级证书"
    assert [each["number"] for each in found.values() if each["status"] == "uncertain"] == ["4"]
