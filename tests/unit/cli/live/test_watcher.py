from __future__ import annotations

import io
import signal
import sys
import threading
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from hopdocs.cli.console import Console
from hopdocs.cli.live import watcher as watchers
from hopdocs.cli.live.picture import Look, Picture, Work
from hopdocs.cli.live.watcher import LivePicture
from hopdocs.cycle.report import CycleReport, Progress
from hopdocs.diagnostics import Diagnostic, Severity
from hopdocs.errors import MailFault
from hopdocs.notices.record import NoticeId
from hopdocs.notices.sending.delivery import DeliveryReport
from hopdocs.sources.config import parse_config
from hopdocs.watching.figures import Figures
from hopdocs.watching.outlook import OpenCourse, Outlook
from hopdocs.watching.service import ServiceEvent
from hopdocs.workspace import open_workspace
from tests.unit.cli.live.test_words import document
from tests.unit.cycling import EXAMPLE, SetClock
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Lines:
    """Whoever tells it where no picture can be drawn."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def __call__(self, event: ServiceEvent) -> None:
        self.told.append(event)

    def show_progress(self, step: Progress) -> None:
        self.told.append(step)


class Stage:
    """A live picture, the clock it goes by, and what it would draw."""

    def __init__(self, root: Path, terminal: Terminal) -> None:
        config = parse_config((EXAMPLE / "config.yaml").read_bytes(), "config.yaml").config
        assert config is not None
        (root / "config.yaml").touch()
        self.clock, self.lines, self.terminal = SetClock(), Lines(), terminal
        zone = ZoneInfo("Europe/Copenhagen")
        self.live = LivePicture(Console(), open_workspace(root), config, self.clock, zone, self.lines)

    def tell(self, *events: ServiceEvent) -> Picture:
        for event in events:
            self.live(event)
        self.live.take_events()
        return self.live.compose()


@pytest.fixture
def make_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Stage]:
    """To be called in the test: pytest puts a stream of its own in place of standard output before it."""

    def make() -> Stage:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr(watchers, "PATIENCE_SECONDS", 0.0)
        return Stage(tmp_path, terminal)

    return make


MADE = ServiceEvent(report=CycleReport([document("HOP-2026-007")]))


def test_news_stand_with_the_newest_first(make_stage: Callable[[], Stage]) -> None:
    stage = make_stage()
    stage.tell(MADE)
    stage.clock.seconds += 1
    picture = stage.tell(ServiceEvent(report=CycleReport(queued=3)))
    assert [line.what.partition(":")[0] for line in picture.news.lines] == ["3 notices planned", "1 made"]
    assert picture.news.lines[0].when == "10.00.00"


def test_what_stood_when_the_last_service_ended_is_shown_before_anything_is_told(
    make_stage: Callable[[], Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = make_stage()
    before = Outlook(Figures(families=4), open=(OpenCourse("HOP-2026-007", ("Datatræk",), ()),), open_count=1)
    monkeypatch.setattr(watchers, "read_outlook", lambda *_: before)
    picture = stage.tell()
    assert picture.where == "Vesterlyng Kommune · 4 families"
    assert [line.whose for section in picture.sections for line in section.lines] == ["HOP-2026-007"]


def test_the_state_says_whether_anything_is_left_to_do(make_stage: Callable[[], Stage]) -> None:
    stage = make_stage()
    assert stage.live.compose().state.what.startswith("Going through")
    assert stage.tell(MADE).state.look is Look.GOOD
    held_up = stage.tell(ServiceEvent(report=CycleReport(must_retry=True)))
    assert held_up.state.what == "Something is left, and tried again"
    faulty = stage.tell(ServiceEvent(report=CycleReport(diagnostics=[Diagnostic("config.yaml", 1, 1, "HD203")])))
    assert faulty.state.look is Look.CHANGED
    assert faulty.sections[0].lines[0].look is Look.BAD
    broken = stage.tell(ServiceEvent(diagnostics=(Diagnostic("", 0, 0, "HD535", {"detail": "KeyError"}),)))
    assert "HD535" in broken.state.what
    waits = stage.tell(MADE, ServiceEvent(diagnostics=(Diagnostic("", 0, 0, "HD521", severity=Severity.WARNING),)))
    assert waits.state.look is Look.GOOD
    assert "HD521" in waits.news.lines[0].what
    stage.live.stop.set()
    assert stage.live.compose().state.what.startswith("Ending")


def test_work_has_a_bar_once_it_takes_longer_than_a_moment(
    make_stage: Callable[[], Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = make_stage()
    monkeypatch.setattr(watchers, "PATIENCE_SECONDS", 1.0)
    stage.tell(MADE)
    stage.live.show_progress(Progress("pdf", 1, 18))
    assert stage.live.compose().work is None
    stage.clock.seconds += 1.0
    assert stage.live.compose().work == Work("Making PDFs", 1, 18)
    stage.live.show_progress(Progress("pdf", 18, 18))
    assert stage.live.compose().work is None  # though the round goes on
    assert stage.tell(MADE).state.look is Look.GOOD
    stage.live.show_progress(Progress("documents", 1, 9))
    assert stage.live.compose().work is None  # another work, and another moment


def test_whoever_saved_hears_at_once_that_the_word_files_are_made(make_stage: Callable[[], Stage]) -> None:
    stage = make_stage()
    stage.tell(MADE)
    stage.live.show_progress(Progress("documents", 1, 2))
    assert stage.live.compose().state.what.startswith("Going through")
    for step in (Progress("documents", 2, 2), Progress("pdf", 1, 18), Progress("pdf", 18, 18)):
        stage.live.show_progress(step)
        assert stage.live.compose().state.what.startswith("Word files are made")
    assert stage.tell(MADE).state.what.startswith("All is made")


def test_how_it_stands_is_looked_up_when_something_was_told_and_for_no_frame(
    make_stage: Callable[[], Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = make_stage()
    looks: list[object] = []

    def look(*given: object) -> Outlook:
        looks.append(given)
        return Outlook()

    monkeypatch.setattr(watchers, "read_outlook", look)
    stage.tell(MADE, MADE, MADE)
    for _ in range(100):
        stage.live.take_events()
        stage.live.compose()
    assert len(looks) == 1


def test_a_look_that_takes_long_is_rested_from_while_news_are_told_at_once(
    make_stage: Callable[[], Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = make_stage()
    looks: list[object] = []

    def look(*given: object) -> Outlook:
        looks.append(given)
        stage.clock.seconds += 0.3
        return Outlook()

    monkeypatch.setattr(watchers, "read_outlook", look)
    assert stage.tell(MADE).state.what.startswith("All is made")
    stage.clock.seconds += 2.9
    rested = stage.tell(MADE)
    assert len(rested.news.lines) == 2
    assert rested.state.what.startswith("Word files are made")  # all of it once figures and faults are those of now
    assert len(looks) == 1
    stage.clock.seconds += 0.2
    assert stage.tell().state.what.startswith("All is made")
    assert len(looks) == 2


def test_a_mail_server_that_stays_away_is_told_once_and_again_when_it_goes_anew(
    make_stage: Callable[[], Stage],
) -> None:
    stage = make_stage()
    away = ServiceEvent(delivery=DeliveryReport(fault=MailFault("HD401", host="localhost", port="1025", detail="")))
    assert len(stage.tell(away, away, away).news.lines) == 1
    back = ServiceEvent(delivery=DeliveryReport(accepted=[NoticeId(1)]))
    assert len(stage.tell(back, away).news.lines) == 3


def test_of_a_long_service_only_the_latest_news_are_kept(make_stage: Callable[[], Stage]) -> None:
    stage = make_stage()
    for _ in range(300):
        stage.tell(MADE)
    assert len(stage.live.compose().news.lines) == 200


def _end(stage: Stage, *events: ServiceEvent) -> None:
    with stage.live:
        for event in events:
            stage.live(event)


def test_in_the_end_one_line_stays_and_ctrl_z_is_as_it_was(make_stage: Callable[[], Stage]) -> None:
    stage = make_stage()
    before = signal.getsignal(signal.SIGTSTP)
    _end(stage, MADE, ServiceEvent(stopped=True))
    assert stage.terminal.getvalue().rpartition("\x1b[?1049l")[2] == "10.00.00  stopped: 1 made\n"
    assert signal.getsignal(signal.SIGTSTP) == before
    assert stage.lines.told == []


def test_a_terminal_that_takes_nothing_holds_nobody_up(
    make_stage: Callable[[], Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = make_stage()
    began, takes_again = threading.Event(), threading.Event()

    def show(_: Picture) -> None:
        began.set()
        takes_again.wait(PATIENCE_SECONDS)

    monkeypatch.setattr(stage.live._screen, "show", show)
    with stage.live:
        assert began.wait(PATIENCE_SECONDS)
        stage.live(MADE)
        stage.live.show_progress(Progress("pdf", 1, 2))
        takes_again.set()
    assert stage.terminal.getvalue().endswith("stopped: 1 made\n")


def _break_off(stage: Stage) -> None:
    with stage.live:
        raise KeyboardInterrupt


def test_what_ended_it_is_not_talked_over(make_stage: Callable[[], Stage]) -> None:
    stage = make_stage()
    with pytest.raises(KeyboardInterrupt):
        _break_off(stage)
    assert "stopped" not in stage.terminal.getvalue()
    assert not stage.live._drawer.is_alive()


def test_a_picture_that_cannot_be_drawn_takes_nothing_along_and_lines_go_on(
    make_stage: Callable[[], Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = make_stage()

    def refuse(_: Picture) -> None:
        raise OSError

    monkeypatch.setattr(stage.live._screen, "show", refuse)
    step = Progress("pdf", 1, 2)
    with stage.live:
        stage.live._drawer.join(PATIENCE_SECONDS)
        stage.live(MADE)
        stage.live.show_progress(step)
    assert stage.lines.told == [MADE, step]
    assert stage.terminal.getvalue().splitlines() == [
        "10.00.00  the picture cannot be drawn (OSError); in lines from here on"
    ]
