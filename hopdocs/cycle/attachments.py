"""A family's attachments: files in its own folder, and in no other."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

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
        return NOTHING_THERE, "HD509"
    except (UnreadableFile, OSError):
        return NOTHING_THERE, "HD504"
    if len(data) > LARGEST_ATTACHMENT_BYTES:
        return NOTHING_THERE, "HD516"
    return digest_bytes(data), ""
