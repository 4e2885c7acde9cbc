"""Builds one copy of the familieplan: the same plan, as much of it as its reader may see.

The one kind of paper that looks at the day: the next meeting, the tovholder and the team are those of today, so a
plan is made anew when a meeting has been held, and not while nothing happens.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.danish import capitalise
from hopdocs.documents.audience import Concern, MemberReader
from hopdocs.documents.law import law_reference, plan_basis
from hopdocs.documents.letterhead import (
    area_recipient,
    document_info,
    may_see_area_at_work,
    member_recipient,
    municipality_box,
    tovholder_box,
)
from hopdocs.documents.meeting_facts import meeting_view
from hopdocs.documents.plan_goals import goal_view, status_line, visible_parts
from hopdocs.documents.plan_people import (
    child_pages,
    member_views,
    network_lines,
    sharing_lines,
    team_lines,
    week_lines,
)
from hopdocs.documents.views import ClosingView, FamilieplanContext, SectorPlanLine
from hopdocs.model.meeting import MeetingType
from hopdocs.model.plan import Plan, PlanRelation, SectorPlan

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.values import AreaCode, MemberKey

FAMILY_MEETINGS = (MeetingType.FAMILIEPLANSMØDE, MeetingType.OPFØLGNINGSMØDE, MeetingType.AFSLUTNINGSMØDE)
"""The meetings that the plan lives by."""

PLAN_NAMES = {
    "barnets_plan": "Barnets plan",
    "ungeplan": "Ungeplan",
    "min_plan": "Min Plan",
    "voksen_handleplan": "Handleplan",
    "uddannelsesplan": "Uddannelsesplan",
    "integrationskontrakt": "Integrationskontrakt",
}
"""What the statutory plans are called; any other key of config's `law` is read as its words."""

RELATION_SENTENCES = {
    PlanRelation.ERSTATTES: "Familieplanen træder i stedet for denne plan.",
    PlanRelation.GENGIVES: "Det vigtigste fra denne plan står også i familieplanen. Planen gælder stadig selv.",
    PlanRelation.SÆRSKILT: "Denne plan ligger for sig selv ved siden af familieplanen.",
}


def familieplan(audience: Audience, reader: Reader) -> FamilieplanContext:
    """One reader's copy."""
    family, config = audience.family, audience.config
    plan = family.plan or Plan()
    parts = visible_parts(audience, plan, reader)
    standing = [part for part in parts if part.goal.ended is None]
    ended = [part for part in parts if part.goal.ended is not None]
    upcoming = next_meeting(audience)
    last = _last_meeting_day(audience)
    ended_on = last_day_of_course(family, audience.today)
    week_day = ended_on + timedelta(days=1) if ended_on else upcoming.date if upcoming is not None else last
    rhythm = family.follow_up
    until = upcoming.date if upcoming is not None else last + timedelta(days=config.deadlines.follow_up_target)
    history = sorted(((line, part.goal) for part in parts for line in part.readings), key=lambda pair: pair[0].date)
    return FamilieplanContext(
        document=document_info("familieplan", plan_title(audience), draft=is_draft(audience)),
        municipality=municipality_box(config),
        case_number=family.case_number or "",
        recipient=member_recipient(audience, reader.member)
        if isinstance(reader, MemberReader)
        else area_recipient(config, reader.area),
        tovholder=tovholder_box(audience, audience.today, (reader,), last, until),
        family_name=family.name,
        start_date=family.start_date,
        next_meeting=meeting_view(audience, upcoming, reader) if upcoming is not None else None,
        shared_goal=plan.shared_goal or "",
        members=member_views(audience),
        team=team_lines(audience, reader),
        network=network_lines(audience, reader),
        goals=tuple(goal_view(audience, part, number, week_day) for number, part in enumerate(standing, start=1)),
        ended_goals=tuple(
            goal_view(audience, part, number, week_day) for number, part in enumerate(ended, start=len(standing) + 1)
        ),
        children=child_pages(audience, reader, parts, week_day),
        week=week_lines(audience, parts, week_day) if ended_on is None else (),
        week_day=week_day,
        follow_up_weeks=rhythm.every_weeks if rhythm is not None else config.deadlines.follow_up_target // 7,
        follow_up_reason=rhythm.reason or "" if rhythm is not None else "",
        history=tuple(status_line(goal, line) for line, goal in reversed(history)),
        sector_plans=tuple(_sector_plan_line(audience, line) for _, line in visible_sector_plans(audience, reader)),
        sharing=sharing_lines(audience, reader),
        legal_basis=plan_basis(config, audience.today),
        closing=_closing_view(audience, reader, ended_on) if ended_on is not None else None,
    )


