"""What the families' files mean on a day, with what only a look at all of them shows: which say they are the same.

A cycle evaluates the families that changed, each in whatever process makes its documents; whoever only wants to know
what would be evaluates all of them. Both ask here, so that nobody is shown mail or letters of a family that a cycle
holds back, and nobody's meetings look cancelled because a file cannot be read just now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hopdocs.cycle.cross_family import check_families_together
from hopdocs.cycle.looking_back.seen_plans import search_on_disk
from hopdocs.cycle.scanning import Scanner
from hopdocs.cycle.template_store import look_up_attachment
from hopdocs.diagnostics import Diagnostic, sort_diagnostics
from hopdocs.documents.sight_changes import NEVER_SEEN, Edited
from hopdocs.evaluation import evaluate_family
from hopdocs.freshness.fingerprint import NOTHING_THERE
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    from hopdocs.cycle.looking_back.seen_plans import SeenPlansSearch
    from hopdocs.cycle.scanning import Stale
    from hopdocs.cycle.tasks import Settings
    from hopdocs.documents.sight_changes import SightHistory
    from hopdocs.evaluation import AttachmentLookup, FamilyOutcome
    from hopdocs.freshness.cache import Cache
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family


def evaluate_file(  # noqa: PLR0913, PLR0917 - the file, and what it is read beside
    data: bytes,
    path: str,
    twins: Collection[str],
    config: Config,
    settings: Settings,
    find: Callable[[Path, str], AttachmentLookup] = look_up_attachment,
    *,
    known: SightHistory = NEVER_SEEN,
    edited: Edited = Edited.NOTHING,
    search: Callable[[Family], SeenPlansSearch] | None = None,
) -> FamilyOutcome:
    """One family on the settings' day; `search` finds the plans that were handed over, else what lies here does.

    Which of two files with one id is meant, nobody can say: neither gets documents, neither
    causes mail, and neither is among the project's figures.
    """
    folder = settings.workspace.attachments(path)

    def on_disk(family: Family) -> SeenPlansSearch:
        file = settings.workspace.root / path
        return search_on_disk(family, file, config, settings.workspace.ledger_path)

    outcome = evaluate_family(
        data,
        path,
        config,
        settings.today,
        lambda name: find(folder, name),
        answers=settings.answers,
        known=known,
        edited=edited,
        look_back=lambda family: (search or on_disk)(family).seen(settings.today),
        find_translation=settings.find_translation,
    )
    return replace(outcome, is_stopped=True, notices=None, documents=(), figures=None) if twins else outcome


@dataclass(frozen=True, slots=True)
class Families:
    """The families that are there. `ids` has by path what each calls itself, or did when it could last be read."""

    config: Config
    settings: Settings
    ids: Mapping[str, str]
    faults: tuple[Diagnostic, ...]
    """What is wrong with the files as files, and where two of them have one id."""
    files: tuple[Stale, ...]

    def outcomes(self, find: Callable[[Path, str], AttachmentLookup] = look_up_attachment) -> Iterator[FamilyOutcome]:
        """Evaluate each family in turn, as a cycle would; `find` looks up the files that they name."""
        for path, _, twins in self.files:
            try:
                data = read_source(self.settings.workspace.root / path)
            except (FileNotFoundError, UnreadableFile):  # since we looked
                continue
            yield evaluate_file(data, path, twins, self.config, self.settings, find)


def find_families(config: Config, settings: Settings, cache: Cache, only: Collection[str] = ()) -> Families:
    """The families' files as they are now, or `only` some of them; all are read, since any may have another's id."""
    scanner = Scanner(settings.workspace, settings.output, cache, NOTHING_THERE, lambda *_: False)
    scan = scanner.scan_all(only)  # no cycle knew such shared inputs, so each must be looked at
    together = check_families_together(settings.workspace, config, scan.ids, {})
    chosen = {item.path for item in scan.stale} | set(scan.unreadable)
    faults = [*scan.diagnostics, *together]
    if only:
        faults = [item for item in faults if item.path in chosen]
    return Families(config, settings, scan.ids, tuple(sort_diagnostics(faults)), tuple(scan.stale))
