"""Annex 10 of the Shanghai document: titles by series and rank."""

from pathlib import Path

import pytest

from kg.transcribe.document import Document, DocumentError, read_document
from kg.transcribe.titles import titles

#: Lines 2511 to 2580 of the document; ⇥ stands for a tab.
ANNEX = """\
### 附件 10：职称系列（专业）各层级名称

序号⇥名称⇥各层级职称名称⇥⇥⇥⇥
⇥⇥高级⇥⇥中级⇥初级⇥
1⇥高等学校教师⇥教授⇥副教授⇥讲师⇥助教⇥
2⇥哲学社会科学研究人员⇥研究员⇥副研究员⇥助理研究员⇥研究实习员⇥
3⇥自然科学研究人员⇥研究员⇥副研究员⇥助理研究员⇥研究实习员⇥
4⇥卫生技术人员⇥主任医师⇥副主任医师⇥主治（主管）医师⇥医师⇥医士
⇥⇥主任药师⇥副主任药师⇥主管药师⇥药师⇥药士

⇥⇥主任护师⇥副主任护师⇥主管护师⇥护师⇥护士
⇥⇥主任技师⇥副主任技师⇥主管技师⇥技师⇥技士
5⇥工程技术人员⇥正高级工程师⇥高级工程师⇥工程师⇥助理工程师⇥技术员
6⇥农业技术人员⇥正高级农艺师⇥高级农艺师⇥农艺师⇥助理农艺师⇥农业技术员
⇥⇥正高级畜牧师⇥高级畜牧师⇥畜牧师⇥助理畜牧师⇥
⇥⇥正高级兽医师⇥高级兽医师⇥兽医师⇥助理兽医师⇥
⇥⇥农业技术推广研究员⇥⇥⇥⇥
7⇥新闻专业人员⇥高级记者⇥主任记者⇥记者⇥助理记者⇥
⇥⇥高级编辑⇥主任编辑⇥编辑⇥助理编辑⇥
8⇥出版专业人员⇥编审⇥副编审⇥编辑⇥助理编辑⇥
9⇥图书资料专业人员⇥研究馆员⇥副研究馆员⇥馆员⇥助理馆员⇥管理员
10⇥文物博物专业人员⇥研究馆员⇥副研究馆员⇥馆员⇥助理馆员⇥
11⇥档案专业人员⇥研究馆员⇥副研究馆员⇥馆员⇥助理馆员⇥管理员
12⇥工艺美术专业人员⇥正高级工艺美术师⇥高级工艺美术师⇥工艺美术师⇥助理工艺美术师⇥工艺美术员
13⇥技工院校教师⇥正高级讲师⇥高级讲师⇥讲师⇥助理讲师⇥
⇥⇥正高级实习指导教师⇥高级实习指导教师⇥一级实习指导教师⇥二级实习指导教师⇥三级实习指导教师
14⇥体育专业人员⇥国家级教练⇥高级教练⇥中级教练⇥初级教练⇥
⇥⇥正高级运动防护师⇥高级运动防护师⇥中级运动防护师⇥初级运动防护师⇥
15⇥翻译专业人员⇥译审⇥一级翻译⇥二级翻译⇥三级翻译⇥
16⇥播音主持专业人员⇥播音指导⇥主任播音员主持人⇥一级播音员主持人⇥二级播音员主持人⇥
17⇥会计人员⇥正高级会计师⇥高级会计师⇥会计师⇥助理会计师⇥
18⇥统计专业人员⇥正高级统计师⇥高级统计师⇥统计师⇥助理统计师⇥
19⇥经济专业人员⇥正高级经济师⇥高级经济师⇥经济师⇥助理经济师⇥
⇥⇥正高级人力资源管理师⇥高级人力资源管理师⇥人力资源管理师⇥助理人力资源管理师⇥
⇥⇥正高级知识产权师⇥高级知识产权师⇥知识产权师⇥助理知识产权师⇥
20⇥实验技术人才⇥正高级实验师⇥高级实验师⇥实验师⇥助理实验师⇥实验员
21⇥中等职业学校教师⇥正高级讲师⇥高级讲师⇥讲师⇥助理讲师⇥
⇥⇥正高级实习指导教师⇥高级实习指导教师⇥一级实习指导教师⇥二级实习指导教师⇥三级实习指导教师
22⇥中小学教师⇥正高级教师⇥高级教师⇥一级教师⇥二级教师⇥三级教师
23⇥艺术专业人员⇥一级演员⇥二级演员⇥三级演员⇥四级演员⇥
⇥⇥一级演奏员⇥二级演奏员⇥三级演奏员⇥四级演奏员⇥
⇥⇥一级编剧⇥二级编剧⇥三级编剧⇥四级编剧⇥
⇥⇥一级导演（编导）⇥二级导演（编导）⇥三级导演（编导）⇥四级导演（编导）⇥
⇥⇥一级指挥⇥二级指挥⇥三级指挥⇥四级指挥⇥
⇥⇥一级作曲⇥二级作曲⇥三级作曲⇥四级作曲⇥
⇥⇥一级作词⇥二级作词⇥三级作词⇥四级作词⇥
⇥⇥一级摄影（摄像）师⇥二级摄影（摄像）师⇥三级摄影（摄像）师⇥四级摄影（摄像）师⇥
⇥⇥一级舞美设计师⇥二级舞美设计师⇥三级舞美设计师⇥四级舞美设计师⇥
⇥⇥一级艺术创意设计师⇥二级艺术创意设计师⇥三级艺术创意设计师⇥四级艺术创意设计师⇥
⇥⇥一级美术师⇥二级美术师⇥三级美术师⇥四级美术师⇥
⇥⇥一级文学创作⇥二级文学创作⇥三级文学创作⇥四级文学创作⇥
⇥⇥一级演出监督⇥二级演出监督⇥三级演出监督⇥四级演出监督⇥
⇥⇥一级舞台技术⇥二级舞台技术⇥三级舞台技术⇥四级舞台技术⇥
一级录音师⇥二级录音师⇥三级录音师⇥四级录音师⇥⇥⇥

⇥⇥一级剪辑师⇥二级剪辑师⇥三级剪辑师⇥四级剪辑师⇥
24⇥公共法律服务专业人员⇥一级公证员⇥二级公证员⇥三级公证员⇥四级公证员⇥
⇥⇥正高级司法鉴定人⇥副高级司法鉴定人⇥中级司法鉴定人⇥初级司法鉴定人⇥
⇥⇥主任法医师⇥副主任法医师⇥主检法医师⇥法医师⇥
25⇥船舶专业技术人员⇥正高级船长⇥高级船长⇥中级驾驶员⇥助理驾驶员⇥驾驶员
⇥⇥正高级轮机长⇥高级轮机长⇥中级轮机员⇥助理轮机员⇥轮机员
⇥⇥正高级船舶电子员⇥高级船舶电子员⇥中级船舶电子员⇥助理船舶电子员⇥船舶电子员
⇥⇥正高级引航员⇥高级引航员⇥中级引航员⇥助理引航员⇥引航员
26⇥民用航空飞行技术人员⇥正高级飞行员⇥一级飞行员⇥二级飞行员⇥三级飞行员⇥
⇥⇥正高级领航员⇥一级领航员⇥二级领航员⇥三级领航员⇥
⇥⇥正高级飞行通信员⇥一级飞行通信员⇥二级飞行通信员⇥三级飞行通信员⇥
⇥⇥正高级飞行机械员⇥一级飞行机械员⇥二级飞行机械员⇥三级飞行机械员⇥
27⇥审计专业人员⇥正高级审计师⇥高级审计师⇥审计师⇥助理审计师⇥

**附件 11：国家专业技术人员职业资格与职称对应表**
""".replace("⇥", "\t")


