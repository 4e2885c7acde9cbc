"""Many files are made safe with one wait where the system tells of failures, and one by one where it does not."""

from __future__ import annotations

import ctypes
import errno
import os
from typing import TYPE_CHECKING

import pytest

from hopdocs.freshness import disk_sync
from hopdocs.freshness.disk_sync import MOST_WAITING_BYTES, sync_together

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _able_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever these tests run on: a new kernel, ext4, and nobody else who writes."""
    monkeypatch.setattr(disk_sync, "_kind", lambda _: 0xEF53)
    monkeypatch.setattr(disk_sync, "_waiting_bytes", lambda: 0)
    _pretend_release(monkeypatch, "6.1.0-49-amd64")
    yield
    disk_sync._reports_failures.cache_clear()


def _pretend_release(monkeypatch: pytest.MonkeyPatch, release: str) -> None:
    disk_sync._reports_failures.cache_clear()
    monkeypatch.setattr(os, "uname", lambda: os.uname_result(("Linux", "host", release, "#1", "x86_64")))


def _syncs_as_one(folder: Path, families: int = 1) -> bool:
    with sync_together(folder, families) as sync:
        return sync is not None


def test_one_wait_makes_everything_last(tmp_path: Path) -> None:
    with sync_together(tmp_path, 1) as sync:
        (tmp_path / "letter").write_bytes(b"Hej")
        assert sync is not None
        sync()


def test_what_could_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class FailingDisk:
        @staticmethod
        def syncfs(_: int) -> int:
            ctypes.set_errno(errno.EIO)
            return -1

    monkeypatch.setattr(disk_sync, "_system", FailingDisk)
    with sync_together(tmp_path, 1) as sync:
        assert sync is not None
        with pytest.raises(OSError, match="Input/output error") as caught:
            sync()
    assert caught.value.errno == errno.EIO


@pytest.mark.parametrize("release", ["4.19.0-27-amd64", "5.4.0", "5.16.9"])
def test_an_old_kernel_that_keeps_failures_to_itself_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str
) -> None:
    _pretend_release(monkeypatch, release)
    assert not _syncs_as_one(tmp_path)


@pytest.mark.parametrize("release", ["5.17.0", "6.1", "10.0.1"])
def test_a_kernel_that_tells_of_failures_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str
) -> None:
    _pretend_release(monkeypatch, release)
    assert _syncs_as_one(tmp_path)


@pytest.mark.parametrize("kind", [0x794C7630, 0x6969, 0x65735546, 0xFF534D42])
def test_overlays_and_network_folders_sync_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: int
) -> None:
    monkeypatch.setattr(disk_sync, "_kind", lambda _: kind)
    assert not _syncs_as_one(tmp_path)


def test_nobody_waits_for_what_others_copy_to_the_same_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_sync, "_waiting_bytes", lambda: MOST_WAITING_BYTES + 1)
    assert not _syncs_as_one(tmp_path)
    assert _syncs_as_one(tmp_path, families=2)


def test_a_folder_that_is_not_there_yet_is_no_fault(tmp_path: Path) -> None:
    assert not _syncs_as_one(tmp_path / "out")


def test_what_waits_is_read_from_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    memory = tmp_path / "meminfo"
    memory.write_text(
        "MemTotal:       24105000 kB\nDirty:             20480 kB\nWriteback:         4 kB\nWritebackTmp:       9 kB\n"
    )
    monkeypatch.setattr(disk_sync, "_MEMORY", memory)
    assert disk_sync._waiting_bytes() == 20484 * 1024


def test_the_kind_of_a_file_system_is_read_from_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    descriptor = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
    try:
        assert disk_sync._kind(descriptor) == 0x9FA0
    finally:
        os.close(descriptor)
