"""A small graph of names, and the whole one, each with its index."""

from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings import Linker, build_index
from kg.graph.build import build_graph, ntriples, read_identity
from kg.tables import SOURCES, read_tables

_ID, _CKG = "https://w3id.org/certkg/id/", "https://w3id.org/certkg/ontology#"
_SKOS, _TYPE = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMES = """
SkillCertificate: 心理咨询师, 电工, 焊工, 健康管理师, 网络与信息安全管理员, 保育员, 数控车工, 可编程控制系统设计师, 电子商务师
PracticeQualification: 一级建造师 | 一建, 二级建造师 | 二建, 建造师, 执业药师, 注册会计师 | CPA | Certified Public Accountant, 民用航空飞行签派员执照
OnePlusXCertificate: Web前端开发职业技能等级证书, 大数据应用开发(JAVA), 大数据应用开发(Python), 跨境电商B2B数据运营, 5G移动网络运维职业技能等级证书
IndustryCertificate: HCIA, HCIP, HCIE, H3C认证云计算工程师, OCP
ProfessionalTitle: 工程师, 高级工程师 | Senior Engineer, 助理工程师, 正高级工程师
Occupation: 电工, 斫琴师, 宠物美容师, 电影放映员, 家政服务员(母婴护理员)
IndustryAssociation: 中国焊接协会, 中国鸵鸟养殖开发协会, 中国注册会计师协会, 中国注册会计师协会
CertificateIssuer: 华为技术有限公司 | Huawei Technologies Co. Ltd.
MajorCategory: 计算机类
"""
#: Class, preferred label and everyday names of each node.
SMALL = [
    (kind, *(name.strip() for name in names.split("|")))
    for kind, line in (row.split(": ") for row in _NAMES.strip().splitlines())
    for names in line.split(", ")
]
#: Abbreviation and name of an issuer, and what it issues.
ISSUERS = {("ABC", "甲国工程师学会"): ("会士", "资深会员 | Senior Member"), ("XYZ", "乙国计算机学会"): ("会士", "专业会员 | MXYZ", "资深会员")}


def small_graph(path: Path) -> Path:
    """Write the small graph as N-Triples."""
    lines = []
    for number, (kind, name, *others) in enumerate(SMALL):
        node = f"<{_ID}n{number:03d}>"
        lines.append(f"{node} <{_TYPE}> <{_CKG}{kind}> .")
        if kind.endswith(("Certificate", "Qualification", "Title")):
            lines.append(f"{node} <{_TYPE}> <{_CKG}Credential> .")
        lines.append(f'{node} <{_SKOS}prefLabel> "{name}"@zh .')
        lines += [f'{node} <{_SKOS}hiddenLabel> "{other}"@zh .' for other in others]
    lines.append(f'<{_ID}n{len(SMALL) - 1:03d}> <{_SKOS}notation> "7102" .')
    for (code, name), issued in ISSUERS.items():
        issuer = f"<{_ID}issuer-{code}>"
        lines += [f"{issuer} <{_TYPE}> <{_CKG}CertificateIssuer> .", f'{issuer} <{_SKOS}prefLabel> "{name}"@zh .', f'{issuer} <{_SKOS}notation> "{code}" .']
        for number, names in enumerate(issued):
            label, *others = names.split(" | ")
            node = f"<{_ID}{code}-{number}>"
            lines += [f"{node} <{_TYPE}> <{_CKG}{kind}> ." for kind in ("OverseasQualification", "Credential")]
            lines += [f'{node} <{_SKOS}prefLabel> "{label}"@zh .', f"{node} <{_CKG}issuedBy> {issuer} ."]
            lines += [f'{node} <{_SKOS}altLabel> "{other}"@en .' for other in others]
    path.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def write_small() -> Callable[[Path], Path]:
    """The function that writes the small graph."""
    return small_graph


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small graph's index."""
    folder = tmp_path_factory.mktemp("small")
    build_index(small_graph(folder / "certkg.nt"), folder / "index")
    return folder / "index"


@pytest.fixture(scope="session")
def small(small_index: Path) -> Linker:
    """A linker over the small graph."""
    return Linker.load(small_index)


@pytest.fixture(scope="session")
def whole_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole graph's index, made from the tables."""
    folder = tmp_path_factory.mktemp("whole")
    graph = build_graph(read_tables(), read_identity(SOURCES / "names" / "identity.csv"))
    (folder / "certkg.nt").write_text(ntriples(graph), encoding="utf-8")
    build_index(folder / "certkg.nt", folder / "index")
    return folder / "index"


@pytest.fixture(scope="session")
def whole(whole_index: Path) -> Linker:
    """A linker over the whole graph."""
    return Linker.load(whole_index)
