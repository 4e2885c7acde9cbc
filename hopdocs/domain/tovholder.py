"""Who is tovholder, and whom the family and the team call (samarbejdsaftale 2023, Tovholder)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.model.people import ChosenBy

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.people import TovholderPeriod
    from hopdocs.model.scalars.values import StaffId


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """Whom a letter names: `staff`, and while she is away her `substitute`."""

    staff: StaffId
    substitute: StaffId | None
    is_away: bool

    @property
    def reachable(self) -> StaffId:
        """Whom to call today."""
        return self.substitute if self.is_away and self.substitute is not None else self.staff


def tovholder_of(family: Family, day: date) -> StaffId | None:
    """The tovholder of that day, or nobody yet."""
    period = family.tovholder_on(day)
    return period.staff if period is not None else None


@dataclass(frozen=True, slots=True)
class TovholderShift:
    """Somebody became tovholder: her first line, and the line of whom she took over from, if there was anybody."""

    new: TovholderPeriod
    old: TovholderPeriod | None


def latest_shift(family: Family, day: date) -> TovholderShift | None:
    """The last time that the family got another tovholder than before; a choice that keeps the same one is none."""
    begun = sorted((line for line in family.tovholder if line.from_ <= day), key=lambda line: line.from_)
    if not begun:
        return None
    others = [index for index, line in enumerate(begun) if line.staff != begun[-1].staff]
    if not others:
        return TovholderShift(begun[0], None)
    return TovholderShift(begun[others[-1] + 1], begun[others[-1]])


def leader_on(family: Family, day: date) -> TovholderPeriod | None:
    """The tovholder with whom a meeting on that day began.

    Whom the family chose on the very day was chosen at the meeting, and leads from then on.
    """
    period = family.tovholder_on(day)
    if period is None or period.from_ != day or period.chosen_by is not ChosenBy.FAMILY:
        return period
    return family.tovholder_on(day - timedelta(days=1)) or period


def contact_person(family: Family, config: Config, day: date) -> ContactPerson:
    """The tovholder, or the project coordinator before there is one and after a tovholder has left.

    The substitute is the one that the family's file names, else the municipality's own for that professional,
    else the coordinator; one who is away herself is passed over.
    """
    period = family.tovholder_on(day)
    staff = period.staff if period is not None else config.project_coordinator
    known = config.staff.get(staff)
    named = period.substitute if period is not None else None
    general = known.substitute if known is not None else None
    candidates = [
        other
        for other in dict.fromkeys((named, general, config.project_coordinator))
        if other is not None and other != staff and is_available(config, other, day)
    ]
    return ContactPerson(staff, candidates[0] if candidates else None, is_away=not is_available(config, staff, day))


def is_available(config: Config, staff: StaffId, day: date) -> bool:
    """Whether a professional is at work: neither away that day nor gone from the municipality."""
    known = config.staff.get(staff)
    has_left = known is not None and known.to is not None and known.to < day
    return not has_left and not config.is_absent(staff, day)
