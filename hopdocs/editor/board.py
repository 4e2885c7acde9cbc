"""What is known to be wrong in each file, in layers that change for different reasons."""

from __future__ import annotations

from collections import defaultdict
from enum import Enum, auto
from typing import TYPE_CHECKING

from hopdocs.diagnostics import sort_diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.diagnostics import Diagnostic


class Layer(Enum):
    """Where a diagnostic comes from."""

    SHARED = auto()
    """The configuration, the project, the catalogue of indicators."""
    LISTING = auto()
    """A file's name."""
    OWN = auto()
    """What stands in the file, judged by the rules."""
    TOGETHER = auto()
    """What only shows beside other families."""
    DOCUMENTS = auto()
    """What only shows when the family's documents are put together."""


class Board:
    """Diagnostics by file and layer, and which files' have changed since somebody asked."""

    def __init__(self) -> None:
        self._found: dict[Layer, dict[str, tuple[Diagnostic, ...]]] = defaultdict(dict)
        self._changed: set[str] = set()

    def put(self, layer: Layer, path: str, diagnostics: Iterable[Diagnostic]) -> None:
        """What a layer has on one file now."""
        found = tuple(diagnostics)
        if found != self._found[layer].get(path, ()):
            self._changed.add(path)
        if found:
            self._found[layer][path] = found
        else:
            self._found[layer].pop(path, None)

    def put_all(self, layer: Layer, diagnostics: Iterable[Diagnostic]) -> None:
        """All that a layer has, on whichever files."""
        by_path: dict[str, list[Diagnostic]] = defaultdict(list)
        for item in diagnostics:
            by_path[item.path].append(item)
        for path in [*self._found[layer], *by_path]:
            self.put(layer, path, by_path.get(path, ()))

    def paths(self, layer: Layer) -> list[str]:
        """The files that a layer has something on."""
        return list(self._found[layer])

    def of(self, path: str, *, but: Layer | None = None) -> list[Diagnostic]:
        """Everything on one file, in the order of its lines; `but` one layer is left out."""
        layers = [layer for layer in Layer if layer is not but]
        return sort_diagnostics([item for layer in layers for item in self._found[layer].get(path, ())])

    def touch(self, path: str) -> None:
        """A file counts as changed: whoever shows it counts its places in another text now."""
        self._changed.add(path)

    def take_changed(self, *, but: Iterable[str] = ()) -> Mapping[str, list[Diagnostic]]:
        """By path what is wrong with each file about which something changed since this was asked last.

        Those that are left out are told the next time.
        """
        later = self._changed.intersection(but)
        changed, self._changed = self._changed - later, later
        return {path: self.of(path) for path in sorted(changed)}
