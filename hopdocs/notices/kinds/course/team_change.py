"""Who has come to the team and who leaves it: told to herself, the tovholder, and whoever opens and closes the case.

All that changes on one day is one mail a recipient. Whoever is asked to the introduktionsmøde learns of the team from
that invitation, and gets no mail beside it; a tovholder is not told whom she begins with.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.danish import join, say_day
from hopdocs.documents.at_work import may_know_at_table
from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.domain.consent import Gate
from hopdocs.domain.team import is_area_open
from hopdocs.domain.tovholder import tovholder_of
from hopdocs.model.meeting import MeetingStatus, MeetingType
from hopdocs.notices.kinds.course.news import HELPS_FOR, access_owner, define_news, is_news, name_news, recipients, tell
from hopdocs.notices.kinds.course.openings import opened_lately
from hopdocs.notices.organizer import contact_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.people import TeamMember
    from hopdocs.model.scalars.values import StaffId
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "teamaendring"
_ONE_DAY: Final = timedelta(days=1)
AHEAD: Final = timedelta(days=14)
"""Who joins or leaves on a day that is written down early is told so long before."""


@dataclass(slots=True)
class _Change:
    """Who comes from a day on, who is there no more from then, and the day from which that is news."""

    on: date
    news_on: date
    joining: list[TeamMember] = field(default_factory=list)
    leaving: list[TeamMember] = field(default_factory=list)


def wanted_team_news(day: FamilyDay) -> Iterator[WantedReminder]:
    """The mails about each day on which the team changes, if the team may work together today."""
    if day.gate is not Gate.OPEN or not day.is_running:
        return
    changes = _changes(day)
    audience = Audience(day) if changes else None
    for change in changes:
        if audience is not None:
            yield from _tell_of(day, audience, change)


def _changes(day: FamilyDay) -> list[_Change]:
    """The days with a change that is news. Who only has two lines in a row neither comes nor goes."""
    family = day.family
    lately = [line for line in family.team if _is_near(day, line.from_) or _leaves_lately(day, line)]
    opened = opened_lately(day, HELPS_FOR)
    if opened is not None:
        lately = list(family.team)
    found: dict[date, _Change] = {}
    for line in lately:
        if not _is_let(day, line):
            continue
        first = max(line.from_, opened or line.from_)
        if _is_near(day, first) and not _is_on(day, line.staff, line.from_ - _ONE_DAY) and not _has_left(day, line):
            found.setdefault(line.from_, _Change(line.from_, first)).joining.append(line)
        if line.to is not None and _leaves_lately(day, line) and _leaves(day, line):
            without = line.to + _ONE_DAY
            found.setdefault(without, _Change(without, without)).leaving.append(line)
    return [found[on] for on in sorted(found)]


def _is_near(day: FamilyDay, on: date) -> bool:
    return is_news(day.today, on, ahead=AHEAD + _ONE_DAY)


def _leaves_lately(day: FamilyDay, line: TeamMember) -> bool:
    return line.to is not None and _is_near(day, line.to + _ONE_DAY)


def _is_on(day: FamilyDay, staff: StaffId, on: date) -> bool:
    return any(line.staff == staff for line in day.family.team_on(on))


def _has_left(day: FamilyDay, line: TeamMember) -> bool:
    return line.to is not None and line.to < day.today


def _leaves(day: FamilyDay, line: TeamMember) -> bool:
    """Whether her last day is not the course's own: then all leave, and hear of that."""
    closing = day.family.closing
    is_end = closing is not None and line.to is not None and line.to >= closing.date
    return not is_end and line.to is not None and not _is_on(day, line.staff, line.to + _ONE_DAY)


def _is_let(day: FamilyDay, line: TeamMember) -> bool:
    """Whether her area may work with the family: one that may not is not written to, or hears why (`area_stopped`)."""
    person = day.config.staff.get(line.staff)
    return person is not None and is_area_open(day.consents, person.area, line.staff, line.from_)


