"""What was counted and measured in a course, on its page: for the tovholder, as far as her own area may see it.

Like the plan beside it, it is made anew each day: where a consent has run out it shows no more of others than one that
still runs covers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.measured.drawn import small_charts, worth_drawing
from hopdocs.documents.measured.money import cost_chart, draw_lines, service_chart, trend_lines
from hopdocs.documents.measured.outcomes import series_lines
from hopdocs.documents.measured.seen import figures_for
from hopdocs.documents.measured.work import area_names, missing_lines
from hopdocs.domain.consent import Gate
from hopdocs.figures.costs import cost_table, say_rule
from hopdocs.figures.gathering import gather_figures
from hopdocs.figures.indicators import list_series
from hopdocs.figures.services import service_table

if TYPE_CHECKING:
    from hopdocs.documents.views.chart import Chart
    from hopdocs.documents.views.measured import DrawLine, OutcomeLine, TrendLine
    from hopdocs.domain.family_day import FamilyDay

_MOST_DRAWN: Final = 12
"""More curves than that nobody compares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredView:
    """The course's figures: all as tables, and drawn where there is a way to show."""

    outcomes: tuple[OutcomeLine, ...]
    charts: tuple[Chart, ...]
    draws: tuple[DrawLine, ...]
    """Empty where nothing was counted."""
    trends: tuple[TrendLine, ...]
    cost_rule: str
    missing: tuple[str, ...]
    is_whole: bool
    """Whether nothing is withheld from this page."""


def measured_view(day: FamilyDay) -> MeasuredView | None:
    """The figures for the page; None where there are none, or nobody may see any."""
    audience = Audience(day).without_lapsed()
    area = audience.area_of(day.contact.staff)
    if day.gate is Gate.CLOSED or area is None:
        return None
    seen = figures_for(audience, AreaReader(area), gather_figures(day))
    course, names, areas = (
        seen.figures,
        {str(key): name for key, name in audience.short_names.items()},
        area_names(audience),
    )
    series = list_series(course, audience.config.catalogue)
    services, costs = service_table(course), cost_table(course)
    if not (series or services.made or costs.months):
        return None
    rule = audience.config.reports
    charts = (
        small_charts(worth_drawing(series, _MOST_DRAWN), names, "Tal over tid"),
        service_chart(services, areas),
        cost_chart(costs, areas, costs.verdict(rule), ()),
    )
    return MeasuredView(
        outcomes=series_lines(series, names),
        charts=tuple(chart for chart in charts if chart is not None),
        draws=draw_lines(services, areas) if services.made else (),
        trends=trend_lines(costs, rule, areas),
        cost_rule=say_rule(rule),
        missing=missing_lines(audience, seen, names),
        is_whole=seen.is_whole,
    )
