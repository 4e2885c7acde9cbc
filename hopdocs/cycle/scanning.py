"""Which families there are, which of them must be looked at, and which are gone: one hash a family.

Every file is read and hashed each time; its date and size say nothing (a checkout, a restored copy and an editor
may each set them as they like). Only our own outputs are trusted by their directory entries (`output_check`).
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from hopdocs.cycle.making.output_check import OutputSight
from hopdocs.cycle.synced_copies import copies_in, is_plain_name, original_of
from hopdocs.diagnostics import Diagnostic
from hopdocs.errors import WorkspaceFault
from hopdocs.freshness.cache_keys import Lookup
from hopdocs.freshness.fingerprint import Digest, digest_source
from hopdocs.freshness.signatures import pack
from hopdocs.workspace import (
    PROJECT_FOLDER,
    PROJECT_NAME,
    UnreadableFile,
    is_passing,
    printable_name,
    read_source,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from hopdocs.freshness.cache import Cache
    from hopdocs.freshness.cache_keys import LookupKey
    from hopdocs.freshness.signatures import SignatureRow
    from hopdocs.workspace import Workspace

IsSame: TypeAlias = "Callable[[str, LookupKey, str], bool]"
_WRITTEN_ID: Final = re.compile(rb"""^["']?id["']?[ \t]*:[ \t]+["']?([^\s"'#]+)""", re.MULTILINE)


class Stale(NamedTuple):
    """A family to look at. Its bytes are read again when it is its turn, so that ten thousand never wait in memory."""

    path: str
    digest: Digest
    twins: tuple[str, ...]


@dataclass(slots=True)
class Scan:
    """What a look at the families' folder found. Paths are relative to the workspace."""

    stale: list[Stale] = field(default_factory=list)
    current: list[str] = field(default_factory=list)
    documents: int = 0
    """How many documents the current families have."""
    gone: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    """Those gone together with others: for a person to judge (`absent.holding`)."""
    unreadable: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    """By path: what the family calls itself, as far as that is known."""
    notices: dict[str, str] = field(default_factory=dict)
    """By path: the digest of what an untouched family asks to be told."""


class Scanner:
    """Compares the families' files with what the cache remembers.

    `shared` digests what all families share. `is_same` says of a file's path, of something that was looked up for
    it (`Lookup`) and of the digest that it had, whether it has it still. If the
    scan `keeps` what it saw, it does so in the cache. `folders` returns the output folders that hold something of ours.
    """

    def __init__(  # noqa: PLR0913 - what a look needs
        self,
        workspace: Workspace,
        output: Path,
        cache: Cache,
        shared: Digest,
        is_same: IsSame,
        *,
        folders: Callable[[], frozenset[str]] = frozenset,
        keeps: bool = False,
    ) -> None:
        self._workspace = workspace
        self._cache = cache
        self._shared = shared
        self._is_same = is_same
        self._folders = folders
        self._keeps = keeps
        self._sight = OutputSight(str(output), cache)
        self._lookups_same: dict[str, bool] = {}

    def scan_some(self, paths: Iterable[str]) -> Scan:
        """Look at these files only, for a quick answer to a save; one that is gone waits for `scan_all`."""
        found = Scan()
        for path in paths:
            if not is_family_file(path):
                continue
            data = read_family(self._workspace, path, found)
            if data is None:
                continue
            family = written_id(data)
            twins = [other for other in self._cache.paths_with_id(family) if other != path] if family else []
            if not twins and not copies_in(
                str(self._workspace.families), PurePosixPath(path).name
            ):  # whether they are there still, the whole scan knows
                self._sort_in(path, digest_source(data), self._cache.remembered_of(path), (), found)
        return found

    def scan_all(self, only: Collection[str] = (), may_remove: frozenset[str] | None = None) -> Scan:
        """All families. `only` keeps to some, by id, file name or path; then nothing is gone.

        A file that is missing and not among `may_remove` may be on its way back: it counts as there.
        """
        found = Scan()
        paths = list(list_family_files(self._workspace.families, found.diagnostics))
        if only:
            digests, remembered = self._read_some(paths, only, found)
        else:
            remembered = {item.path: item for item in self._cache.remembered() if item.path != PROJECT_NAME}
            digests = self._read_all(paths, remembered, found)
        twins = find_rivals(found.ids, found.diagnostics, paths)
        self._sight.begin(list(digests))
        for path, digest in digests.items():
            self._sort_in(path, digest, remembered.get(path), twins.get(path, ()), found)
        if self._keeps:
            self._sight.keep()
        if not only:
            self._settle_absent(found, remembered, set(paths), may_remove)
        return found

    def _read_all(self, paths: Iterable[str], remembered: Mapping[str, SignatureRow], found: Scan) -> dict[str, Digest]:
        digests: dict[str, Digest] = {}
        for path in paths:
            known = remembered.get(path)
            data = read_family(self._workspace, path, found)
            if data is None:
                found.ids[path] = _id_known(known)
                continue
            digests[path] = digest_source(data)
            found.ids[path] = _id_of(data, digests[path], known)
        return digests

    def _read_some(
        self, paths: Iterable[str], only: Collection[str], found: Scan
    ) -> tuple[dict[str, Digest], dict[str, SignatureRow]]:
        """Of the others nothing but their ids is asked: where file and cache agree on it, that is what it is."""
        meant, ids = frozenset(only).union(map(str.casefold, only)), self._cache.ids()
        digests: dict[str, Digest] = {}
        remembered: dict[str, SignatureRow] = {}
        for path in paths:
            data = read_family(self._workspace, path, found)
            found.ids[path] = written_id(data) if data is not None else ""
            if not found.ids[path] or found.ids[path] != ids.get(path):
                known = self._cache.remembered_of(path)
                found.ids[path] = _id_of(data, digest_source(data), known) if data is not None else _id_known(known)
            if data is not None and _is_meant(path, found.ids[path], meant):
                digests[path], known = digest_source(data), self._cache.remembered_of(path)
                if known is not None:
                    remembered[path] = known
        return digests, remembered

    def _settle_absent(
        self,
        found: Scan,
        remembered: Mapping[str, SignatureRow],
        present: set[str],
        may_remove: frozenset[str] | None,
    ) -> None:
        """Which families are gone, and which only cannot be seen."""
        # A file that is there and cannot be used is no deletion: its family stays as it is.
        unusable = {item.path for item in found.diagnostics}
        gone = self._find_gone(remembered.keys(), present | unusable)
        for path in gone:
            (found.gone if may_remove is None or path in may_remove else found.missing).append(path)
        for path in (*unusable, *found.missing):
            if path in remembered:
                found.ids[path] = remembered[path].family

    def _sort_in(
        self, path: str, digest: Digest, known: SignatureRow | None, twins: tuple[str, ...], found: Scan
    ) -> None:
        if known is None or not self._is_current(known, digest, twins):
            found.stale.append(Stale(path, digest, twins))
            return
        found.current.append(path)
        found.documents += known.documents
        if known.notices:
            found.notices[path] = known.notices

    def _is_current(self, known: SignatureRow, digest: Digest, twins: tuple[str, ...]) -> bool:
        if (known.digest, known.shared) != (digest, self._shared) or not known.is_settled:
            return False
        if known.twins != (pack(list(twins)) if twins else "[]"):
            return False
        if known.answers is not None and not self._is_same(known.path, Lookup.ANSWERS.key(known.family), known.answers):
            return False
        return self._are_lookups_same(known) and self._sight.is_untouched(known, _stem(known.path))

    def _are_lookups_same(self, known: SignatureRow) -> bool:
        """Look-ups of templates alone are the same text for most families, and looked at once."""
        same = self._lookups_same.get(known.lookups)
        if same is None:
            lookups = known.look_ups()
            same = all(self._is_same(known.path, key, digest) for key, digest in lookups.items())
            if all(map(Lookup.TEMPLATE.is_of, lookups)):
                self._lookups_same[known.lookups] = same
        return same

    def _find_gone(self, remembered: Iterable[str], present: set[str]) -> list[str]:
        """Families whose file is gone: those the cache knows, and where it is lost, whose folder holds our files."""
        gone = set(remembered) - present
        known = set(map(_stem, present | gone))
        gone |= {f"families/{folder}.yaml" for folder in self._folders() - known - {PROJECT_FOLDER}}
        return sorted(gone)


def read_family(workspace: Workspace, path: str, found: Scan) -> bytes | None:
    """The bytes of a family's file; None if it is gone, or cannot be used, which is among what was `found` then."""
    try:
        return read_source(f"{workspace.root}/{path}")
    except FileNotFoundError:
        return None
    except UnreadableFile as fault:
        found.diagnostics.append(Diagnostic(path, 0, 0, fault.code, fault.params))
        found.unreadable.append(path)
        return None


def find_rivals(
    ids: Mapping[str, str], diagnostics: Iterable[Diagnostic], paths: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """By path: the other files that may be meant in its place. `diagnostics` are those of the listing of `paths`."""
    rivals = find_twins(ids)
    for path, copies in _conflicting_copies(diagnostics, paths).items():
        rivals[path] = (*rivals.get(path, ()), *copies)
    return rivals


def _conflicting_copies(diagnostics: Iterable[Diagnostic], paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """By family file: copies of it that a synchronising program made. Which is right, only a person can say."""
    spelled = {path.casefold(): path for path in paths}
    found: dict[str, list[str]] = defaultdict(list)
    for item in diagnostics:
        if item.code == "HD507":
            original = f"families/{item.params['of']}"
            found[spelled.get(original.casefold(), original)].append(item.path)
    return {path: tuple(sorted(copies)) for path, copies in found.items()}


def _stem(path: str) -> str:
    """The name of a family's file without its ending: also that of its folders."""
    return path[len("families/") : -len(".yaml")]


def list_names(folder: object) -> list[str]:
    """In order the names of all that looks like a family's file, but for what only passes by.

    A missing folder is a fault and not an empty workspace: nobody's documents may go because a share is not mounted.
    """
    try:
        names = os.listdir(str(folder))  # noqa: PTH208 - names alone
    except OSError as err:
        raise WorkspaceFault("HD508", detail=err.strerror or str(err)) from err
    return sorted(name for name in names if _looks_like_yaml(name) and not is_passing(name))


def list_family_files(folder: object, diagnostics: list[Diagnostic]) -> Iterator[str]:
    """The families' files in order; whatever else lies there and looks like one is a diagnostic."""
    return sort_names(list_names(folder), diagnostics)


def sort_names(names: Iterable[str], diagnostics: list[Diagnostic]) -> Iterator[str]:
    """The paths of those names that are families' files; what else looks like one is a diagnostic."""
    spelled: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if is_plain_name(name):
            spelled[name.casefold()].append(f"families/{name}")
        else:
            path = f"families/{printable_name(name)}"
            original = original_of(name)
            if original:
                diagnostics.append(Diagnostic(path, 0, 0, "HD507", {"of": original}))
            else:
                diagnostics.append(Diagnostic(path, 0, 0, "HD505"))
    for paths in spelled.values():
        if len(paths) > 1:
            diagnostics += [
                Diagnostic(path, 0, 0, "HD506", {"others": ", ".join(item for item in paths if item != path)})
                for path in paths
            ]
        else:
            yield paths[0]


def _looks_like_yaml(name: str) -> bool:
    """Also with signs in it that nobody sees, or the ending that Notepad adds: it is told of, not passed over."""
    seen = name if name.isprintable() else "".join(filter(str.isprintable, name))
    return seen.lower().removesuffix(".txt").endswith((".yaml", ".yml"))


def is_family_file(path: str) -> bool:
    """Whether a path from the workspace may be a family's file."""
    parts = PurePosixPath(path).parts
    if len(parts) != 2 or parts[0] != "families":  # noqa: PLR2004 - folder and name
        return False
    return not is_passing(parts[1]) and is_plain_name(parts[1])


def written_id(data: bytes) -> str:
    """What a file calls itself, without parsing it; enough to see twins before anything is made of either."""
    match = _WRITTEN_ID.search(data)
    return match[1].decode("utf-8", "replace") if match else ""


def _id_of(data: bytes, digest: Digest, known: SignatureRow | None) -> str:
    """A file that is broken so that its id cannot be seen is still the family that it was."""
    if known is not None and known.digest == digest:
        return known.family
    return written_id(data) or _id_known(known)


def _id_known(known: SignatureRow | None) -> str:
    return known.family if known is not None else ""


def _is_meant(path: str, family: str, words: frozenset[str]) -> bool:
    stem = _stem(path)
    return not words.isdisjoint((path, f"{stem}.yaml", stem.casefold(), family.casefold()))


def find_twins(ids: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """By path: the other files that say they are the same family. Capitals make no difference, as on some disks."""
    by_id: dict[str, list[str]] = defaultdict(list)
    for path, family in ids.items():
        if family:
            by_id[family.casefold()].append(path)
    return {
        path: tuple(other for other in paths if other != path)
        for paths in by_id.values()
        if len(paths) > 1
        for path in paths
    }
