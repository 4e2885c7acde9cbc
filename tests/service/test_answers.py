"""Answers and bounces through the real command line: .eml files in a folder, as a mailbox rule puts them there."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.service.mailbox import Mailbox
from tests.service.mailed import MailedWorkspace
from tests.service.watched import Watched, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAMILY: Final = "HOP-2026-007"
MEETING: Final = "familieplan"
DAGSORDEN: Final = f"out/hop-2026-007/dagsorden-{MEETING}.docx"
PAGE: Final = "out/hop-2026-007/overblik.html"
RIGMOR: Final = "rri@vesterlyng.example"
PELLE: Final = "ppa@vesterlyng.example"


class Office(MailedWorkspace):
    """One with a folder for answers, whose invitations have left."""

    def __init__(self, root: Path, mailbox: Mailbox) -> None:
        super().__init__(root, mailbox)
        self.edit("config.yaml", "hold: 0s", "hold: 0s\n  answers: svar")
        (root / "svar").mkdir()
        self.run("notices", "start")
        self.run("watch", "--once")

    def event(self, person: str) -> Any:
        """The newest entry that a person was sent for the meeting."""
        events = [item.event for item in self.mailbox.letters if item.recipients == (person,)]
        return [item for item in events if "Familieplansmøde" in str(item["SUMMARY"])][-1]

    def put(self, name: str, data: bytes) -> None:
        """As a mailbox rule writes: beside it, then renamed."""
        beside = self.root / "svar" / f".{name}"
        beside.write_bytes(data)
        beside.rename(self.root / "svar" / name)

    def answers(self) -> dict[str, str]:
        rows = json.loads(self.run("status", FAMILY, "--format", "json"))["families"]
        return {item["who"]: item["answer"] for item in rows[0]["answers"]}

    def made(self) -> set[str]:
        """The documents that changed in one cycle."""
        before = {path: path.read_bytes() for path in (self.root / "out").rglob("*.docx")}
        self.run("watch", "--once")
        return {path.name for path in (self.root / "out").rglob("*.docx") if before.get(path) != path.read_bytes()}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Mailbox() as mailbox:
        yield Office(tmp_path / "workspace", mailbox)


def outlook_reply(event: Any, person: str, partstat: str, *, sender: str = "", sequence: int | None = None) -> bytes:
    """An answer as Outlook writes it: no ORGANIZER, the address in capitals, base64 and folded lines."""
    number = int(event["SEQUENCE"]) if sequence is None else sequence
    words = {"ACCEPTED": "Accepteret", "DECLINED": "Afvist", "TENTATIVE": "Foreløbig"}[partstat]
    calendar = (
        "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nPRODID:Microsoft Exchange Server 2010\r\nVERSION:2.0\r\n"
        "BEGIN:VTIMEZONE\r\nTZID:Romance Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\n"
        "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\n"
        "END:STANDARD\r\nEND:VTIMEZONE\r\n"
        f"BEGIN:VEVENT\r\nATTENDEE;PARTSTAT={partstat};CN=Navn:MAILTO:{person.upper()}\r\nCOMMENT;LANGUAGE=da-DK:\\n\r\n"
        f"UID:{event['UID']}\r\nSUMMARY;LANGUAGE=da-DK:{words}: {event['SUMMARY']}\r\n"
        "DTSTART;TZID=Romance Standard Time:20261124T100000\r\nDTEND;TZID=Romance Standard Time:20261124T120000\r\n"
        f"CLASS:PUBLIC\r\nPRIORITY:5\r\nDTSTAMP:20261121T080000Z\r\nTRANSP:OPAQUE\r\nSEQUENCE:{number}\r\n"
        f"X-MICROSOFT-CDO-APPT-SEQUENCE:{number}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    body = base64.encodebytes(calendar.encode()).decode().replace("\n", "\r\n")
    return (
        f'From: "Navn, Et" <{sender or person}>\r\nTo: hop@vesterlyng.example\r\n'
        f"Subject: {words}: =?utf-8?Q?m=C3=B8de?=\r\n"
        f"Message-ID: <{partstat}.{number}.{sender or person}>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/alternative;\r\n\tboundary="_000_AM"\r\n\r\n'
        '--_000_AM\r\nContent-Type: text/plain; charset="iso-8859-1"\r\n\r\n\r\n'
        '--_000_AM\r\nContent-Type: text/calendar; charset="utf-8"; method=REPLY\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{body}\r\n--_000_AM--\r\n"
    ).encode()


def bounce(letter: Any) -> bytes:
    """A delivery status notification as Postfix writes it (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@mail.vesterlyng.example\r\nTo: hop@vesterlyng.example\r\nSubject: Undelivered Mail\r\n"
        "Message-ID: <20261121.1@mail.vesterlyng.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nuser unknown\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.vesterlyng.example\r\n\r\n"
        f"Final-Recipient: rfc822; {letter.recipients[0]}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {letter.message['message-id']}\r\n\r\n--b--\r\n"
    ).encode()


