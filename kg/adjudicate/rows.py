"""The rows of a sheet as cases, and their rulings: each distinct case is ruled on once, by several processes where that is worthwhile."""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, replace
from functools import cache
from pathlib import Path
from typing import Any

from embeddings import parallel
from kg.adjudicate.books import Sheet
from kg.adjudicate.columns import Layout
from kg.adjudicate.judging import Case, Judge, Ruling
from kg.ask import Asker
from kg.store import connect

#: Fewer distinct cases than this are ruled on sooner by one process.
WORTHWHILE = 500
Progress = Callable[[str, float], None]


def cases_of(sheet: Sheet, layout: Layout, category: str = "", tier: str = "") -> dict[int, Case]:
    """Row (from 1) → what it asks; blank rows, and headings that are repeated, ask nothing.

    Args:
        sheet: the sheet.
        layout: where it has what.
        category: the 专业类 of rows that name none.
        tier: the tier of rows that name none.
    """
    found = {}
    for row in range(layout.heading + 1, len(sheet.rows) + 1):
        said = {role: sheet.text(row, column).strip() for role, column in layout.columns.items()}
        repeated = bool(said["certificate"]) and said["certificate"] == sheet.text(layout.heading, layout.columns["certificate"]).strip()
        if repeated or not any(text.strip() for text in sheet.rows[row - 1]):
            continue
        where = " ".join(filter(None, (said.get("category", ""), said.get("category_name", "")))) or category
        found[row] = Case(said["certificate"], said.get("grade", ""), where, said.get("tier", "") or tier, said.get("issuer", ""))
    return found


def rule_all(cases: Sequence[Case], asker: Asker, build: Path, language: str, processes: int, progress: Progress) -> Mapping[Case, Ruling]:
    """The ruling on each case.

    Args:
        cases: what is asked; the same may come many times.
        asker: answers; not used by anybody else meanwhile where `processes` is more than 1.
        build: the build folder that the asker was opened from.
        language: of reasons and remarks.
        processes: how many processes may share the work; one where the caller has threads.
        progress: told the share that is done.
    """
    # Rows of one 专业类 ask for the same entries: side by side, these are read once.
    distinct = sorted(set(cases), key=lambda case: (case.category, case.certificate, astuple(case)))
    rulings: dict[Case, Ruling] = {}
    for case, ruling in zip(distinct, _ruled(distinct, asker, build, language, processes), strict=True):
        rulings[case] = ruling
        if len(rulings) % 20 == 0 or len(rulings) == len(distinct):
            progress("judging", len(rulings) / len(distinct))
    return rulings


def _ruled(distinct: Sequence[Case], asker: Asker, build: Path, language: str, processes: int) -> Iterator[Ruling]:
    """The rulings in the order of the cases."""
    if processes < 2 or len(distinct) < WORTHWHILE or not parallel.possible():
        judge = Judge(asker, language)
        yield from (judge.rule(case) for case in distinct)
        return

    @cache
    def judge_of(process: int) -> Judge:
        # The threads of the store are not copied with the process: each opens it anew.
        return Judge(replace(asker, context=replace(asker.context, store=connect(build / "store", workers=1))), language)

    def work(share: Sequence[str]) -> list[Any]:
        judge = judge_of(os.getpid())
        return [astuple(judge.rule(Case(**json.loads(case)))) for case in share]

    texts = [json.dumps(asdict(case)) for case in distinct]
    yield from (Ruling(*plain) for plain in parallel.in_processes(work, texts, processes))