def annex(text: str = ANNEX) -> Document:
    """The annex with its line numbers in the document, below a table of contents that names it too."""
    return Document("shanghai-shuangshi-2025", ("附件 10：职称系列（专业）各层级名称\t186", *[""] * 2509, *text.split("\n")))


def test_the_first_column_under_a_tier_that_spans_two_is_the_higher_rank() -> None:
    found = {each["title"]: (each["rank"], each["tier"], each["series"]) for each in titles(annex()) if each["number"] == "5"}
    assert found == {
        "正高级工程师": ("正高级", "高级", "工程技术人员"),
        "高级工程师": ("副高级", "高级", "工程技术人员"),
        "工程师": ("中级", "中级", "工程技术人员"),
        "助理工程师": ("助理级", "初级", "工程技术人员"),
        "技术员": ("员级", "初级", "工程技术人员"),
    }


def test_a_line_without_number_belongs_to_the_series_above_and_says_where_that_is_printed() -> None:
    found = next(each for each in titles(annex()) if each["title"] == "主管药师")
    assert (found["number"], found["series"], found["line"], found["status"]) == ("4", "卫生技术人员", "2519", "repaired")
    assert found["reason"] == "number and series are printed once for several lines, on line 2518"
    assert found["text"] == "主任药师 | 副主任药师 | 主管药师 | 药师 | 药士"


