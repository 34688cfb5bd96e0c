"""The rules on the documents: each finds what it should on a few rows and nothing on sound ones; their numbers on the whole graph; their files."""

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph

from kg.check import docs
from kg.check.quality import RULES, QualityFinding, Ruling, quality, read_rules, worded
from kg.check.shapes import CheckError, load
from kg.graph.facts import ADDERS, add_recognitions
from kg.graph.nodes import Builder
from kg.tables import describe

FIELDS = {name: table.fields for name, table in describe().items()}
Rows = Mapping[str, list[dict[str, str]]]

#: Findings of each rule on the graph of the committed tables. To measure again: `python -m kg.check`, read the table in docs/QUALITY.md, hold ten new
#: findings of each changed rule against the documents (the cited lines), then write the numbers here. A change of the tables may change them; a change
#: without one is a fault of a rule.
MEASURED = {
    "annex-reference": 2,
    "association-listed-twice": 1,
    "body-in-two-forms": 6,
    "code-with-two-names": 0,
    "entry-uncertain": 466,
    "equivalent-title-not-in-annex-10": 11,
    "grade-against-tier": 56,
    "level-word-against-tier": 15,
    "name-with-two-codes": 2,
    "number-gap": 1,
    "offer-grade-not-in-directory": 4,
    "offer-not-in-directory": 0,
    "onex-not-in-annex-7": 131,
    "overseas-abbreviation-of-another": 4,
    "overseas-issuer-in-two-forms": 2,
    "overseas-name-in-other-classes": 2,
    "overseas-name-in-two-forms": 2,
    "qualification-not-in-annex-8": 16,
    "qualification-renamed": 2,
    "row-damaged": 30,
    "row-missing": 21,
    "same-grade-two-tiers": 88,
    "same-name-two-tiers": 27,
    "subsidy-class-differs": 0,
    "title-not-in-annex-10": 244,
    "two-tiers-in-one-row": 91,
}


def row(table: str, **fields: str) -> dict[str, str]:
    """A row of a table: the fields named, a source, and nothing in the other fields."""
    assert fields.keys() <= set(FIELDS[table])
    return dict.fromkeys(FIELDS[table], "") | {"document": "shanghai-shuangshi-2025", "line": "51", "text": "as printed", "status": "exact"} | fields


def category(code: str, **fields: str) -> dict[str, str]:
    codes = {
        "category": code,
        "code_college": f"5{code[1:]}",
        "code_bachelor": f"3{code[1:]}",
        "category_name": f"{code}类",
        "group": code[:2],
        "group_name": f"{code[:2]}大类",
    }
    return row("coverage", **codes, **({"state": "complete"} | fields))


def entry(name: str, tier: str, code: str = "7101", **fields: str) -> dict[str, str]:
    return row("catalogue", category=code, tier=tier, name=name, **({"family": "skill", "text": f"{name} {tier} {code} {fields}"} | fields))


def graded(name: str, tier: str, grades: str, code: str = "7101", **fields: str) -> dict[str, str]:
    return entry(name, tier, code, grades=grades, level="、".join("?一二三四五"[int(each)] + "级" for each in grades.split("|")), **fields)


def onex(number: str, name: str) -> dict[str, str]:
    return row("onex", number=number, issuer="甲公司", name=name, batch="第一批")


def equivalence(qualification: str, title: str = "工程师", text: str = "") -> dict[str, str]:
    return row("equivalences", number="2", qualification=qualification, title=title, relation="single", text=text or f"2 | {qualification} | {title}")


def listed(name: str) -> dict[str, str]:
    return row(
        "qualifications", part="专业技术人员职业资格", number="5", name=name, departments="甲部", text=f"5 | {name} | 甲部 | 准入类", **{"class": "准入类"}
    )


def title(name: str) -> dict[str, str]:
    return row("titles", number="1", series="工程", rank="中级", tier="中级", title=name)


