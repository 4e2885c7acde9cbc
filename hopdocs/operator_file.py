"""Which operator's file a workspace has, and how it, `config.yaml` and `indikatorer.yaml` are read.

It lies outside the checkout, where nobody can push to: named with `--operator` or `HOPDOCS_OPERATOR`, or in
`/etc/hopdocs`, where each file says under `workspace:` which folder it is for. A workspace that has had one is not used
without: a file that is missing would let what others pushed count again.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.diagnostics import Diagnostic
from hopdocs.errors import FaultyInput, LedgerFault, WorkspaceFault, is_refusal
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.package_data import CATALOGUE_NAME
from hopdocs.plain_files import NotPlain, open_plain
from hopdocs.sources.config import ConfigText
from hopdocs.sources.file_sizes import LARGEST_SOURCE_BYTES
from hopdocs.sources.operator import Machine, parse_operator
from hopdocs.workspace import CONFIG_NAME, NO_FILES, UnreadableFile, is_same_folder, read_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.sources.config import ConfigSource
    from hopdocs.workspace import Workspace

RELEASED: Final = "mail_settings"
"""What the ledger calls the mail settings that count while others may push."""


def read_config_text(workspace: Workspace, standing_in: Mapping[str, bytes] = NO_FILES) -> ConfigText:
    """`config.yaml` with the operator's file and the municipality's indicators beside it.

    `standing_in` has by path what is to be read in a file's stead. `FaultyInput` or another fault if one can't be read.
    """
    try:
        data = standing_in[CONFIG_NAME] if CONFIG_NAME in standing_in else read_source(workspace.config_path)
    except FileNotFoundError as err:
        raise WorkspaceFault("HD501", path=str(workspace.root)) from err
    except UnreadableFile as fault:
        raise FaultyInput([Diagnostic(CONFIG_NAME, 0, 0, fault.code, fault.params)]) from fault
    return ConfigText(data, _read_machine(workspace), _read_indicators(workspace, standing_in))


def use_config(text: ConfigText) -> ConfigSource:
    """What a configuration says; `FaultyInput` with everything that is wrong with it if it can't be used."""
    source = text.parse()
    if source.config is None:
        raise FaultyInput(source.diagnostics, source.lines)
    return source


def without_released(text: ConfigText) -> ConfigText:
    """The configuration as it would be if all of it counted."""
    return text if text.machine is None else replace(text, machine=replace(text.machine, released=""))


def _read_indicators(workspace: Workspace, standing_in: Mapping[str, bytes]) -> bytes | None:
    try:
        is_open = CATALOGUE_NAME in standing_in
        return standing_in[CATALOGUE_NAME] if is_open else read_source(workspace.indicators_path)
    except FileNotFoundError:
        return None
    except UnreadableFile as fault:
        raise FaultyInput([Diagnostic(CATALOGUE_NAME, 0, 0, fault.code, fault.params)]) from fault


def _read_machine(workspace: Workspace) -> Machine | None:
    if workspace.operator is None:
        return None
    data = read_operator_file(workspace.operator)
    path = str(workspace.operator)
    named = parse_operator(data, path).operator
    if named is not None and not is_same_folder(Path(named.workspace), workspace.root):
        raise WorkspaceFault("HD715", path=path, workspace=named.workspace)
    return Machine(data, path, _read_released(workspace))


def read_operator_file(path: Path) -> bytes:
    """The file's bytes; a `WorkspaceFault` if others than the operator may have written it."""
    try:
        descriptor = open_plain(path)
    except NotPlain as err:
        raise WorkspaceFault("HD714", path=str(path), detail="no plain file") from err
    except OSError as err:
        raise WorkspaceFault("HD714", path=str(path), detail=err.strerror or str(err)) from err
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if found.st_uid not in (0, os.geteuid()) or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise WorkspaceFault("HD714", path=str(path), detail=f"{stat.filemode(found.st_mode)}, uid {found.st_uid}")
        return file.read(LARGEST_SOURCE_BYTES + 1)


def _read_released(workspace: Workspace) -> str:
    path = workspace.ledger_path
    if not path.is_file():
        return ""
    try:
        with closing(connect_to_read(path)) as connection:
            row = connection.execute("SELECT value FROM notice_meta WHERE key = ?", (RELEASED,)).fetchone()
    except sqlite3.Error as err:
        if is_refusal(err):  # for this once, and mail may leave meanwhile: what was pushed would count
            raise LedgerFault("HD514", path=str(path), detail=str(err)) from err
        return ""  # what is wrong with the ledger, whoever opens it to write will say
    return str(row[0]) if row else ""
