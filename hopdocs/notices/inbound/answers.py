"""What comes back: answers to invitations (METHOD:REPLY) and mail that could not be delivered (RFC 3464).

There is no mailbox login. A rule in the operator's mailbox saves messages as `.eml` files in a folder; this module
reads them. Whatever it reads was written by strangers: a mail changes something only where it names a notice that the
ledger knows, comes from whom that notice went to (an answer) or names its Message-ID (a bounce), and is not older than
what is known. Anything else is left lying and changes nothing.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hopdocs.notices.inbound.bounces import parse_bounce
from hopdocs.notices.inbound.inbox import Inbox
from hopdocs.notices.inbound.mail_file import LARGEST_MAIL_BYTES, MOST_PARTS, read_message, sender_of
from hopdocs.notices.inbound.replies import parse_reply
from hopdocs.notices.record import Answer, Method, NoticeRecord, State
from hopdocs.notices.wanted import WantedMeeting, normalise_address

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from hopdocs.notices.inbound.bounces import Bounce
    from hopdocs.notices.inbound.replies import Reply
    from hopdocs.notices.ledger.store import Ledger

_UNREADABLE: Final = (ValueError, LookupError, AttributeError, TypeError, RecursionError)
"""What the standard library's parser and icalendar raise over mail that nobody should have written."""


class Reading(StrEnum):
    """What became of one file in the folder."""

    ANSWER = "answer"
    BOUNCE = "bounce"
    DELAY = "delay"
    STALE = "stale"
    UNKNOWN = "unknown"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class InboundResult:
    """One file, what it was, and which notice it was about."""

    name: str
    reading: Reading
    notice: NoticeRecord | None = None
    partstat: str = ""

    @property
    def is_too_early(self) -> bool:
        """A bounce may be here before the sender has written down that the mail was taken over: look again."""
        return (
            self.reading is Reading.STALE
            and self.notice is not None
            and self.notice.state in {State.PENDING, State.DATA_STARTED}
        )


def read_inbound_folder(ledger: Ledger, folder: Path, now: datetime) -> list[InboundResult]:
    """Read what is new in the folder, each file once. The files stay: the mailbox is the operator's.

    Only plain files are read, never through a symlink, and never more of one than a mail may be. What a file came to
    is remembered with its name, size and time, so that a mailbox that is never emptied costs a look at its entries.
    """
    inbox = Inbox(ledger)
    seen = inbox.seen_files(str(folder))
    found = _list_mails(folder)
    results = []
    for name in sorted(name for name, (_, stamp) in found.items() if seen.get(name) != stamp):
        path, stamp = found[name]
        data = _read_mail(path)
        result = apply_inbound(ledger, name, data, now) if data is not None else InboundResult(name, Reading.UNKNOWN)
        if not result.is_too_early:
            inbox.keep_seen(str(folder), name, stamp)
        results.append(result)
    inbox.forget_seen(str(folder), seen.keys() - found.keys())
    return [item for item in results if item.reading is not Reading.REPEATED]


def apply_inbound(ledger: Ledger, name: str, data: bytes, now: datetime) -> InboundResult:
    """Apply one mail to the ledger, if it is about something that the ledger knows."""
    try:
        message = read_message(data)
        message_id = str(message["message-id"] or "").strip() or f"file:{name}"
        sender = sender_of(message)
        bounce, reply = parse_bounce(message), parse_reply(message, sender)
    except _UNREADABLE:
        return InboundResult(name, Reading.UNKNOWN)
    if Inbox(ledger).has_read(message_id):
        return InboundResult(name, Reading.REPEATED)
    if bounce is not None:
        return _apply_bounce(ledger, name, bounce, message_id, now)
    if reply is not None:
        return _apply_reply(ledger, name, reply, sender, message_id, now)
    return InboundResult(name, Reading.UNKNOWN)


def _list_mails(folder: Path) -> dict[str, tuple[Path, str]]:
    """By name: the plain files that may be mails, each with size and time; nothing where the folder is missing."""
    found: dict[str, tuple[Path, str]] = {}
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.lower().endswith(".eml") or entry.name.startswith((".", "~")):
                continue
            name = entry.name.encode("utf-8", "backslashreplace").decode()  # a share may give names that are no text
            with suppress(OSError):
                if entry.is_file(follow_symlinks=False):
                    known = entry.stat(follow_symlinks=False)
                    found[name] = (folder / entry.name, f"{known.st_size}:{known.st_mtime_ns}:{known.st_ino}")
    return found


def _read_mail(path: Path) -> bytes | None:
    """The bytes of a plain file; None for anything else, what may not be read, and what is too large for a mail."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        known = os.fstat(file.fileno())
        if not stat.S_ISREG(known.st_mode) or known.st_size > LARGEST_MAIL_BYTES:
            return None
        try:
            data = file.read(LARGEST_MAIL_BYTES + 1)
        except OSError:
            return None
    return data if len(data) <= LARGEST_MAIL_BYTES else None


def _apply_reply(  # noqa: PLR0913, PLR0917 - a mail, what it says, who sent it, and when
    ledger: Ledger, name: str, reply: Reply, sender: str, message_id: str, now: datetime
) -> InboundResult:
    """An answer holds for the time that the meeting had when it was given: an older SEQUENCE is stale.

    Of two answers to the same, the one that was written later counts (RFC 5546 2.1.5: DTSTAMP).
    """
    known = [item for item in ledger.of_uid(reply.uid) if item.email == reply.email and item.may_be_held]
    if not known or sender != reply.email:
        return InboundResult(name, Reading.UNKNOWN)
    last = known[-1]
    answered = reply.answered(known)
    if answered is None or last.method is not Method.REQUEST or not _same_time(answered, last):
        return InboundResult(name, Reading.STALE, last)
    facts = last.facts
    if not isinstance(facts, WantedMeeting):
        return InboundResult(name, Reading.UNKNOWN)
    at = min(reply.at or now, now)
    if any((item.uid, item.email) == (last.uid, reply.email) and item.at > at for item in ledger.answers()):
        return InboundResult(name, Reading.STALE, last)  # mails may come in another order than they were written
    answer = Answer(last.uid, reply.email, reply.partstat, answered.sequence, facts.time_key, at)
    Inbox(ledger).keep_answer(answer, last.id, now, message_id)
    return InboundResult(name, Reading.ANSWER, last, reply.partstat)


def _apply_bounce(ledger: Ledger, name: str, bounce: Bounce, message_id: str, now: datetime) -> InboundResult:
    found = (ledger.of_message_id(item) for item in bounce.message_ids[:MOST_PARTS])
    record = next((item for item in found if item is not None), None)
    fate = None
    if record is not None:
        fate = bounce.fate_of(record.message_id, frozenset({normalise_address(record.channel or record.email)}))
    if record is None or fate is None or fate.action not in {"failed", "delayed"}:
        return InboundResult(name, Reading.UNKNOWN)
    if fate.action == "delayed":
        return InboundResult(name, Reading.DELAY, record)
    if record.state not in {State.ACCEPTED, State.IN_DOUBT}:
        return InboundResult(name, Reading.STALE, record)
    Inbox(ledger).bounce(record.id, now, fate.status, message_id)
    return InboundResult(name, Reading.BOUNCE, ledger.get(record.id))


def _same_time(one: NoticeRecord, other: NoticeRecord) -> bool:
    times = [item.facts.time_key for item in (one, other) if isinstance(item.facts, WantedMeeting)]
    return len(times) == 2 and times[0] == times[1]  # noqa: PLR2004 - both
