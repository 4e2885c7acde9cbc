"""Every published table of one run, attacked together: nothing taken from anything else leaves a small group.

The equations are what the papers say, read as text; what each number is made of is worked out here from the courses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pytest

from hopdocs.danish import short_month
from hopdocs.documents.kinds.project.reports.kept import pack_context
from hopdocs.documents.kinds.project.reports.wanted import approval_key, wanted_reports
from hopdocs.domain.project.numbers import ACTIVE, CLOSED, WAITING, WITHDRAWN, ProjectNumbers
from hopdocs.domain.project.reports import reports_on
from hopdocs.figures.suppression.protection import HIDDEN
from hopdocs.model.project import Project, ReportKind
from tests.unit.documents.reports.many_courses import PROJECT, TODAY, many_courses
from tests.unit.figures.courses import sample_config

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from hopdocs.documents.views import Context
    from hopdocs.figures.course import CourseFigures

Atoms: TypeAlias = frozenset[tuple[str, str]]
"""Of which families, and of which month of each, a number is."""
Published: TypeAlias = "list[tuple[Atoms, bool]]"
"""What numbers are of, and whether they are told."""
CRITERIA = {"1. Større sammenhæng i indsatsen": "f_oplevelse_1", "2. Familien er inddraget og hørt": "f_oplevelse_2"}
CONFIG = sample_config()
NUMBERS = ProjectNumbers({ACTIVE: 40, WAITING: 7, CLOSED: 9, WITHDRAWN: 2}, ())


QUIET = {**PROJECT, "monthly_status": False}


def papers_of(
    courses: Iterable[CourseFigures], project: Project, approved: Mapping[str, str] | None = None
) -> dict[str, Context]:
    """By their names, all papers that may be published."""
    found = wanted_reports(project, CONFIG, TODAY, courses, NUMBERS, {}, approved or {})
    return {it.stem: it.context for it in found if it.kind.name in {"januarstatus", "evalueringsrapport"}}


def said(paper: Any, *fields: str) -> dict[str, tuple[str, ...]]:
    rows = [row for field in fields for row in getattr(paper, field, ())]
    return dict((row.cells[0], row.cells[1:]) if hasattr(row, "cells") else (row.name, (row.value,)) for row in rows)


def is_number(text: str) -> bool:
    return re.match(r"\d", text) is not None


def given_away(published: Published) -> list[Atoms]:
    """The groups of one to four families that follow from what is told, and that are no number of a paper either."""
    every = sorted(frozenset().union(*(atoms for atoms, _ in published)))
    told = np.array([[atom in atoms for atom in every] for atoms, is_told in published if is_told], dtype=float)
    whole = {atoms for atoms, _ in published}
    groups = whole.union(*({one - other, other - one} for one, other in combinations(whole, 2)))
    small = [group for group in groups if 0 < len({family for family, _ in group}) < 5]
    rank = np.linalg.matrix_rank(told) if len(told) else 0
    wanted = [np.array([[atom in group for atom in every]], dtype=float) for group in small]
    return [
        group
        for group, one in zip(small, wanted, strict=True)
        if len(told) and np.linalg.matrix_rank(np.vstack([told, one])) == rank
    ]


def days_of(project: Project) -> dict[str, tuple[date, date, bool]]:
    """By the papers' names their first and last day, and whether it is a year's."""
    names = {ReportKind.JANUAR: "januarstatus", ReportKind.MIDTVEJS: "evalueringsrapport"}
    names[ReportKind.AFSLUTNING] = names[ReportKind.MIDTVEJS]
    return {
        f"{names[it.kind]}-{it.key}": (it.start, it.until, it.kind is ReportKind.JANUAR)
        for it in reports_on(project, TODAY)
        if it.kind in names
    }


def published_numbers(
    courses: tuple[CourseFigures, ...], project: Project, papers: Mapping[str, Any]
) -> dict[str, Published]:
    """By what can be taken from each other: families that said yes, that ended, costs of an area."""
    chains: dict[str, Published] = defaultdict(list)
    for name, (first, last, is_year) in days_of(project).items():
        facts = said(papers[name], "numbers", "basis")
        costs = said(papers[name], "costs")
        begun = [it for it in courses if it.consented and it.consented <= last]
        every = frozenset((it.case, "") for it in begun)
        gone = frozenset((it.case, "gone") for it in begun if it.end and it.end <= last)
        if is_year:
            new = frozenset((it.case, "") for it in begun if it.consented and it.consented >= first)
            ended = frozenset((it.case, "gone") for it in begun if it.end and first <= it.end <= last)
            chains["families"] += [(new, is_number(facts["Nye"][0])), (ended, is_number(facts["Afsluttet"][0]))]
        else:
            chains["families"] += [
                (every, is_number(facts["Familier, der har sagt ja"][0])),
                (gone, is_number(facts["Heraf afsluttede forløb"][0])),
            ]
        effects = said(papers[name], "effects", "experienced")
        for row, key in CRITERIA.items():
            measured = [[line for line in it.measured if line.indicator == key and line.month <= last] for it in begun]
            of = frozenset((it.case, "") for it, lines in zip(begun, measured, strict=True) if len(lines) > 1)
            assert effects[row][-1] in {str(len(of)), HIDDEN}
            chains[row].append((of, is_number(effects[row][-1])))
        for code, area in CONFIG.areas.items():
            lines = [(it.case, line.month) for it in begun for line in it.costs if line.area == code]
            within = frozenset((case, f"{month:%Y-%m}") for case, month in lines if first <= month <= last)
            if within:
                chains[f"costs {code}"].append((within, is_number(costs[area.name][1])))
            chart = papers[name].cost_chart
            rows = {row.name: row.values for row in chart.rows} if chart is not None else {}
            drawn = rows.get(area.name, ())
            for at, value in enumerate(drawn):
                label = chart.categories[at]
                of = frozenset((case, f"{month:%Y-%m}") for case, month in lines if short_month(month) == label)
                chains[f"costs {code}"] += [(of, True)] if value is not None and of else []
    return chains


@pytest.mark.parametrize(("number", "seed"), [(60, 13), (24, 3)])
def test_nobody_is_found_by_taking_one_published_table_from_another(number: int, seed: int) -> None:
    courses, project = many_courses(number, seed), Project.model_validate(QUIET)
    chains = published_numbers(courses, project, papers_of(courses, project))
    assert {name: found for name, published in chains.items() if (found := given_away(published))} == {}


def test_an_approved_paper_stands_and_the_others_do_not_tell_what_was_corrected_since() -> None:
    """It said how many families had said yes. Three of them took it back, and nobody new came until the mid-term."""
    approval = {"kind": "januar", "day": "2025-12-31", "approved": "2026-01-20"}
    project = Project.model_validate({**QUIET, "reports": [approval]})
    year, midterm = (
        next(it for it in reports_on(project, TODAY) if it.kind is kind)
        for kind in (ReportKind.JANUAR, ReportKind.MIDTVEJS)
    )
    courses = tuple(
        it
        for it in many_courses()
        if it.consented and (year.start <= it.consented <= year.end or it.consented > midterm.end)
    )
    before = papers_of(courses, project)
    approved = {approval_key("januarstatus", year): pack_context(before["januarstatus-2025"])}
    said_yes = "Familier, der har sagt ja"
    number = said(before["januarstatus-2025"], "numbers")["Nye"]
    assert is_number(number[0])
    assert said(before["evalueringsrapport-midtvejs"], "basis")[said_yes] == number
    left = [it for it in courses if it.consented and it.consented <= year.end][3:]
    after = papers_of((*left, *(it for it in courses if it.consented and it.consented > year.end)), project, approved)
    assert said(after["januarstatus-2025"], "numbers")["Nye"] == number
    assert said(after["evalueringsrapport-midtvejs"], "basis")[said_yes] == (HIDDEN,)
