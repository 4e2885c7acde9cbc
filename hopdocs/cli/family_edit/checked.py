"""Saves lines that a verb adds, once they have been judged: what would stop the family is never saved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from hopdocs.cli.family_edit import NoPlaceForIt, read_without_fault
from hopdocs.cli.safe_write import save_over
from hopdocs.diagnostics import Blocks, Severity, sort_diagnostics
from hopdocs.domain.family_day import FamilyDay
from hopdocs.errors import FaultyInput, WorkspaceFault
from hopdocs.rules import check_family
from hopdocs.sources.families import place_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from hopdocs.cli.workspace_loading import FamilyFile
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.sources.families import FamilySource


@dataclass(frozen=True, slots=True)
class Added:
    """Lines that were saved: from which to which, counted from 1, and what is wrong since."""

    first: int
    last: int
    diagnostics: tuple[Diagnostic, ...]


def save_checked(file: FamilyFile, config: Config, today: date, add: Callable[[str], str]) -> Added:
    """Saves what `add` makes of the file's text, unless its new lines would stop the family; then `FaultyInput`.

    What they lack, and what they bring about elsewhere, is told: each new error, and of the rest what stands at the
    lines themselves, since a yes that has just been written also begins a course for which nobody can have done
    anything yet.
    """
    try:
        data = add(file.data.decode("utf-8")).encode()
    except NoPlaceForIt as err:
        raise WorkspaceFault("HD594", path=file.name) from err
    family, source = read_without_fault(data, file.name, config)
    first, last = _changed_lines(file.source.source.lines, source.source.lines)
    known = Counter(map(_meaning, _judge(file.family, file.source, config, today)))
    found = []
    for item in _judge(family, source, config, today):
        known[_meaning(item)] -= 1
        is_at_lines = first <= item.line <= last
        if known[_meaning(item)] < 0 and (is_at_lines or item.severity is Severity.ERROR):
            found.append(item)
    stopping = [item for item in found if item.severity is Severity.ERROR and item.blocks is Blocks.FAMILY]
    if stopping:
        raise FaultyInput(stopping, {file.name: source.source.lines})
    save_over(file.path, data)
    return Added(first, last, tuple(sort_diagnostics(found)))


def _judge(family: Family, source: FamilySource, config: Config, today: date) -> list[Diagnostic]:
    """Everything that the rules find in a family on a day, and what was found while its file was read."""
    return [*source.diagnostics, *place_findings(check_family(FamilyDay.on(family, config, today)), source.source)]


def _meaning(item: Diagnostic) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What a fault says, wherever it stands: the lines below what was added have all moved."""
    return item.code, tuple(sorted((name, str(value)) for name, value in item.params.items()))


def _changed_lines(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """The first and the last line, counted from 1, that are not as they were."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    rest = zip(reversed(before[same:]), reversed(after[same:]), strict=False)
    return same + 1, len(after) - sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
