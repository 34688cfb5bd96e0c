"""Which kind everyday questions are: those of `routing.jsonl`, each with the kinds that may answer it and the names that it must be linked to."""

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from kg.ask import Asker
from kg.ask.answer import KINDS
from kg.ask.text import normalize

QUESTIONS: list[dict[str, Any]] = [json.loads(line) for line in (Path(__file__).parent / "routing.jsonl").read_text(encoding="utf-8").splitlines()]
#: Shares of the questions that must be answered by an expected kind with all names linked: of all, and of those of each kind.
LEAST, LEAST_OF_A_KIND = 0.96, 0.8


def _links(names: list[str], entities: list[dict[str, Any]]) -> bool:
    """Whether one of the alternative names is what the answer took a mention for."""
    said = [normalize(f"{entity['label']} {entity['mention']}") for entity in entities if entity["iri"]]
    return not names or any(normalize(name) in text for name in names for text in said)


def test_the_questions_are_many_different_and_of_kinds_that_exist() -> None:
    assert len({row["question"] for row in QUESTIONS}) == len(QUESTIONS) >= 640
    assert {kind for row in QUESTIONS for kind in row["kinds"]} <= set(KINDS)
    assert min(Counter(row["kinds"][0] for row in QUESTIONS).values()) >= 20


def test_everyday_questions_are_answered_by_the_kind_that_they_ask_for(asker: Asker) -> None:
    missed: dict[str, list[str]] = defaultdict(list)
    for row in QUESTIONS:
        answer = asker.ask(row["question"]).to_dict()
        if answer["kind"] not in row["kinds"] or not _links(row["names"], answer["entities"]):
            missed[row["kinds"][0]].append(f"{row['question']} → {answer['kind']} {answer['entities']}")
    asked = Counter(row["kinds"][0] for row in QUESTIONS)
    assert {kind: some for kind, some in missed.items() if len(some) > (1 - LEAST_OF_A_KIND) * asked[kind]} == {}
    every = [each for some in missed.values() for each in some]
    assert len(every) <= (1 - LEAST) * len(QUESTIONS), "\n".join(every)


@pytest.mark.parametrize(
    ("question", "kind", "verdict", "printed"),
    [
        ("咖啡师在上海归哪家机构评？", "evaluator", "na", "上海虹桥品汇咖啡有限公司"),
        ("眼镜验光师一级上海有地方考吗", "evaluator", "yes", "上海市眼镜行业协会"),
        ("CPIM哪个机构颁的", "issuer", "na", "供应链管理联盟"),
        ("1+X一共多少个证书在名单上", "issuer", "na", "447"),
        ("中船舰客教育发了几个1+X证书", "issuer", "unknown", "无法判断"),
        ("浙江那张对应表一共列了多少个职业（工种）？", "series", "na", "883"),
        ("宠物美容师能考几级，职业编码多少？", "directory", "na", "4-10-07-03"),
        ("is 区块链应用操作员 in the directory, and at which grade?", "directory", "yes", "等级3"),
        ("眼镜定配工有没有一级", "directory", "no", "没有开放一级"),
        ("With a 正高级 title in Zhejiang, which skill grade may I apply for?", "pathway", "na", "特级技师"),
        ("浙江大工匠可以一步到正高？", "pathway", "yes", "正高级"),
        ("主管护师是中级吧？", "title_levels", "yes", "中级"),
        ("Is 三级飞行员 an intermediate (中级) title?", "title_levels", "no", "初级"),
        ("Is FRM good for 工商管理类 (7306) 高级?", "recognition", "no", "金融风险经理"),
        ("通信工程师考试初级对应的是什么", "title_equivalence", "na", "助理工程师"),
        ("房地产经纪人可以当经济师用吗", "title_equivalence", "yes", "经济师"),
        ("法考证书归司法部管，对吧", "national_qualification", "yes", "司法部"),
        ("糕点面包烘焙师算生活服务类C类吗", "subsidy", "no", "B类"),
        ("有二建能算助理工程师么", "title_equivalence", "yes", "可对应助理工程师"),
        ("二建算助理工程师吗", "title_equivalence", "yes", "可对应助理工程师"),
        ("执业兽医师可以视同什么职称", "title_equivalence", "unknown", "执业兽医：助理兽医师"),
        ("附件4脱钩的协会有多少家", "association", "na", "717"),
        ("注册消防工程师在哪几类算中级", "where", "na", "7006"),
        ("HCIP哪个公司发的证", "issuer", "na", "华为技术有限公司"),
        ("北京茶艺师找谁考", "evaluator", "unknown", "只列上海"),
        ("电工证上海能评什么", "evaluator", "na", "沪东中华造船"),
        ("国资委管多少协会", "association", "na", "275家"),
        ("计算机二级能算7102初级吗", "recognition", "unknown", "没有找到“计算机二级”"),
    ],
)
def test_what_is_asked_in_everyday_words_is_answered(asker: Asker, question: str, kind: str, verdict: str, printed: str) -> None:
    answer = asker.ask(question)
    assert (answer.kind, answer.verdict) == (kind, verdict)
    assert printed in answer.answer
    assert answer.citations or verdict == "unknown"


def test_being_struck_off_is_not_answered_by_a_bare_yes_or_no(asker: Asker) -> None:
    answer = asker.ask("企业人力资源管理师是不是被国家目录取消了")
    assert (answer.kind, answer.verdict) == ("national_qualification", "na")
    assert "没有印" in answer.answer
