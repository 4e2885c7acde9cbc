"""A family's attachments: files in its own folder, and in no other."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from hopdocs.freshness.fingerprint import NOTHING_THERE, Digest, digest_bytes
from hopdocs.sources.file_sizes import LARGEST_ATTACHMENT_BYTES
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from pathlib import Path


def find_attachment(folder: Path, name: str) -> tuple[Digest, str]:
    """The digest of a file that a family names, and ''; or no digest, and the code that says why it cannot be used."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        return NOTHING_THERE, "HD510"
    target = folder.joinpath(*path.parts)
    try:
        if not target.resolve().is_relative_to(folder.resolve()):
            return NOTHING_THERE, "HD510"
        data = read_source(target, LARGEST_ATTACHMENT_BYTES)
    except FileNotFoundError:
        return NOTHING_THERE, "HD519" if _has_stand_in(target) else "HD509"
    except (UnreadableFile, OSError):
        return NOTHING_THERE, "HD504"
    fault = _fault_of(data)
    return (NOTHING_THERE, fault) if fault else (digest_bytes(data), "")


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
