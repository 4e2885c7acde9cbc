"""A backup laid out as a workspace again: checked first, over nothing that is there, and not started.

Its ledger does not know what was told since the backup was made. So it waits for a person, wherever it is put.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from hopdocs.errors import WorkspaceFault
from hopdocs.notices.ledger.standing import A_COPY, Reason
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.operation.backups import MANIFEST, copy_file, digest_file, sync_tree
from hopdocs.workspace import Workspace

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Restored:
    """What was laid out, when the backup was made, and whether it has a ledger from which mail had left."""

    files: int
    made: str
    was_started: bool


def restore_backup(source: Path, target: Path, now: datetime) -> Restored:
    """Lay a backup out in `target`, which is not there yet or empty: it appears whole, or not at all.

    Raises `WorkspaceFault`: HD486 for a backup that isn't whole, HD488 where something is in the way already, HD489
    for what can't be copied.
    """
    source, target = source.absolute(), target.absolute()
    made, files = _read_manifest(source)
    _check(source, files)
    _refuse_place(source, target)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.mkdir(mode=0o700)
    except OSError as err:
        raise WorkspaceFault("HD489", path=str(target), detail=err.strerror or str(err)) from err
    try:
        for name in files:
            copy_file(source / name, beside / name)
        _check(beside, files)
        was_started = _stop_ledger(Workspace(beside), now)
        sync_tree(beside)
        _refuse_place(source, target)
        beside.rename(target)
    except OSError as err:
        shutil.rmtree(beside, ignore_errors=True)
        raise WorkspaceFault("HD489", path=str(target), detail=err.strerror or str(err)) from err
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return Restored(len(files), made, was_started)


def _read_manifest(source: Path) -> tuple[str, dict[str, str]]:
    try:
        raw = json.loads((source / MANIFEST).read_text("utf-8"))
        files = {str(name): str(digest) for name, digest in raw["files"].items()}
        made = str(raw["made"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
        raise WorkspaceFault("HD486", path=str(source), file=MANIFEST) from err
    for name in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise WorkspaceFault("HD486", path=str(source), file=name)
    return made, files


def _check(source: Path, files: dict[str, str]) -> None:
    for name, digest in files.items():
        try:
            is_right = not (source / name).is_symlink() and digest_file(source / name) == digest
        except OSError as err:
            raise WorkspaceFault("HD486", path=str(source), file=name) from err
        if not is_right:
            raise WorkspaceFault("HD486", path=str(source), file=name)


def _refuse_place(source: Path, target: Path) -> None:
    place = target.resolve()
    if place.is_relative_to(source.resolve()) or target.is_symlink():
        raise WorkspaceFault("HD488", path=str(target))
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise WorkspaceFault("HD488", path=str(target))


def _stop_ledger(workspace: Workspace, now: datetime) -> bool:
    if not workspace.ledger_path.exists():
        return False
    with closing(Ledger(connect_ledger(workspace.ledger_path))) as ledger:
        was_started = ledger.was_started()
        if was_started:
            ledger.stop(now, Reason.doubt(A_COPY))
        return was_started
