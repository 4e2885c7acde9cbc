"""Answers that another program writes, and bounces that a real relay writes, on their way back into the ledger."""

from __future__ import annotations

import smtplib
from contextlib import closing
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import make_msgid
from typing import TYPE_CHECKING, Final

from hopdocs.notices.inbound.answers import InboundResult, Reading, read_inbound_folder
from hopdocs.notices.kinds.invitation import INVITATION
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.record import State
from tests.interop.client import Job, open_calendars
from tests.interop.conftest import address_of
from tests.interop.mail_rules import faults_of
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.interop.conftest import Relay
    from tests.interop.office import Office

PELLE: Final = address_of("ppa")
RIGMOR: Final = address_of("rri")
ORGANIZER: Final = address_of("hop")
FAMILY: Final = "HOP-2026-007"


def answer(relay: Relay, owner: str, paths: tuple[Path, ...], partstat: str) -> None:
    """The owner's program takes the mails and mails its answers to the organizer, through the relay."""
    (calendar,) = open_calendars([Job(owner, paths, partstat)])
    for text in calendar["replies"]:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Message-ID"] = owner, ORGANIZER, make_msgid(domain="vesterlyng.example")
        mail["Subject"] = f"{partstat}: møde"
        mail.set_content("")
        mail.add_alternative(
            text.encode(), "text", "calendar", cte="base64", params={"method": "REPLY", "charset": "utf-8"}
        )
        with smtplib.SMTP("127.0.0.1", relay.postfix.doors.plain, timeout=PATIENCE_SECONDS) as client:
            client.send_message(mail)


def open_ledger(office: Office) -> Ledger:
    return Ledger(connect_ledger(office.folder / ".hopdocs" / "ledger.db"))


def read_back(relay: Relay, ledger: Ledger, folder: Path) -> list[InboundResult]:
    """What lies in the organizer's inbox is put in the folder by the operator's rule, and read."""
    folder.mkdir(exist_ok=True)
    for arrival in relay.arrivals().get(ORGANIZER, []):
        (folder / f"{arrival.path.name}.eml").write_bytes(arrival.data)
    return read_inbound_folder(ledger, folder, datetime.now(UTC))


def partstats(relay: Relay, owner: str) -> dict[str, str]:
    """What the owner's newest entry says of each person."""
    paths = tuple(arrival.path for arrival in relay.arrivals()[owner])
    (calendar,) = open_calendars([Job(owner, paths)])
    (entry,) = calendar["entries"]
    return {who["email"]: who["partstat"] for who in entry["attendees"]}


def test_an_answer_is_known_until_the_time_changes(relay: Relay, office: Office, tmp_path: Path) -> None:
    """Acceptance cases 6, 7 and 34, with a reply that another program wrote."""
    office.edit_meeting("opfoelgning-1", r"\n    place: havoern", "\n    place: havoern\n    status: cancelled")
    office.send()
    arrivals = relay.arrivals()
    answer(relay, PELLE, tuple(arrival.path for arrival in arrivals[PELLE]), "ACCEPTED")
    answer(relay, RIGMOR, tuple(arrival.path for arrival in arrivals[RIGMOR]), "DECLINED")
    with closing(open_ledger(office)) as ledger:
        readings = read_back(relay, ledger, tmp_path / "answers")
        assert [item.reading for item in readings] == [Reading.ANSWER, Reading.ANSWER]
        assert {item.email: item.partstat for item in ledger.answers()} == {PELLE: "ACCEPTED", RIGMOR: "DECLINED"}
    relay.forget()
    office.edit_meeting("familieplan", r"place: havoern", "place: ternen")
    office.send()
    assert {person: word for person, word in partstats(relay, RIGMOR).items() if word != "NEEDS-ACTION"} == {
        PELLE: "ACCEPTED",
        RIGMOR: "DECLINED",
    }
    relay.forget()
    office.edit_meeting("familieplan", r'start: "10.00"', 'start: "09.30"')
    office.send()
    assert set(partstats(relay, RIGMOR).values()) == {"NEEDS-ACTION"}


def test_a_bounce_of_a_real_relay_makes_its_notice_failed(relay: Relay, office: Office, tmp_path: Path) -> None:
    """Acceptance case 33."""
    guest = "guests: [{name: Gitte Græshoppe, role: læge, email: flyttet@vesterlyng.example}]"
    office.edit_meeting("familieplan", r"place: havoern", f"place: havoern\n    {guest}")
    office.send()
    (bounce,) = relay.arrivals()[ORGANIZER]
    assert bounce.message.get_content_type() == "multipart/report"
    with closing(open_ledger(office)) as ledger:
        (reading,) = read_back(relay, ledger, tmp_path / "answers")
        assert reading.reading is Reading.BOUNCE
        states = {item.email: item.state for item in ledger.of_family(FAMILY) if item.kind is INVITATION}
        assert states.pop("flyttet@vesterlyng.example") is State.FAILED
        assert set(states.values()) == {State.ACCEPTED}
        assert [item.reading for item in read_back(relay, ledger, tmp_path / "answers")] == [Reading.REPEATED]
    relay.forget()
    office.send()
    ((address, (told,)),) = relay.arrivals().items()
    assert address == address_of("iik")
    assert faults_of(told.as_sent, has_calendar=False) == []
    assert "flyttet@vesterlyng.example" in str(told.message)
