"""Families made together: what the disk refuses is made once more, and nothing is lost or left lying about."""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from hopdocs.cycle.making import production
from hopdocs.evaluation import FamilyOutcome, evaluate_family
from hopdocs.package_data import shipped_path
from tests.unit.cycling import FAMILY, OUT, Desk, actions, copy_example

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hopdocs.cycle.run import CycleReport


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return copy_example(tmp_path / "workspace")


def _refuse(*_: object) -> NoReturn:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


@contextmanager
def _failing_sync(_: Path, __: int) -> Iterator[Callable[[], None]]:
    yield _refuse


def _temporaries(desk: Desk) -> list[str]:
    return [path.name for path in (desk.root / "out").rglob(".hopdocs-*")]


def _faults(report: CycleReport, code: str) -> set[str]:
    return {item.path for item in report.diagnostics if item.code == code}


def test_a_sync_that_fails_for_somebody_else_s_file_costs_no_document(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(production, "sync_together", _failing_sync)
    made = actions(desk.cycle(), "made")
    monkeypatch.undo()
    expected = copy_example(tmp_path / "other")
    assert made == actions(expected.cycle(), "made")
    assert desk.files() == expected.files()
    assert _temporaries(desk) == []


def test_what_the_disk_cannot_keep_is_a_fault_and_made_when_it_can(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.cycle()
    before = desk.files()
    desk.edit('start: "10.00"\n    end: "12.00"\n', 'start: "10.30"\n    end: "12.00"\n')
    monkeypatch.setattr(production, "sync_together", _failing_sync)
    monkeypatch.setattr(os, "fsync", _refuse)
    refused = desk.cycle()
    monkeypatch.undo()
    failed = actions(refused, "failed")
    assert failed
    assert _faults(refused, "HD511") == failed
    documents = {name: data for name, data in before.items() if name.endswith(".docx")}
    assert {name: data for name, data in desk.files().items() if name.endswith(".docx")} == documents
    assert _temporaries(desk) == []
    assert actions(desk.cycle(), "made") == failed


def test_every_document_is_synced_before_it_takes_its_name(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    safe: set[str] = set()
    named: dict[str, bool] = {}
    replace = os.replace

    @contextmanager
    def sync_noted(_: Path, __: int) -> Iterator[Callable[[], None]]:
        yield lambda: safe.update(_temporaries(desk))

    def replace_noted(source: str, target: str, **folders: int) -> None:
        named[target] = source in safe
        replace(source, target, **folders)

    monkeypatch.setattr(production, "sync_together", sync_noted)
    monkeypatch.setattr(os, "replace", replace_noted)
    made = actions(desk.cycle(), "made")
    documents = {path.rpartition("/")[2] for path in made}
    assert documents
    assert {name for name, was_safe in named.items() if was_safe} == documents


def test_a_family_without_end_is_stopped_and_tried_again_with_another_template(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never_end(data: bytes, path: str, *rest: Any, **named: Any) -> FamilyOutcome:
        while path == FAMILY:
            pass
        return evaluate_family(data, path, *rest, **named)

    monkeypatch.setattr(production, "MOST_SECONDS", 1.0)  # of the processor: far more than the others take
    monkeypatch.setattr("hopdocs.cycle.outcomes.evaluate_family", never_end)
    stopped = desk.cycle()
    assert _faults(stopped, "HD538") == {FAMILY}
    assert actions(stopped, "made")
    assert not list((desk.root / OUT).glob("*.docx"))
    monkeypatch.undo()
    assert desk.cycle().evaluated == 0, "one that never ends is not tried at every look"
    (desk.root / "templates").mkdir(exist_ok=True)
    template = desk.root / "templates/informationsbrev.docx"
    shutil.copy(shipped_path("templates") / template.name, template)
    with zipfile.ZipFile(template, "a") as package:
        package.comment = b"another one"
    assert {path for path in actions(desk.cycle(), "made") if path.startswith(OUT)}