def directory(number: str, code: str, occupation: str, grades: str = "5", work_type: str = "") -> dict[str, str]:
    name = f"{occupation}（{work_type}）" if work_type else occupation
    return row("directory", number=number, code=code, name=name, occupation=occupation, work_type=work_type, grades=grades, document="evaluation-directory")


def offer(number: str, occupation: str, grades: str = "5", work_type: str = "", code: str = "6-18-01-01") -> dict[str, str]:
    about = {"annex": "6", "kind": "社会化职业技能等级认定", "organization_number": "1", "organization": "乙公司", "number": number}
    return row("offers", **about, name=f"{occupation}({work_type})", occupation=occupation, work_type=work_type, code=code, grades=grades)


def association(number: str, name: str, supervisor: str = "", kind: str = "脱钩") -> dict[str, str]:
    return row("associations", number=number, name=name, supervisor=supervisor, list=kind, text=f"{number} | {name} | {supervisor}")


def overseas(kind: str, number: str, name: str, issuer: tuple[str, str], **fields: str) -> dict[str, str]:
    text = f"{number} | {name} | {issuer[0]}(Society, {issuer[1]})"
    return row("overseas", number=number, name=name, issuer=issuer[0], issuer_abbreviation=issuer[1], field="工程技术", text=text, **{"class": kind}, **fields)


def subsidised(where: str, kind: str, name: str = "焊工", code: str = "6-18-02-04") -> dict[str, str]:
    return row(
        "subsidy_directory", list=where, project="职业技能等级证书", number="1", name=name, code=code, document="nantong-subsidy-2025", **{"class": kind}
    )


def note(statement: str) -> dict[str, str]:
    return row("notes", number="2", statement=statement)


def rule(statement: str) -> dict[str, str]:
    return row("subsidy_rules", rule="transition", statement=statement, document="nantong-subsidy-2025")


