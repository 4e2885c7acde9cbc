"""From what should be known and what was told to what must be told now: the pure planner.

For each meeting and each address the planner compares two calendars: the one that the data ask for and the one
that the recipient holds, as far as the ledger can know. The difference is at most one notice a recipient. A
notice that has not left is not yet anything that anybody holds, so ten edits become one mail, and a meeting
that came and went before anything was sent becomes none.

SEQUENCE and DTSTAMP follow RFC 5546 2.1.4-2.1.5 and what Exchange makes of them (MS-OXOCAL: a lower SEQUENCE, or the
same with an earlier DTSTAMP, is out of date): both only ever rise, counted over everything that may have left.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hopdocs.notices.kinds.cancellation import CANCELLATION
from hopdocs.notices.kinds.invitation import INVITATION
from hopdocs.notices.kinds.removal import REMOVAL
from hopdocs.notices.kinds.update import UPDATE
from hopdocs.notices.planning.held import attendee_of, entry_to_cancel, held_ahead, held_entry, says_what_is_wanted
from hopdocs.notices.planning.reminders import plan_reminders
from hopdocs.notices.record import Cause, Drop, Method, NewNotice, NoticeRecord, State
from hopdocs.notices.wanted import Attendee, WantedMeeting, normalise_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from hopdocs.notices.kinds.kind import NoticeKind
    from hopdocs.notices.record import Answer
    from hopdocs.notices.wanted import WantedFamily

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""Where SEQUENCE counts minutes from when a ledger starts over among people who hold older entries."""


@dataclass(frozen=True, slots=True)
class LedgerView:
    """What the planner may know of the ledger: one channel's notices of the families in question.

    `channel` is empty for real mail, or the trial box's address: what a trial box got never counts as told. `start` is
    part of every Message-ID where the workspace was started more than once: the ledger may have come from a backup, and
    not know what it has used since.
    """

    records: tuple[NoticeRecord, ...] = ()
    answers: tuple[Answer, ...] = ()
    channel: str = ""
    sequence_base: int = 0
    start: str = ""


@dataclass(frozen=True, slots=True)
class RevisionPlan:
    """What must change in the ledger: first the drops, then the new notices, in one transaction."""

    drops: tuple[Drop, ...] = ()
    notices: tuple[NewNotice, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.drops or self.notices)


def sequence_base_at(now: datetime) -> int:
    """The SEQUENCE that a ledger started with `--known` begins at: minutes since 2026-01-01."""
    return max(0, int((now - EPOCH) / timedelta(minutes=1)))


def plan_revisions(
    wanted: Iterable[WantedFamily], view: LedgerView, now: datetime, *, gone: Collection[str] = ()
) -> RevisionPlan:
    """All drops and new notices for the families in `wanted`, and for those that are `gone` from the workspace.

    A family that is in neither is left exactly as it is: that is what a file that can't be read gets.
    """
    records: dict[str, dict[str, list[NoticeRecord]]] = defaultdict(lambda: defaultdict(list))
    for record in view.records:
        if record.kind.calendar is not None:
            records[record.family][record.meeting].append(record)
    drops: list[Drop] = []
    notices: list[NewNotice] = []
    orphans = {
        (facts.starts, facts.case_number) for name in gone for facts in held_ahead(records.get(name, {}), now).values()
    }
    for family in wanted:
        known = records.get(family.family, {})
        meetings = {item.meeting: item for item in family.meetings}
        reminders = plan_reminders(family, view.records, view.channel, now, gone)
        drops += reminders[0]
        notices += [item for item in reminders[1] if item.kind.comes_first]
        renamed = _renamed_meetings(meetings, known, now, orphans)
        for meeting in sorted({*meetings, *known}):
            cause = Cause.RENAMED if meeting in renamed else Cause.EDIT
            planned = _MeetingPlan(view, known.get(meeting, []), now, cause).plan(meetings.get(meeting))
            drops += planned.drops
            notices += planned.notices
        notices += [item for item in reminders[1] if not item.kind.comes_first]
    for name in sorted(gone):
        for meeting in sorted(records.get(name, {})):
            planned = _MeetingPlan(view, records[name][meeting], now, Cause.FAMILY_GONE).plan(None)
            drops += planned.drops
            notices += planned.notices
        drops += [
            Drop.of(item, "family gone")
            for item in view.records
            if item.family == name and item.kind.calendar is None and item.state is State.PENDING
        ]
    return RevisionPlan(tuple(drops), tuple(replace(item, start=view.start) for item in notices))


