"""No mail names a family: every sample family's people against every byte that would leave, found without hopdocs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

import pytest

from tests.interop.mail_rules import faults_of
from tests.interop.personal_data import found_in, personal_words
from tests.interop.preview import preview_mails
from tests.unit.notices.samples import World, sample_meeting

ROOT: Final = Path(__file__).parents[2]
EXAMPLE: Final = ROOT / "tests" / "data" / "example"


def copy_samples(folder: Path) -> Path:
    """The sample families of the demo, as a workspace of one's own."""
    workspace = folder / "workspace"
    shutil.copytree(ROOT / "families", workspace / "families")
    shutil.copy(ROOT / "config.yaml", workspace)
    return workspace


@pytest.mark.parametrize("today", ["2026-10-07", "2026-11-21"])
def test_no_mail_of_the_sample_families_names_anybody_in_them(tmp_path: Path, today: str) -> None:
    workspace = copy_samples(tmp_path)
    words = {word for path in (workspace / "families").glob("*.yaml") for word in personal_words(path)}
    assert len(words) > 30
    mails = preview_mails(workspace, today)
    assert mails
    assert {name: leaks for name, mail in mails.items() if (leaks := found_in(mail, words))} == {}
    assert {
        name: faults for name, mail in mails.items() if (faults := faults_of(mail, has_calendar=is_meeting(name)))
    } == {}


def is_meeting(name: str) -> bool:
    return any(f"_{kind}_" in name for kind in ("indkaldelse", "aendring", "aflysning", "udgaar"))


def test_a_visit_at_home_a_reason_and_an_agenda_tell_nothing(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    shutil.copytree(EXAMPLE, workspace)
    family = workspace / "families" / "hop-2026-007.yaml"
    text = family.read_text("utf-8")
    text = text.replace(
        "place: havoern", "place: home:nadira\n    message: Kære Nadira og Tariq Zamirandi, vi ses hos jer."
    )
    text = text.replace(
        "- Velkomst og præsentation", "- Sami Zamirandi fortæller, og Farbror Karim (00 00 99 01) er med"
    )
    text = text.replace("city: Vesterlyng}", 'city: Vesterlyng, phone: "00 00 99 02"}')
    family.write_text(text, "utf-8")
    mails = preview_mails(workspace, "2026-11-21")
    assert len(mails) == 12
    words = personal_words(family) | {"00 00 99 01", "00009901"}
    assert {"Opdigtvej 44", "00 00 99 02", "Karim", "Nadira Zamirandi"} <= words
    assert {name: leaks for name, mail in mails.items() if (leaks := found_in(mail, words))} == {}
    assert all(b"26-012345" in mail for mail in mails.values())


BORN = "010190"
"""A number is put together in the test, so that no kept file holds one."""


@pytest.mark.parametrize(
    "leak",
    [
        "Hos Nadira Zamirandi",
        "hos  NADIRA\nZAMIRANDI",
        "Nadira",
        "Opdigtvej 44, 2. sal",
        f"{BORN}-1234",
        f"{BORN} 1234",
    ],
)
def test_the_search_finds_what_it_looks_for(leak: str) -> None:
    world = World()
    words = personal_words(EXAMPLE / "families" / "hop-2026-007.yaml")
    (record, _) = world.save(sample_meeting(place=leak))
    assert found_in(world.ledger.mime(record.id), words)
    (clean, _) = World().save(sample_meeting())
    assert re.search("familieplan", clean.meeting)
