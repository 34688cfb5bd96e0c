"""Annex 9: the overseas certificates that Shanghai recognises."""

from collections import Counter
from pathlib import Path

import pytest

from kg.transcribe.document import Document, DocumentError, read_document
from kg.transcribe.overseas import Naming, naming, overseas, printed_rows, spaced

HEADING = "### 附件9：上海市境外职业资格证书认可清单"
END = "### 附件 10：职称系列（专业）各层级名称"
HEADER = "序号\t行业领域\t职业资格证书\t发证机构"
SWAPPED = "序号\t行业领域\t发证机构\t职业资格证书\t"
FRSC = "1\t生命健康（生物医药、化学、医学、药学、体育）\t会士 (FRSC)\t英国皇家化学会 (Royal Society of Chemistry, RSC)"
CCHEM = "2\t\t特许化学家 (Chartered Chemist, CChem)\t"


def excerpt(*lines: str, title: str = "A类\t\t\t", header: str = HEADER) -> Document:
    return Document("shanghai-shuangshi-2025", (HEADING, "", title, header, *lines, END))


def test_a_row_is_placed_under_its_columns() -> None:
    first, second = printed_rows(excerpt(FRSC, "", CCHEM))
    assert (first["class"], first["number"], first["name"], first["issuer"]) == ("A", "1", "会士 (FRSC)", "英国皇家化学会 (Royal Society of Chemistry, RSC)")
    assert (second["field"], second["name"], second["issuer"], second["status"]) == ("", "特许化学家 (Chartered Chemist, CChem)", "", "exact")


def test_a_lost_empty_cell_is_put_back() -> None:
    row, tail = printed_rows(excerpt("35\t会员 (FellowoftheSociety)\t美国真空学会 (AmericanVacuumSociety, AVS)\t", "49\t预备会员/技术会员 (AssocRICS)\t\t"))
    assert (row["field"], row["name"], row["issuer"], row["status"]) == (
        "",
        "会员 (FellowoftheSociety)",
        "美国真空学会 (AmericanVacuumSociety, AVS)",
        "repaired",
    )
    assert (tail["name"], tail["issuer"]) == ("预备会员/技术会员 (AssocRICS)", "")


def test_classes_c_and_d_swap_their_columns_and_a_gained_cell_is_dropped() -> None:
    lines = (
        "1\t生命健康\t英国皇家化学会 (RoyalSocietyofChemistry, RSC)\t会士 (FRSC)\t",
        "19\t\t工程技术\t香港测量师学会 (TheHongKongInstituteofSurveyors, HKIS)\t名誉会员 (Hon. FHKIS)",
        "20\t\t\t\t资深专业会员 (FHKIS)",
    )
    first, second, third = printed_rows(excerpt(*lines, title="C类\t\t\t\t", header=SWAPPED))
    assert (first["field"], first["name"], first["status"]) == ("生命健康", "会士 (FRSC)", "exact")
    assert (second["field"], second["name"][:4], second["issuer"][:7]) == ("工程技术", "名誉会员", "香港测量师学会")
    assert (third["name"], third["issuer"], third["status"]) == ("资深专业会员 (FHKIS)", "", "repaired")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("一\t\t会士 (FRSC)\t", "line 5: cannot tell the columns"),
        ("1\t\t\t英国皇家化学会", "line 5: cannot tell the columns"),
        ("1\t会士 (FRSC)\t英国皇家化学会\t英国", "line 5: cannot tell the columns"),
        ("境外职业资格证书", "line 5: cannot tell the columns"),
        ("E类", "line 5: annex 9 has no class “E”"),
        ("序号\t行业\t证书\t机构", "line 5: unknown columns"),
    ],
)
def test_a_line_that_cannot_be_placed_is_refused_with_its_number(line: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        printed_rows(excerpt(line))


def test_a_row_before_its_class_is_refused() -> None:
    with pytest.raises(DocumentError, match="line 2: a row of annex 9 before"):
        printed_rows(Document("d", (HEADING, FRSC, END)))


def test_a_changed_heading_is_named() -> None:
    with pytest.raises(DocumentError, match="附件9"):
        printed_rows(Document("d", ("### 附件9：境外证书", END)))


def test_another_edition_is_refused() -> None:
    with pytest.raises(DocumentError, match="was the document changed"):
        overseas(excerpt(FRSC, CCHEM))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("会士 (FRSC)", Naming("会士", "", "FRSC")),
        ("会士 (Fellow)", Naming("会士", "Fellow")),
        ("名誉会员(Hon. FHKIS)", Naming("名誉会员", "", "Hon. FHKIS")),
        ("预备会员/技术会员 (AssocRICS)", Naming("预备会员/技术会员", "", "AssocRICS")),
        ("特许化学家 (CharteredChemist, CChem)", Naming("特许化学家", "Chartered Chemist", "CChem")),
        ("篮球教练员证书 (FIBA-Coach)", Naming("篮球教练员证书", "FIBA-Coach")),
        ("澳洲会计师公会 (CPAAustralia)", Naming("澳洲会计师公会", "CPA Australia")),
        ("英国皇家特许管理会计师公会 (CIMA)", Naming("英国皇家特许管理会计师公会", "", "CIMA")),
        ("公共会计师协会 (澳大利亚) (InstituteofPublicAccountants, IPA)", Naming("公共会计师协会(澳大利亚)", "Institute of Public Accountants", "IPA")),
        (
            "国际薪税师（人力资源管理）(ATHELevel7DiplomaforPaymentsandTaxAgents(HumanResourceManagement))",
            Naming("国际薪税师（人力资源管理）", "ATHE Level 7 Diploma for Payments and Tax Agents (Human Resource Management)"),
        ),
        ("LEED 专业级证书 (LEEDAccreditedProfessional) (BD+C/ID+C)", Naming("LEED专业级证书(BD+C/ID+C)", "LEED Accredited Professional")),
        (
            "注册管理会计师资格 (CertifiedManagementAccountant, CMA) (须持证 10 年以上)",
            Naming("注册管理会计师资格", "Certified Management Accountant", "CMA", "须持证10年以上"),
        ),
        (
            "英国海事工程及科学技术学会 (InstituteofMarineEngineering, Science&Technology, IMarEST)",
            Naming("英国海事工程及科学技术学会", "Institute of Marine Engineering, Science & Technology", "IMarEST"),
        ),
        (
            "美国临床药理学委员会 (AmericanBoardofClinicalPharmaceutical, ABCP) 等 100 多个国家医师协会",
            Naming("美国临床药理学委员会等100多个国家医师协会", "American Board of Clinical Pharmaceutical", "ABCP"),
        ),
        ("商务智能分析师认证 CBIA(CertifiedBusinessIntelligenceAnalyst)", Naming("商务智能分析师认证", "Certified Business Intelligence Analyst", "CBIA")),
        ("CIPS 证书", Naming("CIPS证书")),
    ],
)
def test_a_printed_name_is_split(printed: str, expected: Naming) -> None:
    assert naming(printed) == expected


