"""What is waiting, and why: each cycle anew from the ledger and the gates, never stored.

A gate is asked in the order of how long it may last, so that the reason which `notices list` shows is the one to
mend first. Every reason is a code of the catalogue (HD42x-HD44x).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from hopdocs.catalogue import Language, fill_message
from hopdocs.model.scalars.hosts import lies_within
from hopdocs.notices.mail.privacy import scan_mail
from hopdocs.notices.reasons import say_params, say_reason
from hopdocs.notices.record import Cause, Method, NoticeId, NoticeRecord, State
from hopdocs.notices.sending.pause import ServerPause
from hopdocs.notices.sending.waits import CLOCK_SLIP, is_wait_of, pause_length
from hopdocs.notices.wanted import PrivateWords, WantedFamily

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hopdocs.notices.ledger.store import Ledger

ReleaseMode: TypeAlias = Literal["automatic", "committed", "manual"]

MINUTES_A_DAY = 1440
NOT_JUDGED = "HD447"

_MOST_READ = 50
"""Mails that a page's making may read; a queue longer than that leaves over many rounds."""


@dataclass(frozen=True, slots=True)
class MailPolicy:
    """What `mail:` in config.yaml says about when and to whom. Hours are minutes from local midnight."""

    allowed_domains: tuple[str, ...]
    hold_seconds: int = 600
    hours_start_minute: int = 0
    hours_end_minute: int = MINUTES_A_DAY
    zone: str = "Europe/Copenhagen"
    release: ReleaseMode = "automatic"
    mass_limit: int = 25
    redirect_all_to: str = ""
    rate_count: int = 30
    rate_seconds: int = 60
    server: str = ""
    """Which mail server it is, and how it is used, as one text that changes with either."""

    @property
    def channel(self) -> str:
        """Whose calendar the ledger speaks of: the recipients' own (empty), or a trial box."""
        return self.redirect_all_to


@dataclass(frozen=True, slots=True)
class Scope:
    """Which notices the gates were read for: those of these families, up to this one.

    What is planned later, or has come back since, waits for the next look: nobody has asked yet whether its family is
    held, or which names may not stand in it.
    """

    families: frozenset[str]
    newest: NoticeId

    def covers(self, record: NoticeRecord) -> bool:
        """Whether the gates speak of this notice."""
        return record.family in self.families and record.id <= self.newest


@dataclass(frozen=True, slots=True)
class GitSight:
    """What git says of the workspace: the command that is under way, and on which branch it should be and is.

    `detached` is the commit that is checked out where no branch is. `fault` is git's own refusal: a code and its words.
    """

    command: str = ""
    detached: str = ""
    wrong_branch: str = ""
    right_branch: str = ""
    fault: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Gates:
    """What stands in the way right now, apart from time. The cycle fills it in; without a scope it speaks of all."""

    policy: MailPolicy
    held_families: frozenset[str] = frozenset()
    held_meetings: frozenset[tuple[str, str]] = frozenset()
    unreadable: frozenset[str] = frozenset()
    blocked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    uncommitted: frozenset[str] = frozenset()
    merge_in_progress: bool = False
    git: GitSight = field(default_factory=GitSight)
    wrong_branch: str = ""
    private: Mapping[str, PrivateWords] = field(default_factory=dict)
    scope: Scope | None = None

    @classmethod
    def of(  # noqa: PLR0913 - one value for each gate
        cls,
        policy: MailPolicy,
        families: Iterable[WantedFamily],
        *,
        unreadable: Iterable[str] = (),
        uncommitted: Iterable[str] = (),
        git: GitSight | None = None,
        scope: Scope | None = None,
    ) -> Gates:
        """The gates as the families' own data set them, with what the cycle knows beside."""
        held, held_meetings = set[str](), set[tuple[str, str]]()
        blocked, private = dict[str, tuple[str, ...]](), dict[str, PrivateWords]()
        for item in families:
            private[item.family] = item.private
            held_meetings |= {(item.family, meeting) for meeting in item.held_meetings}
            if item.hold:
                held.add(item.family)
            if item.blocked:
                blocked[item.family] = item.blocked
        return cls(
            policy=policy,
            held_families=frozenset(held),
            held_meetings=frozenset(held_meetings),
            unreadable=frozenset(unreadable),
            blocked=blocked,
            uncommitted=frozenset(uncommitted),
            merge_in_progress=git is not None and git.command != "",
            git=git or GitSight(),
            wrong_branch=git.wrong_branch if git is not None else "",
            private=private,
            scope=scope,
        )


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a notice does not leave now: a code with parameters, and until when, if that is known."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One line of `notices list`."""

    record: NoticeRecord
    hold: Hold | None
    warnings: tuple[str, ...] = ()

    @property
    def is_due(self) -> bool:
        """Whether it would leave now."""
        return self.record.state is State.PENDING and self.hold is None

    def as_json(self, language: Language) -> dict[str, Any]:
        """The shape of `notices list --format json`."""
        record = self.record
        if self.hold is not None:
            reason = fill_message(self.hold.code, say_params(self.hold.params, language), language)
        else:
            reason = fill_message(_SETTLED_REASONS[record.state], _reply_params(record, language), language)
        until = self.hold.until if self.hold else None
        return {
            "id": record.id,
            "family": record.family,
            "meeting": record.meeting,
            "kind": record.kind.name,
            "method": record.method.value,
            "recipient": record.email,
            "revision": record.revision,
            "sequence": record.sequence,
            "state": record.state.value,
            "reason": reason,
            "code": self.hold.code if self.hold else "",
            "not_before": until.isoformat() if until else None,
            "subject": record.subject,
            "warnings": list(self.warnings),
        }


