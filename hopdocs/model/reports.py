"""`reports:` and `investment:` in config.yaml: the rules that figures are judged by.

A report prints each beside what it judges.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final

from pydantic import model_validator

from hopdocs.model.entry import Entry, keyed
from hopdocs.model.scalars.values import AreaRef, DecimalNumber, WholeNumber, closed_list, reject


class Reports(Entry):
    """What is called a fall, and when somebody ought to ask how it goes."""

    cost_months: WholeNumber = keyed(
        "Måneder i gennemsnittet", "Så mange første måneder holdes op mod lige så mange sidste.", default=3
    )
    cost_band: DecimalNumber = keyed(
        "Stabil udgift", "Procent: en forskel, der ikke er større, er stabil.", default=Decimal(3)
    )
    no_meeting_weeks: WholeNumber = keyed(
        "Uger uden møde", "Er der gået flere, er forløbet rødt i det tidlige varsel.", default=10
    )
    draw_late_days: WholeNumber = keyed(
        "Datatræk for sent", "Dage efter fristen, før det er rødt i det tidlige varsel.", default=30
    )
    consent_wait_days: WholeNumber = keyed(
        "Ventetid på samtykke", "Dage efter startdatoen uden alles samtykke, før det er gult.", default=28
    )


class BaselineMethod(StrEnum):
    """What is taken for the expenses that there would have been without the plan."""

    FIRST_MONTHS = "first_months"
    """The mean of each course's first months, kept level."""
    FIXED = "fixed"
    """Amounts that the municipality states, by area."""
    TREND = "trend"
    """The line through each course's first months, drawn on."""


BaselineMethodWord = Annotated[
    BaselineMethod,
    closed_list(BaselineMethod, {"første måneder": "first_months", "fast": "fixed", "udvikling": "trend"}),
]


class Investment(Entry):
    """`investment:` in config.yaml: what expenses are held against, and what the work itself costs.

    Nobody can know what would have been. So each of these stands on the page beside what follows from it.
    """

    method: BaselineMethodWord = keyed(
        "Sammenlignes med",
        "first_months (de første måneders gennemsnit), fixed (beløb under baseline) eller trend (de første måneders "
        "udvikling ført videre).",
        default=BaselineMethod.FIRST_MONTHS,
    )
    months: WholeNumber = keyed("Første måneder", "Hvor mange måneder grundlaget hviler på. Ikke ved fixed.", default=3)
    baseline: dict[AreaRef, DecimalNumber] = keyed(
        "Uden indsatsen", "Kroner om måneden pr. familie, efter fagområde. Kun ved fixed.", default={}
    )
    growth: DecimalNumber = keyed(
        "Pris- og lønvækst", "Procent om året, som grundlaget vokser med. Ikke ved trend.", default=Decimal(0)
    )
    effort: DecimalNumber = keyed(
        "Indsatsens egen udgift", "Kroner om måneden pr. familie: tovholder, møder, projektledelse.", default=Decimal(0)
    )
    share_area: dict[AreaRef, DecimalNumber] = keyed(
        "Fordeling", "Procent af indsatsens egen udgift, som hvert fagområde betaler. I alt 100.", default={}
    )

    @model_validator(mode="after")
    def _is_whole(self) -> Investment:
        if self.method is BaselineMethod.FIXED and not self.baseline:
            reject("HD840")
        if self.baseline and self.method is not BaselineMethod.FIXED:
            reject("HD841", method=self.method.value)
        least = {BaselineMethod.FIRST_MONTHS: 1, BaselineMethod.TREND: 2, BaselineMethod.FIXED: 0}[self.method]
        if self.months < least:
            reject("HD842", method=self.method.value, least=str(least))
        shared = sum(self.share_area.values(), Decimal(0))
        if self.share_area and shared != _ALL:
            reject("HD843", shared=f"{shared.normalize():f}")
        return self


_ALL: Final = Decimal(100)
