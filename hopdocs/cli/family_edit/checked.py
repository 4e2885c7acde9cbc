"""Saves lines that a verb adds, once they have been judged: what would stop the family is never saved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING

from hopdocs.cli.family_edit import NoPlaceForIt, read_without_fault
from hopdocs.cli.safe_write import Edition, save_all_over
from hopdocs.diagnostics import Blocks, Severity, sort_diagnostics
from hopdocs.domain.family_day import FamilyDay
from hopdocs.errors import FaultyInput, UnsavedInput, WorkspaceFault
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
    """Lines that were saved, counted from 1, and what is wrong since."""

    lines: tuple[int, ...]
    diagnostics: tuple[Diagnostic, ...]


def save_checked(file: FamilyFile, config: Config, today: date, add: Callable[[str], str]) -> Added:
    """Saves what `add` makes of the file's text, unless its new lines would stop the family; then `UnsavedInput`.

    What they lack, and what they bring about elsewhere, is told: each new error, and of the rest what stands at the
    lines themselves, since a yes that has just been written also begins a course for which nobody can have done
    anything yet. For the same reason no warning is given of what the new lines leave open.
    """
    try:
        data = add(file.data.decode("utf-8")).encode()
    except NoPlaceForIt as err:
        raise WorkspaceFault("HD594", path=file.name) from err
    try:
        family, source = read_without_fault(data, file.name, config)
    except FaultyInput as err:
        raise UnsavedInput(err.diagnostics, err.lines) from err
    lines = _changed_lines(file.source.source.lines, source.source.lines)
    known = Counter(map(_meaning, _judge(file.family, file.source, config, today)))
    found = []
    for item in _judge(family, source, config, today):
        known[_meaning(item)] -= 1
        if known[_meaning(item)] < 0 and (item.line in lines or item.severity is Severity.ERROR):
            found.append(item)
    stopping = [item for item in found if item.severity is Severity.ERROR and item.blocks is Blocks.FAMILY]
    if stopping:
        raise UnsavedInput(stopping, {file.name: source.source.lines})
    save_all_over({file.path: Edition(file.data, data)})
    return Added(lines, tuple(sort_diagnostics(found)))


def _judge(family: Family, source: FamilySource, config: Config, today: date) -> list[Diagnostic]:
    """What the rules find in a family on a day but for what is merely open yet, and what was found in reading it."""
    found = check_family(FamilyDay.on(family, config, today))
    wrong = [item for item in found if item.severity is Severity.ERROR or not item.on_key]
    return [*source.diagnostics, *place_findings(wrong, source.source)]


def _meaning(item: Diagnostic) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What a fault says, wherever it stands: the lines below what was added have all moved."""
    return item.code, tuple(sorted((name, str(value)) for name, value in item.params.items()))


def _changed_lines(before: Sequence[str], after: Sequence[str]) -> tuple[int, ...]:
    """The lines, counted from 1, that came in or got something behind their key."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    rest = zip(reversed(before[same:]), reversed(after[same:]), strict=False)
    end = len(after) - sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
    middle = SequenceMatcher(None, before[same : len(before) - len(after) + end], after[same:end], autojunk=False)
    steps = [(start, stop) for tag, _, _, start, stop in middle.get_opcodes() if tag != "equal"]
    return tuple(same + 1 + number for start, stop in steps for number in range(start, stop))


def in_runs(numbers: Sequence[int]) -> str:
    """`42-46, 66`: numbers in their order, those that follow each other as one."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
