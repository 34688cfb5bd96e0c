"""The rules kept as data: for every file texts that it must match, and texts that it must leave alone."""

import csv
import re
from pathlib import Path

import pytest

from kg.ask.answer import KINDS as ALL_KINDS
from kg.ask.kinds import KINDS
from kg.ask.rules import DATA, Cues, matches, patterns
from kg.ask.text import normalize

ROOT = Path(__file__).parents[2]
FILES = sorted(DATA.glob("*.csv"))


def read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


#: Files whose rows carry their own examples.
WITH_EXAMPLES = {
    "asked": read("asked"),
    "claims": read("claims"),
    "cues": read("cues"),
    "instructions": read("instructions"),
    "kinds": read("kinds"),
    "unprinted": read("unprinted"),
}
#: File, column that says, a text, and what the file's patterns say of it, in order; nothing: they must leave it alone.
SAID: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("tiers", "tier", "7102中级", ("中级",)),
    ("tiers", "tier", "at senior level", ("高级",)),
    ("tiers", "tier", "高中毕业", ()),
    ("grades", "grade", "五级/初级工", ("5",)),
    ("grades", "grade", "4级和2级", ("4", "2")),
    ("grades", "grade", "算哪一级", ()),
    ("ranks", "rank", "副高级职称", ("副高级",)),
    ("ranks", "rank", "associate senior", ("副高级",)),
    ("ranks", "rank", "工程师", ()),
    ("families", "family", "中级职称有哪些", ("title",)),
    ("families", "family", "1+X证书", ("onex",)),
    ("families", "family", "证书和职称", ("all",)),
    ("families", "family", "华为认证", ()),
    ("departments", "department", "人社部实施的", ("人力资源社会保障部",)),
    ("departments", "department", "人事处", ()),
    ("pathway_awards", "award", "世赛金牌", ("世界技能大赛金牌获得者",)),
    ("pathway_awards", "award", "浙江工匠", ("浙江工匠",)),
    ("pathway_awards", "award", "浙江大工匠", ("浙江大工匠",)),
    ("pathway_awards", "award", "上海工匠", ()),
    ("pathway_words", "says", "高级技师", ("grade/1",)),
    ("pathway_words", "says", "预备技师班", ("class/预备技师（技师）班",)),
    ("pathway_words", "says", "高级职称", ("level/senior",)),
    ("pathway_words", "says", "一级演员", ()),
    ("subsidy_grades", "grade", "高级技师", ("1",)),
    ("subsidy_grades", "grade", "高级工", ("3",)),
    ("subsidy_grades", "grade", "哪一级", ()),
    ("subsidy_projects", "project", "SYB培训", ("创业培训",)),
    ("subsidy_projects", "project", "专项职业能力证书", ("专项职业能力证书",)),
    ("subsidy_projects", "project", "电工培训", ()),
    ("series_words", "series", "农业技术系列", ("农业技术",)),
    ("series_words", "series", "工程师", ()),
    ("series_school", "occupation", "技工学校的老师", ("在技工院校从事教育工作，且具有相应职业资格或职业技能等级的人员",)),
    ("series_school", "occupation", "小学老师", ()),
    ("qualification_aspects", "aspect", "设定依据是什么", ("basis",)),
    ("qualification_aspects", "aspect", "谁来实施", ("department",)),
    ("qualification_aspects", "aspect", "茶艺师", ()),
)
#: File, column of the alias, an alias, what it stands for (column, value), and a like name that is none.
ALIASES: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("category_names", "alias", "财会", "category", "财务会计类", "会计师"),
    ("title_aliases", "alias", "高工", "title", "高级工程师", "高级工"),
    ("title_series", "alias", "高校", "series", "高等学校教师", "高中"),
    ("qualification_names", "alias", "一建", "listed", "建造师", "建模师"),
)
#: Patterns by what they say: a text that each must match, one that it must not.
BY_MEANING: tuple[tuple[str, str, str, str, str], ...] = (
    ("forms", "form", "choice", "国家级还是省部级", "还是算的"),
    ("forms", "form", "which", "对应什么职称", "能对应职称吗"),
    ("forms", "form", "yes_no", "能对应经济师吗", "归哪个部门"),
    ("forms", "form", "count", "一共有多少项", "在附件8吗"),
    ("forms", "form", "list", "有哪些", "是中级职称吗"),
    ("organization_words", "says", "generic", "行业协会商会", "中国翻译"),
    ("organization_words", "says", "light", "和", "国"),
    ("organization_words", "says", "tail", "中国翻译协会", "翻译"),
    ("organization_words", "says", "lead", "请问", "中国"),
    ("organization_words", "says", "branch", "裁判委员会", "裁判"),
    ("organization_words", "says", "prefix", "中国翻译协会", "翻译协会"),
    ("organization_words", "says", "not_held", "还没到", "已经拿到"),
    ("contest_words", "says", "any", "附件3", "一带一路"),
    ("contest_words", "says", "edge", "的", "技"),
    ("noise", "where", "any", "请问", "hcip"),
    ("noise", "where", "edge", "的", "电"),
    ("hints", "kind", "evaluator", "EvaluationOrganization", "Award"),
    ("hints", "kind", "issuer", "OnePlusXCertificate", "Occupation"),
)
#: Lists of words: one that stands there, one that must not.
WORDS: tuple[tuple[str, str, str, str], ...] = (
    ("common_words", "word", "证书", "电工"),
    ("decor", "word", "执照", "安全"),
    ("classes", "class", "Credential", "Recognition"),
    ("rank_order", "rank", "副高级", "高级"),
)
TOPICS = read("pathway_topics")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_data_file_is_whole_and_its_patterns_compile(path: Path) -> None:
    rows = read(path.stem)
    assert rows
    for row in rows:
        assert None not in row, "a row has more cells than the header: quote fields with commas"
        assert all(value is not None for value in row.values()), "a row has fewer cells than the header"
        re.compile(row.get("pattern", ""))
    assert len({tuple(row.values()) for row in rows}) == len(rows), "a row stands twice"


