"""How a command ends: the one place that turns what happened into an exit code.

0 clean, 1 diagnostics, 2 usage, 3 environment, 70 bug (EX_SOFTWARE of sysexits.h), 130 interrupted (128 + SIGINT).
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from contextlib import suppress
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from hopdocs import __version__
from hopdocs.cli.console import Console, both
from hopdocs.clock import SystemClock
from hopdocs.errors import EnvironmentFault, FaultyInput, HopdocsError, UnsavedInput, is_refusal

if TYPE_CHECKING:
    from collections.abc import Sequence


class Exit(IntEnum):
    """What the caller's shell sees."""

    CLEAN = 0
    DIAGNOSTICS = 1
    USAGE = 2
    ENVIRONMENT = 3
    BUG = 70
    INTERRUPTED = 130


class Found(Exception):
    """A verb has shown diagnostics with errors among them; the process ends with 1."""


class ToldFault(Exception):
    """A verb has shown already what the environment does not give; the process ends with 3."""


def run_to_the_end(program: click.Command, words: Sequence[str]) -> int:
    """Runs `program` and says with which code to leave. Nothing that a verb does gets past here."""
    try:
        program.main(args=list(words), prog_name="hopdocs", standalone_mode=False)
    except click.exceptions.Exit as err:
        return int(err.exit_code)
    except (BrokenPipeError, SystemExit):  # click turns the first into the second
        _drop_output(sys.stdout)
    except BaseException as err:  # noqa: BLE001 - what nobody foresaw is a bug, and this is where it is told
        return _end_badly(Console(), err)
    return Exit.CLEAN


def _end_badly(console: Console, err: BaseException) -> Exit:
    code = Exit.BUG
    try:
        match err:
            case click.ClickException():
                code = Exit.USAGE
                _show_usage(console, err)
            case KeyboardInterrupt() | click.Abort():
                code = Exit.INTERRUPTED
                console.tell(both(en="interrupted", da="afbrudt"))
            case Found():
                code = Exit.DIAGNOSTICS
            case ToldFault():
                code = Exit.ENVIRONMENT
            case FaultyInput():
                code = Exit.DIAGNOSTICS
                _show_faulty_input(console, err)
            case HopdocsError():
                code = Exit.ENVIRONMENT
                _show_environment_fault(console, err)
            case _ if is_refusal(err):
                code = Exit.ENVIRONMENT
                _drop_output(sys.stdout)  # perhaps the very stream that could not be written to
                _show_environment_fault(console, EnvironmentFault("HD599", detail=_what_was_refused(err)))
            case _:
                _show_bug(console, err)
    except BrokenPipeError:  # whoever was to read why has gone; the code still says it
        _drop_output(sys.stdout, sys.stderr)
    return code


def _what_was_refused(err: BaseException) -> str:
    reason = err.strerror if isinstance(err, OSError) and err.strerror else str(err)
    name = getattr(err, "filename", None)
    return f"{os.fsdecode(name)}: {reason}" if isinstance(name, str | bytes) else reason


def _show_usage(console: Console, err: click.ClickException) -> None:
    if isinstance(err, click.exceptions.NoArgsIsHelpError):
        console.say(err.format_message())
        return
    context = err.ctx if isinstance(err, click.UsageError) else None
    if context is not None:
        console.tell(context.get_usage())
        hint = f"{context.command_path} --help"
        console.tell(both(en=f"Try '{hint}' for help.", da=f"Skriv '{hint}' for hjælp."))
    console.complain(err.format_message())


def _show_faulty_input(console: Console, err: FaultyInput) -> None:
    from hopdocs.catalogue import choose_language  # noqa: PLC0415 - only when there is something to show
    from hopdocs.catalogue.report import render_text  # noqa: PLC0415

    console.tell(render_text(list(err.diagnostics), err.lines, choose_language()).rstrip())
    if isinstance(err, UnsavedInput):
        console.tell(
            both(
                en="nothing was saved: the lines above are those that would have been written",
                da="intet er gemt: linjerne ovenfor er dem, der ville være blevet skrevet",
            )
        )


def _show_environment_fault(console: Console, err: HopdocsError) -> None:
    from hopdocs.catalogue import choose_language, fill_hint, fill_message  # noqa: PLC0415

    language = choose_language()
    console.complain(fill_message(err.code, err.params, language))
    hint = fill_hint(err.code, err.params, language)
    if hint:
        console.tell(f"  {both(en='hint', da='råd')}: {hint}   (hopdocs explain {err.code})")


def _show_bug(console: Console, err: BaseException) -> None:
    log = _write_bug_log(err)
    where = both(en=f"what happened is written in {log}", da=f"hvad der skete, står i {log}") if log else ""
    console.complain(
        both(
            en=f"a fault in hopdocs itself ({type(err).__name__}); {where or 'no log could be written'}",
            da=f"en fejl i hopdocs selv ({type(err).__name__}); {where or 'loggen kunne ikke skrives'}",
        )
    )


def _write_bug_log(err: BaseException) -> Path | None:
    """Types, files, lines and function names: never a message or a value, since those may hold people's data."""
    lines = [f"hopdocs {__version__}, Python {sys.version.split()[0]}, {SystemClock().now():%Y-%m-%d %H:%M:%S} UTC"]
    cause: BaseException | None = err
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    try:
        handle, name = tempfile.mkstemp(prefix="hopdocs-fault-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return Path(name)


def _drop_output(*streams: TextIO) -> None:
    """The reader has gone (`hopdocs check | head`): nothing more to say, and no complaint from Python at its end."""
    for stream in streams:
        with suppress(OSError):  # a stream in memory has no number
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