def test_the_shifted_line_is_put_back_under_its_columns() -> None:
    found = [(each["title"], each["rank"], each["number"]) for each in titles(annex()) if each["line"] == "2564"]
    assert found == [("一级录音师", "正高级", "23"), ("二级录音师", "副高级", "23"), ("三级录音师", "中级", "23"), ("四级录音师", "助理级", "23")]
    assert all("two leading empty cells" in each["reason"] for each in titles(annex()) if each["line"] == "2564")


def test_a_line_may_have_the_highest_rank_only() -> None:
    assert [(each["title"], each["rank"]) for each in titles(annex()) if each["line"] == "2527"] == [("农业技术推广研究员", "正高级")]


def test_titles_keep_their_brackets() -> None:
    assert {"主治（主管）医师", "一级导演（编导）"} <= {each["title"] for each in titles(annex())}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("27\t审计专业人员", "\t", "no number 27"),
        ("26\t民用航空", "27\t民用航空", "number 27 twice"),
        ("### 附件 10：职称系列（专业）各层级名称", "", "附件10：职称系列"),
        ("\t\t高级\t\t中级\t初级\t", "\t\t高级\t中级\t\t初级\t", "line 2514: annex 10 expects the column headings"),
        ("17\t会计人员\t正高级会计师", "17\t会计人员\t\t正高级会计师", "line 2541: annex 10 expects 7 cells, not 8"),
        ("17\t会计人员\t正高级会计师\t高级会计师\t会计师\t助理会计师\t", "17\t会计人员\t\t正高级会计师\t高级会计师\t会计师\t助理会计师", "without a gap"),
        (
            "\t\t一级编剧\t二级编剧\t三级编剧\t四级编剧\t",
            "一级编剧\t二级编剧\t三级编剧\t四级编剧\t\t\t",
            "line 2552: annex 10 expects a number and a series, or neither",
        ),
        ("\n一级录音师", "\n\t\t一级录音师", "line 2564"),
        ("**附件 11：国家专业技术人员职业资格与职称对应表**", "", "附件11"),
    ],
)
def test_a_damaged_annex_is_refused(old: str, new: str, message: str) -> None:
    assert ANNEX.count(old) == 1
    with pytest.raises(DocumentError, match=message):
        titles(annex(ANNEX.replace(old, new)))


def test_the_full_annex_has_27_series_and_262_titles(documents: Path) -> None:
    found = titles(read_document(documents, "shanghai-shuangshi-2025"))
    assert len(found) == 262
    assert len({each["series"] for each in found}) == 27
    assert found == titles(annex())
