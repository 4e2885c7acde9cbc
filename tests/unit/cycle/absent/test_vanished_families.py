"""Families' files that go missing together take no documents along, and what is final stays in any case."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from docx import Document

from hopdocs.cycle.run import CycleOptions, Session
from hopdocs.freshness.cache_keys import MetaKey
from hopdocs.package_data import shipped_path
from hopdocs.workspace import open_workspace
from tests.unit.cli.running import run
from tests.unit.cycling import FAMILY, OUT, Desk, SetClock, actions, copy_example

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.cycle.run import CycleReport

SMALL = "hop-2026-009.yaml"
"""The sample family that has hardly any documents yet."""
HELD = f"{OUT}/dagsorden-formoede.docx"
DRAFT = f"{OUT}/dagsorden-familieplan.docx"
DAY = ("--today", "2026-11-21")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six small families, their documents made."""
    desk = copy_example(tmp_path_factory.mktemp("vanishing") / "workspace")
    text = (shipped_path("families") / SMALL).read_text("utf-8")
    for path in (desk.root / "families").glob("*.yaml"):
        path.rename(path.with_suffix(".large"))
    for number in range(101, 107):
        family = text.replace("HOP-2026-009", f"HOP-2026-{number}")
        (desk.root / "families" / f"hop-2026-{number}.yaml").write_text(family, "utf-8")
    desk.cycle(CycleOptions(jobs=1))
    return desk.root


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    shutil.copytree(built, tmp_path / "workspace")
    return Desk(tmp_path / "workspace", SetClock())


