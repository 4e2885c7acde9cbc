"""Only plain files are read, where they may lie, and of secrets one line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hopdocs.plain_files import NotPlain, UnsafeSecret, make_private_file, open_below, open_plain, read_secret_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "etc"
    made.mkdir()
    secret = made / "smtp"
    secret.write_text("not a real secret\n", "utf-8")
    secret.chmod(0o640)
    (tmp_path / "key").write_text("not a real key\n", "utf-8")
    (tmp_path / "key").chmod(0o600)
    return made


def test_a_secret_is_one_line_of_a_plain_file_beside_the_operators(folder: Path) -> None:
    assert read_secret_file(folder / "smtp", [folder]) == "not a real secret"
    with pytest.raises(FileNotFoundError):
        read_secret_file(folder / "other", [folder])


def _link(folder: Path) -> None:
    (folder / "smtp").unlink()
    (folder / "smtp").symlink_to(folder.parent / "key")


def _hard_link(folder: Path) -> None:
    (folder / "smtp").unlink()
    (folder / "smtp").hardlink_to(folder.parent / "key")


def _pipe(folder: Path) -> None:
    (folder / "smtp").unlink()
    os.mkfifo(folder / "smtp")


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link": (_link, "HD722"),
    "another name of a file elsewhere": (_hard_link, "HD722"),
    "a pipe": (_pipe, "HD722"),
    "open to all": (lambda folder: (folder / "smtp").chmod(0o644), "HD723"),
    "two lines, as a private key has": (lambda folder: (folder / "smtp").write_text("BEGIN\nkey\n", "utf-8"), "HD724"),
    "too long": (lambda folder: (folder / "smtp").write_text("x" * 1025, "utf-8"), "HD724"),
    "empty": (lambda folder: (folder / "smtp").write_text("\n", "utf-8"), "HD724"),
}


@pytest.mark.parametrize(("spoil", "why"), SPOILT.values(), ids=SPOILT)
def test_nothing_else_is_taken_for_a_secret(folder: Path, spoil: Callable[[Path], object], why: str) -> None:
    spoil(folder)
    with pytest.raises(UnsafeSecret) as refused:
        read_secret_file(folder / "smtp", [folder])
    assert refused.value.why == why


def test_a_secret_elsewhere_is_not_read_however_it_is_written(folder: Path) -> None:
    (folder / "away").symlink_to(folder.parent)
    for path, why in (
        (folder.parent / "key", "HD721"),
        (folder / "../key", "HD721"),
        (folder.with_name("etc2") / "smtp", "HD721"),
        (folder / "away/key", "HD722"),
    ):
        with pytest.raises(UnsafeSecret) as refused:
            read_secret_file(path, [folder])
        assert refused.value.why == why


def test_no_name_on_the_way_may_be_a_link_or_anything_but_a_folder(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in/file").write_text("x", "utf-8")
    os.close(open_below(folder, ["in", "file"]))
    (folder / "linked").symlink_to(folder / "in")
    for parts in (["linked", "file"], ["in"]):
        with pytest.raises(NotPlain):
            open_below(folder, parts)
    with pytest.raises(FileNotFoundError):
        open_below(folder, ["smtp", "file"])
    with pytest.raises(NotPlain):
        open_plain(folder)


def test_a_private_file_is_made_once_and_never_opened_again(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        make_private_file(tmp_path / "db")
    finally:
        os.umask(before)
    assert (tmp_path / "db").stat().st_mode & 0o777 == 0o600
    (tmp_path / "db").write_text("kept", "utf-8")
    make_private_file(tmp_path / "db")
    assert (tmp_path / "db").read_text("utf-8") == "kept"
