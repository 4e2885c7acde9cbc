"""To somebody who is to come, and whose calendar does not have the meeting yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.notices.kinds.kind import CalendarPart, NoticeKind
from hopdocs.notices.kinds.meeting_texts import meeting_of, meeting_rows, meeting_start, say_entry, say_subject
from hopdocs.notices.record import Method
from hopdocs.notices.wanted import WantedMeeting

if TYPE_CHECKING:
    from hopdocs.notices.record import NewNotice


def _describe(facts: WantedMeeting) -> tuple[str, ...]:
    return say_entry(facts), "Dagsorden og andet materiale ligger i sagen."


def _open(notice: NewNotice) -> str:
    return f"Du er indkaldt til {meeting_of(notice).title.lower()}."


def _close(_notice: NewNotice) -> tuple[str, ...]:
    return (
        "Dagsorden og andet materiale ligger i sagen.",
        "Svar gerne i din kalender, så tovholderen kan se, hvem der kommer.",
    )


REQUEST: Final = CalendarPart(Method.REQUEST, "CONFIRMED", _describe)

INVITATION: Final = NoticeKind(
    name="indkaldelse",
    label="indkaldelse",
    history_label="indkaldelsen",
    facts=WantedMeeting,
    subject=lambda notice: say_subject("Indkaldelse", notice),
    opening=_open,
    rows=meeting_rows,
    closing=_close,
    expires=meeting_start,
    calendar=REQUEST,
    stopped_by_faults=True,
)
