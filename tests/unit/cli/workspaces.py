"""Small workspaces for tests of the command line."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from hopdocs.package_data import shipped_path

if TYPE_CHECKING:
    from pathlib import Path


def make_workspace(root: Path, *families: str) -> Path:
    """The repository's own configuration with some of its families, in a folder that may be written in."""
    (root / "families").mkdir(parents=True)
    shutil.copy(shipped_path("config.yaml"), root / "config.yaml")
    for name in families:
        shutil.copy(shipped_path("families") / f"{name}.yaml", root / "families")
        attachments = shipped_path("families") / name
        if attachments.is_dir():
            shutil.copytree(attachments, root / "families" / name)
    return root
