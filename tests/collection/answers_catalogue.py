"""What the collection's queries must answer: first steps and the Shanghai catalogue."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from collection.collection_tables import (
    CLASSES,
    FAMILIES,
    GRADE_NAMES,
    NOTE_3,
    TIERS,
    Answer,
    Row,
    answers,
    categories,
    category_names,
    credential,
    everything,
    group,
    joined,
    labels,
    named,
    preferred,
    split,
    table,
    triples,
)

from kg.graph.namespaces import CKG, ID


@answers("class facts")
def facts_by_class() -> Answer:
    return [(CLASSES[name], len(table(name))) for name in CLASSES]


@answers("document facts lines")
def facts_by_document() -> Answer:
    lines = group((row["document"], row["line"]) for _, row in everything())
    return [(f"document/{document}", n, len(lines[document])) for document, n in Counter(row["document"] for _, row in everything()).items()]


@answers("class credentials")
def credentials_by_kind() -> Answer:
    kinds: dict[str, set[str]] = defaultdict(set)
    of = {
        "title": "ProfessionalTitle",
        "skill": "SkillCertificate",
        "practice": "PracticeQualification",
        "onex": "OnePlusXCertificate",
        "industry": "IndustryCertificate",
    }
    for row in table("catalogue"):
        kinds[of[row["family"]]].add(credential(row["name"]))
    kinds["ProfessionalTitle"] |= {credential(row["title"]) for row in (*table("titles"), *table("equivalences"))}
    kinds["OnePlusXCertificate"] |= {credential(row["name"]) for row in table("onex")}
    kinds["PracticeQualification"] |= {credential(row[cell]) for row in table("qualifications") for cell in ("name", "subitem") if row[cell]}
    kinds["PracticeQualification"] |= {credential(row["qualification"]) for row in table("equivalences")}
    # Level names of annex 11 that are names of their own (房地产经纪人协理), not words such as 中级.
    kinds["PracticeQualification"] |= {
        credential(row["level"]) for row in table("equivalences") if len(row["level"]) > 3 and not re.search("资格|级：", row["level"])
    }
    special = [row["name"] for row in table("offers") if row["kind"] == "专项职业能力考核"] + [row["name"] for row in table("directory") if "Z" in row["code"]]
    special += [row["name"] for row in table("subsidy_directory") if not row["code"] and row["project"] == "专项职业能力证书"]
    kinds["SpecialSkillCertificate"] = {credential(name) for name in special}
    kinds["OverseasQualification"] = {node for node in labels() if node.startswith("credential/overseas-")}
    return [(kind, len(nodes)) for kind, nodes in kinds.items()]


@answers("property nodes values")
def properties_of_class(**values: str) -> Answer:
    assert values["class"].endswith("#Recognition"), "computed for this class only"
    rows = table("catalogue")
    once = ("recognizes", "forCategory", "inFamily", "atTier", "printedName", "http://www.w3.org/ns/prov#hadPrimarySource")
    some = {"printedLevel": "level", "qualifier": "qualifier", "issuer": "issuer", "printedIssuer": "issuer"}
    found: list[tuple[object, ...]] = [("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", len(rows), 2 * len(rows))]
    found += [(name, len(rows), len(rows)) for name in once]
    found += [(name, *[sum(bool(row[cell]) for row in rows)] * 2) for name, cell in some.items()]
    return [*found, ("grade", sum(bool(row["grades"]) for row in rows), sum(len(split(row["grades"])) for row in rows))]


@answers("node class")
def nodes_named(text: str) -> Answer:
    kinds = [(s, o) for s, p, o, _ in triples() if p.endswith("#type") and o.startswith(CKG)]
    return [(node, kind.removeprefix(CKG)) for node, kind in kinds if node in named(text) and any(tag == "zh" for _, tag in labels()[node])]


@answers("credential categories")
def recognised_in_most_categories(least: str) -> Answer:
    return [(node, len(found)) for node, found in categories(table("catalogue")).items() if len(found) >= int(least)]


@answers("category code name state credentials")
def credentials_per_category() -> Answer:
    states = {row["category"]: row["state"] for row in table("coverage")}
    found = group((row["category"], credential(row["name"])) for row in table("catalogue"))
    return [(f"category/{code}", code, category_names()[code], f"row-state/{states[code]}", len(nodes)) for code, nodes in found.items()]


@answers("family family_name tier tier_name entries")
def entries_by_family_and_tier() -> Answer:
    counts = Counter((row["family"], row["tier"]) for row in table("catalogue"))
    return [(f"family/{family}", FAMILIES[family], TIERS[tier], tier, n) for (family, tier), n in counts.items()]


@answers("family printed level issuer credential line status")
def entries_of_category(category: str, tier: str) -> Answer:
    rows = [row for row in table("catalogue") if category == f"{ID}category/{row['category']}" and tier == f"{ID}{TIERS[row['tier']]}"]
    return [
        (FAMILIES[row["family"]], row["name"], row["level"], row["issuer"], credential(row["name"]), row["line"], f"transcription-status/{row['status']}")
        for row in rows
    ]


@answers("credential printed code category family tier line")
def categories_of_credential(text: str) -> Answer:
    rows = [row for row in table("catalogue") if credential(row["name"]) in named(text)]
    return {
        (credential(row["name"]), row["name"], row["category"], category_names()[row["category"]], f"family/{row['family']}", TIERS[row["tier"]], row["line"])
        for row in rows
    }


def _of(category: str) -> Mapping[str, set[object]]:
    return group((credential(row["name"]), row["tier"]) for row in table("catalogue") if category.endswith(f"/{row['category']}"))


@answers("credential tiers_a tiers_b")
def shared_by_two_categories(a: str, b: str) -> Answer:
    first, second = _of(a), _of(b)
    return [(node, joined(map(str, first[node])), joined(map(str, second[node]))) for node in first.keys() & second.keys()]


@answers("other code shared")
def most_similar_categories(category: str) -> Answer:
    own = _of(category).keys()
    shared = {code: len(own & _of(f"/{code}").keys()) for code in category_names() if not category.endswith(code)}
    return [(f"category/{code}", code, n) for code, n in shared.items() if n]


@answers("category code name")
def categories_without_family(family: str) -> Answer:
    having = {row["category"] for row in table("catalogue") if family == f"{ID}family/{row['family']}"}
    return [
        (f"category/{row['category']}", row["category"], row["category_name"])
        for row in table("coverage")
        if row["state"] == "complete" and row["category"] not in having
    ]


@answers("credential families categories")
def credentials_in_several_families() -> Answer:
    families = group((credential(row["name"]), FAMILIES[row["family"]]) for row in table("catalogue"))
    where = categories(table("catalogue"))
    return [(node, joined(map(str, each)), len(where[node])) for node, each in families.items() if len(each) > 1]


@answers("code category general specific")
def general_and_specific_in_one_category() -> Answer:
    nodes = group((row["category"], credential(row["name"])) for row in table("catalogue"))
    names = preferred("credential/")
    narrower = [(s, o) for s, p, o, _ in triples() if p.endswith("core#broader")]
    pairs = [(down, up) for down, up in narrower if up.startswith("credential/")]
    return {(code, category_names()[code], names[up], names[down]) for code, here in nodes.items() for down, up in pairs if {down, up} <= here}


def _against_note_3() -> Iterator[tuple[Row, str]]:
    for row in table("catalogue"):
        if row["family"] == "skill":
            for tier in {NOTE_3[grade] for grade in split(row["grades"])}:
                if tier != TIERS[row["tier"]]:
                    yield row, tier


@answers("category code name entries")
def grades_against_note_3() -> Answer:
    counts = Counter(row["category"] for row in {id(row): row for row, _ in _against_note_3()}.values())
    return [(f"category/{code}", code, category_names()[code], n) for code, n in counts.items()]


@answers("printed level tier expected line status")
def entries_against_note_3(category: str) -> Answer:
    return {
        (row["name"], row["level"], TIERS[row["tier"]], expected, row["line"], f"transcription-status/{row['status']}")
        for row, expected in _against_note_3()
        if category.endswith(f"/{row['category']}")
    }


@answers("tier tier_name grade grade_name entries")
def grades_printed_at_each_tier() -> Answer:
    counts = Counter((row["tier"], grade) for row in table("catalogue") if row["family"] == "skill" for grade in split(row["grades"]))
    return [(TIERS[tier], tier, f"skill-grade/{grade}", GRADE_NAMES[grade], n) for (tier, grade), n in counts.items()]


@answers("credential tiers categories")
def titles_at_several_tiers() -> Answer:
    rows = [row for row in table("catalogue") if row["family"] == "title" and not row["level"]]
    tiers, where = group((credential(row["name"]), row["tier"]) for row in rows), categories(rows)
    return [(node, joined(map(str, each)), len(where[node])) for node, each in tiers.items() if len(each) > 1]


@answers("code category printed tier annex_10 line")
def titles_against_annex_10() -> Answer:
    ranked = group((credential(row["title"]), row["tier"]) for row in table("titles"))
    rows = [row for row in table("catalogue") if row["family"] == "title" and row["tier"] not in ranked.get(credential(row["name"]), {row["tier"]})]
    return [
        (row["category"], category_names()[row["category"]], row["name"], row["tier"], joined(map(str, ranked[credential(row["name"])])), row["line"])
        for row in rows
    ]


@answers("state categories")
def coverage_by_state() -> Answer:
    return [(f"row-state/{state}", n) for state, n in Counter(row["state"] for row in table("coverage")).items()]


@answers("category code name loss columns line")
def rows_in_state(state: str) -> Answer:
    rows = [row for row in table("coverage") if state.endswith(f"/{row['state']}")]
    return [(f"category/{row['category']}", row["category"], row["category_name"], row["loss"], len(split(row["affected"])), row["line"]) for row in rows]


@answers("family family_name tier tier_name cells")
def damaged_cells() -> Answer:
    counts = Counter(tuple(column.split(".")) for row in table("coverage") for column in split(row["affected"]))
    return [(f"family/{family}", FAMILIES[family], TIERS[tier], tier, n) for (family, tier), n in counts.items()]


@answers("group code name categories complete")
def coverage_by_major_group() -> Answer:
    all_of = Counter((row["group"], row["group_name"]) for row in table("coverage"))
    complete = Counter(row["group"] for row in table("coverage") if row["state"] == "complete")
    return [(f"major-group/{code}", code, name, n, complete[code]) for (code, name), n in all_of.items()]
