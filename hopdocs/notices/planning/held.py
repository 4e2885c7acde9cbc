"""What somebody holds: the entry that stands in one person's calendar, as far as the ledger can know.

A notice that was refused, or has not left, is not yet anything that anybody holds; one whose final dot was not answered
may be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.notices.record import Method, NoticeRecord, State
from hopdocs.notices.wanted import Attendee, WantedMeeting, normalise_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


def held_entry(records: Sequence[NoticeRecord]) -> NoticeRecord | None:
    """The last notice to one address that reached it, or may have."""
    return next((item for item in reversed(records) if item.may_be_held), None)


def says_what_is_wanted(last: NoticeRecord | None, wanted: WantedMeeting) -> bool:
    """Whether the last word to somebody says what is wanted; one that was dropped while in the air says nothing."""
    if last is None or last.state is State.DROPPED or last.method is not Method.REQUEST:
        return False
    return last.announced == wanted.announced


def entry_to_cancel(history: Sequence[NoticeRecord]) -> NoticeRecord | None:
    """The invitation that stands, or may stand, in somebody's calendar, and that no cancellation has met yet."""
    settled = [item for item in history if item.is_settled]
    held = held_entry(history)
    for last in (settled[-1] if settled else None, held):
        if last is None or (last.method is Method.CANCEL and last.state is not State.DROPPED):
            return None
    return next((item for item in reversed(settled) if item.may_be_held and item.method is Method.REQUEST), None)


def held_ahead(known: Mapping[str, Sequence[NoticeRecord]], now: datetime) -> dict[str, WantedMeeting]:
    """The meetings still to come that somebody holds an invitation to, as it says."""
    found: dict[str, WantedMeeting] = {}
    for name, records in known.items():
        held = held_entry(records)
        facts = held.facts if held is not None and held.method is Method.REQUEST else None
        if isinstance(facts, WantedMeeting) and facts.starts_at > now:
            found[name] = facts
    return found


def attendee_of(record: NoticeRecord, email: str) -> Attendee:
    """How the recipient stood in the entry that is held; by address alone if not found."""
    if isinstance(record.facts, WantedMeeting):
        for attendee in record.facts.attendees:
            if normalise_address(attendee.email) == email:
                return attendee
    return Attendee(email=email, name=email)
