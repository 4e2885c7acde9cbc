"""The process that binds plans: what each fork of it is spared, and what becomes of it when something ends."""

from __future__ import annotations

import errno
import json
import resource
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from io import BufferedRWPair, BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.errors import ConverterFault
from hopdocs.rendering.pdf import binding
from hopdocs.rendering.pdf.binder import Binder, Told
from hopdocs.rendering.pdf.bundle import Attachment, BindingLimits, bind_plan
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAYED = """
import os, signal, sys, time
from pathlib import Path
from hopdocs.rendering.pdf import binding
def play(request, files, tell_progress):
    does = files[0].decode()
    if does == "reads" and files[1:]:
        tell_progress(0)
    Path({folder!r}, does).write_text(str(os.getpid()))
    if does == "waits" or does == "reads" and files[1:]:
        time.sleep({patience})
    if does == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if does.startswith("is killed") and files[1:]:
        tell_progress(0)
        with open(Path({folder!r}, "killed"), "a") as killed:
            killed.write(".")
            if killed.tell() <= int(does[-1]):
                os.kill(os.getpid(), signal.SIGKILL)
    if does == "fails":
        raise RuntimeError
    return str(os.getppid()).encode(), 1, []
binding.bind = play
binding.resource.setrlimit = lambda *_: None
binding.main()
"""


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Every process that is started to fork, whose forks do what their first file says."""
    found: list[subprocess.Popen[bytes]] = []
    script = PLAYED.format(folder=str(tmp_path), patience=PATIENCE_SECONDS)

    class Played(subprocess.Popen[bytes]):
        def __init__(self, command: list[str], **more: Any) -> None:
            super().__init__([command[0], "-c", script], **more)
            found.append(self)

    monkeypatch.setattr(subprocess, "Popen", Played)
    return found


@pytest.fixture
def binder() -> Iterator[Binder]:
    with Binder() as it:
        yield it


def ask(binder: Binder, *files: bytes, patience_seconds: float = PATIENCE_SECONDS) -> Told:
    sizes = [len(data) for data in files]
    limits = asdict(BindingLimits(wall_seconds=PATIENCE_SECONDS))
    request = {"title": "", "titles": ["Plan"], "sizes": sizes, "limits": limits}
    return binder.ask(request, files, interrupts=binder.interrupts, patience_seconds=patience_seconds)


def wait_for(path: Path) -> None:
    while not path.exists():
        threading.Event().wait(0.01)


def test_one_process_reads_its_libraries_for_all_plans(started: list[Any], binder: Binder) -> None:
    answers = [ask(binder, b"binds") for _ in range(3)]
    assert [answer.code for answer in answers] == [0, 0, 0]
    assert len(started) == 1


def test_each_plan_is_bound_by_a_fork_of_its_own_that_ends(started: list[Any], binder: Binder, tmp_path: Path) -> None:
    pids = []
    for _ in range(2):
        ask(binder, b"binds")
        pids.append((tmp_path / "binds").read_text())
    assert len({*pids, str(started[0].pid)}) == 3
    assert not any(_is_there(int(pid)) for pid in pids)


@pytest.mark.parametrize(("does", "code"), [(b"dies", -9), (b"fails", 1)])
def test_a_fork_that_ends_says_how_and_the_next_plan_is_bound(
    started: list[Any], binder: Binder, does: bytes, code: int
) -> None:
    assert ask(binder, does) == Told(b"", code)
    assert ask(binder, b"binds").code == 0
    assert len(started) == 1


def test_a_process_that_somebody_has_ended_is_replaced_unseen(started: list[Any], binder: Binder) -> None:
    ask(binder, b"binds")
    started[0].kill()
    started[0].wait()
    assert ask(binder, b"binds").code == 0
    assert len(started) == 2


def test_what_is_under_way_can_be_broken_off_and_asked_for_again(
    started: list[Any], binder: Binder, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(ask, binder, b"waits")
        wait_for(tmp_path / "waits")
        binder.interrupt()
        assert asked.result() == Told(b"", None)
    assert ask(binder, b"binds").code == 0
    assert len(started) == 2


@pytest.mark.parametrize("tries", [1, 2], ids=["before the first fork", "between two"])
def test_what_is_broken_off_before_a_fork_is_taken_is_not_begun(
    started: list[Any], binder: Binder, monkeypatch: pytest.MonkeyPatch, tries: int
) -> None:
    """The socket is made before: then somebody breaks off."""
    make, made = socket.socketpair, []

    def make_late() -> Any:
        made.append(make())
        if len(made) == tries:
            binder.interrupt()
        return made[-1]

    ask(binder, b"binds")
    monkeypatch.setattr(socket, "socketpair", make_late)
    with pytest.raises(ConverterFault) as caught:
        bind_plan(b"is killed 1", [Attachment("a.pdf", b"A", "A")], title="", binder=binder)
    assert (caught.value.code, caught.value.params["reason"]) == ("HD334", "broken off")
    assert len(started) == 1


def test_an_attachment_that_was_being_read_is_not_to_blame_for_that(
    started: list[Any], binder: Binder, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(bind_plan, b"reads", [Attachment("a.pdf", b"A", "A")], title="", binder=binder)
        wait_for(tmp_path / "reads")
        binder.interrupt()
        with pytest.raises(ConverterFault) as caught:
            asked.result()
    assert (caught.value.code, caught.value.params["reason"]) == ("HD334", "broken off")
    assert len(started) == 1


@pytest.mark.parametrize(("times", "left_out"), [(1, []), (2, ["HD342"])])
def test_an_attachment_is_left_out_if_it_is_read_twice_as_the_system_ends_the_fork(
    started: list[Any], binder: Binder, times: int, left_out: list[str]
) -> None:
    """Once may have been for want of memory that another program took."""
    plan = f"is killed {times}".encode()
    bound = bind_plan(plan, [Attachment("a.pdf", b"A", "A")], title="", binder=binder)
    assert [fault.code for fault in bound.faults] == left_out
    assert len(started) == 1


def test_a_fork_that_computes_for_too_long_ends_otherwise_than_by_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where both limits are the same, the kernel sends SIGKILL, as it does for want of memory (setrlimit(2))."""
    limits: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(signal, "setitimer", lambda *_: None)
    monkeypatch.setattr(binding, "bind", lambda *_: (b"", 1, []))
    request = {"sizes": [], "limits": asdict(BindingLimits(cpu_seconds=7))}
    binding.serve(BufferedRWPair(BytesIO(json.dumps(request).encode() + b"\n"), BytesIO()))
    assert limits[resource.RLIMIT_CPU] == (7, 8)


