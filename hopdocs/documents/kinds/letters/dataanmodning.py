"""The request to an area's data officer to count the family's services: by case number, and for the own area alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hopdocs.documents.audience import Audience
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import (
    THINKING_TIME,
    area_recipient,
    coordinator_box,
    document_info,
    municipality_box,
)
from hopdocs.documents.views import Context
from hopdocs.domain.consent import Gate
from hopdocs.domain.course.stop import end_of_course
from hopdocs.domain.data_deliveries import data_draws_of
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.team import areas_on_team
from hopdocs.model.scalars.values import AreaCode

_NAME: Final = "dataanmodning"
_AHEAD: Final = timedelta(days=14)
"""How long before its day a count is asked for."""
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawLine:
    """One count that is asked for."""

    name: str
    """"6 måneder efter start"."""
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DataanmodningContext(Context):
    """The request to one area. `tovholder` is the projektkoordinator, who gets the numbers."""

    draws: tuple[DrawLine, ...]
    """Never empty."""
    officer: str
    """The data officer's mailbox."""


def _papers(audience: Audience) -> Iterator[Paper]:
    """One for each area that works with the family and has a data officer, while a count is missing."""
    day = audience.day
    may_ask = day.gate is Gate.OPEN or day.consents.is_withdrawn
    draws = _draws_to_make(day) if may_ask else ()
    for area in _areas(day) if draws else ():
        officer = audience.config.areas[area].data_officer
        if officer is not None:
            asked = max(line.due for line in draws) - _AHEAD
            yield Paper(context=_fill(audience, area, officer, draws), recipient=area, date=asked)


def _draws_to_make(day: FamilyDay) -> tuple[DrawLine, ...]:
    """The counts that are near or behind us and not made; once the course has ended, only those up to its end."""
    family, end = day.family, end_of_course(day)
    lines = [
        DrawLine(name=f"{draw.months} måneder efter start" if draw.months else "Ved start", due=draw.due)
        for draw in data_draws_of(family, day.config.deadlines.data_draws_months)
        if draw.made is None and draw.due - _AHEAD <= day.today and (end is None or draw.due <= end)
    ]
    counted = [line.date for line in family.measurements.services] if family.measurements is not None else []
    if end is not None and not any(line >= end for line in counted):
        lines.append(DrawLine(name="Ved afslutning", due=end))
    return tuple(lines)


def _areas(day: FamilyDay) -> tuple[AreaCode, ...]:
    """Those on the team that anybody lets share: on the day before the end, where the consents are gone since."""
    end = end_of_course(day)
    consents = day.consents_on(end - _ONE_DAY) if end is not None else day.consents
    on_team = areas_on_team(day.family, day.config, end if end is not None else day.today)
    return tuple(area for area in on_team if area in consents.signed_areas and area in day.config.areas)


def _fill(audience: Audience, area: AreaCode, officer: str, draws: tuple[DrawLine, ...]) -> DataanmodningContext:
    config, day = audience.config, max(line.due for line in draws)
    return DataanmodningContext(
        document=document_info(_NAME, "Anmodning om data"),
        municipality=municipality_box(config),
        case_number=audience.family.case_number or "",
        recipient=area_recipient(config, area),
        tovholder=coordinator_box(config, day - _AHEAD, day + THINKING_TIME),
        draws=draws,
        officer=officer,
    )


DATAANMODNING: Final = DocumentKind(
    name=_NAME,
    title="Dataanmodning",
    template=_NAME,
    context=DataanmodningContext,
    needs_consent=False,
    for_family=_papers,
)