RSC, RICS, HKIS, HKIA = ("英国皇家化学会", "RSC"), ("英国测量师学会", "RICS"), ("香港测量师学会", "HKIS"), ("香港建筑师学会", "HKIA")
ANNEX_11 = [equivalence("注册会计师")]
TWO = [category("7101"), category("7102")]
#: Rule → words that its finding must hold, rows where it finds just one thing, rows where it finds nothing.
CASES: dict[str, tuple[str, Rows, Rows]] = {
    "grade-against-tier": (
        "高级（三级）",
        {"catalogue": [graded("车工", "初级", "3")]},
        {"catalogue": [graded("车工", "高级", "3"), graded("铣工", "初级", "3", status="uncertain"), graded("BIM", "中级", "2", family="industry")]},
    ),
    "level-word-against-tier": (
        "级别词属高级",
        {"catalogue": [entry("网店运营", "初级", family="onex", level="高级")]},
        {"catalogue": [entry("网店运营", "高级", family="onex", level="高级"), entry("物流管理", "初级", family="onex", level="高级", status="uncertain")]},
    ),
    "same-grade-two-tiers": (
        "初级（7101）；高级（7102）",
        {"coverage": TWO, "catalogue": [graded("车工", "初级", "3"), graded("车工", "高级", "3", "7102")]},
        {"coverage": TWO, "catalogue": [graded("车工", "初级", "5"), graded("车工", "高级", "3", "7102"), graded("车工", "初级", "5", "7102")]},
    ),
    "same-name-two-tiers": (
        "中级（7101）；高级（7102）",
        {"coverage": TWO, "catalogue": [entry("一级建造师", "中级", family="practice"), entry("一级建造师", "高级", "7102", family="practice")]},
        {
            "coverage": TWO,
            "catalogue": [
                *(entry("网店运营", tier, code, family="onex") for tier, code in (("初级", "7101"), ("中级", "7102"))),
                *(entry("教师资格", tier, code, family="practice") for tier in ("初级", "中级") for code in ("7101", "7102")),
                *(entry(f"珠算{level}证书", tier, code, family="industry") for level, tier, code in (("五级", "初级", "7101"), ("四级", "中级", "7102"))),
            ],
        },
    ),
    "two-tiers-in-one-row": (
        "同时印在初级、中级栏",
        {"catalogue": [entry("教师资格", "初级", family="practice"), entry("教师资格", "中级", family="practice")]},
        {
            "coverage": TWO,
            "catalogue": [
                *(entry("教师资格", tier, code, family="practice") for tier, code in (("初级", "7101"), ("中级", "7102"))),
                *(entry("网店运营", tier, family="onex") for tier in ("初级", "中级")),
                *(graded("车工", tier, grade) for tier, grade in (("初级", "5"), ("中级", "4"))),
                *(entry("翻译资格", tier, family="practice", qualifier=level) for tier, level in (("初级", "三级"), ("中级", "二级"))),
            ],
        },
    ),
    "onex-not-in-annex-7": (
        "最接近的名称是“网店运营推广职业技能等级证书”",
        {
            "catalogue": [entry("网店运营", "初级", family="onex")],
            "onex": [onex("1", "网店运营推广职业技能等级证书"), onex("2", "家庭理财规划职业技能等级证书")],
        },
        {"catalogue": [entry("1+X网店运营推广", "初级", family="onex")], "onex": [onex("1", "网店运营推广职业技能等级证书")]},
    ),
    "qualification-not-in-annex-8": (
        "附件8没有“拍卖师”；程序没有找到相近的名称",
        {"equivalences": [equivalence("拍卖师")], "qualifications": [listed("税务师")]},
        {"equivalences": ANNEX_11, "qualifications": [listed("注册会计师")]},
    ),
    "qualification-renamed": (
        "附件11印作“注册会计师（CPA）”，附件8印作“注册会计师”",
        {"equivalences": [equivalence("注册会计师", text="2 | 注册会计师（CPA） | 会计师")], "qualifications": [listed("注册会计师")]},
        {"equivalences": ANNEX_11, "qualifications": [listed("注册会计师")]},
    ),
    "title-not-in-annex-10": (
        "附件10没有“主治医生”；程序算出最接近的名称是“主治医师”",
        {"catalogue": [entry("主治医生", "中级", family="title")], "titles": [title("主治医师")]},
        {"catalogue": [entry(name, "中级", family="title") for name in ("主治医师", "主管医师")], "titles": [title("主治（主管）医师")]},
    ),
    "equivalent-title-not-in-annex-10": (
        "附件10没有“翻译”",
        {"equivalences": [equivalence("翻译资格", "翻译")], "titles": [title("工程师")]},
        {"equivalences": ANNEX_11, "titles": [title("工程师")]},
    ),
    "name-with-two-codes": (
        "“车工”的编码：6-18-01-01、6-18-01-02",
        {"directory": [directory("1", "6-18-01-02", "车工")], "offers": [offer("1", "车工")]},
        {"directory": [directory("1", "6-18-01-01", "车工"), directory("2", "6-18-01-01", "车工", work_type="数控车工")], "offers": [offer("1", "车工")]},
    ),
    "code-with-two-names": (
        "编码6-18-01-01：车工、铣工",
        {"directory": [directory("1", "6-18-01-01", "车工"), directory("2", "6-18-01-01", "铣工")]},
        {"directory": [directory("1", "6-18-01-01", "车工"), directory("2", "6-18-01-01", "车工", work_type="数控车工"), directory("3", "6-18-01-02", "铣工")]},
    ),
    "association-listed-twice": (
        "2个编号：1、2",
        {"associations": [association("1", "中国甲协会", kind="双重管理"), association("2", "中国甲协会")]},
        {"associations": [association("1", "中国甲协会", kind="双重管理"), association("2", "中国乙协会")]},
    ),
    "body-in-two-forms": (
        "“供销合作总社”也印作“全国供销合作总社”",
        {"associations": [association("1", "中国甲协会", "供销合作总社"), association("2", "中国乙协会", "全国供销合作总社")]},
        {"associations": [association("1", "中国甲协会", "供销合作总社"), association("2", "中国乙协会", "全国总工会")]},
    ),
    "overseas-name-in-other-classes": (
        "英国测量师学会（A）；香港测量师学会（A、B）",
        {"overseas": [overseas(kind, number, "会士", who, english="Fellow") for kind, number, who in (("A", "1", RICS), ("A", "2", HKIS), ("B", "1", HKIS))]},
        {"overseas": [overseas(kind, number, "会士", who, english="Fellow") for kind in "AB" for number, who in (("1", RICS), ("2", HKIS))]},
    ),
    "overseas-abbreviation-of-another": (
        "HKIS是“香港测量师学会”的缩写",
        {"overseas": [overseas("A", "1", "会士", HKIS, abbreviation="FHKIS"), overseas("A", "2", "会士", HKIA, abbreviation="FHKIS")]},
        {
            "overseas": [
                overseas("A", "1", "会士", HKIS, abbreviation="FHKIS"),
                overseas("A", "2", "会士", HKIA, abbreviation="FHKIA"),
                overseas("A", "3", "会士", RSC, abbreviation="FRSC"),
            ]
        },
    ),
    "overseas-issuer-in-two-forms": (
        "“测量师学会”也印作“英国测量师学会”（RICS）",
        {"overseas": [overseas("A", "1", "会士", RICS, abbreviation="FRICS"), overseas("B", "1", "会士", ("测量师学会", "RICS"), abbreviation="FRICS")]},
        {"overseas": [overseas("A", "1", "会士", RICS, abbreviation="FRICS"), overseas("A", "2", "会士", HKIS, abbreviation="FHKIS")]},
    ),
    "overseas-name-in-two-forms": (
        "ASCPA资深会员、资深会员",
        {"overseas": [overseas("B", "1", "ASCPA资深会员", RICS, abbreviation="FCPA"), overseas("C", "1", "资深会员", RICS, abbreviation="FCPA")]},
        {
            "overseas": [
                *(overseas(kind, "1", "资深会员", RICS, abbreviation="FCPA") for kind in "BC"),
                *(overseas("A", number, name, HKIS, abbreviation="X") for number, name in (("1", "甲师"), ("2", "乙师"))),
            ]
        },
    ),
    "annex-reference": (
        "附件 1 至附件 19",
        {"notes": [note("详见附件 1 至附件 19。")], "bodies": [row("bodies", number="1", name="教育部")]},
        {"notes": [note("详见附件 1 至附件 2。")], "bodies": [row("bodies", number="1", name="教育部")]},
    ),
    "number-gap": (
        "缺1",
        {"offers": [offer("2", "车工")]},
        {
            "offers": [offer("1", "车工"), offer("2", "铣工", code="6-18-01-02")],
            "associations": [association("1", "中国甲协会", kind="双重管理"), association("2", "中国乙协会")],
        },
    ),
    "row-missing": ("7101类：没有这一行", {"coverage": [category("7101", state="missing", loss="没有这一行")]}, {"coverage": [category("7101")]}),
    "row-damaged": (
        "少了一栏（受影响的栏：1+X证书初级）",
        {"coverage": [category("7101", state="damaged", loss="少了一栏", affected="onex.初级")]},
        {"coverage": [category("7101"), category("7102", state="missing", loss="没有这一行")]},
    ),
    "entry-uncertain": (
        "存疑：cut at the page break",
        {"catalogue": [entry("车工", "初级", status="uncertain", reason="cut at the page break")]},
        {"catalogue": [entry("车工", "初级", status="repaired", reason="joined")]},
    ),
    "subsidy-class-differs": (
        "“焊工”",
        {"subsidy_directory": [subsidised("南通指导目录", "B"), subsidised("江苏指导目录", "A", "电焊工")]},
        {"subsidy_directory": [subsidised("南通指导目录", "A"), subsidised("江苏指导目录", "A"), subsidised("江苏附件5", "B", "铣工", "6-18-01-02")]},
    ),
    "offer-grade-not-in-directory": (
        "二级，目录只开放四级",
        {
            "offers": [offer("1", "车工", "4|2", "数控车工")],
            "directory": [directory("1", "6-18-01-01", "车工", "4", "数控车工"), directory("2", "6-18-01-01", "车工", "2", "普通车工")],
        },
        {
            "offers": [offer("1", "车工", "4|2", "数控车工"), offer("2", "铣工", "1")],
            "directory": [directory("1", "6-18-01-01", "车工", "4", "数控车工"), directory("2", "6-18-01-01", "车工", "2")],
        },
    ),
    "offer-not-in-directory": (
        "职业目录没有“车工”（乙公司）",
        {"offers": [offer("1", "车工")], "directory": [directory("1", "6-18-01-02", "铣工")]},
        {"offers": [offer("1", "车工")], "directory": [directory("1", "6-18-01-01", "车工")]},
    ),
}


