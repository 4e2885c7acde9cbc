"""The demo as a newcomer meets it: it shows what really happens, ends by itself, and leaves nothing running."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TEAM = ("bbl", "iik", "ppa", "rri", "ssk", "yym")


@pytest.fixture(scope="module")
def shown() -> str:
    """One run for all: the first build takes its time."""
    done = subprocess.run(
        [sys.executable, "-m", "hopdocs", "demo"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        env=os.environ | {"HOPDOCS_LANG": "en"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def after(shown: str, heading: str) -> str:
    return shown[shown.index(heading) :]


def test_it_shows_the_documents_that_were_made_again_and_why(shown: str) -> None:
    moved = after(shown, "3. A tovholder moves")
    assert '-    start: "10.00"' in moved
    assert '+    start: "12.30"' in moved
    made = re.findall(r"^  \+ (\S+)\.docx +(.+)$", moved, re.MULTILINE)
    assert {stem for stem, _ in made} >= {
        *(f"invitation-familieplan-{member}" for member in ("nadira", "tariq", "yasmin")),
        "indkaldelse-familieplan",
        "dagsorden-familieplan",
    }
    assert all(reason.strip() for _, reason in made)
    assert not [stem for stem, _ in made if "opfoelgning" in stem or stem.startswith(("informationsbrev", "samtykke"))]


def test_each_of_the_team_gets_one_update_and_the_family_none(shown: str) -> None:
    moved = after(shown, "3. A tovholder moves")
    sent = re.findall(r"^  → (\S+) +Ændret: familieplansmøde", moved, re.MULTILINE)
    assert sorted(sent) == [f"{staff}@vesterlyng.example" for staff in TEAM]


def test_one_mail_is_shown_with_its_calendar(shown: str) -> None:
    mail = after(shown, "4. One of the mails")
    assert "Subject: Ændret: familieplansmøde" in mail
    assert "METHOD:REQUEST" in mail
    assert "SEQUENCE:1" in mail
    assert re.search(r"DTSTART;TZID=Europe/Copenhagen:20261124T123000", mail)


def test_the_projects_own_papers_are_made_too(shown: str) -> None:
    first = shown[: shown.index("2. hopdocs notices start")]
    assert re.search(r"^  project\.yaml  17 Word files", first, re.MULTILINE)


def test_it_says_where_to_look_and_all_of_it_is_there(shown: str) -> None:
    places = [Path(line.split()[-1]) for line in after(shown, "Where to look").splitlines()[1:] if line.strip()]
    assert len(places) == 4
    assert all(place.exists() for place in places)
    assert "12.30" in places[1].read_text(encoding="utf-8")


def test_it_leaves_no_process_behind(shown: str) -> None:
    root = next(line.split()[-1] for line in shown.splitlines() if line.strip().startswith("families"))
    workspace = str(Path(root).parent)
    left = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes()
        except OSError:
            continue
        if workspace.encode() in words:
            left.append(words)
    assert left == []
