"""The people in one copy of the plan: the family, the professionals around it, the network, the children's pages."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hopdocs.danish import decimal, join, phone_on_one_line, time_range
from hopdocs.documents.at_work import may_know_at_table, may_see_area_at_work
from hopdocs.documents.audience import Concern, MemberReader
from hopdocs.documents.letterhead import person_name
from hopdocs.documents.meeting_facts import child_concern
from hopdocs.documents.plan_goals import is_over
from hopdocs.documents.views import (
    ChildPage,
    FamilyMemberView,
    NetworkLine,
    SharingLine,
    TeamLine,
    WeekLine,
)
from hopdocs.domain.ages import SIGNING_AGE
from hopdocs.domain.consent import last_day
from hopdocs.domain.meetings import children_of
from hopdocs.domain.tovholder import tovholder_of
from hopdocs.model.meeting import MeetingStatus
from hopdocs.model.people import Circle, Role
from hopdocs.model.scalars.moments import WEEKDAYS

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.plan_goals import GoalPart
    from hopdocs.model.plan import Activity
    from hopdocs.model.scalars.values import MemberKey

ROLE_WORDS = {Role.PARENT: "forælder", Role.PARTNER: "partner", Role.CHILD: "barn", Role.OTHER: "anden"}
CIRCLE_WORDS = {Circle.CLOSE: "meget tæt", Circle.NEAR: "tæt", Circle.FAR: "lidt længere væk"}


def member_views(audience: Audience) -> tuple[FamilyMemberView, ...]:
    """Everybody in the family, by name; no birthdays and no addresses."""
    family = audience.family
    return tuple(
        FamilyMemberView(
            name=audience.full_names[key],
            first_name=audience.short_names[key],
            role=ROLE_WORDS[person.role],
            lives_with=tuple(audience.short_names[home] for home in person.lives_with if home in family.members)
            if len(person.lives_with) > 1
            else (),
            language="" if person.language.casefold() == "dansk" else person.language,
        )
        for key, person in family.members.items()
    )


def team_lines(audience: Audience, reader: Reader) -> tuple[TeamLine, ...]:
    """The team of the day, as far as this reader may know who works with whom.

    The tovholder is everybody's: who may not know where she works reads her name alone, as in the box on the front
    page.
    """
    family, config = audience.family, audience.config
    tovholder = tovholder_of(family, audience.today)
    lines = []
    for line in family.team_on(audience.today):
        person = config.staff.get(line.staff)
        if person is None:
            continue
        may_see = may_know_at_table if line.staff == tovholder else may_see_area_at_work
        is_open = may_see(audience, person.area, line.for_, (reader,))
        if not is_open and line.staff != tovholder:
            continue
        area = config.areas[person.area].name if person.area in config.areas else person.area
        knows_whom = audience.may_see(reader, Concern(line.for_, person.area))
        lines.append(
            TeamLine(
                name=person.name,
                title=person.title if is_open else "tovholder",
                area=area if is_open else "",
                function=("myndighed" if person.authority else "udfører") if is_open else "",
                for_=tuple(audience.short_names[member] for member in line.for_) if knows_whom else (),
                phone=phone_on_one_line(person.phone),
                email=person.email,
                is_tovholder=line.staff == tovholder,
            )
        )
    return tuple(lines)


def network_lines(audience: Audience, reader: Reader) -> tuple[NetworkLine, ...]:
    """Kin, friends and clubs, the nearest first."""
    rings = list(Circle)
    seen = [line for line in audience.family.network if audience.may_see(reader, Concern(line.for_))]
    return tuple(
        NetworkLine(
            name=line.name,
            relation=line.relation or "",
            circle=CIRCLE_WORDS[line.circle],
            helps_with=line.helps_with or "",
        )
        for line in sorted(seen, key=lambda line: rings.index(line.circle))
    )


def child_pages(audience: Audience, reader: Reader, parts: tuple[GoalPart, ...], day: date) -> tuple[ChildPage, ...]:
    """A page for each child that has something on it: parents with custody see all, a youth her own.

    What has ended before `day` is left out; what is still to begin is not.
    """
    pages = []
    for key, person in audience.family.members.items():
        if not person.is_child or not may_read_page(audience, reader, key):
            continue
        mine = [part for part in parts if key in part.goal.for_ and part.goal.ended is None and not part.is_withheld]
        page = ChildPage(
            name=audience.full_names[key],
            first_name=audience.short_names[key],
            view=latest_view(audience, reader, key),
            words=tuple(part.goal.words for part in mine if part.goal.words and part.goal.for_ == (key,)),
            goals=tuple(part.goal.goal for part in mine),
            activities=tuple(
                f"{activity.what} ({person_name(audience.family, audience.config, activity.responsible)})"
                for part in parts
                for activity in part.activities
                if key in activity.for_ and not is_over(activity, day)
            ),
        )
        if page.view or page.words or page.goals or page.activities:
            pages.append(page)
    return tuple(pages)


def may_read_page(audience: Audience, reader: Reader, child: MemberKey) -> bool:
    """Whether a reader may read what is a child's own: the child, who has custody of it, an area that may share."""
    if isinstance(reader, MemberReader):
        return reader.member == child or audience.has_custody_of(reader.member, child)
    return audience.may_see(reader, Concern((child,)))


