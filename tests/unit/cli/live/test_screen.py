from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hopdocs.cli.live import screen as screens
from hopdocs.cli.live.picture import Line, Look, Picture, Section, Work
from hopdocs.cli.live.screen import Screen
from tests.terminal import Glass

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURE = Picture(
    where="Vesterlyng Kommune",
    day="lørdag den 21. november",
    clock="kl. 12.00",
    state=Line("Alt er lavet", look=Look.GOOD),
    work=None,
    news=Section("Sidst", (Line("18 lavet", "HOP-2026-007", "12.00.07"),)),
    sections=(),
    foot="Ctrl-C slutter",
)


class Terminal(io.StringIO):
    """A terminal that is read as a person reads it."""

    encoding = "utf-8"

    def __init__(self) -> None:
        super().__init__()
        self.glass = Glass(60, 12)
        self.news = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.news += text
        self.glass.write(text)
        return len(text)

    def read_news(self) -> str:
        news, self.news = self.news, ""
        return news


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(screens, "size_of", lambda _: (terminal.glass.columns, terminal.glass.lines))
    return terminal


@pytest.fixture
def screen(terminal: Terminal) -> Iterator[Screen]:
    screen = Screen(terminal)
    yield screen
    screen.leave()


def test_the_picture_stands_on_the_second_screen_and_the_first_is_left_as_it_was(
    terminal: Terminal, screen: Screen
) -> None:
    terminal.write("$ hopdocs watch\r\n")
    before = terminal.glass.text
    screen.show(PICTURE)
    assert (terminal.glass.is_second, terminal.glass.has_cursor) == (True, False)
    assert "12.00.07  HOP-2026-007  18 lavet" in terminal.glass.text
    screen.leave()
    assert (terminal.glass.is_second, terminal.glass.has_cursor) == (False, True)
    assert terminal.glass.text == before


def test_what_has_not_changed_is_not_written_again(terminal: Terminal, screen: Screen) -> None:
    screen.show(PICTURE)
    terminal.read_news()
    screen.show(PICTURE)
    assert terminal.read_news() == ""
    screen.show(replace(PICTURE, work=Work("Laver PDF'er", 1, 18)))
    news = terminal.read_news()
    assert "Laver PDF'er" in news
    assert "HOP-2026-007" not in news
    assert "HOP-2026-007" in terminal.glass.text


def test_each_minute_it_is_written_whole_so_that_what_others_wrote_on_it_is_gone(
    terminal: Terminal, screen: Screen
) -> None:
    screen.show(PICTURE)
    terminal.write("\x1b[1;1Hsoffice: warning")
    screen.show(replace(PICTURE, clock="kl. 12.01"))
    assert "soffice" not in terminal.glass.text
    assert "HOP-2026-007" in terminal.read_news()


@pytest.mark.parametrize("size", [(30, 6), (120, 40), (1, 1)])
def test_a_window_of_another_size_is_drawn_anew(terminal: Terminal, screen: Screen, size: tuple[int, int]) -> None:
    screen.show(PICTURE)
    terminal.glass.resize(*size)
    screen.show(PICTURE)
    assert "#" not in terminal.glass.text
    assert terminal.glass.text.startswith("hopdocs"[: size[0]] if size[0] > 1 else "")
    assert all(len(line) <= size[0] for line in terminal.glass.text.splitlines())


def test_nothing_is_drawn_while_the_terminal_is_somebody_elses(
    terminal: Terminal, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "is_in_front", lambda _: False)
    screen.show(PICTURE)
    assert terminal.news == ""
    monkeypatch.setattr(screens, "is_in_front", lambda _: True)
    screen.show(PICTURE)
    assert "HOP-2026-007" in terminal.glass.text


def test_without_colours_it_says_the_same(monkeypatch: pytest.MonkeyPatch, terminal: Terminal) -> None:
    Screen(terminal).show(PICTURE)
    coloured, styles = terminal.glass.text, terminal.glass.styles
    assert "32" in styles
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    screen = Screen(plain)
    screen.show(PICTURE)
    assert plain.glass.text == coloured
    assert plain.glass.styles <= {"1", "2", "0"}  # weight is no colour
    screen.leave()
