"""`hopdocs templates`: what its owner learns about a template before it is saved for good."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from hopdocs.shipped import shipped_path
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = quick(tmp_path / "ws", "hop-2026-007")
    (root / "templates").mkdir()
    return root


def edited(stem: str, *changes: tuple[str, str]) -> bytes:
    """A shipped template with some of its text replaced."""
    stream = BytesIO()
    with ZipFile(shipped_path("templates") / f"{stem}.docx") as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                text = data.decode()
                for before, after in changes:
                    assert before in text
                    text = text.replace(before, after)
                data = text.encode()
            new.writestr(entry, data)
    return stream.getvalue()


def put(root: Path, name: str, data: bytes) -> None:
    (root / "templates" / name).write_bytes(data)


def test_a_misspelt_name_is_told_at_its_place_in_word(root: Path) -> None:
    put(root, "invitation.docx", edited("invitation", ("meeting.place }}", "meeting.plads }}")))
    shown = run("-w", root, "templates", "check")
    assert shown.code == 1
    assert "templates/invitation.docx" in shown.out
    assert "HD321" in shown.out
    assert 'body, table 2, "{{ meeting.plads }}' in shown.out
    (row,) = run("-w", root, "templates", "check", "--format", "json").shape["diagnostics"]
    assert (row["path"], row["code"], row["line"]) == ("templates/invitation.docx", "HD321", 0)
    assert row["place"].startswith('body, table 2, "{{ meeting.plads }}')
    lines = run("-w", root, "templates", "check", "--format", "github").out.splitlines()
    assert [line.partition(",")[0] for line in lines] == ["::error file=templates/invitation.docx"]


def test_a_draft_is_checked_before_anything_is_made_of_it(root: Path) -> None:
    put(root, "invitation.ung.udkast.docx", edited("invitation.ung", ("meeting.place }}", "meeting.plads }}")))
    shown = run("-w", root, "templates", "check", "--format", "json")
    assert shown.code == 1
    assert [row["path"] for row in shown.shape["diagnostics"]] == ["templates/invitation.ung.udkast.docx"]


def test_two_faults_alike_at_two_places_are_both_told(root: Path) -> None:
    change = ("{{ meeting.date|uge }}", "{{ meeting.dag }}"), ("{{ meeting.directions }}", "{{ meeting.dag }}.")
    put(root, "invitation.docx", edited("invitation", *change))
    rows = run("-w", root, "templates", "check", "--format", "json").shape["diagnostics"]
    assert [row["code"] for row in rows] == ["HD321", "HD321"]


def test_a_copy_with_comments_is_written_for_whoever_mends_it(root: Path, tmp_path: Path) -> None:
    put(root, "invitation.docx", edited("invitation", ("meeting.place }}", "meeting.plads }}")))
    put(root, "dagsorden.docx", b"no document")
    folder = tmp_path / "marked"
    shown = run("-w", root, "templates", "check", "--annotate", folder)
    assert shown.code == 1
    assert [path.name for path in folder.iterdir()] == ["invitation.docx"]
    marked: Any = docx.Document(str(folder / "invitation.docx"))
    assert [comment.text.partition(":")[0] for comment in marked.comments] == ["HD321"]
    assert "comments in" in shown.out


def test_a_marked_copy_never_takes_the_place_of_a_file(root: Path, tmp_path: Path) -> None:
    put(root, "invitation.docx", edited("invitation", ("meeting.place }}", "meeting.plads }}")))
    (tmp_path / "invitation.docx").write_bytes(b"mine")
    shown = run("-w", root, "templates", "check", "--annotate", tmp_path)
    assert (shown.code, (tmp_path / "invitation.docx").read_bytes()) == (3, b"mine")
    assert "HD598" in shown.err
    assert run("-w", root, "templates", "check", "--annotate", root / "templates").code == 2
