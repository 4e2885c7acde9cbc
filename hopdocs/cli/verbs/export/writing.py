"""Where an export goes: standard output, or a file that its owner alone may read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from hopdocs.cli.console import both
from hopdocs.cli.safe_write import PRIVATE, save_new, save_over
from hopdocs.exports.csv_file import write_csv
from hopdocs.exports.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hopdocs.cli.program import Invocation
    from hopdocs.exports.table import Table

_BY_ENDING = {".csv": "csv", ".xlsx": "xlsx", ".json": "json"}


def choose_format(output: str | None, target: Path | None) -> str:
    """What was asked for, else what the file's name says, else CSV."""
    chosen = output or (_BY_ENDING.get(target.suffix.lower(), "csv") if target is not None else "csv")
    if chosen == "xlsx" and target is None:
        raise click.UsageError(both(en="a workbook needs --out FILE", da="en projektmappe skal have --out FIL"))
    return chosen


def deliver_json(invocation: Invocation, shape: dict[str, Any], *, target: Path | None, replace: bool) -> None:
    """One JSON value, letters as they are."""
    if target is None:
        invocation.console.emit_json(shape)
    else:
        text = json.dumps(shape, ensure_ascii=False, indent=2) + "\n"
        save(invocation, target, text.encode(), replace=replace)


def deliver_tables(  # noqa: PLR0913 - each option of the command
    invocation: Invocation,
    table: Table,
    others: Iterable[Table],
    *,
    output: str,
    target: Path | None,
    replace: bool,
    is_plain: bool,
) -> None:
    """As CSV `table` alone; as a workbook the others behind it."""
    data = write_workbook([table, *others]) if output == "xlsx" else write_csv(table, with_mark=not is_plain)
    if target is None:
        invocation.console.emit_file(data)
    else:
        save(invocation, target, data, replace=replace)


def save(invocation: Invocation, target: Path, data: bytes, *, replace: bool) -> None:
    """Writes the file, never over one that exists unasked."""
    if replace and target.is_file():
        save_over(target, data)
    else:
        save_new(target, data, PRIVATE)
    invocation.console.tell(f"{both(en='written', da='skrevet')}: {target}")
