"""Whether families' files that are gone were deleted, or went missing together: then a person decides.

A share that is not mounted, a branch from before, `rm` with a star: each looks like many deletions at once. One or two
are what people do; more are an accident until somebody says otherwise (`hopdocs removed`).
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.absent.absences import AbsenceState, read_states
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.freshness.cache_keys import MetaKey

if TYPE_CHECKING:
    from collections.abc import Collection

    from hopdocs.cycle.scanning import Scan
    from hopdocs.cycle.session import Session
    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.freshness.cache import Cache
    from hopdocs.workspace import Workspace

_NAMED: Final = 3


def hold_back_vanished(
    scan: Scan, shared: SharedInputs, session: Session, *, removed: Collection[str], writes: bool
) -> None:
    """Take families that went missing together out of those that are `gone`: they count as there, but for mail.

    `removed` are files that hopdocs itself deleted for a person. Nothing is remembered unless the cycle `writes`. A
    file that is missing only since a moment ago stays among the missing, and counts.
    """
    workspace, cache, limit = session.workspace, session.cache, shared.config.documents.vanish_limit
    absences = session.absences if writes else None
    absent = {*scan.gone, *scan.missing}
    states = absences.states() if absences is not None else read_states(workspace.ledger_path)
    waiting = {path for path, state in states.items() if state is AbsenceState.WAITING} & absent
    may_go = {path for path, state in states.items() if state is AbsenceState.RELEASED} & absent | set(removed)
    ids = cache.ids()
    news = absent - waiting - may_go
    if news and (_is_elsewhere(workspace, cache) or _is_together(scan, news, waiting, ids.keys(), limit)):
        waiting |= news & set(scan.gone)
    waiting |= {path for path in news & set(scan.gone) if _is_misnamed(path, scan)}
    scan.gone = sorted((set(scan.gone) | may_go & absent) - waiting)
    scan.missing = [path for path in scan.missing if path not in waiting | may_go]
    scan.vanished = sorted(waiting)
    scan.ids |= {path: ids.get(path, "") for path in scan.vanished}
    if scan.vanished:
        scan.diagnostics.append(tell_vanished(scan.vanished))
    if absences is None:
        return
    returned = {path for path, state in states.items() if state is not AbsenceState.LEFT or path in ids} - absent
    if returned:
        absences.forget(returned)
    added = [path for path in scan.vanished if states.get(path) is not AbsenceState.WAITING]
    if added:
        absences.hold({path: ids.get(path, "") for path in added}, shared.settings.today)
    if not absent:
        _remember_device(workspace, cache)


def tell_vanished(paths: Collection[str]) -> Diagnostic:
    """Which families' files are gone, and that somebody must say what it means."""
    names = ", ".join(path.removeprefix("families/") for path in sorted(paths)[:_NAMED])
    params = {"count": str(len(paths)), "names": names + (" …" if len(paths) > _NAMED else "")}
    return Diagnostic("families", 0, 0, "HD701", params, Severity.ERROR, Blocks.NOTHING)


def _is_together(scan: Scan, news: set[str], waiting: set[str], known: Collection[str], limit: int) -> bool:
    """Whether this is more than somebody deleting a family or two, as a newcomer does with the sample.

    A family that only the ledger knows of, the cache being lost, may have final papers that nobody can tell from the
    others now.
    """
    count = len(news | waiting)
    is_empty = count > 1 and not scan.ids.keys() - news - waiting
    return count > limit or is_empty or bool(news - set(known))


def _is_misnamed(path: str, scan: Scan) -> bool:
    """Whether the file is there under another ending, such as the .txt that Notepad adds: nobody deleted it."""
    begin = path.removesuffix("yaml").casefold()
    return any(item.code == "HD505" and item.path.casefold().startswith(begin) for item in scan.diagnostics)


def _is_elsewhere(workspace: Workspace, cache: Cache) -> bool:
    """Whether families/ lies on another device than when last all files were there: something is mounted, or not."""
    before = cache.meta(MetaKey.FAMILIES_DEVICE)
    return bool(before) and before != _device(workspace)


def _remember_device(workspace: Workspace, cache: Cache) -> None:
    device = _device(workspace)
    if device and cache.meta(MetaKey.FAMILIES_DEVICE) != device:
        cache.set_meta(MetaKey.FAMILIES_DEVICE, device)


def _device(workspace: Workspace) -> str:
    with suppress(OSError):
        return str(os.stat(workspace.families).st_dev)  # noqa: PTH116 - as scanning reads it
    return ""
