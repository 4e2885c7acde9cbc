"""A family that is forgotten stands in no file any more: not packed, not in a database's free pages, not in a mail."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import tempfile
import warnings
from contextlib import closing
from datetime import UTC, date, datetime, time
from shutil import copytree
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from pypdf import PdfWriter

from hopdocs.cycle.erasure import carrying_out
from hopdocs.cycle.run import CycleOptions, run_cycle
from hopdocs.freshness.cache import Cache
from hopdocs.notices.ledger.event_log import find_broken_link
from hopdocs.notices.ledger.reader import LedgerReader
from hopdocs.rendering.docx.tracked.comparison import paragraphs_of
from hopdocs.workspace import open_workspace
from tests.canaries.households import households
from tests.canaries.papers import TRANSLATION
from tests.canaries.searching import files_below, words_in
from tests.canaries.stage import Stage, set_stage
from tests.canaries.words import canaries_in, word_at
from tests.unit.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LAST = ("--today", "2026-11-25")
ID = "HOP-2026-000"
CASE = b"26-000000"
PROJECT = """\
period: {from: 2026-05-01, to: 2028-04-30}
monthly_status: ja
reports: [{kind: kvartal, day: 2026-09-30, approved: 2026-10-12}]
steering_meetings: [{id: vinter, date: 2026-12-08, start: "13.00", end: "14.30", place: havoern}]
"""
MEASURED = "indikatorer.yaml"
"""The municipality's own, whatever is measured of whom: its words stay."""


