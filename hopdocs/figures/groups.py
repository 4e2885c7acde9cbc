"""What is measured, as it is judged: by the success criteria, the children's six groups and the adults' seven.

(Samarbejdsaftale 2023, succeskriterier 1-8; the national project 2013-2016, indicators of children and parents.)
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.figures.indicators import Series, Verdict
from hopdocs.model.indicators import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable

CHILDREN: Final = "børn"
ADULTS: Final = "voksne"
CHILD_GROUPS: Final = (
    "Trivsel",
    "Sundhed",
    "Dagtilbud, skole og uddannelse",
    "Familieforhold",
    "Fritid og venskaber",
    "Udvikling og adfærd",
)
ADULT_GROUPS: Final = (
    "Funktionsnedsættelse og sociale problemer",
    "Praktiske opgaver i hjemmet",
    "Egenomsorg",
    "Mobilitet",
    "Beskæftigelse, bolig, uddannelse og økonomi",
    "Netværk",
    "Sundhed",
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the agreement's success criteria, and the indicators that it is judged by."""

    number: str
    label: str
    keys: tuple[str, ...]
    """None for what follows from the course itself: that it ended well, and what it costs."""


EXPERIENCED: Final = (
    Criterion("1", "Større sammenhæng i indsatsen", ("f_oplevelse_1",)),
    Criterion("2", "Familien er inddraget og hørt", ("f_oplevelse_2",)),
    Criterion("3", "Én familieplan", ("f_oplevelse_3", "f_planer")),
    Criterion("4", "Én kontakt ind i kommunen", ("f_oplevelse_4", "f_kontakt")),
    Criterion("5", "Smidigt samarbejde på tværs", ("m_oplevelse_5",)),
    Criterion("6", "Forståelse for hinandens faglighed", ("m_oplevelse_6",)),
)
"""The criteria 1-6: how the family and the professionals find it."""
COUNTED: Final = (
    Criterion("7a", "Fremmøde på job og situation på arbejdsmarkedet", ("a_job", "a_fremmoede", "a_tilbud")),
    Criterion("7b", "Fremmøde i skolen", ("b_skole_fravaer",)),
    Criterion("7c", "Uddannelse", ("a_uddannelse", "b_ungdomsudd", "b_dagtilbud_start")),
    Criterion("7d", "Deltagelse i misbrugsbehandling", ("a_behandling",)),
    Criterion("7e", "Afsluttet, fordi familien klarer sig selv", ()),
    Criterion("7f", "Mindre indgribende indsats", ("b_indsatstrin",)),
)
"""The criteria 7a-7f: progress of each in her own area."""
MANAGES: Final = "målet er nået"
"""The reason for closing that means that the family manages (criterion 7e)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How some series went, added up."""

    name: str
    who: str
    """`CHILDREN`, `ADULTS`, or '' for a criterion, which is about all."""
    series: tuple[Series, ...]

    @property
    def verdicts(self) -> Counter[Verdict]:
        """How many went which way."""
        return Counter(series.verdict for series in self.series)

    @property
    def verdict(self) -> Verdict:
        """Which way it went on the whole: where more got better than worse, or the other way about."""
        counts = self.verdicts
        if not counts.total() - counts[Verdict.UNKNOWN]:
            return Verdict.UNKNOWN
        if counts[Verdict.BETTER] == counts[Verdict.WORSE]:
            return Verdict.SAME
        return Verdict.BETTER if counts[Verdict.BETTER] > counts[Verdict.WORSE] else Verdict.WORSE


def by_group(series: Iterable[Series]) -> tuple[Outcome, ...]:
    """The children's six groups and the adults' seven, each with its series; a group without any is there too."""
    found = list(series)
    return tuple(
        Outcome(name, who, tuple(item for item in found if _is_of(item, name) and item.kind.who in subjects))
        for who, names, subjects in (
            (CHILDREN, CHILD_GROUPS, (Subject.BARN, Subject.UNG)),
            (ADULTS, ADULT_GROUPS, (Subject.VOKSEN,)),
        )
        for name in names
    )


def _is_of(series: Series, group: str) -> bool:
    return (series.kind.group or "").casefold() == group.casefold()


def by_criterion(series: Iterable[Series], criteria: Iterable[Criterion]) -> tuple[tuple[Criterion, Outcome], ...]:
    """Each criterion with its series, in the order of its indicators."""
    found = list(series)
    return tuple(
        (item, Outcome(item.label, "", tuple(one for key in item.keys for one in found if one.kind.key == key)))
        for item in criteria
    )
