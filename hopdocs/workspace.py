"""Where things are on disk, who may write there, and how a file that people wrote is read.

`config.yaml` is what makes a folder a workspace. Without it nothing is done: a share that is not mounted looks like a
workspace whose families are all gone, and nobody's documents may be removed for that.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.errors import WorkspaceFault
from hopdocs.sources.file_sizes import LARGEST_SOURCE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.model.config import DocumentSettings

CONFIG_NAME: Final = "config.yaml"
PROJECT_NAME: Final = "project.yaml"
PROJECT_FOLDER: Final = "_projekt"
"""The output folder of what belongs to no family; no family's file can have that name."""


class UnreadableFile(Exception):
    """A file that is there but cannot be used; `code` of the catalogue says why."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Workspace:
    """One municipality's folder.

    `apart` is another folder for what hopdocs writes: a clean build beside the real one reads the same files, and
    touches nothing that anybody uses.
    """

    root: Path
    apart: Path | None = None

    @property
    def config_path(self) -> Path:
        """The municipality's settings."""
        return self.root / CONFIG_NAME

    @property
    def project_path(self) -> Path:
        """What belongs to no family; may be missing."""
        return self.root / PROJECT_NAME

    @property
    def families(self) -> Path:
        """The families' files, with a folder of attachments beside each that has some."""
        return self.root / "families"

    @property
    def templates(self) -> Path:
        """The workspace's own templates; may be missing, or hold only those that it changes."""
        return self.root / "templates"

    @property
    def state(self) -> Path:
        """What hopdocs remembers."""
        return (self.apart or self.root) / ".hopdocs"

    @property
    def cache_path(self) -> Path:
        """What was made last time: disposable."""
        return self.state / "cache.db"

    @property
    def ledger_path(self) -> Path:
        """What was sent, and which version is which: precious."""
        return self.state / "ledger.db"

    def output(self, settings: DocumentSettings) -> Path:
        """Where documents go."""
        return self.root / settings.output if self.apart is None else self.apart / Path(settings.output).name

    def relative(self, path: Path) -> str:
        """A path as diagnostics show it: from the workspace, with forward slashes."""
        with contextlib.suppress(ValueError):
            return path.relative_to(self.root).as_posix()
        return path.name

    def attachments(self, source: str) -> Path:
        """The folder of a family's attachments: the file's path without its ending."""
        return self.root / source.removesuffix(".yaml")


def folder_of(source: str) -> str:
    """The output folder of a file that documents are made of, by its path in the workspace."""
    return PROJECT_FOLDER if source == PROJECT_NAME else source.rpartition("/")[2].removesuffix(".yaml")


def source_of(folder: str) -> str:
    """The inverse of `folder_of`."""
    return PROJECT_NAME if folder == PROJECT_FOLDER else f"families/{folder}.yaml"


def open_workspace(root: Path) -> Workspace:
    """The workspace in `root`; a `WorkspaceFault` if there is none."""
    workspace = Workspace(Path(os.path.abspath(root)))  # noqa: PTH100 - resolve() would follow the operator's links
    if not workspace.config_path.is_file():
        raise WorkspaceFault("HD501", path=str(root))
    return workspace


@contextlib.contextmanager
def sole_writer(workspace: Workspace) -> Iterator[bool]:
    """Hold the workspace's lock: two that write at once would remove each other's work.

    The kernel lets go of it when the process ends, however it ends. Readers need no lock. Gives whether the one before
    may have been cut short: then it has left its number behind, and perhaps half a file.
    """
    lock = workspace.state / "lock"
    try:
        make_private_folder(workspace.state)
        is_first = not lock.exists()
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as err:
        raise WorkspaceFault("HD514", path=".hopdocs", detail=err.strerror or str(err)) from err
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as err:
        holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
        os.close(descriptor)
        if err.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise WorkspaceFault("HD502", process=holder or "?") from err
        raise WorkspaceFault("HD514", path=".hopdocs/lock", detail=err.strerror or str(err)) from err
    try:
        was_cut_short = is_first or os.fstat(descriptor).st_size > 0
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield was_cut_short
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def make_private_folder(path: Path) -> None:
    """Make a folder that only its owner may enter."""
    path.mkdir(mode=0o700, exist_ok=True)


def printable_name(name: str) -> str:
    """A file's name as it can be shown: a name on disk may hold any bytes, also those that move a terminal's cursor."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return (
        text
        if text.isprintable()
        else "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    )


_PASSING: Final = re.compile(r"[.~#].*|.*(?:~|\.sw[a-p]|\.tmp|\.bak|\.orig|\.part)|4913", re.IGNORECASE)


def is_passing(name: str) -> bool:
    """Whether a file's name says that it only passes by: an editor's, Word's, or that of a copy on its way.

    Vim writes `4913` to see whether it may; Word and LibreOffice put a lock beside what is open (`~$`, `.~lock.`).
    """
    return _PASSING.fullmatch(name) is not None


def read_source(path: Path | str, limit: int = LARGEST_SOURCE_BYTES) -> bytes:
    """The bytes of a regular file, at most one more than `limit`, so that the reader sees that it is too large.

    FileNotFoundError if it is gone; `UnreadableFile` for what is no plain file (a link could lead out of the
    workspace, a pipe would hang) or may not be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise
    except OSError as err:
        if err.errno == errno.ELOOP:
            raise UnreadableFile("HD504") from err
        raise UnreadableFile("HD503", detail=err.strerror or str(err)) from err
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFile("HD504")
        data = os.read(descriptor, min(found.st_size, limit) + 1)
        if len(data) < min(found.st_size, limit):  # read() may give less than it was asked for
            with os.fdopen(os.dup(descriptor), "rb") as file:
                data += file.read(limit + 1 - len(data))
    except OSError as err:
        raise UnreadableFile("HD503", detail=err.strerror or str(err)) from err
    finally:
        os.close(descriptor)
    return data