_SETTLED_REASONS = {
    State.PENDING: "HD440",
    State.DATA_STARTED: "HD441",
    State.ACCEPTED: "HD442",
    State.FAILED: "HD443",
    State.IN_DOUBT: "HD444",
    State.DROPPED: "HD445",
}


def _reply_params(record: NoticeRecord, language: Language) -> dict[str, str]:
    reason = say_reason(record.reason, language)
    if record.reason == "bounced":  # the server had taken it over before it came back
        text = f"{reason}: {record.smtp_text}" if record.smtp_text else reason
    else:
        text = f"{record.smtp_code} {record.smtp_text}".strip() if record.smtp_code else reason
    return {"reply": text, "reason": reason or text}


class Outbox:
    """The waiting notices against the gates, at one moment."""

    def __init__(self, ledger: Ledger, gates: Gates, now: datetime) -> None:
        self._ledger = ledger
        self._gates = gates
        self._now = now
        reason = ledger.why_not_started()
        self._not_started = Hold(reason.code, reason.params) if reason is not None else None
        self._mass = ledger.waiting.cancelled_meetings()
        self._pause = ServerPause(ledger).state(gates.policy.server)
        self._fault = ServerPause(ledger).fault(gates.policy.server)

    def rows(self, family: str | None = None) -> list[OutboxRow]:
        """All that waits, or one family's, in the order in which it was planned."""
        return [self.judge(record) for record in self._ledger.pending(family=family)]

    def first_rows(self, most: int) -> list[OutboxRow]:
        """Those that were planned first. Of a long queue only what the gates say: to read a mail, it must be made."""
        records = self._ledger.pending(most=most)
        reads = len(records) <= _MOST_READ
        return [self.judge(record) if reads else OutboxRow(record, self.hold_of(record)) for record in records]

    def look_again(self, now: datetime) -> None:
        """Judge from now on as of another moment: sending takes its time."""
        self._now = now

    def judge(self, record: NoticeRecord, mime: bytes | None = None) -> OutboxRow:
        """One notice against all gates; if only time holds it, its bytes against what no mail may hold, too."""
        if record.state is not State.PENDING:
            return OutboxRow(record, None)
        hold = self.hold_of(record)
        if hold is not None and hold.until is None:
            return OutboxRow(record, hold)
        mime = self._ledger.mime(record.id) if mime is None else mime
        leaks = scan_mail(mime, self._gates.private.get(record.family, PrivateWords()))
        blocking = [leak.kind for leak in leaks if leak.blocks]
        if blocking:
            return OutboxRow(record, Hold("HD427", {"kinds": ", ".join(blocking)}))
        return OutboxRow(record, hold, ("HD428",) if leaks else ())

    def hold_of(self, record: NoticeRecord) -> Hold | None:
        """What the gates say of a pending notice, without reading its bytes."""
        for gate in _GATES:
            hold = gate(self, record)
            if hold is not None:
                return hold
        return None

    # The gates, in order. Each gives a reason, or None to let the notice pass.

    def _ledger_started(self, _record: NoticeRecord) -> Hold | None:
        return self._not_started

    def _same_channel(self, record: NoticeRecord) -> Hold | None:
        if record.channel == self._gates.policy.channel:
            return None
        return Hold("HD421", {"channel": self._gates.policy.channel or record.channel})

    def _asked_about(self, record: NoticeRecord) -> Hold | None:
        scope = self._gates.scope
        return None if scope is None or scope.covers(record) else Hold(NOT_JUDGED)

    def _person_asked(self, record: NoticeRecord) -> Hold | None:
        if record.held:
            return Hold("HD422")
        if record.cause.needs_person and not record.released:
            return Hold(_PERSON_CODES[record.cause])
        return None

    def _allowed_recipient(self, record: NoticeRecord) -> Hold | None:
        address = record.channel or record.email
        if _may_get_mail(address, self._gates.policy.allowed_domains):
            return None
        return Hold("HD426", {"domain": address.rpartition("@")[2].lower()})

    def _family_allows(self, record: NoticeRecord) -> Hold | None:
        gates = self._gates
        if not record.kind.heeds_family:
            return None
        if record.family in gates.unreadable:
            return Hold("HD429")
        if record.family in gates.held_families or (record.family, record.meeting) in gates.held_meetings:
            return Hold("HD430")
        codes = gates.blocked.get(record.family, ())
        if codes and record.kind.stopped_by_faults:
            return Hold("HD431", {"codes": ", ".join(codes)})
        return None

    def _not_too_many(self, record: NoticeRecord) -> Hold | None:
        key = (record.channel, record.family, record.meeting)
        if key not in self._mass or record.method is not Method.CANCEL or record.released:
            return None
        if len(self._mass) <= self._gates.policy.mass_limit:
            return None
        return Hold("HD432", {"count": str(len(self._mass)), "limit": str(self._gates.policy.mass_limit)})

    def _git_is_at_rest(self, _record: NoticeRecord) -> Hold | None:
        """Files of another day or branch are no news, however mail is released: somebody only looks at them.

        Asked before a file that cannot be read, which is what a merge makes of it.
        """
        gates = self._gates
        if gates.merge_in_progress:
            return Hold("HD433", {"command": gates.git.command or "git"})
        if gates.git.fault is not None:
            return Hold(gates.git.fault[0], {"detail": gates.git.fault[1]})
        if gates.git.detached:
            return Hold("HD448", {"commit": gates.git.detached})
        if gates.wrong_branch:
            return Hold("HD434", {"branch": gates.wrong_branch, "right": gates.git.right_branch or "git.branch"})
        return None

    def _is_committed(self, record: NoticeRecord) -> Hold | None:
        gates = self._gates
        return Hold("HD435") if gates.policy.release == "committed" and record.family in gates.uncommitted else None

    def _released(self, record: NoticeRecord) -> Hold | None:
        if self._gates.policy.release == "manual" and not record.released:
            return Hold("HD436")
        return None

    def _hold_is_over(self, record: NoticeRecord) -> Hold | None:
        """Edits settle first. A withdrawal never waits: from that moment nobody may share."""
        if record.released or record.cause is Cause.WITHDRAWN or record.attempts or not record.kind.lets_edits_settle:
            return None
        if record.planned_at - self._now > CLOCK_SLIP:
            return None
        until = record.planned_at + timedelta(seconds=self._gates.policy.hold_seconds)
        return Hold("HD437", {"time": self._local(until)}, until) if until > self._now else None

    def _in_mail_hours(self, record: NoticeRecord) -> Hold | None:
        """Withdrawals and cancellations of today's meetings ignore the hours."""
        if record.cause is Cause.WITHDRAWN or record.kind.ignores_hours:
            return None
        zone = ZoneInfo(self._gates.policy.zone)
        local = self._now.astimezone(zone)
        if record.kind.ignores_hours_on_the_day and record.starts_at.astimezone(zone).date() == local.date():
            return None
        policy = self._gates.policy
        minute = local.hour * 60 + local.minute
        if policy.hours_start_minute <= minute < policy.hours_end_minute:
            return None
        day = local.date() + timedelta(days=1 if minute >= policy.hours_start_minute else 0)
        opens = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=policy.hours_start_minute)
        return Hold("HD438", {"time": self._local(opens)}, opens)

    def _retry_is_due(self, record: NoticeRecord) -> Hold | None:
        if record.not_before is None or record.not_before <= self._now:
            return None
        if record.attempts and not is_wait_of(record, record.not_before - self._now):
            return None  # a reminder's day may be far ahead
        return Hold("HD439", {"time": self._local(record.not_before)}, record.not_before)

    def _server_works(self, _record: NoticeRecord) -> Hold | None:
        until, code, count = self._pause
        if until is None or until <= self._now or until - self._now > pause_length(code, count - 1) + CLOCK_SLIP:
            return None
        return Hold("HD446", {**self._fault, "code": code, "fault": code, "time": self._local(until)}, until)

    def _local(self, moment: datetime) -> str:
        local = moment.astimezone(ZoneInfo(self._gates.policy.zone))
        return f"{local:%Y-%m-%d %H.%M}"