def findings(name: str, tables: Rows) -> tuple[QualityFinding, ...]:
    """What a rule finds in the graph of these rows."""
    (only,) = [each for each in read_rules(severities=None) if each.name == name]
    (ruling,) = quality(store_of(tables), [only])
    return ruling.findings


def store_of(tables: Rows) -> pyoxigraph.Store:
    """The graph of these rows with the ontology; without a row on 专业类 there is one."""
    tables = {"coverage": [category("7101")], **tables}
    builder = Builder(Graph())
    for name, add in ADDERS.items():
        add(builder, tables.get(name, []))
    add_recognitions(builder, tables.get("catalogue", []), {each["category"]: each for each in tables["coverage"]})
    builder.write_labels()
    return load(builder.graph)


@pytest.fixture(scope="session")
def rulings(built: pyoxigraph.Store) -> tuple[Ruling, ...]:
    """What every rule finds in the whole graph."""
    return quality(built, read_rules(severities=None))


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_what_it_should_and_cites_its_lines(name: str) -> None:
    words, wrong, _ = CASES[name]
    (found,) = findings(name, wrong)
    assert words in found.message_zh
    assert found.message_en
    assert "{" not in found.message_zh + found.message_en
    assert found.citations
    assert all(each.line > 0 and each.text and each.place and each.document for each in found.citations)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_nothing_in_sound_rows(name: str) -> None:
    assert findings(name, CASES[name][2]) == ()


