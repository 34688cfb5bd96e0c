"""What other tables teach about names."""

from kg.transcribe.lexicon import make_lexicon

LEXICON = make_lexicon(
    {
        "onex": [{"name": "建筑信息模型（BIM）职业技能等级证书"}],
        "directory": [{"occupation": "工程测量员"}],
        "titles": [{"title": "工程师"}],
        "awards": [{"name": "国家科学技术进步奖"}],
    }
)


def test_a_name_is_known_with_and_without_suffix_mark_level_and_bracket_width() -> None:
    for printed in ("建筑信息模型(BIM)（初级）", "1+X建筑信息模型（BIM）职业技能等级证书(中级)", "建筑信息 模型（BIM）"):
        assert LEXICON.families_of(printed) == {"onex"}


def test_a_part_of_a_name_is_not_known() -> None:
    assert not LEXICON.knows("工程测量")
    assert not LEXICON.knows("")


def test_a_table_that_teaches_no_family_is_not_asked() -> None:
    assert not LEXICON.knows("国家科学技术进步奖")


def test_one_name_may_speak_for_two_families() -> None:
    both = make_lexicon({"titles": [{"title": "经济师"}], "equivalences": [{"qualification": "经济师"}]})
    assert both.families_of("经济师") == {"title", "practice"}
