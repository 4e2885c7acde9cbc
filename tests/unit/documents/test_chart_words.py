"""What each kind of chart says to whoever does not see it."""

from __future__ import annotations

from dataclasses import replace

from hopdocs.documents.views.chart import Chart, GanttRow, LineChart
from hopdocs.documents.views.chart_words import describe, say_chart, tabulate
from tests.unit.charts.samples import ABSENCE, COSTS, LYING, PLAN, RISKS, SERVICES, SMALL


def _say(chart: Chart) -> str:
    return say_chart(chart).replace("\N{NO-BREAK SPACE}", " ")


def test_a_description_is_written_from_the_data_and_what_somebody_wrote_stays() -> None:
    silent: LineChart = replace(ABSENCE, description="")
    assert describe(silent).description == say_chart(ABSENCE)
    assert describe(ABSENCE) is ABSENCE


def test_lines_are_said_one_by_one_with_the_days_that_are_marked() -> None:
    assert _say(ABSENCE).startswith("Sami faldt fra 31 % i september 2025 til 12 % i marts 2026.")
    assert _say(ABSENCE).endswith("3.12.2025: familieplansmøde.")
    assert "Sundhed faldt fra 9.000 kr. i september 2025 til 7.000 kr. i marts 2026." in _say(COSTS)


def test_bars_are_said_by_category_and_what_was_not_counted_too() -> None:
    assert _say(SERVICES).startswith(
        "Enhed: ydelser. Start: børn og familie 3, beskæftigelse 2 samt socialpsykiatri 1."
    )
    assert "18 måneder: ikke talt." in _say(SERVICES)
    assert "Vi har fået det bedre: før 15." in _say(LYING)


def test_names_of_areas_are_said_as_they_are_written() -> None:
    names = ("Børn og Familie", "Beskæftigelse", "Socialpsykiatri")
    rows = tuple(replace(row, name=name) for row, name in zip(SERVICES.rows, names, strict=True))
    assert "Start: Børn og Familie 3, Beskæftigelse 2 samt Socialpsykiatri 1." in _say(replace(SERVICES, rows=rows))


def test_rows_of_a_gantt_are_said_with_their_days_and_how_they_stand() -> None:
    assert "Første ti familier er begyndt: 30.6.2026, nået 15.8.2026, nået for sent." in _say(PLAN)
    assert "Forberedelse: 5.1.2026 til 30.4.2026, nået 30.4.2026, færdig." in _say(PLAN)


def test_the_heaviest_risk_is_said_first() -> None:
    assert _say(RISKS).startswith("1. a: høj sandsynlighed og høj konsekvens. 2. b: middel sandsynlighed")


def test_charts_without_anything_say_so() -> None:
    assert _say(replace(ABSENCE, lines=(), marks=())) == "Der er ingen tal endnu."
    assert _say(replace(SMALL, charts=())) == "Der er ingen tal endnu."


def test_every_row_of_a_table_is_as_long_as_its_heads() -> None:
    plan = replace(PLAN, rows=(*PLAN.rows, GanttRow(name="x", start=PLAN.today, end=PLAN.today)))
    for chart in (ABSENCE, COSTS, SERVICES, SMALL, plan, RISKS):
        for table in tabulate(chart):
            assert all(len(row) == len(table.heads) for row in table.rows)
            assert all(table.heads)
