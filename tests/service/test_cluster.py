"""Families made by real workers of a real scheduler, some of which die or hang at it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bench.cluster_parts import Part, Parts, make_certificates, running_cluster
from hopdocs.cluster import worker
from hopdocs.cluster.connection import connect_cluster
from hopdocs.cycle.making import workers
from hopdocs.cycle.making.elsewhere.place import Asked, Elsewhere
from hopdocs.cycle.making.elsewhere.sealed import Answer, Word
from hopdocs.cycle.run import CycleOptions, CycleReport, Progress, Session
from hopdocs.errors import ClusterFault
from hopdocs.package_data import shipped_path
from hopdocs.workspace import open_workspace
from tests.unit.cycling import Desk, SetClock, copy_example
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAMILIES = 28
CHUNK = 4
SMALL = "hop-2026-009.yaml"
"""The sample family that has hardly any documents yet."""


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "CHUNK", CHUNK)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    with running_cluster(make_certificates(tmp_path_factory.mktemp("certificates") / "all"), 3) as parts:
        yield parts


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many families that they leave this machine; nothing is made of them yet."""
    desk = copy_example(tmp_path_factory.mktemp("many") / "workspace")
    text = (shipped_path("families") / SMALL).read_text("utf-8")
    for path in (desk.root / "families").glob("*.yaml"):
        path.unlink()
    for number in range(FAMILIES):
        family = text.replace("HOP-2026-009", f"HOP-2026-{number + 100}")
        (desk.root / "families" / f"hop-2026-{number + 100}.yaml").write_text(family, "utf-8")
    return desk.root


@pytest.fixture(scope="module")
def expected(written: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What this machine makes of them."""
    root = tmp_path_factory.mktemp("expected") / "workspace"
    shutil.copytree(written, root)
    desk = Desk(root, SetClock())
    desk.cycle(CycleOptions(jobs=1))
    return desk.files()


@dataclass(frozen=True)
class Harm:
    """What somebody does to a worker in the middle of a build, and how long an answer is waited for then."""

    victim: Part
    signal: signal.Signals
    patience_seconds: float

    def build(self, desk: Desk, cluster: Parts) -> CycleReport:
        seen: list[int] = []

        def strike(step: Progress) -> None:
            if not seen:
                self.victim.process.send_signal(self.signal)
            seen.append(step.done)

        place = connect_cluster(
            cluster.address, cluster.certificates, makes_pdf=False, patience_seconds=self.patience_seconds
        )
        with place as elsewhere, Session(open_workspace(desk.root), desk.clock, elsewhere=elsewhere) as session:
            report = desk.cycle(CycleOptions(jobs=1, progress=strike), session)
        assert seen[0] < FAMILIES
        return report


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[Word | None]:
    """How each piece of work came back; None if it did not."""
    came: list[Word | None] = []
    wait = Elsewhere.wait

    def note(place: Elsewhere, asked: Asked | None) -> Answer | None:
        answer = wait(place, asked)
        came.append(answer.word if answer is not None else None)
        return answer

    monkeypatch.setattr(Elsewhere, "wait", note)
    return came


def test_a_worker_that_is_killed_and_one_that_hangs_cost_nothing_and_nobody_writes_to_a_disk(
    written: Path, expected: dict[str, bytes], cluster: Parts, answers: list[Word | None], tmp_path: Path
) -> None:
    killed, hanging, healthy = cluster.workers
    before = healthy.written_bytes()
    for harm in (Harm(killed, signal.SIGKILL, PATIENCE_SECONDS), Harm(hanging, signal.SIGSTOP, 3.0)):
        desk = Desk(tmp_path / harm.signal.name, SetClock())
        shutil.copytree(written, desk.root)
        report = harm.build(desk, cluster)
        assert desk.files() == expected
        made = Counter(line.path for line in report.documents)
        assert made == dict.fromkeys(expected, 1)
        assert report.evaluated == FAMILIES
        assert not [item for item in report.diagnostics if item.code.startswith(("HD53", "HD77"))]
        assert not list((desk.root / "out").rglob(".hopdocs-*"))
        if harm.victim is killed:  # what it had in hand may come back undone, and is done here
            assert answers.count(None) < answers.count(Word.DONE)
    assert answers.count(Word.DONE) > FAMILIES / CHUNK
    assert healthy.written_bytes() == before
    [folder] = healthy.folders()
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, *folder.rglob("*")))


def test_nobody_without_a_certificate_of_the_clusters_own_authority_is_listened_to(
    cluster: Parts, tmp_path: Path
) -> None:
    strangers = make_certificates(tmp_path / "strangers")
    with pytest.raises(ClusterFault) as raised, connect_cluster(cluster.address, strangers, makes_pdf=False):
        pass
    assert raised.value.code == "HD774"
    host, port = cluster.address.removeprefix("tls://").rsplit(":", 1)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cluster.certificates / "ca.pem")
    context.check_hostname = False
    with (
        socket.create_connection((host, int(port))) as plain,
        context.wrap_socket(plain) as nameless,
        pytest.raises((ssl.SSLError, ConnectionResetError)),
    ):
        nameless.recv(1)
    with pytest.raises(ClusterFault) as raised, connect_cluster(f"tcp://{host}:{port}", None, makes_pdf=False):
        pass
    assert raised.value.code == "HD774"


def test_a_worker_that_is_asked_to_end_leaves_nothing_behind_and_sweeps_up_after_others(
    cluster: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    healthy = cluster.workers[-1]
    assert healthy.folders()
    healthy.process.terminate()
    assert healthy.process.wait(PATIENCE_SECONDS) == 0
    assert not healthy.folders()
    monkeypatch.setattr(worker, "MEMORY", tmp_path)
    (tmp_path / f"{worker.PREFIX}{healthy.process.pid}-left").mkdir()
    (tmp_path / f"{worker.PREFIX}{os.getpid()}-busy").mkdir()
    worker._sweep()
    assert [path.name for path in tmp_path.iterdir()] == [f"{worker.PREFIX}{os.getpid()}-busy"]
