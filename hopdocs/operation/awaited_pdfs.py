"""Word files whose PDF is still to come: of a build that was cut short, of a LibreOffice that is away or behind."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from hopdocs.freshness.aside_names import aside_of
from hopdocs.model.config import PdfChoice
from hopdocs.workspace import is_passing

if TYPE_CHECKING:
    from hopdocs.model.config import DocumentSettings
    from hopdocs.workspace import Workspace


def count_awaited(workspace: Workspace, settings: DocumentSettings) -> dict[str, int]:
    """By output folder how many Word files have no PDF beside them; a PDF that is there is always that of its file."""
    if settings.pdf is PdfChoice.NONE:
        return {}
    found: dict[str, int] = {}
    with suppress(OSError), os.scandir(workspace.output(settings)) as folders:
        for folder in folders:
            if folder.is_dir(follow_symlinks=False):
                names = set(os.listdir(folder.path))  # noqa: PTH208 - names alone
                awaited = [name for name in names if _is_word_file(name) and f"{name[:-5]}.pdf" not in names]
                if awaited:
                    found[folder.name] = len(awaited)
    return found


def _is_word_file(name: str) -> bool:
    return name.endswith(".docx") and not is_passing(name) and aside_of(name) == name
