"""Whether anything has changed since a build that ended with nothing left to do: asked before anything is parsed.

What a cycle finds follows from what it reads. If all of that is as it was, so is its answer, and it is given again
without a template, a schema or a converter being as much as imported. Every family's file is still read and hashed, and
every output folder looked at (`untouched`). Whatever is not certain is left to the cycle.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import hopdocs
from hopdocs.clock import SystemClock, local_date
from hopdocs.cycle.making.kept.lost_copies import find_lost_copies
from hopdocs.cycle.making.output_check import PAGE, is_project_untouched
from hopdocs.cycle.template_names import is_template, list_names
from hopdocs.cycle.untouched import Untouched
from hopdocs.diagnostics import has_errors
from hopdocs.errors import WorkspaceFault
from hopdocs.freshness.cache import CacheDamaged, find_set_aside, open_cache_to_read
from hopdocs.freshness.cache_keys import MetaKey
from hopdocs.freshness.fingerprint import digest_bytes, digest_plain
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.freshness.versions import read_stand
from hopdocs.package_data import describe_program, shipped_path
from hopdocs.rendering.pdf.installed_fonts import read_installed_fonts
from hopdocs.sources.file_sizes import LARGEST_TEMPLATE_BYTES
from hopdocs.workspace import PROJECT_FOLDER, PROJECT_NAME, UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.catalogue import Language
    from hopdocs.cycle.report import CycleReport
    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.freshness.cache import Cache
    from hopdocs.workspace import Workspace

_NO_PYTHON: Final = "HD331"
"""No Python on this machine can talk to its LibreOffice."""
_UNKNOWN: Final = "?"
_LEDGER_QUESTIONS: Final = (
    "SELECT key, value FROM notice_meta ORDER BY key",
    "SELECT seq, hash FROM notice_event ORDER BY seq DESC LIMIT 1",
    "SELECT count(*), max(at) FROM notice_answer",
    "SELECT count(*) FROM delivered_copy",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a build or a check would say: so many documents are as they should be, and this is wrong with the rest."""

    documents: int
    shown: str
    """The diagnostics as they were shown: the lines that they stand in are what they were."""
    counted: str
    """How many they are, in words."""
    has_errors: bool


class UpToDateCheck:
    """One look at a workspace. What a cycle would read is read when it is made: before the cycle does.

    `today` is the day to act as of, if it is not that of the machine's clock; `language` that of what is shown.
    """

    def __init__(self, workspace: Workspace, today: date | None, language: Language) -> None:
        self._workspace = workspace
        self._today = today
        self._inputs = digest_plain([language, *_read_inputs(workspace)])
        self._ledger = _read_ledger(workspace.ledger_path)

    def find_standing(self) -> Standing | None:
        """What the last build left, if it is all still so; else None."""
        if not self._workspace.cache_path.is_file() or self._is_written_to():
            return None
        with contextlib.suppress(
            CacheDamaged, UnreadableFile, WorkspaceFault, sqlite3.Error, OSError, ValueError, KeyError, TypeError
        ):
            cache = open_cache_to_read(self._workspace.cache_path)
            try:
                return self._compare(cache, json.loads(cache.meta(MetaKey.STANDING) or "{}"))
            finally:
                cache.close()
        return None

    def keep(self, cache: Cache, report: CycleReport, shown: str, counted: str) -> None:
        """After a cycle over all families: remember what it left and said, if another would do nothing."""
        shared = report.shared
        untouched = Untouched.of(cache, shared.digest) if shared is not None and report.is_at_rest else None
        if shared is None or untouched is None:
            return
        if any(item.code == _NO_PYTHON for item in shared.diagnostics):
            return  # whether there is one by now, only starting it tells
        output = shared.settings.output
        kept = {
            "inputs": self._inputs,
            "ledger": self._ledger or _read_ledger(self._workspace.ledger_path),  # the first build begins it
            "versions": _read_versions(self._workspace),
            "families": untouched.as_json(),
            "zone": str(shared.zone),
            "day": shared.settings.today.isoformat(),
            "output": str(output),
            "is_link": output.is_symlink(),
            "pages": _list_pages(output),
            "office": _identify_office() if shared.makes_pdf else None,
            "answers": _describe_folder(_answers_folder(shared)),
            "shown": shown,
            "counted": counted,
            "has_errors": has_errors(report.diagnostics),
        }
        cache.set_meta(MetaKey.STANDING, json.dumps(kept, ensure_ascii=False))

    def _is_written_to(self) -> bool:
        """Whether somebody is at work here, or was cut short: both leave their number in the lock."""
        lock = self._workspace.state / "lock"
        return not lock.is_file() or lock.stat().st_size > 0

    def _compare(self, cache: Cache, kept: dict[str, Any]) -> Standing | None:
        if not kept or not self._is_as_read(kept):
            return None
        output, untouched = Path(kept["output"]), Untouched.from_json(kept["families"])
        if not untouched.is_so(self._workspace, output, cache):
            return None
        project = cache.remembered_of(PROJECT_NAME)
        if project is not None and not is_project_untouched(str(output), cache):
            return None
        if find_lost_copies(self._workspace.ledger_path, output, cache, date.fromisoformat(kept["day"])).diagnostics:
            return None
        documents = untouched.documents + (project.documents if project is not None else 0)
        return Standing(documents, kept["shown"], kept["counted"], kept["has_errors"])

    def _is_as_read(self, kept: dict[str, Any]) -> bool:
        """Whether a cycle would read what the last one read, apart from the families and their documents."""
        answers, office, output = kept["answers"], kept["office"], Path(kept["output"])
        return (
            (kept["inputs"], kept["ledger"], kept["day"]) == (self._inputs, self._ledger, self._day(kept["zone"]))
            and kept["versions"] == _read_versions(self._workspace)
            and (answers is None or answers == _describe_folder(answers[0]))
            and (office is None or office == _identify_office())
            and output.is_symlink() == kept["is_link"]
            and all((output / page).is_file() for page in kept["pages"])
        )

    def _day(self, zone: str) -> str:
        if self._today is not None:
            return self._today.isoformat()
        with contextlib.suppress(ZoneInfoNotFoundError, ValueError):
            return local_date(SystemClock().now(), ZoneInfo(zone)).isoformat()
        return _UNKNOWN


