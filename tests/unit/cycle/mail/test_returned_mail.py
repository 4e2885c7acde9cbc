"""Who hears of a notice that came back."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.run import CycleOptions
from hopdocs.notices.inbound.inbox import Inbox
from hopdocs.notices.kinds.returned_mail import RETURNED_MAIL
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.record import State, Taken
from hopdocs.notices.wanted import WantedReminder
from tests.unit.cycling import Desk, copy_example
from tests.unit.notices.samples import begin

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.notices.record import NoticeRecord

GUEST = "guests: [{name: Lærer Lis, role: lærer, email: lis@vesterlyng.example}]"


class Office:
    """A workspace whose team was told; what comes back is put straight into the ledger."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.cycle()
        with closing(self.ledger()) as ledger:
            for record in ledger.in_state(State.PENDING):
                begin(ledger, record.id, desk.clock.now())
                ledger.write_together([Taken(record.id, desk.clock.now(), 250, "ok")], [])

    def ledger(self) -> Ledger:
        return Ledger(connect_ledger(self.desk.root / ".hopdocs" / "ledger.db"))

    def cycle(self) -> None:
        self.desk.cycle(CycleOptions(plans_notices=True))

    def bounce(self, address: str, status: str = "5.1.1") -> None:
        with closing(self.ledger()) as ledger:
            records = [item for item in ledger.in_state(State.ACCEPTED) if item.email == address]
            Inbox(ledger).bounce(records[0].id, self.desk.clock.now(), status, f"<{address}>")
        self.cycle()

    def refuse(self, address: str, reply: tuple[int, str], reason: str = "") -> None:
        with closing(self.ledger()) as ledger:
            (record, *_) = [item for item in ledger.in_state(State.PENDING) if item.email == address]
            ledger.fail(record.id, self.desk.clock.now(), "rcpt", reply, reason)
        self.cycle()

    def told(self) -> list[tuple[NoticeRecord, str]]:
        """The short mails that wait, with their text."""
        with closing(self.ledger()) as ledger:
            waiting = [item for item in ledger.in_state(State.PENDING) if item.kind is RETURNED_MAIL]
            return [(item, "\n".join(getattr(item.facts, "lines", ()))) for item in waiting]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return copy_example(tmp_path / "ws")


def test_the_tovholder_hears_of_it_once_and_why(desk: Desk) -> None:
    office = Office(desk)
    office.bounce("ppa@vesterlyng.example")
    office.cycle()
    ((record, text),) = office.told()
    assert (record.email, record.subject) == ("iik@vesterlyng.example", "En mail kom retur, sag 26-012345")
    assert text.startswith("Mailen til ppa@vesterlyng.example om familieplansmødet tirsdag den 24. november kom retur.")
    assert "Adressen findes ikke." in text
    assert "config.yaml" in text


@pytest.mark.parametrize("reason", ["", "gave up"])
def test_the_tovholder_hears_of_a_mail_that_the_server_refused(desk: Desk, reason: str) -> None:
    """Whether it is this server that knows no such mailbox, or one behind it."""
    office = Office(desk)
    desk.edit("    place: havoern", "    place: ternen")
    office.cycle()
    office.refuse("ppa@vesterlyng.example", (550, "5.1.1 no such user"), reason)
    office.cycle()
    ((record, text),) = office.told()
    assert (record.email, record.subject) == ("iik@vesterlyng.example", "En mail kunne ikke afleveres, sag 26-012345")
    assert "familieplansmødet tirsdag den 24. november kunne ikke afleveres." in text
    assert "Adressen findes ikke." in text


def test_who_is_the_tovholder_by_now_hears_of_it(desk: Desk) -> None:
    office = Office(desk)
    desk.edit(
        "  - {staff: iik, from: 2026-10-06, chosen_by: team, substitute: rri}",
        "  - {staff: iik, from: 2026-10-06, to: 2026-11-19, chosen_by: team}\n"
        "  - {staff: yym, from: 2026-11-20, chosen_by: family}",
    )
    office.bounce("ppa@vesterlyng.example")
    assert [record.email for record, _ in office.told()] == ["yym@vesterlyng.example"]


def test_answers_to_the_sender_do_not_keep_it_from_the_tovholder(desk: Desk) -> None:
    """`reply_to: sender` is about what people write; the sender's mailbox may be one that nobody reads."""
    desk.edit("reply_to: tovholder", "reply_to: sender", "config.yaml")
    office = Office(desk)
    office.bounce("ppa@vesterlyng.example")
    assert [record.email for record, _ in office.told()] == ["iik@vesterlyng.example"]


def test_the_coordinator_hears_of_it_where_it_is_the_tovholders_own_address_that_fails(desk: Desk) -> None:
    office = Office(desk)
    office.bounce("iik@vesterlyng.example", "5.2.2")
    ((record, text),) = office.told()
    assert record.email == "kko@vesterlyng.example"
    assert "Postkassen er fuld" in text


def test_a_guests_address_stands_in_the_familys_file(desk: Desk) -> None:
    desk.edit("    interpreter: {language: dari, name", f"    {GUEST}\n    interpreter: {{language: dari, name")
    office = Office(desk)
    office.bounce("lis@vesterlyng.example")
    ((_, text),) = office.told()
    assert "familiens fil" in text


def test_a_file_that_cannot_be_read_does_not_keep_it_from_being_told(desk: Desk) -> None:
    office = Office(desk)
    desk.edit("id: HOP-2026-007", "id: HOP-2026-007\nnoget: [")
    office.bounce("ppa@vesterlyng.example")
    assert [record.email for record, _ in office.told()] == ["kko@vesterlyng.example"]


def test_nobody_hears_of_a_mail_about_a_meeting_that_has_been(desk: Desk) -> None:
    office = Office(desk)
    desk.clock.pass_days(100)
    office.bounce("ppa@vesterlyng.example")
    assert [record.subject for record, _ in office.told() if "retur" in record.subject] == []


def test_it_is_told_on_the_day_that_it_is_where_the_municipality_is(desk: Desk) -> None:
    """The clock counts in UTC, where it is still the day before."""
    office = Office(desk)
    desk.clock.moment = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    office.bounce("ppa@vesterlyng.example")
    ((record, _),) = office.told()
    assert isinstance(record.facts, WantedReminder)
    assert record.facts.due == date(2026, 11, 22)
