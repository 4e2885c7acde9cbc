"""Which files in the families' folder are families."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.scanning import is_family_file, list_family_files
from hopdocs.cycle.synced_copies import copies_in
from hopdocs.cycle.template_store import look_up_attachment
from hopdocs.errors import WorkspaceFault
from hopdocs.workspace import printable_name

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.diagnostics import Diagnostic


def _look(folder: Path, *names: str) -> tuple[list[str], dict[str, str]]:
    for name in names:
        (folder / name).touch()
    found: list[Diagnostic] = []
    return list(list_family_files(folder, found)), {item.path: item.code for item in found}


def test_families_come_in_order_and_passing_files_are_not_seen(tmp_path: Path) -> None:
    passing = (".hop-1.yaml.swp", ".hop-1.yaml", "hop-1.yaml~", "~hop-1.yaml", "#hop-1.yaml#", "notes.txt", "4913")
    paths, faults = _look(tmp_path, "hop-2.yaml", "hop-1.yaml", "grøn-3.yaml", *passing)
    assert paths == ["families/grøn-3.yaml", "families/hop-1.yaml", "families/hop-2.yaml"]
    assert faults == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("hop 1.yaml", "HD505"),
        ("hop-1.yml", "HD505"),
        ("hop-1.yaml.txt", "HD505"),
        ("x" * 65 + ".yaml", "HD505"),
        ("-rf.yaml", "HD505"),
        ("CON.yaml", "HD505"),
        ("lpt1.yaml", "HD505"),
        ("hop\u202e1.yaml", "HD505"),
        ("hop-1\u200b.yaml", "HD505"),
        ("hop-1.yaml\u200b", "HD505"),
        (unicodedata.normalize("NFD", "å-1.yaml"), "HD505"),
        ("hop-1.sync-conflict-20261121-090000-ABCDEFG.yaml", "HD507"),
        ("hop-1 (Karlas conflicted copy 2026-11-21).yaml", "HD507"),
    ],
)
def test_names_that_cannot_be_used_are_told(tmp_path: Path, name: str, code: str) -> None:
    paths, faults = _look(tmp_path, name)
    assert paths == []
    assert faults == {f"families/{printable_name(name)}": code}


@pytest.mark.parametrize(
    "name",
    [
        "hop-2026-007 (conflicted copy 2026-11-21 101112).yaml",
        "hop-2026-007 (conflicted copy karla 2026-11-21 101112).yaml",
        "hop-2026-007_conflict-20261121-101112.yaml",
        "hop-2026-007-conflict-20261121-101112.yaml",
        "hop-2026-007-konflikt.yaml",
        "hop-2026-007 (Karlas conflicted copy 2026-11-21).yaml",
        "hop-2026-007 (Karla's conflicted copy 2026-11-21 (1)).yaml",
        "hop-2026-007 (Karlas kopi i konflikt 2026-11-21).yaml",
        "hop-2026-007 (konfliktkopi 2026-11-21 101112).yaml",
        "hop-2026-007 (Karlas modstridende kopi 2026-11-21).yaml",
        "hop-2026-007 (in Konflikt stehende Kopie 2026-11-21 101112).yaml",
        "hop-2026-007 (Karlas in Konflikt stehende Kopie 2026-11-21).yaml",
        "hop-2026-007 (widersprüchliche Kopie).yaml",
        "hop-2026-007.sync-conflict-20261121-090000-ABCDEFG.yaml",
        "hop-2026-007 (SFConflict karla@vesterlyng.example 2026-11-21-10-11-12).yaml",
        "hop-2026-007_DESKTOP-4F7K2LM_Nov-21-091500-2026_Conflict.yaml",
        "hop-2026-007 [conflicted].yaml",
        "hop-2026-007-DESKTOP-4F7K2LM.yaml",
        "hop-2026-007-LAPTOP-9Q2W3E4R-2.yaml",
        "hop-2026-007 (case clash from karla) (2026-11-21 091500).yaml",
        "hop-2026-007 Case Clash (2026-11-21).yaml",
        "hop-2026-007 (Conflicted copy ThinkPad-T14-G5 202611210915).yaml",
        "hop-2026-007 (1).yaml",
        "hop-2026-007(2).yaml",
        "hop-2026-007 (CONFLICTED COPY 2026-11-21 101112).YML",
    ],
)
def test_a_conflicting_copy_is_one_of_the_family_that_it_was_made_of(tmp_path: Path, name: str) -> None:
    """Ids have hyphens, so that no hyphen tells where the name ends."""
    (tmp_path / "hop-2026-007.yaml").touch()
    (tmp_path / name).touch()
    found: list[Diagnostic] = []
    assert list(list_family_files(tmp_path, found)) == ["families/hop-2026-007.yaml"]
    assert [(item.code, item.params) for item in found] == [("HD507", {"of": "hop-2026-007.yaml"})]
    assert not is_family_file(f"families/{name}")
    assert copies_in(str(tmp_path), "hop-2026-007.yaml") == [name]
    assert copies_in(str(tmp_path), "hop-2026-00.yaml") == []


@pytest.mark.parametrize("name", ["konflikt-2026-1.yaml", "hop-2026-007-desktop.yaml", "hop-2026-007-1.yaml"])
def test_a_familys_own_name_is_no_copys(tmp_path: Path, name: str) -> None:
    assert _look(tmp_path, name) == ([f"families/{name}"], {})


def test_two_names_that_differ_in_capitals_stop_each_other(tmp_path: Path) -> None:
    paths, faults = _look(tmp_path, "hop-1.yaml", "HOP-1.yaml", "hop-2.yaml")
    assert paths == ["families/hop-2.yaml"]
    assert faults == {"families/hop-1.yaml": "HD506", "families/HOP-1.yaml": "HD506"}


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceFault) as caught:
        list(list_family_files(tmp_path / "families", []))
    assert caught.value.code == "HD508"


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("families/hop-1.yaml", True),
        ("families/.hop-1.yaml", False),
        ("families/hop-1/plan.yaml", False),
        ("config.yaml", False),
        ("families", False),
    ],
)
def test_a_hint_is_of_a_family_or_not(path: str, is_one: bool) -> None:  # noqa: FBT001 - the expected value
    assert is_family_file(path) is is_one


def test_attachments_are_looked_up_in_the_family_s_own_folder_only(tmp_path: Path) -> None:
    own, other = tmp_path / "hop-1", tmp_path / "hop-2"
    own.mkdir()
    other.mkdir()
    (own / "plan.pdf").write_bytes(b"%PDF")
    (other / "secret.pdf").write_bytes(b"%PDF")
    (own / "link.pdf").symlink_to(other / "secret.pdf")
    (own / "shared").symlink_to(other)
    assert look_up_attachment(own, "plan.pdf").digest
    faults = {name: look_up_attachment(own, name).fault for name in ("../hop-2/secret.pdf", str(other / "secret.pdf"))}
    assert set(faults.values()) == {"HD510"}
    assert look_up_attachment(own, "link.pdf").fault == "HD504"
    assert look_up_attachment(own, "shared/secret.pdf").fault == "HD504"
    assert look_up_attachment(own, "missing.pdf").fault == "HD509"
    (tmp_path / "hop-3").symlink_to(other)
    assert look_up_attachment(tmp_path / "hop-3", "secret.pdf").fault == "HD504"
    (own / "second.pdf").hardlink_to(other / "secret.pdf")
    os.mkfifo(own / "pipe.pdf")
    assert {look_up_attachment(own, name).fault for name in ("second.pdf", "pipe.pdf")} == {"HD504"}


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("plan.pdf", b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12345\n", "HD518"),
        ("plan.pdf", b"/annex/objects/SHA256E-s12345--ab.pdf\n", "HD518"),
        ("plan.pdf", b"\0GITCRYPT\0ab", "HD518"),
        ("plan.pdf", b"", "HD519"),
        ("plan.pdf", bytes(4096), "HD519"),
        ("plan.pdf.nextcloud", b"", "HD519"),
        (".plan.pdf.icloud", b"bplist00", "HD519"),
        ("plan.pdf", b"%PDF", ""),
        ("plan.doc", b"%PDF", "HD509"),
    ],
)
def test_what_stands_in_an_attachments_place_is_named_as_what_it_is(
    tmp_path: Path, name: str, data: bytes, fault: str
) -> None:
    (tmp_path / name).write_bytes(data)
    found = look_up_attachment(tmp_path, "plan.pdf")
    assert (found.fault, bool(found.digest)) == (fault, not fault)
