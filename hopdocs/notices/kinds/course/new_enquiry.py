"""To the coordinator, when a family has come to the offer: call whoever wrote it down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.domain.state import State
from hopdocs.notices.kinds.course.news import define_news, is_news, recipients, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "henvendelse"


def wanted_enquiries(day: FamilyDay) -> Iterator[WantedReminder]:
    """The one mail, while nobody has informed the family yet; none about what the coordinator wrote down herself."""
    referral, coordinator = day.family.referral, day.config.project_coordinator
    if referral is None or day.state is not State.HENVENDT or not is_news(day.today, referral.date):
        return
    if referral.by == coordinator:
        return
    by = day.config.staff.get(referral.by) if referral.by is not None else None
    call = f"Ring til {by.name}{f', {by.phone}' if by.phone else ''}." if by is not None else "Se familiens fil."
    for recipient in recipients(day, coordinator):
        yield tell(
            day,
            _NAME,
            recipient,
            key=_NAME,
            tells=(_NAME,),
            on=referral.date,
            subject="ny henvendelse",
            lines=("Der er kommet en ny henvendelse om en helhedsorienteret plan.", call),
        )


NEW_ENQUIRY: Final = define_news(
    _NAME, "beskeden om henvendelsen", wanted_enquiries, lambda switches: switches.new_enquiry
)
