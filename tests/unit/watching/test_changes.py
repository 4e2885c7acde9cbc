"""What the system says has changed, and what it fails to say."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from watchdog.observers.api import BaseObserver
from watchdog.observers.inotify import InotifyObserver
from watchdog.observers.inotify_c import InotifyFD

from hopdocs.watching import changes as hints_module
from hopdocs.watching import shares
from hopdocs.watching.changes import Blindness, Changes
from hopdocs.watching.shares import share_kind
from hopdocs.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def test_what_a_municipality_measures_is_a_change(workspace: Workspace, changes: Changes) -> None:
    beside = workspace.root / "out" / "indikatorer.yaml"
    beside.write_text("indicators: []\n", "utf-8")
    beside.replace(workspace.indicators_path)
    assert changes.wait(60)
    assert changes.take() == {"indikatorer.yaml"}


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
    monkeypatch.setattr(hints_module, "AGAIN_SECONDS", 0.01)
    handles = len(list(Path("/proc/self/fd").iterdir()))
    with Changes(workspace) as polling:
        assert polling.is_polling
        (workspace.families / "hop-1.yaml").write_text("x", "utf-8")
        assert polling.wait(60)
        assert polling.take() == {"families/hop-1.yaml"}
        assert len(list(Path("/proc/self/fd").iterdir())) <= handles + 3, "a refused observer lets go of all it had"


def _in_a_namespace(setting: str, code: str) -> str | None:
    """What a program prints as root of a namespace of its own, in which the system's setting is another.

    None where the system lets nobody have one, or change a setting in it.
    """
    name, _, value = setting.partition("=")
    change = f"echo {value} >/proc/sys/user/{name}"
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*command, change], capture_output=True, check=False).returncode:
        return None
    here = Path(__file__).parents[3]
    command.append(f"{change} && exec {sys.executable} -")
    done = subprocess.run(command, input=code, capture_output=True, text=True, check=False, cwd=here)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


IN_Q_OVERFLOW: Final = 0x4000
_POLLS: Final = """
import sys
from pathlib import Path
from hopdocs.watching import changes
from hopdocs.workspace import Workspace
changes.POLL_SECONDS = 0.05
changes.LOOK_SECONDS = 0.05
workspace = Workspace(Path({root!r}))
with changes.Changes(workspace) as watching:
    {meanwhile}
    while watching.blindness is None:
        watching.wait(0.1)
        watching.take()
    (workspace.families / "hop-1.yaml").write_text("x", "utf-8")
    while "families/hop-1.yaml" not in watching.take():
        watching.wait(60)
    print(watching.blindness.code)
