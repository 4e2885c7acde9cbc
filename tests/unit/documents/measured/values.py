"""The example families with values of one's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hopdocs.model.measurement import Indicator, Measurements

if TYPE_CHECKING:
    from hopdocs.model.family import Family

FIRST_MONTH = date(2026, 10, 1)


def with_values(family: Family, *values: tuple[str, str, int | str], month: date = FIRST_MONTH) -> Family:
    """The family with these values and no others: key, whom they are about ("" for nobody named), and the value.

    Each further value of the same thing is of the next month.
    """
    seen: dict[tuple[str, str], int] = {}
    lines = []
    for key, people, value in values:
        later = seen[key, people] = seen.get((key, people), -1) + 1
        year, number = divmod(month.month - 1 + later, 12)
        on = date(month.year + year, number + 1, 1)
        raw = {"key": key, "for": people.split(), "month": on, "value": Decimal(value)}
        lines.append(Indicator.model_validate(raw))
    measured = family.measurements or Measurements()
    return family.model_copy(update={"measurements": measured.model_copy(update={"indicators": tuple(lines)})})
