"""Each number of the project is worked out once more from the rows' JSON, by pandas, DuckDB's SQL, or both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pytest

from hopdocs.domain.project.periods import Period
from hopdocs.figures.costs import CostTrend
from hopdocs.figures.groups import COUNTED
from hopdocs.figures.indicators import Verdict
from hopdocs.figures.project import project_figures, stand_of
from tests.unit.figures.courses import sample_config
from tests.unit.figures.many_courses import SEEN_ON, draw_courses

if TYPE_CHECKING:
    from decimal import Decimal

COURSES = draw_courses()
CONFIG = sample_config()
WHOLE = Period(date(2024, 1, 1), date(2026, 12, 31))
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
ROWS = [course.as_json() for course in COURSES]


def table_of(name: str) -> pd.DataFrame:
    found = pd.DataFrame([{"family": row["family"], **line} for row in ROWS for line in row[name]])
    if "value" in found:
        found["value"] = found["value"].astype(float)
    if "amount" in found:
        found["amount"] = found["amount"].astype(float)
    return found


def told() -> pd.DataFrame:
    found = pd.DataFrame(ROWS)
    return found[found["areas"].map(len) > 0]


def near(number: Decimal | float | None) -> Any:
    assert number is not None
    return pytest.approx(float(number))


def test_courses_are_active_new_and_closed_as_their_days_say() -> None:
    numbers = project_figures(COURSES, CONFIG, QUARTER, SEEN_ON).numbers
    rows, first, last = told(), QUARTER.first.isoformat(), QUARTER.last.isoformat()
    has_begun = rows["consented"] <= last
    assert numbers.active == len(rows[has_begun & (rows["end"].isna() | (rows["end"] > last))])
    assert numbers.new == len(rows[rows["consented"].between(first, last)])
    assert numbers.closed == len(rows[rows["end"].between(first, last)])
    assert numbers.active > 5
    assert numbers.closed > 0


def test_meetings_rhythm_and_shifts_of_a_quarter_are_those_of_a_database() -> None:
    numbers = project_figures(COURSES, CONFIG, QUARTER, SEEN_ON).numbers
    meetings, shifts, rows = table_of("meetings"), table_of("shifts"), told()
    with duckdb.connect() as database:
        for name, frame in (("meetings", meetings), ("shifts", shifts), ("courses", rows[["family", "end"]])):
            database.register(name, frame)
        held, intervals, kept, overdue = database.execute(
            """
            with held as (
                select family, date::date as day, type from meetings
                where status = 'held' and date <= $last
                  and date >= (select min(date) from meetings m
                               where m.family = meetings.family and m.type = 'familieplansmøde' and m.status = 'held')
            ),
            gaps as (select day, day - lag(day) over (partition by family order by day) as days from held),
            open as (
                select family, least($last::date, coalesce(any_value("end")::date, $last::date)) - max(day) as days,
                       coalesce(any_value("end")::date > $last::date, true) as is_active
                from held join courses using (family) group by family
                having least($last::date, coalesce(any_value("end")::date, $last::date)) >= $first::date
            )
            select (select count(*) from held where day >= $first::date and type <> 'familieplansmøde'),
                   (select count(*) from gaps where day >= $first::date and days is not null)
                     + (select count(*) from open where days > 56),
                   (select count(*) from gaps where day >= $first::date and days <= 56),
                   (select count(*) from open where days > 56 and is_active)
            """,
            {"first": QUARTER.first.isoformat(), "last": QUARTER.last.isoformat()},
        ).fetchall()[0]
    assert (numbers.held, numbers.intervals, numbers.kept, numbers.overdue) == (held, intervals, kept, overdue)
    in_quarter = shifts[shifts["date"].between(QUARTER.first.isoformat(), QUARTER.last.isoformat())]
    assert numbers.tovholder_shifts == in_quarter["is_tovholder"].sum()
    assert numbers.adviser_shifts == (~in_quarter["is_tovholder"]).sum()


def test_indicators_before_and_after_are_those_of_pandas() -> None:
    found = {item.kind.key: item for item in project_figures(COURSES, CONFIG, WHOLE, SEEN_ON).indicators}
    lines = table_of("measured").sort_values("month").groupby(["indicator", "family"])["value"]
    pairs = lines.agg(["first", "last", "count"]).reset_index()
    for key, own in pairs.groupby("indicator"):
        result, twice = found[str(key)], own[own["count"] > 1]
        change = twice["last"] - twice["first"]
        assert (result.number, result.single) == (len(twice), len(own) - len(twice))
        assert near(result.mean_before) == twice["first"].mean()
        assert near(result.mean_after) == twice["last"].mean()
        assert near(result.median_change) == change.median()
        sign = -1 if key == "b_skole_fravaer" else 1
        assert result.verdicts.get(Verdict.BETTER, 0) == (sign * change > 0).sum()
        assert result.verdicts.get(Verdict.WORSE, 0) == (sign * change < 0).sum()
    assert set(found) == set(pairs["indicator"])


def test_draws_are_those_of_a_database() -> None:
    found = {item.months: item for item in project_figures(COURSES, CONFIG, WHOLE, SEEN_ON).draws}
    draws = table_of("draws")
    draws["total"] = draws["counts"].map(lambda counts: sum(counts.values()))
    with duckdb.connect() as database:
        database.register("draws", draws[["family", "months", "total"]])
        counted = database.execute(
            """
            select d.months, count(*), avg(d.total), median(d.total), avg(d.total - f.total)
            from draws d left join draws f on f.family = d.family and f.months = 0 group by d.months
            """
        ).fetchall()
    assert len(counted) == 5
    for months, number, mean, middle, change in counted:
        result = found[months]
        assert result.number == number
        assert near(result.mean) == mean
        assert near(result.median) == middle
        assert near(result.mean_change) == change
    of_area = [row["counts"]["BF"] for _, row in draws.iterrows() if row["months"] == 6 and "BF" in row["counts"]]
    assert near(found[6].by_area["BF"]) == sum(of_area) / len(of_area)


def test_costs_by_month_and_their_trends_are_those_of_pandas() -> None:
    costs = project_figures(COURSES, CONFIG, WHOLE, SEEN_ON).costs
    trends: dict[str, int] = {}
    whole_months: list[pd.Series] = []
    firsts, lasts = [], []
    for _, own in table_of("costs").groupby("family"):
        grid = own.pivot_table(index="month", columns="area", values="amount", aggfunc="sum")
        months = pd.date_range(grid.index.min(), grid.index.max(), freq="MS").strftime("%Y-%m-%d")
        totals = grid.reindex(months).sum(axis=1, skipna=False)
        whole_months.append(totals.dropna())
        ends = (totals.head(3), totals.tail(3))
        if len(totals) < 6 or any(end.isna().any() for end in ends):
            trend = "uvist"
        else:
            first, last = ends[0].mean(), ends[1].mean()
            firsts.append(first)
            lasts.append(last)
            change = (last - first) / first * 100
            trend = "stabil" if abs(change) <= 3 else "fald" if change < 0 else "stigning"
        trends[trend] = trends.get(trend, 0) + 1
    assert {trend.value: number for trend, number in costs.trends.items()} == trends
    assert trends["uvist"]
    assert near(costs.mean_first) == sum(firsts) / len(firsts)
    assert near(costs.mean_last) == sum(lasts) / len(lasts)
    assert costs.families == len(firsts)
    by_month = pd.concat(whole_months).groupby(level=0).agg(["count", "sum", "mean", "median"])
    assert [month.month.isoformat() for month in costs.months] == list(by_month.index)
    for month, row in zip(costs.months, by_month.to_numpy().tolist(), strict=True):
        expected = [month.families, near(month.total), near(month.mean), near(month.median)]
        assert row == expected


def test_areas_and_children_are_counted_as_in_pandas() -> None:
    figures = project_figures(COURSES, CONFIG, QUARTER, SEEN_ON)
    meetings = table_of("meetings")
    held = meetings[
        (meetings["status"] == "held") & meetings["date"].between(QUARTER.first.isoformat(), QUARTER.last.isoformat())
    ]
    costs = table_of("costs")
    costs = costs[costs["month"].between(QUARTER.first.isoformat(), QUARTER.last.isoformat())]
    for line in figures.areas:
        assert line.asked == held["asked"].map(lambda areas, area=line.area: area in areas).sum()
        assert line.came == held["came"].map(lambda areas, area=line.area: area in areas).sum()
        assert near(line.cost) == costs[costs["area"] == line.area]["amount"].sum()
    attended = [child["attended"] for children in held["children"] for child in children]
    assert figures.children_attended == attended.count(True)
    assert figures.children_away == attended.count(False)
    assert figures.children_unsaid == attended.count(None)
    assert sum(figures.children_reasons.values()) == figures.children_away


def test_a_course_that_ended_well_counts_for_criterion_7e() -> None:
    figures = project_figures(COURSES, CONFIG, WHOLE, SEEN_ON)
    rows = told()
    assert figures.closed == len(rows[rows["group"] == "closed"])
    assert figures.managed == len(rows[rows["closing"] == "målet er nået"])
    assert 0 < figures.managed < figures.closed
    assert figures.waiting == len(COURSES) - len(rows)
    assert {criterion.number for criterion, outcome in figures.criteria(COUNTED) if outcome.series} == {"7a", "7b"}


def test_a_report_of_a_period_that_is_over_is_the_same_ever_after() -> None:
    early = [stand_of(course, QUARTER.last) for course in COURSES]
    running = [replace(course, group="active") if course.areas and not course.end else course for course in early]
    then = project_figures(running, CONFIG, QUARTER, QUARTER.last)
    assert project_figures(COURSES, CONFIG, QUARTER, SEEN_ON).numbers == then.numbers


def test_an_empty_project_has_figures_too() -> None:
    figures = project_figures((), CONFIG, WHOLE, SEEN_ON)
    assert (figures.numbers.active, figures.costs.mean_first, figures.indicators) == (0, None, ())
    assert figures.numbers.kept_share is None
    assert CostTrend.FALL not in figures.costs.trends
