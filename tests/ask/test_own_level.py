"""The level of the person's own certificate is not the tier asked about: 只考到初级，中级行吗 is no question about two tiers."""

import pytest

from kg.ask.asker import Asker
from kg.ask.levels import own_level


@pytest.mark.parametrize(
    "question",
    [
        "HAZOP分析那张证只考到初级，安全类中级能凑合用吗",
        "HAZOP分析我拿的是初级，6209高级行吗",
        "我手里的HAZOP分析是中级的，6209高级行吗",
        "我的HAZOP分析证书是初级，安全类中级认不认",
        "HAZOP分析目前只有初级，能当6209的中级用吗",
        "HAZOP分析我初级中级都考了，6209高级行吗",
        "HAZOP分析初级证书能不能算6209中级",
        "HCIP是中级认证，7102高级认不认",
        "评6209中级可以用HAZOP分析初级吗",
        "HAZOP分析考了初级没考中级，能报6209中级双师吗",
        "My HAZOP分析 certificate is only 初级, does it count for 中级 in 6209?",
        "I only passed the 初级 HAZOP分析, does it count as 中级 in 6209?",
    ],
)
def test_a_certificate_of_another_level_does_not_count(asker: Asker, question: str) -> None:
    assert asker.ask(question).verdict == "no"


def test_a_level_said_in_a_follow_up_is_the_certificates(asker: Asker) -> None:
    assert asker.ask("我只考到初级，中级行吗", ["HAZOP分析能用在6209吗"]).verdict == "no"


@pytest.mark.parametrize("question", ["注册会计师证书是中级，那7303高级认不认", "经济师我只拿到初级，7306中级行吗"])
def test_a_level_that_the_catalogue_does_not_print_settles_nothing(asker: Asker, question: str) -> None:
    assert asker.ask(question).verdict == "unknown"


@pytest.mark.parametrize("text", ["能算初级还是中级", "初级和中级都认吗", "只考到初级，初级行吗", "能认初级，中级可以吗", "想考到高级才行吗，中级呢"])
def test_levels_asked_about_stay(text: str) -> None:
    assert own_level(text) == ("", text)