def _renamed_meetings(
    wanted: Mapping[str, WantedMeeting],
    known: Mapping[str, Sequence[NoticeRecord]],
    now: datetime,
    orphans: Collection[tuple[datetime, str]],
) -> set[str]:
    """Ids that look like one meeting under two names: an old one gone, a new one at the same time or of the same kind.

    Changing an id asks first, instead of cancelling one meeting and inviting to another. `orphans` are
    meetings of families that are gone: a family's id may have changed, too.
    """
    fresh = [item for name, item in wanted.items() if not known.get(name) or _only_renamed(known[name])]
    found = {item.meeting for item in fresh if (item.starts, item.case_number) in orphans}
    for name, facts in held_ahead(known, now).items():
        twins = [item for item in fresh if item.starts == facts.starts or _same_kind_and_day(item, facts)]
        if name not in wanted and twins:
            found |= {name, *(item.meeting for item in twins)}
    return found


def _only_renamed(records: Sequence[NoticeRecord]) -> bool:
    return not any(item.is_settled or item.released for item in records)


def _same_kind_and_day(one: WantedMeeting, other: WantedMeeting) -> bool:
    return one.kind == other.kind and one.starts.date() == other.starts.date()


class _MeetingPlan:
    """The planning of one meeting: its records, grouped by address, against what is wanted."""

    def __init__(
        self, view: LedgerView, records: Sequence[NoticeRecord], now: datetime, cause: Cause = Cause.EDIT
    ) -> None:
        self.view = view
        self.now = now
        self.cause = cause
        self.records = records
        self.by_email: dict[str, list[NoticeRecord]] = defaultdict(list)
        for record in records:
            self.by_email[record.email].append(record)
        self.settled = [item for item in records if item.is_settled]
        self.drops: list[Drop] = []

    def plan(self, wanted: WantedMeeting | None) -> RevisionPlan:
        """Drops and notices for this meeting."""
        desired = self._desired(wanted)
        barred = {normalise_address(item.email): item.cause for item in wanted.barred} if wanted else {}
        requests: list[Attendee] = []
        cancels: list[tuple[str, NoticeRecord, Cause]] = []
        for email in sorted({*desired, *self.by_email}):
            if email in desired and wanted is not None:
                if self._needs_request(email, wanted):
                    requests.append(desired[email])
                continue
            cause = self._cancel_cause(barred.get(email), wanted)
            held = self._needs_cancel(email, cause, wanted)
            if held is not None and cause is not None:
                cancels.append((email, held, cause))
        return RevisionPlan(tuple(self.drops), tuple(self._issue(wanted, desired, requests, cancels)))

    def _desired(self, wanted: WantedMeeting | None) -> dict[str, Attendee]:
        if wanted is None or wanted.status == "cancelled":
            return {}
        return {normalise_address(item.email): item for item in wanted.attendees}

    def _needs_request(self, email: str, wanted: WantedMeeting) -> bool:
        history = self.by_email.get(email, [])
        pending = [item for item in history if item.state is State.PENDING]
        settled = [item for item in history if item.is_settled]
        last = settled[-1] if settled else None
        held = held_entry(history)
        stands = held is not None and held.method is Method.REQUEST and held.starts_at > self.now
        if wanted.starts_at <= self.now and not stands:
            self._drop(pending, "the meeting has begun")
            return False
        if says_what_is_wanted(last, wanted):
            self._drop([item for item in pending if item is not last], "back to what was told")
            return False
        kept = next((item for item in pending if self._still_right(item, wanted)), None)
        self._drop([item for item in pending if item is not kept], "replaced by a newer edit")
        return kept is None

    def _still_right(self, pending: NoticeRecord, wanted: WantedMeeting) -> bool:
        if pending.method is not Method.REQUEST or pending.announced != wanted.announced:
            return False
        if pending.cause is not self.cause and not pending.released:
            return False
        return pending.maybe_delivered or pending.content == wanted.content

    def _cancel_cause(self, barred: str | None, wanted: WantedMeeting | None) -> Cause | None:
        """Why an entry must go; None if it may stand although nobody new would get it.

        A consent that merely expired withholds new copies, but only an edit cancels a meeting.
        """
        if barred == "withdrawn":
            return Cause.WITHDRAWN
        if barred == "missing":
            return Cause.CONSENT_GONE
        if barred == "expired" and (wanted is None or wanted.status == "confirmed"):
            return None
        return self.cause

    def _needs_cancel(self, email: str, cause: Cause | None, wanted: WantedMeeting | None) -> NoticeRecord | None:
        history = self.by_email.get(email, [])
        pending = [item for item in history if item.state is State.PENDING]
        if cause is None:
            self._drop([item for item in pending if not item.maybe_delivered], "consent has expired")
            return None
        entry = entry_to_cancel(history)
        if entry is None or entry.starts_at <= self.now:
            over = entry is not None
            self._drop([item for item in pending if over or item.method is not Method.CANCEL], "no longer wanted")
            return None
        kind = self._cancel_kind(wanted, cause)
        kept = next((item for item in pending if item.kind is kind and (item.released or item.cause is cause)), None)
        self._drop([item for item in pending if item is not kept], "replaced by a newer edit")
        return None if kept is not None else entry

    def _cancel_kind(self, wanted: WantedMeeting | None, cause: Cause) -> NoticeKind:
        """Whether the meeting is off, or only this person's part in it.

        If a withdrawal leaves nobody to meet, the meeting itself is off for everybody.
        """
        if wanted is None or wanted.status == "cancelled":
            return CANCELLATION
        if cause is Cause.WITHDRAWN and not wanted.attendees:
            return CANCELLATION
        return REMOVAL

    def _drop(self, records: Iterable[NoticeRecord], reason: str) -> None:
        self.drops += [Drop.of(item, reason) for item in records]

    def _issue(
        self,
        wanted: WantedMeeting | None,
        desired: Mapping[str, Attendee],
        requests: Sequence[Attendee],
        cancels: Sequence[tuple[str, NoticeRecord, Cause]],
    ) -> list[NewNotice]:
        if not requests and not cancels:
            return []
        sent = max((item.sequence for item in self.settled), default=None)
        revision, dtstamp = max((item.revision for item in self.records), default=-1) + 1, self._next_dtstamp()
        issued: list[NewNotice] = []
        cancelling = max(-1 if sent is None else sent, self.view.sequence_base - 1) + 1
        if requests and wanted is not None:
            sequence = self._request_sequence(wanted, requests, sent)
            facts = replace(wanted, uid=self.records[0].uid) if self.records else wanted
            answers = self._known_answers(facts, desired)
            readdressed = _readdressed(requests, [attendee_of(held, email) for email, held, _ in cancels])
            for who in requests:
                number = max(sequence, cancelling + 1) if who in readdressed else sequence
                issued.append(self._request(facts, who, (revision, number), dtstamp, answers))
        whole = tuple(attendee_of(held, email) for email, held, _ in cancels)
        for email, held, cause in cancels:
            kind = self._cancel_kind(wanted, cause)
            listed = whole if kind.ends_meeting else (attendee_of(held, email),)
            issued.append(self._cancel(held, kind, cause, (revision, cancelling), dtstamp, listed, wanted))
        return issued

    def _next_dtstamp(self) -> datetime:
        """Now, or a second after the last one if the clock was set back."""
        whole_second = self.now.astimezone(UTC).replace(microsecond=0)
        if not self.records:
            return whole_second
        return max(whole_second, max(item.dtstamp for item in self.records) + timedelta(seconds=1))

    def _request_sequence(self, wanted: WantedMeeting, requests: Sequence[Attendee], sent: int | None) -> int:
        """One more than all that left if anything about the meeting changed, else the present one (newcomers)."""
        base = self.view.sequence_base
        if sent is None:
            return base
        told = next((item for item in reversed(self.settled) if item.method is Method.REQUEST), None)
        changed = told is None or told.announced != wanted.announced
        for attendee in requests:
            held = held_entry(self.by_email.get(normalise_address(attendee.email), []))
            changed = changed or (held is not None and held.method is Method.CANCEL)
        return max(sent + 1 if changed else sent, base)

    def _known_answers(self, facts: WantedMeeting, desired: Mapping[str, Attendee]) -> tuple[tuple[str, str], ...]:
        """Answers that still hold: a new place keeps them, a new time or invitation asks again (RFC 5546 3.2.2.1)."""
        known = {
            normalise_address(item.email): item.partstat
            for item in self.view.answers
            if item.uid == facts.uid and item.time_key == facts.time_key and not self._is_void(item)
        }
        return tuple(sorted((email, partstat) for email, partstat in known.items() if email in desired))

    def _is_void(self, answer: Answer) -> bool:
        """Whether the entry that was answered has been cancelled since: then there is nothing that was said yes to."""
        return any(
            item.method is Method.CANCEL and item.may_be_held and item.sequence > answer.sequence
            for item in self.by_email.get(answer.email, [])
        )

    def _request(
        self,
        facts: WantedMeeting,
        attendee: Attendee,
        numbers: tuple[int, int],
        dtstamp: datetime,
        answers: tuple[tuple[str, str], ...],
    ) -> NewNotice:
        email = normalise_address(attendee.email)
        held = held_entry(self.by_email.get(email, []))
        told = held.facts if held is not None and held.method is Method.REQUEST else None
        previous = told if isinstance(told, WantedMeeting) else None
        return NewNotice(
            channel=self.view.channel,
            family=facts.family,
            meeting=facts.meeting,
            uid=facts.uid,
            revision=numbers[0],
            sequence=numbers[1],
            dtstamp=dtstamp,
            kind=UPDATE if previous is not None else INVITATION,
            email=email,
            name=attendee.name,
            staff=attendee.staff,
            announced=facts.announced,
            content=facts.content,
            cause=self.cause,
            facts=facts,
            starts_at=facts.starts_at,
            previous=previous,
            answers=answers,
        )

    def _cancel(  # noqa: PLR0913, PLR0917 - one value each of what a cancellation is made of
        self,
        held: NoticeRecord,
        kind: NoticeKind,
        cause: Cause,
        numbers: tuple[int, int],
        dtstamp: datetime,
        listed: tuple[Attendee, ...],
        wanted: WantedMeeting | None,
    ) -> NewNotice:
        """A cancellation says what the recipient holds, so that the right entry goes, even if the data moved on."""
        assert isinstance(held.facts, WantedMeeting)  # noqa: S101 - a reminder is never held
        facts = replace(held.facts, attendees=listed, status="cancelled", barred=(), uid=held.uid)
        if wanted is not None:
            facts = replace(facts, contact=wanted.contact, reply_to=wanted.reply_to, signature=wanted.signature)
        return NewNotice(
            channel=self.view.channel,
            family=held.family,
            meeting=held.meeting,
            uid=held.uid,
            revision=numbers[0],
            sequence=numbers[1],
            dtstamp=dtstamp,
            kind=kind,
            email=held.email,
            name=attendee_of(held, held.email).name,
            staff=attendee_of(held, held.email).staff,
            announced=facts.announced,
            content=facts.content,
            cause=cause,
            facts=facts,
            starts_at=facts.starts_at,
        )


def _readdressed(requests: Sequence[Attendee], cancelled: Sequence[Attendee]) -> list[Attendee]:
    """Those who are invited at a new address while the old one is cancelled: the same key, or the same guest's name.

    The old address often still leads to the same mailbox. One calendar then gets both mails, in any order, and must end
    with the invitation: it has to be the newer one.
    """
    gone = {(item.staff, "" if item.staff else item.name) for item in cancelled}
    return [item for item in requests if (item.staff, "" if item.staff else item.name) in gone]
