"""What is laid ready, on disk: exactly the files that are wanted, each whole, and nothing that has had its time.

`udsendelse` belongs to hopdocs. What it lays there has names by which it is known again, also if all that is remembered
is lost; those that are no longer wanted go, since a message that a person holds already must not leave once more, and
one with a CPR number must not be left. What somebody else put there under another name stays.
"""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from hopdocs.freshness.file_stats import OPEN_FOLDER
from hopdocs.freshness.fingerprint import digest_bytes
from hopdocs.freshness.publish import AccessRule, OutputFault, OutputFolder, read_digest, sweep_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

FOLDER: Final = "udsendelse"
"""Beside a family's documents."""
ALL_FAMILIES: Final = "_udsendelse"
"""Beside the families' folders; no family's file is named so."""
JOURNAL: Final = "_journal"
JOURNAL_FILES: Final = "filer"
"""Copies for the records system, in a folder for each family."""
DIGITAL: Final = "digital-post"
PAPER: Final = "papir"
"""The rooms of the two routes."""
MANIFEST: Final = "forsendelse.json"
MESSAGE: Final = "besked.xml"
EVERYTHING: Final = re.compile(r".+")
_OURS: Final = re.compile(rf".+\.(?:pdf|docx)|{re.escape(MANIFEST)}|{re.escape(MESSAGE)}")
_PRIVATE: Final = AccessRule()


@dataclass(frozen=True, slots=True)
class LaidFile:
    """A file to lay ready; a `secret` one is for its owner alone, whatever others may read."""

    data: bytes
    secret: bool = False


def print_name(day: str) -> str:
    """The print file of a day."""
    return f"papir-{day}.pdf"


def lay_files(root: Path, wanted: Mapping[str, LaidFile], rule: AccessRule, ours: re.Pattern[str] = _OURS) -> None:
    """Let `root` hold these files, by their path inside it, and no other with a name of `ours`.

    What goes is removed first: a message that may not leave any more is gone even if the disk is full. A file that is
    right already is not touched. Raises `OutputFault`.
    """
    if not wanted and not root.is_dir():
        return
    if root.is_symlink():
        raise OutputFault("HD511", path=f"{root.parent.name}/{root.name}", detail="symlink")
    _remove_others(root, wanted, ours)
    folders: dict[PurePosixPath, dict[str, LaidFile]] = {}
    for path, file in wanted.items():
        place = PurePosixPath(path)
        folders.setdefault(place.parent, {})[place.name] = file
    for folder, files in folders.items():
        _lay_in(root, folder, files, rule)
    if not wanted:
        _remove_empty(root)


def take_back(output: Path, folder: str, stems: Collection[str]) -> None:
    """After papers of a family went or changed, named without endings: what was laid ready of one may not leave.

    A letter goes as a whole, with its message; and with one on paper every print file that may hold it. The next run
    lays ready what still waits. A copy for the records system goes too. Raises `OutputFault`.
    """
    _take_back(output, folder, lambda _, names: any(name.rpartition(".")[0] in stems for name in names))
    for place, found in _folders(output / JOURNAL / JOURNAL_FILES / folder):
        for name in found:
            if name.rpartition(".")[0] in stems:
                _unlink(place / name)


def keep_only(output: Path, folder: str, letters: Collection[str]) -> None:
    """Take back each letter of a family that lies in none of these folders. Raises `OutputFault`."""
    _take_back(output, folder, lambda place, names: place not in letters and any(map(_OURS.fullmatch, names)))


def _take_back(output: Path, folder: str, is_over: Callable[[str, list[str]], bool]) -> None:
    root = output / folder / FOLDER
    was_on_paper = False
    for place, found in _folders(root):
        inside = place.relative_to(root)
        if place != root and is_over(inside.as_posix(), found):
            was_on_paper |= inside.parts[0] == PAPER
            for name in filter(_OURS.fullmatch, found):
                _unlink(place / name)
    for printed in (root, output / ALL_FAMILIES) if was_on_paper else ():
        for path in printed.glob("papir-*.pdf"):
            _unlink(path)


def _lay_in(root: Path, folder: PurePosixPath, files: Mapping[str, LaidFile], rule: AccessRule) -> None:
    for parent in [*reversed(folder.parents), folder]:
        with OutputFolder(root / parent, rule):
            pass  # each level with its rights, and none of them a link
    for is_secret in (False, True):
        chosen = {name: file.data for name, file in files.items() if file.secret is is_secret}
        stale = {name: data for name, data in chosen.items() if not _is_right(root / folder / name, data, is_secret)}
        if stale:
            with OutputFolder(root / folder, _PRIVATE if is_secret else rule) as opened:
                for name, data in stale.items():
                    opened.put_in_place(opened.stage(name, data))


def _is_right(path: Path, data: bytes, is_secret: bool) -> bool:  # noqa: FBT001 - what the file is
    """Whether a file is as it should be; one with a number is also nobody else's to read."""
    if read_digest(path) != digest_bytes(data):
        return False
    return not is_secret or path.stat(follow_symlinks=False).st_mode & 0o077 == 0


def _remove_others(root: Path, wanted: Mapping[str, LaidFile], ours: re.Pattern[str]) -> None:
    for folder, names in _folders(root):
        sweep_folder(folder)
        inside = folder.relative_to(root)
        for name in names:
            if ours.fullmatch(name) and (inside / name).as_posix() not in wanted:
                _unlink(folder / name)
        if folder != root and not any((inside / name).as_posix() in wanted for name in names):
            _remove_empty(folder)


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as err:
        raise OutputFault("HD511", path=f"{path.parent.name}/{path.name}", detail=err.strerror or str(err)) from err


def _folders(root: Path) -> Iterator[tuple[Path, list[str]]]:
    """Each folder below `root`, the innermost first, with the names of its files; no link is followed."""
    try:
        os.close(os.open(root, OPEN_FOLDER))
    except OSError:
        return
    for folder, _, names in os.walk(root, topdown=False, followlinks=False):
        yield Path(folder), names


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):  # not empty: somebody else has put something there
        folder.rmdir()