def latest_view(audience: Audience, reader: Reader, child: MemberKey) -> str:
    """What the child said for the latest meeting that has it; hidden if it is another area's health knowledge."""
    meetings = sorted(audience.family.meetings, key=lambda meeting: (meeting.date, meeting.start), reverse=True)
    for meeting in meetings:
        if meeting.status is MeetingStatus.CANCELLED or not meeting.type.is_for_family:
            continue
        entry = children_of(audience.family, meeting).get(child)
        if entry is None or not entry.view:
            continue
        return entry.view if audience.may_see(reader, child_concern(audience, child, entry)) else ""
    return ""


def week_lines(audience: Audience, parts: tuple[GoalPart, ...], day: date) -> tuple[WeekLine, ...]:
    """Hours a week for each person, of what this copy shows and what runs on `day`."""
    lines = []
    for key in audience.family.members:
        running = [
            (activity, activity.hours_per_week)
            for part in parts
            for activity in part.activities
            if key in activity.for_ and activity.hours_per_week and _runs_on(activity, day)
        ]
        if running:
            lines.append(
                WeekLine(
                    name=audience.short_names[key],
                    hours=sum((hours for _, hours in running), Decimal(0)),
                    activities=tuple(
                        f"{activity.what} ({_when_words(activity, hours)})" for activity, hours in running
                    ),
                )
            )
    return tuple(lines)


def _when_words(activity: Activity, hours: Decimal) -> str:
    """`6 timer: tirsdag kl. 9.00-12.00`, as far as the times are known."""
    times = join(f"{WEEKDAYS[item.weekday]} {time_range(item.start, item.end)}" for item in activity.times)
    return f"{_hours_words(hours)}: {times}" if times else _hours_words(hours)


def _hours_words(hours: Decimal) -> str:
    return f"{decimal(hours)} {'time' if hours == 1 else 'timer'}"


def _runs_on(activity: Activity, day: date) -> bool:
    return activity.start <= day and not is_over(activity, day)


def sharing_lines(audience: Audience, reader: Reader) -> tuple[SharingLine, ...]:
    """Who has agreed to share what: to a family member the own and the own children's, to an area those it serves."""
    lines = []
    for key, person in audience.family.members.items():
        shared = audience.sharing[key].areas
        if isinstance(reader, MemberReader):
            is_shown = key == reader.member or (
                audience.has_custody_of(reader.member, key) and audience.is_under(key, SIGNING_AGE)
            )
        else:
            is_shown = reader.area in shared
        if is_shown:
            names = tuple(area.name for code, area in audience.config.areas.items() if code in shared)
            until = _last_day_of(audience, key) if shared else None
            is_as_parents = until is None and person.is_child and audience.is_under(key, SIGNING_AGE)
            lines.append(
                SharingLine(name=audience.full_names[key], areas=names, until=until, is_as_parents=is_as_parents)
            )
    return tuple(lines)


def _last_day_of(audience: Audience, member: MemberKey) -> date | None:
    """The last day of somebody's newest own consent."""
    given = [line for line in audience.family.consents if line.member == member and line.given is not None]
    return max((day for line in given if (day := last_day(line)) is not None), default=None)
