"""To the steering group, when all have said yes: case number, areas and professionals, and nothing of why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.danish import join
from hopdocs.domain.team import is_area_open
from hopdocs.notices.kinds.course.news import (
    HELPS_FOR,
    coordinators_address,
    define_news,
    recipients,
    tell,
)
from hopdocs.notices.kinds.course.openings import name_course, opened_lately

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.scalars.values import AreaCode, StaffId
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "nytforloeb"


def wanted_course_news(day: FamilyDay) -> Iterator[WantedReminder]:
    """The steering group hears of a new course before the team does."""
    opened = opened_lately(day, HELPS_FOR)
    if opened is None:
        return
    staff, config = _attached(day), day.config
    rows = (
        ("Fagområder", join(config.areas[area].name for area in _areas(day, staff))),
        ("Fagpersoner", join(config.staff[key].name for key in staff)),
    )
    for recipient in recipients(day, *config.steering_group):
        yield tell(
            day,
            _NAME,
            recipient,
            key=_NAME,
            tells=(name_course(day, opened),),
            on=opened,
            subject="ny familie i forløb",
            lines=(
                "En ny familie har taget imod tilbuddet. Alle samtykker er givet.",
                *(() if staff else ("Teamet er ikke sat endnu.",)),
            ),
            rows=rows,
            opens_case=False,
            reply_to=coordinators_address(day),
        )


def _attached(day: FamilyDay) -> tuple[StaffId, ...]:
    """Those on the team or about to join it whose area somebody lets share."""
    lines = [
        line for line in day.family.team if line.staff in day.config.staff and not (line.to and line.to < day.today)
    ]
    return tuple(
        dict.fromkeys(
            line.staff
            for line in lines
            if is_area_open(day.consents, day.config.staff[line.staff].area, line.staff, max(line.from_, day.today))
        )
    )


def _areas(day: FamilyDay, staff: tuple[StaffId, ...]) -> tuple[AreaCode, ...]:
    """The areas with a case or somebody on the team, as far as somebody lets them share."""
    known = {day.config.staff[key].area for key in staff}
    known |= {case.area for case in day.family.cases if case.is_active_on(day.today)}
    return tuple(area for area in day.config.areas if area in known & day.consents.signed_areas)


NEW_COURSE: Final = define_news(
    _NAME,
    "beskeden om et nyt forløb",
    wanted_course_news,
    lambda switches: switches.new_course,
    comes_first=True,
)
