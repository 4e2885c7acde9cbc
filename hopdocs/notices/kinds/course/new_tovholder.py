"""To the old and the new tovholder, the team and the coordinator, when the role goes over: name, phone, from when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.danish import say_day
from hopdocs.domain.consent import Gate
from hopdocs.domain.tovholder import tovholder_of
from hopdocs.notices.kinds.course.news import (
    HELPS_FOR,
    define_news,
    is_news,
    name_news,
    recipients,
    team_let_share,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.people import TovholderPeriod
    from hopdocs.model.scalars.values import StaffId
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "tovholderskift"
_ONE_DAY: Final = timedelta(days=1)
AHEAD: Final = timedelta(days=14)
"""A shift that is written down early is told so long before its day."""


def wanted_shifts(day: FamilyDay) -> Iterator[WantedReminder]:
    """The mails about each shift; the first tovholder takes over from nobody."""
    if day.gate is not Gate.OPEN or not day.is_running:
        return
    for period in day.family.tovholder:
        if not is_news(day.today, period.from_, ahead=AHEAD + _ONE_DAY):
            continue
        old = tovholder_of(day.family, period.from_ - _ONE_DAY)
        is_shift = old not in (None, period.staff) and tovholder_of(day.family, period.from_) == period.staff
        if is_shift and old is not None and period.staff in day.config.staff:
            yield from _shift(day, period, old)


def _shift(day: FamilyDay, period: TovholderPeriod, old: StaffId) -> Iterator[WantedReminder]:
    config = day.config
    new, when = config.staff[period.staff], say_day(period.from_)
    team = team_let_share(day, max(period.from_, day.today))
    staff = [period.staff, old, *team, config.project_coordinator]
    for recipient in recipients(day, *staff):
        if recipient.staff == period.staff:
            lines = [f"Du er tovholder fra {when}."]
            lines += [f"{config.staff[old].name} giver opgaverne videre til dig."] if old in config.staff else []
        elif recipient.staff == old:
            lines = [f"{new.name} er tovholder fra {when}.", "Giv opgaverne videre inden da."]
        else:
            lines = [f"{new.name} er tovholder fra {when}."]
        yield tell(
            day,
            _NAME,
            recipient,
            key=f"{_NAME}-{period.from_.isoformat()}",
            tells=(name_news(day, _NAME, period.staff),),
            on=period.from_ - AHEAD,
            helps_for=AHEAD + HELPS_FOR,
            subject="ny tovholder",
            lines=lines,
            rows=(("Tovholder", new.name), ("Telefon", new.phone or ""), ("Fra", say_day(period.from_, year=True))),
        )


NEW_TOVHOLDER: Final = define_news(
    _NAME, "beskeden om ny tovholder", wanted_shifts, lambda switches: switches.new_tovholder
)
