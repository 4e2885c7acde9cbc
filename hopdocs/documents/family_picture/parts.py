"""The parts of the assessment as they are printed, and what is under way already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.danish import decimal, join, period
from hopdocs.documents.at_work import may_see_area_at_work, served_by_area
from hopdocs.documents.audience import AreaReader
from hopdocs.documents.family_picture.assessment import visible_assessment
from hopdocs.documents.goals.clashes import do_the_same, find_clash
from hopdocs.documents.letterhead import person_name
from hopdocs.documents.plan_goals import is_over, may_see_activity
from hopdocs.documents.plan_people import latest_view, may_read_page
from hopdocs.documents.views.assessment import ChildView, PartStatus, PartView, UnderWay
from hopdocs.domain.team import writers_by_area
from hopdocs.domain.working_days import working_days_before

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.model.family import AssessmentPart
    from hopdocs.model.plan import Activity
    from hopdocs.model.scalars.values import AreaCode, StaffId


def part_views(audience: Audience, reader: Reader) -> tuple[PartView, ...]:
    """The parts that one reader may read, in the file's order."""
    config = audience.config
    return tuple(
        PartView(
            area=_area_name(audience, part.area),
            by=config.staff[part.by].name if _may_name(audience, reader, part.by) else "",
            title=config.staff[part.by].title if _may_name(audience, reader, part.by) else "",
            date=part.date,
            for_=tuple(audience.short_names[member] for member in part.for_),
            works=part.works or "",
            concerns=part.concerns or "",
            wishes=part.wishes or "",
            sources=part.sources or "",
            file=part.file or "",
            internal=(part.internal or "") if isinstance(reader, AreaReader) else "",
        )
        for part in visible_assessment(audience, reader)
    )


def part_statuses(audience: Audience, reader: Reader, formøde: date | None) -> tuple[PartStatus, ...]:
    """Where each area stands that this reader may know to be at work: those on the team, and whoever has written."""
    family, config = audience.family, audience.config
    written: dict[AreaCode, AssessmentPart] = {part.area: part for part in family.assessment}
    writers = writers_by_area(family, config, formøde or audience.today)
    shown = {part.area for part in visible_assessment(audience, reader)}
    statuses = []
    for area in config.areas:
        part, writer = written.get(area), writers.get(area)
        who = part.by if part is not None else writer
        served = served_by_area(audience, area)
        is_known = may_see_area_at_work(audience, area, served, (reader,))
        if who is None or not is_known or not _may_name(audience, reader, who):
            continue
        statuses.append(
            PartStatus(
                area=_area_name(audience, area),
                by=config.staff[who].name,
                written=part.date if part is not None else None,
                due=_due(audience, formøde) if part is None and formøde is not None else None,
                is_shown=area in shown,
            )
        )
    return tuple(statuses)


def _may_name(audience: Audience, reader: Reader, staff: StaffId) -> bool:
    """Whether a reader may know that somebody works, or has worked, with those whom she does in this family."""
    family = audience.family
    named = [line.for_ for line in family.team if line.staff == staff]
    named += [
        line.for_ for line in (family.plan.activities if family.plan is not None else ()) if line.responsible == staff
    ]
    served = tuple(dict.fromkeys(member for members in named for member in members))
    return staff in audience.config.staff and may_see_area_at_work(audience, audience.area_of(staff), served, (reader,))


def _due(audience: Audience, formøde: date) -> date:
    """The last reminder's day: who has written by then is never reminded twice."""
    reminders = audience.config.deadlines.assessment_reminders
    return working_days_before(formøde, min(reminders), audience.config) if reminders else formøde


def child_views(audience: Audience, reader: Reader) -> tuple[ChildView, ...]:
    """What the children have said, those whom the reader may read about."""
    return tuple(
        ChildView(first_name=audience.short_names[key], view=view)
        for key, person in audience.family.members.items()
        if person.is_child and may_read_page(audience, reader, key) and (view := latest_view(audience, reader, key))
    )


def under_way(audience: Audience, reader: Reader, day: date) -> tuple[UnderWay, ...]:
    """What is done already on a day and this reader may know of, with what falls together in it."""
    plan = audience.family.plan
    running = [
        activity
        for activity in (plan.activities if plan is not None else ())
        if activity.start <= day and not is_over(activity, day) and may_see_activity(audience, reader, activity)
    ]
    return tuple(
        UnderWay(
            what=activity.what,
            for_=tuple(audience.short_names[member] for member in activity.for_),
            area=_area_name(audience, activity.area),
            responsible=person_name(audience.family, audience.config, activity.responsible),
            period=period(activity.start, activity.last_day),
            hours=_hours(activity),
            marks=tuple(_marks(audience, activity, running)),
        )
        for activity in running
    )


def _hours(activity: Activity) -> str:
    hours = activity.hours_per_week
    return "" if not hours else f"{decimal(hours)} {'time' if hours == 1 else 'timer'} om ugen"


def _marks(audience: Audience, activity: Activity, running: list[Activity]) -> list[str]:
    others = [other for other in running if other is not activity]
    clashes = [
        f"Falder sammen med {other.what} for {audience.short_names[clash[0]]}: {clash[1]}."
        for other in others
        if (clash := find_clash(activity, other)) is not None
    ]
    same = dict.fromkeys(_area_name(audience, other.area) for other in others if do_the_same(activity, other))
    return [*clashes, *([f"Samme mål arbejder også {join(same)} med."] if same else [])]


def _area_name(audience: Audience, area: AreaCode) -> str:
    areas = audience.config.areas
    return areas[area].name if area in areas else area