def test_an_answer_shows_on_the_agenda_the_page_and_the_status(office: Office) -> None:
    assert set(office.answers().values()) == {"none"}
    office.put("1.eml", outlook_reply(office.event(RIGMOR), RIGMOR, "ACCEPTED"))
    office.put("2.eml", outlook_reply(office.event(PELLE), PELLE, "DECLINED"))
    assert office.made() == {f"dagsorden-{MEETING}.docx"}
    assert {key: value for key, value in office.answers().items() if value != "none"} == {
        "rri": "accepted",
        "ppa": "declined",
    }
    assert "coming: rri" in office.run("status", FAMILY)
    agenda = text_of(office.root / DAGSORDEN)
    assert ["(kommer)" in agenda, "(kommer ikke)" in agenda, "(ikke svaret)" in agenda] == [True, True, True]
    page = (office.root / PAGE).read_text("utf-8")
    assert "Svar på indkaldelsen" in page
    assert office.made() == set()
    office.edit("families/hop-2026-007.yaml", 'start: "10.00"', 'start: "10.30"')
    office.run("watch", "--once")
    assert set(office.answers().values()) == {"none"}
    assert "kommer" not in text_of(office.root / DAGSORDEN).split("Hvem er med?")[1]


def test_what_is_forged_stale_or_hostile_changes_nothing(office: Office, tmp_path: Path) -> None:
    event = office.event(RIGMOR)
    office.put("forged.eml", outlook_reply(event, RIGMOR, "DECLINED", sender="fremmed@vesterlyng.example"))
    office.put("later.eml", outlook_reply(event, RIGMOR, "DECLINED", sequence=int(event["SEQUENCE"]) + 7))
    office.put("huge.eml", b"From: a@b\n\n" + b"x" * 50_000_000)
    office.put(
        "deep.eml", b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(9999))
    )
    office.put("list.eml", b"From: " + b"a@b," * 60_000 + b"\n\n")
    (tmp_path / "outside").write_bytes(outlook_reply(event, RIGMOR, "DECLINED"))
    (office.root / "svar" / "link.eml").symlink_to(tmp_path / "outside")
    os.mkfifo(office.root / "svar" / "pipe.eml")
    assert office.made() == set()
    assert set(office.answers().values()) == {"none"}


def test_a_bounce_is_told_to_the_tovholder_once(office: Office) -> None:
    letter = next(item for item in office.mailbox.letters if item.recipients == (PELLE,))
    count = len(office.mailbox.letters)
    office.put("bounce.eml", bounce(letter))
    office.run("watch", "--once")
    office.put("bounce-again.eml", bounce(letter).replace(b"<20261121.1@", b"<20261121.2@"))
    office.run("watch", "--once")
    (told,) = office.mailbox.letters[count:]
    assert told.recipients == ("iik@vesterlyng.example",)
    assert "kom retur" in str(told.message["subject"])
    rows = json.loads(office.run("notices", "list", "--format", "json"))["notices"]
    assert [row["recipient"] for row in rows if row["state"] == "failed"] == [PELLE]
    assert "kom retur" in (office.root / PAGE).read_text("utf-8")


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@vesterlyng.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *identity, *words], check=True, capture_output=True)


def test_a_pushed_file_that_cannot_be_read_is_told_to_the_tovholder_once(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case number and line, nothing else; and nothing about what is edited here."""
    file = "families/hop-2026-007.yaml"
    operator = tmp_path / "operator.yaml"
    config = (office.root / "config.yaml").read_text("utf-8")
    server = re.search(r"server: \{.*?\}", config)
    assert server is not None
    operator.write_text(f"workspace: {office.root}\ngit: {{pull: 20s, branch: main}}\nmail: {{{server[0]}}}\n", "utf-8")
    monkeypatch.setenv("HOPDOCS_OPERATOR", str(operator))
    git(office.root, "init", "-q", "-b", "main")
    git(office.root, "add", "families", "config.yaml")
    git(office.root, "commit", "-q", "-m", "Begin")
    git(tmp_path, "clone", "-q", "--bare", str(office.root), "shared.git")
    git(tmp_path, "clone", "-q", "shared.git", "elsewhere")
    git(office.root, "remote", "add", "origin", str(tmp_path / "shared.git"))
    git(office.root, "fetch", "-q")
    git(office.root, "branch", "-q", "-u", "origin/main")
    count = len(office.mailbox.letters)
    good = (office.root / file).read_text("utf-8")
    (office.root / file).write_text(good + "\n\tplan: [", "utf-8")
    office.run("watch", "--once", status=1)
    assert office.mailbox.letters[count:] == []
    (office.root / file).write_text(good, "utf-8")
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / file).write_text("noget: [\n" + good, "utf-8")
    git(elsewhere, "commit", "-q", "-a", "-m", "Break")
    git(elsewhere, "push", "-q")
    git(office.root, "pull", "-q", "--ff-only")
    office.run("watch", "--once", status=1)
    office.run("watch", "--once", status=1)
    (told,) = office.mailbox.letters[count:]
    assert told.recipients == ("iik@vesterlyng.example",)
    text = told.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "sag 26-012345" in str(told.message["subject"])
    assert "linje " in text
    assert "Zamirandi" not in text


def test_the_watcher_hears_of_an_answer_at_once(office: Office) -> None:
    reply = outlook_reply(office.event(RIGMOR), RIGMOR, "TENTATIVE")
    service = Watched(office.root)
    service.start()
    try:
        office.put("1.eml", reply)
        report = service.wait_until_made(DAGSORDEN)
        assert [item for item in report["documents"] if item[1] != "kept"] == [[DAGSORDEN, "made", "HD574"]]
    finally:
        assert service.stop() == 0
    assert "(kommer måske)" in text_of(office.root / DAGSORDEN)
