"""What the collection's queries must answer: the annexes of the Shanghai rules."""

from collections import Counter, defaultdict

from collection.collection_tables import (
    RANKS,
    Answer,
    Row,
    answers,
    at_least,
    categories,
    credential,
    group,
    joined,
    organization,
    preferred,
    split,
    table,
    triples,
)

from kg.graph.namespaces import CKG, ID, slug


@answers("batch certificates issuers")
def onex_by_batch() -> Answer:
    issuers = group((row["batch"], organization(row["issuer"])) for row in table("onex"))
    return [(batch, n, len(issuers[batch])) for batch, n in Counter(row["batch"] for row in table("onex")).items()]


@answers("issuer certificates")
def onex_by_issuer(least: str) -> Answer:
    return at_least((organization(row["issuer"]) for row in table("onex")), least)


@answers("number credential batch categories")
def onex_recognised_in_most_categories(least: str) -> Answer:
    where = categories(row for row in table("catalogue") if row["family"] == "onex")
    found = [(row["number"], credential(row["name"]), row["batch"], len(where.get(credential(row["name"]), ()))) for row in table("onex")]
    return [row for row in found if row[3] >= int(least)]


@answers("number credential batch line")
def onex_in_no_category() -> Answer:
    recognised = {credential(row["name"]) for row in table("catalogue")}
    return [(row["number"], credential(row["name"]), row["batch"], row["line"]) for row in table("onex") if credential(row["name"]) not in recognised]


_LISTS = {"双重管理": "association-list/dual"}


def _list(row: Row) -> str:
    return _LISTS.get(row["list"], "association-list/decoupled")


@answers("supervisor associations")
def associations_by_supervisor(list: str) -> Answer:
    return at_least((organization(row["supervisor"]) for row in table("associations") if row["supervisor"] and f"{ID}{_list(row)}" == list), "1")


@answers("number name list line")
def associations_of_supervisor(supervisor: str) -> Answer:
    rows = [row for row in table("associations") if f"{ID}{organization(row['supervisor'])}" == supervisor]
    return [(row["number"], row["name"], _list(row), row["line"]) for row in rows]


@answers("list associations with_supervisor with_head_unit")
def associations_by_list() -> Answer:
    lists = sorted({_list(row) for row in table("associations")})
    rows = {each: [row for row in table("associations") if _list(row) == each] for each in lists}
    return [(each, len(rows[each]), *(sum(bool(row[cell]) for row in rows[each]) for cell in ("supervisor", "head_unit"))) for each in lists]


@answers("name associations")
def head_units() -> Answer:
    return at_least((row["head_unit"] for row in table("associations") if row["head_unit"]), "1")


@answers("issuer credentials categories")
def issuers_in_catalogue(least: str) -> Answer:
    rows = [row for row in table("catalogue") if row["issuer"]]
    found = group((organization(row["issuer"]), credential(row["name"])) for row in rows)
    where = group((organization(row["issuer"]), row["category"]) for row in rows)
    return [(issuer, len(nodes), len(where[issuer])) for issuer, nodes in found.items() if len(nodes) >= int(least)]


@answers("name issuer number")
def issuers_that_are_associations() -> Answer:
    issuers = {organization(row["issuer"]) for name in ("catalogue", "onex", "overseas") for row in table(name) if row["issuer"]}
    names = preferred("organization/")
    return [(row["name"], issuer, row["number"]) for row in table("associations") for issuer in issuers if names[issuer] == row["name"]]


@answers("class entries issuers")
def overseas_by_class() -> Answer:
    issuers = group((row["class"], organization(row["issuer"])) for row in table("overseas"))
    return [(f"overseas-class/{each.lower()}", n, len(issuers[each])) for each, n in Counter(row["class"] for row in table("overseas")).items()]


@answers("field classes entries")
def overseas_by_field() -> Answer:
    classes = group((row["field"], row["class"]) for row in table("overseas"))
    return [(field, joined(map(str, classes[field])), n) for field, n in Counter(row["field"] for row in table("overseas")).items()]


@answers("issuer entries")
def overseas_issuers(least: str) -> Answer:
    return at_least((organization(row["issuer"]) for row in table("overseas")), least)


@answers("credential classes")
def overseas_in_several_classes() -> Answer:
    listed = {(row["class"], row["number"]): row for row in table("overseas")}
    lists = {s.rpartition("-9-")[2]: o for s, p, o, _ in triples() if p == f"{CKG}lists" and s.startswith("overseas-listing/")}
    # Which node a row lists is the graph's (tests/graph checks it); the classes are the table's.
    classes = group((lists[f"{each.lower()}-{number}"], each) for each, number in listed)
    return [(node, joined(map(str, each))) for node, each in classes.items() if len(each) > 1]


@answers("class number condition line")
def overseas_with_conditions() -> Answer:
    return [(f"overseas-class/{row['class'].lower()}", row["number"], row["condition"], row["line"]) for row in table("overseas") if row["condition"]]


@answers("level titles entries")
def titles_by_level() -> Answer:
    titles = group((row["rank"], credential(row["title"])) for row in table("titles"))
    return [(f"title-level/{RANKS[rank]}", len(titles[rank]), n) for rank, n in Counter(row["rank"] for row in table("titles")).items()]


@answers("title level tier line")
def titles_of_series(series: str) -> Answer:
    rows = [row for row in table("titles") if series == f"{ID}title-series/{slug(row['series'])}"]
    return [(credential(row["title"]), row["rank"], row["tier"], row["line"]) for row in rows]


@answers("title series")
def titles_in_several_series() -> Answer:
    found = group((credential(row["title"]), row["series"]) for row in table("titles"))
    return [(title, len(series)) for title, series in found.items() if len(series) > 1]


@answers("level equivalences qualifications")
def equivalences_by_title_level() -> Answer:
    levels = group((credential(row["title"]), row["rank"]) for row in table("titles"))
    found: dict[object, list[str]] = defaultdict(list)
    for row in table("equivalences"):
        for rank in levels.get(credential(row["title"]), ()):
            found[rank].append(credential(row["qualification"]))
    return [(f"title-level/{RANKS[str(rank)]}", len(each), len(set(each))) for rank, each in found.items()]


@answers("number level condition relation line")
def qualifications_for_title(title: str) -> Answer:
    rows = [row for row in table("equivalences") if credential(row["title"]) == credential(title)]
    return [(row["number"], row["level"], row["condition"], row["relation"], row["line"]) for row in rows]


@answers("part class entries")
def national_qualifications_by_class() -> Answer:
    kinds = {"准入类": "access", "水平评价类": "level"}
    counts = Counter((row["part"], row["class"]) for row in table("qualifications"))
    return [(part, f"qualification-class/{kinds[each]}", n) for (part, each), n in counts.items()]


@answers("department qualifications")
def national_qualifications_by_department() -> Answer:
    return at_least((organization(each) for row in table("qualifications") for each in split(row["departments"])), "1")


@answers("credential categories")
def national_qualifications_recognised() -> Answer:
    where = categories(table("catalogue"))
    return [(node, len(where.get(node, ()))) for node in {credential(row["subitem"] or row["name"]) for row in table("qualifications")}]
