"""The lines behind a paper as they are shown: blocks with gaps between them, each with what it lies under. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.serving.lines.extents import measure_extents
from hopdocs.serving.lines.traces import entry_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from hopdocs.diagnostics import DataPath
    from hopdocs.serving.lines.extents import Extents
    from hopdocs.serving.lines.traces import Traces
    from hopdocs.sources.yaml.yaml_text import ParsedYaml


_CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the file; `is_shown` if what it says stands in the paper."""

    number: int
    text: str
    is_shown: bool

    @property
    def words(self) -> str:
        """The line without what it is moved in by."""
        return self.text.lstrip()

    @property
    def indent(self) -> str:
        """What it is moved in by."""
        return self.text[: len(self.text) - len(self.words)]


@dataclass(frozen=True, slots=True)
class LineBlock:
    """Lines that follow each other."""

    lines: tuple[ShownLine, ...]

    @property
    def first(self) -> int:
        """The line that an editor is sent to: the first that the paper shows, else the first."""
        return next((line.number for line in self.lines if line.is_shown), self.lines[0].number)


def gather_blocks(source: ParsedYaml, traces: Traces) -> tuple[LineBlock, ...]:
    """The lines of each entry that a paper comes from, and of what holds it.

    Texts that stand nowhere in the paper are left out, also from the middle of a line, and so are comments: a page is
    shown to others more easily than a file is.
    """
    extents = measure_extents(source.parsed or "")
    unshown = {_written_place(extents, at) for at in traces.unshown}
    wanted = _choose_lines(extents, {_written_place(extents, at) for at in traces.shown}, unshown, traces.entries)
    cuts = _find_cuts(extents, unshown)
    blocks: list[list[ShownLine]] = []
    for number in sorted(wanted):
        text = extents.without_comment(number, source.lines[number - 1]) if number <= len(source.lines) else ""
        for cut in cuts.get(number, ()):
            text = text[: cut.start] + _CUT + (text[cut.stop :] if cut.stop is not None else "")
        if not blocks or number > blocks[-1][-1].number + 1:
            blocks.append([])
        blocks[-1].append(ShownLine(number, text, wanted[number]))
    return tuple(LineBlock(tuple(lines)) for lines in blocks)


def _choose_lines(
    extents: Extents, shown: AbstractSet[DataPath], unshown: AbstractSet[DataPath], needed: AbstractSet[DataPath]
) -> dict[int, bool]:
    """By line, whether the paper shows what it says."""
    entries = {*needed, *(entry_of(at) for at in shown)}
    wanted: dict[int, bool] = {}
    for at, lines in extents.values.items():
        is_shown = at in shown
        if is_shown or (entry_of(at) and entry_of(at) in entries and at not in unshown):
            for number in lines:
                wanted[number] = wanted.get(number, False) or is_shown
    for entry in entries:
        for depth in range(1, len(entry) + 1):
            if entry[:depth] in extents.heads:
                wanted.setdefault(extents.heads[entry[:depth]], False)
    for at in unshown & extents.starts.keys():
        for number in extents.values[at]:
            if number > extents.starts[at][0]:  # the rest of a text of several lines
                wanted.pop(number, None)
    return wanted


def _find_cuts(extents: Extents, unshown: AbstractSet[DataPath]) -> dict[int, list[slice]]:
    """By line, the columns of texts that are not shown, the last first."""
    cuts: dict[int, list[slice]] = {}
    for at in unshown & extents.starts.keys():
        number, columns = extents.starts[at]
        cuts.setdefault(number, []).append(columns)
    return {number: sorted(found, key=lambda cut: cut.start, reverse=True) for number, found in cuts.items()}


def _written_place(extents: Extents, at: DataPath) -> DataPath:
    """Where a value was written: `start: 14.00-15.00` says the end too, and a point may be no more than its text."""
    if at in extents.values:
        return at
    if at[-1] == "end" and (*at[:-1], "start") in extents.values:
        return (*at[:-1], "start")
    return at[:-1] if at[:-1] in extents.values else at
