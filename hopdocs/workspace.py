"""Where things are on disk, who may write there, and how a file that people wrote is read.

`config.yaml` is what makes a folder a workspace. Without it nothing is done: a share that is not mounted looks like a
workspace whose families are all gone, and nobody's documents may be removed for that.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pwd
import re
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hopdocs.errors import WorkspaceFault
from hopdocs.package_data import CATALOGUE_NAME
from hopdocs.plain_files import NotPlain, is_reached_by_link, open_below, open_sized
from hopdocs.sources.file_sizes import LARGEST_SOURCE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hopdocs.model.config import DocumentSettings

CONFIG_NAME: Final = "config.yaml"
PROJECT_NAME: Final = "project.yaml"
OPERATOR_FOLDER = Path("/etc/hopdocs")
"""Where operators' files are looked for if none is named."""
_FOR_WORKSPACE: Final = re.compile(r"""^workspace:[ \t]+(["']?)(.+?)\1[ \t]*(?:[ \t]#.*)?\r?$""", re.MULTILINE)
NO_FILES: Final[Mapping[str, bytes]] = MappingProxyType({})
"""Nothing is open in an editor, so that every file is read as it lies."""
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
    touches nothing that anybody uses. `operator` is the file with what belongs to this machine, if there is one.
    """

    root: Path
    apart: Path | None = None
    operator: Path | None = None

    @property
    def config_path(self) -> Path:
        """The municipality's settings."""
        return self.root / CONFIG_NAME

    @property
    def project_path(self) -> Path:
        """What belongs to no family; may be missing."""
        return self.root / PROJECT_NAME

    @property
    def indicators_path(self) -> Path:
        """What the municipality measures beside what hopdocs comes with; may be missing."""
        return self.root / CATALOGUE_NAME

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
    def operator_mark(self) -> Path:
        """Remembers which operator's file this workspace is used with: without it, it is not used."""
        return self.state / "operator"

    @property
    def cache_path(self) -> Path:
        """What was made last time: disposable."""
        return self.state / "cache.db"

    @property
    def ledger_path(self) -> Path:
        """What was sent, and which version is which: precious."""
        return self.state / "ledger.db"

    @property
    def has_ledger(self) -> bool:
        """Whether anything is there. What is no file, or a link to nothing, is a fault: nobody knows what it knew."""
        return os.path.lexists(self.ledger_path)

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


def open_workspace(root: Path, operator: Path | None = None) -> Workspace:
    """The workspace in `root` with the operator's file that is named, or that says it is for this folder.

    A `WorkspaceFault` if there is no workspace, or if the operator's file that it was used with before is missing.
    """
    folder = Path(os.path.abspath(root))  # noqa: PTH100 - resolve() would follow the operator's links
    workspace = Workspace(folder, operator=_find_operator_file(folder, operator))
    if not workspace.config_path.is_file():
        raise WorkspaceFault("HD501", path=str(root))
    return workspace


def _used_before(root: Path) -> Path | None:
    """The operator's file that this workspace was used with: a person's shell may not name the service's."""
    try:
        path = Path(Workspace(root).operator_mark.read_text("utf-8").strip())
    except (FileNotFoundError, NotADirectoryError, PermissionError):  # another user may look, and writes nothing here
        return None
    if not os.path.isfile(path):  # noqa: PTH113 - one behind a closed folder is not there either; is_file() would raise
        raise WorkspaceFault("HD716", path=str(path))
    return _outside(root, path)


def _outside(root: Path, named: Path) -> Path:
    """The operator's file, which nobody can have pushed."""
    path = named.resolve()
    if path.is_relative_to(root.resolve()):
        raise WorkspaceFault("HD714", path=str(named), detail=f"{path} < {root}")
    return path


def _find_operator_file(root: Path, named: Path | None) -> Path | None:
    """The operator's file for a folder. Those of other folders, and those that may not be read, are passed over."""
    if named is not None:
        return _outside(root, named)
    for path in sorted(OPERATOR_FOLDER.glob("*.yaml")):
        with contextlib.suppress(OSError):
            written = _FOR_WORKSPACE.search(path.read_text("utf-8", "replace"))
            if written and is_same_folder(Path(written[2]), root):
                return path
    return _used_before(root)


