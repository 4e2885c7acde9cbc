"""What is counted and measured along the way (samarbejdsaftale 2023, Effektmåling)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

from hopdocs.model.entry import Entry, keyed
from hopdocs.model.scalars.moments import DanishDate, Month
from hopdocs.model.scalars.values import (
    ActivityRef,
    AreaRef,
    DecimalNumber,
    MeasuredValue,
    MemberRef,
    Text,
    WholeNumber,
    closed_list,
)

if TYPE_CHECKING:
    from datetime import date


class ValueSource(StrEnum):
    """Where a value comes from."""

    REGISTER = "register"
    INDTASTET = "indtastet"


ValueSourceWord = Annotated[ValueSource, closed_list(ValueSource, {"entered": "indtastet"})]


class ServiceCount(Entry):
    """How many services each area gave on a day."""

    date: DanishDate = keyed("Dato")
    counts: dict[AreaRef, WholeNumber] = keyed("Antal", "Ydelser pr. fagområde.")


class Cost(Entry):
    """One area's expenses in one month."""

    month: Month = keyed("Måned", "2026-09")
    area: AreaRef = keyed("Fagområde")
    amount: DecimalNumber = keyed("Beløb", "Kroner, uden tusindtegn.")


class Indicator(Entry):
    """One value of one indicator for a person in a month."""

    key: Text = keyed("Indikator")
    for_: tuple[MemberRef, ...] = keyed("For", alias="for", default=())
    month: Month | None = keyed("Måned", default=None)
    date: DanishDate | None = keyed("Dato", default=None)
    value: MeasuredValue | None = keyed(
        "Værdi", "Et tal, eller ja eller nej. Tom: ikke skrevet endnu, og tæller som manglende.", default=None
    )
    source: ValueSourceWord | None = keyed("Kilde", "register eller indtastet.", default=None)
    informant: Text | None = keyed("Oplyst af", default=None)


class DeclinedInterview(Entry):
    """The last interview, offered and not wanted."""

    date: DanishDate = keyed("Dato", "Hvornår familien sagde nej til det.")
    reason: Text | None = keyed("Grund", "Til dig selv: står i ingen breve.", default=None)


class Measurements(Entry):
    """All that is measured for one family."""

    baseline_interview: DanishDate | None = keyed("Nulpunktsmåling", "Det indledende interview.", default=None)
    final_interview: DanishDate | None = keyed("Afsluttende interview", default=None)
    final_interview_declined: DeclinedInterview | None = keyed(
        "Interview ikke ønsket", "Når familien ikke ønskede det afsluttende interview.", default=None
    )
    services: tuple[ServiceCount, ...] = keyed("Ydelser", default=())
    costs: tuple[Cost, ...] = keyed("Udgifter", default=())
    indicators: tuple[Indicator, ...] = keyed("Indikatorer", default=())

    @property
    def final_interview_settled(self) -> date | None:
        """The day that nobody waits for the last interview any more: it was held, or the family did not want it."""
        declined = self.final_interview_declined
        return self.final_interview or (declined.date if declined is not None else None)


CASE_MARK: Final = "{case_number}"
"""What stands in a survey's link for the case number, or for the family's id while it has none."""


class SurveyLinks(Entry):
    """Where the surveys at the start and at the end are answered. `{case_number}` in a link becomes the case's own."""

    family_start: Text | None = keyed("Familien, ved start", "https://… med {case_number}.", default=None)
    family_end: Text | None = keyed("Familien, ved afslutning", "https://… med {case_number}.", default=None)
    staff_start: Text | None = keyed("Medarbejderne, ved start", "Ellers opening_survey.", default=None)
    staff_end: Text | None = keyed("Medarbejderne, ved afslutning", "Ellers closing_survey.", default=None)


class WaitingTime(Entry):
    """A wait for a decision that holds the plan up."""

    activity: ActivityRef | None = keyed("Indsats", "Indsatsens id.", default=None)
    area: AreaRef = keyed("Fagområde")
    applied: DanishDate = keyed("Ansøgt")
    expected: DanishDate | None = keyed("Forventet", default=None)
    granted: DanishDate | None = keyed("Bevilget", default=None)
    consequence: Text | None = keyed("Konsekvens", default=None)