@lru_cache(maxsize=512)
def _may_get_mail(address: str, domains: tuple[str, ...]) -> bool:
    """Whether an address lies in an allowed domain; colleagues get many mails each."""
    return lies_within(address, domains)


_PERSON_CODES = {Cause.FAMILY_GONE: "HD423", Cause.CONSENT_GONE: "HD424", Cause.RENAMED: "HD425"}

_GATES: tuple[Callable[[Outbox, NoticeRecord], Hold | None], ...] = (
    Outbox._ledger_started,  # noqa: SLF001 - the gates are this class's own, listed in their order
    Outbox._same_channel,  # noqa: SLF001
    Outbox._asked_about,  # noqa: SLF001
    Outbox._person_asked,  # noqa: SLF001
    Outbox._allowed_recipient,  # noqa: SLF001
    Outbox._git_is_at_rest,  # noqa: SLF001
    Outbox._family_allows,  # noqa: SLF001
    Outbox._not_too_many,  # noqa: SLF001
    Outbox._is_committed,  # noqa: SLF001
    Outbox._released,  # noqa: SLF001
    Outbox._hold_is_over,  # noqa: SLF001
    Outbox._in_mail_hours,  # noqa: SLF001
    Outbox._retry_is_due,  # noqa: SLF001
    Outbox._server_works,  # noqa: SLF001
)