def test_every_rule_has_a_case() -> None:
    assert CASES.keys() == {path.stem for path in RULES.glob("*.rq")}


def test_the_abbreviation_of_an_issuer_that_is_another_s_is_found_where_it_is_printed() -> None:
    rows = [
        overseas("A", "1", "化学家", RSC),
        overseas("A", "2", "会员", RICS, abbreviation="MRICS"),
        overseas("D", "1", "会员", (RICS[0], "RSC"), abbreviation="MRICS"),
    ]
    (found,) = findings("overseas-abbreviation-of-another", {"overseas": rows})
    assert "RSC是“英国皇家化学会”的缩写" in found.message_zh
    assert [each.text for each in found.citations] == ["1 | 会员 | 英国测量师学会(Society, RSC)"]


def test_a_table_that_a_note_calls_an_annex_must_be_there() -> None:
    (found,) = findings("annex-reference", {"subsidy_rules": [rule("按照《信息对照表》（附件4）落实。")]})
    assert "《信息对照表》（附件4）" in found.message_zh
    assert (
        findings("annex-reference", {"subsidy_rules": [rule("按照《指导目录》（附件2）落实。")], "subsidy_directory": [subsidised("南通指导目录", "A")]}) == ()
    )


@pytest.mark.slow
def test_the_numbers_of_findings_are_those_that_were_measured(rulings: tuple[Ruling, ...]) -> None:
    assert {each.rule.name: len(each.findings) for each in rulings} == MEASURED


@pytest.mark.slow
def test_every_finding_cites_a_line_and_every_rule_is_quick(rulings: tuple[Ruling, ...]) -> None:
    assert [finding for each in rulings for finding in each.findings if not finding.citations] == []
    assert [(each.rule.name, each.seconds) for each in rulings if each.seconds > 6] == []


