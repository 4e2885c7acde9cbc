"""A workspace as somebody edits it: what is open stands in for its file, and everything is judged as it would be saved.

The same rules as `hopdocs check`, and the same cache: of ten thousand families only those are read again that changed,
or that something all share was changed for. Work is cut into pieces, the most urgent first, so that whoever types
waits for nobody: first the rules on what she types, then what that means beside others, then what her papers will say.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from hopdocs.clock import local_date
from hopdocs.cycle.cross_family import check_families_together
from hopdocs.cycle.looking_back.seen_plans import search_on_disk
from hopdocs.cycle.making.unrendered import name_bug
from hopdocs.cycle.outcomes import evaluate_file
from hopdocs.cycle.project.source import last_names
from hopdocs.cycle.scanning import find_rivals, list_family_files, written_id
from hopdocs.cycle.shared_inputs import read_shared_inputs
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.editor.board import Board, Layer
from hopdocs.editor.preview import SavedText
from hopdocs.errors import FaultyInput, HopdocsError
from hopdocs.evaluation import FamilyOutcome, JudgedFamily, judge_family, place_all
from hopdocs.freshness.cache import CacheDamaged, open_cache_to_read
from hopdocs.freshness.file_stats import list_file_stats
from hopdocs.freshness.fingerprint import digest_source
from hopdocs.package_data import CATALOGUE_NAME
from hopdocs.rules.across_families import family_facts
from hopdocs.sources.yaml.yaml_text import parse_yaml
from hopdocs.workspace import CONFIG_NAME, PROJECT_NAME, UnreadableFile, open_workspace, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.freshness.file_stats import FileStat
    from hopdocs.rules.across_families import FamilyFacts
    from hopdocs.workspace import Workspace

SHARED_FILES: Final = (CONFIG_NAME, PROJECT_NAME, CATALOGUE_NAME)


@dataclass(frozen=True, slots=True)
class LastRead:
    """An open family as it could last be read, and the text that it was read from."""

    day: FamilyDay
    data: bytes


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of one family: enough for the others. Of one that is open also what her hover asks for."""

    family_id: str
    facts: FamilyFacts | None
    name: str = ""
    """What the family is called; '' where only the last build has read its file."""
    last: LastRead | None = None


