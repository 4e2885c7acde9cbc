"""Milestones and risks as the reports show them: as rows with a light and its word, and as drawings."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.danish import day_and_month, join
from hopdocs.documents.kinds.project.groups import name_of
from hopdocs.documents.kinds.project.reports.views import MilestoneRow, RiskRow
from hopdocs.documents.views.chart import Gantt, GanttRow, RiskMark, RiskMatrix
from hopdocs.model.project import Level

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hopdocs.model.config import Config
    from hopdocs.model.project import Milestone, Project

GREEN: Final = "Grøn"
YELLOW: Final = "Gul"
RED: Final = "Rød"
_SOON: Final = timedelta(days=30)
"""From how long before its day on a milestone that is not reached is yellow."""
_LEVELS: Final = {Level.LAV: 1, Level.MIDDEL: 2, Level.HØJ: 3}
_YELLOW_FROM: Final = 3
_RED_FROM: Final = 6
LIGHT_RULE: Final = (
    "Grøn: som planlagt. Gul: skal være nået inden for 30 dage. Rød: dagen er gået, og milepælen er ikke nået."
)
RISK_RULE: Final = (
    "Sandsynlighed og konsekvens er 1 (lav), 2 (middel) eller 3 (høj). Ganget med hinanden giver de risikoen: "
    "1 og 2 er grøn, 3 og 4 er gul, 6 og 9 er rød."
)
_WIDTH: Final = 166.0
"""The letter's column, in millimetres."""
_TALLEST: Final = 205.0
"""What has room on a page below the heading."""


def milestone_rows(project: Project, on: date) -> tuple[MilestoneRow, ...]:
    """All milestones as they stood on a day."""
    return tuple(_milestone(item, on) for item in project.milestones)


def _milestone(item: Milestone, on: date) -> MilestoneRow:
    reached = item.reached if item.reached is not None and item.reached <= on else None
    if reached is not None:
        state, light = ("nået for sent" if reached > item.due else "nået"), GREEN
    elif item.due < on:
        state, light = "forsinket", RED
    elif item.due <= on + _SOON:
        state, light = "nærmer sig", YELLOW
    else:
        state, light = "på vej", GREEN
    return MilestoneRow(name=item.name, due=item.due, reached=reached, state=state, light=light)


def risk_rows(project: Project, config: Config) -> tuple[RiskRow, ...]:
    """All risks, the gravest first, numbered in that order."""
    graded = sorted(project.risks, key=lambda risk: -_LEVELS[risk.likelihood] * _LEVELS[risk.impact])
    return tuple(
        RiskRow(
            number=number,
            name=risk.name,
            likelihood=risk.likelihood.value,
            impact=risk.impact.value,
            light=_risk_light(_LEVELS[risk.likelihood] * _LEVELS[risk.impact]),
            action=risk.action or "",
            owner=name_of(config, risk.owner),
        )
        for number, risk in enumerate(graded, start=1)
    )


def _risk_light(weight: int) -> str:
    if weight >= _RED_FROM:
        return RED
    return YELLOW if weight >= _YELLOW_FROM else GREEN


def draw_milestones(project: Project, on: date) -> Gantt | None:
    """The milestones on a line of months; None if there are none."""
    if not project.milestones:
        return None
    rows = milestone_rows(project, on)
    return Gantt(
        title="",
        description=_say_milestones(rows, on),
        width=_WIDTH,
        height=min(11 + 8.0 * len(rows), _TALLEST),
        rows=tuple(
            GanttRow(
                name=row.name,
                start=item.start or item.due,
                end=item.due,
                done=row.reached,
                is_milestone=item.start is None,
                note=row.state,
            )
            for item, row in zip(project.milestones, rows, strict=True)
        ),
        today=on,
    )


def _say_milestones(rows: Sequence[MilestoneRow], on: date) -> str:
    said = []
    for row in rows:
        when = f"nået {day_and_month(row.reached)}" if row.reached is not None else row.state
        said.append(f"{row.name} (senest {day_and_month(row.due)}): {when}")
    return f"Milepælene pr. {day_and_month(on)}. {'. '.join(said)}."


def draw_risks(rows: Sequence[RiskRow]) -> RiskMatrix | None:
    """The risks by their numbers in a matrix; None if there are none."""
    if not rows:
        return None
    marks = tuple(
        RiskMark(
            number=row.number,
            name=row.name,
            likelihood=_LEVELS[Level(row.likelihood)],
            impact=_LEVELS[Level(row.impact)],
        )
        for row in rows
    )
    return RiskMatrix(title="", description=_say_risks(rows), width=96, height=72, risks=marks)


def _say_risks(rows: Sequence[RiskRow]) -> str:
    said = [
        f"{light}: {join(f'{row.number} ({row.name})' for row in rows if row.light == light)}."
        for light in (RED, YELLOW, GREEN)
        if any(row.light == light for row in rows)
    ]
    return f"Risikoen som sandsynlighed ganget med konsekvens. {' '.join(said)}"
