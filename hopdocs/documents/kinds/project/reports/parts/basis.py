"""What an evaluation rests on, and what is missing: who reads it must know."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from hopdocs.danish import day_and_month
from hopdocs.documents.kinds.project.reports.parts.key_numbers import tell_families
from hopdocs.documents.kinds.project.reports.views import Fact, TextRow
from hopdocs.domain.project.numbers import say_count
from hopdocs.figures.groups import MANAGES
from hopdocs.figures.indicators import list_series
from hopdocs.figures.missing import MissingKind, find_missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.documents.kinds.project.reports.facts import ReportFacts
    from hopdocs.figures.course import CourseFigures

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

SAID_YES: Final = "Familier, der har sagt ja"
ALL_ENDED: Final = "Heraf afsluttede forløb"
MANAGED: Final = "Heraf afsluttet, fordi målet er nået (7e)"
FOLLOWED: Final = "Familier med mindst to tal for det samme"
PAID: Final = "Familier med udgifter"
_SOURCES: Final = (
    "De er skrevet i familiernes sager af de fagpersoner, der arbejder med dem, eller hentet i registre. Familiens "
    "egne svar er fra interviewet før planen og interviewet til sidst."
)

_COUNTED: Final = (
    "Kun familier, hvor alle har sagt ja, er med. Trækker alle med forældremyndighed deres samtykke tilbage, går "
    "familien ud af tallene. Trækker én af flere det tilbage, bliver den i dem uden de tal, der handler om den ene og "
    "om børnene. Gælder det kun et fagområde, er det fagområdets tal, der går ud. Er et samtykke udløbet, står "
    "familiens tal, som de var den sidste dag, det gjaldt."
)


def basis_facts(facts: ReportFacts) -> tuple[Fact, ...]:
    """How many families it is about, and of how many there is something to hold against something."""
    return tuple(
        Fact(name=name, value=tell_families(facts, name, len(cases))) for name, cases in basis_cases(facts).items()
    )


def basis_cases(facts: ReportFacts) -> Mapping[str, frozenset[str]]:
    """The cases that each of these is about."""
    ended = [course for course in facts.courses if course.end is not None]
    followed = (
        course
        for course in facts.courses
        if any(series.after is not None for series in list_series(course, facts.config.catalogue))
    )
    found: Mapping[str, Iterable[CourseFigures]] = {
        SAID_YES: facts.courses,
        ALL_ENDED: ended,
        MANAGED: (course for course in ended if course.closing == MANAGES),
        FOLLOWED: followed,
        PAID: (course for course in facts.courses if course.costs),
    }
    return {name: frozenset(course.case for course in courses) for name, courses in found.items()}


def say_method(facts: ReportFacts) -> tuple[str, ...]:
    """Where the figures come from, and which days they are of."""
    first, last = day_and_month(facts.report.start), day_and_month(facts.until)
    return (
        f"Tallene er fra den {first} til den {last}. {_SOURCES}",
        _COUNTED,
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
