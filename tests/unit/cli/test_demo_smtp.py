from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import TYPE_CHECKING

from hopdocs.cli.demo_smtp import Mailbox

if TYPE_CHECKING:
    from pathlib import Path

EVENT = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nDTSTART:19810329T020000\r\nEND:VTIMEZONE\r\n"
    "BEGIN:VEVENT\r\nUID:a\r\n b@vesterlyng.example\r\nSEQUENCE:1\r\nDTSTART:20261124T123000\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)


def test_mail_is_kept_as_it_came_and_read_back(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Ændret: familieplansmøde"
    mail["From"], mail["To"] = "hop@vesterlyng.example", "iik@vesterlyng.example"
    mail.set_content("Mødet er flyttet.")
    mail.add_alternative(EVENT.encode(), maintype="text", subtype="calendar")
    with Mailbox(tmp_path / "mails") as mailbox:
        with smtplib.SMTP("127.0.0.1", mailbox.port) as server:
            server.send_message(mail)
        (letter,) = mailbox.letters
    assert letter.recipient == "iik@vesterlyng.example"
    assert letter.subject == "Ændret: familieplansmøde"
    assert letter.path.read_bytes() == letter.data
    assert letter.path.name == "001-iik.eml"
    assert letter.calendar_lines("UID", "SEQUENCE", "DTSTART") == [
        "METHOD:REQUEST",
        "UID:ab@vesterlyng.example",
        "SEQUENCE:1",
        "DTSTART:20261124T123000",
    ]


def test_a_mail_without_a_calendar_has_no_calendar_lines(tmp_path: Path) -> None:
    with Mailbox(tmp_path) as mailbox:
        with smtplib.SMTP("127.0.0.1", mailbox.port) as server:
            server.sendmail("a@vesterlyng.example", ["b@vesterlyng.example"], b"Subject: x\r\n\r\ny\r\n")
        assert mailbox.letters[0].calendar_lines("UID") == []
