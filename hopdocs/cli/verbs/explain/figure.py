"""`hopdocs explain figure`: what a family's or all families' figures are called, and the lines that one was made of."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import takewhile
from typing import TYPE_CHECKING, Final

import click

from hopdocs.cli.console import both
from hopdocs.cli.family_edit import read_without_fault
from hopdocs.cli.findings import end_with, show_aside
from hopdocs.cli.workspace_loading import open_family, read_config, read_families_once, today_of
from hopdocs.cycle.project.source import read_project
from hopdocs.documents.kinds.project.reports.facts import told_until
from hopdocs.documents.kinds.project.reports.wanted import find_report
from hopdocs.documents.measured.project_row import tell_project
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.project.periods import Period
from hopdocs.errors import FaultyInput
from hopdocs.figures.gathering import gather_figures
from hopdocs.figures.naming import find_figures, name_course_figures, name_project_figures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from hopdocs.cli.console import Console
    from hopdocs.cli.program import Invocation
    from hopdocs.diagnostics import DataPath, Diagnostic
    from hopdocs.domain.project.reports import ReportPeriod
    from hopdocs.figures.course import CourseFigures
    from hopdocs.figures.naming import Figure
    from hopdocs.model.config import Config
    from hopdocs.sources.families import FamilySource
    from hopdocs.workspace import Workspace

_PROJECT: Final = ("projekt", "project")
_MOST_WORDS: Final = 2
_MOST_LINES: Final = 5


def explain_figure(invocation: Invocation, of: tuple[str, ...]) -> None:
    """Lists the figures, or those of a name with their lines. Without a family: the project's, or a report's."""
    if len(of) > _MOST_WORDS:
        msg = both(
            en="a family, a report or projekt, and one name", da="en familie, en rapport eller projekt, og ét navn"
        )
        raise click.UsageError(msg)
    workspace, config = read_config(invocation)
    today = today_of(invocation, config)
    whose = of[0] if of else _PROJECT[0]
    faults: list[Diagnostic] = []
    report = _find_report(workspace, config, today, whose)
    if whose.casefold() in _PROJECT or report is not None:
        sources = _read_all(workspace, config, faults)
        courses = _gather_all(sources, config, today)
        figures = _of_report(courses, config, report) if report is not None else _of_project(courses, config, today)
    else:
        opened = open_family(workspace, config, whose)
        sources = {opened.family.id: opened.source}
        day = FamilyDay.on(opened.family, config, today)
        figures = name_course_figures(gather_figures(day), config, today)
    if len(of) == _MOST_WORDS:
        _show_lines(invocation.console, _choose(figures, of[1]), sources)
    elif figures:
        heads = (both(en="figure", da="tal"), both(en="is", da="er"), both(en="what", da="hvad"))
        invocation.console.table([(figure.name, figure.text, figure.label) for figure in figures], heads)
    else:
        invocation.console.say(both(en="no figures: no consent that holds", da="ingen tal: intet gældende samtykke"))
    if faults:
        show_aside(faults, workspace, invocation.console)
        end_with(faults)


def _read_all(workspace: Workspace, config: Config, faults: list[Diagnostic]) -> dict[str, FamilySource]:
    """By the family's id. What a fault stops is told at the end: a sum that lacks a family must not look whole."""
    found: dict[str, FamilySource] = {}
    for name, data in read_families_once(workspace, config, faults).items():
        try:
            family, source = read_without_fault(data, name, config)
        except FaultyInput as fault:
            faults += fault.diagnostics
        else:
            found[family.id] = source
    return found


def _find_report(workspace: Workspace, config: Config, today: date, name: str) -> ReportPeriod | None:
    found = read_project(workspace, config, today)
    return find_report(found.project, today, name) if found is not None and found.project is not None else None


def _gather_all(sources: Mapping[str, FamilySource], config: Config, today: date) -> list[CourseFigures]:
    families = [source.family for source in sources.values() if source.family is not None]
    return [tell_project(FamilyDay.on(family, config, today)) for family in families]


def _of_report(courses: list[CourseFigures], config: Config, report: ReportPeriod) -> tuple[Figure, ...]:
    """What was known on the report's last day; of an approved one, as the files say it now."""
    told, period = told_until(courses, report.until), Period(report.start, report.until)
    return name_project_figures(told, config, period, report.until)


def _of_project(courses: list[CourseFigures], config: Config, today: date) -> tuple[Figure, ...]:
    """From the first course's beginning until today."""
    first = min((course.consented or course.start for course in courses), default=today)
    return name_project_figures(courses, config, Period(min(first, today), today), today)


def _choose(figures: tuple[Figure, ...], name: str) -> tuple[Figure, ...]:
    chosen = find_figures(figures, name)
    if not chosen:
        near = ", ".join(get_close_matches(name, [figure.name for figure in figures], n=3, cutoff=0.4))
        also = both(en=f"; near it: {near}", da=f"; tæt på: {near}") if near else ""
        msg = both(en=f"there is no figure {name}{also}", da=f"tallet {name} findes ikke{also}")
        raise click.UsageError(msg)
    return chosen


def _show_lines(console: Console, figures: tuple[Figure, ...], sources: Mapping[str, FamilySource]) -> None:
    for figure in figures:
        console.say(f"{console.style(figure.name, 'bold')}  {figure.label}: {figure.text}")
        if figure.rule:
            console.say(f"  {figure.rule}")
        for source in figure.sources:
            text = sources[source.family].source
            line = text.position(_path_of(source.at)).line
            console.say(f"  {text.path}:{line}: {_entry(text.lines[line - 1 :])}")


def _entry(lines: Sequence[str]) -> str:
    """The first lines of an entry as one: what it is about stands in one of them, and its value in another."""
    first, depth = lines[0].strip(), len(lines[0]) - len(lines[0].lstrip())
    inner = takewhile(lambda line: len(line) - len(line.lstrip()) > depth, lines[1:_MOST_LINES])
    return ", ".join((first, *(line.strip() for line in inner)))


def _path_of(place: str) -> DataPath:
    return tuple(int(step) if step.isdecimal() else step for step in place.split("."))
