"""The whole way, with the real parts: a saved YAML file becomes documents on disk and notices in inboxes."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from tests.service.mailbox import Mailbox
from tests.service.mailed import MailedWorkspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEAM = {f"{staff}@vesterlyng.example" for staff in ("rri", "iik", "ssk", "yym", "ppa", "bbl")}


class Course(MailedWorkspace):
    """A workspace worked on as a tovholder and an operator do."""

    def documents(self, *words: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.run("build", "--format", "json", *words))["documents"]
        return found

    def leave(self, status: int = 0) -> list[tuple[str, str, int]]:
        """One cycle with sending: who got which method and sequence. What has no calendar part is `told`."""
        before = len(self.mailbox.letters)
        self.run("watch", "--once", status=status)
        return sorted(
            (letter.recipients[0], str(letter.event["METHOD"]), int(letter.event["SEQUENCE"]))
            for letter in self.mailbox.letters[before:]
            if letter.has_event
        )

    def told(self) -> list[tuple[str, str]]:
        """The mails without a calendar part so far: who got which subject."""
        plain = (letter for letter in self.mailbox.letters if not letter.has_event)
        return sorted((letter.recipients[0], str(letter.message["subject"])) for letter in plain)


@pytest.fixture
def course(tmp_path: Path) -> Iterator[Course]:
    with Mailbox() as mailbox:
        yield Course(tmp_path / "workspace", mailbox)


@pytest.fixture
def invited(course: Course) -> Course:
    """The ledger is started and the first invitations have left."""
    course.run("notices", "start")
    course.leave()
    return course


FAMILY = "families/hop-2026-007.yaml"
MOVE = (
    'date: 2026-11-24\n    start: "10.00"\n    end: "12.00"',
    'date: 2026-11-24\n    start: "12.30"\n    end: "14.30"',
)


def made(documents: list[dict[str, Any]]) -> set[tuple[str, str | None, str | None]]:
    return {(row["kind"], row["meeting"], row["recipient"]) for row in documents if row["action"] == "made"}


def test_the_example_has_no_error(course: Course) -> None:
    found = json.loads(course.run("check", "--format", "json"))["diagnostics"]
    assert [row for row in found if row["severity"] == "error"] == []


def test_the_first_build_makes_every_document_and_the_second_none(course: Course) -> None:
    first = course.documents()
    assert Counter(row["kind"] for row in first if row["family"] == "HOP-2026-007") >= Counter(
        informationsbrev=3, samtykkeerklaering=3, invitation=6, indkaldelse=4, dagsorden=4, familieplan=3
    )
    assert {row["kind"] for row in first if row["family"] == "HOP-2026-002"} == {
        "informationsbrev",
        "samtykkeerklaering",
        "kvittering-for-tilbagekaldelse",
        "afslutningsnotat",
    }
    assert all((course.root / row["path"]).is_file() for row in first)
    assert made(course.documents()) == set()


def test_a_moved_meeting_remakes_what_shows_it_and_updates_each_of_the_team(invited: Course) -> None:
    invited.documents()
    assert invited.leave() == []
    invited.edit(FAMILY, *MOVE)
    remade = made(invited.documents())
    people = ("nadira", "tariq", "yasmin")
    assert {row for row in remade if row[0] in ("invitation", "indkaldelse", "dagsorden")} == {
        *(("invitation", "familieplan", person) for person in people),
        ("indkaldelse", "familieplan", None),
        ("dagsorden", "familieplan", None),
    }
    assert {row[0] for row in remade} <= {"invitation", "indkaldelse", "dagsorden", "familieplan"}
    before = {
        letter.event["UID"]
        for letter in invited.mailbox.letters
        if "familieplan" in str(letter.event["SUMMARY"]).lower()
    }
    sent = invited.leave()
    assert sent == sorted((address, "REQUEST", 1) for address in TEAM)
    assert {letter.event["UID"] for letter in invited.mailbox.letters[-len(TEAM) :]} == before
    assert invited.leave() == []


def test_a_removed_team_member_gets_one_cancellation_a_meeting_and_no_calendar_else_changes(invited: Course) -> None:
    invited.edit(
        FAMILY,
        "{staff: ppa, from: 2026-10-06, for: [sami]}",
        "{staff: ppa, from: 2026-10-06, to: 2026-11-20, for: [sami]}",
    )
    sent = invited.leave()
    assert {(address, method) for address, method, _ in sent} == {("ppa@vesterlyng.example", "CANCEL")}
    assert len(sent) == len({letter.event["UID"] for letter in invited.mailbox.letters if letter.has_event})
    concerned = ("iik@vesterlyng.example", "kko@vesterlyng.example", "ppa@vesterlyng.example")
    assert invited.told() == [(address, "Familieteamet er ændret, sag 26-012345") for address in concerned]
    assert invited.leave() == []
    assert len(invited.told()) == len(concerned)


def test_withdrawn_consent_removes_the_teams_documents_and_cancels_what_people_hold(invited: Course) -> None:
    for member in ("nadira", "tariq"):
        areas = "[BF, BES, DU, SO]" if member == "nadira" else "[BF, BES, DU]"
        line = f"member: {member}, form_given: 2026-09-15, given: 2026-09-22, areas: {areas}, received_by: iik"
        invited.edit(FAMILY, line, line + ", withdrawn: [{date: 2026-11-20}]")
    sent = invited.leave()
    assert {(address, method) for address, method, _ in sent} == {(address, "CANCEL") for address in TEAM}
    assert {address for address, subject in invited.told() if "samarbejdet er stoppet" in subject.lower()} == {
        *TEAM,
        "kko@vesterlyng.example",
    }
    left = {path.name.split("-")[0] for path in (invited.root / "out" / "hop-2026-007").glob("*.docx")}
    of_the_stop = {"kvittering", "afslutningsnotat", "dataanmodning"}
    assert left == {"informationsbrev", "samtykkeerklaering", "dagsorden", "indkaldelse"} | of_the_stop


def test_deleted_consent_removes_the_documents_and_holds_all_mail(invited: Course) -> None:
    text = (invited.root / FAMILY).read_text(encoding="utf-8")
    consents = text[text.index("consents:") : text.index("team:")]
    invited.edit(FAMILY, consents, "")
    assert invited.leave(status=1) == []
    left = {path.name.split("-")[0] for path in (invited.root / "out" / "hop-2026-007").glob("*.docx")}
    assert left == {"informationsbrev", "samtykkeerklaering"}
    rows = json.loads(invited.run("notices", "list", "--format", "json"))["notices"]
    assert [row for row in rows if row["state"] == "pending"]
    assert all(row["reason"] for row in rows if row["state"] == "pending")


HARD = 'Åse & Bo < 3 > "x" 🙂 ]]> ' + "lang tekst om alt muligt. " * 160


def test_awkward_text_arrives_unharmed_in_letters(course: Course) -> None:
    course.edit(FAMILY, "Vi vil gerne tale om Samis skole.", json.dumps(HARD, ensure_ascii=False))
    course.documents("HOP-2026-007")
    letter = Document(str(course.root / "out/hop-2026-007/invitation-familieplan-nadira.docx"))
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert HARD.strip() in text


def test_a_workspace_whose_ledger_is_not_started_sends_nothing(course: Course) -> None:
    assert course.leave() == []
    assert course.mailbox.letters == []


ROUND = (
    ("check", "--format", "json"),
    ("build", "--format", "json"),
    ("status", "--format", "json"),
    ("notices", "start"),
    ("watch", "--once"),
    ("notices", "list", "--format", "json"),
    ("log", "HOP-2026-007"),
)

CLOCK_TIME = re.compile(r"\d\d\.\d\d\.\d\d|(?<=\d{4}-\d\d-\d\d )\d\d\.\d\d")


def test_a_process_of_its_own_does_and_says_what_this_one_does(tmp_path: Path) -> None:
    """What lets the other tests go without one a command."""
    said, told = [], []
    for name in ("here", "apart"):
        with Mailbox() as mailbox:
            course = Course(tmp_path / name, mailbox)
            run = course.run if name == "here" else course.run_apart
            said.append({words: CLOCK_TIME.sub("now", run(*words)) for words in ROUND})
            told.append(sorted((letter.recipients, str(letter.event["SUMMARY"])) for letter in mailbox.letters))
    assert said[0] == said[1]
    assert told[0] == told[1] != []
