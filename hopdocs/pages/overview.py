"""Renders the pages that answer "how does it stand?": one for all families, one for each, one for each colleague.

Only layout happens here: what is shown was decided in `views`, and the values are escaped on their way out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from hopdocs.charts.page import show_chart
from hopdocs.danish import FILTERS, capitalise, long_date
from hopdocs.pages.sections.mails import group_mails
from hopdocs.pages.sections.week import group_weeks
from hopdocs.pages.views import FamilyView, OverviewView, PersonLine, PersonView

if TYPE_CHECKING:
    from datetime import date

    from jinja2 import Template

    from hopdocs.pages.project import ProjectView

__all__ = [
    "FamilyView",
    "OverviewView",
    "PersonView",
    "render_family",
    "render_overview",
    "render_person",
    "render_project",
]


def render_overview(view: OverviewView) -> str:
    """`out/overblik.html`."""
    return _layout("overview.html.j2").render(
        view=view,
        summary=_summary(view),
        weeks=group_weeks(view.families, view.today),
        tovholder=defaultdict(str, {row.family: row.tovholder for row in view.families}),
    )


def render_family(view: FamilyView) -> str:
    """`out/<id>/overblik.html`."""
    return _layout("family.html.j2").render(view=view)


def render_project(view: ProjectView) -> str:
    """`out/_projekt/overblik.html`."""
    return _layout("project.html.j2").render(view=view)


@dataclass(frozen=True, slots=True)
class _Day:
    """What is to be done by one day."""

    title: str
    is_overdue: bool
    lines: tuple[PersonLine, ...]


def render_person(view: PersonView) -> str:
    """`out/_opgaver/<person>.html`."""
    days = groupby(view.lines, key=lambda line: line.todo.due)
    groups = [_day(due, tuple(lines), view.today) for due, lines in days]
    return _layout("person.html.j2").render(view=view, groups=groups, summary=_summary_of(view))


def _day(due: date | None, lines: tuple[PersonLine, ...], today: date) -> _Day:
    title = capitalise(long_date(due)) if due is not None else "Uden dato"
    return _Day(title, due is not None and due < today, lines)


def _summary_of(view: PersonView) -> str:
    late = sum(line.todo.is_overdue(view.today) for line in view.lines)
    cases = len({line.todo.case_number for line in view.lines})
    text = _count(len(view.lines), "opgave", "opgaver")
    if cases:
        text += f" i {_count(cases, 'sag', 'sager')}"
    return f"{text}, {late} over tiden." if late else f"{text}."


def render_layout(name: str, view: object) -> str:
    """A page of somebody else's view."""
    return _layout(name).render(view=view)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("hopdocs.pages", "layouts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {**FILTERS, "med_kode": _mark_commands, "figur": show_chart, "mails": group_mails}
    return environment


def _layout(name: str) -> Template:
    return _environment().get_template(name)


def _mark_commands(text: str) -> Markup:
    """What stands between grave accents is a command, to be copied as it is."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else Markup("{}").format(part)
        for number, part in enumerate(parts)
    )


def _summary(view: OverviewView) -> str:
    """One line for the person who only looks up between two phone calls."""
    late = sum(len(row.overdue) for row in view.families)
    faulty = sum(1 for row in view.families if row.errors)
    parts = [_count(len(view.families), "familie", "familier")]
    if faulty:
        parts.append(_count(faulty, "fil med fejl", "filer med fejl"))
    parts.append(_count(late, "overskredet frist", "overskredne frister") if late else "ingen overskredne frister")
    parts.append(_count(len(view.notices), "mail på vej", "mails på vej") if view.notices else "ingen mails på vej")
    return ", ".join(parts) + "."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
