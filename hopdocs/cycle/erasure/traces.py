"""Where a family's data lie in a workspace: its file, what editors left beside it, its attachments and documents."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.absent.absences import paths_of
from hopdocs.cycle.synced_copies import original_of
from hopdocs.freshness.delivered import FOLDER, read_copies
from hopdocs.freshness.fingerprint import digest_bytes
from hopdocs.freshness.laid_ready import ALL_FAMILIES, JOURNAL, JOURNAL_FILES
from hopdocs.rendering.docx.zip_member import UNREADABLE
from hopdocs.sources.file_sizes import LARGEST_ATTACHMENT_BYTES
from hopdocs.workspace import PROJECT_FOLDER, Workspace, folder_of, source_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from hopdocs.cycle.erasure.whole_words import KnownBy
    from hopdocs.model.config import DocumentSettings

PREVIEWS: Final = "hopdocs-preview-"
"""How folders begin that hold previews of letters."""
_LARGEST: Final = 16 * 1024 * 1024
_WORD_END: Final = re.compile(r"</w:p>|<w:(?:tab|br|cr)\b[^>]*>")
_TAG: Final = re.compile(r"<[^>]*>")
_NOT_SEARCHED: Final = frozenset({".git", ".venv"})


@dataclass(frozen=True, slots=True)
class Traces:
    """The files that are the family's alone. `source` is its file's path in the workspace."""

    source: str
    copies: tuple[Path, ...]
    """What editors and synchronising programs left beside the file."""
    attachments: Path
    output: Path
    listed: Path
    """Its copies in the list for the records system."""
    printed: Path
    """Where the paper of all families lies: a file of a day, in which hers may be."""
    folders: tuple[str, ...]
    """The names of her output folders: that of today, and those that nobody else's file has taken since."""
    earlier: tuple[Path, ...]
    """What lies in output folders of names that her file had before: the folder, or copies alone in another's."""

    @property
    def attached(self) -> int:
        """How many attachments there are."""
        return sum(path.is_file() for path in self.attachments.rglob("*")) if self.attachments.is_dir() else 0

    @property
    def documents(self) -> int:
        """How many files there are among the documents, the page too."""
        return sum(path.is_file() for place in (self.output, *self.earlier) for path in (place, *place.rglob("*")))


def find_traces(workspace: Workspace, settings: DocumentSettings, source: str, family: str) -> Traces:
    """Everything that is the family's alone; the ledger, which knows it by its id, is only read."""
    output, own = workspace.output(settings), folder_of(source)
    copies = [item for item in read_copies(workspace.ledger_path, family) if item.folder != own]
    before = {item.folder for item in copies} | set(map(folder_of, paths_of(workspace.ledger_path, family))) - {own}
    anothers = {folder for folder in before if (workspace.root / source_of(folder)).exists()}
    kept = {output / item.folder / FOLDER / name for item in copies for name, _ in item.files}
    earlier = {output / folder for folder in before - anothers}
    earlier |= {path for path in kept if path.parent.parent.name in anothers}
    return Traces(
        source=source,
        copies=tuple(_copies(workspace.families, PurePosixPath(source).name)),
        attachments=workspace.attachments(source),
        output=output / own,
        listed=output / JOURNAL / JOURNAL_FILES / own,
        printed=output / ALL_FAMILIES,
        folders=(own, *sorted(before - anothers)),
        earlier=tuple(sorted(earlier)),
    )


def copies_of_others(workspace: Workspace, traces: Traces, others: Collection[str]) -> frozenset[Path]:
    """What `others`, by their ids, were handed while a file of theirs had the name that hers has: it stays theirs."""
    output = traces.output.parent
    return frozenset(
        output / copy.folder / FOLDER / name
        for copy in read_copies(workspace.ledger_path)
        if copy.folder in traces.folders and copy.family in others
        for name, _ in copy.files
    )


def _copies(folder: Path, name: str) -> Iterator[Path]:
    """What an editor leaves beside a file, its name before or behind the file's own, and the copies of a conflict."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda item: item.name):
            if is_beside(entry.name, name) and entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def is_beside(other: str, name: str) -> bool:
    """Whether a file's name says that it was left beside the file called `name`."""
    return other != name and (other.lstrip(".#").startswith(name) or original_of(other) == name)


def files_that_name(root: Path, family: KnownBy, *, emptied: Path) -> list[str]:
    """The files of a workspace that say a family. Packed files are not opened.

    `emptied` is the ledger, which keeps the id and says so.
    """
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(set(folders) - _NOT_SEARCHED)
        for name in sorted(files):
            path = Path(folder) / name
            with suppress(OSError):
                is_ledger = path.parent == emptied.parent and name.startswith(emptied.name)
                if is_ledger or path.is_symlink() or path.stat().st_size > LARGEST_ATTACHMENT_BYTES:
                    continue
                if family.is_in(path.read_bytes().decode("utf-8", "replace")):
                    found.append(path.relative_to(root).as_posix())
    return found


def previews_that_name(family: KnownBy) -> list[str]:
    """Word files that `templates preview` has left in this machine's temporary folder, and that say a family."""
    return [str(path) for path in _that_name(Path(tempfile.gettempdir()), f"{PREVIEWS}*/*.docx", family)]


def project_papers_that_name(output: Path, family: KnownBy) -> list[Path]:
    """The project's own papers that say a family, those too that somebody has changed or that were kept aside."""
    return list(_that_name(output / PROJECT_FOLDER, "*.docx", family))


def made_of_project(output: Path, family: KnownBy, ours: Mapping[str, Collection[str]]) -> list[Path]:
    """Of the project's papers with their PDFs, and of its pages, those that say a family and that no person changed.

    They are not left to the next cycle: while `project.yaml` has a fault, it leaves all of them as they are. `ours` has
    by file name the digests that a file of ours may have. What somebody changed is her work about all families.
    """
    papers = project_papers_that_name(output, family)
    both = (path for paper in papers for path in (paper, paper.with_suffix(".pdf")) if path.is_file())
    pages = sorted((output / PROJECT_FOLDER).glob("*.html"))
    return [
        *(path for path in both if digest_bytes(path.read_bytes()) in ours.get(path.name, ())),
        *(path for path in pages if family.is_in(path.read_text("utf-8", "replace"))),
    ]


def _that_name(folder: Path, pattern: str, family: KnownBy) -> Iterator[Path]:
    for path in sorted(folder.glob(pattern)):
        with suppress(*UNREADABLE), zipfile.ZipFile(path) as parts:
            texts = [
                parts.read(item).decode("utf-8", "replace") for item in parts.infolist() if item.file_size < _LARGEST
            ]
            plain = _TAG.sub("", _WORD_END.sub(" ", "\n".join(texts)))  # a word may lie in several runs
            if family.is_in(unescape(plain)):
                yield path
