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
