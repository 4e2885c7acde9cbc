"""Families in worker processes: one that dies takes nobody's documents with it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.making import workers
from hopdocs.cycle.making.crew import work
from hopdocs.cycle.making.crew.frames import FrameReader, Word, frame
from hopdocs.cycle.making.crew.worker import Chunk, Worker
from hopdocs.cycle.run import CycleOptions, Progress
from hopdocs.cycle.shared_inputs import read_shared_inputs
from hopdocs.cycle.template_store import TemplateStore
from hopdocs.package_data import shipped_path
from hopdocs.workspace import open_workspace
from tests.unit.cycle import fatal_families
from tests.unit.cycling import Desk, SetClock, actions, copy_example
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from hopdocs.cycle.tasks import Settings

MANY = workers.WORTH_A_WORKER + 2
SMALL = "hop-2026-009.yaml"
"""The sample family that has hardly any documents yet."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many families that it takes workers; nothing is made of them yet."""
    desk = copy_example(tmp_path_factory.mktemp("many") / "workspace")
    text = (shipped_path("families") / SMALL).read_text("utf-8")
    for path in (desk.root / "families").glob("*.yaml"):
        path.unlink()
    for number in range(MANY):
        name = {3: "fatal", 12: "passing", 20: "still"}.get(number, f"hop-2026-{number + 100}")
        family = text.replace("HOP-2026-009", f"HOP-2026-{number + 100}")
        (desk.root / "families" / f"{name}.yaml").write_text(family, "utf-8")
    return desk.root


@pytest.fixture
def desk(written: Path, tmp_path: Path) -> Desk:
    shutil.copytree(written, tmp_path / "workspace")
    return Desk(tmp_path / "workspace", SetClock())


PARENT = """
import sys, time
from pathlib import Path
from hopdocs.cycle.making.crew.worker import Worker
from hopdocs.cycle.shared_inputs import read_shared_inputs
from hopdocs.clock import SystemClock
from hopdocs.workspace import open_workspace
if __name__ == "__main__":
    worker = Worker(read_shared_inputs(open_workspace(Path(sys.argv[1])), SystemClock(), writes=True).settings)
    while not worker.has_begun:
        worker.take()
        time.sleep(0.01)
    print(worker.process.pid, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def settings(desk: Desk) -> Settings:
    return read_shared_inputs(open_workspace(desk.root), desk.clock, writes=True, fallback_config=None).settings


@pytest.fixture(scope="module")
def expected(written: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process makes of them."""
    root = tmp_path_factory.mktemp("expected") / "workspace"
    shutil.copytree(written, root)
    desk = Desk(root, SetClock())
    desk.cycle(CycleOptions(jobs=1))
    return documents(desk)


def documents(desk: Desk) -> dict[str, bytes]:
    return {name: data for name, data in desk.files().items() if name.endswith(".docx")}


def left_over(desk: Desk) -> list[Path]:
    return list((desk.root / "out").rglob(".hopdocs-*"))


def test_a_killed_worker_costs_no_family_its_documents(desk: Desk, expected: dict[str, bytes]) -> None:
    killed: list[int] = []

    def kill_one(_: Progress) -> None:
        if not killed:
            victim = active_children()[0].pid
            assert victim is not None
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)

    report = desk.cycle(CycleOptions(jobs=2, progress=kill_one))
    assert killed
    assert documents(desk) == expected
    assert actions(report, "made") == expected.keys()
    assert not [item for item in report.diagnostics if item.code.startswith("HD5")]
    assert left_over(desk) == []


def test_families_that_end_or_stop_their_worker_are_told_of_and_the_others_are_made(
    desk: Desk, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for the rest of half a message, from a worker that was killed or from one that stands still."""

    def is_stopped(worker: Worker) -> bool:
        """Instead of minutes: the system says so."""
        stat = Path(f"/proc/{worker.process.pid}/stat").read_text("ascii")
        return worker.silent_seconds > 0 and stat.rpartition(")")[2].split()[0] == "T"

    monkeypatch.setattr(work, "serve", fatal_families.serve_until_fatal)
    monkeypatch.setattr(workers, "is_stuck", is_stopped)
    report = desk.cycle(CycleOptions(jobs=2))
    assert (desk.root / "passing.seen").exists()
    told = {"HD537": fatal_families.FATAL, "HD702": fatal_families.STILL}
    assert {item.code: item.path for item in report.diagnostics if item.code in told} == told
    missing = ("out/fatal/", "out/still/")
    assert documents(desk) == {name: data for name, data in expected.items() if not name.startswith(missing)}
    assert report.evaluated == MANY
    assert left_over(desk) == []
    assert not active_children()
    again = desk.cycle(CycleOptions(jobs=2))
    assert again.evaluated == 0
    assert {item.code: item.path for item in again.diagnostics if item.code in told} == told


def test_silence_has_a_limit_that_no_family_reaches(settings: Settings) -> None:
    worker = Worker(settings)
    try:
        worker.silent_seconds = workers.SILENT_SECONDS - 1
        assert not workers.is_stuck(worker)
        worker.silent_seconds += 2
        assert workers.is_stuck(worker)
    finally:
        worker.end(at_once=True)


def test_where_no_worker_can_live_this_process_does_the_work(
    desk: Desk, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "serve", fatal_families.die)
    report = desk.cycle(CycleOptions(jobs=2))
    assert documents(desk) == expected
    assert report.evaluated == MANY


def test_what_a_worker_finds_wrong_is_raised_where_it_is_waited_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("nobody thought of this")

    monkeypatch.setattr(work, "make_chunk", fail)
    message = work.answer(TemplateStore(settings), [], lambda: None)
    worker = Worker(settings)
    try:
        with pytest.raises(LookupError):
            worker.hear(*next(FrameReader().feed(message)))
    finally:
        worker.end(at_once=True)


def test_a_worker_is_told_that_memory_is_short_before_the_machine_has_none(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "serve", fatal_families.tell_limit)
    worker, chunk = Worker(settings), Chunk([])
    worker.chunks.append(chunk)
    while chunk.products is None and not worker.has_hung_up:
        worker.take()
        time.sleep(0.01)
    worker.end()
    assert repr(chunk.products) == str(work.MOST_WORKER_BYTES)


def test_workers_end_with_their_parent(desk: Desk) -> None:
    """However it ends: here it is killed while its worker waits for work."""
    with subprocess.Popen([sys.executable, "-c", PARENT, str(desk.root)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not Path(f"/proc/{worker}").exists()


def test_a_message_is_put_together_from_any_pieces() -> None:
    reader, stream = FrameReader(), frame(Word.SIGN) + frame(Word.DONE, b"products") + frame(Word.SIGN)
    pieces = [stream[start : start + 5] for start in range(0, len(stream), 5)]
    found = [message for piece in pieces for message in reader.feed(piece)]
    assert found == [(Word.SIGN, b""), (Word.DONE, b"products"), (Word.SIGN, b"")]
