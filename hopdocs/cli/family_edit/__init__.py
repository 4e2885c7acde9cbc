"""How a verb adds lines to a family's file: no character that was there changes, and it is read before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.cli.safe_write import Edition, save_all_over
from hopdocs.errors import FaultyInput, WorkspaceFault
from hopdocs.sources.families import parse_family
from hopdocs.sources.yaml.decoding import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hopdocs.cli.workspace_loading import FamilyFile
    from hopdocs.diagnostics import DataPath
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.sources.families import FamilySource
    from hopdocs.sources.yaml.yaml_text import ParsedYaml


class NoPlaceForIt(Exception):
    """The file is written in a way that text can't be added to safely."""


def save_with(file: FamilyFile, config: Config, add: Callable[[str, ParsedYaml], str]) -> tuple[Family, FamilySource]:
    """Saves what `add` makes of the file's text, and gives it as it is read; where it would have a fault, it stays."""
    try:
        text = add(file.data.decode("utf-8"), file.source.source)
    except NoPlaceForIt as err:
        raise WorkspaceFault("HD594", path=file.name) from err
    found = read_without_fault(text.encode(), file.name, config)
    save_all_over({file.path: Edition(file.data, text.encode())})
    return found


def read_without_fault(data: bytes, name: str, config: Config) -> tuple[Family, FamilySource]:
    """A family's file as it is read; `FaultyInput` where a fault stops it."""
    read = parse_family(data, name, config)
    if read.family is None:
        raise FaultyInput(read.diagnostics, {name: read.source.lines})
    return read.family, read


def lines_of(text: str) -> list[str]:
    """The lines as the parser counts them, without their ends."""
    lines = LINE_BREAK.split(text.removeprefix("\ufeff"))
    return lines if lines[-1] else lines[:-1]


def insert_lines(text: str, at: int, added: Iterable[str]) -> str:
    """`text` with more lines before its line `at`, counted from 0, with the ends that its other lines have."""
    newline = "\r\n" if "\r\n" in text else "\n"
    block = "".join(line + newline for line in added)
    starts = line_starts(text)
    if at < len(starts):
        return text[: starts[at]] + block + text[starts[at] :]
    return text + newline + block


def line_starts(text: str) -> list[int]:
    """Where in `text` each line begins, after the mark that Notepad sets before the first."""
    return [len(text) - len(text.removeprefix("\ufeff")), *(found.end() for found in LINE_BREAK.finditer(text))]


def held_at(source: ParsedYaml, at: DataPath) -> object:
    """What stands at a place of the file; None where nothing does."""
    here: object = source.tree
    for step in at:
        if isinstance(here, dict):
            here = here.get(str(step))
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return None
    return here
