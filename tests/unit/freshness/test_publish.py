"""Files appear whole or not at all, and what a person wrote is kept."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hopdocs.freshness.publish import (
    AccessRule,
    OutputFault,
    OutputFolder,
    access_rule,
    list_folder,
    publish_page,
    sweep_temporaries,
    sync_names,
)
from hopdocs.model.config import DocumentSettings

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE = AccessRule()


def _publish(folder: Path, name: str, data: bytes) -> None:
    with OutputFolder(folder, PRIVATE) as opened:
        opened.put_in_place(opened.stage(name, data))
    sync_names(folder.parent, [folder.name])


def test_a_file_takes_the_place_of_the_old_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    _publish(tmp_path / "out", "a.docx", b"one")
    _publish(tmp_path / "out", "a.docx", b"two")
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "out").iterdir()] == [("a.docx", b"two")]


@pytest.mark.parametrize("act", ["write", "fchmod", "fsync"])
def test_a_failure_while_writing_leaves_the_old_file_and_no_temporary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    _publish(tmp_path / "out", "a.docx", b"one")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, act, fail)
    with pytest.raises(OutputFault) as caught:
        _publish(tmp_path / "out", "a.docx", b"two")
    monkeypatch.undo()
    assert caught.value.params == {"path": "out/a.docx", "detail": "No space left on device"}
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "out").iterdir()] == [("a.docx", b"one")]


def test_a_failure_to_take_the_place_removes_the_temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OutputFault):
        _publish(tmp_path / "out", "a.docx", b"two")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "out").symlink_to(elsewhere)
    with pytest.raises(OutputFault):
        _publish(tmp_path / "out", "a.docx", b"one")
    with pytest.raises(OutputFault):
        list_folder(tmp_path / "out")
    assert list(elsewhere.iterdir()) == []


def test_a_link_in_the_place_of_a_file_is_replaced_not_written_through(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"somebody's")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.docx").symlink_to(other)
    _publish(tmp_path / "out", "a.docx", b"ours")
    assert other.read_bytes() == b"somebody's"
    assert not (tmp_path / "out/a.docx").is_symlink()


def test_changed_files_are_kept_under_rising_numbers(tmp_path: Path) -> None:
    for text in (b"first", b"second"):
        _publish(tmp_path / "out", "plan.v.docx", text)
        with OutputFolder(tmp_path / "out", PRIVATE) as opened:
            opened.keep_aside("plan.v.docx")
    found = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert found == {"plan.v.rettet-1.docx": b"first", "plan.v.rettet-2.docx": b"second"}


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("brev.docx", "~$brev.docx"),
        ("familieplan.docx", "~$milieplan.docx"),
        ("letters.docx", "~$etters.docx"),
        ("brev.docx", ".~lock.brev.docx#"),
    ],
)
def test_lock_files_of_word_and_libreoffice_are_known(tmp_path: Path, name: str, lock: str) -> None:
    (tmp_path / name).touch()
    assert not list_folder(tmp_path).is_open_elsewhere(name)
    (tmp_path / lock).touch()
    assert list_folder(tmp_path).is_open_elsewhere(name)


def test_access_is_private_unless_config_says_otherwise(tmp_path: Path) -> None:
    publish_page(tmp_path / "private/x.html", b"x", access_rule(DocumentSettings()))
    assert (tmp_path / "private/x.html").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o700
    before = os.umask(0o027)
    try:
        publish_page(
            tmp_path / "shared/x.html", b"x", access_rule(DocumentSettings.model_validate({"access": "inherit"}))
        )
    finally:
        os.umask(before)
    assert (tmp_path / "shared/x.html").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "shared").stat().st_mode & 0o777 == 0o750


def test_a_group_that_does_not_exist_is_a_fault() -> None:
    with pytest.raises(OutputFault) as caught:
        access_rule(DocumentSettings.model_validate({"access": "group", "group": "no-such-group"}))
    assert caught.value.code == "HD512"


def test_only_our_own_temporary_files_are_swept(tmp_path: Path) -> None:
    (tmp_path / "family").mkdir()
    names = [".hopdocs-0123456789abcdef.tmp", "family/.hopdocs-fedcba9876543210.tmp"]
    others = [".hopdocs-notes.tmp", "family/brev.tmp", "family/~$brev.docx"]
    for name in names + others:
        (tmp_path / name).touch()
    assert sweep_temporaries(tmp_path) == len(names)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        others
    )
    assert sweep_temporaries(tmp_path / "missing") == 0
