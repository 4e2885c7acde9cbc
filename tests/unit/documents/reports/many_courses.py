"""A whole project of courses, drawn by lot from a fixed seed, and its reports."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from hopdocs.documents.kinds.project.reports.facts import ReportFacts, told_until
from hopdocs.domain.calendar import months_later
from hopdocs.domain.data_deliveries import AT_THE_END
from hopdocs.domain.project.numbers import ACTIVE, CLOSED, WAITING, WITHDRAWN, CourseRow, ProjectNumbers
from hopdocs.domain.project.reports import reports_on
from hopdocs.figures.course import (
    AreaAtWork,
    ChildAtMeeting,
    CostLine,
    CourseFigures,
    CourseMember,
    Draw,
    Measured,
    MeetingFact,
    Place,
    Shift,
    Wait,
)
from hopdocs.model.project import Project, ReportKind
from tests.unit.figures.courses import sample_config

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY: Final = date(2027, 8, 3)
PROJECT: Final = {
    "name": "Helhedsorienterede planer i Vesterlyng",
    "period": {"from": "2025-01-01", "to": "2027-06-30"},
    "monthly_status": True,
    "targets": {"families": 60},
    "milestones": [
        {
            "name": "De første ti familier er i gang",
            "start": "2025-01-01",
            "due": "2025-06-30",
            "reached": "2025-07-09",
        },
        {"name": "Tredive familier er i gang", "start": "2025-07-01", "due": "2026-06-30", "reached": "2026-06-22"},
        {"name": "Tres familier er i gang", "start": "2026-07-01", "due": "2027-08-15"},
        {"name": "Tilbuddet er en del af driften", "due": "2027-03-31"},
    ],
    "risks": [
        {"name": "En tovholder skifter arbejde", "likelihood": "middel", "impact": "høj", "action": "Stedfortrædere"},
        {"name": "Fagområderne mangler tid", "likelihood": "høj", "impact": "middel", "owner": "rri"},
        {"name": "Glidning mod almindelig drift", "likelihood": "lav", "impact": "middel"},
    ],
    "reports": [
        {"kind": "kvartal", "day": "2027-06-30", "decide": ["Skal tilbuddet blive en del af driften?"]},
        {
            "kind": "afslutning",
            "day": "2027-06-30",
            "summary": "De fleste familier har fået det bedre, og de bruger færre ydelser.",
            "staff_view": "Det er lettere at hjælpe, når vi ved, hvad de andre gør.",
            "learned": ["Hold fast i de otte uger.", "Spørg børnene, hver gang."],
        },
        {"kind": "januar", "day": "2026-12-31", "decide": ["Om tilbuddet skal fortsætte efter sommeren"]},
    ],
}
AREAS: Final = ("BF", "DU", "HP", "BES", "SO")


@cache
def many_courses(number: int = 60, seed: int = 13) -> tuple[CourseFigures, ...]:
    """So many families over thirty months."""
    lot = random.Random(seed)  # noqa: S311 - figures for a test
    return tuple(_course(lot, at) for at in range(number))


def facts_of(kind: ReportKind, today: date = TODAY, number: int = 60, at: int = -1, **keys: Any) -> ReportFacts:
    """What one report is filled from: of its kind the last, or the one at a place."""
    project = Project.model_validate({**PROJECT, **keys})
    report = [item for item in reports_on(project, today) if item.kind is kind][at]
    courses = told_until(many_courses(number), report.until)
    running = tuple(
        CourseRow(ACTIVE, item.case, item.consented, item.areas, ("kko",)) for item in courses if item.end is None
    )
    numbers = ProjectNumbers({ACTIVE: len(running), WAITING: 7, CLOSED: 9, WITHDRAWN: 2}, running)
    return ReportFacts(report=report, project=project, config=sample_config(), courses=courses, numbers=numbers)


def _course(lot: random.Random, at: int) -> CourseFigures:
    start = date(2025, 1, 6) + timedelta(days=lot.randrange(700))
    length = timedelta(days=lot.randrange(300, 800))
    end = start + length if start + length < TODAY else None
    last = min(end or TODAY, TODAY)
    areas = tuple(area for area in AREAS if area == "BF" or lot.random() < 0.6)
    members = (CourseMember("mor", is_child=False), CourseMember("barn", is_child=True))
    return CourseFigures(
        family=f"HOP-{start.year}-{at:03}",
        case=f"{start.year % 100}-{at:06}",
        group=CLOSED if end else ACTIVE,
        state="afsluttet" if end else "aktiv",
        start=start,
        end=end,
        consented=start - timedelta(days=lot.randrange(5, 40)),
        areas=areas,
        members=members,
        measured=tuple(_measured(lot, start, last)),
        draws=tuple(_draws(lot, start, end, areas)),
        costs=tuple(_costs(lot, start, last, areas)),
        meetings=tuple(_meetings(lot, start, last, areas)),
        at_work=tuple(AreaAtWork(area, start - timedelta(days=45), None, Place(f"t.{area}")) for area in areas),
        shifts=tuple(_shifts(lot, start, last, areas)),
        waits=tuple(_waits(lot, start, last, areas)),
        follow_up_days=56,
        baseline=start + timedelta(days=10),
        final=end,
    )


def _measured(lot: random.Random, start: date, last: date) -> Iterator[Measured]:
    drift = {"b_skole_fravaer": lot.choice((-2, -1, 0, 1)), "b_trivsel": lot.choice((1, 1, 0, -1))}
    month, step = months_later(start.replace(day=1), 1), 0
    absence = lot.randrange(10, 50)
    while month <= last:
        value = max(0, min(100, absence + drift["b_skole_fravaer"] * step))
        yield Measured("b_skole_fravaer", "barn", month, Decimal(value), "register", Place(f"i.{step}"))
        if step % 6 == 0:
            well = max(0, min(10, 4 + drift["b_trivsel"] * step // 6))
            yield Measured("b_trivsel", "barn", month, Decimal(well), "indtastet", Place(f"t.{step}"))
            for key in ("v_netvaerk", "v_hjem", "f_oplevelse_1", "f_oplevelse_2", "f_kontakt"):
                found = Decimal(lot.randrange(5))
                who = "mor" if key.startswith("v_") else ""
                yield Measured(key, who, month, found, "indtastet", Place(f"{key}.{step}"))
        month, step = months_later(month, 1), step + 1


def _draws(lot: random.Random, start: date, end: date | None, areas: tuple[str, ...]) -> Iterator[Draw]:
    for months in (0, 6, 12, 18):
        due = months_later(start, months)
        if due < (end or TODAY):
            made = due + timedelta(days=lot.randrange(20))
            yield Draw(months, due, made, {area: lot.randrange(4) for area in areas}, Place(f"d.{months}"))
    if end is not None:
        yield Draw(AT_THE_END, end, end, {area: lot.randrange(3) for area in areas}, Place("d.end"))


def _costs(lot: random.Random, start: date, last: date, areas: tuple[str, ...]) -> Iterator[CostLine]:
    slope = lot.choice((-300, -100, 0, 150))
    for area in areas:
        month, step, base = start.replace(day=1), 0, lot.randrange(5000, 20000)
        while month <= last:
            yield CostLine(month, area, Decimal(max(0, base + slope * step)), Place(f"c.{area}.{step}"))
            month, step = months_later(month, 1), step + 1


def _meetings(lot: random.Random, start: date, last: date, areas: tuple[str, ...]) -> Iterator[MeetingFact]:
    day, kind, number = start + timedelta(days=35), "familieplansmøde", 0
    while day <= last:
        status = lot.choices(("held", "cancelled", "no_show"), (20, 2, 1))[0] if number else "held"
        attended = lot.random() < 0.5
        reason = "" if attended else lot.choice(("Barnet er lille", "Ferie", "Sygdom", "Emnet er for de voksne"))
        child = ChildAtMeeting("barn", attended, reason, Place(f"m.{number}.barn"))
        came = tuple(area for area in areas if lot.random() < 0.85)
        yield MeetingFact(kind, day, status, areas, came, (child,), Place(f"m.{number}"))
        day, kind, number = day + timedelta(days=lot.randrange(40, 75)), "opfølgningsmøde", number + 1


def _shifts(lot: random.Random, start: date, last: date, areas: tuple[str, ...]) -> Iterator[Shift]:
    for number in range(lot.randrange(3)):
        day = start + timedelta(days=lot.randrange(1, max(2, (last - start).days)))
        yield Shift(day, lot.choice(areas), is_tovholder=lot.random() < 0.5, at=Place(f"s.{number}"))


def _waits(lot: random.Random, start: date, last: date, areas: tuple[str, ...]) -> Iterator[Wait]:
    for number in range(lot.randrange(3)):
        applied = start + timedelta(days=lot.randrange(1, max(2, (last - start).days)))
        granted = applied + timedelta(days=lot.randrange(10, 120))
        area = lot.choice(areas)
        yield Wait(area, f"akt-{number}", applied, None, granted, "", Place(f"w.{number}"))
