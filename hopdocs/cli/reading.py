"""What several verbs read first: the workspace, its configuration, and which day it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from hopdocs.cli.console import both
from hopdocs.clock import Clock, ShiftedClock, SystemClock, local_date
from hopdocs.errors import FaultyInput
from hopdocs.model.values import nearest
from hopdocs.sources.config import parse_config
from hopdocs.workspace import CONFIG_NAME, open_workspace, read_source

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from hopdocs.cli.program import Invocation
    from hopdocs.model.config import Config
    from hopdocs.workspace import Workspace


def read_config(invocation: Invocation) -> tuple[Workspace, Config]:
    """The workspace and its configuration; `FaultyInput` where that can't be used."""
    workspace = open_workspace(invocation.workspace)
    source = parse_config(read_source(workspace.config_path), CONFIG_NAME)
    if source.config is None:
        raise FaultyInput(source.diagnostics, {CONFIG_NAME: source.source.lines})
    return workspace, source.config


def clock_of(invocation: Invocation, config: Config) -> Clock:
    """The machine's clock, moved to the day of `--today` where that is given."""
    if invocation.today is None:
        return SystemClock()
    return ShiftedClock.as_of(invocation.today, ZoneInfo(config.timezone))


def today_of(invocation: Invocation, config: Config) -> date:
    """The day that the verb acts as of, where the municipality is."""
    return local_date(clock_of(invocation, config).now(), ZoneInfo(config.timezone))


def find_family(workspace: Workspace, family_id: str) -> Path:
    """The path of a family's file by its name or by the id in it, whatever the case of its letters."""
    wanted = family_id.lower().removesuffix(".yaml")
    found = {path.stem.lower(): path for path in workspace.families.glob("*.yaml")}
    if wanted not in found:
        found = {_id_in(path) or name: path for name, path in found.items()}
    if wanted not in found:
        near = nearest(wanted, list(found))
        also = both(en=f"; did you mean {near.upper()}?", da=f"; mente du {near.upper()}?") if near else ""
        msg = both(en=f"there is no family {family_id}{also}", da=f"familien {family_id} findes ikke{also}")
        raise click.UsageError(msg)
    return found[wanted]


def _id_in(path: Path) -> str:
    """What a family's file calls itself, also where the rest of it cannot be read."""
    found = re.search(rb"""^id:[ \t]*["']?([^\s"'#]+)""", read_source(path), re.MULTILINE)
    return found[1].decode("utf-8", "replace").lower() if found else ""
