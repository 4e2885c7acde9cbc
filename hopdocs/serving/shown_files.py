"""The files that are shown: pages, PDFs and Word files below the output folder, and none besides.

Each folder on the way is opened by itself and no link is followed (`plain_files`); a file that has a second name
somewhere may be anybody's, and is not shown either.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from hopdocs.plain_files import open_below
from hopdocs.serving.answer import HTML, PDF
from hopdocs.serving.request import Refused
from hopdocs.workspace import is_passing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TYPES: Final = {
    "html": HTML,
    "pdf": PDF,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NOT_THERE: Final = "-"
"""The edition of a file that is not there."""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file as it was read. `edition` is another as soon as another file has taken its name."""

    data: bytes
    media_type: str
    edition: str


def media_type_of(path: Sequence[str]) -> str:
    """What a file is shown as, by its name alone; '' if it is none that is shown, whether or not it is there."""
    if any(is_passing(name) for name in path):
        return ""
    return _TYPES.get(path[-1].rpartition(".")[2], "")


def read_shown(output: Path, path: Sequence[str]) -> ShownFile:
    """The file at `path` below the output folder; `Refused` if it is none that is shown."""
    media_type = media_type_of(path)
    if not media_type:
        raise Refused(HTTPStatus.NOT_FOUND)
    try:
        descriptor = open_below(output, path)
    except OSError as err:
        raise Refused(HTTPStatus.NOT_FOUND) from err
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if found.st_nlink > 1:
            raise Refused(HTTPStatus.NOT_FOUND)
        return ShownFile(file.read(), media_type, _edition(found))


def edition_of(root: Path, path: Sequence[str]) -> str:
    """Tells one edition of a file from the next, without reading it; `NOT_THERE` where there is none."""
    try:
        descriptor = open_below(root, path)
    except OSError:
        return NOT_THERE
    try:
        return _edition(os.fstat(descriptor))
    finally:
        os.close(descriptor)


def _edition(found: os.stat_result) -> str:
    return f"{found.st_mtime_ns:x}.{found.st_size:x}.{found.st_ino:x}"
