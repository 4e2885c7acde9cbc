"""Every number of the reports is worked out once more from the courses' plain rows, by pandas."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from hopdocs.danish import money
from hopdocs.documents.kinds.project.reports.evaluation import fill_evaluation
from hopdocs.documents.kinds.project.reports.quarterly import fill_quarterly
from hopdocs.domain.project.numbers import say_count
from hopdocs.model.project import ReportKind
from tests.unit.documents.reports.many_courses import AREAS, facts_of, many_courses
from tests.unit.figures.courses import sample_config

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.documents.kinds.project.reports.evaluation import EvalueringsrapportContext
    from hopdocs.documents.kinds.project.reports.quarterly import ProjektstatusContext
    from hopdocs.documents.kinds.project.reports.views import Fact, TextRow

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
END = date(2027, 6, 30)
NAMES = {str(code): area.name for code, area in sample_config().areas.items()}


def rows(key: str) -> pd.DataFrame:
    """All lines of one sort, each with its case."""
    plain = [course.as_json() for course in many_courses()]
    return pd.DataFrame([{"case": course["case"], **line} for course in plain for line in course[key]])


COURSES = pd.DataFrame([course.as_json() for course in many_courses()])


@pytest.fixture(scope="module")
def quarter() -> ProjektstatusContext:
    return fill_quarterly(facts_of(ReportKind.KVARTAL, at=6))


@pytest.fixture(scope="module")
def evaluation() -> EvalueringsrapportContext:
    return fill_evaluation(facts_of(ReportKind.AFSLUTNING))


def values(facts: Iterable[Fact]) -> dict[str, str]:
    return {fact.name: fact.value for fact in facts}


def table(found: Iterable[TextRow]) -> dict[str, tuple[str, ...]]:
    return {row.cells[0]: row.cells[1:] for row in found}


def between(days: pd.Series[Any]) -> pd.Series[bool]:
    return days.between(FIRST.isoformat(), LAST.isoformat())


def test_families_are_counted_on_the_last_day_of_the_quarter(quarter: ProjektstatusContext) -> None:
    assert (quarter.head.start, quarter.head.until) == (FIRST, LAST)
    told = COURSES[COURSES.consented <= LAST.isoformat()]
    running = told[told.end.isna() | (told.end > LAST.isoformat())]
    found = values(quarter.numbers)
    assert found["I gang"] == say_count(len(running))
    assert found["Nye"] == say_count(between(told.consented).sum())
    assert found["Afsluttet"] == say_count(between(told.end).sum())
    shared = running.explode("areas").areas.value_counts()
    assert table(quarter.areas) == {NAMES[area]: (say_count(int(shared[area])),) for area in AREAS}
    assert {row.case for row in quarter.new_courses} == set(told[between(told.consented)].case)


def test_meetings_shifts_and_who_came(quarter: ProjektstatusContext) -> None:
    meetings = rows("meetings")
    held = meetings[between(meetings.date) & (meetings.status == "held")]
    found = values(quarter.progress)
    assert found["Møder i alt"] == str(len(held))
    assert found["Opfølgninger, der blev holdt"] == str((held.type == "opfølgningsmøde").sum())
    assert found["Aflyste møder"] == str((between(meetings.date) & (meetings.status == "cancelled")).sum())
    asked, came = held.explode("asked").asked.value_counts(), held.explode("came").came.value_counts()
    for area in AREAS:
        share = round(100 * came[area] / asked[area])
        assert table(quarter.attendance)[NAMES[area]] == (str(asked[area]), str(came[area]), f"{share}\u00a0%")
    shifts = rows("shifts")
    leaders = shifts[between(shifts.date)].is_tovholder
    assert values(quarter.shifts) == {
        "Skift af tovholder": str(leaders.sum()),
        "Skift af rådgiver": str((~leaders).sum()),
    }
    children = pd.DataFrame(held.explode("children").children.tolist())
    there = int(children.attended.sum())
    assert values(quarter.children)["Børn var med"].startswith(f"{there} af {len(children)} ")


def test_the_rhythm_is_kept_where_no_more_than_eight_weeks_lie_between_two_meetings(
    quarter: ProjektstatusContext,
) -> None:
    meetings = rows("meetings")
    held = meetings[(meetings.status == "held") & (meetings.date <= LAST.isoformat())].copy()
    held["day"] = pd.to_datetime(held.date)
    held["gap"] = held.groupby("case").day.diff().dt.days
    ended = held[held.gap.notna() & between(held.date)]
    last = held.groupby("case").day.max()
    ends = COURSES.set_index("case").end.dropna()
    overdue = 0
    for case, day in last.items():
        end = min(pd.Timestamp(ends.get(case, LAST)), pd.Timestamp(LAST))
        overdue += (end - day).days > 56 and end >= pd.Timestamp(FIRST)
    kept = int((ended.gap <= 56).sum())
    assert values(quarter.progress)["Rytmen er holdt"].startswith(f"{kept} af {len(ended) + overdue} ")


def test_waits_are_those_that_lasted_into_the_quarter(quarter: ProjektstatusContext) -> None:
    waits = rows("waits")
    asked = waits[(waits.applied <= LAST.isoformat()) & (waits.granted >= FIRST.isoformat())].copy()
    until = pd.to_datetime(asked.granted.where(asked.granted <= LAST.isoformat(), LAST.isoformat()))
    asked["days"] = (until - pd.to_datetime(asked.applied)).dt.days
    asked["ongoing"] = asked.granted > LAST.isoformat()
    for area, found in asked.groupby("area"):
        number, ongoing, long, _, longest = table(quarter.waits)[NAMES[str(area)]]
        assert (number, ongoing) == (str(len(found)), str(found.ongoing.sum()))
        assert (long, longest) == (str((found.days > 56).sum()), str(found.days.max()))
    assert table(quarter.waits)["I alt"][0] == str(len(asked))


def test_costs_are_the_sum_of_the_quarters_months(quarter: ProjektstatusContext) -> None:
    costs = rows("costs")
    costs["amount"] = costs.amount.astype(float)
    told = costs[between(costs.month)]
    for area, found in told.groupby("area"):
        families = found.case.nunique()
        total = found.amount.sum()
        expected = (str(families), money(round(total)), money(round(total / families)))
        assert table(quarter.costs)[NAMES[str(area)]] == expected
    assert quarter.cost_chart is not None
    by_month = costs[costs.month == "2026-08-01"].groupby("area").amount.sum()
    drawn = {row.name: row.values[-2] for row in quarter.cost_chart.rows}  # noqa: PD011 - a row of bars
    assert {name: float(value or 0) for name, value in drawn.items()} == {
        NAMES[str(area)]: round(amount) for area, amount in by_month.items()
    }


def test_families_got_better_or_worse_by_their_first_and_latest_value(evaluation: EvalueringsrapportContext) -> None:
    measured = rows("measured")
    measured = measured[(measured.month <= END.isoformat()) & (measured.indicator == "b_skole_fravaer")]
    ordered = measured.assign(value=measured.value.astype(float)).sort_values("month").groupby("case").value
    change = (ordered.last() - ordered.first())[ordered.count() > 1]
    expected = ((change < 0).sum(), (change == 0).sum(), (change > 0).sum(), len(change))
    assert table(evaluation.counted)["7b. Fremmøde i skolen"] == tuple(map(str, expected))


def test_it_is_said_who_must_take_the_consent_back_for_a_family_to_leave_the_figures(
    evaluation: EvalueringsrapportContext,
) -> None:
    assert "Trækker alle med forældremyndighed deres samtykke tilbage" in evaluation.method[-1]
    assert "Trækker én af flere det tilbage" in evaluation.method[-1]
    assert "uden de tal, der handler om den ene" in evaluation.method[-1]


def test_services_are_those_of_the_middle_family(evaluation: EvalueringsrapportContext) -> None:
    draws = rows("draws")
    made = draws[(draws.made <= END.isoformat()) & (draws.months == 6)]
    totals = made.counts.map(lambda counts: sum(counts.values()))
    assert table(evaluation.services)["6 mdr."] == (str(len(totals)), f"{totals.median():g}".replace(".", ","))


def test_what_came_after_the_last_day_is_in_no_number() -> None:
    early = fill_quarterly(facts_of(ReportKind.KVARTAL, at=6))
    later = fill_quarterly(facts_of(ReportKind.KVARTAL, LAST + timedelta(days=400), at=6))
    assert (early.costs, early.progress, early.waits) == (later.costs, later.progress, later.waits)