def test_two_plans_are_bound_at_a_time(started: list[Any], binder: Binder, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(ask, binder, b"waits")
        wait_for(tmp_path / "waits")
        assert ask(binder, b"binds").code == 0
        assert not asked.done()
        binder.interrupt()
    assert len(started) == 1


def test_one_that_stands_still_is_given_up_and_the_next_plan_is_bound(started: list[Any], binder: Binder) -> None:
    ask(binder, b"binds")
    started[0].send_signal(signal.SIGSTOP)
    assert ask(binder, b"binds", patience_seconds=0.1) == Told(b"", None)
    assert started[0].returncode == -signal.SIGKILL
    assert ask(binder, b"binds").code == 0
    assert len(started) == 2


def test_where_too_much_is_open_a_plan_is_not_bound_now(binder: Binder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(socket, "socketpair", refuse)
    with pytest.raises(ConverterFault) as caught:
        ask(binder, b"binds")
    assert (caught.value.code, caught.value.params["reason"]) == ("HD334", "Too many open files")


def test_one_that_is_closed_binds_nothing_more(started: list[Any], binder: Binder) -> None:
    binder.close()
    with pytest.raises(ConverterFault) as caught:
        ask(binder, b"binds")
    assert caught.value.code == "HD334"
    assert not started


def test_nothing_outlives_a_parent_that_is_killed() -> None:
    script = (
        "import os, signal\n"
        "from hopdocs.rendering.pdf.binder import Binder\n"
        "from tests.unit.rendering.pdf.test_binder import ask\n"
        "from tests.unit.rendering.pdf.files import sheets\n"
        "binder = Binder(); ask(binder, sheets(1)); print(binder._waiting._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        while _is_there(pid):
            threading.Event().wait(0.01)


def _is_there(pid: int) -> bool:
    """Whether it still runs; one that nobody has asked how it ended does not."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123 - a word of the kernel's
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
