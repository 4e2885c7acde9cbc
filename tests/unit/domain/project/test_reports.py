"""Which reports there are follows from the project's period and the day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hopdocs.domain.project.reports import reports_on
from hopdocs.model.project import Project, ReportKind

if TYPE_CHECKING:
    from hopdocs.domain.project.reports import ReportPeriod

PERIOD = {"from": "2025-05-01", "to": "2027-04-30"}


def reports(today: date, **keys: Any) -> dict[str, ReportPeriod]:
    project = Project.model_validate({"period": PERIOD, **keys})
    return {f"{item.kind.value} {item.key}": item for item in reports_on(project, today)}


def test_each_quarter_from_the_projects_first_has_a_status() -> None:
    found = reports(date(2025, 12, 3))
    assert [*found] == ["kvartal 2025-k2", "kvartal 2025-k3", "kvartal 2025-k4"]
    assert (found["kvartal 2025-k2"].start, found["kvartal 2025-k2"].end) == (date(2025, 5, 1), date(2025, 6, 30))


def test_a_quarter_that_runs_tells_of_whole_months_and_is_no_report_before_the_first_is_over() -> None:
    running = reports(date(2025, 12, 3))["kvartal 2025-k4"]
    assert (running.until, running.is_over) == (date(2025, 11, 30), False)
    assert running == reports(date(2025, 12, 31))["kvartal 2025-k4"]
    assert "kvartal 2025-k4" not in reports(date(2025, 10, 31))
    assert reports(date(2026, 1, 1))["kvartal 2025-k4"].is_over


def test_each_year_that_is_over_has_a_january_status() -> None:
    assert not any(name.startswith("januar") for name in reports(date(2025, 12, 31)))
    found = reports(date(2027, 1, 4))
    assert [name for name in found if name.startswith("januar")] == ["januar 2025", "januar 2026"]
    assert found["januar 2025"].start == date(2025, 5, 1)


def test_the_evaluations_come_the_day_after_the_day_that_they_are_about() -> None:
    assert "midtvejs midtvejs" not in reports(date(2026, 4, 30))
    assert reports(date(2026, 5, 1))["midtvejs midtvejs"].until == date(2026, 4, 30)
    named = {"period": {**PERIOD, "midterm": "2026-01-31"}}
    assert reports(date(2026, 2, 1), **named)["midtvejs midtvejs"].until == date(2026, 1, 31)
    assert "afslutning afslutning" not in reports(date(2027, 4, 30))
    assert reports(date(2027, 5, 1))["afslutning afslutning"].until == date(2027, 4, 30)


def test_a_monthly_report_is_of_the_month_behind_us_and_of_those_that_somebody_wrote_about() -> None:
    assert not any(name.startswith("måned") for name in reports(date(2025, 12, 3)))
    written = [{"kind": "måned", "day": "2025-08-31", "approved": "2025-09-04"}]
    found = reports(date(2025, 12, 3), monthly_status=True, reports=written)
    assert [name for name in found if name.startswith("måned")] == ["måned 2025-08", "måned 2025-11"]


def test_a_report_is_approved_only_after_its_last_day() -> None:
    def approved_on(day: str) -> date | None:
        entry = {"kind": ReportKind.KVARTAL.value, "day": "2025-09-30", "approved": day}
        return reports(date(2025, 12, 3), reports=[entry])["kvartal 2025-k3"].approved

    assert approved_on("2025-09-30") is None
    assert approved_on("2025-10-01") == date(2025, 10, 1)


def test_without_a_period_there_are_none() -> None:
    assert not reports_on(Project.model_validate({"monthly_status": True}), date(2026, 1, 1))
