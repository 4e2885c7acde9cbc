"""What was counted and measured, as tables and as rows that are read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hopdocs.exports.table import SCHEMA, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from hopdocs.exports.table import Cell
    from hopdocs.figures.course import CourseFigures
    from hopdocs.model.config import Config

_CASE: Final = Column("case", "sagsnummer")
_AREA: Final = Column("area", "fagområde")
_AREA_NAME: Final = Column("area_name", "fagområdets navn", width=30)
_SERVICES: Final = "f_ydelser"
"""Draws of services stand among the indicators under the key that the catalogue has for them."""


def courses_as_json(courses: Iterable[CourseFigures], config: Config, today: date, **facts: Any) -> dict[str, Any]:
    """Everything that figures are made of, with what is needed to read it in another place (docs/export.md)."""
    kinds = config.catalogue.kinds
    return {
        "export": "figures",
        "schema": SCHEMA,
        "municipality": config.municipality.name,
        "as_of": today.isoformat(),
        **facts,
        "areas": {str(code): area.name for code, area in config.areas.items()},
        "indicators": [
            {"key": kind.key, "label": kind.label, "who": kind.who, "unit": kind.unit, "better": kind.better}
            for kind in kinds
        ],
        "courses": [course.as_json() for course in courses],
    }


def tabulate_courses(courses: Iterable[CourseFigures]) -> Table:
    """A row a course."""
    columns = (
        _CASE,
        Column("group", "gruppe"),
        Column("state", "tilstand", width=18),
        Column("start", "start"),
        Column("consented", "samtykke"),
        Column("end", "slut"),
        Column("areas", "fagområder", width=20),
        Column("criteria", "kriterier", width=40),
        Column("adults", "voksne"),
        Column("children", "børn"),
        Column("meetings_held", "møder holdt"),
        Column("baseline_interview", "første interview"),
        Column("final_interview", "sidste interview"),
    )
    return Table("Forløb", columns, tuple(map(_course_row, courses)))


def _course_row(course: CourseFigures) -> tuple[Cell, ...]:
    facts: tuple[Cell, ...] = (
        course.case,
        course.group,
        course.state,
        course.start,
        course.consented,
        course.end,
        ", ".join(course.areas),
        ", ".join(course.criteria),
    )
    if not course.is_told:
        return (*facts, None, None, None, None, None)
    children = sum(member.is_child for member in course.members)
    held = sum(meeting.status == "held" for meeting in course.meetings)
    return (*facts, len(course.members) - children, children, held, course.baseline, course.final)


def tabulate_values(courses: Iterable[CourseFigures], config: Config) -> Table:
    """A row a value: of an indicator, or of an area's services on the day they were counted."""
    columns = (
        _CASE,
        Column("member", "medlem"),
        Column("indicator", "indikator", width=20),
        Column("label", "navn", width=34),
        _AREA,
        Column("month", "måned", is_month=True),
        Column("value", "værdi"),
        Column("unit", "enhed"),
        Column("source", "kilde"),
    )
    return Table("Værdier", columns, tuple(row for course in courses for row in _value_rows(course, config)))


def _value_rows(course: CourseFigures, config: Config) -> Iterator[tuple[Cell, ...]]:
    for line in course.measured:
        label, unit = _words_of(line.indicator, config)
        yield course.case, line.member, line.indicator, label, "", line.month, line.value, unit, line.source
    label, unit = _words_of(_SERVICES, config)
    for draw in course.draws:
        for area, number in draw.counts.items():
            yield course.case, "", _SERVICES, label, area, draw.made, number, unit, ""


def _words_of(indicator: str, config: Config) -> tuple[str, str]:
    kind = config.catalogue.find(indicator)
    return (kind.label, kind.unit) if kind is not None else ("", "")


def tabulate_costs(courses: Iterable[CourseFigures], config: Config) -> Table:
    """A row for each area's month, in kroner."""
    columns = (_CASE, Column("month", "måned", is_month=True), _AREA, _AREA_NAME, Column("amount", "beløb"))
    names: Mapping[str, str] = {str(code): area.name for code, area in config.areas.items()}
    rows = (
        (course.case, line.month, line.area, names.get(line.area, ""), line.amount)
        for course in courses
        for line in sorted(course.costs, key=lambda line: (line.month, line.area))
    )
    return Table("Udgifter", columns, tuple(rows))