def _tell_of(day: FamilyDay, audience: Audience, change: _Change) -> Iterator[WantedReminder]:
    tovholder = tovholder_of(day.family, change.on)
    coming = [line for line in change.joining if not _is_asked_to_the_introduction(day, line.staff, change)]
    leaving = {line.staff for line in change.leaving}
    owner = access_owner(day)
    told = [line.staff for line in (*coming, *change.leaving)]
    for recipient in recipients(day, *told, tovholder, owner):
        lines, tells = list[str](), set[str]()
        if any(line.staff == recipient.staff for line in coming):
            lines += [f"Du er med i familieteamet fra {say_day(change.on)}. Samtykket er på plads."]
            tells |= _names(day, "ind", [line for line in coming if line.staff == recipient.staff])
        if recipient.staff in leaving:
            last = say_day(change.on - _ONE_DAY)
            lines += [f"Du går ud af familieteamet efter {last}. Så lukkes din adgang til sagen."]
            lines += ["Giv det, du er i gang med, videre til tovholderen."]
            tells |= _names(day, "ud", [line for line in change.leaving if line.staff == recipient.staff])
        is_tovholder, is_owner = recipient.staff == tovholder, recipient.staff == owner
        if is_tovholder or is_owner:
            joining, left = list(change.joining), [line for line in change.leaving if line.staff != recipient.staff]
            if not is_owner:
                joining = [line for line in joining if _is_new_to(tovholder, day, audience, line)]
                left = [line for line in left if _is_new_to(tovholder, day, audience, line)]
            lines += filter(None, [" ".join(_say_changes(day, change.on, joining, left, opens_case=is_owner))])
            tells |= _names(day, "ind", joining) | _names(day, "ud", left)
        if lines:
            yield tell(
                day,
                _NAME,
                recipient,
                key=f"{_NAME}-{change.on.isoformat()}",
                tells=tuple(sorted(tells)),
                on=change.news_on - AHEAD,
                helps_for=AHEAD + HELPS_FOR,
                subject="familieteamet er ændret",
                lines=lines,
                rows=(("Kontakt", contact_line(day)),) if recipient.staff in told else (),
            )


def _say_changes(
    day: FamilyDay, on: date, joining: list[TeamMember], leaving: list[TeamMember], *, opens_case: bool
) -> Iterator[str]:
    come, go = (join(day.config.staff[line.staff].name for line in lines) for lines in (joining, leaving))
    if come:
        first = "Giv adgang til sagen" if opens_case else "Nye i teamet"
        yield f"{first} fra {say_day(on)}: {come}."
    if go:
        first = "Luk adgangen til sagen" if opens_case else "Ude af teamet"
        yield f"{first} efter {say_day(on - _ONE_DAY)}: {go}."


def _names(day: FamilyDay, what: str, lines: list[TeamMember]) -> set[str]:
    return {name_news(day, what, line.staff) for line in lines}


def _is_new_to(tovholder: StaffId | None, day: FamilyDay, audience: Audience, line: TeamMember) -> bool:
    """Whether somebody came, or goes, after the tovholder began, and works where the tovholder's area may know of."""
    begun = min((period.from_ for period in day.family.tovholder if period.staff == tovholder), default=None)
    person = day.config.staff.get(tovholder) if tovholder is not None else None
    if begun is None or person is None or line.staff == tovholder or (line.to or line.from_) <= begun:
        return False
    return may_know_at_table(audience, day.config.staff[line.staff].area, line.for_, (AreaReader(person.area),))


def _is_asked_to_the_introduction(day: FamilyDay, staff: StaffId, change: _Change) -> bool:
    return any(
        meeting.type is MeetingType.INTRODUKTIONSMØDE
        and meeting.status is not MeetingStatus.CANCELLED
        and meeting.date >= change.news_on
        and staff in day.invited_staff(meeting)
        for meeting in day.family.meetings
    )


TEAM_CHANGE: Final = define_news(_NAME, "beskeden om teamet", wanted_team_news, lambda switches: switches.team_change)
