"""Which areas work with a family on a day: those of the people who are on its team then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.domain.state import last_day_of_course

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.values import AreaCode


def areas_on_team(family: Family, config: Config, today: date) -> tuple[AreaCode, ...]:
    """The areas whose people have joined by `today` and not left, in the order of the team.

    Once a course has ended it is the team of its last day, since all leave then: the last copies stay with those who
    were there.
    """
    day = last_day_of_course(family, today) or today
    known = (config.staff.get(line.staff) for line in family.team_on(day))
    return tuple(dict.fromkeys(person.area for person in known if person is not None))
