"""`hopdocs watch` as a person at a terminal has it: a shell, a pseudo-terminal, a file that is saved, and her keys."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.service.watched import FAMILY, TODAY, make_workspace
from tests.terminal import Seat

if TYPE_CHECKING:
    from collections.abc import Iterator

_HOPDOCS = f"{sys.executable} -m hopdocs"


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    """A person before a shell with job control, in the workspace's folder."""
    root = make_workspace(tmp_path / "workspace")
    environment = {**os.environ, "TERM": "xterm-256color", "HOPDOCS_LANG": "da", "PS1": "$ ", "PWD": str(root)}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    environment.pop("NO_COLOR", None)
    seat = Seat(["sh", "-i"], environment, columns=100, lines=30)
    yield seat
    seat.close()


def test_a_person_watches_saves_resizes_lays_it_aside_and_ends_it(seat: Seat, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    seat.type(f"cd {root}\n{_HOPDOCS} --today {TODAY} watch\n")
    first = seat.read_until(lambda glass: "Alt er lavet" in glass.text)
    assert (seat.glass.is_second, seat.glass.has_cursor, seat.echoes()) == (True, False, False)
    assert first.splitlines()[0].startswith("hopdocs  Vesterlyng Kommune · 2 familier")

    path = root / FAMILY
    path.write_text(path.read_text("utf-8").replace('start: "10.00"', 'start: "10.05"'), "utf-8")
    told = seat.read_until(lambda glass: "familiens fil er ændret" in glass.text)
    [news] = [line for line in told.splitlines() if "familiens fil er ændret" in line]
    assert "  HOP-2026-007  " in news
    assert "dagsorden" in news

    seat.resize(60, 14)
    small = seat.read_until(lambda glass: "#" not in glass.text and "Ctrl-C slutter" in glass.text)
    assert len(small.splitlines()) == 14
    assert "HOP-2026-007" in small

    seat.type("typed\r\rinto it")
    seat.type("\x1a")
    seat.read_until(
        lambda glass: not glass.is_second and "Stopped" in glass.text and glass.text.rstrip().endswith("\n$")
    )
    assert seat.glass.has_cursor
    assert seat.echoes()
    seat.type("echo still\t here\n")
    aside = seat.read_until(lambda glass: "\nstill" in glass.text)
    assert "typed" not in aside
    seat.type("fg\n")
    seat.read_until(lambda glass: glass.is_second and "HOP-2026-007" in glass.text)

    seat.type("\x03")
    end = seat.read_until(lambda glass: not glass.is_second and "stoppet" in glass.text)
    [last] = [line for line in end.splitlines() if "stoppet" in line]
    assert "lavet" in last
    assert "Familien" not in end
    assert seat.glass.has_cursor
    seat.type("echo code $?\n")
    seat.read_until(lambda glass: "code 0" in glass.text)
    assert seat.echoes()
    seat.type("exit\n")
    assert seat.read_to_the_end() == 0


def test_a_service_that_cannot_start_says_so_where_it_was_called(seat: Seat, tmp_path: Path) -> None:
    (tmp_path / "workspace" / "config.yaml").write_text("municipality: [\n", "utf-8")
    seat.type(f"cd {tmp_path / 'workspace'}\n{_HOPDOCS} watch; echo code $?\n")
    said = seat.read_until(lambda glass: "code 1" in glass.text)
    assert "config.yaml:1:" in said
    assert "\x1b[?1049h" not in seat.written
