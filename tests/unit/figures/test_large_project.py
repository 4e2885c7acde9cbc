"""The numbers of the invented project, worked out once more from its YAML files by pandas and by DuckDB's SQL."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from hopdocs.cli.verbs.demo.large_project import FAMILIES, SEEN_ON, large_families
from hopdocs.diagnostics import Severity
from hopdocs.figures.gathering import gather_figures
from hopdocs.figures.project import ProjectFigures, project_figures
from hopdocs.rules import check_family
from tests.unit.figures.invented import (
    CONFIG,
    PERIOD,
    ask,
    end_of,
    files,
    has_withdrawn,
    lines_of,
    meetings,
    plain,
    read_days,
    said_yes,
    told,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from hopdocs.domain.family_day import FamilyDay


@pytest.fixture(scope="module")
def days() -> list[FamilyDay]:
    return read_days()


@pytest.fixture(scope="module")
def figures(days: list[FamilyDay]) -> ProjectFigures:
    return project_figures([gather_figures(day) for day in days], CONFIG, PERIOD, SEEN_ON)


def near(number: Decimal | float | None) -> Any:
    assert number is not None
    return pytest.approx(float(number), abs=1e-9)


def test_sixty_files_are_the_same_each_time_and_no_rule_finds_an_error_in_one(days: list[FamilyDay]) -> None:
    assert dict(large_families(CONFIG)) == files()
    assert (len(files()), len({it["id"] for it in plain()})) == (FAMILIES, FAMILIES)
    faults = [(day.family.id, it.code) for day in days for it in check_family(day) if it.severity is Severity.ERROR]
    assert faults == []


def test_thirty_months_have_every_kind_of_figure(figures: ProjectFigures) -> None:
    assert len(figures.costs.months) == 30
    assert {draw.months for draw in figures.draws if draw.number} == {0, 6, 12, 18, -1}
    assert min(figures.waiting, figures.withdrawn, figures.managed, len(figures.waits)) > 0
    assert set(figures.children_reasons) >= {"sygdom", "ferie", "emnet er for de voksne"}


def test_courses_are_counted_as_their_files_say(figures: ProjectFigures) -> None:
    ends = [end for it in told() if (end := end_of(it)) and end <= PERIOD.last]
    assert figures.numbers.new == sum(yes >= PERIOD.first for it in told() if (yes := said_yes(it)))
    assert figures.numbers.closed == figures.closed == len(ends)
    assert figures.numbers.active == len(told()) - len(ends)
    assert figures.waiting == sum(said_yes(it) is None for it in plain())
    assert figures.withdrawn == sum(map(has_withdrawn, plain()))
    reached = [it for it in told() if it.get("closing", {}).get("told_as") == "målet er nået"]
    assert figures.managed == sum(it["closing"]["date"] <= PERIOD.last for it in reached)


def test_each_months_expenses_are_what_sql_makes_of_the_lines(figures: ProjectFigures) -> None:
    lines = lines_of("costs")
    months = ask(
        "SELECT month, count(*) AS families, sum(amount) AS total, avg(amount) AS mean, median(amount) AS middle "
        "FROM (SELECT family, month, sum(amount) AS amount FROM lines GROUP BY ALL) GROUP BY month ORDER BY month",
        lines,
    )
    assert len(lines) > 1000
    assert [
        (f"{it.month:%Y-%m}", it.families, int(it.total), near(it.mean), near(it.median)) for it in figures.costs.months
    ] == [(month, families, int(total), mean, middle) for month, families, total, mean, middle in months]
    by_area = dict(ask("SELECT area, sum(amount)::BIGINT FROM lines GROUP BY area", lines))
    assert {it.area: int(it.cost) for it in figures.areas if it.cost} == by_area


def test_the_verdicts_on_expenses_are_those_of_the_first_and_last_three_months(figures: ProjectFigures) -> None:
    monthly = lines_of("costs").groupby(["family", "month"])["amount"].sum().reset_index()

    def judge(amounts: pd.Series) -> str:
        if len(amounts) < 6:
            return "uvist"
        first, last = amounts.iloc[:3].mean(), amounts.iloc[-3:].mean()
        if abs(last - first) <= 0.03 * first:
            return "stabil"
        return "fald" if last < first else "stigning"

    judged = Counter(monthly.sort_values("month").groupby("family")["amount"].agg(judge))
    assert {str(trend): number for trend, number in figures.costs.trends.items()} == dict(judged)
    assert {"stabil", "fald", "stigning"} <= set(judged)


def test_each_indicator_is_its_first_and_last_value_of_each_person(figures: ProjectFigures) -> None:
    lines = lines_of("indicators")
    lines["who"] = [who[0] if isinstance(who, list) else "" for who in lines["for"]]
    lines = lines.drop(columns="for")
    rows = ask(
        "SELECT key, count(*) AS number, avg(before) AS before, avg(latest) AS latest, "
        "median(latest - before) AS change, count(DISTINCT family) AS families "
        "FROM (SELECT key, family, who, arg_min(value, month) AS before, "
        "arg_max(value, month) AS latest FROM lines GROUP BY ALL HAVING count(*) > 1) GROUP BY key",
        lines,
    )
    found = {it.kind.key: it for it in figures.indicators if it.number}
    assert set(found) == {row[0] for row in rows}
    for key, number, before, latest, change, families in rows:
        it = found[key]
        assert (it.number, it.families) == (number, families)
        assert (near(it.mean_before), near(it.mean_after), near(it.median_change)) == (before, latest, change)


def test_the_services_of_each_draw_are_those_counted_from_a_month_before_it_until_the_next(
    figures: ProjectFigures,
) -> None:
    counted: dict[int, list[int]] = {}
    for it in told():
        end, start, lead = end_of(it), pd.Timestamp(it["start_date"]), pd.Timedelta(days=31)
        opens = [start + pd.DateOffset(months=months) - lead for months in (0, 6, 12, 18)]
        lines = it["measurements"]["services"]
        for months, first, after in zip((0, 6, 12, 18), opens, [*opens[1:], pd.Timestamp.max], strict=True):
            own = [line for line in lines if first <= pd.Timestamp(line["date"]) < after]
            if own and own[0]["date"] <= PERIOD.last:
                counted.setdefault(months, []).append(sum(own[0]["counts"].values()))
        if end is not None and end <= PERIOD.last:
            counted.setdefault(-1, []).extend(sum(line["counts"].values()) for line in lines if line["date"] == end)
    for draw in figures.draws:
        totals = pd.Series(counted[draw.months])
        assert (draw.number, near(draw.mean), near(draw.median)) == (len(totals), totals.mean(), totals.median())


def test_follow_ups_and_their_children_are_those_in_the_files(figures: ProjectFigures) -> None:
    every = meetings()
    held = every[(every["status"] == "held") & (every["date"] <= PERIOD.last)]
    assert figures.numbers.held == len(held[held["type"] == "opfølgningsmøde"])
    entries = [entry for entry in held["children"].dropna() for entry in entry.values()]
    assert figures.children_attended == sum(it["attends"] for it in entries)
    assert figures.children_away == sum(not it["attends"] for it in entries)
    assert figures.children_unsaid == 0
    assert sum(figures.children_reasons.values()) == figures.children_away


def test_the_rhythm_is_kept_where_no_more_than_eight_weeks_lie_between_two_meetings(figures: ProjectFigures) -> None:
    kept = ended = 0
    for it in told():
        rests = [(line["from"], line["to"]) for line in it.get("pauses", ())]
        held = sorted(
            line["date"]
            for line in it["meetings"]
            if line["type"] in {"familieplansmøde", "opfølgningsmøde"}
            and (line["status"], line["date"] <= PERIOD.last) == ("held", True)
        )
        for one, other in pairwise(held):
            worked = [
                day
                for day in pd.date_range(one, other, inclusive="left").date
                if not any(a <= day <= b for a, b in rests)
            ]
            ended += 1
            kept += len(worked) <= 56
    assert (
        figures.numbers.kept,
        sum(not it.is_open for result in figures.results for it in result.process.intervals),
    ) == (kept, ended)
    assert 0 < kept < ended


def test_waits_are_as_long_as_from_the_application_to_the_decision(figures: ProjectFigures) -> None:
    until = PERIOD.last
    days = [
        (min(line["granted"], until) - line["applied"]).days
        for it in told()
        for line in it.get("waiting_times", ())
        if line["applied"] <= until
    ]
    assert sorted(line.days for line in figures.waits) == sorted(days)
