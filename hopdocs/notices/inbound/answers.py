"""What comes back: answers to invitations (METHOD:REPLY) and mail that could not be delivered (RFC 3464).

There is no mailbox login. A rule in the operator's mailbox saves messages as `.eml` files in a folder; this module
reads them. Whatever it reads was written by strangers: a mail changes something only if it names a notice that the
ledger knows, comes from whom that notice went to (an answer) or names its Message-ID (a bounce), and is not older than
what is known. Anything else is left lying and changes nothing; but it is said how many there are, and why.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from hopdocs.notices.inbound import leftovers
from hopdocs.notices.inbound.bounces import parse_bounce
from hopdocs.notices.inbound.calendars import UNREADABLE
from hopdocs.notices.inbound.inbox import Inbox
from hopdocs.notices.inbound.mail_file import LARGEST_MAIL_BYTES, MOST_PARTS, read_message, sender_of
from hopdocs.notices.inbound.replies import parse_reply
from hopdocs.notices.record import Answer, Method, NoticeRecord, State, Stranger
from hopdocs.notices.wanted import WantedMeeting, normalise_address

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from hopdocs.notices.inbound.bounces import Bounce
    from hopdocs.notices.inbound.replies import Reply
    from hopdocs.notices.ledger.store import Ledger

_ENDING: Final = ".eml"
_PASSING: Final = ("~", ".tmp", ".part", ".partial", ".crdownload", ".filepart")
_LARGEST_FILE_BYTES: Final = 2 * LARGEST_MAIL_BYTES + 2
"""A mail of the largest size with two bytes a letter, and the mark that says so."""


class Reading(StrEnum):
    """What became of one file in the folder."""

    ANSWER = "answer"
    BOUNCE = "bounce"
    DELAY = "delay"
    STALE = "stale"
    UNKNOWN = "unknown"
    REPEATED = "repeated"


Aliases: TypeAlias = Mapping[str, str]
"""By another address of somebody's: the one that she is invited at."""
NO_ALIASES: Final[Aliases] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class InboundResult:
    """One file, what it was, and which notice it was about; `why` is the code of why it came to nothing."""

    name: str
    reading: Reading
    notice: NoticeRecord | None = None
    partstat: str = ""
    why: str = ""

    @property
    def is_too_early(self) -> bool:
        """A bounce may be here before the sender has written down that the mail was taken over: look again."""
        return (
            self.reading is Reading.STALE
            and self.notice is not None
            and self.notice.state in {State.PENDING, State.DATA_STARTED}
        )


def read_inbound_folder(
    ledger: Ledger, folder: Path, now: datetime, aliases: Aliases = NO_ALIASES
) -> list[InboundResult]:
    """Read what is new in the folder, each file once. The files stay: the mailbox is the operator's.

    Only plain files are read, never through a symlink, and never more of one than a mail may be. What a file came to
    is remembered with its name, size and time, so that a mailbox that is never emptied costs a look at its entries.
    An answer from an address that nobody knew is read again when the addresses that people have are others.
    """
    inbox = Inbox(ledger)
    seen = inbox.seen_files(str(folder))
    found = _list_files(folder)
    known_as = hashlib.sha256(repr(sorted(aliases.items())).encode()).hexdigest()[:16]
    results = []
    for name, file in sorted(found.items()):
        if not file.is_mail or seen.get(name) in {file.stamp, f"{file.stamp}:{known_as}"}:
            continue
        try:
            data = _read_mail(file.path)
        except OSError:
            result = _nothing(name, leftovers.NO_PLAIN_FILE)
        else:
            too_large = _nothing(name, leftovers.NO_MAIL)
            result = apply_inbound(ledger, name, data, now, aliases) if data is not None else too_large
        if not result.is_too_early:
            depends = f":{known_as}" if result.why == leftovers.UNINVITED else ""
            inbox.keep_seen(str(folder), name, f"{file.stamp}{depends}", result.why)
        results.append(result)
    inbox.forget_seen(str(folder), seen.keys() - found.keys())
    return results


def pass_over_other_files(ledger: Ledger, folder: Path) -> list[InboundResult]:
    """What lies in the folder and is no mail to read, each once: somebody may have meant it as one."""
    inbox = Inbox(ledger)
    seen = inbox.seen_files(str(folder))
    results = []
    for name, file in sorted(_list_files(folder).items()):
        if not file.is_mail and seen.get(name) != file.stamp:
            is_named_so = name.lower().endswith(_ENDING)
            results.append(_nothing(name, leftovers.NO_PLAIN_FILE if is_named_so else leftovers.NOT_EML))
            inbox.keep_seen(str(folder), name, file.stamp, results[-1].why)
    return results


def apply_inbound(
    ledger: Ledger, name: str, data: bytes, now: datetime, aliases: Aliases = NO_ALIASES
) -> InboundResult:
    """Apply one mail to the ledger, if it is about something that the ledger knows."""
    try:
        message = read_message(data)
        message_id = str(message["message-id"] or "").strip() or f"file:{name}"
        written_by = sender_of(message)
        sender = aliases.get(written_by, written_by)
        bounce, reply = parse_bounce(message), parse_reply(message, sender, aliases)
    except UNREADABLE:
        return _nothing(name, leftovers.NO_MAIL)
    if Inbox(ledger).has_read(message_id):
        return InboundResult(name, Reading.REPEATED, why=leftovers.READ_BEFORE)
    if bounce is not None:
        return _apply_bounce(ledger, name, bounce, message_id, now, aliases)
    if reply is not None:
        return _apply_reply(ledger, name, reply, sender, message_id, now)
    return _nothing(name, leftovers.why_nothing(message))