@pytest.fixture(scope="module")
def desk_with_meetings(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One of them has held a meeting. It takes a while to make, so two tests share it."""
    desk = Desk(tmp_path_factory.mktemp("meetings") / "workspace", SetClock())
    shutil.copytree(built, desk.root)
    (desk.root / FAMILY).with_suffix(".large").rename(desk.root / FAMILY)
    desk.cycle(CycleOptions(jobs=1))
    return desk


def told(report: CycleReport) -> list[str]:
    return [item.params["count"] for item in report.diagnostics if item.code == "HD701"]


def small_families(desk: Desk, count: int) -> list[Path]:
    return sorted((desk.root / "families").glob("hop-2026-10?.yaml"))[:count]


def put_another_template(desk: Desk, line: str) -> None:
    (desk.root / "templates").mkdir(exist_ok=True)
    document = Document(str(shipped_path("templates") / "dagsorden.docx"))
    document.add_paragraph(line)
    document.save(str(desk.root / "templates/dagsorden.docx"))


def test_an_empty_folder_is_a_share_that_is_not_mounted(desk_with_meetings: Desk) -> None:
    desk = desk_with_meetings
    before = desk.files()
    (desk.root / "families").rename(desk.root / "elsewhere")
    (desk.root / "families").mkdir()
    report = desk.cycle()
    assert desk.files() == before
    assert told(report) == ["7"]
    assert report.families == len(list((desk.root / "elsewhere").glob("*.yaml")))
    assert "HD701" in (desk.root / "out/overblik.html").read_text("utf-8")
    assert told(desk.cycle()) == ["7"]
    (desk.root / "families").rmdir()
    (desk.root / "elsewhere").rename(desk.root / "families")
    put_another_template(desk, "Tag gerne kaffe med.")
    back = desk.cycle()
    assert not told(back)
    assert desk.files()[HELD] == before[HELD]
    assert desk.files()[DRAFT] != before[DRAFT]


def test_more_than_the_limit_wait_and_a_few_go(desk: Desk) -> None:
    few = small_families(desk, 3)
    for path in few:
        path.unlink()
    assert {path.split("/")[1] for path in actions(desk.cycle(), "removed")} == {path.stem for path in few}
    desk.edit("documents:\n", "documents:\n  vanish_limit: 1\n", "config.yaml")
    before = desk.files()
    for path in small_families(desk, 2):
        path.unlink()
    assert told(desk.cycle()) == ["2"]
    assert desk.files() == before


def test_a_final_letter_stays_and_is_neither_sent_nor_printed_once_its_familys_file_is_gone(desk: Desk) -> None:
    [file] = small_families(desk, 1)
    given = "\ndeliveries:\n  - {document: informationsbrev, to: [bodil], date: 2026-11-21, how: paper}\n"
    file.write_text(file.read_text("utf-8") + given, "utf-8")
    desk.cycle()
    final, printed = desk.root / "out" / file.stem, desk.root / "out/_udsendelse/papir-2026-11-21.pdf"
    laid = final / "udsendelse/papir/bodil/informationsbrev-bodil.pdf"
    for path in (laid, printed):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"%PDF")
    file.unlink()
    desk.cycle()
    assert (final / "informationsbrev-bodil.docx").is_file()
    assert not laid.exists()
    assert not printed.exists()


def test_the_only_family_goes_as_the_sample_does_when_a_newcomer_deletes_it(desk: Desk) -> None:
    for path in small_families(desk, 5):
        path.rename(path.with_suffix(".elsewhere"))
    desk.cycle()
    assert "5 released" in run("-w", desk.root, *DAY, "removed", "all").out
    desk.cycle()
    [last] = (desk.root / "families").glob("*.yaml")
    last.unlink()
    assert not told(desk.cycle())
    assert not list((desk.root / "out").glob("hop-2026-*/*.docx"))


def test_what_waits_goes_on_waiting_while_the_others_come_back_one_by_one(desk: Desk) -> None:
    before = desk.files()
    gone = {path: path.read_bytes() for path in small_families(desk, 5)}
    for path in gone:
        path.unlink()
    assert told(desk.cycle()) == ["5"]
    for left, (path, data) in enumerate(reversed(gone.items())):
        path.write_bytes(data)
        dry = desk.cycle(CycleOptions(writes=False))
        assert (told(dry), actions(dry, "removed")) == ([str(4 - left)] if left < 4 else [], set())
        assert told(desk.cycle()) == ([str(4 - left)] if left < 4 else [])
        assert desk.files() == before


def test_a_service_asks_once_and_does_not_hurry(desk: Desk) -> None:
    gone = small_families(desk, 5)
    for path in gone:
        path.unlink()
    first = desk.cycle(CycleOptions(may_remove=frozenset()))
    assert not told(first)
    assert len(first.missing) == len(gone)
    ripe = frozenset(first.missing)
    assert told(desk.cycle(CycleOptions(may_remove=ripe))) == ["5"]
    waiting = desk.cycle(CycleOptions(may_remove=frozenset()))
    assert told(waiting) == ["5"]
    assert not waiting.missing


def test_another_device_under_the_folder_is_an_accident_also_for_one_family(desk: Desk) -> None:
    with Session(open_workspace(desk.root), desk.clock) as session:
        session.cache.set_meta(MetaKey.FAMILIES_DEVICE, "1")
    before = desk.files()
    small_families(desk, 1)[0].unlink()
    assert told(desk.cycle()) == ["1"]
    assert desk.files() == before


def test_a_file_that_was_saved_under_another_ending_is_told_and_keeps_its_documents(desk: Desk) -> None:
    before = desk.files()
    [path] = small_families(desk, 1)
    saved_as = path.rename(path.with_suffix(".yaml.txt"))
    report = desk.cycle()
    assert (told(report), desk.files()) == (["1"], before)
    assert f"families/{saved_as.name}" in {item.path for item in report.diagnostics if item.code == "HD505"}
    saved_as.rename(path)
    assert (told(desk.cycle()), desk.files()) == ([], before)


def test_without_the_cache_nobody_knows_what_was_final(desk: Desk) -> None:
    before = desk.files()
    small_families(desk, 1)[0].unlink()
    (desk.root / ".hopdocs/cache.db").unlink()
    assert told(desk.cycle()) == ["1"]
    assert desk.files() == before


def test_a_checkout_of_a_branch_from_before_removes_nothing(desk: Desk) -> None:
    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@vesterlyng.example", *words],
            cwd=desk.root,
            check=True,
            capture_output=True,
        )

    (desk.root / ".gitignore").write_text("out/\n.hopdocs/\n*.large\n", "utf-8")
    kept = small_families(desk, 1)[0]
    git("init", "-q", "-b", "main")
    git("add", "config.yaml", ".gitignore", str(kept))
    git("commit", "-qm", "one family")
    git("branch", "before")
    git("add", "-A")
    git("commit", "-qm", "all families")
    before = desk.files()
    git("checkout", "-q", "before")
    assert told(desk.cycle()) == ["5"]
    assert desk.files() == before
    git("checkout", "-q", "main")
    again = desk.cycle()
    assert not told(again)
    assert not actions(again, "made")


def test_a_person_says_that_they_were_deleted_and_what_is_final_stays(desk_with_meetings: Desk) -> None:
    desk = desk_with_meetings
    text = (desk.root / FAMILY).read_bytes()
    before = desk.files()
    for path in [*small_families(desk, 4), desk.root / FAMILY]:
        path.unlink()
    shown = run("-w", desk.root, *DAY, "build")
    assert shown.code == 1
    assert "files of families that are gone: 5" in shown.err
    assert run("-w", desk.root, *DAY, "status").code == 1
    assert "hop-2026-007.yaml" in run("-w", desk.root, *DAY, "removed").out
    assert run("-w", desk.root, *DAY, "removed", "nobody").code == 2
    assert "1 released" in run("-w", desk.root, *DAY, "removed", "HOP-2026-007").out
    assert told(desk.cycle()) == ["4"]
    assert DRAFT not in desk.files()
    assert desk.files()[HELD] == before[HELD]
    run("-w", desk.root, *DAY, "removed", "all")
    assert not told(desk.cycle())
    assert run("-w", desk.root, *DAY, "status").code == 0
    assert {path.split("/")[1] for path in desk.files()} == {"hop-2026-007", "hop-2026-105", "hop-2026-106"}
    again = desk.cycle()
    assert not actions(again, "removed")
    put_another_template(desk, "Tag gerne te med.")
    (desk.root / ".hopdocs/cache.db").unlink()
    (desk.root / FAMILY).write_bytes(text)
    desk.cycle()
    assert desk.files()[HELD] == before[HELD]
    assert desk.files()[DRAFT] != before[DRAFT]
