"""What an export is made of: every family's file that can be trusted, as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hopdocs.cli.findings import end_with, show_aside
from hopdocs.cli.workspace_loading import read_config, read_families_once, today_of
from hopdocs.diagnostics import Blocks, Severity
from hopdocs.documents.measured.project_row import tell_project
from hopdocs.domain.family_day import FamilyDay
from hopdocs.figures.pseudonyms import hide_people
from hopdocs.rules import check_family
from hopdocs.sources.families import parse_family, place_findings

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.cli.program import Invocation
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.figures.course import CourseFigures
    from hopdocs.model.config import Config
    from hopdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reading:
    """The families on a day, and what kept others out."""

    workspace: Workspace
    config: Config
    today: date
    days: tuple[FamilyDay, ...]
    left_out: tuple[Diagnostic, ...]

    def courses(self, *, publishable: bool = False) -> tuple[CourseFigures, ...]:
        """Each course's facts as the project has them; for others than the municipality without what names somebody."""
        told = tuple(map(tell_project, self.days))
        return hide_people(told, self.config.catalogue) if publishable else told

    def facts(self) -> dict[str, Any]:
        """Whose export it is, and of which day."""
        return {"municipality": self.config.municipality.name, "as_of": self.today.isoformat()}

    def end(self, invocation: Invocation) -> None:
        """Tells what was left out and why: sums that lack a family must not look whole."""
        if self.left_out:
            show_aside(list(self.left_out), self.workspace, invocation.console)
            end_with(list(self.left_out))


def read_families(invocation: Invocation) -> Reading:
    """All families' files. One with a fault that makes it untrustworthy gives no figures, as it gives no papers."""
    workspace, config = read_config(invocation)
    today = today_of(invocation, config)
    days: list[FamilyDay] = []
    left_out: list[Diagnostic] = []
    for name, data in read_families_once(workspace, config, left_out).items():
        read = parse_family(data, name, config)
        if read.family is None:
            left_out += read.diagnostics
            continue
        day = FamilyDay.on(read.family, config, today)
        faults = [
            item for item in check_family(day) if item.severity is Severity.ERROR and item.blocks is Blocks.FAMILY
        ]
        if faults:
            left_out += place_findings(faults, read.source)
        else:
            days.append(day)
    return Reading(workspace, config, today, tuple(days), tuple(left_out))
