from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest
import yaml

from hopdocs.domain.project.periods import Period, quarter_of
from hopdocs.figures.conduct import NO_REASON, last_meeting, process_of, say_reason
from hopdocs.figures.course import MeetingFact, Place, Shift
from tests.unit.figures.courses import FJORDGLIMT, ROOT, TODAY, child_entry, course, sample_course

PLAN = date(2025, 6, 10)


def meeting(on: date, type_: str = "opfølgningsmøde", status: str = "held", **facts: tuple[str, ...]) -> MeetingFact:
    asked, came = facts.get("asked", ("BF", "BES")), facts.get("came", ("BF", "BES"))
    return MeetingFact(type_, on, status, asked, came, (), Place(f"meetings.{on}"))


def after(*days: int) -> tuple[MeetingFact, ...]:
    return (meeting(PLAN, "familieplansmøde"), *(meeting(PLAN + timedelta(days=number)) for number in days))


def test_the_rhythm_of_the_sample_is_that_of_the_dates_in_its_file() -> None:
    raw = yaml.safe_load((ROOT / "families" / FJORDGLIMT).read_text("utf-8"))["meetings"]
    held = [
        (str(line["date"]),)
        for line in raw
        if line["type"] in ("familieplansmøde", "opfølgningsmøde") and str(line["date"]) < TODAY.isoformat()
    ]
    with duckdb.connect() as database:
        database.execute("create table held (on_day date)")
        database.executemany("insert into held values (?)", held)
        gaps = database.execute(
            "select datediff('day', lag(on_day) over (order by on_day), on_day) from held order by on_day"
        ).fetchall()[1:]
    process = process_of(sample_course(FJORDGLIMT), TODAY)
    assert [interval.days for interval in process.intervals] == [days for (days,) in gaps]
    assert process.kept == sum(days <= 56 for (days,) in gaps)
    assert len(process.held) == len(gaps) == len(process.due)


def test_a_meeting_too_late_breaks_the_rhythm_and_a_pause_does_not() -> None:
    late = course(meetings=after(56, 56 + 70))
    assert [interval.is_kept for interval in process_of(late, PLAN + timedelta(days=130)).intervals] == [True, False]
    pause = (PLAN + timedelta(days=60), PLAN + timedelta(days=79))
    rested = process_of(replace(late, pauses=(pause,)), PLAN + timedelta(days=130))
    assert [interval.days for interval in rested.intervals] == [56, 50]
    assert rested.kept == 2


def test_what_is_still_open_counts_once_it_is_too_long() -> None:
    found = course(meetings=after(56))
    assert not process_of(found, PLAN + timedelta(days=112)).is_overdue
    process = process_of(found, PLAN + timedelta(days=113))
    assert process.is_overdue
    assert (process.kept, len(process.intervals)) == (1, 2)


def test_follow_ups_are_due_every_so_many_days_without_those_of_a_pause() -> None:
    found = course(meetings=after())
    assert process_of(found, PLAN + timedelta(days=120)).due == (PLAN + timedelta(days=56), PLAN + timedelta(days=112))
    rested = replace(found, pauses=((PLAN + timedelta(days=10), PLAN + timedelta(days=19)),))
    assert process_of(rested, PLAN + timedelta(days=121)).due == (PLAN + timedelta(days=66),)


def test_a_course_that_has_ended_is_due_no_more() -> None:
    ended = course(meetings=after(), end=PLAN + timedelta(days=40))
    process = process_of(ended, PLAN + timedelta(days=300))
    assert (process.due, process.intervals) == ((), ())


def test_a_quarter_has_its_own_meetings_and_shifts() -> None:
    shifts = (
        Shift(date(2025, 6, 30), "BES", is_tovholder=True, at=Place("tovholder.1")),
        Shift(date(2025, 7, 1), "HP", is_tovholder=False, at=Place("team.4")),
    )
    found = course(meetings=after(56, 112), shifts=shifts)
    process = process_of(found, TODAY, quarter_of(date(2025, 8, 1)))
    assert [fact.date for fact in process.held] == [PLAN + timedelta(days=56), PLAN + timedelta(days=112)]
    assert (process.tovholder_shifts, process.adviser_shifts) == ((), shifts[1:])
    assert process_of(found, TODAY, Period(PLAN, date(2025, 6, 30))).tovholder_shifts == shifts[:1]


def test_an_area_was_there_when_one_of_it_came() -> None:
    meetings = (
        meeting(PLAN, "familieplansmøde", asked=("BF", "BES", "BF"), came=("BF", "BES")),
        meeting(PLAN + timedelta(days=56), asked=("BF", "BES"), came=("BF",)),
        meeting(PLAN + timedelta(days=90), status="cancelled"),
    )
    process = process_of(course(meetings=meetings), TODAY)
    assert [(line.area, line.asked, line.came) for line in process.attendance] == [("BF", 2, 2), ("BES", 2, 1)]
    assert process.cancelled == 1


def test_children_took_part_or_did_not_and_why() -> None:
    process = process_of(sample_course(FJORDGLIMT), TODAY)
    raw = yaml.safe_load((ROOT / "families" / FJORDGLIMT).read_text("utf-8"))["meetings"]
    by_id = {line["id"]: line.get("children", {}) for line in raw}
    entries = []
    for line in raw:
        if str(line["date"]) < TODAY.isoformat() and line["type"] not in ("introduktionsmøde", "fagligt formøde"):
            own = by_id.get(line.get("children_as", ""), {}) | line.get("children", {})
            entries += [(key, entry["attends"]) for key, entry in own.items()]
    with duckdb.connect() as database:
        database.execute("create table entries (child varchar, attends boolean)")
        database.executemany("insert into entries values (?, ?)", entries)
        counted = database.execute(
            "select child, count(*) filter (attends), count(*) filter (not attends) from entries group by 1 order by 1"
        ).fetchall()
    assert sorted((line.member, line.attended, line.stayed_away) for line in process.children) == counted
    for line in process.children:
        assert sum(line.reasons.values()) == line.stayed_away


def test_a_meeting_that_nobody_said_anything_of_is_in_no_share() -> None:
    entries = (child_entry(attended=None), child_entry(attended=True))
    fact = replace(meeting(PLAN, "familieplansmøde"), children=entries)
    (child,) = process_of(course(meetings=(fact,)), TODAY).children
    assert (child.attended, child.stayed_away, child.unsaid, child.share) == (1, 0, 1, 1)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Mødet ligger i skolernes sommerferie, og børnene er hos deres mormor.", "ferie"),
        ("Han er i skole og vil hellere tale med Pelle.", "barnets eget ønske"),
        ("Hun er fem år, og spørgsmålene er til voksne.", "emnet er for de voksne"),
        ("Han er to år.", "barnets alder"),
        ("Han blev spurgt for sig selv på skolen.", "spurgt for sig selv"),
        ("Der var ikke plads i bilen.", "andet"),
        (" ", NO_REASON),
    ],
)
def test_reasons_are_told_as_sorts(written: str, said: str) -> None:
    assert say_reason(written) == said


def test_the_last_meeting_about_the_plan_was_held() -> None:
    found = course(meetings=(*after(56), meeting(PLAN + timedelta(days=80), status="no_show")))
    last = last_meeting(found, TODAY)
    assert last is not None
    assert last.date == PLAN + timedelta(days=56)
    assert last_meeting(course(), TODAY) is None
