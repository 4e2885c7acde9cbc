"""What a person reads in a mail: our own shape read quickly, anything else by the standard library."""

from __future__ import annotations

import base64
import quopri

import pytest

from hopdocs.notices.inbound.decoded import _read_any, _read_own, readable_text
from hopdocs.notices.mail.privacy import scan_mail
from hopdocs.notices.wanted import PrivateWords
from tests.unit.notices.samples import RIGMOR, World, sample_meeting

CITIZEN = "Nadira Zamirandi"
WORDS = PrivateWords(full_names=(CITIZEN,))
CRLF = "\r\n"


def all_kinds() -> list[bytes]:
    """An invitation, a change, a removal, a cancellation and a mail to a trial box."""
    world, trial = World(), World(channel="prove@vesterlyng.example")
    mails = []
    for meeting in (
        sample_meeting(),
        sample_meeting(place="Æblehaven, opgang 3; 2. sal, " + "lang vej " * 12),
        sample_meeting(place="Æblehaven", attendees=(RIGMOR,)),
        sample_meeting(place="Æblehaven", attendees=(RIGMOR,), status="cancelled"),
    ):
        for each in (world, trial):
            mails += [each.ledger.mime(record.id) for record in each.save(meeting)]
            each.deliver()
            each.pass_time(minutes=1)
    return mails


def flat(texts: list[str] | None) -> list[str]:
    assert texts is not None
    return "\n".join(texts).replace("\x00", "").split()


def test_the_quick_way_reads_what_the_parser_reads() -> None:
    mails = all_kinds()
    assert len(mails) > 10
    for mime in mails:
        assert flat(_read_own(mime)) == flat(_read_any(mime))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param((b"Content-Language: da", b"Content-Language: da\nX-More: x"), id="a bare line feed"),
        pytest.param((b"MIME-Version: 1.0\r\n", b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n"), id="two kinds"),
        pytest.param((b"--=_hopdocs-alternative\r\n", b"--=_hopdocs-alternative \r\n"), id="another boundary"),
        pytest.param((b"text/html", b"text/enriched"), id="another kind"),
        pytest.param((b"base64", b"8bit"), id="another encoding"),
        pytest.param((b"--=_hopdocs-mixed--\r\n", b"--=_hopdocs-mixed--\r\nmore"), id="something after the end"),
        pytest.param((b"Kr", b"Kr\xc3"), id="not ASCII"),
    ],
)
def test_whatever_differs_in_shape_goes_through_the_parser(change: tuple[bytes, bytes]) -> None:
    mime = all_kinds()[0].replace(b"=C3=A6r Rigmor", b"Kr")
    changed = mime.replace(*change) if change[0] in mime else mime.replace(b"\r\n\r\n", b"\r\n\r\nKr\xc3", 1)
    assert changed != mime
    assert _read_own(changed) is None
    assert readable_text(changed) == _read_any(changed)


def mail(*parts: str, headers: str = "") -> bytes:
    """A mail that hopdocs doesn't compose, but might be made to store one day."""
    opened = "".join(f"--x{CRLF}{part}{CRLF}" for part in parts)
    head = f'From: hop@vesterlyng.example{CRLF}{headers}Content-Type: multipart/mixed; boundary="x"{CRLF}{CRLF}'
    return f"{head}{opened}--x--{CRLF}".encode()


def base64_of(text: str) -> str:
    return base64.encodebytes(text.encode()).decode()


ENCODED_NAME = "=?utf-8?q?Nadira?= =?utf-8?b?" + base64_of(" Zamirandi").strip() + "?="
FOLDED_CALENDAR = f"BEGIN:VEVENT{CRLF}LOCATION:hos Nadira Zami{CRLF} randi{CRLF}END:VEVENT{CRLF}"


@pytest.mark.parametrize(
    "mime",
    [
        pytest.param(mail(headers=f"Subject: {ENCODED_NAME}{CRLF}"), id="encoded words"),
        pytest.param(mail(headers=f"X-Note: Nadira{CRLF} Zamirandi{CRLF}"), id="folded header"),
        pytest.param(
            mail(f"Content-Type: text/plain{CRLF}Content-Transfer-Encoding: base64{CRLF}{CRLF}{base64_of(CITIZEN)}"),
            id="base64",
        ),
        pytest.param(
            mail(
                f"Content-Type: text/plain{CRLF}Content-Transfer-Encoding: quoted-printable{CRLF}{CRLF}"
                + quopri.encodestring(f"{'x' * 66} {CITIZEN}".encode()).decode()
            ),
            id="quoted-printable, broken in the name",
        ),
        pytest.param(mail(f"Content-Type: text/html{CRLF}{CRLF}<b>Nadira</b>&nbsp;<i>Zamirandi</i>"), id="html"),
        pytest.param(mail(f"Content-Type: text/calendar{CRLF}{CRLF}{FOLDED_CALENDAR}"), id="folded calendar line"),
        pytest.param(
            mail(f'Content-Type: image/png{CRLF}Content-Disposition: inline; filename="{CITIZEN}.png"{CRLF}{CRLF}x'),
            id="file name",
        ),
        pytest.param(
            mail(f"Content-Type: application/pdf; name*=utf-8''Nadira%20Zamirandi.pdf{CRLF}{CRLF}x"),
            id="file name in the kind, RFC 2231",
        ),
        pytest.param(mail().replace(b"--x--", f"{CITIZEN}{CRLF}--x--".encode()), id="before the first part"),
    ],
)
def test_a_name_is_found_wherever_it_hides(mime: bytes) -> None:
    """Acceptance case 35."""
    assert [leak.kind for leak in scan_mail(mime, WORDS)] == ["name"]


def test_a_name_is_found_in_each_part_of_our_own_mails() -> None:
    """Acceptance case 35: in a header, the text, the HTML and the calendar."""
    world = World()
    record = world.save(sample_meeting(organizer_name=CITIZEN, signature=""))[0]
    texts = _read_own(world.ledger.mime(record.id))
    assert texts is not None
    assert [CITIZEN in " ".join(text.split()) for text in texts] == [True] * 4
