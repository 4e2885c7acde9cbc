"""When an area is taken back while the course goes on: its own people on the team share no more, from that day.

Who opens and closes the case hears it too. Nobody else does: the others only stop seeing what is not theirs.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.danish import join
from hopdocs.domain.team import is_area_open
from hopdocs.model.scalars.values import StaffId
from hopdocs.notices.kinds.course.news import (
    STOP_HELPS_FOR,
    STOPS_SHARING,
    access_owner,
    define_news,
    is_news,
    name_news,
    recipients,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.scalars.values import AreaCode
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "fagomraadestop"
_ONE_DAY: Final = timedelta(days=1)


def wanted_area_stops(day: FamilyDay) -> Iterator[WantedReminder]:
    """One mail a recipient for each area that somebody was closed out with lately."""
    if not day.is_running:
        return
    ends = {item.date for line in day.family.consents for item in line.withdrawn}
    ends |= {line.refused for line in day.family.consents if line.refused is not None}
    lately = [on for on in ends if on <= day.today and is_news(day.today, on, helps_for=STOP_HELPS_FOR)]
    closed = {staff: on for on in sorted(lately) for staff in _closed_out(day, on)}
    for area in dict.fromkeys(day.config.staff[staff].area for staff in closed):
        yield from _stop(day, area, {key: on for key, on in closed.items() if day.config.staff[key].area == area})


def _closed_out(day: FamilyDay, on: date) -> Iterator[StaffId]:
    """Those on the team whose area was open until that day, and is closed since."""
    before, since = day.consents_on(on - _ONE_DAY), day.consents_on(on)
    for line in day.family.team_on(on):
        person = day.config.staff.get(line.staff)
        if (
            person is not None
            and is_area_open(before, person.area, line.staff, on)
            and not is_area_open(since, person.area, line.staff, on)
            and not is_area_open(day.consents, person.area, line.staff, on)
        ):
            yield line.staff


def _stop(day: FamilyDay, area: AreaCode, closed: Mapping[StaffId, date]) -> Iterator[WantedReminder]:
    staff, owner = day.config.staff, access_owner(day)
    given = _last_given(day, area)
    names = {key: name_news(day, f"lukket-{given.isoformat()}", key) for key in closed}
    for recipient in recipients(day, *closed, owner):
        lines, tells = list[str](), dict.fromkeys(names.values() if recipient.staff == owner else ())
        if recipient.staff in closed:
            tells |= {names[StaffId(recipient.staff)]: None}
            lines.append("Du er ikke længere med i samarbejdet. Del ikke flere oplysninger med de andre fagområder.")
            lines.append("Hjælpen i dit eget fagområde er ikke berørt.")
        if recipient.staff == owner:
            lines.append(f"Luk adgangen til sagen for {join(staff[key].name for key in closed)}.")
        yield tell(
            day,
            _NAME,
            recipient,
            key=f"{_NAME}-{area}",
            tells=tuple(tells),
            on=max(closed.values()),
            helps_for=STOP_HELPS_FOR,
            subject="adgangen til sagen lukkes",
            lines=lines,
            opens_case=recipient.staff == owner,
        )


def _last_given(day: FamilyDay, area: AreaCode) -> date:
    """When the area was last let share, which tells one stop from the next; the start if it never was."""
    given = (line.given for line in day.family.consents if line.given is not None and area in line.areas)
    return max(given, default=day.family.start_date)


AREA_STOPPED: Final = define_news(
    _NAME, "beskeden om at adgangen lukkes", wanted_area_stops, lambda switches: switches.area_stopped, **STOPS_SHARING
)
