"""What an evaluation rests on, and what is missing: who reads it must know."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from hopdocs.danish import day_and_month
from hopdocs.documents.kinds.project.reports.views import Fact, TextRow
from hopdocs.domain.project.numbers import say_count
from hopdocs.figures.groups import MANAGES
from hopdocs.figures.indicators import list_series
from hopdocs.figures.missing import MissingKind, find_missing

if TYPE_CHECKING:
    from hopdocs.documents.kinds.project.reports.facts import ReportFacts

_MISSING: Final = {
    MissingKind.DRAW: "Et datatræk er ikke lavet",
    MissingKind.DRAW_AREA: "Et datatræk mangler et fagområde",
    MissingKind.FIRST_INTERVIEW: "Det indledende interview er ikke holdt før mødet om planen",
    MissingKind.LAST_INTERVIEW: "Det afsluttende interview er ikke holdt",
    MissingKind.MONTHS: "Måneder uden tal",
    MissingKind.VALUES: "En eller flere indikatorer mangler måneder",
    MissingKind.OUTDATED: "Et tal skulle være fornyet",
    MissingKind.DRAW_VALUE: "Et tal til et datatræk mangler",
    MissingKind.START_ANSWER: "Et svar ved start mangler",
    MissingKind.END_ANSWER: "Et svar ved slut mangler",
    MissingKind.INFORMANT: "Det står ikke, hvem der har svaret",
    MissingKind.COST_MONTHS: "Måneder uden udgifter",
    MissingKind.COST_GAPS: "Et fagområde mangler udgifter",
    MissingKind.CHILD_UNSAID: "Det står ikke, om et barn var med",
    MissingKind.CHILD_REASON: "Det står ikke, hvorfor et barn ikke var med",
}

_SOURCES: Final = (
    "De er skrevet i familiernes sager af de fagpersoner, der arbejder med dem, eller hentet i registre. Familiens "
    "egne svar er fra interviewet før planen og interviewet til sidst."
)


def basis_facts(facts: ReportFacts) -> tuple[Fact, ...]:
    """How many families it is about, and of how many there is something to hold against something."""
    ended = sum(course.end is not None for course in facts.courses)
    followed = sum(
        any(series.after is not None for series in list_series(course, facts.config.catalogue))
        for course in facts.courses
    )
    managed = sum(course.end is not None and course.closing == MANAGES for course in facts.courses)
    paid = sum(bool(course.costs) for course in facts.courses)
    return (
        Fact(name="Familier, der har sagt ja", value=say_count(len(facts.courses))),
        Fact(name="Heraf afsluttede forløb", value=say_count(ended)),
        Fact(name="Heraf afsluttet, fordi målet er nået (7e)", value=say_count(managed)),
        Fact(name="Familier med mindst to tal for det samme", value=say_count(followed)),
        Fact(name="Familier med udgifter", value=say_count(paid)),
    )


def say_method(facts: ReportFacts) -> tuple[str, ...]:
    """Where the figures come from, and which days they are of."""
    first, last = day_and_month(facts.report.start), day_and_month(facts.until)
    return (
        f"Tallene er fra den {first} til den {last}. {_SOURCES}",
        "Kun familier, hvor alle har sagt ja, er med. Trækker nogen sit samtykke tilbage, går familien ud af tallene.",
    )


def missing_rows(facts: ReportFacts) -> tuple[TextRow, ...]:
    """What is missing, and of how many families."""
    families: dict[MissingKind, set[str]] = defaultdict(set)
    is_monthly = facts.project.monthly_status
    for course in facts.courses:
        for item in find_missing(course, facts.config.catalogue, facts.until, is_monthly=is_monthly):
            families[item.kind].add(course.family)
    return tuple(
        TextRow(cells=(text, say_count(len(families[kind])))) for kind, text in _MISSING.items() if kind in families
    )
