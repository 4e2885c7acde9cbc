"""`reports:` in config.yaml: the rules that figures are judged by. A report prints each beside what it judges."""

from __future__ import annotations

from decimal import Decimal

from hopdocs.model.entry import Entry, keyed
from hopdocs.model.scalars.values import DecimalNumber, WholeNumber


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
