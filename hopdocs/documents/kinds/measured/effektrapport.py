"""The effect report on one course: before and after, services, money, and how the work went (samarbejdsaftale 2023).

It is for those who run the course, and shows each of them what her area may see of it; the coordinator has one too. It
says what it does not rest on as plainly as the rest. What the family gets is its own sheet (`fremgang`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.kinds.measured.fremgang import STATES_WITH_A_WAY
from hopdocs.documents.letterhead import area_recipient, coordinator_box, document_info, municipality_box
from hopdocs.documents.measured.drawn import bars_before_and_after, small_charts, worth_drawing
from hopdocs.documents.measured.money import (
    cost_chart,
    draw_lines,
    month_lines,
    say_services,
    say_trend,
    service_chart,
    trend_lines,
)
from hopdocs.documents.measured.outcomes import criterion_lines, drawn_first, group_lines, say_verdicts
from hopdocs.documents.measured.seen import SeenFigures, figures_for
from hopdocs.documents.measured.work import area_names, child_parts, fact_lines, missing_lines, waited_lines
from hopdocs.documents.views import Context
from hopdocs.documents.views.chart import BarChart, LineChart, SmallMultiples
from hopdocs.documents.views.measured import (
    ChildPart,
    DrawLine,
    FactLine,
    MonthLine,
    OutcomeLine,
    TrendLine,
    WaitedLine,
)
from hopdocs.figures.conduct import say_rhythm_rule
from hopdocs.figures.costs import CostTable, cost_table, say_rule
from hopdocs.figures.gathering import gather_figures
from hopdocs.figures.groups import ADULTS, CHILDREN, COUNTED, EXPERIENCED
from hopdocs.figures.indicators import RULE, Series, list_series
from hopdocs.figures.services import service_table
from hopdocs.model.meeting import MeetingType
from hopdocs.model.scalars.values import AreaCode

_NAME: Final = "effektrapport"
_TITLE: Final = "Effektrapport"
_MOST_DRAWN: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class EffektrapportContext(Context):
    """One area's copy. `tovholder` is the projektkoordinator, whom one can ask."""

    family_name: str
    tovholder_name: str
    started: date
    ended: date | None
    """The last day; None while the course runs."""
    is_whole: bool
    """Whether this area may see all that was counted and measured."""
    adults: int
    children: int
    interviews: tuple[date, ...]
    """The first interview, and the last once there is one."""
    summary: tuple[str, ...]
    """The main points as sentences."""
    outcome_rule: str
    """How before is held against after."""
    experienced: tuple[OutcomeLine, ...]
    """The criteria 1-6."""
    experienced_chart: BarChart | None
    counted: tuple[OutcomeLine, ...]
    """The criteria 7a-7f."""
    counted_charts: SmallMultiples | None
    draws: tuple[DrawLine, ...]
    draws_chart: BarChart | None
    months: tuple[MonthLine, ...]
    trends: tuple[TrendLine, ...]
    """All areas together first; empty without any expenses."""
    cost_rule: str
    cost_chart: LineChart | None
    child_groups: tuple[OutcomeLine, ...]
    adult_groups: tuple[OutcomeLine, ...]
    facts: tuple[FactLine, ...]
    rhythm_rule: str
    child_parts: tuple[ChildPart, ...]
    waits: tuple[WaitedLine, ...]
    missing: tuple[str, ...]


def _papers(audience: Audience, _dates: object) -> Iterator[Paper]:
    """One for the tovholder's area and one for the coordinator's, once something was counted or measured."""
    if audience.day.state not in STATES_WITH_A_WAY:
        return
    staff = (audience.day.contact.staff, audience.config.project_coordinator)
    areas = dict.fromkeys(area for area in map(audience.area_of, staff) if area is not None)
    whole = gather_figures(audience.day)
    is_final = audience.family.last_day_of_course(audience.today) is not None
    for area in areas:
        seen = figures_for(audience, AreaReader(area), whole)
        if seen.figures.measured or seen.figures.costs or any(draw.counts for draw in seen.figures.draws):
            context = _fill(audience.without_birthdays(), area, seen)
            yield Paper(context=context, recipient=area, final=is_final)


def _fill(audience: Audience, area: AreaCode, seen: SeenFigures) -> EffektrapportContext:
    family, config, course = audience.family, audience.config, seen.figures
    names = {str(key): name for key, name in audience.short_names.items()}
    areas = area_names(audience)
    series, services, costs = list_series(course, config.catalogue), service_table(course), cost_table(course)
    missing = missing_lines(audience, seen, names)
    until = min(audience.today, course.end or audience.today)
    counted = worth_drawing(drawn_first(series, COUNTED), _MOST_DRAWN)
    return EffektrapportContext(
        document=document_info(_NAME, _TITLE),
        municipality=municipality_box(config),
        case_number=family.case_number or "",
        recipient=area_recipient(config, area),
        tovholder=replace(coordinator_box(config, family.start_date, family.start_date), absences=()),
        family_name=family.name,
        tovholder_name=config.staff[audience.day.contact.staff].name,
        started=course.start,
        ended=course.end,
        is_whole=seen.is_whole,
        adults=sum(not member.is_child for member in course.members),
        children=sum(member.is_child for member in course.members),
        interviews=tuple(day for day in (course.baseline, course.final) if day is not None and day <= audience.today),
        summary=_summary(audience, series, say_services(services), costs),
        outcome_rule=RULE,
        experienced=criterion_lines(course, series, EXPERIENCED, names),
        experienced_chart=bars_before_and_after(tuple(drawn_first(series, EXPERIENCED))),
        counted=criterion_lines(course, series, COUNTED, names),
        counted_charts=small_charts(counted, names),
        draws=draw_lines(services, areas),
        draws_chart=service_chart(services, areas),
        months=month_lines(costs),
        trends=trend_lines(costs, config.reports, areas),
        cost_rule=say_rule(config.reports),
        cost_chart=cost_chart(costs, areas, costs.verdict(config.reports), _plan_days(audience)),
        child_groups=group_lines(series, CHILDREN, names),
        adult_groups=group_lines(series, ADULTS, names),
        facts=fact_lines(course, until, areas),
        rhythm_rule=say_rhythm_rule(course.follow_up_days),
        child_parts=child_parts(course, until, names),
        waits=waited_lines(audience, course),
        missing=missing,
    )


def _summary(audience: Audience, series: tuple[Series, ...], services: str, costs: CostTable) -> tuple[str, ...]:
    trend = say_trend(costs.verdict(audience.config.reports)) if costs.months else ""
    return tuple(filter(None, (say_verdicts(series), services, trend)))


def _plan_days(audience: Audience) -> tuple[tuple[date, str], ...]:
    """The day on which the plan was made, for whoever looks at what came before and after it."""
    held = audience.day.held(MeetingType.FAMILIEPLANSMØDE)
    return ((held[0].date, "plan"),) if held else ()


EFFEKTRAPPORT: Final = DocumentKind(
    name=_NAME,
    title=_TITLE,
    template=_NAME,
    context=EffektrapportContext,
    needs_consent=True,
    for_tovholder=_papers,
    stays_with_staff=True,
)
