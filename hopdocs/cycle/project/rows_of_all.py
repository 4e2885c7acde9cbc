"""What every family says to the others and to the project, also those that nobody touched in this cycle."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hopdocs.figures.course import CourseFigures
from hopdocs.rules.across_families import FamilyFacts

if TYPE_CHECKING:
    from collections.abc import Collection, Container

    from hopdocs.evaluation import FamilyOutcome
    from hopdocs.freshness.cache import Cache

_MOST_REMEMBERED: Final = 512
"""Courses whose rows a service need not read again when another family is saved."""


class RowsOfAll:
    """The rows as the cache has them; on a dry run, which writes nothing there, those of this cycle from memory."""

    def __init__(self, cache: Cache, *, writes: bool) -> None:
        self._cache = cache
        self._writes = writes
        self._evaluated: set[str] = set()
        self._has_twins = False
        self._facts: dict[str, FamilyFacts] = {}
        self._figures: dict[str, str] = {}

    def take(self, outcome: FamilyOutcome, twins: Collection[str]) -> None:
        """Keep what a family says now, where the cache does not; `twins` are other files that say they are the same."""
        if self._writes:
            return
        self._has_twins |= bool(twins)
        self._evaluated.add(outcome.path)
        if outcome.facts is not None:
            self._facts[outcome.path] = outcome.facts
        if outcome.figures is not None:
            self._figures[outcome.path] = json.dumps(outcome.figures.as_json())

    def facts(self, present: Container[str], *, only_clashing: bool = False) -> dict[str, FamilyFacts]:
        """By path what others must know of each family that could be read.

        Or of those `only_clashing`: such as may clash with what this dry run has seen, and that itself. What is found
        out about one of two files of a family is said of both, so all are looked at.
        """
        is_narrow = only_clashing and not self._has_twins
        naming = {text for item in self._facts.values() for text in item.shared_texts()} if is_narrow else None
        rows = self._cache.facts(naming)
        kept = {path: FamilyFacts.from_json(row) for path, row in rows if self._is_as_kept(path, present)}
        return kept | self._facts

    def figures(self, present: Container[str]) -> dict[str, str]:
        """By path what was counted and measured in each course that could be read, as JSON: `read_figures` reads it."""
        rows = self._cache.figures()
        kept = {path: text for path, text in rows if self._is_as_kept(path, present)}
        return kept | self._figures

    def _is_as_kept(self, path: str, present: Container[str]) -> bool:
        return path in present and path not in self._evaluated


@lru_cache(_MOST_REMEMBERED)
def read_figures(text: str) -> CourseFigures:
    """One course's facts."""
    return CourseFigures.from_json(json.loads(text))
