"""The familieplan: the same plan for all, one copy a reader, as much of it as she may see.

The one kind of paper that looks at the day: the next meeting, the tovholder and the team are those of today, so a
plan is made anew when a meeting has been held, and not while nothing happens. Once somebody holds an edition, only an
edit makes another.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from hopdocs.documents.audience import Audience, MemberReader, Reader
from hopdocs.documents.family_picture.strengths import agreed_when_hard, strength_lines
from hopdocs.documents.kinds.kind import DocumentKind, Paper, PlanReader
from hopdocs.documents.law import plan_basis
from hopdocs.documents.letterhead import document_info, municipality_box, reader_recipient, tovholder_box
from hopdocs.documents.meeting_facts import meeting_view
from hopdocs.documents.plan_goals import goal_view, goals_by_theme, status_line, visible_parts
from hopdocs.documents.plan_people import (
    child_pages,
    member_views,
    network_lines,
    sharing_lines,
    team_lines,
    week_lines,
)
from hopdocs.documents.sector_plans import continuing_plans, sector_plan_lines
from hopdocs.documents.table_points import own_points
from hopdocs.documents.told_reasons import reason_for
from hopdocs.documents.views import (
    ChangesView,
    ChildPage,
    ClosingView,
    Context,
    FamilyMemberView,
    GoalView,
    MeetingView,
    NetworkLine,
    OwnPoint,
    SectorPlanLine,
    SharingLine,
    StatusLine,
    StrengthLine,
    TeamLine,
    WeekLine,
)
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.family import Family
from hopdocs.model.meeting import FAMILY_MEETINGS, Meeting, MeetingStatus, MeetingType
from hopdocs.model.plan import Plan

_NAME: Final = "familieplan"


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilieplanContext(Context):
    """One copy of the plan."""

    family_name: str
    start_date: date
    """When the course began."""
    next_meeting: MeetingView | None
    """The family's next meeting; None when none is planned."""
    shared_goal: str
    """May be empty, as long as the plan is a draft."""
    members: tuple[FamilyMemberView, ...]
    team: tuple[TeamLine, ...]
    network: tuple[NetworkLine, ...]
    goals: tuple[GoalView, ...]
    """Those that stand, under headings in the order in which the family has put the first goal of each."""
    ended_goals: tuple[GoalView, ...]
    """Those put aside."""
    children: tuple[ChildPage, ...]
    """Only children the reader may read about, and only those with something on their page."""
    week: tuple[WeekLine, ...]
    week_day: date
    """The day `week` counts for: the next meeting's, else the last one's, else the start."""
    follow_up_weeks: int
    follow_up_reason: str
    """Why the family's rhythm is its own, as a kind of reason that tells of nobody; often empty."""
    history: tuple[StatusLine, ...]
    """All readings of the goals in this copy, newest first; none while the goals themselves say all of them."""
    sector_plans: tuple[SectorPlanLine, ...]
    sharing: tuple[SharingLine, ...]
    """A family member's copy: the own consent and the own children's; an area's: everybody it may know of."""
    legal_basis: tuple[str, ...]
    """For the closing box; may be empty."""
    closing: ClosingView | None
    """None as long as the course runs."""
    own_points: tuple[OwnPoint, ...] = ()
    """In an area's copy: points of meetings to come that it may see and that are on no agenda. Else empty."""
    strengths: tuple[StrengthLine, ...] = ()
    """What goes well; first in the plan."""
    when_hard: tuple[str, ...] = ()
    """What the family has agreed to do when it gets hard; whom to call stands there anyway."""
    changes: ChangesView | None = None
    """What is new since this reader last got the plan; None if nobody knows what it said then."""


def _papers(asking: PlanReader) -> Iterator[Paper]:
    audience, reader = asking.audience, asking.reader
    if not _has_plan(audience.family):
        return
    yield Paper(
        context=replace(_fill(audience, reader), changes=asking.news.since_last(reader)),
        recipient=asking.recipient,
        final=audience.family.last_day_of_course(audience.today) is not None,
        facts=asking.news.facts(reader),
    )


def _has_plan(family: Family) -> bool:
    """Whether there is a plan to copy; a family that has not met about one yet gets a draft to write in."""
    return family.plan is not None or any(
        meeting.type is MeetingType.FAMILIEPLANSMØDE and meeting.status is not MeetingStatus.CANCELLED
        for meeting in family.meetings
    )