def test_brackets_that_do_not_match_are_refused() -> None:
    for printed in ("会士 (FRSC", "会士 FRSC)"):
        with pytest.raises(ValueError, match="brackets do not match"):
            naming(printed)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("TheInstituteofCharteredAccountantsinEnglandandWales", "The Institute of Chartered Accountants in England and Wales"),
        ("TheGlobalAssociationoftheExhibitionIndustry", "The Global Association of the Exhibition Industry"),
        ("AssociationforSupplyChainManagement", "Association for Supply Chain Management"),
        ("USCertifiedPublicAccountant", "US Certified Public Accountant"),
        ("CharteredInstituteofProcurement&Supply", "Chartered Institute of Procurement & Supply"),
        ("Elektroniker/-in - Automatisierungstechnik", "Elektroniker/-in - Automatisierungstechnik"),
        ("Royal Society of Chemistry", "Royal Society of Chemistry"),
    ],
)
def test_english_gets_its_spaces_back_only_where_it_has_none(printed: str, expected: str) -> None:
    assert spaced(printed) == expected


def test_the_whole_annex(documents: Path) -> None:
    records = overseas(read_document(documents, "shanghai-shuangshi-2025"))
    assert Counter(each["class"] for each in records) == {"A": 111, "B": 22, "C": 33, "D": 9}
    assert Counter(each["status"] for each in records) == {"exact": 1, "repaired": 169, "uncertain": 5}
    by_line = {each["line"]: each for each in records}
    # Merged cells, the hard ones: printed a row early, in the middle, at the end, before a page break, one column to the right.
    issuers = {2364: "IMarEST", 2365: "RAeS", 2367: "RAeS", 2368: "RICS", 2372: "BRE", 2377: "GBCI", 2378: "HKIS"}
    issuers |= {2389: "ACCA", 2391: "CIMA", 2394: "ICAEW", 2415: "ATHE", 2472: "IMarEST", 2484: "HKIS", 2485: "GBCI"}
    assert {line: by_line[str(line)]["issuer_abbreviation"] for line in issuers} == issuers
    assert [by_line[line]["field"][:4] for line in ("2387", "2388", "2431", "2486", "2496")] == ["工程技术", "专业服务", "专业服务", "工程技术", "专业服务"]
    assert by_line["2458"]["condition"] == by_line["2493"]["condition"] == "须持证10年以上"
    assert [each["class"] for each in records if each["abbreviation"] == "CMA"] == ["A", "B", "C"]
    assert [each["class"] for each in records if each["abbreviation"] == "ACCA"] == ["A", "D"]


def test_errors_of_the_document_are_kept_and_marked(documents: Path) -> None:
    uncertain = {each["line"]: each for each in overseas(read_document(documents, "shanghai-shuangshi-2025")) if each["status"] == "uncertain"}
    assert sorted(uncertain) == ["2355", "2381", "2382", "2383", "2501"]
    assert (uncertain["2382"]["abbreviation"], uncertain["2382"]["issuer_abbreviation"]) == ("FHKIS", "HKIA")
    assert uncertain["2501"]["issuer_abbreviation"] == "RSC"
    assert "OSA" in uncertain["2355"]["reason"]
