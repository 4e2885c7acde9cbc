"""Whatever people write in a field arrives as they wrote it, and breaks nothing around it."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hopdocs.notices.inbound.decoded import _read_any, _read_own
from hopdocs.notices.mail.message import compose_notice
from hopdocs.notices.planning.revisions import plan_revisions
from hopdocs.notices.wanted import Attendee, WantedFamily, one_line
from tests.unit.notices.samples import FAMILY, NOW, World, read_event, sample_meeting

HEADERS = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
    "Content-Language", "MIME-Version", "Content-Type",
}  # fmt: skip

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300).filter(lambda text: text.strip())


@settings(deadline=None)
@given(texts)
@example("& < \" ' > \\ \\n \\, ; : 😀 \u00a0 ^n")
@example("a" * 4000)
@example("æøå 😀 " * 500)
@example("=?utf-8?b?eA==?=")
@example("\r\nBcc: somebody@x.example\r\n\r\n.\r\n")
def test_any_text_arrives_as_it_was_written(text: str) -> None:
    said = one_line(text)
    who = Attendee("rri@vesterlyng.example", said or "x")
    meeting = sample_meeting(place=text, contact=text, case_number=text, organizer_name=text, attendees=(who,))
    notice = plan_revisions([WantedFamily(FAMILY, (meeting,))], World().ledger.view(), NOW).notices[0]
    mime = compose_notice(notice).mime
    assert mime.isascii()
    assert max(len(line) for line in mime.split(b"\r\n")) <= 998
    message = email.message_from_bytes(mime, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert set(message.keys()) == HEADERS
    assert [str(item.addr_spec) for item in message["to"].addresses] == ["rri@vesterlyng.example"]
    plain = message.get_body(("plain",))
    assert plain is not None
    assert f"Sted:    {said}" in str(plain.get_content()).replace("\r\n", "\n") or not said
    own = _read_own(mime)
    assert own is not None
    assert "\n".join(own).replace("\x00", "").split() == "\n".join(_read_any(mime)).replace("\x00", "").split()
    event = read_event(mime)
    assert str(event["LOCATION"]) == said
    assert said in str(event["SUMMARY"])
