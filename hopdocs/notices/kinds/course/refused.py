"""To the coordinator and the professional who wrote the family down, when somebody has said no: that, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.domain.state import State
from hopdocs.notices.kinds.course.news import define_news, is_news, recipients, tell
from hopdocs.notices.kinds.course.openings import name_course

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "afslag"


def wanted_refusals(day: FamilyDay) -> Iterator[WantedReminder]:
    """The mails about the last no: who said it, and why, is not told."""
    family = day.family
    said = [line.refused for line in family.consents if line.refused is not None and line.refused <= day.today]
    if day.state is not State.SAMTYKKE_AFSLAAET or not said or not is_news(day.today, max(said)):
        return
    by = family.referral.by if family.referral is not None else None
    for recipient in recipients(day, day.config.project_coordinator, by):
        yield tell(
            day,
            _NAME,
            recipient,
            key=_NAME,
            tells=(name_course(day),),
            on=max(said),
            subject="tilbuddet er ikke taget imod",
            opens_case=recipient.staff == day.config.project_coordinator,
            lines=("Tilbuddet om en helhedsorienteret plan er ikke taget imod.", "Der laves ikke mere i sagen."),
        )


REFUSED: Final = define_news(_NAME, "beskeden om et nej", wanted_refusals, lambda switches: switches.refused)
