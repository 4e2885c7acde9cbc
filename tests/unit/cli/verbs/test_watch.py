from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest

from hopdocs.cli import main
from hopdocs.cli.live import watcher
from hopdocs.cycle.report import CycleOptions, CycleReport, say_nothing
from hopdocs.watching import service
from hopdocs.watching.service import ServiceEvent
from tests.unit.cli.live.test_words import document
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Pictured:
    """Stands in for the live picture, and says that it was asked for."""

    def __init__(self, *_: object) -> None:
        raise EOFError


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose service makes one document and ends."""

    def watch(_workspace: object, _clock: object, emit: Callable[[ServiceEvent], None], **_: object) -> None:
        emit(ServiceEvent(report=CycleReport([document("HOP-2026-007")])))
        emit(ServiceEvent(stopped=True))

    monkeypatch.setattr(service, "watch", watch)
    monkeypatch.setattr(watcher, "LivePicture", Pictured)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    return make_workspace(tmp_path / "workspace")


def watched(monkeypatch: pytest.MonkeyPatch, root: Path, *words: str, stream: io.StringIO | None = None) -> str:
    """What is told, or `picture` where a picture would be drawn."""
    stream = stream or Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with pytest.raises(SystemExit) as end:
        main(["-w", str(root), "watch", *words])
    return "picture" if end.value.code else stream.getvalue()


def test_a_person_at_a_terminal_gets_the_picture(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    assert watched(monkeypatch, root) == "picture"


def test_plain_and_a_terminal_that_cannot_be_drawn_on_get_the_same_lines(
    monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    plain = [line[10:] for line in watched(monkeypatch, root, "--plain").splitlines() if line[2:3] == "."]
    assert [line.partition(" ")[0] for line in plain] == ["watching", "HOP-2026-007:", "stopped"]
    for kind in ("dumb", ""):
        monkeypatch.setenv("TERM", kind)
        told = watched(monkeypatch, root)
        assert [line[10:] for line in told.splitlines() if line[2:3] == "."] == plain
        assert "\x1b" not in told


def test_a_log_and_a_program_get_lines(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    told = watched(monkeypatch, root, stream=io.StringIO())
    assert [line[10:].partition(" ")[0] for line in told.splitlines()] == ["watching", "HOP-2026-007:", "stopped"]
    assert watched(monkeypatch, root, "--format", "json").startswith('{"event": "watching"')


def test_nobody_draws_from_the_background(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    terminal = Terminal()
    monkeypatch.setattr(terminal, "fileno", lambda: 1)
    monkeypatch.setattr(os, "tcgetpgrp", lambda _: os.getpgrp() + 1)
    assert watched(monkeypatch, root, stream=terminal).splitlines()[-1].endswith("stopped")
    monkeypatch.setattr(os, "tcgetpgrp", lambda _: os.getpgrp())
    assert watched(monkeypatch, root, stream=terminal) == "picture"


def test_one_round_shows_how_far_it_is_to_a_person_alone(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    barred: list[bool] = []

    def run_once(
        _workspace: object, _clock: object, options: CycleOptions | None = None, **_: object
    ) -> tuple[CycleReport, None]:
        barred.append(options is not None and options.progress is not say_nothing and options.plans_notices)
        return CycleReport(), None

    monkeypatch.setattr(service, "run_once", run_once)
    for stream, words in ((Terminal(), ()), (Terminal(), ("--plain",)), (io.StringIO(), ())):
        monkeypatch.setattr(sys, "stdout", io.StringIO())
        monkeypatch.setattr(sys, "stderr", stream)
        with pytest.raises(SystemExit):
            main(["-w", str(root), "watch", "--once", *words])
        assert stream.getvalue() == ""
    assert barred == [True, False, False]
