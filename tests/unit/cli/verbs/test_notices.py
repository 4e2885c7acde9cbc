"""The verbs that look after mail; sending itself is tested against a real mail server in tests/service."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hopdocs.clock import SystemClock
from hopdocs.cycle.run import CycleOptions, run_cycle
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.workspace import open_workspace
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick
from tests.unit.notices.samples import begin

if TYPE_CHECKING:
    from collections.abc import Callable

NOTICE = {"id", "family", "meeting", "kind", "recipient", "revision", "state", "reason", "not_before"}
TEAM = {f"{staff}@vesterlyng.example" for staff in ("rri", "iik", "ssk", "yym", "ppa", "bbl")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return quick(tmp_path / "ws", "hop-2026-007")


@pytest.fixture
def planned(root: Path) -> Path:
    """One cycle has planned what the team must be told."""
    from datetime import date  # noqa: PLC0415
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from hopdocs.clock import ShiftedClock  # noqa: PLC0415

    clock = ShiftedClock.as_of(date(2026, 11, 21), ZoneInfo("Europe/Copenhagen"))
    run_cycle(open_workspace(root), clock, CycleOptions(plans_notices=True))
    return root


def waiting(root: Path, *words: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = run("-w", root, *TODAY, "notices", "list", "--format", "json", *words).shape[
        "notices"
    ]
    return rows


def test_a_list_has_the_interfaces_shape_and_says_why_each_waits(planned: Path) -> None:
    rows = waiting(planned)
    assert all(set(row) >= NOTICE for row in rows)
    assert {row["recipient"] for row in rows} == TEAM
    assert {row["kind"] for row in rows} == {"indkaldelse"}
    assert {row["state"] for row in rows} == {"pending"}
    assert {row["code"] for row in rows} == {"HD420"}
    assert all(row["reason"] for row in rows)


@pytest.mark.parametrize("lay", [Path.mkdir, lambda path: path.symlink_to("elsewhere.db")], ids=["folder", "link"])
def test_nothing_is_said_to_wait_where_the_ledger_cannot_be_read(root: Path, lay: Callable[[Path], None]) -> None:
    (root / ".hopdocs").mkdir(mode=0o700, exist_ok=True)
    lay(root / ".hopdocs" / "ledger.db")
    assert "HD514" in run("-w", root, *TODAY, "notices", "list").err
    assert "HD514" in run("-w", root, *TODAY, "status").err
    assert "HD514" in run("-w", root, *TODAY, "build").err
    assert not (root / ".hopdocs" / "elsewhere.db").exists()


def test_a_list_of_nothing_makes_no_ledger(root: Path) -> None:
    assert waiting(root) == []
    assert not (root / ".hopdocs").exists()


def test_preview_shows_each_mail_and_writes_nothing_down(root: Path, tmp_path: Path) -> None:
    shown = run("-w", root, *TODAY, "notices", "preview", "--to", tmp_path / "mails")
    assert shown.code == 0, shown.err
    assert "Indkaldelse: familieplansmøde, sag 26-012345" in shown.out
    assert len(list((tmp_path / "mails").glob("*.eml"))) == 2 * len(TEAM)
    assert not (root / ".hopdocs").exists()
    rows = run("-w", root, *TODAY, "notices", "preview", "--format", "json").shape["notices"]
    assert {row["recipient"] for row in rows} == TEAM


def test_preview_shows_nothing_for_a_family_in_two_files_as_a_cycle_plans_nothing(root: Path) -> None:
    file = root / "families/hop-2026-007.yaml"
    file.with_name("hop-2026-070.yaml").write_bytes(file.read_bytes())
    shown = run("-w", root, *TODAY, "notices", "preview", "--format", "json")
    assert shown.shape["notices"] == []


def test_start_is_said_once(planned: Path) -> None:
    assert "Started" in run("-w", planned, *TODAY, "notices", "start").out
    assert "already" in run("-w", planned, *TODAY, "notices", "start").out
    assert {row["code"] for row in waiting(planned)} == {"HD437"}  # now they wait for the hold


def test_what_is_known_counts_as_told(root: Path) -> None:
    shown = run("-w", root, *TODAY, "notices", "start", "--known")
    assert shown.code == 0, shown.err
    assert f"{2 * len(TEAM)} notices count as told" in shown.out
    assert waiting(root) == []
    assert {row["state"] for row in waiting(root, "--all")} == {"accepted"}


def test_of_a_start_that_was_before_it_is_said_that_nothing_counts_as_told_by_it(root: Path) -> None:
    assert run("-w", root, *TODAY, "notices", "start").code == 0
    assert "--known" not in run("-w", root, *TODAY, "notices", "start").out
    assert "--known has changed nothing" in run("-w", root, *TODAY, "notices", "start", "--known").out


def test_nothing_can_be_known_in_a_trial_where_nothing_counts_as_told(root: Path) -> None:
    config = root / "config.yaml"
    trial = config.read_text("utf-8").replace("\nmail:\n", "\nmail:\n  redirect_all_to: rri@vesterlyng.example\n")
    config.write_text(trial, "utf-8")
    shown = run("-w", root, *TODAY, "notices", "start", "--known")
    assert (shown.code, "redirect_all_to" in shown.err) == (2, True)
    assert "Started" in run("-w", root, *TODAY, "notices", "start").out


def test_a_person_holds_and_releases_by_number_family_or_all(planned: Path) -> None:
    first = str(waiting(planned)[0]["id"])
    run("-w", planned, *TODAY, "notices", "start")
    assert run("-w", planned, *TODAY, "notices", "hold", first).out == "1 held back.\n"
    assert [row["id"] for row in waiting(planned) if "held" in str(row["reason"]).lower()] == [int(first)]
    assert run("-w", planned, *TODAY, "notices", "release", "HOP-2026-007").out == f"{2 * len(TEAM)} released.\n"
    assert run("-w", planned, *TODAY, "notices", "hold", "HOP-2026-999").code == 2


def test_resolve_asks_for_a_verdict_and_for_something_in_doubt(planned: Path) -> None:
    assert run("-w", planned, "notices", "resolve", "1").code == 2
    assert run("-w", planned, "notices", "resolve", "1", "--arrived").code == 2
    assert "either" in run("-w", planned, "notices", "resolve", "1", "--arrived", "--again").err
    ledger = Ledger(connect_ledger(planned / ".hopdocs/ledger.db"))
    ledger.start(SystemClock().now())
    (record, *_) = ledger.of_family("HOP-2026-007")
    begin(ledger, record.id, SystemClock().now())
    ledger.doubt(record.id, SystemClock().now(), "no answer")
    ledger.close()
    assert run("-w", planned, "notices", "resolve", str(record.id), "--arrived").out == "1 settled.\n"
    states = {row["id"]: row["state"] for row in waiting(planned, "--all")}
    assert states[record.id] == "accepted"


@pytest.mark.parametrize("verb", [("notices", "start"), ("notices", "send"), ("watch", "--once")])
def test_another_day_is_refused_where_mail_leaves_for_real(root: Path, verb: tuple[str, ...]) -> None:
    config = root / "config.yaml"
    text = config.read_text(encoding="utf-8")
    text = text.replace("host: localhost", "host: mail.vesterlyng.example").replace("security: none ", "security: tls ")
    config.write_text(text, encoding="utf-8")
    shown = run("-w", root, *TODAY, *verb)
    assert shown.code == 2
    assert "--today is refused" in shown.err


def test_log_tells_what_was_made_and_told(planned: Path) -> None:
    shown = run("-w", planned, *TODAY, "log", "HOP-2026-007")
    assert shown.code == 0, shown.err
    assert "familieplan-nadira.docx" in shown.out
    assert "Skrev indkaldelsen" in shown.out
    shape = run("-w", planned, *TODAY, "log", "HOP-2026-007", "--format", "json").shape
    assert {row["recipient"] for row in shape["notices"]} == TEAM


def test_log_tells_what_happened_in_the_order_in_which_it_happened(planned: Path) -> None:
    """Documents remember UTC, mails the local time: what is made after a mail was written stands after it."""
    family = planned / "families/hop-2026-007.yaml"
    family.write_text(family.read_text(encoding="utf-8").replace("Ro om", "Fred om").replace("godt af sted", "af sted"))
    assert run("-w", planned, *TODAY, "build").code == 0
    assert ".docx" in run("-w", planned, *TODAY, "log", "HOP-2026-007").out.splitlines()[-1]


def test_verify_tells_a_fresh_document_from_a_stale_and_an_edited_one(planned: Path) -> None:
    file = planned / "out/hop-2026-007/familieplan-nadira.docx"
    fresh = run("-w", planned, *TODAY, "verify", file, "--format", "json")
    assert fresh.code == 0, fresh.err
    assert (fresh.shape["kind"], fresh.shape["stale"], fresh.shape["edited"]) == ("familieplan", False, False)
    family = planned / "families/hop-2026-007.yaml"
    family.write_text(family.read_text(encoding="utf-8").replace("Ro om", "Fred om").replace("godt af sted", "af sted"))
    stale = run("-w", planned, *TODAY, "verify", file)
    assert stale.code == 1
    assert "stale" in stale.out
    file.write_bytes(b"by hand")
    assert run("-w", planned, *TODAY, "verify", file, "--format", "json").shape["edited"]


def test_verify_knows_only_what_hopdocs_made(planned: Path, tmp_path: Path) -> None:
    other = tmp_path / "x.docx"
    other.write_bytes(b"")
    assert run("-w", planned, "verify", other).code == 2


def test_nothing_that_waits_is_no_mistake(root: Path) -> None:
    assert run("-w", root, "notices", "release", "all").out == "0 released.\n"
    assert run("-w", root, "notices", "hold", "HOP-2026-007").out == "0 held back.\n"
    assert "no notice with the number 12" in run("-w", root, "notices", "hold", "12").err
    for words in (("hold",), ("list",)):
        shown = run("-w", root, "notices", *words, "HOP-2026-070")
        assert shown.code == 2
        assert "there is no family HOP-2026-070" in shown.err
