"""What happens in a course, through the real command line to a real server: once, and by case number alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.service.mailbox import Mailbox
from tests.service.mailed import MailedWorkspace
from tests.unit.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAMILY = "families/hop-2026-007.yaml"
RIGMOR = "  - {staff: rri, from: 2026-10-06"
NEWCOMER = (RIGMOR, f"  - {{staff: hha, from: 2026-11-21, for: [nadira]}}\n{RIGMOR}")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[MailedWorkspace]:
    with Mailbox() as mailbox:
        place = MailedWorkspace(tmp_path / "workspace", mailbox)
        place.run("notices", "send")
        place.run("notices", "start", "--known")
        yield place


def told(workspace: MailedWorkspace) -> dict[str, str]:
    """By who got it, the subject of each mail without a calendar part."""
    plain = [letter for letter in workspace.mailbox.letters if not letter.has_event]
    assert len(plain) == len({(letter.recipients[0], str(letter.message["subject"])) for letter in plain})
    return {letter.recipients[0].partition("@")[0]: str(letter.message["subject"]) for letter in plain}


def take_back(workspace: MailedWorkspace) -> None:
    for member in ("nadira", "tariq"):
        line = f"{{member: {member}, form_given: 2026-09-15, given: 2026-09-22,"
        workspace.edit(FAMILY, line, f"{line} withdrawn: [{{date: 2026-11-21}}],")


def test_a_newcomer_the_tovholder_and_who_opens_the_case_are_told_once(workspace: MailedWorkspace) -> None:
    workspace.edit(FAMILY, *NEWCOMER)
    shown = json.loads(workspace.run("notices", "preview", "--format", "json"))["notices"]
    assert {row["recipient"].partition("@")[0] for row in shown if row["kind"] == "teamaendring"} == {
        "hha",
        "iik",
        "kko",
    }
    workspace.run("notices", "send")
    assert told(workspace) == dict.fromkeys(("hha", "iik", "kko"), "Familieteamet er ændret, sag 26-012345")
    workspace.edit(FAMILY, "city: Vesterlyng", "city: Vesterlyng ")
    workspace.run_apart("notices", "send")
    assert len(told(workspace)) == 3


def test_a_withdrawal_reaches_all_of_the_team_outside_the_hours_of_mail_too(workspace: MailedWorkspace) -> None:
    take_back(workspace)
    workspace.edit("config.yaml", '"00.00-24.00"', '"03.00-03.01"')
    workspace.run("notices", "send")
    found = told(workspace)
    assert {who for who, subject in found.items() if subject == "Samarbejdet er stoppet, sag 26-012345"} == {
        *("rri", "iik", "ssk", "yym", "ppa", "bbl"),
        "kko",
    }
    bodies = [letter.data for letter in workspace.mailbox.letters if letter.recipients[0].startswith("bbl")]
    assert not [data for data in bodies if b"trukket" in data or b"samtykke" in data.lower()]


def test_a_kind_that_is_turned_off_is_not_sent_and_a_slip_in_its_name_is_told(
    workspace: MailedWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOPDOCS_LANG", "en")
    workspace.edit("config.yaml", "  hold: 0s", "  notices: {team_chnge: false}\n  hold: 0s")
    said = run("-w", workspace.root, "--today", "2026-11-21", "check")
    assert "team_chnge" in said.err + said.out
    assert 'did you mean "team_change"' in said.err + said.out
    workspace.edit("config.yaml", "team_chnge", "team_change")
    workspace.edit(FAMILY, *NEWCOMER)
    workspace.run("notices", "send")
    assert told(workspace) == {}