def _fill(audience: Audience, reader: Reader) -> FamilieplanContext:
    """One reader's copy."""
    audience = audience if isinstance(reader, MemberReader) else audience.without_birthdays()
    family, config = audience.family, audience.config
    plan = family.plan or Plan()
    parts = visible_parts(audience, plan, reader)
    standing = [part for part in parts if part.goal.ended is None]
    ended = [part for part in parts if part.goal.ended is not None]
    upcoming = _next_meeting(audience)
    last = _last_meeting_day(audience)
    ended_on = family.last_day_of_course(audience.today)
    week_day = ended_on + timedelta(days=1) if ended_on else upcoming.date if upcoming is not None else last
    rhythm = family.follow_up
    until = upcoming.date if upcoming is not None else last + timedelta(days=config.deadlines.follow_up_target)
    has_history = any(part.readings for part in ended) or any(len(part.readings) > 1 for part in standing)
    read = ((line, part.goal) for part in parts for line in part.readings) if has_history else ()
    history = sorted(read, key=lambda pair: pair[0].date)
    return FamilieplanContext(
        document=document_info(_NAME, _title(audience), draft=_is_draft(audience)),
        municipality=municipality_box(config),
        case_number=family.case_number or "",
        recipient=reader_recipient(audience, reader),
        tovholder=tovholder_box(audience, audience.today, (reader,), last, until),
        family_name=family.name,
        start_date=family.start_date,
        next_meeting=meeting_view(audience, upcoming, reader) if upcoming is not None else None,
        shared_goal=plan.shared_goal or "",
        members=member_views(audience),
        team=team_lines(audience, reader),
        network=network_lines(audience, reader),
        goals=goals_by_theme(audience, reader, standing, week_day),
        ended_goals=tuple(
            goal_view(audience, reader, part, number, week_day)
            for number, part in enumerate(ended, start=len(standing) + 1)
        ),
        children=child_pages(audience, reader, parts, week_day),
        week=week_lines(audience, parts, week_day) if ended_on is None else (),
        week_day=week_day,
        follow_up_weeks=rhythm.every_weeks if rhythm is not None else config.deadlines.follow_up_target // 7,
        follow_up_reason=reason_for(audience, reader, rhythm, None) if rhythm is not None else "",
        history=tuple(status_line(goal, line) for line, goal in reversed(history)),
        sector_plans=sector_plan_lines(audience, reader),
        sharing=sharing_lines(audience, reader),
        legal_basis=plan_basis(config, audience.today),
        closing=_closing_view(audience, reader, ended_on) if ended_on is not None else None,
        own_points=own_points(audience, reader),
        strengths=strength_lines(audience, reader, plan),
        when_hard=agreed_when_hard(audience, reader, plan),
    )


def _closing_view(audience: Audience, reader: Reader, day: date) -> ClosingView:
    """What the last copy says instead of the next meeting."""
    family = audience.family
    if family.closing is None or family.closing.date != day:
        return ClosingView(date=day, reason="", continues=())
    return ClosingView(
        date=day,
        reason=reason_for(audience, reader, family.closing, day),
        continues=continuing_plans(audience, reader),
    )


def _is_draft(audience: Audience) -> bool:
    """Whether the plan still waits for the meeting where family and team agree on it."""
    return not audience.day.held(MeetingType.FAMILIEPLANSMØDE)


def _title(audience: Audience) -> str:
    """The heading; it names nobody."""
    return "Udkast til familieplan" if _is_draft(audience) else "Familieplan"


def _next_meeting(audience: Audience) -> Meeting | None:
    """The family's next meeting about the plan."""
    return next(iter(audience.day.planned(*FAMILY_MEETINGS)), None)


def _last_meeting_day(audience: Audience) -> date:
    held = audience.day.held(*FAMILY_MEETINGS)
    return held[-1].date if held else audience.family.start_date


def _is_called_for(day: FamilyDay, _meeting: str, _recipient: str) -> bool:
    """Once the meeting was held where family and team agree on it, until the course ends: what is past is kept."""
    return bool(day.held(MeetingType.FAMILIEPLANSMØDE)) and day.family.last_day_of_course(day.today) is None


FAMILIEPLAN: Final = DocumentKind(
    name=_NAME,
    title="Familieplan",
    template="familieplan",
    context=FamilieplanContext,
    needs_consent=True,
    for_plan_reader=_papers,
    is_called_for=_is_called_for,
    is_settled_by=("samlet-familieplan",),
    follows_day=frozenset({"document", "next_meeting", "own_points", "tovholder", "week", "week_day"}),
    is_copy_of_plan=True,
)
