"""Who comes to a meeting as it stands now: the answers that the ledger keeps, held against the data.

An answer is to a time. If the data say another one, it says nothing any more (RFC 5546 2.1.5 asks the same of a
calendar: a moved meeting asks everybody anew), whether or not anybody has been told of the move yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from hopdocs.model.meeting_answers import MeetingAnswer
from hopdocs.notices.wanted import say_time_key

if TYPE_CHECKING:
    import sqlite3

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.meeting_answers import CurrentAnswers

FamilyAnswers: TypeAlias = Mapping[str, Mapping[str, tuple[str, str]]]
"""By meeting and address: what was answered (PARTSTAT), and to which time (`WantedMeeting.time_key`)."""

_WORDS: Final = {
    "ACCEPTED": MeetingAnswer.ACCEPTED,
    "DECLINED": MeetingAnswer.DECLINED,
    "TENTATIVE": MeetingAnswer.TENTATIVE,
}


_STANDING: Final = """
SELECT DISTINCT told.family, told.meeting, answer.email, answer.partstat, answer.time_key
FROM notice_answer AS answer JOIN notice AS told ON told.channel = '' AND told.uid = answer.uid
WHERE NOT EXISTS (
    SELECT 1 FROM notice AS gone
    WHERE gone.channel = '' AND gone.uid = answer.uid AND gone.email = answer.email
        AND gone.method = 'CANCEL' AND gone.sequence > answer.sequence
        AND (gone.maybe_delivered = 1 OR gone.state IN ('accepted', 'data_started', 'in_doubt'))
)
"""
"""An answer falls with the entry that it was given to: who is invited again after a cancellation is asked again."""


def kept_answers(connection: sqlite3.Connection) -> dict[str, FamilyAnswers]:
    """By family: all answers that still stand. A trial box's mail (`redirect_all_to`) has none that count."""
    if connection.execute("SELECT 1 FROM notice_answer LIMIT 1").fetchone() is None:
        return {}  # without looking through all that was ever told
    found: dict[str, dict[str, dict[str, tuple[str, str]]]] = defaultdict(lambda: defaultdict(dict))
    rows = connection.execute(_STANDING)
    for family, meeting, email, partstat, time_key in rows:
        found[family][meeting][email] = (partstat, time_key)
    return {family: {meeting: dict(who) for meeting, who in meetings.items()} for family, meetings in found.items()}


def find_current_answers(family: Family, config: Config, answers: FamilyAnswers) -> CurrentAnswers:
    """What people have answered to a family's meetings at the times that these have in the data."""
    if not answers:
        return {}
    known: dict[str, dict[str, MeetingAnswer]] = {}
    for meeting in family.meetings:
        starts, ends = (datetime.combine(meeting.date, clock) for clock in (meeting.start, meeting.end))
        now = say_time_key(starts, ends, config.timezone)
        found = {
            email: _WORDS[partstat]
            for email, (partstat, time_key) in answers.get(meeting.id, {}).items()
            if time_key == now and partstat in _WORDS
        }
        if found:
            known[meeting.id] = found
    return known
