"""To somebody whose calendar has a meeting that is off for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.danish import capitalise, say_day
from hopdocs.notices.kinds.kind import CalendarPart, NoticeKind
from hopdocs.notices.kinds.meeting_texts import meeting_of, meeting_rows, meeting_start, say_entry, say_subject
from hopdocs.notices.mail.wording import say_the_meeting
from hopdocs.notices.record import Method
from hopdocs.notices.wanted import WantedMeeting

if TYPE_CHECKING:
    from hopdocs.notices.record import NewNotice


def _describe(facts: WantedMeeting) -> tuple[str, ...]:
    return (say_entry(facts, ending=" er aflyst"),)


def _open(notice: NewNotice) -> str:
    facts = meeting_of(notice)
    return f"{capitalise(say_the_meeting(facts))} {say_day(facts.starts)} er aflyst."


def _close(_notice: NewNotice) -> tuple[str, ...]:
    return ("Du kan fjerne mødet fra din kalender.",)


CANCELLATION: Final = NoticeKind(
    name="aflysning",
    label="aflysning",
    history_label="aflysningen",
    facts=WantedMeeting,
    subject=lambda notice: say_subject("Aflyst", notice),
    opening=_open,
    rows=meeting_rows,
    closing=_close,
    expires=meeting_start,
    calendar=CalendarPart(Method.CANCEL, "CANCELLED", _describe),
    ends_meeting=True,
    ignores_hours_on_the_day=True,
)
