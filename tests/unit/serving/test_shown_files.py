from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hopdocs.serving.request import Refused
from hopdocs.serving.shown_files import NOT_THERE, edition_of, read_shown

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    (folder / "hop-2026-007" / "udleveret").mkdir(parents=True)
    (folder / "overblik.html").write_text("<p>alle</p>")
    (folder / "hop-2026-007" / "plan.pdf").write_bytes(b"%PDF")
    (folder / "hop-2026-007" / "udleveret" / "plan.docx").write_bytes(b"PK")
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "page.html").write_text("secret")
    return folder


def is_shown(output: Path, name: str) -> bool:
    try:
        read_shown(output, name.split("/"))
    except Refused:
        return False
    return True


def test_pages_papers_and_what_was_handed_over_are_shown(output: Path) -> None:
    assert read_shown(output, ["overblik.html"]).data == b"<p>alle</p>"
    assert read_shown(output, ["hop-2026-007", "plan.pdf"]).media_type == "application/pdf"
    assert is_shown(output, "hop-2026-007/udleveret/plan.docx")


def test_the_operators_own_link_to_the_output_folder_is_followed(output: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(output)
    assert is_shown(tmp_path / "link", "overblik.html")


@pytest.mark.parametrize(
    "name",
    [
        "overblik.txt",
        "overblik",
        "hop.yaml",
        "page.htm",
        "page.HTML",
        "page.svg",
        "page.js",
        ".hopdocs-0123456789abcdef.tmp",
        ".skjult.html",
        "~$plan.docx",
        ".git/page.html",
    ],
)
def test_nothing_is_shown_but_what_hopdocs_makes_for_people(output: Path, name: str) -> None:
    path = output / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    assert not is_shown(output, name)


def test_no_link_is_followed_neither_a_files_nor_a_folders(output: Path, tmp_path: Path) -> None:
    (output / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    (output / "folder").symlink_to(tmp_path / "elsewhere")
    (output / "inside.html").symlink_to(output / "overblik.html")
    for name in ("link.pdf", "folder/page.html", "inside.html"):
        assert not is_shown(output, name)
        assert edition_of(output, name.split("/")) == NOT_THERE


def test_a_file_with_a_second_name_is_not_shown(output: Path, tmp_path: Path) -> None:
    os.link(tmp_path / "secret.pdf", output / "second.pdf")
    assert not is_shown(output, "second.pdf")


def test_a_folder_a_pipe_and_a_file_under_a_file_are_not_there(output: Path) -> None:
    (output / "folder.pdf").mkdir()
    os.mkfifo(output / "pipe.pdf")
    for name in ("folder.pdf", "pipe.pdf", "overblik.html/x.pdf", "x" * 300 + ".pdf"):
        assert not is_shown(output, name)


def test_another_file_in_its_place_is_another_edition(output: Path) -> None:
    before = edition_of(output, ["overblik.html"])
    assert before == read_shown(output, ["overblik.html"]).edition != NOT_THERE
    (output / "new").write_text("<p>alle</p>")
    (output / "new").rename(output / "overblik.html")
    assert edition_of(output, ["overblik.html"]) != before
    (output / "overblik.html").unlink()
    assert edition_of(output, ["overblik.html"]) == NOT_THERE
