"""The loop outlives what goes wrong around it, and says what it waits for."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from hopdocs.git import GitFault
from hopdocs.watching import service as service_module
from hopdocs.watching.changes import Blindness
from hopdocs.watching.git_puller import Puller
from hopdocs.watching.monitor import Monitor
from hopdocs.watching.service import ServiceEvent, _Service
from hopdocs.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.watching.changes import Changes
    from hopdocs.watching.mail_sender import MailSender


@dataclass
class Stage:
    """A service whose cycles do nothing, so that only its waits are on trial; it ends after some of them."""

    root: Path
    turns: int = 3
    seconds: float = 0.0
    told: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    blindness: Blindness | None = None
    wait: Callable[[float], object] = lambda _seconds: None

    def monotonic(self) -> float:
        """A clock that a look at git moves on by half a minute."""
        self.seconds += 30.0
        return self.seconds

    def settle(self) -> None:
        pass

    def take(self) -> frozenset[str]:
        return frozenset()

    def emit(self, event: ServiceEvent) -> None:
        self.told += [(item.code, dict(item.params)) for item in event.diagnostics]

    def monitor(self) -> Monitor:
        return Monitor(Workspace(self.root), cast("Clock", self), None)

    def run(self, monkeypatch: pytest.MonkeyPatch, emit: Callable[[ServiceEvent], None] | None = None) -> _Service:
        monkeypatch.setattr(service_module, "RETRY_SECONDS", (0.0,))
        monkeypatch.setattr(service_module, "GIT_LOOK_SECONDS", 0.0)
        session: Any = SimpleNamespace(book=None, workspace=Workspace(self.root), clock=self)
        service = _Service(session, cast("Changes", self), emit or self.emit, self.stop, None, self.monitor())

        def turn(*_: object) -> float:
            self.turns -= 1
            if self.turns == 0:
                self.stop.set()
            return 0.0

        monkeypatch.setattr(service, "_turn", turn)
        service.run(cast("MailSender", None), cast("Puller", None))
        return service


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (OSError(5, "Input/output error"), "HD535"),
        (RuntimeError("can't start new thread"), "HD535"),
        (MemoryError(), "HD535"),
        (GitFault("HD526", detail=".git: Input/output error"), "HD526"),
    ],
)
def test_a_wait_that_breaks_is_told_once_and_the_next_cycle_comes(
    tmp_path: Path, fault: Exception, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(_seconds: float) -> None:
        raise fault

    stage = Stage(tmp_path, wait=break_down)
    stage.run(monkeypatch)
    assert stage.turns == 0
    assert [told for told, _ in stage.told] == [code]


def test_a_git_folder_that_cannot_be_read_ends_no_watching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").symlink_to(".git")
    stage = Stage(tmp_path, turns=1)

    def tell(event: ServiceEvent) -> None:
        stage.emit(event)
        (tmp_path / ".git").unlink()  # somebody mends it

    stage.run(monkeypatch, tell)
    assert stage.turns == 0
    assert stage.told[0] == ("HD526", {"detail": "index.lock: Too many levels of symbolic links"})


def test_whoever_listens_cannot_end_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_event: ServiceEvent) -> None:
        raise KeyError

    stage = Stage(tmp_path, blindness=Blindness("HD530"))
    stage.run(monkeypatch, fail)
    assert stage.turns == 0


def test_why_the_system_tells_nothing_is_said_when_it_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(tmp_path, blindness=Blindness("HD730", {"kind": "nfs4", "folder": "families"}))
    stage.run(monkeypatch)
    assert stage.told == [("HD730", {"kind": "nfs4", "folder": "families"})]


@pytest.mark.parametrize(("mark", "later"), [("rebase-merge", "HD521"), ("index.lock", "HD522")])
def test_git_at_work_for_long_is_waited_for_and_said_again_and_again(
    tmp_path: Path, mark: str, later: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is made meanwhile; the first word comes after seconds, then one every ten minutes."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / mark).touch()
    stage = Stage(tmp_path, turns=1)

    def tell(event: ServiceEvent) -> None:
        stage.emit(event)
        assert stage.turns == 1
        if len(stage.told) == 4:
            (tmp_path / ".git" / mark).unlink()

    stage.run(monkeypatch, tell)
    assert stage.turns == 0
    assert [(code, params["minutes"]) for code, params in stage.told] == [
        ("HD521", "0"),
        (later, "10"),
        (later, "20"),
        (later, "30"),
    ]


def test_a_pull_that_fails_in_an_unknown_way_is_told_and_the_next_one_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[str] = []
    puller = Puller(Workspace(tmp_path), lambda: woken.append("woken"))
    monkeypatch.setattr("hopdocs.watching.git_puller.find_checkout", lambda _root: 1 / 0)
    puller._pull("main")
    assert puller.fault is not None
    assert puller.fault.code == "HD535"
    monkeypatch.undo()
    puller._pull("main")
    assert woken == ["woken"]


def test_the_same_failing_pull_is_said_once(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    session: Any = SimpleNamespace(book=None, workspace=Workspace(tmp_path), clock=stage)
    service = _Service(session, cast("Changes", stage), stage.emit, stage.stop, None, stage.monitor())
    puller = Puller(Workspace(tmp_path), lambda: None)
    for detail in ("no route", "no route", "no right"):
        puller.fault = GitFault("HD523", detail=detail)
        service._say_once(puller)
    assert [params["detail"] for _, params in stage.told] == ["no route", "no right"]
