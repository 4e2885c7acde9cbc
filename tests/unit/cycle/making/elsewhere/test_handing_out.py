"""Families made on another machine: the same files, whatever that machine does."""

from __future__ import annotations

import errno
import sqlite3
from concurrent.futures import Future
from multiprocessing import active_children
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.cycle.making import workers
from hopdocs.cycle.making.elsewhere.sealed import Answer, Sealed, Word, seal, unseal
from hopdocs.cycle.making.production import GIVEN_UP, produce_chunk
from hopdocs.cycle.making.time_limit import OutOfTime
from hopdocs.cycle.run import CycleOptions, Session
from hopdocs.cycle.template_store import TemplateStore
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.workspace import open_workspace
from tests.unit.cycle.making.elsewhere.executors import Blindfolded, cycle_elsewhere, elsewhere
from tests.unit.cycle.making.test_archive import deliver
from tests.unit.cycling import OUT, Desk, actions, copy_example, reasons

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hopdocs.cycle.tasks import FamilyProduct, FamilyTask
    from hopdocs.freshness.staleness import DocumentKey
    from hopdocs.freshness.versions import Version

OTHER = "families/hop-2026-002.yaml"


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "WORTH_A_WORKER", 1)
    monkeypatch.setattr(workers, "CHUNK", 2)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What this machine makes of the sample families."""
    desk = copy_example(tmp_path_factory.mktemp("expected") / "workspace")
    desk.cycle(CycleOptions(jobs=1))
    return desk.files()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return copy_example(tmp_path / "workspace")


def test_families_made_without_a_look_at_our_disk_are_the_same_through_edits_and_days(
    desk: Desk, tmp_path: Path
) -> None:
    here = copy_example(tmp_path / "here")
    far = Blindfolded(desk.root)
    for step in range(4):
        for each in (desk, here):
            if step == 1:
                each.edit("Karla Regnbuehøj", "Karla Regnbue", OTHER)
                deliver(each, "{document: familieplan, to: [nadira, malte], date: 2026-11-21, how: handed_over}")
            elif step == 2:
                each.edit("Vesterlyng", "Østerlyng", "config.yaml")
            elif step == 3:
                each.clock.pass_days(4)
                deliver(each, "{document: familieplan, to: [nadira], date: 2026-11-25, how: handed_over}")
        there = cycle_elsewhere(desk, far)
        own = here.cycle(CycleOptions(jobs=1))
        assert desk.files() == here.files(), step
        assert reasons(there) == reasons(own)
        assert there.diagnostics == own.diagnostics
        assert there.must_retry == own.must_retry
    assert far.answers.count(Word.DONE) == 4


def test_whoever_lacks_the_settings_is_asked_again_with_them(desk: Desk, expected: dict[str, bytes]) -> None:
    far = Blindfolded(desk.root)
    cycle_elsewhere(desk, far)
    assert far.answers[0] is Word.LACKS_SETTINGS
    assert Word.DONE in far.answers
    assert desk.files() == expected


def test_the_pages_of_families_made_elsewhere_stand_and_are_the_same(desk: Desk, tmp_path: Path) -> None:
    here = copy_example(tmp_path / "here")
    cycle_elsewhere(desk, Blindfolded(desk.root))
    here.cycle(CycleOptions(jobs=1))
    assert _pages(desk) == _pages(here)
    assert f"{OUT}/overblik.html" in _pages(desk)


def test_a_family_that_cannot_be_made_elsewhere_sweeps_nothing_here(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever works may do so on the owner's machine, and later than its answer is waited for."""
    waiting = desk.root / OUT / ".hopdocs-aaaaaaaaaaaaaaaa.tmp"
    swept: list[bool] = []

    class Seeing(Blindfolded):
        def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
            waiting.parent.mkdir(parents=True, exist_ok=True)
            waiting.write_bytes(b"waits for its place")
            monkeypatch.setattr("hopdocs.cycle.making.production.FamilyRun.run", _fail)
            future: Future[Any] = Future()
            future.set_result(self.answer(work, *given, **named))
            swept.append(not waiting.exists())
            return future

    cycle_elsewhere(desk, Seeing(desk.root))
    assert swept
    assert not any(swept)