def cycle(stage: Stage, day: date) -> None:
    stage.clock.moment = datetime.combine(day, time(9), UTC)
    run_cycle(open_workspace(stage.root), stage.clock, CycleOptions(jobs=1, plans_notices=True))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two households; the first has met, was handed papers and mail, and is done. Its every word is known."""
    root = tmp_path_factory.mktemp("forgetting") / "workspace"
    stage = set_stage(root, households(2))
    home = stage.homes[0]
    (root / "project.yaml").write_text(PROJECT, "utf-8")
    config = root / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("mail:\n", "mail:\n  answers: svar\n"), "utf-8")
    folder, out = root / "families" / home.stem, root / "out" / home.stem
    folder.mkdir()
    (folder / f"samtykke-{home.words.new()}.pdf").write_bytes(pdf(home.words.new()))
    home.data["consents"][0]["form"] = next(folder.iterdir()).name
    home.data["meetings"][-1]["place"] = f"home:{home.key('mor')}"
    stage.write()
    cycle(stage, date(2026, 11, 21))
    letter = out / f"invitation-{home.data['meetings'][-1]['id']}-{home.key('far')}.docx"
    letter.write_bytes(letter.read_bytes() + b" ")  # by hand
    (root / "families" / f".{home.stem}.yaml.swp").write_text(home.words.new(), "utf-8")
    handed = {"to": [home.key("mor")], "date": "2026-11-21", "how": "paper"}
    home.data["deliveries"] = [
        {"document": "familieplan"} | handed,
        {"document": "invitation", "meeting": home.data["meetings"][-1]["id"]} | handed,
    ]
    home.data["meetings"][-1] |= {"status": "cancelled", "reason": home.words.new()}
    home.data["closing"] = {"date": "2026-11-22", "reason": home.words.new(), "continues": []}
    stage.write()
    cycle(stage, date(2026, 11, 25))
    (root / "svar").mkdir()
    with closing(sqlite3.connect(root / ".hopdocs" / "ledger.db")) as ledger:
        query = "SELECT min(message_id) FROM notice WHERE family = ?"
        told, mixed = (ledger.execute(query, (family,)).fetchone()[0] for family in (ID, "HOP-2026-001"))
    reply = f"From: rri@vesterlyng.example\nMessage-ID: <1@a.example>\nReferences: {told}\n\n{home.words.new()}\n"
    (root / "svar" / f"svar {home.words.new()}.eml").write_text(reply, "utf-8")
    (root / "svar" / "retur.eml").write_text(f"From: x@vesterlyng.example\n\n{told} {mixed}\n", "utf-8")
    (root / "out" / "_udsendelse").mkdir()
    (root / "out" / "_udsendelse" / "papir-2026-11-24.pdf").write_bytes(pdf(home.words.new()))
    cycle(stage, date(2026, 11, 25))
    return root


def pdf(word: str) -> bytes:
    writer, data = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": word})
    writer.write(data)
    return data.getvalue()


@pytest.fixture
def root(lived: Path, tmp_path: Path) -> Iterator[Path]:
    with patch.object(tempfile, "tempdir", str(tmp_path)):
        yield copytree(lived, tmp_path / "workspace")


def own_words() -> frozenset[str]:
    return frozenset(word_at(450 + number) for number in range(1, 451))


def where(root: Path) -> dict[str, frozenset[str]]:
    """By file: the words of the first household that stand in it, or in its name."""
    files = ((name, data) for name, data in files_below(root) if name != MEASURED)
    found = {name: (words_in(data) | canaries_in(name)) & own_words() for name, data in files}
    return {name: words for name, words in found.items() if words}


def project_words(root: Path) -> dict[str, str]:
    """By name of a paper or page of the project: its words."""
    folder = root / "out" / "_projekt"
    pages = {path.name: path.read_text("utf-8") for path in folder.glob("*.html")}
    return pages | {path.name: "\n".join(paragraphs_of(path.read_bytes())) for path in folder.glob("*.docx")}


def filed(root: Path) -> None:
    assert run("-w", root, *LAST, "dispatch", "journal").code == 0
    assert run("-w", root, *LAST, "dispatch", "journal", "--mark").code == 0


def test_no_word_of_a_course_that_ended_stands_in_any_file_after_it_is_forgotten(root: Path) -> None:
    before, papers = where(root), project_words(root)
    assert {".hopdocs/cache.db", ".hopdocs/ledger.db", "out/_udsendelse/papir-2026-11-24.pdf"} <= before.keys()
    assert any("/udleveret/" in name for name in before)
    assert any("/udleveret/" in name and f"{TRANSLATION}." in name for name in before)
    assert any(name.endswith(".eml") for name in before)
    assert "HD760" in run("-w", root, *LAST, "forget", ID, "--yes").err
    filed(root)
    shown = run("-w", root, *LAST, "forget", ID, "--yes", "--format", "json")
    assert shown.code == 0, shown.err
    assert where(root) == {}
    assert CASE.decode() in "".join(papers.values())
    assert [name for name, text in project_words(root).items() if CASE.decode() in text] == []
    assert project_words(root).keys() == papers.keys()
    assert shown.shape["answers"] == 1
    assert shown.shape["still_named_in"] == [str(root / "svar" / "retur.eml")]  # it is about another family too
    assert any(words_in(data) for name, data in files_below(root / "out" / "hop-2026-001"))


def test_the_ledger_still_says_what_was_told_and_when_and_not_to_whom_or_where(root: Path) -> None:
    filed(root)
    with closing(sqlite3.connect(root / ".hopdocs" / "ledger.db")) as ledger:
        query = "SELECT id, kind, planned_at, message_id FROM notice WHERE family = ? ORDER BY id"
        first, *before = ledger.execute(query, (ID,)).fetchall()
        ledger.execute(
            "UPDATE notice SET family = '' WHERE id = ?", first[:1]
        )  # a mail across families that has it too
        ledger.commit()
    assert run("-w", root, *LAST, "forget", ID, "--yes").code == 0
    with closing(sqlite3.connect(root / ".hopdocs" / "ledger.db")) as ledger:
        assert ledger.execute(query, (ID,)).fetchall() == before
        kept = ledger.execute(
            "SELECT DISTINCT email, subject, meeting, content, mime FROM notice WHERE family = ?", (ID,)
        )
        assert kept.fetchall() == [("", "", "", "", b"")]
        assert {item.family for item in LedgerReader(ledger).of_family(ID)} == {ID}  # each kind can still be read
        assert find_broken_link(ledger) is None
    assert not [name for name, data in files_below(root / ".hopdocs") if CASE in data]


@pytest.mark.parametrize("step", [(carrying_out, "run_cycle"), (carrying_out, "forget_in_ledger"), (Cache, "compact")])
def test_a_kill_at_any_step_heals_by_the_same_command(root: Path, step: tuple[object, str]) -> None:
    filed(root)
    assert fate_of(lambda: run("-w", root, *LAST, "forget", ID, "--yes"), *step) == signal.SIGKILL
    assert not (root / "families" / "hop-2026-000.yaml").exists()
    assert "HD762" in run("-w", root, *LAST, "forget", "HOP-2026-001", "--yes").err  # one after the other
    again = run("-w", root, *LAST, "forget", ID, "--yes", "--format", "json")
    assert again.code == 0, again.err
    assert where(root) == {}


def fate_of(command: Callable[[], object], home: object, name: str) -> int:
    """The signal that ends a process of its own, which is killed when it comes to that step."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a thread of pytest's may be there; the child starts none
        child = os.fork()
    if child == 0:
        with patch.object(home, name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)):
            command()
        os._exit(1)
    return os.WTERMSIG(os.waitpid(child, 0)[1])
