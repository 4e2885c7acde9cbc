from __future__ import annotations

from datetime import date

import duckdb
import pytest

from hopdocs.domain.project.periods import quarter_of
from hopdocs.figures.course import Place, Wait
from hopdocs.figures.waiting import summarise_waits, waits_of
from tests.unit.figures.courses import TODAY, course


def wait(area: str, applied: str, granted: str | None) -> Wait:
    on = date.fromisoformat(granted) if granted else None
    return Wait(area, "stoette", date.fromisoformat(applied), None, on, "", Place(f"waiting_times.{area}.{applied}"))


WAITS = (
    wait("HP", "2026-01-01", "2026-03-12"),
    wait("HP", "2026-05-01", "2026-05-31"),
    wait("HP", "2026-11-01", None),
    wait("BF", "2026-06-01", "2026-10-02"),
)


def test_waits_are_added_up_by_area_as_a_database_does() -> None:
    lines = waits_of(course(waits=WAITS), TODAY, 56)
    with duckdb.connect() as database:
        database.execute("create table waits (area varchar, applied date, granted date)")
        database.executemany("insert into waits values (?, ?, ?)", [(w.area, w.applied, w.granted) for w in WAITS])
        counted = database.execute(
            """
            with lasted as (select *, datediff('day', applied, coalesce(granted, ?)) as days from waits)
            select area, count(*), count(*) filter (granted is null), count(*) filter (days > 56),
                   median(days), max(days)
            from lasted group by area order by median(days) desc
            """,
            [TODAY],
        ).fetchall()
    found = summarise_waits(lines)
    assert [
        (item.area, item.number, item.ongoing, item.long, item.median_days, item.longest_days) for item in found
    ] == counted


def test_a_quarter_has_the_waits_that_lasted_into_it_as_they_were_at_its_end() -> None:
    lines = waits_of(course(waits=WAITS), TODAY, 56, quarter_of(date(2026, 9, 30)))
    assert [(line.wait.area, line.days, line.is_over) for line in lines] == [("BF", 121, False)]


@pytest.mark.parametrize("why", ["end", "lapsed"])
def test_a_wait_grows_no_longer_than_the_course_is_worked_with(why: str) -> None:
    over = course(waits=WAITS[2:3], **{why: date(2026, 11, 11)})
    assert [line.days for line in waits_of(over, TODAY, 5)] == [10]