def test_every_data_file_has_examples_here() -> None:
    tested = {*WITH_EXAMPLES, "pathway_topics", *(case[0] for cases in (SAID, ALIASES, BY_MEANING, WORDS) for case in cases)}
    assert {path.stem for path in FILES} == tested


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_a_rule_matches_its_example_and_not_its_counterexample(name: str) -> None:
    for row in WITH_EXAMPLES[name]:
        pattern = re.compile(row["pattern"])
        assert pattern.search(normalize(row["example"])), row
        assert not row.get("counterexample") or not pattern.search(normalize(row["counterexample"])), row


@pytest.mark.parametrize("row", TOPICS, ids=[row["statement"] for row in TOPICS])
def test_a_topic_of_the_pathway_rules_matches_its_example(row: dict[str, str]) -> None:
    assert re.search(row["pattern"], normalize(row["example"]))
    assert not re.search(row["pattern"], "电工")


@pytest.mark.parametrize(("name", "column", "text", "expected"), SAID)
def test_patterns_say_what_a_text_says(name: str, column: str, text: str, expected: tuple[str, ...]) -> None:
    assert tuple(each.says for each in matches(normalize(text), patterns(name, column))) == expected


@pytest.mark.parametrize(("name", "column", "alias", "means", "value", "other"), ALIASES)
def test_an_alias_stands_for_one_thing_and_a_like_name_for_none(name: str, column: str, alias: str, means: str, value: str, other: str) -> None:
    assert [rule.says for rule in patterns(name, means, column) if rule.regex.fullmatch(alias)] == [value]
    assert not [rule for rule in patterns(name, means, column) if rule.regex.fullmatch(other)]


@pytest.mark.parametrize(("name", "column", "says", "text", "other"), BY_MEANING)
def test_a_pattern_tells_one_meaning_from_another(name: str, column: str, says: str, text: str, other: str) -> None:
    source = "class" if name == "hints" else "pattern"
    rules = [rule.regex for rule in patterns(name, column, source) if rule.says == says]
    assert any(rule.search(text) for rule in rules)
    if (name, says) == ("noise", "any") or (name, says) == ("contest_words", "any"):
        assert not any(rule.fullmatch(other) for rule in rules)
    else:
        assert not any(rule.search(other) for rule in rules)


@pytest.mark.parametrize(("name", "column", "word", "other"), WORDS)
def test_a_word_list_holds_its_words_and_no_names(name: str, column: str, word: str, other: str) -> None:
    words = {row[column] for row in read(name)}
    assert word in words
    assert other not in words


def test_every_rule_is_of_a_kind_that_answers() -> None:
    assert {rule["kind"] for rule in WITH_EXAMPLES["kinds"]} | {rule["kind"] for rule in read("hints")} <= set(KINDS)


def test_every_published_kind_is_answered_by_a_function() -> None:
    assert set(ALL_KINDS) - {"unknown"} == set(KINDS)


def test_the_cues_that_the_code_names_are_the_cues_of_the_file() -> None:
    used = set()
    for path in (ROOT / "kg" / "ask").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        subject = re.search(r'^_cue = Cues\("(\w+)"\)$', source, re.M)
        names = re.findall(r'_cue\("(\w+)"\)', source)
        assert bool(subject) == bool(names), path
        used |= {(subject[1], name) for name in names} if subject else set()
    assert used == {(row["kind"], row["cue"]) for row in WITH_EXAMPLES["cues"]}


def test_a_cue_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        Cues("subsidy")("no such cue")
    with pytest.raises(KeyError):
        Cues("no such subject")


@pytest.mark.parametrize("path", sorted((ROOT / "queries").glob("*.rq")), ids=lambda path: path.stem)
def test_every_query_file_says_what_it_is_for_what_it_needs_and_is_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^# title: .{8,}$", text, re.M)
    declared = re.search(r"^# parameters: (.+)$", text, re.M)
    assert declared
    for name in re.findall(r"(\w+) \(", declared[1]):
        assert f"?{name}" in text, f"parameter {name} does not occur in the query"
    assert any(f'"{path.stem}"' in source.read_text(encoding="utf-8") for source in (ROOT / "kg").rglob("*.py")), "no code runs this query"
