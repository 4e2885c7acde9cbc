"""Milestones as they are drawn."""

from __future__ import annotations

from datetime import date

from hopdocs.documents.kinds.project.reports.parts.plan import draw_milestones
from hopdocs.model.project import Milestone, Project

TODAY = date(2026, 11, 29)


def _height(count: int) -> float:
    milestones = tuple(Milestone(name=f"Nummer {number}", due=TODAY) for number in range(count))
    chart = draw_milestones(Project(milestones=milestones), TODAY)
    assert chart is not None
    return chart.height


def test_milestones_have_the_room_that_they_need_and_never_more_than_a_page() -> None:
    assert _height(3) - _height(2) == _height(2) - _height(1)
    assert _height(1) < 20
    assert _height(30) < 210
