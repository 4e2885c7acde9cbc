"""What several verbs read first: the workspace, its configuration, and which day it is."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import click

from hopdocs.cli.console import both
from hopdocs.clock import Clock, ShiftedClock, SystemClock, local_date
from hopdocs.cycle.scanning import find_rivals, list_family_files, list_names, sort_names, written_id
from hopdocs.diagnostics import Diagnostic
from hopdocs.errors import FaultyInput
from hopdocs.model.scalars.values import nearest
from hopdocs.operator_file import read_config_text, use_config
from hopdocs.workspace import UnreadableFile, open_workspace, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from hopdocs.cli.program import Invocation
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.scalars.values import StaffId
    from hopdocs.sources.families import FamilySource
    from hopdocs.workspace import Workspace


def read_config(invocation: Invocation) -> tuple[Workspace, Config]:
    """The workspace and its configuration; `FaultyInput` if that can't be used."""
    workspace = open_workspace(invocation.workspace, invocation.operator)
    config = use_config(read_config_text(workspace)).config
    assert config is not None  # noqa: S101 - it would have been refused
    return workspace, config


def clock_of(invocation: Invocation, config: Config) -> Clock:
    """The machine's clock, moved to the day of `--today` where that is given."""
    if invocation.today is None:
        return SystemClock()
    return ShiftedClock.as_of(invocation.today, ZoneInfo(config.timezone))


def today_of(invocation: Invocation, config: Config) -> date:
    """The day that the verb acts as of, where the municipality is."""
    return local_date(clock_of(invocation, config).now(), ZoneInfo(config.timezone))


def find_family(workspace: Workspace, family_id: str) -> Path:
    """The path of a family's file by its path, its name or the id in it, whatever the case of its letters."""
    wanted = family_id.lower().replace("\\", "/").rpartition("/")[2].removesuffix(".yaml")
    listed = list_names(workspace.families)
    called_so = [name for name in listed if name.lower() == f"{wanted}.yaml"]
    found = {_stem(name).lower(): name for name in sort_names(called_so, [])}
    if not found:
        found = {_id_in(workspace.root / name) or _stem(name).lower(): name for name in sort_names(listed, [])}
    if wanted not in found:
        _refuse_family(family_id, found)
    return workspace.root / found[wanted]


def find_person(config: Config, word: str) -> StaffId:
    """A colleague by id or by name, whatever the case of the letters."""
    from hopdocs.danish import first_name  # noqa: PLC0415 - knows all of Danish

    said = word.casefold()
    by_id = [key for key in config.staff if key.casefold() == said]
    by_name = [
        key
        for key, person in config.staff.items()
        if said in (person.name.casefold(), first_name(person.name).casefold())
    ]
    found = by_id or by_name
    if len(found) != 1:
        near = ", ".join(f"{key} ({config.staff[key].name})" for key in found or _near_people(config, word))
        also = both(en=f"; nearest: {near}", da=f"; tættest på: {near}") if near else ""
        msg = both(en=f'nobody on the staff is called "{word}"', da=f'ingen medarbejder hedder "{word}"')
        raise click.UsageError(f"{msg}{also}")
    return found[0]


def _near_people(config: Config, word: str) -> list[StaffId]:
    """The colleague whose id, name or first name is most like a word; none if none is."""
    from hopdocs.danish import first_name  # noqa: PLC0415 - knows all of Danish

    said: dict[str, StaffId] = {}
    for key, person in config.staff.items():
        said |= {first_name(person.name): key, person.name: key, str(key): key}
    found = nearest(word, [*said])
    return [said[found]] if found else []


def _stem(name: str) -> str:
    return name.removeprefix("families/").removesuffix(".yaml")


def _refuse_family(family_id: str, known: Iterable[str]) -> NoReturn:
    near = nearest(family_id, list(known))
    also = both(en=f"; did you mean {near.upper()}?", da=f"; mente du {near.upper()}?") if near else ""
    msg = both(en=f"there is no family {family_id}{also}", da=f"familien {family_id} findes ikke{also}")
    raise click.UsageError(msg)


def _id_in(path: Path) -> str:
    """What a family's file calls itself, also where the rest of it cannot be read."""
    with suppress(UnreadableFile, FileNotFoundError):
        return written_id(read_source(path)).lower()
    return ""


@dataclass(frozen=True, slots=True)
class FamilyFile:
    """One family's file that no fault stops, as a verb found it."""

    path: Path
    name: str
    data: bytes
    family: Family
    source: FamilySource


def open_family(workspace: Workspace, config: Config, family_id: str) -> FamilyFile:
    """The file of a family for a verb that can do nothing without it; `FaultyInput` where a fault stops it."""
    from hopdocs.cli.family_edit import read_without_fault  # noqa: PLC0415

    path = find_family(workspace, family_id)
    name, data = workspace.relative(path), read_family_file(workspace, path)
    return FamilyFile(path, name, data, *read_without_fault(data, name, config))


def read_family_file(workspace: Workspace, path: Path) -> bytes:
    """A family's file for a verb that can do nothing without it."""
    return _read_or_refuse(path, workspace.relative(path))


def _read_or_refuse(path: Path, name: str) -> bytes:
    try:
        return read_source(path)
    except UnreadableFile as fault:
        raise FaultyInput([Diagnostic(name, 0, 0, fault.code, fault.params)]) from fault


def read_family_files(
    workspace: Workspace, families: Iterable[str], faults: list[Diagnostic]
) -> Iterator[tuple[str, bytes]]:
    """The named families' files, or all of them: those that a cycle would take, each with its path.

    What cannot be read, or cannot be a family's file, is put among `faults`, and the others go on.
    """
    chosen = [workspace.relative(find_family(workspace, item)) for item in families]
    for name in chosen or list_family_files(workspace.families, faults):
        try:
            yield name, read_source(workspace.root / name)
        except FileNotFoundError:  # deleted since we looked
            continue
        except UnreadableFile as fault:
            faults.append(Diagnostic(name, 0, 0, fault.code, fault.params))


def read_families_once(workspace: Workspace, config: Config, faults: list[Diagnostic]) -> dict[str, bytes]:
    """All families' files by path, as `read_family_files` reads them, but neither of two of one family.

    The older may still have a consent that the newer has taken back. Which they are is put among `faults`.
    """
    from hopdocs.cycle.cross_family import check_families_together  # noqa: PLC0415 - few commands ask

    files = dict(read_family_files(workspace, (), faults))
    ids = {name: written_id(data) for name, data in files.items()}
    rivals = find_rivals(ids, faults, ids)
    faults += check_families_together(workspace, config, ids, {})
    return {name: data for name, data in files.items() if name not in rivals}
