"""What the collection's queries must answer: assessment, subsidies, pathways, several documents, provenance."""

from collections import Counter, defaultdict
from functools import cache

from collection.collection_tables import (
    CLASSES,
    GRADE_NAMES,
    TIERS,
    Answer,
    Row,
    answers,
    at_least,
    categories,
    credential,
    everything,
    group,
    joined,
    named,
    occupation,
    organization,
    preferred,
    split,
    table,
)

from kg.graph.namespaces import ID, slug
from kg.graph.reasons import read_wordings


def _assessed(row: Row) -> str:
    return credential(row["name"]) if row["kind"] == "专项职业能力考核" else occupation(row["occupation"])


@answers("assessed organisations")
def occupations_by_assessors() -> Answer:
    return [(what, len(who)) for what, who in group((_assessed(row), organization(row["organization"])) for row in table("offers")).items()]


@answers("organisation assessed")
def assessors_by_offers() -> Answer:
    return [(who, len(what)) for who, what in group((organization(row["organization"]), _assessed(row)) for row in table("offers")).items()]


@answers("kind offers organisations")
def offers_by_kind() -> Answer:
    who = group((row["kind"], organization(row["organization"])) for row in table("offers"))
    return [(kind, n, len(who[kind])) for kind, n in Counter(row["kind"] for row in table("offers")).items()]


@answers("group entries")
def directory_by_occupation_group() -> Answer:
    return at_least((f"occupation-group/2022-{row['code'][0]}" for row in table("directory")), "1")


@answers("grade name entries")
def directory_by_grade() -> Answer:
    counts = Counter(grade for row in table("directory") for grade in split(row["grades"]))
    return [(f"skill-grade/{grade}", GRADE_NAMES[grade], n) for grade, n in counts.items()]


@answers("project class label amount line")
def subsidy_rates() -> Answer:
    return [(row["project"], row["class"], row["label"], row["amount"], row["line"]) for row in table("subsidy_rates")]


@answers("class label amount line")
def subsidy_class_and_grade(grade: str) -> Answer:
    digit = grade.rpartition("/")[2]
    rows = [row for row in table("subsidy_rates") if digit in split(row["grades"]) and row["class"] and row["amount"]]
    return [(row["class"], row["label"], row["amount"], row["line"]) for row in rows]


@answers("list project class entries")
def subsidised_occupations_by_list() -> Answer:
    return [(*key, n) for key, n in Counter((row["list"], row["project"], row["class"]) for row in table("subsidy_directory")).items()]


@answers("list number printed code class uplift line")
def subsidies_of_occupation(text: str) -> Answer:
    cells = ("list", "number", "name", "code", "class", "uplift", "line")
    return [tuple(row[cell] for cell in cells) for row in table("subsidy_directory") if text in row["name"]]


@answers("code nantong nantong_line jiangsu jiangsu_line")
def shortage_in_both_places() -> Answer:
    here, there = ([row for row in table("subsidy_directory") if row["list"] == name and row["code"]] for name in ("南通紧缺目录", "江苏附件5"))
    return [(a["code"], a["name"], a["line"], b["name"], b["line"]) for a in here for b in there if a["code"] == b["code"]]


_GRADE_WORDS = {"高级工": "3", "技师": "2", "高级技师": "1", "特级技师": "special", "首席技师": "chief"}


def _pathways(direction: str) -> list[Row]:
    return [row for row in table("pathways") if row["direction"] == direction]


@answers("grade years level condition line")
def pathways_from_grade_to_title() -> Answer:
    return [(f"skill-grade/{_GRADE_WORDS[row['source']]}", row["years"], row["target"], row["condition"], row["line"]) for row in _pathways("grade_to_title")]


@answers("level_name grade line")
def pathways_from_title_to_grade() -> Answer:
    return [(row["source"], f"skill-grade/{_GRADE_WORDS[row['target']]}", row["line"]) for row in _pathways("title_to_grade")]


@answers("name level condition line")
def pathways_by_award() -> Answer:
    return [(row["source"], row["target"], row["condition"], row["line"]) for row in _pathways("award_to_title")]


@answers("series name occupations")
def occupations_by_series() -> Answer:
    counts = Counter(series for row in table("series") for series in split(row["series"]))
    return [(f"title-series/zhejiang-{slug(series)}", series, n) for series, n in counts.items()]


@answers("number occupation specialty line")
def occupations_of_series(series: str) -> Answer:
    rows = [row for row in table("series") if series in {f"{ID}title-series/zhejiang-{slug(each)}" for each in split(row["series"])}]
    return [(row["number"], occupation(row["occupation"]), row["specialty"], row["line"]) for row in rows]


