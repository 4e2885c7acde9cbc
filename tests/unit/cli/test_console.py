from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from hopdocs.cli.console import Console, both, has_colour

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_words_follow_the_persons_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPDOCS_LANG", "da")
    assert both(en="yes", da="ja") == "ja"
    monkeypatch.setenv("HOPDOCS_LANG", "en")
    assert both(en="yes", da="ja") == "yes"


def test_a_danish_locale_is_answered_in_danish_though_the_machine_has_none_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HOPDOCS_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    assert both(en="yes", da="ja") == "ja"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert both(en="yes", da="ja") == "yes"
    monkeypatch.setenv("HOPDOCS_LANG", "da")
    assert both(en="yes", da="ja") == "ja"


def test_colour_is_for_terminals_that_have_not_declined_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert has_colour(Terminal())
    assert not has_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not has_colour(Terminal())
    monkeypatch.setenv("NO_COLOR", "")  # no-color.org: an empty value is none
    assert has_colour(Terminal())


def test_a_table_lines_its_columns_up(capsys: pytest.CaptureFixture[str]) -> None:
    Console().table([["a", "longer", "x"], ["bb", "b", "y"]], ["one", "two", "three"])
    assert capsys.readouterr().out.splitlines() == ["one  two     three", "a    longer  x", "bb   b       y"]


def test_json_keeps_danish_letters(capsys: pytest.CaptureFixture[str]) -> None:
    Console().emit_json({"møde": "Havørnen"})
    assert '"møde": "Havørnen"' in capsys.readouterr().out


def test_an_old_terminal_gets_numbers_for_letters_that_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    Console().say("Havørnen")
    stream.flush()
    assert stream.buffer.getvalue() == b"Hav\\xf8rnen\n"


def test_long_work_off_a_terminal_tells_each_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    with Console().progress("building") as advance:
        for done in range(101):
            advance(done, 100, "")
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "building: 10/100"
    assert len(told) == 10


def test_quick_work_off_a_terminal_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Console().progress("building") as advance:
        for done in range(6):
            advance(done, 5, "")
    assert capsys.readouterr().err == ""
