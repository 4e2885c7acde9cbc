"""What the system says has changed, and what it fails to say."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from watchdog.observers.api import BaseObserver

from hopdocs.watching import changes as hints_module
from hopdocs.watching.changes import Changes
from hopdocs.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for name in ("families", "templates", "out", ".hopdocs", ".git"):
        (tmp_path / name).mkdir()
    (tmp_path / "config.yaml").touch()
    return Workspace(tmp_path)


def put(workspace: Workspace, name: str) -> None:
    """Into the folder of families in one step: the system tells of it once, and nothing comes after."""
    beside = workspace.root / "out" / name
    beside.write_text("x", "utf-8")
    beside.replace(workspace.families / name)


@pytest.fixture
def changes(workspace: Workspace) -> Iterator[Changes]:
    with Changes(workspace) as watching:
        yield watching


def test_only_what_people_write_is_a_change(workspace: Workspace, changes: Changes) -> None:
    for path in ("out/x.docx", ".hopdocs/cache.db", ".git/index", "families/.hop-1.yaml.swp", "families/hop-1.yaml~"):
        (workspace.root / path).write_text("x", "utf-8")
    assert not changes.wait(0.3)
    put(workspace, "hop-1.yaml")
    assert changes.wait(60)
    assert changes.take() == {"families/hop-1.yaml"}
    assert not changes.is_waiting()


def test_a_mail_in_the_folder_of_answers_is_a_hint_wherever_that_is(
    changes: Changes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("svar")
    (folder / "early.eml").write_text("x", "utf-8")
    changes.follow_answers(folder)
    assert changes.wait(60), "it may have come after the folder was read"
    changes.take()
    (folder / ".half.eml").write_text("x", "utf-8")
    (folder / "list.txt").write_text("x", "utf-8")
    assert not changes.wait(0.3)
    (folder / "a.eml").write_text("x", "utf-8")
    assert changes.wait(60)
    assert changes.take() == {"mail/a.eml"}


def test_reading_is_no_change(workspace: Workspace, changes: Changes) -> None:
    (workspace.root / "config.yaml").read_bytes()
    list(workspace.families.iterdir())
    assert not changes.wait(0.2)


def test_a_handler_that_fails_does_not_end_the_watching(
    workspace: Workspace, changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = threading.Event()

    def fail(_paths: list[str]) -> None:
        failed.set()
        raise RuntimeError

    monkeypatch.setattr(changes, "_note", fail)
    (workspace.families / "hop-1.yaml").write_text("x", "utf-8")
    assert failed.wait(60)
    monkeypatch.undo()
    (workspace.families / "hop-2.yaml").write_text("x", "utf-8")
    assert changes.wait(60)


def test_without_watches_entries_are_compared(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: BaseObserver) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(BaseObserver, "start", refuse)
    monkeypatch.setattr(hints_module, "POLL_SECONDS", 0.05)
    with Changes(workspace) as polling:
        assert polling.is_polling
        (workspace.families / "hop-1.yaml").write_text("x", "utf-8")
        assert polling.wait(60)
        assert polling.take() == {"families/hop-1.yaml"}


def test_a_recreated_folder_is_found_and_watched_anew(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hints_module, "LOOK_SECONDS", 0.1)
    with Changes(workspace) as watching:
        watch, renewed = watching._watch, threading.Event()

        def watch_anew() -> None:
            monkeypatch.setattr(hints_module, "LOOK_SECONDS", 600.0)  # from now on only an event tells
            watch()
            renewed.set()

        monkeypatch.setattr(watching, "_watch", watch_anew)
        workspace.families.rmdir()
        workspace.families.mkdir()
        while not renewed.is_set():
            watching.wait(0.1)
            watching.take()
        watching.take()
        put(workspace, "hop-1.yaml")
        assert watching.wait(60)


def test_what_changed_without_a_word_while_something_else_was_taken_is_found(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hints_module, "LOOK_SECONDS", 600.0)
    with Changes(workspace) as watching:
        heard = watching._note
        monkeypatch.setattr(watching, "_note", lambda paths: heard([path for path in paths if "deaf" not in path]))
        put(workspace, "hop-1.yaml")
        put(workspace, "deaf.yaml")
        assert watching.wait(60)
        assert watching.take() == {"families/hop-1.yaml"}
        monkeypatch.setattr(hints_module, "LOOK_SECONDS", 0.05)
        watching._next_look = 0.0
        assert watching.wait(60)
        assert watching.take() == {"families/deaf.yaml"}
        assert not watching.wait(0.3), "each change is told once"
        (workspace.families / "deaf.yaml").unlink()
        assert watching.wait(60)
        assert watching.take() == {"families/deaf.yaml"}
        assert not watching.wait(0.3)


def test_taking_one_change_lists_no_folder(
    workspace: Workspace, changes: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace.families / "hop-1.yaml").write_text("x", "utf-8")
    assert changes.wait(60)
    changes.settle()
    monkeypatch.setattr(changes, "_list_entries", None)
    assert changes.take() == {"families/hop-1.yaml"}


def test_waking_ends_a_wait(changes: Changes) -> None:
    changes.wake()
    assert changes.wait(60)
    assert changes.take() == frozenset()
