"""A file that is open in an editor: which of the workspace's it is, and what can be read of it as it stands now."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from hopdocs.cycle.scanning import is_family_file
from hopdocs.editor.keys import SourceKind
from hopdocs.package_data import CATALOGUE_NAME
from hopdocs.sources.yaml.yaml_text import parse_yaml
from hopdocs.workspace import CONFIG_NAME, PROJECT_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hopdocs.editor.buffer import Buffer
    from hopdocs.sources.yaml.yaml_text import ParsedYaml, Tree

_KINDS = {
    CONFIG_NAME: SourceKind.CONFIG,
    PROJECT_NAME: SourceKind.PROJECT,
    CATALOGUE_NAME: SourceKind.INDICATORS,
}


@dataclass(frozen=True, slots=True)
class Located:
    """A file of some workspace: the workspace's folder, the file's path in it, and what the file is."""

    root: Path
    path: str
    kind: SourceKind


def locate(file: Path) -> Located | None:
    """Which workspace's file this is; None for all that hopdocs does not read."""
    if file.name in _KINDS:
        return Located(file.parent, file.name, _KINDS[file.name]) if is_workspace(file.parent) else None
    path = f"{file.parent.name}/{file.name}"
    root = file.parent.parent
    return Located(root, path, SourceKind.FAMILY) if is_family_file(path) and is_workspace(root) else None


def is_workspace(folder: Path) -> bool:
    """Whether a folder looks like one: others have a `config.yaml` too."""
    try:
        return (folder / CONFIG_NAME).is_file() and (folder / "families").is_dir()
    except OSError:  # one that may not be looked into
        return False


@dataclass(frozen=True)
class OpenFile:
    """One edition of it: each change makes another. `whole` is what stood in it when all of it could last be read."""

    located: Located
    buffer: Buffer
    whole: Mapping[str, Tree] = field(default_factory=dict)

    def changed(self, buffer: Buffer) -> OpenFile:
        """The next edition."""
        return OpenFile(self.located, buffer, self.whole if self.read.diagnostics else self.read.tree)

    @cached_property
    def read(self) -> ParsedYaml:
        """What can be read of it."""
        return parse_yaml(self.buffer.data, self.located.path)

    @property
    def tree(self) -> Mapping[str, Tree]:
        """The same; where a half-typed line hides a part of the file, that part as it was before."""
        return {**self.whole, **self.read.tree} if self.read.diagnostics else self.read.tree