@cache
def _about_occupations() -> tuple[tuple[str, str, Row], ...]:
    found = [(occupation(row["occupation"]), "directory", row) for row in table("directory") if "Z" not in row["code"]]
    found += [(occupation(row["name"]), "subsidy_directory", row) for row in table("subsidy_directory") if row["code"]]
    found += [(occupation(row["occupation"]), "series", row) for row in table("series")]
    return (*found, *((occupation(row["occupation"]), "offers", row) for row in table("offers") if row["kind"] != "专项职业能力考核"))


@answers("occupation count documents")
def occupations_in_several_documents(least: str) -> Answer:
    found = group((node, row["document"]) for node, _, row in _about_occupations())
    return [(node, len(documents), joined(map(str, documents))) for node, documents in found.items() if len(documents) >= int(least)]


@answers("class document line text")
def occupation_profile(name: str) -> Answer:
    return [(CLASSES[of], f"document/{row['document']}", row["line"], row["text"]) for node, of, row in _about_occupations() if node == occupation(name)]


@answers("occupation grades class directory_line subsidy_line")
def directory_and_subsidy() -> Answer:
    here = [(node, row) for node, of, row in _about_occupations() if of == "directory" and row["grades"]]
    there = [(node, row) for node, of, row in _about_occupations() if of == "subsidy_directory" and row["list"] == "江苏指导目录" and row["class"]]
    return [(a[0], joined(split(a[1]["grades"])), b[1]["class"], a[1]["line"], b[1]["line"]) for a in here for b in there if a[0] == b[0]]


@answers("name series categories")
def shanghai_certificate_zhejiang_series() -> Answer:
    where = categories(row for row in table("catalogue") if row["family"] == "skill")
    series = group((occupation(row["occupation"]), each) for row in table("series") for each in split(row["series"]))
    certificates, occupations = preferred("credential/"), preferred("occupation/")
    known: dict[str, set[object]] = defaultdict(set)
    for node, codes in where.items():
        known[certificates[node]] |= codes
    return [(name, joined(map(str, series[node])), len(known[name])) for node, name in occupations.items() if name in known and node in series]


@answers("occupation series classes")
def assessed_in_shanghai_elsewhere() -> Answer:
    series = group((occupation(row["occupation"]), each) for row in table("series") for each in split(row["series"]))
    classes = group(
        (node, row["class"]) for node, of, row in _about_occupations() if of == "subsidy_directory" and row["list"] == "江苏指导目录" and row["class"]
    )
    return [
        (node, joined(map(str, series.get(node, ()))), joined(map(str, classes.get(node, ()))))
        for node in {n for n, of, _ in _about_occupations() if of == "offers"}
    ]


@answers("document status facts")
def facts_by_status() -> Answer:
    counts = Counter((row["document"], row["status"]) for _, row in everything())
    return [(f"document/{document}", f"transcription-status/{status}", n) for (document, status), n in counts.items()]


@answers("document line text reason_zh reason_en")
def uncertain_facts() -> Answer:
    return [
        (f"document/{row['document']}", row["line"], row["text"], read_wordings().chinese(row["reason"]), row["reason"])
        for _, row in everything()
        if row["status"] == "uncertain"
    ]


@answers("class text status")
def facts_of_line(document: str, line: str) -> Answer:
    rows = [(name, row) for name, row in everything() if document.endswith(f"/{row['document']}") and row["line"] == line]
    return [(CLASSES[name], row["text"], f"transcription-status/{row['status']}") for name, row in rows]


@answers("document line facts")
def lines_with_most_facts(least: str) -> Answer:
    counts = Counter((row["document"], row["line"]) for _, row in everything())
    return [(f"document/{document}", line, n) for (document, line), n in counts.items() if n >= int(least)]


@answers("reason_zh reason_en facts")
def repairs_by_reason(least: str) -> Answer:
    return [
        (read_wordings().chinese(str(reason)), reason, facts) for reason, facts in at_least((row["reason"] for _, row in everything() if row["reason"]), least)
    ]


@answers("subject")
def graph_of_recognition(category: str, text: str) -> Answer:
    wanted = {node for node, name in preferred("credential/").items() if text.lower() in name.lower()}
    rows = [row for row in table("catalogue") if category.endswith(f"/{row['category']}") and credential(row["name"]) in wanted]
    # Six triples of each recognition, one name of each credential; four of each source, which rows of one text share.
    sources = {(row["line"], row["text"], row["family"], row["tier"], row["status"], row["reason"]) for row in rows}
    return [("triples", 6 * len(rows) + len({credential(row["name"]) for row in rows}) + 4 * len(sources))]


@answers("boolean")
def is_credential_recognised(category: str, tier: str, text: str) -> Answer:
    rows = [row for row in table("catalogue") if category.endswith(f"/{row['category']}") and tier == f"{ID}{TIERS[row['tier']]}"]
    return [(any(credential(row["name"]) in named(text) for row in rows),)]
