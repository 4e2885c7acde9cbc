"""Patterns of paths in a file (`team.*.staff`), followed through the data in one walk.

`*` stands for every entry of a list or every value of a mapping, `@` for every key of a mapping. The checks of
references and of pairs of dates are tables of such patterns: they work on the text as it stands, so they also tell
what is wrong in a file that the model refuses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hopdocs.diagnostics import DataPath
    from hopdocs.sources.yaml.yaml_text import Tree

Meaning = TypeVar("Meaning")


@dataclass(slots=True)
class _Step(Generic[Meaning]):
    meaning: Meaning | None = None
    inner: dict[str, _Step[Meaning]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match(Generic[Meaning]):
    """A place that a pattern leads to: `value` is what stands there, or the key itself where `on_key`."""

    at: DataPath
    value: Tree
    meaning: Meaning
    on_key: bool = False


class PathTable(Generic[Meaning]):
    """Patterns and what each of them means."""

    def __init__(self, patterns: Mapping[str, Meaning]) -> None:
        self._root: _Step[Meaning] = _Step()
        for pattern, meaning in patterns.items():
            step = self._root
            for name in pattern.split("."):
                step = step.inner.setdefault(name, _Step())
            step.meaning = meaning

    def walk(self, tree: Tree) -> Iterator[Match[Meaning]]:
        """Every match, in the file's order within each pattern."""
        yield from _walk(tree, self._root, ())

    def meaning_at(self, at: DataPath, *, on_key: bool = False) -> Meaning | None:
        """What a path stands for, or its last key, whether or not anything is written there yet."""
        steps = [self._root]
        for number, taken in enumerate(at, 1):
            names = ["*"] if isinstance(taken, int) else [taken, "*"]
            names = ["@"] if on_key and number == len(at) else names
            steps = [step.inner[name] for step in steps for name in names if name in step.inner]
        return next((step.meaning for step in steps if step.meaning is not None), None)


def _walk(tree: Tree, step: _Step[Meaning], at: DataPath) -> Iterator[Match[Meaning]]:
    if step.meaning is not None:
        yield Match(at, tree, step.meaning)
    for name, inner in step.inner.items():
        if name == "@":
            if isinstance(tree, dict) and inner.meaning is not None:
                for key in tree:
                    yield Match((*at, key), key, inner.meaning, on_key=True)
        else:
            for step_taken, value in _entries(tree, name):
                yield from _walk(value, inner, (*at, step_taken))


def _entries(tree: Tree, name: str) -> Iterable[tuple[str | int, Tree]]:
    """What one step of a pattern leads to."""
    if isinstance(tree, list):
        return enumerate(tree) if name == "*" else ()
    if isinstance(tree, dict):
        return tree.items() if name == "*" else ((name, tree[name]),) if name in tree else ()
    return ()
