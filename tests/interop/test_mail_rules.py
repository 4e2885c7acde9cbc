"""Every kind of mail against rules that were written without looking at what makes them, also with hostile texts."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopdocs.notices.kinds.cancellation import CANCELLATION
from hopdocs.notices.kinds.invitation import INVITATION
from hopdocs.notices.kinds.removal import REMOVAL
from hopdocs.notices.kinds.update import UPDATE
from hopdocs.notices.wanted import Attendee, WantedMeeting, WantedReminder
from tests.interop.mail_rules import calendar_lines, faults_of, plain_value
from tests.unit.notices.samples import NOW, PELLE, RIGMOR, SOFUS, World, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Callable

    from hopdocs.notices.kinds.kind import NoticeKind


BREAKS: Final = (
    *("\r\n", "\n", "\r", "\r\n\r\n", "\r\n ", "\n\t", "\x00", "\x07", "\x0b", "\x0c", "\x1f", "\x7f", "\x85"),
    *("\u2028", "\u2029", "\ufeff", "\u202e", "\u200b"),
)
PAYLOADS: Final = (
    "Bcc: alle@udenfor.example",
    "Content-Type: text/html\r\n\r\n<script>alert(1)</script>",
    "END:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
    "ATTENDEE;CN=x:mailto:fremmed@udenfor.example",
    "METHOD:CANCEL",
    "--=_hopdocs-mixed--",
    "--=_hopdocs-alternative",
    ".",
    "a, b; c: d\\n e\\, f \" g ' h = i ? j",
    "=?utf-8?b?QmNjOiB4?=",
    "&lt;<b>&amp;",
    "{{ 7 * 7 }} {% raw %}",
    "Åse 🙂 👩‍👩‍👧 ﷽ e\u0301",
    '";CN="x":mailto:fremmed@udenfor.example',
    "^n^'^^",
)


def mails_of(world: World, *meetings: WantedMeeting) -> dict[NoticeKind, bytes]:
    """One mail of each kind that these edits, one after another, bring about."""
    found = {}
    for meeting in meetings:
        for record in world.save(meeting):
            found[record.kind] = world.ledger.mime(record.id)
        world.deliver()
        world.pass_time(minutes=1)
    return found


def life_of(meeting: WantedMeeting) -> dict[NoticeKind, bytes]:
    """Invited, moved by two days, one person fewer, cancelled."""
    moved = replace(meeting, starts=meeting.starts + timedelta(days=2), ends=meeting.ends + timedelta(days=2))
    fewer = replace(moved, attendees=meeting.attendees[:1])
    return mails_of(World(), meeting, moved, fewer, replace(fewer, status="cancelled"))


def test_each_kind_of_meeting_mail_breaks_no_rule() -> None:
    """Acceptance cases 1 and 2."""
    mails = life_of(sample_meeting(attendees=(PELLE, RIGMOR, SOFUS)))
    assert set(mails) == {INVITATION, UPDATE, REMOVAL, CANCELLATION}
    assert [faults_of(mail) for mail in mails.values()] == [[]] * 4


def test_a_trial_breaks_no_rule_but_that_it_goes_to_somebody_else() -> None:
    mails = mails_of(World(channel="test@vesterlyng.example"), sample_meeting())
    assert faults_of(mails[INVITATION]) == ["the recipient is no attendee"]


def test_a_reminder_breaks_no_rule_and_has_no_calendar_part() -> None:
    meeting = sample_meeting()
    hostile = "æøå\r\nBcc: x@udenfor.example\r."
    reminder = WantedReminder(
        family=meeting.family,
        meeting=meeting.meeting,
        key="del-3",
        recipient=PELLE,
        due=NOW.date(),
        expires=NOW + timedelta(days=3),
        case_number=hostile,
        subject=hostile,
        lines=(hostile, f"Skriv den gerne i sagen. {hostile}"),
        organizer=meeting.organizer,
        organizer_name=meeting.organizer_name,
        reply_to=meeting.reply_to,
    )
    world = World()
    (record,) = world.save(reminders=(reminder,))
    assert faults_of(world.ledger.mime(record.id), has_calendar=False) == []


def hidden(mail: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    """The mail with its calendar part edited inside the base64."""
    head, mark, rest = mail.rpartition(b"base64\r\n\r\n")
    body, tail = rest.split(b"\r\n--", 1)
    coded = b64encode(edit(b64decode(body)))
    return head + mark + b"\r\n".join(coded[i : i + 76] for i in range(0, len(coded), 76)) + b"\r\n--" + tail


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\r\nSubject:", b"\nSubject:"),
        (b"Auto-Submitted: auto-generated\r\n", b""),
        (b"MIME-Version", b"Bcc: x@y.example\r\nMIME-Version"),
        (b"Date: Sat, ", b"Date: Sometime, "),
        (b"@vesterlyng.example>\r\nAuto", b"@elsewhere.example>\r\nAuto"),
        (b"; method=REQUEST", b""),
        (b"; method=REQUEST", b"; method=CANCEL"),
        (b'text/calendar; charset="utf-8"', b'text/calendar; charset="us-ascii"'),
        (
            b"\r\nContent-Transfer-Encoding: base64",
            b"\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64",
        ),
        (b"Hej Rigmor", b"Hej Pelle"),
        (b"</table>", b""),
    ],
)
def test_a_mail_that_breaks_one_rule_of_mail_is_found(old: bytes, new: bytes) -> None:
    mail = mails_of(World(), sample_meeting(attendees=(RIGMOR,)))[INVITATION]
    assert mail.count(old) >= 1
    assert faults_of(mail.replace(old, new, 1)) != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"METHOD:REQUEST", b"METHOD:PUBLISH"),
        (b"STATUS:CONFIRMED", b"STATUS:CANCELLED"),
        (b"SEQUENCE:0\r\n", b""),
        (b"SUMMARY:", b"X-ALT-DESC:x\r\nSUMMARY:"),
        (b"SUMMARY:", b"SUMMARY:" + b"x" * 80),
        (b"\xc3\xb8", b"\xc3\r\n \xb8"),
        (b"\r\nUID", b"\nUID"),
        (b"END:VEVENT", b"BEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT"),
        (b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n", b"RDATE:20270328T020000\r\n"),
        (b"ORGANIZER;", b"ATTENDEE:mailto:rri@vesterlyng.example\r\nORGANIZER;"),
        (b"mailto:hop@", b"mailto:pop@"),
        (b"mailto:rri@", b"mailto:pop@"),
        (b"DTEND;TZID=Europe/Copenhagen", b"DTEND"),
        (b";RSVP=TRUE", b""),
    ],
)
def test_a_calendar_part_that_breaks_one_rule_is_found(old: bytes, new: bytes) -> None:
    mail = mails_of(World(), sample_meeting(attendees=(RIGMOR,)))[INVITATION]
    changed = hidden(mail, lambda data: re.sub(rb"\r\n ", b"", data).replace(old, new, 1))
    assert faults_of(changed) != faults_of(hidden(mail, lambda data: re.sub(rb"\r\n ", b"", data)))


def awkward(text: str) -> WantedMeeting:
    """A meeting with the text wherever people write freely, in the file or in config."""
    who = Attendee("rri@vesterlyng.example", f"Rigmor {text}", "rri")
    return sample_meeting(
        title=f"Møde {text}",
        place=text,
        case_number=f"26-1 {text}",
        organizer_name=text,
        attendees=(who, PELLE),
        contact=text,
        case_url=f"https://records.vesterlyng.example/{text}",
        signature=text,
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_header_a_part_or_a_property_of_its_own(payload: str) -> None:
    """Acceptance case 37."""
    for pause in ("", *BREAKS):
        for mail in mails_of(World(), awkward(f"Sal 1{pause}{payload}")).values():
            assert faults_of(mail) == [], repr(pause)
            assert recipients_of(mail) == {"rri@vesterlyng.example", "ppa@vesterlyng.example"}, repr(pause)


@pytest.mark.parametrize("length", [1, 60, 61, 73, 74, 75, 76, 77, 4000])
@pytest.mark.parametrize("letter", ["x", "ø", "€", "🙂"])
def test_a_fold_comes_between_characters_whatever_their_width(letter: str, length: int) -> None:
    text = letter * length
    mail = mails_of(World(), awkward(text))[INVITATION]
    assert faults_of(mail) == []
    assert value_of(mail, "LOCATION") == text


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=120))
def test_any_text_arrives_on_one_line_and_means_the_same(text: str) -> None:
    for mail in life_of(awkward(text)).values():
        assert faults_of(mail) == []
    place = value_of(mails_of(World(), awkward(text))[INVITATION], "LOCATION")
    assert re.sub(r"\s+", "", place) == re.sub(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+", "", text)


def recipients_of(mail: bytes) -> set[str]:
    """Everybody whom the calendar part invites."""
    lines = calendar_lines(message_from_bytes(mail, policy=policy.SMTP))
    return {line.value.removeprefix("mailto:") for line in lines if line.name == "ATTENDEE"}


def value_of(mail: bytes, name: str) -> str:
    lines = calendar_lines(message_from_bytes(mail, policy=policy.SMTP))
    return next(plain_value(line.value) for line in lines if line.name == name)