def test_a_family_that_cannot_be_sent_is_made_here_and_the_others_there(
    desk: Desk, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    latest_versions = TemplateStore.latest_versions
    asked: list[str] = []

    def refuse_once(store: TemplateStore, family: str) -> dict[DocumentKey, Version]:
        asked.append(family)
        if len(asked) == 1:
            raise sqlite3.OperationalError("disk I/O error")
        return latest_versions(store, family)

    monkeypatch.setattr(TemplateStore, "latest_versions", refuse_once)
    far = Blindfolded(desk.root)
    cycle_elsewhere(desk, far)
    assert Word.DONE in far.answers
    assert desk.files() == expected


def _fail(_: object) -> None:
    raise ZeroDivisionError


def _produce_here(crew: workers.Crew, tasks: list[FamilyTask]) -> Iterator[list[FamilyProduct]]:
    yield produce_chunk(crew.own_store, tasks)


def _pages(desk: Desk) -> dict[str, bytes]:
    return {path.relative_to(desk.root).as_posix(): path.read_bytes() for path in (desk.root / "out").rglob("*.html")}


class Careless(Blindfolded):
    """Says this instead of doing anything."""

    def __init__(self, root: Path, says: Callable[[], Answer]) -> None:
        super().__init__(root)
        self._says = says

    def answer(self, work: Callable[..., Any], *_given: Any, **_named: Any) -> Answer:
        self.asked.append(work.__name__)
        return self._says()


def _die() -> Answer:
    raise ConnectionError("the worker is gone")


def test_a_family_that_ends_a_worker_is_made_here_by_one_whom_it_may_end(
    desk: Desk, expected: dict[str, bytes]
) -> None:
    report = cycle_elsewhere(desk, Careless(desk.root, _die))
    assert desk.files() == expected
    assert actions(report, "made") == expected.keys()
    assert not active_children()


@pytest.mark.parametrize(
    "says",
    [
        lambda: Answer.of(Word.REFUSED),
        lambda: Answer.of(Word.LACKS_SETTINGS),
        lambda: Answer.of(Word.FAULT, (False, "HD536", {})),
        lambda: Answer.of(Word.DONE, []),
    ],
    ids=["is another", "always asks", "has a fault", "gives nothing"],
)
def test_what_nobody_makes_elsewhere_is_made_here(
    desk: Desk, expected: dict[str, bytes], says: Callable[[], Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers.Crew, "produce_apart", _produce_here)
    report = cycle_elsewhere(desk, Careless(desk.root, says))
    assert desk.files() == expected
    assert actions(report, "made") == expected.keys()
    assert not list((desk.root / "out").rglob(".hopdocs-*"))


class Lacking(Blindfolded):
    """Has no room, no memory or no time for a family."""

    def __init__(self, root: Path, lack: BaseException) -> None:
        super().__init__(root)
        self._lack = lack

    def answer(self, work: Callable[..., Any], *given: Any, **named: Any) -> Answer:
        def fail(_: object) -> None:
            raise self._lack

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("hopdocs.cycle.making.production.FamilyRun.run", fail)
            return super().answer(work, *given, **named)


@pytest.mark.parametrize("lack", [MemoryError(), OSError(errno.ENOSPC, "no room"), OutOfTime()], ids=repr)
def test_what_another_machine_lacks_is_not_said_of_the_family_which_is_made_here(
    desk: Desk, expected: dict[str, bytes], lack: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers.Crew, "produce_apart", _produce_here)
    far = Lacking(desk.root, lack)
    report = cycle_elsewhere(desk, far)
    assert Word.FAULT in far.answers
    assert Word.DONE not in far.answers
    assert desk.files() == expected
    assert not [item for item in report.diagnostics if item.code in GIVEN_UP]


class Meddling(Blindfolded):
    """Somebody saves a letter here while the families are away."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        future = super().submit(work, *given, **named)
        letter = self._root / OUT / "familieplan-nadira.docx"
        letter.write_bytes(b"with my own words")
        return future


def test_an_edit_of_a_document_while_its_family_is_away_is_kept_aside(desk: Desk) -> None:
    cycle_elsewhere(desk, Blindfolded(desk.root))
    letter = f"{OUT}/familieplan-nadira.docx"
    before = (desk.root / letter).read_bytes()
    desk.edit("Vesterlyng", "Østerlyng", "config.yaml")
    cycle_elsewhere(desk, Meddling(desk.root))
    assert (desk.root / letter).read_bytes() not in (before, b"with my own words")
    assert (desk.root / f"{OUT}/familieplan-nadira.rettet-1.docx").read_bytes() == b"with my own words"


def test_a_disk_that_refuses_is_told_of_as_when_the_family_is_made_here(desk: Desk) -> None:
    (desk.root / "out").mkdir()
    (desk.root / OUT).write_bytes(b"in the way")
    report = cycle_elsewhere(desk, Blindfolded(desk.root))
    assert [item for item in report.diagnostics if item.code == "HD511" and item.severity is Severity.ERROR]
    assert report.must_retry


def test_what_is_amiss_elsewhere_is_told_in_that_build_and_not_in_the_next_one_without(desk: Desk) -> None:
    told = Diagnostic("", 0, 0, "HD776", {"address": "tls://hub.example:1"}, Severity.WARNING, Blocks.NOTHING)
    with (
        elsewhere(Blindfolded(desk.root), tell=lambda: (told,)) as place,
        Session(open_workspace(desk.root), desk.clock, elsewhere=place) as session,
    ):
        report = desk.cycle(CycleOptions(jobs=1), session)
    assert told in report.diagnostics
    assert not report.is_at_rest
    assert told not in desk.cycle(CycleOptions(jobs=1)).diagnostics


def test_what_is_sent_says_nothing_of_itself_in_a_log() -> None:
    sealed = seal({"name": "Nadira"})
    assert "Nadira" not in repr((sealed, Answer(Word.DONE, sealed)))
    assert unseal(sealed) == {"name": "Nadira"}
    assert isinstance(sealed, Sealed)
