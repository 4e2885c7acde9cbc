"""Where a family's data lie in a workspace: its file, what editors left beside it, its attachments and documents."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
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
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from hopdocs.cycle.erasure.whole_words import KnownBy
    from hopdocs.model.config import DocumentSettings

PREVIEWS: Final = "hopdocs-preview-"
"""How folders begin that hold previews of letters."""
_LARGEST: Final = 16 * 1024 * 1024
_WORD_END: Final = re.compile(r"</w:p>|<w:(?:tab|br|cr)\b[^>]*>")
_TAG: Final = re.compile(r"<[^>]*>")
_LOCKS: Final = ("~$", ".~lock.")
"""What Word and LibreOffice put beside a document that they have open."""
_NOT_SEARCHED: Final = frozenset({".git", ".venv"})


@dataclass(slots=True)
class Searched:
    """Which files say a family, and which could not be read or not as a whole: only a person can tell of those."""

    named: list[Path] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)

    def add(self, path: Path, is_said: bool | None) -> None:  # noqa: FBT001 - what was found out of it
        """Take note of one file; None if nobody can tell."""
        if is_said is not False:
            (self.unread if is_said is None else self.named).append(path)


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


def files_that_name(root: Path, family: KnownBy, *, emptied: Path) -> Searched:
    """The files of a workspace that say a family. Packed files are not opened.

    `emptied` is the ledger, which keeps the id and says so.
    """
    found = Searched()
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(set(folders) - _NOT_SEARCHED)
        for name in sorted(files):
            path = Path(folder) / name
            is_ledger = path.parent == emptied.parent and name.startswith(emptied.name)
            if not is_ledger and not path.is_symlink():
                found.add(path, _is_said_in_file(path, family))
    return found


def previews_that_name(family: KnownBy) -> Searched:
    """Word files that `templates preview` has left in this machine's temporary folder, and that say a family."""
    return _search(Path(tempfile.gettempdir()).glob(f"{PREVIEWS}*/*.docx"), family)


def project_papers_that_name(output: Path, family: KnownBy) -> Searched:
    """The project's own papers that say a family, those too that somebody has changed or that were kept aside."""
    return _search((output / PROJECT_FOLDER).glob("*.docx"), family)


def made_of_project(output: Path, family: KnownBy, ours: Mapping[str, Collection[str]]) -> list[Path]:
    """Of the project's papers with their PDFs, and of its pages, those that say a family and that no person changed.

    They are not left to the next cycle: while `project.yaml` has a fault, it leaves all of them as they are. `ours` has
    by file name the digests that a file of ours may have. What somebody changed is her work about all families.
    """
    papers = project_papers_that_name(output, family).named
    both = (path for paper in papers for path in (paper, paper.with_suffix(".pdf")) if path.is_file())
    pages = sorted((output / PROJECT_FOLDER).glob("*.html"))
    return [
        *(path for path in both if digest_bytes(path.read_bytes()) in ours.get(path.name, ())),
        *(path for path in pages if path.is_file() and _is_said_in_file(path, family)),
    ]


def _search(papers: Iterable[Path], family: KnownBy) -> Searched:
    found = Searched()
    for path in sorted(papers):
        if path.is_file() and not path.name.startswith(_LOCKS):
            found.add(path, _is_said_in_word_file(path, family))
    return found


def _is_said_in_file(path: Path, family: KnownBy) -> bool | None:
    """Whether a file says a family; None if it cannot be read."""
    with suppress(OSError):
        if path.stat().st_size <= LARGEST_ATTACHMENT_BYTES:
            return family.is_in(path.read_bytes().decode("utf-8", "replace"))
    return None


def _is_said_in_word_file(path: Path, family: KnownBy) -> bool | None:
    """Whether a Word file says a family in what can be read of it; None if it does not, and not all can be read."""
    texts, is_whole = [], False
    with suppress(*UNREADABLE), zipfile.ZipFile(path) as parts:
        items = parts.infolist()
        for item in items:
            with suppress(*UNREADABLE):
                if item.file_size < _LARGEST:
                    texts.append(parts.read(item).decode("utf-8", "replace"))
        is_whole = len(texts) == len(items)
    plain = _TAG.sub("", _WORD_END.sub(" ", "\n".join(texts)))  # a word may lie in several runs
    return family.is_in(unescape(plain)) or (False if is_whole else None)
