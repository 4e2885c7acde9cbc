"""The figures for monitoring, from a real ledger and cache, and the file that a collector reads."""

from __future__ import annotations

import stat
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from hopdocs import __version__
from hopdocs.cycle.run import run_cycle
from hopdocs.diagnostics import Diagnostic
from hopdocs.freshness.cache import open_cache
from hopdocs.freshness.fingerprint import Digest
from hopdocs.freshness.signatures import Signature
from hopdocs.freshness.staleness import NEW, DocumentKey, Format, Record
from hopdocs.notices.ledger.rows import stamp
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.record import State
from hopdocs.sources.config import parse_config
from hopdocs.watching.figures import Figures, read_figures, read_last_scan, write_last_scan
from hopdocs.watching.metrics import render_metrics, write_metrics
from hopdocs.watching.monitor import Monitor, say_figures
from hopdocs.workspace import Workspace, open_workspace
from tests.unit.cycling import EXAMPLE, SetClock, copy_example
from tests.unit.notices.samples import FAMILY, NOW, World, sample_meeting

if TYPE_CHECKING:
    from pathlib import Path

MOMENT = datetime(2026, 11, 21, 9, 0, 30, tzinfo=UTC)
EVERYTHING = Figures(MOMENT, 12, 1, 2, 7, 3, 4, 5, 86400.5)


def read_metrics(text: str) -> dict[str, float]:
    """As a collector reads them: each with a type and a help text, or the parser would not know it."""
    found = {}
    for family in text_string_to_metric_families(text):
        assert family.type == "gauge"
        assert family.documentation
        for sample in family.samples:
            found[sample.name] = sample.value
    return found


def test_the_file_is_read_by_another_s_parser_with_every_figure_in_it() -> None:
    assert read_metrics(render_metrics(EVERYTHING)) == {
        "hopdocs_build_info": 1,
        "hopdocs_last_scan_timestamp_seconds": MOMENT.timestamp(),
        "hopdocs_families": 12,
        "hopdocs_families_with_errors": 1,
        "hopdocs_pdfs_waiting": 2,
        "hopdocs_notices_pending": 7,
        "hopdocs_notices_held": 3,
        "hopdocs_notices_failed": 4,
        "hopdocs_notices_in_doubt": 5,
        "hopdocs_notices_oldest_age_seconds": 86400.5,
    }
    info = next(iter(text_string_to_metric_families(render_metrics(Figures()))))
    assert info.samples[0].labels == {"version": __version__}


def test_the_file_appears_whole_and_others_may_read_it(tmp_path: Path) -> None:
    target = tmp_path / "hopdocs.prom"
    write_metrics(target, EVERYTHING)
    write_metrics(target, Figures())
    assert [item.name for item in tmp_path.iterdir()] == ["hopdocs.prom"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert read_metrics(target.read_text("utf-8"))["hopdocs_families"] == 0


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "hopdocs.prom").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_metrics(tmp_path / "hopdocs.prom", EVERYTHING)
    assert [item.name for item in tmp_path.iterdir()] == ["hopdocs.prom"]


def test_the_status_line_names_what_is_not_nothing() -> None:
    assert say_figures(Figures(families=3)) == "3 families"
    assert say_figures(EVERYTHING) == (
        "12 families, 1 with errors, 2 PDFs to make, 7 mails pending, 3 held, 4 failed, 5 in doubt"
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "config.yaml").touch()
    workspace = open_workspace(tmp_path)
    workspace.state.mkdir()
    return workspace


def test_mails_are_counted_from_the_ledger_as_it_lies(workspace: Workspace) -> None:
    world = World(ledger=Ledger(connect_ledger(workspace.ledger_path)))
    world.ledger.start(NOW)
    world.save(sample_meeting())
    first, second = world.ledger.in_state(State.PENDING)
    before = {path.name for path in workspace.state.iterdir()}
    later = NOW + timedelta(hours=1)
    figures = read_figures(workspace, None, later)
    assert (figures.pending, figures.held, figures.oldest_age) == (2, 0, 3600)
    world.ledger.hold(first.id, NOW)
    world.ledger.doubt(second.id, NOW, "no answer")
    figures = read_figures(workspace, None, later)
    assert (figures.pending, figures.held, figures.failed, figures.in_doubt) == (1, 1, 0, 1)
    world.ledger.fail(first.id, NOW, "rcpt", (550, "no such user"))
    figures = read_figures(workspace, None, later)
    assert (figures.pending, figures.held, figures.failed, figures.oldest_age) == (0, 0, 1, 0)
    assert read_figures(workspace, None, first.expires_at).failed == 0
    assert {path.name for path in workspace.state.iterdir()} == before


