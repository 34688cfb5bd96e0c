"""The entries of a 专业类 that may be the certificate that a person names: under that name, in other words, or by its issuer alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.ask.context import ID, Category, Context, Row
from kg.ask.kinds.catalogue import CREDENTIAL, TIER_NAMES, TIERS, entry_grades, family_of, said_grades
from kg.ask.request import Mention, Request
from kg.ask.sameness import forms, names_in, resembles, same_core, without_level
from kg.ask.tables import read_table
from kg.ask.text import normalize
from kg.graph.identity import stem

_GRADE = re.compile("([一二三四五])级")


def of_the_grade(rows: Sequence[Row], mention: Mention, request: Request) -> Sequence[Row]:
    """Where the row prints the grade that the person has, an entry of that name without a grade is another certificate (电子商务师三级, 工信部：电子商务师).

    Args:
        rows: the entries found.
        mention: the certificate named.
        request: the question understood.
    """
    said = {str(grade) for grade in said_grades(mention, request)}
    return [row for row in rows if entry_grades(row)] if any(said & entry_grades(row) for row in rows) else rows


def of_issuer(request: Request, context: Context) -> tuple[Mention, ...]:
    """Where only an issuer is named with a 专业类 (思科初级认证, Oracle中级证书): the entries that it issues or that begin with its name, as one mention.

    Args:
        request: the question understood.
        context: the store to read from.
    """
    named = [
        *request.named("CertificateIssuer", "Organization"),
        *(mention for mention in request.unlinked if mention.text.isascii() or len(mention.text) >= 3),
    ]
    found = []
    for mention in named:
        nodes = [
            row["credential"]
            for category in request.categories
            for row in context.rows("list", category=category.iri)
            if normalize(row["name"]).startswith((normalize(mention.text), normalize(mention.label or mention.text)))
            or (mention.label and mention.label in row.get("issuer", ""))
        ]
        if nodes and len(mention.text) >= 2:
            found.append(
                replace(mention, label=mention.label or mention.text, nodes=tuple(dict.fromkeys(nodes)), types=frozenset({CREDENTIAL, "IndustryCertificate"}))
            )
    return tuple(found)


def recognitions(context: Context, mention: Mention, category: Category) -> list[dict[str, str]]:
    """The entries of a 专业类 for what a mention may be, the more specific ones included and marked (`specific`).

    Args:
        context: the store to read from.
        mention: the certificate named.
        category: the 专业类.
    """
    found: dict[str, dict[str, str]] = {}
    for node in mention.nodes:
        for row in context.rows("recognition", credential=node, category=category.iri):
            found[row["fact"]] = row
    for node in mention.nodes:
        for narrower in context.rows("narrower", credential=node):
            for row in context.rows("recognition", credential=narrower["narrower"], category=category.iri):
                found.setdefault(row["fact"], row | {"specific": "1"})
    return list(found.values())


def in_other_words(context: Context, mention: Mention, request: Request, category: Category, direct: Sequence[Row]) -> list[dict[str, str]]:
    """The entries of a 专业类 that are the mentioned certificate in other words, each marked with why.

    `same`: level and name in another order, or one of several names in one entry; `general`: the general name where a track is meant; `other_words`: it
    resembles the name so much that no other certificate can be meant. Where the row prints the name itself (`direct`), only the same name with the same level
    in another order, or what was said where that is not the name, counts; and where it prints it as a title, no rank is read into it: a row that tells
    会计师 from 高级会计师 means it.

    Args:
        context: the store to read from.
        mention: the certificate named.
        request: the question understood.
        category: the 专业类.
        direct: the entries that print the name itself.
    """
    as_title = any(family_of(row) == "title" and not row.get("specific") for row in direct)
    titles = _tiers_of_titles(context)
    ranked = {} if as_title else titles
    levels = [str(grade) for grade in said_grades(mention, request)] or ([mention.level] if mention.level else [])
    licence = mention.of("PracticeQualification")
    # Of an entry that prints two names (橡胶制品生产工/橡胶成型工), the one that the person says.
    parts = [each for each in names_in(mention.label) if normalize(each) == mention.text and each != mention.label]
    names = parts[:1] or [mention.label]
    if not mention.exact:
        names.append(without_level(mention.text) if levels else mention.text)
    said = frozenset().union(*(forms(name, levels, ranked, licence=licence) for name in names))
    # Who says no level may have any (风险管理师: 中级风险管理师); of a title the level is its rank (会计师 is no 高级会计师).
    any_level = {base for base, level in said if not level and base not in titles and len(base) >= 3}
    # Without 注册 only where a practice qualification is printed: 注册物业管理师 is no 高级物业管理师.
    written = {base for name in names for base, _ in forms(name, levels, ranked, licence=False)}
    broader = {row["broader"] for node in mention.nodes for row in context.rows("broader", credential=node)}
    found = []
    for row in context.rows("list", category=category.iri):
        printed = entry_grades(row) or {tier for tier in TIER_NAMES if tier in row.get("level", "")}
        entry = forms(row["name"], printed, ranked, licence=family_of(row) == "practice")
        meant = any_level if family_of(row) == "practice" else any_level & written
        levelled = any(base in meant for base, _ in entry) or any((base, "") in entry and level == TIERS[row["tier"]] for base, level in said)
        if said & entry or levelled:
            found.append(row | {"same": "1"})
        elif row["credential"] in broader and not _of_another_grade(mention, row) and not (licence and family_of(row) == "title"):
            found.append(row | {"general": "1"})
        elif (direct and mention.text != normalize(mention.label) and same_core(without_level(mention.text), row["name"])) or (
            not direct and any(same_core(name, row["name"]) or (not mention.exact and resembles(name, row["name"])) for name in (*names, mention.text))
        ):
            found.append(row | {"other_words": "1"})
    return found


def _of_another_grade(mention: Mention, row: Row) -> bool:
    """Whether a name and an entry each say a grade, and not the same (二级口译, 一级口译/笔译翻译)."""
    said, printed = (set(_GRADE.findall(text)) for text in (f"{mention.label}{mention.text}", row["name"]))
    return bool(said and printed) and not said & printed


def _tiers_of_titles(context: Context) -> dict[str, str]:
    """The titles of annex 10 → the tier that their rank is."""
    rows = read_table(context, "title_levels")
    return context.once("tiers of titles", lambda: {stem(row["titleName"]): TIERS[f"{ID}tier/{row['tier'].rsplit('/', 1)[-1]}"] for row in rows})