@pytest.mark.slow
def test_every_citation_is_printed_on_its_line(rulings: tuple[Ruling, ...], documents: Path) -> None:
    lines = {path.stem: path.read_text(encoding="utf-8").split("\n") for path in documents.glob("*.txt")}
    for ruling in rulings:
        for citation in {citation for finding in ruling.findings for citation in finding.citations if citation.status == "exact"}:
            printed = "".join(lines[citation.document][citation.line - 1 : citation.line + 5]).replace(" ", "")
            start = citation.text.split(" | ")[0].replace(" ", "")
            assert start[:4] in printed, (ruling.rule.name, citation)


@pytest.mark.slow
def test_the_page_on_quality_is_current(rulings: tuple[Ruling, ...]) -> None:
    page = docs.DOCS.read_text(encoding="utf-8")
    assert docs.docs_text(page, rulings) == page, "run: python -m kg.check"


def test_the_page_needs_both_markers() -> None:
    with pytest.raises(ValueError, match="markers"):
        docs.docs_text("no markers", [])


def test_contradictions_of_the_documents_are_no_violations() -> None:
    assert {each.severity for each in read_rules(severities=None)} <= {"warning", "info"}


@pytest.fixture
def severities(tmp_path: Path) -> Path:
    """A file of the user."""
    return tmp_path / "severities.csv"


def test_users_change_severities_and_switch_rules_off(severities: Path) -> None:
    severities.write_text("rule,severity,reason\nnumber-gap,violation,must not be\nentry-uncertain,off,later\n", encoding="utf-8")
    rules = read_rules(severities=severities)
    assert (rules[0].name, rules[0].severity) == ("number-gap", "violation")
    assert "entry-uncertain" not in {each.name for each in rules}


@pytest.mark.parametrize(("line", "said"), [("no-such-rule,info,x", "no-such-rule"), ("number-gap,grave,x", "grave")])
def test_a_severity_that_fits_nothing_is_refused(line: str, said: str, severities: Path) -> None:
    severities.write_text(f"rule,severity,reason\n{line}\n", encoding="utf-8")
    with pytest.raises(CheckError, match=said):
        read_rules(severities=severities)


def test_a_missing_file_of_severities_changes_nothing(tmp_path: Path) -> None:
    assert read_rules(severities=tmp_path / "absent.csv") == read_rules(severities=None)


def test_a_rule_without_its_head_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bare.rq").write_text("# title_zh: x\nSELECT * WHERE {}", encoding="utf-8")
    with pytest.raises(CheckError, match="title_en"):
        read_rules(tmp_path, None)
    with pytest.raises(CheckError, match="no rules"):
        read_rules(tmp_path / "absent", None)


@pytest.mark.parametrize(("query", "said"), [("SELEC", "not SPARQL"), ("ASK {}", "SELECT"), ("SELECT ?about WHERE { BIND(1 AS ?about) }", r"\?fact")])
def test_a_rule_with_a_wrong_query_is_refused(query: str, said: str, tmp_path: Path) -> None:
    head = "".join(f"# {key}: x\n" for key in ("title_zh", "title_en", "description_zh", "description_en", "keywords", "finding_zh", "finding_en"))
    (tmp_path / "wrong.rq").write_text(f"{head}# severity: info\n{query}", encoding="utf-8")
    with pytest.raises(CheckError, match=said):
        quality(pyoxigraph.Store(), read_rules(tmp_path, None))


def test_messages_list_values_and_values_under_values() -> None:
    rows = [{"a": "x", "b": str(number)} for number in range(14)] + [{"a": "y", "b": "0"}]
    assert worded("{a}", rows, "zh") == "x、y"
    assert worded("{a:b}", rows, "zh") == "x（0、1、2、3、4、5、6、7、8、9、10、11等14项）；y（0）"
    assert worded("{a:b}", rows, "en") == "x (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more); y (0)"