def test_a_mail_that_waits_for_a_person_or_for_its_day_is_counted_as_such(workspace: Workspace) -> None:
    world = World(ledger=Ledger(connect_ledger(workspace.ledger_path)))
    world.tell(sample_meeting())
    world.save(gone=[FAMILY])
    assert (figures := read_figures(workspace, None, NOW)).held == figures.pending > 0
    tomorrow = NOW + timedelta(days=1)
    for record in world.ledger.in_state(State.PENDING):
        world.ledger.release(record.id, NOW)
        world.ledger._connection.execute("UPDATE notice SET not_before = ?", (stamp(tomorrow),))
    figures = read_figures(workspace, None, NOW + timedelta(hours=1))
    assert (figures.held, figures.oldest_age) == (0, 0)
    assert read_figures(workspace, None, tomorrow + timedelta(hours=1)).oldest_age == 3600


def document(name: str, *, digest: str = "", source: str = "") -> Record:
    return Record(
        key=DocumentKey(FAMILY, "dagsorden"),
        format=Format(name.rpartition(".")[2]),
        name=name,
        title="",
        template="",
        template_digest=Digest(""),
        software="",
        fields={},
        whole=Digest(""),
        version=1,
        day=MOMENT.date(),
        digest=Digest(digest),
        source=Digest(source),
        reason=NEW,
        made_at="",
    )


def test_families_and_their_pdfs_are_counted_from_the_cache_as_it_lies(workspace: Workspace) -> None:
    settings = (EXAMPLE / "config.yaml").read_bytes()
    config = parse_config(settings, "config.yaml").config
    no_pdfs = parse_config(settings.replace(b"pdf: auto ", b"pdf: none "), "config.yaml").config
    unsettled = Signature(Digest(""), Digest(""), Digest(""), {}, {}, is_settled=False)
    error = asdict(Diagnostic("families/a.yaml", 1, 1, "HD203"))
    nothing: dict[str, Any] = {"diagnostics": [], "facts": {}, "figures": {}, "page_row": {}}
    with closing(open_cache(workspace.cache_path)) as cache:
        cache.keep_family("families/a.yaml", FAMILY, unsettled, nothing | {"diagnostics": [error]})
        warned = [error | {"severity": "warning"}]
        settled = replace(unsettled, is_settled=True)
        cache.keep_family("families/b.yaml", "HOP-2026-008", settled, nothing | {"diagnostics": warned})
        cache.keep_family("project.yaml", "", settled, nothing | {"diagnostics": [error]})
        cache.keep_records("families/b.yaml", [document("settled.docx", digest="1")])
        cache.keep_records("families/a.yaml", [document("a.docx", digest="1"), document("b.docx", digest="2")])
        figures = read_figures(workspace, config, MOMENT)
        assert (figures.families, figures.families_with_errors, figures.pdfs_waiting) == (2, 1, 2)
        cache.keep_records("families/a.yaml", [document("a.pdf", source="1"), document("b.pdf", source="old")])
        assert read_figures(workspace, config, MOMENT).pdfs_waiting == 1
        cache.keep_records("families/a.yaml", [document("b.pdf", source="2")])
        assert read_figures(workspace, config, MOMENT).pdfs_waiting == 0
        cache.drop_records("families/a.yaml", ["b.pdf"])
        assert read_figures(workspace, no_pdfs, MOMENT).pdfs_waiting == 0


def test_where_nothing_was_made_so_far_all_is_nothing(workspace: Workspace) -> None:
    assert read_figures(workspace, None, MOMENT) == Figures()
    workspace.cache_path.write_bytes(b"no database")
    workspace.ledger_path.write_bytes(b"no database")
    assert read_figures(workspace, None, MOMENT) == Figures()


@pytest.mark.parametrize("written", [b"", b"yesterday", b"\xff"])
def test_a_last_scan_that_nobody_can_read_is_none(workspace: Workspace, written: bytes) -> None:
    write_last_scan(workspace, MOMENT)
    assert read_last_scan(workspace) == MOMENT
    (workspace.state / "last-scan").write_bytes(written)
    assert read_last_scan(workspace) is None


def test_figures_that_cannot_be_written_are_told_once_and_again_when_they_fail_anew(tmp_path: Path) -> None:
    root = copy_example(tmp_path / "workspace").root
    for file in (root / "families").glob("*.yaml"):
        file.unlink()
    workspace, clock = open_workspace(root), SetClock()
    report = run_cycle(workspace, clock)
    folder = tmp_path / "metrics"
    monitor = Monitor(workspace, clock, folder / "hopdocs.prom")
    assert monitor.tell_figures() is None
    assert read_last_scan(workspace) is None
    monitor.note_cycle(report)
    assert (told := monitor.tell_figures()) is not None
    assert told.code == "HD740"
    assert monitor.tell_figures() is None
    folder.mkdir()
    assert monitor.tell_figures() is None
    assert read_metrics((folder / "hopdocs.prom").read_text("utf-8"))["hopdocs_families"] == 0
    (folder / "hopdocs.prom").unlink()
    folder.rmdir()
    assert (told := monitor.tell_figures()) is not None
    assert read_last_scan(workspace) == clock.now()
