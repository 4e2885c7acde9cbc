"""When the family has taken everything back: the whole team is told to share no more, on the same day, and not why.

It goes out though no meeting is planned, at any hour, and though somebody holds the family's mails. The coordinator,
who has the rest to see to, hears the reason; the steering group, that there is one course less.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hopdocs.domain.consent import holders_of_custody
from hopdocs.domain.course.stop import stopped_on
from hopdocs.domain.state import State
from hopdocs.notices.kinds.course.news import (
    STOP_HELPS_FOR,
    STOPS_SHARING,
    access_owner,
    define_news,
    is_news,
    recipients,
    tell,
)
from hopdocs.notices.organizer import mail_of
from hopdocs.notices.wanted import normalise_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.scalars.values import StaffId
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "stop"
_COUNT: Final = "stopantal"


def wanted_stops(day: FamilyDay) -> Iterator[WantedReminder]:
    """To each who was on the team that day, to the coordinator, and to who closes the case."""
    stopped = _stopped_on(day)
    if stopped is None:
        return
    on, course = stopped
    coordinator, owner = day.config.project_coordinator, access_owner(day)
    for recipient in recipients(day, *_told_to_stop(day, on)):
        lines = ["Samarbejdet i sagen er stoppet. Del ikke flere oplysninger med de andre fagområder."]
        if recipient.staff in _team(day, on):
            lines.append("Hjælpen i dit eget fagområde er ikke berørt.")
        if recipient.staff == coordinator:
            lines.append("Samtykket er trukket tilbage. Sidste datatræk og udgifterne skal stadig hentes.")
        if recipient.staff == owner:
            lines.append("Luk teamets adgang til sagen.")
        yield tell(
            day,
            _NAME,
            recipient,
            key=_NAME,
            tells=(course,),
            on=on,
            helps_for=STOP_HELPS_FOR,
            subject="samarbejdet er stoppet",
            lines=lines,
            opens_case=recipient.staff in {coordinator, owner},
        )


def wanted_stop_counts(day: FamilyDay) -> Iterator[WantedReminder]:
    """To the steering group, less those who know already: a number, and nothing that says which course it was."""
    stopped = _stopped_on(day)
    if stopped is None:
        return
    on, course = stopped
    knowing = {normalise_address(item.email) for item in recipients(day, *_told_to_stop(day, on))}
    for recipient in recipients(day, *day.config.steering_group):
        if normalise_address(recipient.email) in knowing:
            continue
        mail = tell(
            day,
            _COUNT,
            recipient,
            key=_COUNT,
            tells=(course,),
            on=on,
            subject="et forløb er stoppet",
            lines=("Antal forløb, der er stoppet: 1.",),
            opens_case=False,
            reply_to=mail_of(day.config).from_,
        )
        yield replace(mail, case_number="")


def _stopped_on(day: FamilyDay) -> tuple[date, str] | None:
    """The day on which nobody with custody was left, and what tells this course from a later one; None if old.

    That is the day of its last yes: one that is put right after the end is told again, which does no harm, and a stop
    that looks like an earlier one would not be told.
    """
    if day.state is not State.SAMTYKKE_TRUKKET:
        return None
    holders, last = holders_of_custody(day.family), stopped_on(day)
    begun = [line.given for line in day.family.consents if line.member in holders and line.given is not None]
    if last is None or not begun or not is_news(day.today, last, helps_for=STOP_HELPS_FOR):
        return None
    return last, f"forloeb-{max(begun).isoformat()}"


def _team(day: FamilyDay, on: date) -> tuple[StaffId, ...]:
    """The team of the last day, of every area that was ever in a consent: the others never heard of the family."""
    ever = {area for line in day.family.consents if line.given is not None for area in line.areas}
    staff = day.config.staff
    return tuple(
        line.staff for line in day.family.team_on(on) if line.staff in staff and staff[line.staff].area in ever
    )


def _told_to_stop(day: FamilyDay, on: date) -> tuple[StaffId, ...]:
    return (*_team(day, on), day.config.project_coordinator, access_owner(day))


STOPPED: Final = define_news(
    _NAME, "beskeden om at stoppe", wanted_stops, lambda switches: switches.stopped, **STOPS_SHARING
)
STOPPED_COUNT: Final = define_news(
    _COUNT,
    "antallet til styregruppen",
    wanted_stop_counts,
    lambda switches: switches.stopped_count,
    stopped_by_faults=False,
)
