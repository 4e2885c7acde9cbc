"""How far mail has come, written where no backup of `.hopdocs` reaches: a folder of the user's, `out/`, git's own.

A ledger cannot know by itself that it is yesterday's. Each mark says what the ledger's log held when mail last left; a
ledger without that row is older than what was sent. The newest counts, whichever of them were restored along.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.git import find_checkout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STATE: Final = ".hopdocs"
NAME_IN_OUTPUT: Final = ".hopdocs-mail"
_NAME: Final = "mail"
_LENGTH: Final = 512
"""Octets, a disk's sector: each mark overwrites the one before in one write, and is never half of both."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one place knows of a ledger: of its start number `start`, row `seq` with its hash, and the highest SEQUENCE.

    `file` is the ledger's inode and path: a ledger of before the first mark has no name of its own to be found by.
    """

    workspace: str
    start: int
    seq: int
    link: str
    highest: int
    file: str = ""

    def as_bytes(self) -> bytes:
        """One line, always as long."""
        return json.dumps(asdict(self)).encode().ljust(_LENGTH - 1) + b"\n"


class Marks:
    """The places where marks of one ledger lie. Whatever can't be read or written there stops nothing."""

    def __init__(self, ledger: Path, output: str) -> None:
        self.ledger = ledger
        self._root = ledger.parent.parent
        self._output = self._root / output

    @classmethod
    def of(cls, ledger: str, output: str) -> Marks | None:
        """None for a ledger that is no workspace's: in memory, or in a folder of its own."""
        path = Path(ledger)
        return cls(path, output) if ledger and path.parent.name == STATE else None

    @property
    def file(self) -> str:
        """Which file it is, and where; '' if it is gone."""
        with suppress(OSError):
            return f"{self.ledger.stat().st_ino}@{self._place}"
        return ""

    @cached_property
    def _place(self) -> str:
        return hashlib.sha256(str(self.ledger.resolve()).encode()).hexdigest()[:16]

    def seen(self, workspace: str) -> list[Mark]:
        """The marks of this ledger, under its name or in its place, and those that lie in the workspace."""
        file = self.file
        outside = [
            mark
            for folder in state_folders()
            for mark in _read_all(_entries(folder))
            if (workspace and mark.workspace == workspace) or (file and mark.file == file)
        ]
        return [*outside, *_read_all(self._inside())]

    def is_missing(self, workspace: str, kept_in: Iterable[str]) -> str:
        """A folder outside in which the mark was kept, that is there, and holds it no more; '' if there is none."""
        here = [str(folder) for folder in state_folders()]
        if any(_read(Path(folder) / workspace / _NAME) for folder in here):
            return ""
        return next((folder for folder in kept_in if folder in here), "")

    def keep(self, mark: Mark, *, everywhere: bool = True) -> list[str]:
        """Put a mark where it can be put; the folders outside the workspace in which it lies now."""
        kept = [str(folder) for folder in state_folders() if _put(folder / mark.workspace / _NAME, mark)]
        if everywhere or not kept:
            for path in self._inside():
                _put(path, mark)
        return kept

    def may_have_spoken(self) -> bool:
        """Whether this is a checkout of what others have, too: another copy of it may have sent already."""
        checkout = find_checkout(self._root)
        with suppress(OSError):
            return (
                checkout is not None and b'[remote "' in (_common_folder(checkout.git_folder) / "config").read_bytes()
            )
        return False

    def _inside(self) -> Iterator[Path]:
        if self._output.is_dir():
            yield self._output / NAME_IN_OUTPUT
        checkout = find_checkout(self._root)
        if checkout is not None:
            place = os.path.relpath(self._root.resolve(), checkout.top.resolve())
            yield checkout.git_folder / "hopdocs" / hashlib.sha256(place.encode()).hexdigest()[:16]


def state_folders() -> list[Path]:
    """Where the user keeps what programs remember: systemd's `StateDirectory=`, and the home folder's place for it.

    Both, where both are there: the service has the first, whoever types a verb only the second.
    """
    given = [Path(item) for item in os.environ.get("STATE_DIRECTORY", "").split(":") if item.startswith("/")]
    home = Path(os.environ.get("HOME", "") or "/nonexistent")
    state = Path(os.environ.get("XDG_STATE_HOME", "") or home / ".local" / "state")
    folders = [item / "mail" for item in given if item.is_dir()]
    if home.is_dir():  # a service may be kept from seeing any home: then nothing can be missing there
        folders.append(state / "hopdocs")
    return folders


def _entries(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [entry / _NAME for entry in folder.iterdir()]
    return []


def _read_all(paths: Iterable[Path]) -> list[Mark]:
    return [mark for path in paths if (mark := _read(path)) is not None]


def _read(path: Path) -> Mark | None:
    with suppress(OSError, ValueError, TypeError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            return Mark(**json.loads(os.read(descriptor, _LENGTH)))
        finally:
            os.close(descriptor)
    return None


def _put(path: Path, mark: Mark) -> bool:
    """Overwrite in one write; only a new one waits for the disk, since after a power cut a mark may say less."""
    with suppress(OSError):
        try:
            return _write(path, mark)
        except FileNotFoundError:
            return _make_folder(path.parent) and _write(path, mark, is_new=True)
    return False


def _write(path: Path, mark: Mark, *, is_new: bool = False) -> bool:
    flags = os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | (os.O_CREAT if is_new else 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        os.pwrite(descriptor, mark.as_bytes(), 0)
        if is_new:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return True


def _make_folder(path: Path) -> bool:
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)  # `mode` is the last one's alone
        return True
    return False


def _common_folder(git_folder: Path) -> Path:
    """A worktree's own folder has no config; the repository's has."""
    with suppress(OSError):
        return (git_folder / (git_folder / "commondir").read_text("utf-8").strip()).resolve()
    return git_folder