"""


@pytest.mark.parametrize(
    ("setting", "meanwhile"),
    [
        ("max_inotify_watches=0", "pass"),
        ("max_inotify_instances=0", "pass"),
        # Enough for all that is there, and then somebody makes more folders of attachments.
        ("max_inotify_watches=4", "[(workspace.families / str(each)).mkdir() for each in range(9)]"),
    ],
)
def test_where_the_system_has_no_more_watches_that_is_seen_and_entries_are_compared(
    workspace: Workspace, setting: str, meanwhile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _in_a_namespace(setting, _POLLS.format(root=str(workspace.root), meanwhile=meanwhile))
    assert told in {"HD530", None}
    if told is None:  # no namespace to be had: the same with an answer that is made up
        monkeypatch.setattr(hints_module, "can_watch_more", lambda _folder: False)
        with Changes(workspace) as watching:
            assert watching.blindness == Blindness("HD530")


def test_watches_that_ran_short_stay_until_there_are_enough(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hints_module, "AGAIN_SECONDS", 0.0)
    with Changes(workspace) as watching:
        observer = watching._watches._observer
        monkeypatch.setattr(hints_module, "can_watch_more", lambda _folder: False)
        for _ in range(3):
            watching._look()
        seen = [watching.blindness]
        assert watching._watches._observer is observer
        monkeypatch.setattr(hints_module, "can_watch_more", lambda _folder: True)
        watching._look()
        assert [*seen, watching.blindness] == [Blindness("HD530"), None]
        assert watching.is_alive()


def test_a_share_is_polled_by_itself(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    place = str(workspace.families).replace(" ", "\\040")
    mounts.write_text(
        f"22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n"
        f"30 22 0:45 / {place} rw,relatime shared:9 - nfs4 server.example:/hop rw\n",
        "utf-8",
    )
    monkeypatch.setattr(shares, "MOUNTS", mounts)
    with Changes(workspace) as watching:
        assert watching.blindness == Blindness("HD730", {"kind": "nfs4", "folder": "families"})
        monkeypatch.setattr(watching, "_note", lambda _paths: None)  # the server tells nobody
        monkeypatch.setattr(hints_module, "POLL_SECONDS", 0.05)
        watching._next_look = 0.0
        (workspace.families / "hop-1.yaml").write_text("x", "utf-8")
        assert watching.wait(60)
        assert watching.take() == {"families/hop-1.yaml"}


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        *((kind, kind) for kind in ("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "vboxsf", "virtiofs")),
        *((kind, "") for kind in ("ext4", "xfs", "btrfs", "tmpfs", "overlay", "fuseblk", "zfs")),
    ],
)
def test_shares_are_known_by_their_kind(kind: str, known: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        f"1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 0:9 / {tmp_path} rw - nfs x rw\n"
        f"3 1 0:9 / {tmp_path} rw master:2 - {kind} x rw\n4 1 8:2 / {tmp_path}-other rw - ext4 y rw\n",
        "utf-8",
    )
    monkeypatch.setattr(shares, "MOUNTS", mounts)
    assert share_kind(tmp_path / "families") == known


def test_the_machines_own_mounts_can_be_read() -> None:
    """The folder of temporary files is on no share where these tests run; and /proc is no file system of files."""
    assert shares.MOUNTS.read_text("utf-8").count(" - ") > 1
    assert share_kind("/proc") == ""


def _reader(watching: Changes) -> InotifyFD:
    observer = watching._watches._observer
    assert isinstance(observer, InotifyObserver)
    return observer._inotify_fd


def test_three_thousand_files_at_once_are_found_though_the_queue_ran_over(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every event is dropped here, and the reader told so; `make fault-injection` lets the kernel do it."""
    monkeypatch.setattr(hints_module, "LOOK_SECONDS", 0.05)
    names = {f"families/hop-{number}.yaml" for number in range(3000)}
    with Changes(workspace) as watching:
        monkeypatch.setattr(watching, "_note", lambda _paths: None)
        ran_over = staticmethod(lambda _read: [(-1, IN_Q_OVERFLOW, 0, b"")])
        monkeypatch.setattr(InotifyFD, "_parse_event_buffer", ran_over)
        for name in names:
            (workspace.root / name).touch()
        watching._next_look = 0.0
        found: set[str] = set()
        while len(found) < len(names):
            assert watching.wait(60)
            watching.settle()
            found |= watching.take()
        assert found == names
        assert watching._watches.are_alive()


def test_where_the_thread_that_reads_the_events_has_died_there_is_a_new_one(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda _args: None)
    monkeypatch.setattr(hints_module, "LOOK_SECONDS", 0.05)
    with Changes(workspace) as watching:
        reader = _reader(watching)
        monkeypatch.setattr(reader, "handle_event", None)  # as a fault in it: it ends with the next event
        put(workspace, "hop-1.yaml")
        reader.join(60)
        while _reader(watching) is reader:
            watching.wait(0.1)
            watching.take()
        monkeypatch.setattr(hints_module, "LOOK_SECONDS", 600.0)
        watching._look()  # what came while nobody read
        watching.take()
        put(workspace, "hop-2.yaml")
        assert watching.wait(60)
        assert watching.take() == {"families/hop-2.yaml"}


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
