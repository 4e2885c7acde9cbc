from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hopdocs.cli.safe_write import PRIVATE, Edition, save_all_over, save_new, save_over
from hopdocs.errors import WorkspaceFault

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_file_never_replaces_another(tmp_path: Path) -> None:
    save_new(tmp_path / "a" / "b.yaml", b"one")
    with pytest.raises(WorkspaceFault):
        save_new(tmp_path / "a" / "b.yaml", b"two")
    assert (tmp_path / "a" / "b.yaml").read_bytes() == b"one"


def test_a_replaced_file_keeps_its_rights_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_bytes(b"one")
    path.chmod(0o640)
    save_over(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceFault):
        save_over(tmp_path / "missing" / "b.yaml", b"two")


def test_several_files_are_replaced_together(tmp_path: Path) -> None:
    files = {tmp_path / name: Edition(name.encode(), b"new") for name in ("a", "b")}
    for path, edition in files.items():
        path.write_bytes(edition.before)
    save_all_over(files)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(files, b"new")


def test_where_the_second_of_two_cannot_be_replaced_the_first_gets_back_what_it_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {tmp_path / name: Edition(name.encode(), b"new") for name in ("a", "b")}
    for path, edition in files.items():
        path.write_bytes(edition.before)
    rename = os.replace

    def refuse_second(source: Path, target: Path) -> None:
        if target.name == "b":
            raise PermissionError
        rename(source, target)

    monkeypatch.setattr(type(tmp_path), "replace", refuse_second)
    with pytest.raises(WorkspaceFault):
        save_all_over(files)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"a", "b": b"b"}


def test_what_is_private_is_so_from_the_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen: list[int] = []
    make = os.open

    def note(path: str, flags: int, mode: int = 0o777, **more: int) -> int:
        chosen.append(mode)
        return make(path, flags, mode, **more)

    monkeypatch.setattr(os, "open", note)
    save_new(tmp_path / "tracked.docx", b"one", PRIVATE)
    save_over(tmp_path / "tracked.docx", b"two")
    assert chosen == [PRIVATE, PRIVATE]
    assert (tmp_path / "tracked.docx").stat().st_mode & 0o777 == PRIVATE
