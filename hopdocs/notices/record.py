"""What the ledger remembers about one notice, as frozen values: the planner's and the outbox's view of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from datetime import datetime

    from hopdocs.notices.kinds.kind import NoticeKind
    from hopdocs.notices.wanted import WantedMeeting, WantedReminder

NoticeId = NewType("NoticeId", int)


class State(StrEnum):
    """The six states that are stored. Held, blocked and waiting are computed anew each cycle."""

    PENDING = "pending"
    DATA_STARTED = "data_started"
    ACCEPTED = "accepted"
    FAILED = "failed"
    IN_DOUBT = "in_doubt"
    DROPPED = "dropped"


class Method(StrEnum):
    """The iTIP method (RFC 5546 3.2); a short mail has no calendar part."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    NONE = ""


class Cause(StrEnum):
    """Why a notice was planned, if that decides when it may leave.

    The last three always wait for a person: a file that is gone, a consent that was deleted instead of
    withdrawn, and a meeting whose id changed may each be a slip of the hand.
    """

    EDIT = "edit"
    WITHDRAWN = "withdrawn"
    FAMILY_GONE = "family_gone"
    CONSENT_GONE = "consent_gone"
    RENAMED = "renamed"

    @property
    def needs_person(self) -> bool:
        """Whether it stays until somebody says `notices release`."""
        return self in {Cause.FAMILY_GONE, Cause.CONSENT_GONE, Cause.RENAMED}


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """One notice as the ledger has it, without its bytes.

    `maybe_delivered` stays set once a body was sent and not answered: from then on the recipient may hold it,
    whatever becomes of the notice itself. `expires_at` is when it no longer helps.
    """

    id: NoticeId
    channel: str
    family: str
    meeting: str
    uid: str
    revision: int
    sequence: int
    dtstamp: datetime
    kind: NoticeKind
    method: Method
    email: str
    announced: str
    content: str
    cause: Cause
    state: State
    planned_at: datetime
    starts_at: datetime
    expires_at: datetime
    facts: WantedMeeting | WantedReminder | None
    key: str = ""
    reason: str = ""
    subject: str = ""
    message_id: str = ""
    not_before: datetime | None = None
    attempts: int = 0
    first_attempt_at: datetime | None = None
    unanswered: int = 0
    maybe_delivered: bool = False
    released: bool = False
    held: bool = False
    smtp_code: int = 0
    smtp_text: str = ""

    @property
    def may_be_held(self) -> bool:
        """Whether the recipient has this, or may have it."""
        return self.maybe_delivered or self.state in {State.ACCEPTED, State.DATA_STARTED, State.IN_DOUBT}

    @property
    def is_settled(self) -> bool:
        """Whether it had its chance: it reached the recipient, may have, or was refused for good."""
        return self.may_be_held or self.state is State.FAILED


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice that the planner asks for; `hopdocs.notices.mail.message` makes its bytes, the ledger keeps it.

    `staff` is the recipient's key in config.yaml, '' for a guest. `previous` is what the recipient holds now, so that
    an update can say old → new. `answers` are the known answers by address, kept if the time is unchanged. `start` is
    that of `LedgerView`.
    """

    channel: str
    family: str
    meeting: str
    uid: str
    revision: int
    sequence: int
    dtstamp: datetime
    kind: NoticeKind
    email: str
    name: str
    announced: str
    content: str
    cause: Cause
    facts: WantedMeeting | WantedReminder
    starts_at: datetime
    staff: str = ""
    key: str = ""
    previous: WantedMeeting | None = None
    answers: tuple[tuple[str, str], ...] = ()
    not_before: datetime | None = None
    start: str = ""

    @property
    def method(self) -> Method:
        """The iTIP method: what the notice does to the recipient's calendar."""
        return self.kind.method

    @property
    def expires_at(self) -> datetime:
        """When it no longer helps."""
        return self.kind.expires(self)


@dataclass(frozen=True, slots=True)
class Drop:
    """A notice that has not left and no longer should, with the reason.

    `was_maybe_delivered` is what the planner knew of it: if its body has been sent since without an answer, the
    recipient may hold what the plan took for nothing. None where that decides nothing.
    """

    id: NoticeId
    reason: str
    was_maybe_delivered: bool | None = None

    @classmethod
    def of(cls, record: NoticeRecord, reason: str) -> Drop:
        """As it was when that was decided."""
        return cls(record.id, reason, record.maybe_delivered)


@dataclass(frozen=True, slots=True)
class Beginning:
    """A notice whose body is about to leave: these bytes, made when its row had this Message-ID."""

    notice: NoticeId
    at: datetime
    message_id: str
    mime: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """A notice that a server took over, with what it said."""

    notice: NoticeId
    at: datetime
    code: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to an invitation: accepted, declined or tentative, for the time that it then had."""

    uid: str
    email: str
    partstat: str
    sequence: int
    time_key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Stranger:
    """An answer to a meeting of ours from an address that was not invited."""

    uid: str
    sender: str
    partstat: str
    at: datetime
