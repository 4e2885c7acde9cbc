"""What stands at the top of a paper that no longer counts: since when, and why as far as its reader may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.danish import day_and_month
from hopdocs.documents.audience import AreaReader, MemberReader
from hopdocs.documents.told_reasons import reason_for

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader

_OVER: Final = "Papiret gælder ikke længere."


def stopped_words(day: date) -> str:
    """Of a withdrawal the day alone is said, and no reason."""
    return f"Historisk. Samarbejdet er stoppet den {day_and_month(day)}. {_OVER}"


def ended_words(audience: Audience, recipient: str | None) -> str:
    """Of a course that ended; empty while it runs. A table reads what may be said to anybody."""
    family, day = audience.family, audience.family.last_day_of_course(audience.today)
    if day is None:
        return ""
    reader: Reader | None = None
    if recipient is not None:
        members = {str(key): key for key in family.members}
        reader = MemberReader(members[recipient]) if recipient in members else AreaReader(recipient)  # type: ignore[arg-type]
    is_closed = family.closing is not None and family.closing.date == day
    reason = reason_for(audience, reader, family.closing, day) if family.closing is not None and is_closed else ""
    return f"Historisk. Forløbet sluttede den {day_and_month(day)}{f': {reason}' if reason else ''}. {_OVER}"
