"""A waiting notice as its mail is made of it: what the ledger keeps of it instead of bytes until it is tried.

A workspace of three thousand families that nobody has started plans thirty thousand mails; making them takes minutes,
and nearly all are planned anew before anybody starts it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hopdocs.notices.record import NewNotice
from hopdocs.notices.wanted import WantedMeeting

if TYPE_CHECKING:
    from hopdocs.notices.record import NoticeRecord


def draft_text(notice: NewNotice) -> str:
    """What a notice is made of that stands in no column of its row."""
    draft: dict[str, Any] = {"name": notice.name, "staff": notice.staff}
    if notice.previous is not None:
        draft["previous"] = notice.previous.as_json()
    if notice.answers:
        draft["answers"] = [list(item) for item in notice.answers]
    return json.dumps(draft, ensure_ascii=False)


def read_draft(record: NoticeRecord, text: str) -> NewNotice:
    """The notice of a row again, with the numbers that the row has now."""
    assert record.facts is not None  # noqa: S101 - a row is written with its facts
    draft: dict[str, Any] = json.loads(text)
    previous = draft.get("previous")
    return NewNotice(
        channel=record.channel,
        family=record.family,
        meeting=record.meeting,
        uid=record.uid,
        revision=record.revision,
        sequence=record.sequence,
        dtstamp=record.dtstamp,
        kind=record.kind,
        email=record.email,
        name=draft["name"],
        staff=draft["staff"],
        announced=record.announced,
        content=record.content,
        cause=record.cause,
        facts=record.facts,
        starts_at=record.starts_at,
        key=record.key,
        previous=WantedMeeting.from_json(previous) if previous else None,
        answers=tuple((email, answer) for email, answer in draft.get("answers", ())),
        not_before=record.not_before,
    )
