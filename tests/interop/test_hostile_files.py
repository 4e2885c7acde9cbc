"""Files and a config.yaml with texts that mean something to YAML, to mail, to HTML or to a calendar."""

from __future__ import annotations

import re
import shutil
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.interop.mail_rules import calendar_lines, faults_of, plain_value
from tests.interop.preview import error_codes, preview_mails
from tests.interop.story import HARD_PLACE, quoted

if TYPE_CHECKING:
    from email.message import EmailMessage

EXAMPLE: Final = Path(__file__).parents[1] / "data" / "example"
TODAY: Final = "2026-11-21"
TEAM: Final = {f"{staff}@vesterlyng.example" for staff in ("rri", "iik", "ssk", "yym", "ppa", "bbl")}

PLACES: Final = (
    HARD_PLACE,
    "a, b; c: d \\n e \\, f \\; g \\\\ h",
    '"Salen"',
    "END:VEVENT",
    "🙂" * 500,
    "--=_hopdocs-alternative",
    "{{ config }} {% for x in y %}",
    "=?utf-8?q?=0D=0ABcc:_x?=",
    "<img src=x onerror=alert(1)>",
)
BROKEN: Final = (
    "Sal 1\r\nBcc: x@udenfor.example",
    "Sal 1\nATTENDEE:mailto:x@udenfor.example",
    "Sal 1\r\n\r\n--=_hopdocs-mixed\r\nContent-Type: text/html\r\n\r\n<b>",
    "Sal\x851\u2028Bcc: x\u2029y",
    "Sal\t1\x0b2",
    "Sal\x001\x1b[31m\x7f",
)


def workspace_with(folder: Path, places: tuple[str, ...], name: str) -> Path:
    """The example with a meeting for each place, and `name` wherever config.yaml or the file lets people be named."""
    workspace = folder / "workspace"
    shutil.copytree(EXAMPLE, workspace)
    family = workspace / "families" / "hop-2026-007.yaml"
    meetings = "".join(
        f"""\
  - id: moede-{number}
    type: opfølgningsmøde
    date: 2027-02-{number + 1:02}
    start: "10.00"
    end: "11.00"
    place: {quoted_yaml(place)}
    message: {quoted_yaml(place)}
    children_as: familieplan
    guests: [{{name: {quoted_yaml(name)}, role: bisidder, email: gaest@vesterlyng.example}}]
"""
        for number, place in enumerate(places)
    )
    text = family.read_text("utf-8").replace("\nmeetings:\n", "\nmeetings:\n" + meetings)
    family.write_text(
        text.replace('case_number: "26-012345"', f"case_number: {quoted_yaml('26-1 ' + name[:40])}"), "utf-8"
    )
    config = workspace / "config.yaml"
    text = config.read_text("utf-8")
    for old in ("Pelle Pærevang", "Familierådgivningen", "Vesterlyng Kommune, helhedsorienterede planer"):
        assert old in text
        text = text.replace(old, quoted_yaml(f"{old} {name}"), 1)
    config.write_text(text, "utf-8")
    return workspace


def quoted_yaml(text: str) -> str:
    """As `quoted`, with every control character escaped: YAML lets none stand."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", quoted(text))


def read(mail: bytes) -> EmailMessage:
    return message_from_bytes(mail, policy=policy.SMTP)


def test_awkward_places_and_names_arrive_as_they_were_written(tmp_path: Path) -> None:
    name = 'Bo "Bisse" O\'Neill; Åse, <b>ph.d.</b> ^n \\ 🙂'
    workspace = workspace_with(tmp_path, PLACES, name)
    mails = preview_mails(workspace, TODAY)
    assert {file: faults for file, mail in mails.items() if (faults := faults_of(mail))} == {}
    shown = {
        plain_value(line.value)
        for mail in mails.values()
        for line in calendar_lines(read(mail))
        if line.name == "LOCATION"
    }
    assert {" ".join(place.split()) for place in PLACES} <= {" ".join(place.split()) for place in shown}
    guests = [mail for file, mail in mails.items() if "_gaest-" in file]
    assert len(guests) == len(PLACES)
    assert {display_name(mail) for mail in guests} == {name}


def display_name(mail: bytes) -> str:
    """The recipient's name by RFC 2047, 6.2: white space between encoded words is none of the text."""
    raw = message_from_bytes(mail, policy=policy.compat32)["To"]
    return str(make_header(decode_header(raw.rpartition("<")[0]))).strip()


@pytest.mark.parametrize("texts", [BROKEN[:3], BROKEN[3:]], ids=["line breaks", "control characters"])
def test_no_line_break_and_no_control_character_reaches_a_mail(tmp_path: Path, texts: tuple[str, ...]) -> None:
    """Acceptance case 37."""
    workspace = workspace_with(tmp_path, texts, "".join(texts))
    mails = preview_mails(workspace, TODAY)
    assert mails or error_codes(workspace, TODAY)
    for mail in mails.values():
        assert faults_of(mail) == []
        people = {line.value.removeprefix("mailto:") for line in calendar_lines(read(mail)) if line.name == "ATTENDEE"}
        assert people - {"gaest@vesterlyng.example"} == TEAM
