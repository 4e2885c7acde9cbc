"""Who works with the family (samarbejdsaftale 2023, Familieteam)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks
from hopdocs.domain.consent import Gate
from hopdocs.domain.state import State
from hopdocs.domain.team import is_area_open
from hopdocs.rules.context import error, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import Finding
    from hopdocs.domain.family_day import FamilyDay


def check_breadth(day: FamilyDay) -> Iterator[Finding]:
    """Somebody from the area that must be there, and somebody from another."""
    team = day.family.team_on(day.today)
    if not team:
        if day.state is not State.SAMTYKKE_GIVET and not any(line.from_ > day.today for line in day.family.team):
            yield warn("HD236", ("team",), missing=True)
        return
    areas = {day.config.staff[line.staff].area for line in team if line.staff in day.config.staff}
    required = day.config.target_group.required_area
    if required is None or (required in areas and len(areas) > 1):
        return
    # What was wide enough once and became narrow because somebody's last day came is a task, not a mistake.
    ever = {day.config.staff[line.staff].area for line in day.family.team if line.staff in day.config.staff}
    say = warn if required in ever and len(ever) > 1 else error
    yield say("HD237", ("team",), missing=True, area=day.config.areas[required].name)


def check_areas_have_consent(day: FamilyDay) -> Iterator[Finding]:
    """Nobody is on the team for an area that no one whom she works with lets share: she is not invited any more."""
    if day.gate is Gate.CLOSED:
        return
    for index, line in enumerate(day.family.team):
        is_on = line.to is None or line.to >= day.today
        known = day.config.staff.get(line.staff)
        since = max(line.from_, day.today)
        if is_on and known is not None and not is_area_open(day.consents, known.area, line.staff, since):
            yield warn("HD238", ("team", index, "staff"), staff=line.staff, area=known.area)


def check_still_employed(day: FamilyDay) -> Iterator[Finding]:
    """Who has left the municipality has left the team."""
    for index, line in enumerate(day.family.team):
        known = day.config.staff.get(line.staff)
        is_on = line.to is None or line.to >= day.today
        if known is not None and known.to is not None and known.to < day.today and is_on:
            yield warn(
                "HD239", ("team", index, "to"), missing=line.to is None, staff=line.staff, date=known.to.isoformat()
            )


def check_twice_on_team(day: FamilyDay) -> Iterator[Finding]:
    """One professional has one line at a time."""
    lines = day.family.team
    for index, line in enumerate(lines):
        for earlier in lines[:index]:
            is_same_time = (earlier.to is None or line.from_ <= earlier.to) and (
                line.to is None or earlier.from_ <= line.to
            )
            if earlier.staff == line.staff and is_same_time:
                yield error("HD240", ("team", index, "staff"), blocks=Blocks.NOTHING, staff=line.staff)
                break