class Desk:
    """One workspace. Not for several threads: whoever owns it hands in what changed, and asks for the next piece."""

    def __init__(self, root: Path, clock: Clock, operator: Path | None = None) -> None:
        self._root = root
        self._operator = operator
        self._clock = clock
        self._board = Board()
        self._open: dict[str, bytes] = {}
        self._shared: SharedInputs | None = None
        self._shared_on: date | None = None
        """The day on which the configuration was last looked at, whether or not it could be used."""
        self._is_shared_stale = True
        self._are_files_stale = True
        self._is_together_stale = False
        self._urgent: list[str] = []
        """Open families whose text nobody has looked at yet, those that were changed last in front."""
        self._unread: list[str] = []
        """Families that lie as they were saved and have not been looked at."""
        self._unmade: list[str] = []
        """Open families whose documents nobody has put together since."""
        self._families: dict[str, _Known] = {}
        self._stats: dict[str, FileStat] = {}
        self._listing: list[Diagnostic] = []
        self.work = Counter[str]()
        """How often each piece of work was done, for whoever measures."""

    @property
    def shared(self) -> SharedInputs | None:
        """The configuration, templates and the day; None as long as no configuration could be used."""
        return self._shared

    @property
    def families(self) -> int:
        """How many families there are."""
        return len(self._stats)

    def is_open(self, path: str) -> bool:
        """Whether somebody edits a file."""
        return path in self._open

    def last_read(self, path: str) -> LastRead | None:
        """An open family as its text could last be read."""
        known = self._families.get(path)
        return known.last if known is not None else None

    def as_saved(self, path: str, data: bytes) -> SavedText | None:
        """A family's text with all that it is read beside; None as long as no configuration could be used."""
        return SavedText(path, data, self._rivals(path), self._shared) if self._shared is not None else None

    def put(self, path: str, data: bytes) -> None:
        """A file is open, or its text has changed."""
        self._open[path] = data
        self._board.touch(path)
        if path in SHARED_FILES:
            self._is_shared_stale = True
        else:
            self._urgent = [path, *(other for other in self._urgent if other != path)]

    def close(self, path: str) -> None:
        """A file counts as it lies on the disk again."""
        self._open.pop(path, None)
        self._urgent = [other for other in self._urgent if other != path]
        self._unmade = [other for other in self._unmade if other != path]
        self._stats.pop(path, None)
        self._board.put(Layer.DOCUMENTS, path, ())
        self._is_shared_stale |= path in SHARED_FILES
        self._are_files_stale = True

    def look_around(self) -> None:
        """Something may have changed on the disk."""
        self._are_files_stale = True
        self._is_shared_stale = True

    def take_changed(self) -> Mapping[str, list[Diagnostic]]:
        """By path what is wrong with each file about which something has become known since this was asked last.

        Of a text that nobody has looked at yet nothing is told: its lines are not those that its faults stand in.
        """
        return self._board.take_changed(but=self._urgent)

    def do_next(self, *, may_take_long: bool) -> bool:
        """Do the most urgent piece of work; whether there was any. What takes long is left for when nobody types."""
        if self._is_shared_stale or self._is_another_day():
            self._read_shared()
        elif self._urgent:
            self._judge(self._urgent.pop(0))
        elif self._are_files_stale and may_take_long:
            self._list_files()
        elif self._is_together_stale and not self._unread:
            self._look_together()
        elif self._unmade and may_take_long:
            self._make(self._unmade.pop(0))
        elif self._unread and may_take_long:
            self._read(self._unread.pop())
        else:
            return False
        return True

    def _is_another_day(self) -> bool:
        return self._shared is not None and self._shared_on != self._today(self._shared)

    def _today(self, shared: SharedInputs) -> date:
        return local_date(self._clock.now(), shared.zone)

    def _read_shared(self) -> None:
        """The configuration and all that goes for every family; where it can be used no more, the last that could."""
        self.work["shared"] += 1
        self._is_shared_stale = False
        before = self._shared
        self._shared_on = self._today(before) if before is not None else None
        try:
            shared = read_shared_inputs(
                open_workspace(self._root, self._operator),
                self._clock,
                writes=False,
                fallback_config=before.settings.config_text if before is not None else None,
                standing_in={path: data for path, data in self._open.items() if path in SHARED_FILES},
            )
        except FaultyInput as fault:
            self._board.put_all(Layer.SHARED, fault.diagnostics)
        except HopdocsError as fault:
            found = Diagnostic(CONFIG_NAME, 0, 0, fault.code, fault.params, Severity.ERROR, Blocks.NOTHING)
            self._board.put_all(Layer.SHARED, [found])
        else:
            self._board.put_all(Layer.SHARED, shared.diagnostics)
            self._shared, self._shared_on = shared, shared.settings.today
            self._is_together_stale = True
        if before is None or before.digest != (self._shared or before).digest:
            self._urgent = [path for path in self._open if path not in SHARED_FILES]
            self._stats.clear()
            self._are_files_stale = True

    def _list_files(self) -> None:
        """Which families there are, and which of them are not as they were."""
        self.work["listing"] += 1
        self._are_files_stale = False
        folder = self._root / "families"
        self._listing = []
        try:
            paths = list(list_family_files(folder, self._listing))
            stats = list_file_stats(str(folder))
        except HopdocsError as fault:
            paths, stats = [], {}
            self._listing = [Diagnostic(CONFIG_NAME, 0, 0, fault.code, fault.params)]
        except OSError:
            paths, stats = [], {}
        self._board.put_all(Layer.LISTING, self._listing)
        there = {
            path: stats[path.removeprefix("families/")] for path in paths if path.removeprefix("families/") in stats
        }
        waiting = set(self._unread)  # since the last listing, in which they stand as they are now
        self._unread = [
            path
            for path in there
            if path not in self._open and (path in waiting or self._stats.get(path) != there[path])
        ]
        known = {*self._families, *self._board.paths(Layer.OWN)}  # of one that can't be read there is only its fault
        gone = [path for path in known if path not in there and path not in self._open]
        for path in gone:
            self._families.pop(path, None)
            self._board.put(Layer.OWN, path, ())
        self._stats = there
        self._is_together_stale |= bool(gone or self._unread)

    def _judge(self, path: str) -> None:
        """What the rules say to an open family's text."""
        self.work["judged"] += 1
        data, shared = self._open[path], self._shared
        if shared is None:
            found = [*parse_yaml(data, path).diagnostics]
            found.append(Diagnostic(path, 0, 0, "HD790", {}, Severity.WARNING, Blocks.NOTHING))
            self._board.put(Layer.OWN, path, found)
            return
        judged = self._look_at(path, data, shared)
        if judged is None:
            return
        last = LastRead(judged.day, data) if judged.day is not None else self.last_read(path)
        name = last.day.family.name if last is not None else ""
        self._keep(path, _Known(judged.read.family_id, _facts_of(judged), name, last))
        self._unmade = [path, *(other for other in self._unmade if other != path)]

    def _look_at(self, path: str, data: bytes, shared: SharedInputs) -> JudgedFamily | None:
        """What the rules find; None where hopdocs itself fails at it, which is told at the file."""
        try:
            judged = judge_family(data, path, shared.config, shared.settings.today)
            self._board.put(Layer.OWN, path, place_all(judged.day, judged.read, judged.findings))
        except Exception as err:  # noqa: BLE001 - whoever writes on must not lose her editor's help for it
            self._board.put(Layer.OWN, path, [Diagnostic(path, 0, 0, "HD536", {"detail": name_bug(err)})])
            return None
        return judged

    def _keep(self, path: str, known: _Known) -> None:
        before = self._families.get(path)
        self._families[path] = known
        if before is None or replace(before, last=None) != replace(known, last=None):
            self._is_together_stale = True

    def _read(self, path: str) -> None:
        """A family that nobody edits: as the last build knew it where nothing has changed since, else judged anew."""
        if self._shared is None or path in self._open:  # opened since the folder was listed
            return
        try:
            data = read_source(self._root / path)
        except (FileNotFoundError, UnreadableFile) as err:
            fault = [Diagnostic(path, 0, 0, err.code, err.params)] if isinstance(err, UnreadableFile) else []
            self._board.put(Layer.OWN, path, fault)
            return
        kept = self._remembered(path, data, self._shared)
        if kept is not None:
            self.work["remembered"] += 1
            self._board.put(Layer.OWN, path, kept.diagnostics)
            self._keep(path, _Known(kept.family_id, kept.facts))
            return
        self.work["read"] += 1
        judged = self._look_at(path, data, self._shared)
        if judged is not None:
            name = judged.day.family.name if judged.day is not None else ""
            self._keep(path, _Known(judged.read.family_id or written_id(data), _facts_of(judged), name))

    def _remembered(self, path: str, data: bytes, shared: SharedInputs) -> FamilyOutcome | None:
        with closing(open_cache_to_read(shared.settings.workspace.cache_path)) as cache, suppress(CacheDamaged):
            known = cache.signature(path)
            if known is not None and (known.digest, known.shared) == (digest_source(data), shared.digest):
                findings = cache.findings(path)
                return FamilyOutcome.from_json(path, findings) if findings else None
        return None

    def _look_together(self) -> None:
        """Two files of one family, and two meetings of one colleague."""
        self.work["together"] += 1
        self._is_together_stale = False
        if self._shared is None:
            return
        ids = {path: known.family_id for path, known in self._families.items()}
        facts = {path: known.facts for path, known in self._families.items() if known.facts is not None}
        workspace = self._shared.settings.workspace
        found = check_families_together(workspace, self._shared.config, ids, facts, self._open)
        project = self._shared.project
        if project is not None:
            found += project.find_named(last_names(self._names(workspace), self._shared.config))
        self._board.put_all(Layer.TOGETHER, found)

    def _names(self, workspace: Workspace) -> Iterator[str]:
        """What the families are called, by their files or by the last build."""
        with closing(open_cache_to_read(workspace.cache_path)) as cache, suppress(CacheDamaged):
            for path, row in cache.rows():
                if path in self._families and not self._families[path].name:
                    yield json.loads(row)["name"]
        yield from (known.name for known in self._families.values() if known.name)

    def _make(self, path: str) -> None:
        """What only shows when an open family's documents are put together: who sees more, what finds no room."""
        self.work["made"] += 1
        shared, data = self._shared, self._open[path]
        if shared is None:
            return
        own = set(map(_said, self._board.of(path, but=Layer.DOCUMENTS)))
        try:
            outcome = _evaluate(SavedText(path, data, self._rivals(path), shared))
        except Exception as err:  # noqa: BLE001 - as above
            found = [Diagnostic(path, 0, 0, "HD536", {"detail": name_bug(err)})]
        else:
            found = [item for item in outcome.diagnostics if _said(item) not in own]
        self._board.put(Layer.DOCUMENTS, path, found)

    def _rivals(self, path: str) -> tuple[str, ...]:
        """The other files that say they are this family."""
        ids = {other: known.family_id for other, known in list(self._families.items())}
        return find_rivals(ids, self._listing, ids).get(path, ())


def _evaluate(saved: SavedText) -> FamilyOutcome:
    """All that follows from a family's text, as the next cycle would see it."""
    task, shared = saved.task(), saved.shared
    workspace = shared.settings.workspace
    return evaluate_file(
        task.data,
        task.path,
        task.twins,
        shared.config,
        shared.settings,
        known=task.sights,
        edited=task.edited,
        search=lambda family: search_on_disk(
            family, workspace.root / task.path, shared.config, workspace.ledger_path, task.last_good
        ),
    )


def _facts_of(judged: JudgedFamily) -> FamilyFacts | None:
    return family_facts(judged.day) if judged.day is not None and not judged.is_stopped else None


def _said(item: Diagnostic) -> tuple[object, ...]:
    return item.code, item.line, item.column, tuple(sorted(item.params.items()))
