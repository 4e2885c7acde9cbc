from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from hopdocs import __version__
from hopdocs.cli.exits import Exit, Found, run_to_the_end
from hopdocs.diagnostics import Diagnostic
from hopdocs.errors import FaultyInput, WorkspaceFault
from tests.unit.cli.running import run


def ends_with(error: BaseException | None) -> int:
    @click.command()
    def verb() -> None:
        if error is not None:
            raise error

    return run_to_the_end(verb, [])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (None, Exit.CLEAN),
        (Found(), Exit.DIAGNOSTICS),
        (FaultyInput([Diagnostic("config.yaml", 1, 1, "HD590")]), Exit.DIAGNOSTICS),
        (click.UsageError("no such family"), Exit.USAGE),
        (WorkspaceFault("HD590", name="templates"), Exit.ENVIRONMENT),
        (ZeroDivisionError("Nadira Zamirandi"), Exit.BUG),
        (KeyboardInterrupt(), Exit.INTERRUPTED),
    ],
)
def test_each_kind_of_end_has_its_own_code(error: BaseException | None, code: int) -> None:
    assert ends_with(error) == code


def test_a_bugs_log_holds_places_and_no_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends_with(ValueError("Nadira Zamirandi, Opdigtvej 44")) == Exit.BUG
    told = capsys.readouterr().err
    assert "ValueError" in told
    log = Path(told.split("is written in ")[1].strip())
    text = log.read_text(encoding="utf-8")
    assert "test_exits.py" in text
    assert "Zamirandi" not in told + text
    assert tmp_path.exists()


def test_a_fault_of_the_machine_says_how_to_mend_it(capsys: pytest.CaptureFixture[str]) -> None:
    ends_with(WorkspaceFault("HD593", path="hop"))
    told = capsys.readouterr().err
    assert "hop is a workspace already" in told
    assert "hopdocs explain HD593" in told


@pytest.mark.parametrize("words", [[], ["no-such-verb"]], ids=["help", "usage"])
def test_nobody_left_to_read_what_went_wrong_is_no_fault_of_hopdocs(words: list[str]) -> None:
    """`hopdocs | head -1`, and the same of what stands on the other stream."""
    reader, writer = os.pipe()
    os.close(reader)
    program = [sys.executable, "-c", "from hopdocs.cli import main; main()", *words]
    stream: Any = {"stdout" if not words else "stderr": writer}
    done = subprocess.run(program, **({"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | stream), check=False)
    os.close(writer)
    assert (done.returncode, done.stdout or b"", done.stderr or b"") == (Exit.USAGE, b"", b"")


def test_version_is_one_line() -> None:
    assert run("--version").out == f"hopdocs {__version__}\n"


def test_no_words_at_all_show_the_help() -> None:
    shown = run()
    assert shown.code == Exit.USAGE
    assert "Verbs:" in shown.out


def test_an_unknown_verb_is_a_usage_error() -> None:
    assert run("bild").code == Exit.USAGE


def test_a_day_that_is_none_is_a_usage_error() -> None:
    shown = run("--today", "tomorrow", "explain", "HD593")
    assert shown.code == Exit.USAGE
    assert "tomorrow is no date" in shown.err
