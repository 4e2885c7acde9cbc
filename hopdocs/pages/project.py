"""The project's own page: the figures of all courses until today, as tables and drawings. It names no family. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hopdocs.danish import capitalise, short_date
from hopdocs.documents.kinds.project.reports.parts.courses import rows_missing_month
from hopdocs.documents.kinds.project.reports.parts.key_numbers import area_rows, key_numbers
from hopdocs.documents.kinds.project.reports.parts.money import cost_rows, draw_costs, trend_facts
from hopdocs.documents.kinds.project.reports.parts.plan import (
    LIGHT_RULE,
    RISK_RULE,
    draw_milestones,
    draw_risks,
    milestone_rows,
    risk_rows,
)
from hopdocs.documents.kinds.project.reports.parts.warnings import warning_rows, warning_rules
from hopdocs.documents.kinds.project.reports.parts.work import (
    INSIDE,
    attendance_rows,
    children_facts,
    progress_facts,
    shift_facts,
    wait_rows,
    work_of,
)
from hopdocs.domain.calendar import months_later
from hopdocs.figures.conduct import say_rhythm_rule
from hopdocs.figures.costs import say_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from hopdocs.documents.kinds.project.reports.facts import ReportFacts
    from hopdocs.documents.kinds.project.reports.views import Fact, TextRow
    from hopdocs.documents.views.chart import Chart


@dataclass(frozen=True, slots=True)
class ProjectSection:
    """One part of the page: a table, what it is drawn as, and by which rule."""

    id: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    chart: Chart | None = None
    empty: str = ""
    """Stands there when there are no rows."""


@dataclass(frozen=True, slots=True)
class ProjectView:
    """`out/_projekt/overblik.html`."""

    municipality: str
    unit: str
    today: date
    read_at: datetime  # local time
    name: str
    lead: str
    sections: tuple[ProjectSection, ...]
    overview_href: str = "../overblik.html"


def project_view(facts: ReportFacts, read_at: datetime) -> ProjectView:
    """All sections that have something to say."""
    sender = facts.config.municipality
    return ProjectView(
        municipality=sender.name,
        unit=sender.unit,
        today=facts.until,
        read_at=read_at,
        name=facts.project.name or "Projektet",
        lead=_lead(facts),
        sections=tuple(item for item in _sections(facts) if item.rows or item.empty),
    )


def _lead(facts: ReportFacts) -> str:
    unread = f" {facts.unread} filer kunne ikke læses og er ikke talt med." if facts.unread else ""
    return f"Tal fra den {short_date(facts.report.start)} til i dag. Et tal under fem familier vises ikke.{unread}"


def _sections(facts: ReportFacts) -> Iterator[ProjectSection]:
    project, config, work = facts.project, facts.config, work_of(facts)
    targets = project.targets
    aim = (f"Målet er {targets.families} familier.",) if targets is not None and targets.families else ()
    yield ProjectSection("noegletal", "Nøgletal", ("Forløb", "Antal familier"), _of_facts(key_numbers(facts)), aim)
    yield ProjectSection("omraader", "Fagområder", ("Fagområde", "Forløb, det er med i"), _of_rows(area_rows(facts)))
    yield ProjectSection(
        "opmaerksomhed",
        "Forløb, der kræver opmærksomhed",
        ("Sag", "Lys", "Hvorfor"),
        tuple((row.case, row.light, " ".join(row.sentences)) for row in warning_rows(facts, is_today=True)),
        warning_rules(config),
        empty="Alle forløb er grønne.",
    )
    yield ProjectSection(
        "fremdrift",
        "Fremdrift",
        ("Møder", "Antal"),
        _of_facts(progress_facts(work, INSIDE)),
        (say_rhythm_rule(config.deadlines.follow_up_target),),
    )
    yield ProjectSection(
        "ventetid",
        "Ventetid",
        ("Fagområde", "Antal", "Venter endnu", "For lange", "Midterste, dage", "Længste, dage"),
        _of_rows(wait_rows(facts, INSIDE)),
        (f"En ventetid er for lang efter {config.deadlines.waiting_time} dage.",),
    )
    people = (*shift_facts(work, config, INSIDE), *children_facts(work, INSIDE))
    yield ProjectSection("mennesker", "Skift og børns deltagelse", ("Hvad", "Antal"), _of_facts(people))
    yield ProjectSection(
        "fremmoede", "Fremmøde", ("Fagområde", "Indkaldt", "Mødt", "Andel"), _of_rows(attendance_rows(work, config))
    )
    yield ProjectSection(
        "udgifter",
        "Udgifter",
        ("Fagområde", "Familier", "I alt", "Pr. familie"),
        _of_rows(cost_rows(facts)),
        chart=draw_costs(facts),
    )
    trends = trend_facts(facts) if any(course.costs for course in facts.courses) else ()
    heads = ("Udgiften pr. familie er i", "Antal familier")
    yield ProjectSection("udvikling", "Udgifternes udvikling", heads, _of_facts(trends), (say_rule(config.reports),))
    yield ProjectSection(
        "milepaele",
        "Milepæle",
        ("Milepæl", "Senest", "Nået", "Hvordan det står"),
        tuple(
            (
                row.name,
                short_date(row.due),
                short_date(row.reached) if row.reached else "–",
                f"{row.light}: {row.state}",
            )
            for row in milestone_rows(project, facts.until)
        ),
        (LIGHT_RULE,),
        draw_milestones(project, facts.until),
    )
    risks = risk_rows(project, config)
    yield ProjectSection(
        "risici",
        "Risici",
        ("Nr.", "Risiko", "Sandsynlighed og konsekvens", "Tiltag", "Ejer"),
        tuple(
            (str(row.number), row.name, f"{row.light}: {row.likelihood} og {row.impact}", row.action, row.owner)
            for row in risks
        ),
        (RISK_RULE,),
        draw_risks(risks),
    )
    month = months_later(facts.until.replace(day=1), -1)
    missing = rows_missing_month(facts, month)
    yield ProjectSection(
        "mangler",
        "Hvem mangler tal?",
        ("Sag", "Hvad der mangler"),
        tuple((row.case, " ".join(row.sentences)) for row in missing),
        empty="Alle forløb har skrevet deres tal.",
    )


def _of_facts(facts: Iterable[Fact]) -> tuple[tuple[str, ...], ...]:
    return tuple((capitalise(item.name), f"{item.value} ({item.note})" if item.note else item.value) for item in facts)


def _of_rows(rows: Iterable[TextRow]) -> tuple[tuple[str, ...], ...]:
    return tuple(row.cells for row in rows)
