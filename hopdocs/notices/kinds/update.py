"""To somebody whose calendar has the meeting as it was: old → new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.danish import join
from hopdocs.notices.kinds.invitation import REQUEST
from hopdocs.notices.kinds.kind import NoticeKind
from hopdocs.notices.kinds.meeting_texts import meeting_of, meeting_rows, say_subject
from hopdocs.notices.mail.wording import changes_of, say_the_meeting
from hopdocs.notices.wanted import WantedMeeting

if TYPE_CHECKING:
    from datetime import datetime

    from hopdocs.notices.record import NewNotice

_CHANGES: Final = {"Tid": "nyt tidspunkt", "Sted": "nyt sted", "Møde": "ny mødetype", "Sag": "nyt sagsnummer"}

_ASK_AGAIN: Final = "Svar gerne igen i din kalender, for tidspunktet er nyt."
"""A new time asks everybody anew (RFC 5546 3.2.2.1): whoever said yes has said it to the old one."""


def _title(notice: NewNotice) -> str:
    return say_subject("Ændret", notice, now="nu " if _time_changed(notice) else "")


def _open(notice: NewNotice) -> str:
    changes = changes_of(notice)
    if [label for label, _, _ in changes] == ["Møde"]:
        ((_, before, after),) = changes
        return f"Mødet er ændret fra {before.lower()} til {after.lower()}."
    told = join(_CHANGES[label] for label, _, _ in changes) or "en ændring"
    return f"Der er {told} for {say_the_meeting(meeting_of(notice))}."


def _close(notice: NewNotice) -> tuple[str, ...]:
    closing = ("Din kalender retter sig, når du åbner denne mail.",)
    return (*closing, _ASK_AGAIN) if _time_changed(notice) else closing


def _time_changed(notice: NewNotice) -> bool:
    return any(label == "Tid" for label, _before, _after in changes_of(notice))


def _expires(notice: NewNotice) -> datetime:
    """The later of the two starts: the wrong entry must go even if the right one has begun."""
    starts = meeting_of(notice).starts_at
    return max(starts, notice.previous.starts_at) if notice.previous is not None else starts


UPDATE: Final = NoticeKind(
    name="aendring",
    label="ændring",
    history_label="ændringen",
    facts=WantedMeeting,
    subject=_title,
    opening=_open,
    rows=meeting_rows,
    closing=_close,
    expires=_expires,
    calendar=REQUEST,
)
