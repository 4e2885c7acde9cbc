"""A family with one meeting, a ledger in memory, and a postman who always succeeds: for planning tests."""

from __future__ import annotations

import email
import email.policy
import weakref
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import icalendar

from hopdocs.errors import LedgerFault
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.planning.revisions import plan_revisions
from hopdocs.notices.record import Beginning, NoticeId, NoticeRecord, State, Taken
from hopdocs.notices.sending.outbox import Gates, MailPolicy, Outbox
from hopdocs.notices.wanted import Attendee, WantedFamily, WantedMeeting, derive_uid

if TYPE_CHECKING:
    from collections.abc import Collection

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
DOMAIN = "vesterlyng.example"
RIGMOR = Attendee(f"rri@{DOMAIN}", "Rigmor Rimfrost", "rri")
PELLE = Attendee(f"ppa@{DOMAIN}", "Pelle Pærevang", "ppa")
SOFUS = Attendee(f"ssk@{DOMAIN}", "Sofus Skumring", "ssk")
FAMILY = "HOP-2026-007"

POLICY = MailPolicy(allowed_domains=(DOMAIN,), mass_limit=5, rate_count=10_000)


def sample_meeting(**changes: Any) -> WantedMeeting:
    """The familieplansmøde of 24 November, with Rigmor and Pelle."""
    family = changes.get("family", FAMILY)
    meeting = changes.get("meeting", "familieplan")
    plain = WantedMeeting(
        family=family,
        meeting=meeting,
        uid=derive_uid(family, meeting, DOMAIN),
        kind="familieplansmøde",
        title="Familieplansmøde",
        starts=datetime(2026, 11, 24, 10, 0),  # noqa: DTZ001 - wall-clock time, its zone stands beside it
        ends=datetime(2026, 11, 24, 12, 0),  # noqa: DTZ001
        zone="Europe/Copenhagen",
        place="Mødelokale Havørnen, Opdigtvej 1, 9999 Vesterlyng",
        case_number="26-012345",
        organizer=f"hop@{DOMAIN}",
        organizer_name="Vesterlyng Kommune, helhedsorienterede planer",
        reply_to=f"iik@{DOMAIN}",
        attendees=(RIGMOR, PELLE),
        contact="Ingolf Iskrystal (tovholder), 00 00 12 10",
        case_url="https://records.vesterlyng.example/26-012345",
        signature="Familierådgivningen, Vesterlyng Kommune",
    )
    return replace(plain, **changes)


@dataclass(frozen=True)
class Told:
    """One delivered notice in short: who, what, and its numbers."""

    email: str
    kind: str
    sequence: int


@dataclass
class World:
    """A ledger, a clock, and what everybody was told so far."""

    now: datetime = NOW
    ledger: Ledger = field(default_factory=lambda: Ledger(connect_ledger(Path(":memory:"))))
    channel: str = ""

    def __post_init__(self) -> None:
        weakref.finalize(self.ledger, self.ledger._connection.close)  # a forgotten ledger leaves no database open

    def save(self, *meetings: WantedMeeting, gone: Collection[str] = (), **family: Any) -> list[NoticeRecord]:
        """One cycle's planning after an edit; gives what is pending afterwards."""
        wanted = [] if gone else [WantedFamily(FAMILY, meetings, **family)]
        return self.save_families(*wanted, gone=gone)

    def save_families(self, *families: WantedFamily, gone: Collection[str] = ()) -> list[NoticeRecord]:
        """The same for any families."""
        plan = plan_revisions(families, self.ledger.view(channel=self.channel), self.now, gone=gone)
        self.ledger.record_plan(plan.drops, plan.notices, self.now)
        return self.ledger.in_state(State.PENDING)

    def deliver(self) -> list[Told]:
        """Let everything pending arrive."""
        told = []
        for record in self.ledger.in_state(State.PENDING):
            begin(self.ledger, record.id, self.now)
            self.ledger.write_together([Taken(record.id, self.now, 250, "ok")], [])
            told.append(Told(record.email.partition("@")[0], record.kind.name, record.sequence))
        return told

    def tell(self, *meetings: WantedMeeting, **family: Any) -> list[Told]:
        """Save and deliver."""
        self.save(*meetings, **family)
        return self.deliver()

    def pass_time(self, **span: float) -> None:
        """Move the clock."""
        self.now += timedelta(**span)

    def outbox(self, gates: Gates | None = None) -> Outbox:
        """What waits now, against these gates."""
        return Outbox(self.ledger, gates or Gates(POLICY), self.now)

    def holds(self, gates: Gates | None = None) -> list[str]:
        """The codes of what holds each waiting notice; empty where it may leave."""
        return [row.hold.code if row.hold else "" for row in self.outbox(gates).rows()]

    def event(self, record: NoticeRecord) -> Any:
        """The VEVENT inside a notice's stored bytes."""
        return read_event(self.ledger.mime(record.id))


def begin(ledger: Ledger, notice: NoticeId, now: datetime) -> None:
    """Its body begins, as the sender announces it; a `LedgerFault` if it may not."""
    beginning = Beginning(notice, now, ledger.get(notice).message_id, ledger.mime(notice))
    if not ledger.write_together([], [beginning]):
        raise LedgerFault("HD415", id=str(notice))


def read_calendar(mime: bytes) -> bytes:
    """The calendar part of a mail, decoded."""
    message = email.message_from_bytes(mime, policy=email.policy.default)
    part = next(item for item in message.walk() if item.get_content_type() == "text/calendar")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


def read_event(mime: bytes) -> Any:
    """The VEVENT of a mail."""
    return icalendar.Calendar.from_ical(read_calendar(mime)).walk("VEVENT")[0]