def last_day_of_course(family: Family, today: date) -> date | None:
    """The day the course ended, by its closing or because the family moved away; None while it runs."""
    days = (family.closing.date if family.closing is not None else None, family.moved_away)
    return min((day for day in days if day is not None and day <= today), default=None)


def _closing_view(audience: Audience, reader: Reader, day: date) -> ClosingView:
    """What the last copy says instead of the next meeting."""
    family, areas = audience.family, audience.config.areas
    if family.closing is None or family.closing.date != day:
        return ClosingView(date=day, reason="", continues=())
    everybody = tuple(family.members)
    return ClosingView(
        date=day,
        reason=family.closing.reason,
        continues=tuple(
            f"{capitalise(line.plan)} ({areas[line.area].name if line.area in areas else line.area})"
            for line in family.closing.continues
            if _may_know_of(audience, reader, line.area, everybody)
        ),
    )


def _may_know_of(audience: Audience, reader: Reader, area: AreaCode, members: tuple[MemberKey, ...]) -> bool:
    """Whether a plan of that area, which names nobody, may stand in this copy: not where it tells of a treatment."""
    if isinstance(reader, MemberReader):
        served = tuple(case_for for case in audience.family.cases if case.area == area for case_for in case.for_)
        return may_see_area_at_work(audience, area, served, (reader,))
    return any(audience.may_see(reader, Concern((member,), area)) for member in members)


def is_draft(audience: Audience) -> bool:
    """Whether the plan still waits for the meeting where family and team agree on it."""
    return not audience.day.held(MeetingType.FAMILIEPLANSMØDE)


def plan_title(audience: Audience) -> str:
    """The heading; it names nobody."""
    return "Udkast til familieplan" if is_draft(audience) else "Familieplan"


def next_meeting(audience: Audience) -> Meeting | None:
    """The family's next meeting about the plan."""
    return next(iter(audience.day.planned(*FAMILY_MEETINGS)), None)


def _last_meeting_day(audience: Audience) -> date:
    held = audience.day.held(*FAMILY_MEETINGS)
    return held[-1].date if held else audience.family.start_date


def visible_sector_plans(audience: Audience, reader: Reader) -> tuple[tuple[int, SectorPlan], ...]:
    """The statutory plans one reader may see, each with its place in the file's list."""
    plans = audience.family.plan.sector_plans if audience.family.plan is not None else ()
    return tuple(
        (index, line)
        for index, line in enumerate(plans)
        if audience.may_see(reader, Concern(line.for_, line.area, line.visible_to))
    )


def sector_plan_name(plan: SectorPlan) -> str:
    """What a statutory plan is called."""
    return PLAN_NAMES.get(plan.kind) or plan.kind.replace("_", " ").capitalize()


def _sector_plan_line(audience: Audience, plan: SectorPlan) -> SectorPlanLine:
    areas = audience.config.areas
    return SectorPlanLine(
        name=sector_plan_name(plan),
        area=areas[plan.area].name if plan.area in areas else plan.area,
        for_=tuple(audience.short_names[member] for member in plan.for_),
        source=plan.source or "",
        relation=plan.relation.value,
        relation_text=RELATION_SENTENCES[plan.relation],
        law=law_reference(audience.config, plan.kind, audience.today),
        is_attached=plan.file is not None,
    )
