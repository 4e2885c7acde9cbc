"""To somebody who is no longer to come to a meeting that goes on without her."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.danish import say_day
from hopdocs.notices.kinds.kind import CalendarPart, NoticeKind
from hopdocs.notices.kinds.meeting_texts import meeting_of, meeting_rows, meeting_start, say_entry, say_subject
from hopdocs.notices.mail.wording import say_the_meeting
from hopdocs.notices.record import Method
from hopdocs.notices.wanted import WantedMeeting

if TYPE_CHECKING:
    from hopdocs.notices.record import NewNotice

REMOVED_PERSON_STATUS: Final = ""
"""STATUS in a cancellation to one removed person: none, since the meeting goes on (RFC 5546 3.2.5).

"CANCELLED" here is the switch to turn, should a client need it.
"""


def _describe(facts: WantedMeeting) -> tuple[str, ...]:
    return say_entry(facts), "Mødet holdes, men du deltager ikke længere."


def _open(notice: NewNotice) -> str:
    facts = meeting_of(notice)
    return f"Du deltager ikke længere i {say_the_meeting(facts)} {say_day(facts.starts)}."


def _close(_notice: NewNotice) -> tuple[str, ...]:
    return ("Mødet holdes, men du skal ikke med. Du kan fjerne det fra din kalender.",)


REMOVAL: Final = NoticeKind(
    name="udgaar",
    label="deltager ikke længere",
    history_label="beskeden om ikke længere at deltage",
    facts=WantedMeeting,
    subject=lambda notice: say_subject("Du deltager ikke længere", notice),
    opening=_open,
    rows=meeting_rows,
    closing=_close,
    expires=meeting_start,
    calendar=CalendarPart(Method.CANCEL, REMOVED_PERSON_STATUS, _describe),
)
