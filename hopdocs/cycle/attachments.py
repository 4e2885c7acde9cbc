"""A family's attachments: files in its own folder, and in no other."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.freshness.fingerprint import NOTHING_THERE, Digest, digest_bytes
from hopdocs.sources.file_sizes import LARGEST_ATTACHMENT_BYTES
from hopdocs.workspace import UnreadableFile, read_below

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hopdocs.cycle.tasks import FamilyProduct
    from hopdocs.freshness.staleness import LeftOut


def find_attachment(folder: Path, name: str) -> tuple[Digest, str]:
    """The digest of a file that a family names, and ''; or no digest, and the code that says why it cannot be used."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        return NOTHING_THERE, "HD510"
    try:
        data = read_attachment(folder, name)
    except FileNotFoundError:
        return NOTHING_THERE, "HD519" if _has_stand_in(folder.joinpath(*path.parts)) else "HD509"
    except (UnreadableFile, OSError):
        return NOTHING_THERE, "HD504"
    fault = _fault_of(data)
    return (NOTHING_THERE, fault) if fault else (digest_bytes(data), "")


def mark_attachment(folder: Path, name: str) -> str:
    """What a file that a family names is remembered by (`AttachmentLookup.mark`), as it is now."""
    digest, fault = find_attachment(folder, name)
    return digest or fault


def marked_digest(mark: str) -> str:
    """The digest that a mark stands for; '' for a file that cannot be used."""
    return "" if mark.startswith("HD") else mark


def report_left_out(product: FamilyProduct, items: Iterable[LeftOut]) -> list[Diagnostic]:
    """Each attachment that is missing from a bound plan or stands otherwise in it, at the line that names it."""
    found = []
    for item in items:
        line, column, length = product.outcome.attachment_places.get(item.file, (0, 0, 1))
        found.append(
            Diagnostic(
                product.task.path, line, column, item.code, item.params, Severity.WARNING, Blocks.NOTHING, length
            )
        )
    return found


def read_attachment(folder: Path, name: str, limit: int = LARGEST_ATTACHMENT_BYTES) -> bytes:
    """A file's bytes. Neither the folder nor anything in it is followed as a link: it would lead to another's papers.

    A second name for the same file (a hard link) is refused as well, for the same reason.
    """
    return read_below(folder.parent, (folder.name, *PurePosixPath(name).parts), limit, only_name=True)


def _fault_of(data: bytes) -> str:
    """Why a file's contents cannot be an attachment, '' where they may be one."""
    if len(data) > LARGEST_ATTACHMENT_BYTES:
        return "HD516"
    if not data.strip(b"\0"):
        return "HD519"
    return "HD518" if data.startswith(_POINTERS) else ""


_POINTERS: Final = (b"version https://git-lfs.github.com/spec/", b"/annex/objects/", b"\0GITCRYPT\0")
"""How what git LFS, git-annex and git-crypt keep in a file's place begins, where nobody has fetched or unlocked it."""


def _has_stand_in(target: Path) -> bool:
    """Whether a synchronising program has put a placeholder under another name: the file itself is elsewhere."""
    names = (f"{target.name}.nextcloud", f"{target.name}.owncloud", f".{target.name}.icloud")
    return any(target.with_name(name).exists() for name in names)
