"""Which areas work with a family on a day, and which of its people may work with those they are there for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.domain.tovholder import tovholder_of

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.domain.consent import Consents
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.scalars.values import AreaCode, StaffId


def areas_on_team(family: Family, config: Config, today: date) -> tuple[AreaCode, ...]:
    """The areas whose people have joined by `today` and not left, in the order of the team.

    Once a course has ended it is the team of its last day, since all leave then: the last copies stay with those who
    were there.
    """
    day = family.last_day_of_course(today) or today
    known = (config.staff.get(line.staff) for line in family.team_on(day))
    return tuple(dict.fromkeys(person.area for person in known if person is not None))


def is_area_open(consents: Consents, area: AreaCode, staff: StaffId, on: date) -> bool:
    """Whether anybody whom a professional works with on a day lets her area share; an expiry alone closes none.

    A child does where every holder of custody does, and a youth who has just turned sixteen and not answered has
    closed nothing. The tovholder, and who is there for nobody in particular, is there for the whole family.
    """
    lines = (line for line in consents.family.team_on(on) if line.staff == staff)
    served = [member for line in lines for member in line.for_ if member in consents.sharing]
    if not served or staff == tovholder_of(consents.family, on):
        return area in consents.signed_areas
    return any(
        key in consents.missing or area in consents.shared_areas(key) | consents.lapsed_areas(key) for key in served
    )


def writers_by_area(family: Family, config: Config, on: date) -> dict[AreaCode, StaffId]:
    """Who writes for each area on the team of a day: one with authority before a provider, in the team's order."""
    writers: dict[AreaCode, StaffId] = {}
    team = [line.staff for line in family.team_on(on) if line.staff in config.staff]
    for staff in sorted(team, key=lambda staff: not config.staff[staff].authority):
        writers.setdefault(config.staff[staff].area, staff)
    return {area: writers[area] for area in config.areas if area in writers}