def _nothing(name: str, why: str, notice: NoticeRecord | None = None) -> InboundResult:
    return InboundResult(name, Reading.UNKNOWN, notice, why=why)


class _File(NamedTuple):
    """What a look at the folder says of a file: `stamp` is its size and time."""

    path: Path
    stamp: str
    is_mail: bool


def _list_files(folder: Path) -> dict[str, _File]:
    """By name: the files that somebody put there; nothing where the folder is missing.

    What is on its way to another name is not looked at, nor are folders.
    """
    found: dict[str, _File] = {}
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~")) or entry.name.lower().endswith(_PASSING):
                continue
            name = entry.name.encode("utf-8", "backslashreplace").decode()  # a share may give names that are no text
            with suppress(OSError):
                known = entry.stat(follow_symlinks=False)
                is_mail = name.lower().endswith(_ENDING) and stat.S_ISREG(known.st_mode)
                if not stat.S_ISDIR(known.st_mode):
                    described = f"{known.st_size}:{known.st_mtime_ns}:{known.st_ino}"
                    found[name] = _File(folder / entry.name, described, is_mail)
    return found


def _read_mail(path: Path) -> bytes | None:
    """The bytes of a plain file; None for what is too large for a mail.

    Raises `OSError` for what is no plain file, or may not be read.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        known = os.fstat(file.fileno())
        if not stat.S_ISREG(known.st_mode):
            raise OSError(errno.EINVAL, "no plain file")
        is_mail = known.st_size <= _LARGEST_FILE_BYTES
        data = file.read(_LARGEST_FILE_BYTES + 1) if is_mail else b""
    return data if is_mail and len(data) <= _LARGEST_FILE_BYTES else None


def _apply_reply(  # noqa: PLR0913, PLR0917 - a mail, what it says, who sent it, and when
    ledger: Ledger, name: str, reply: Reply, sender: str, message_id: str, now: datetime
) -> InboundResult:
    """An answer holds for the time that the meeting had when it was given: an older SEQUENCE is stale.

    Of two answers to the same, the one that was written later counts (RFC 5546 2.1.5: DTSTAMP).
    """
    told = [item for item in ledger.of_uid(reply.uid) if item.may_be_held]
    known = [item for item in told if item.email == reply.email]
    if not known or sender != reply.email:
        return _not_from_the_invited(ledger, name, reply, sender, told, min(reply.at or now, now))
    last = known[-1]
    answered = reply.answered(known)
    if answered is None or last.method is not Method.REQUEST or not _same_time(answered, last):
        return InboundResult(name, Reading.STALE, last, why=leftovers.STALE)
    facts = last.facts
    if not isinstance(facts, WantedMeeting):
        return _nothing(name, leftovers.ANOTHER_MEETING)
    at = min(reply.at or now, now)
    if any((item.uid, item.email) == (last.uid, reply.email) and item.at > at for item in ledger.answers()):
        # mails may come in another order than they were written
        return InboundResult(name, Reading.STALE, last, why=leftovers.STALE)
    answer = Answer(last.uid, reply.email, reply.partstat, answered.sequence, facts.time_key, at)
    Inbox(ledger).keep_answer(answer, last.id, now, message_id)
    return InboundResult(name, Reading.ANSWER, last, reply.partstat)


def _not_from_the_invited(  # noqa: PLR0913, PLR0917 - the same, and who was told of the meeting
    ledger: Ledger, name: str, reply: Reply, sender: str, told: list[NoticeRecord], at: datetime
) -> InboundResult:
    """Nobody answers for somebody else. Whoever was not invited may be somebody with two addresses: that is kept."""
    if not told:
        return _nothing(name, leftovers.ANOTHER_MEETING)
    if not sender:
        return _nothing(name, leftovers.NOT_ONE_SENDER, told[-1])
    invited = {item.email for item in told}
    if sender in invited and reply.email in invited:
        return _nothing(name, leftovers.FOR_SOMEBODY_ELSE, told[-1])
    stranger = sender if sender not in invited else reply.email
    Inbox(ledger).keep_stranger(Stranger(reply.uid, stranger, reply.partstat, at))
    return _nothing(name, leftovers.UNINVITED, told[-1])


def _apply_bounce(  # noqa: PLR0913, PLR0917 - a mail, what it says, and when
    ledger: Ledger, name: str, bounce: Bounce, message_id: str, now: datetime, aliases: Aliases
) -> InboundResult:
    found = (ledger.of_message_id(item) for item in bounce.message_ids[:MOST_PARTS])
    record = next((item for item in found if item is not None), None)
    if record is None:
        return _nothing(name, leftovers.UNKNOWN_BOUNCE)
    address = normalise_address(record.channel or record.email)
    others = {alias for alias, email in aliases.items() if email == address}
    fate = bounce.fate_of(record.message_id, frozenset({address, *others}))
    if fate is None or fate.action not in {"failed", "delayed"}:
        return _nothing(name, leftovers.OTHERS_BOUNCE, record)
    if fate.action == "delayed":
        return InboundResult(name, Reading.DELAY, record, why=leftovers.DELAYED)
    if record.state not in {State.ACCEPTED, State.IN_DOUBT}:
        return InboundResult(name, Reading.STALE, record, why=leftovers.SETTLED)
    Inbox(ledger).bounce(record.id, now, fate.status, message_id)
    return InboundResult(name, Reading.BOUNCE, ledger.get(record.id))


def _same_time(one: NoticeRecord, other: NoticeRecord) -> bool:
    times = [item.facts.time_key for item in (one, other) if isinstance(item.facts, WantedMeeting)]
    return len(times) == 2 and times[0] == times[1]  # noqa: PLR2004 - both