def _read_inputs(workspace: Workspace) -> Iterator[Any]:
    """Digests of everything that a build reads and that is no family's own; a missing file is one like any other."""
    yield [hopdocs.__version__, describe_program(), sys.version, _list_installed()]
    yield find_set_aside(workspace.state)
    yield [_digest_file(path) for path in (workspace.config_path, workspace.project_path, workspace.indicators_path)]
    if workspace.operator is not None:
        yield [str(workspace.operator), _digest_file(workspace.operator), _describe_rights(workspace.operator)]
    yield [path.is_symlink() for path in (workspace.families, workspace.templates)]
    own = _digest_templates(workspace.templates)
    yield str(workspace.templates), own, sorted(read_installed_fonts()) if own else []
    yield str(shipped_path("templates")), _digest_templates(shipped_path("templates"))


def _list_installed() -> list[str]:
    """The libraries' versions, which stand in the names of the folders beside them (PEP 376)."""
    home = Path(json.__file__).parent  # the standard library's own, if nothing else is found
    for folder in map(Path, sys.path):
        if (folder / "docxtpl").is_dir():
            home = folder
            break
    return sorted(name for name in os.listdir(home) if name.endswith(".dist-info"))  # noqa: PTH208 - names alone


def _digest_templates(folder: Path) -> dict[str, str]:
    try:
        names = list_names(folder, is_template)
    except OSError:
        return {}
    return {name: _digest_file(folder / name, LARGEST_TEMPLATE_BYTES) for name in names}


def _digest_file(path: Path, limit: int | None = None) -> str:
    try:
        return digest_bytes(read_source(path) if limit is None else read_source(path, limit))
    except FileNotFoundError as err:
        return type(err).__name__
    except UnreadableFile as fault:
        return f"{fault.code} {sorted(fault.params.items())}"


def _describe_rights(path: Path) -> list[int]:
    """Who may write it: of an operator's file that decides whether it is used."""
    with contextlib.suppress(OSError):
        found = path.stat()
        return [found.st_uid, found.st_mode]
    return []


def _read_ledger(path: Path) -> str:
    """What the ledger says as a whole: each event in its log is bound to all before it. '' if there is none."""
    if not path.is_file():
        return ""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(connect_to_read(path)) as connection:
        return digest_plain([connection.execute(question).fetchall() for question in _LEDGER_QUESTIONS])
    return _UNKNOWN


def _read_versions(workspace: Workspace) -> list[Any] | None:
    """How far the versions of documents have come, as plain values."""
    stand = read_stand(workspace.ledger_path)
    return [stand.book, stand.number] if stand is not None else None


def _list_pages(output: Path) -> list[str]:
    """The pages that are there and belong to no family: of all, of the project, and of each colleague."""
    from hopdocs.cycle.personal.person_pages import FOLDER  # noqa: PLC0415 - a cycle has imported it

    pages = (output / PAGE, output / PROJECT_FOLDER / PAGE, *sorted((output / FOLDER).glob("*.html")))
    return [str(page.relative_to(output)) for page in pages if page.is_file()]


def _answers_folder(shared: SharedInputs) -> str | None:
    from hopdocs.cycle.mail.answers_folder import answers_folder  # noqa: PLC0415 - a cycle has imported it

    folder = answers_folder(shared.config, shared.settings.workspace)
    return str(folder) if folder else None


def _describe_folder(path: str | None) -> list[Any] | None:
    """The folder that answers lie in, and whether it can be read: a build says so if it cannot."""
    if path is None:
        return None
    try:
        os.scandir(path).close()
    except OSError:
        return [path, False]
    return [path, True]


def _identify_office() -> str:
    """Which LibreOffice makes the PDFs, and with which fonts; '' if there is none."""
    from hopdocs.rendering.pdf.office import identify_office  # noqa: PLC0415 - if no PDFs are made nobody asks

    return identify_office()
