"""Whether any family's file or folder was touched since a build that left nothing to do: one comparison for all.

What that build had read is kept as two digests, over all files and over all folders. So a look reads and hashes every
file and asks for every folder's entry, and unpacks nothing that is remembered of ten thousand families. What differs
somewhere is left to the cycle, which sees where (`scanning`).
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Self

from hopdocs.cycle.attachments import mark_attachment
from hopdocs.cycle.making.output_check import choose_by_lot, is_as_left, is_large, mark_of
from hopdocs.cycle.scanning import list_names
from hopdocs.freshness.cache_keys import Lookup, split_key
from hopdocs.freshness.fingerprint import digest_source
from hopdocs.workspace import PROJECT_NAME, folder_of, read_source, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Any

    from hopdocs.freshness.cache import Cache
    from hopdocs.freshness.fingerprint import Digest
    from hopdocs.freshness.signatures import SignatureRow
    from hopdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Untouched:
    """All families as a build left them.

    `folders` is '' for few families, whose folders are read whole each time. `bare` are the folders of families without
    a document; `attachments` has a file's path, and the name and mark of what it names of its own.
    """

    files: str
    folders: str
    bare: tuple[str, ...]
    attachments: tuple[tuple[str, str, str], ...]
    documents: int

    @classmethod
    def of(cls, cache: Cache, shared: Digest) -> Self | None:
        """As the cache has them; None if one is to be looked at again whatever happens, or was not seen at rest."""
        rows = sorted(row for row in cache.remembered() if row.path != PROJECT_NAME)
        made = [row for row in rows if row.documents]
        if any(not row.is_settled or row.shared != shared for row in rows):
            return None
        if is_large(len(rows)) and not all(row.folder for row in made):
            return None
        return cls(
            files=_digest((row.path, row.digest) for row in rows),
            folders=_digest((row.path, row.folder) for row in made) if is_large(len(rows)) else "",
            bare=tuple(folder_of(row.path) for row in rows if not row.documents),
            attachments=tuple(_attachments_of(rows)),
            documents=sum(row.documents for row in rows),
        )

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """What `as_json` wrote."""
        return cls(
            **kept | {"bare": tuple(kept["bare"]), "attachments": tuple(tuple(item) for item in kept["attachments"])}
        )

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)

    def is_so(self, workspace: Workspace, output: Path, cache: Cache) -> bool:
        """Whether it all is as it was. Raises what reading a file or a folder raises."""
        paths = [source_of(name.removesuffix(".yaml")) for name in list_names(workspace.families)]
        root = str(workspace.root)
        if _digest((path, digest_source(read_source(f"{root}/{path}"))) for path in paths) != self.files:
            return False
        if any(mark_attachment(workspace.attachments(path), name) != was for path, name, was in self.attachments):
            return False
        bare = frozenset(self.bare)
        made = {path: f"{output}/{folder}" for path in paths if (folder := folder_of(path)) not in bare}
        if self.folders and _digest((path, mark_of(os.lstat(folder))) for path, folder in made.items()) != self.folders:
            return False
        return all(is_as_left(cache, path, made[path]) for path in choose_by_lot(paths) if path in made)


def _attachments_of(rows: Iterable[SignatureRow]) -> Iterable[tuple[str, str, str]]:
    for row in rows:
        if f'"{Lookup.ATTACHMENT.key("")}' in row.lookups:
            for key, digest in row.look_ups().items():
                sort, name = split_key(key)
                if sort is Lookup.ATTACHMENT:
                    yield row.path, name, digest


def _digest(pairs: Iterable[tuple[str, str]]) -> str:
    return hashlib.sha256("\n".join([f"{path} {value}" for path, value in pairs]).encode()).hexdigest()
