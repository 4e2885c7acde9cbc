"""An agenda that the meeting has time for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.agendas import LEAST_MINUTES, length_in_minutes, minutes_needed, own_points_fit
from hopdocs.rules.context import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import Finding
    from hopdocs.domain.family_day import FamilyDay


def check_time_for_agenda(day: FamilyDay) -> Iterator[Finding]:
    """The points' minutes stay within the meeting; the usual points are cut to its length as long as that helps."""
    for index, meeting in enumerate(day.family.meetings):
        if not day.is_planned(meeting):
            continue
        length = length_in_minutes(meeting)
        needed = minutes_needed(meeting)
        if needed > length:
            yield warn(
                "HD680", ("meetings", index, "agenda"), meeting=meeting.id, needed=str(needed), length=str(length)
            )
        elif not own_points_fit(day.config, meeting):
            at = ("meetings", index, "end")
            yield warn("HD681", at, meeting=meeting.id, length=str(length), least=str(LEAST_MINUTES))