def is_same_folder(one: Path, other: Path) -> bool:
    """Whether two paths lead to one folder."""
    with contextlib.suppress(OSError):
        return one.samefile(other)
    return False


@contextlib.contextmanager
def sole_writer(workspace: Workspace) -> Iterator[bool]:
    """Hold the workspace's lock: two that write at once would remove each other's work.

    The kernel lets go of it when the process ends, however it ends. Readers need no lock. Gives whether the one before
    may have been cut short: then it has left its number behind, and perhaps half a file.
    """
    lock = workspace.state / "lock"
    claim_state(workspace)
    try:
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


def refuse_pushed_links(workspace: Workspace, settings: DocumentSettings) -> None:
    """Refuse the folders that are read and written where one is a link that others may have pushed.

    An operator's own links are nobody's way out where only people at this machine may change the workspace.
    """
    for path in (workspace.families, workspace.templates, workspace.output(settings)):
        parts = Path(os.path.relpath(path, workspace.root)).parts
        if os.pardir not in parts and is_reached_by_link(workspace.root, parts):
            raise WorkspaceFault("HD725", path=workspace.relative(path))


def claim_state(workspace: Workspace) -> None:
    """Make `.hopdocs` its owner's alone, also where it was there with other rights; refuse it to any other user.

    What one user makes there, another can't write: root's one build would lock the service out of its own databases.
    """
    state = workspace.state
    try:
        owner = (state if state.exists() else workspace.root).stat().st_uid
        if owner != os.geteuid() and (state.exists() or os.geteuid() == 0):
            raise WorkspaceFault("HD718", path=str(workspace.root), user=_name_of(owner))
        make_private_folder(state)
        with os.scandir(state) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_mode & 0o077:
                    os.chmod(entry.path, 0o600)  # noqa: PTH101 - scandir gives no Path
        if workspace.operator is not None and workspace.apart is None:
            workspace.operator_mark.write_text(f"{workspace.operator}\n", "utf-8")
    except OSError as err:
        raise WorkspaceFault("HD514", path=state.name, detail=err.strerror or str(err)) from err


def _name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"#{user}"


def make_private_folder(path: Path) -> None:
    """Make a folder that only its owner may enter; of one that is there, take everybody else's rights away."""
    path.mkdir(mode=0o700, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)


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
        return _read_open(*open_sized(path), limit)
    except FileNotFoundError:
        raise
    except NotPlain as err:
        raise UnreadableFile("HD504") from err
    except OSError as err:
        raise UnreadableFile("HD503", detail=err.strerror or str(err)) from err


def read_below(
    root: Path | str, parts: Sequence[str], limit: int = LARGEST_SOURCE_BYTES, *, only_name: bool = False
) -> bytes:
    """As `read_source`, for a file whose folders others may have put there: none of them is followed as a link.

    `only_name`: nor is it read if it has another name somewhere.
    """
    try:
        descriptor = open_below(root, parts)
        if only_name and os.fstat(descriptor).st_nlink > 1:
            os.close(descriptor)
            raise UnreadableFile("HD504")
        return _read_open(descriptor, os.fstat(descriptor).st_size, limit)
    except FileNotFoundError:
        raise
    except NotPlain as err:
        raise UnreadableFile("HD504") from err
    except OSError as err:
        raise UnreadableFile("HD503", detail=err.strerror or str(err)) from err


def _read_open(descriptor: int, size: int, limit: int) -> bytes:
    try:
        most = min(size, limit)
        data = os.read(descriptor, most + 1)
        if len(data) < most:  # read() may give less than it was asked for
            with os.fdopen(os.dup(descriptor), "rb") as file:
                data += file.read(limit + 1 - len(data))
    finally:
        os.close(descriptor)
    return data
