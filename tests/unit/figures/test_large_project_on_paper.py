"""What the final evaluation of the invented project says is what pandas and SQL make of the families' files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from hopdocs.documents.kinds.project.reports.evaluation import EvalueringsrapportContext, fill_evaluation
from hopdocs.documents.kinds.project.reports.facts import ReportFacts, told_until
from hopdocs.domain.project.reports import ReportPeriod
from hopdocs.figures.gathering import gather_figures
from hopdocs.model.project import Project, ReportKind
from tests.unit.figures.invented import CONFIG, PERIOD, ask, end_of, lines_of, meetings, read_days, told

if TYPE_CHECKING:
    from datetime import date


@pytest.fixture(scope="module")
def paper() -> EvalueringsrapportContext:
    courses = told_until([gather_figures(day) for day in read_days()], PERIOD.last)
    report = ReportPeriod(ReportKind.AFSLUTNING, PERIOD.first, PERIOD.last, PERIOD.last)
    return fill_evaluation(ReportFacts(report=report, project=Project(), config=CONFIG, courses=courses, numbers=None))


def kroner(amount: float) -> str:
    return f"{round(amount):,}".replace(",", ".") + "\u00a0kr."


def test_the_expenses_of_each_area_are_the_sums_of_its_lines(paper: EvalueringsrapportContext) -> None:
    found = {
        CONFIG.areas[area].name: (str(families), kroner(total), kroner(total / families))
        for area, families, total in ask(
            "SELECT area, count(DISTINCT family), sum(amount) FROM lines GROUP BY area", lines_of("costs")
        )
    }
    assert {row.cells[0]: row.cells[1:] for row in paper.costs} == found


def test_the_middle_familys_services_are_those_of_each_draw(paper: EvalueringsrapportContext) -> None:
    totals: dict[str, list[int]] = {}
    for it in told():
        end = end_of(it)
        starts = {
            (pd.Timestamp(it["start_date"]) + pd.DateOffset(months=months)).date(): name
            for months, name in ((0, "Start"), (6, "6 mdr."))
        }
        for line in it["measurements"]["services"]:
            name = starts.get(line["date"]) or ("Afslutning" if line["date"] == end else "")
            if line["date"] <= PERIOD.last:
                totals.setdefault(name, []).append(sum(line["counts"].values()))
    said = {row.cells[0]: row.cells[1:] for row in paper.services}
    for name in ("Start", "6 mdr.", "Afslutning"):
        middle = pd.Series(totals[name]).median()
        assert said[name] == (str(len(totals[name])), f"{middle:g}".replace(".", ","))


def test_meetings_and_what_is_overdue_are_counted_from_the_files(paper: EvalueringsrapportContext) -> None:
    every = meetings()
    until = every[every["date"] <= PERIOD.last]
    statuses = Counter(until["status"])
    said = {fact.name: fact.value for fact in paper.progress}
    assert said["Møder i alt"] == str(statuses["held"])
    assert said["Aflyste møder"] == str(statuses["cancelled"])
    assert said["Møder, hvor familien ikke kom"] == str(statuses["no_show"])
    about_the_plan = until[until["type"].isin(["familieplansmøde", "opfølgningsmøde"]) & (until["status"] == "held")]
    last: dict[str, date] = dict(about_the_plan.groupby("family")["date"].max())
    going_on = [it for it in told() if (end_of(it) or PERIOD.last) >= PERIOD.last and it["id"] in last]
    rests = {it["id"]: [(line["from"], line["to"]) for line in it.get("pauses", ())] for it in told()}
    late = [
        it["id"]
        for it in going_on
        if sum(
            not any(first <= day <= end for first, end in rests[it["id"]])
            for day in pd.date_range(last[it["id"]], PERIOD.last, inclusive="left").date
        )
        > 56
    ]
    assert len(late) >= 5
    assert said["Forløb, hvor næste opfølgning er overskredet"] == str(len(late))


def test_the_shares_of_children_are_those_of_all_entries(paper: EvalueringsrapportContext) -> None:
    every = meetings()
    held = every[(every["status"] == "held") & (every["date"] <= PERIOD.last)]
    entries = [entry["attends"] for line in held["children"].dropna() for entry in line.values()]
    said = {fact.name: fact.value for fact in paper.taking_part}
    assert said["Børn var med"] == f"{round(100 * sum(entries) / len(entries))}\u00a0%"
    assert said["Børn var ikke med"] == str(len(entries) - sum(entries))
