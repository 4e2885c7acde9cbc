from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console as Terminal
from rich.console import RenderableType

from hopdocs.cli.live.picture import Line, Look, Picture, Section, Work, lay_out

NEWS = tuple(Line(f"news {number}", "HOP-2026-007", f"12.00.{number:02d}") for number in range(60))
FAULTS = tuple(Line(f"fault {number}", look=Look.BAD) for number in range(20))
MAILS = tuple(Line(f"mail {number}", "HOP-2026-009", "i morgen kl. 07.00") for number in range(20))
FULL = Picture(
    where="Vesterlyng Kommune · 4 familier",
    day="lørdag den 21. november",
    clock="kl. 12.00",
    state=Line("Alt er lavet", look=Look.GOOD),
    work=None,
    news=Section("Sidst", NEWS),
    sections=(Section("Fejl", FAULTS), Section("Mails", MAILS), Section("Venter", FAULTS[:1])),
    foot="Ctrl-C slutter",
)


def read(rows: list[RenderableType], width: int) -> list[str]:
    terminal = Terminal(file=io.StringIO(), force_terminal=True, width=width, color_system=None)
    options = terminal.options.update(no_wrap=True, overflow="ellipsis", height=1)
    return ["".join(segment.text for segment in terminal.render_lines(row, options)[0]) for row in rows]


@pytest.mark.parametrize("picture", [FULL, Picture("", "", "", Line(""), None, Section(""), (), "")])
@pytest.mark.parametrize("width", [1, 2, 10, 40, 80, 300])
@pytest.mark.parametrize("height", [1, 2, 3, 4, 8, 24, 90])
def test_it_fills_a_terminal_of_any_size_and_no_more(picture: Picture, width: int, height: int) -> None:
    lines = read(lay_out(picture, width, height), width)
    assert len(lines) == height
    assert {cell_len(line) for line in lines} == {width}


def test_each_sort_has_its_place_and_the_news_the_room_that_is_left() -> None:
    lines = [line.rstrip() for line in read(lay_out(FULL, 80, 24), 80)]
    titles = [lines.index(title) for title in ("Sidst", "Fejl", "Mails", "Venter")]
    assert titles == sorted(titles)
    assert lines[titles[0] + 1] == "12.00.00  HOP-2026-007  news 0"
    assert lines[titles[2] + 1] == "i morgen kl. 07.00  HOP-2026-009  mail 0"
    assert lines[-1] == "Ctrl-C slutter"
    tall = read(lay_out(FULL, 80, 70), 80)
    assert sum("fault" in line for line in tall) == 8 + 1
    assert sum("news" in line for line in tall) > 35


def test_a_low_terminal_drops_what_matters_least() -> None:
    lines = [line.rstrip() for line in read(lay_out(FULL, 80, 11), 80)]
    assert "Sidst" in lines
    assert "Fejl" in lines
    assert "Mails" not in lines


def test_a_section_without_lines_is_not_there() -> None:
    bare = Picture("", "", "", Line(""), None, Section("Sidst"), (Section("Fejl"),), "")
    assert "".join(read(lay_out(bare, 80, 24), 80)).split() == ["hopdocs"]


def test_a_narrow_head_gives_up_the_day_before_the_clock() -> None:
    assert read(lay_out(FULL, 80, 9), 80)[0].rstrip().endswith("lørdag den 21. november kl. 12.00")
    narrow = read(lay_out(FULL, 60, 9), 60)[0].rstrip()
    assert narrow.endswith("4 familier           kl. 12.00")
    assert "lørdag" not in narrow


def test_work_has_a_bar_that_tells_how_far_it_is() -> None:
    work = Picture("", "", "", Line("Alt er lavet"), Work("Laver PDF'er", 6, 12), Section(""), (), "")
    state = read(lay_out(work, 80, 5), 80)[1]
    assert state.startswith("Laver PDF'er ")
    assert "6/12" in state
    assert state.count("━") == 20  # half of forty; the rest is told by colour alone, and here there is none
    assert "Alt er lavet" not in state


def test_what_people_wrote_steers_no_terminal_and_shows_no_number() -> None:
    number = "0101" + "70" + "-" + "1234"
    hostile = Line(f"a\x1b[2Jb\x07c\u202ed\n{number}", "e\x1b]0;f", "\r")
    picture = Picture("\x1b[H", "", "", hostile, None, Section("\x1b", (hostile,)), (), "\x9b2J")
    shown = "".join(read(lay_out(picture, 120, 9), 120))
    assert shown.isprintable()
    assert number not in shown
