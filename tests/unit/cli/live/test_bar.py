from __future__ import annotations

import io
import os
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from hopdocs.cli.console import Console

if TYPE_CHECKING:
    from collections.abc import Callable


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def look_at(monkeypatch: pytest.MonkeyPatch, kind: str = "xterm", encoding: str = "utf-8") -> Terminal:
    """From now on a person sits before standard error. Called in the test: pytest puts a stream of its own there."""
    stream = Terminal()
    stream.encoding = encoding
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", kind)
    return stream


class Clockwork:
    """Stands in for `threading.Timer`: the second is over when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.is_cancelled = False
        self.ring: Callable[[], None] = lambda: None

    def __call__(self, seconds: float, ring: Callable[[], None]) -> Clockwork:
        self.seconds, self.ring = seconds, ring
        return self

    def start(self) -> None:
        """The test rings."""

    def cancel(self) -> None:
        self.is_cancelled = True


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> Clockwork:
    clockwork = Clockwork()
    monkeypatch.setattr(threading, "Timer", clockwork)
    return clockwork


def test_work_that_takes_longer_than_a_second_gets_a_bar(monkeypatch: pytest.MonkeyPatch, second: Clockwork) -> None:
    terminal = look_at(monkeypatch)
    with Console().progress("building") as advance:
        advance(3, 10, "making PDFs")
        assert terminal.getvalue() == ""
        assert second.seconds == 1.0
        second.ring()
        assert "making PDFs" in terminal.getvalue()
        assert "3/10" in terminal.getvalue()


def test_quick_work_shows_nothing_at_all(monkeypatch: pytest.MonkeyPatch, second: Clockwork) -> None:
    terminal = look_at(monkeypatch)
    with Console().progress("building") as advance:
        advance(10, 10, "")
    assert second.is_cancelled
    second.ring()  # the timer had just gone off
    assert terminal.getvalue() == ""


def _break_off(second: Clockwork) -> None:
    with Console().progress("building") as advance:
        second.ring()
        advance(7, 10, "")
        raise KeyboardInterrupt


def test_a_bar_moves_on_and_is_gone_in_the_end_also_where_the_work_broke(
    monkeypatch: pytest.MonkeyPatch, second: Clockwork
) -> None:
    terminal = look_at(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        _break_off(second)
    assert "building" in terminal.getvalue()
    assert "7/10" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[1A\x1b[2K")  # up to its line, and the line is empty


def test_whoever_ends_the_work_with_a_signal_still_has_a_cursor(
    monkeypatch: pytest.MonkeyPatch, second: Clockwork
) -> None:
    terminal = look_at(monkeypatch)
    with Console().progress("building"):
        second.ring()
        shown = terminal.getvalue()
        assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")


@pytest.mark.parametrize("name", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_be_drawn_on_gets_lines(
    monkeypatch: pytest.MonkeyPatch, second: Clockwork, name: str
) -> None:
    terminal = look_at(monkeypatch, name)
    with Console().progress("building") as advance:
        for done in range(101):
            advance(done, 100, "")
    assert second.seconds == 0.0
    assert terminal.getvalue().splitlines()[0] == "building: 10/100"


def test_work_in_the_background_draws_nothing_over_the_shell(
    monkeypatch: pytest.MonkeyPatch, second: Clockwork
) -> None:
    terminal = look_at(monkeypatch)
    monkeypatch.setattr(terminal, "fileno", lambda: 2)
    monkeypatch.setattr(os, "tcgetpgrp", lambda _: os.getpgrp() + 1)
    with Console().progress("building"):
        assert second.seconds == 0.0
    monkeypatch.setattr(os, "tcgetpgrp", lambda _: os.getpgrp())
    with Console().progress("building"):
        assert second.seconds == 1.0


def test_a_terminal_in_an_old_code_page_gets_lines(second: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    old = look_at(monkeypatch, encoding="iso8859-1")
    with Console().progress("building") as advance:
        for done in range(101):
            advance(done, 100, "")
    assert second.seconds == 0.0
    assert "\x1b" not in old.getvalue()
