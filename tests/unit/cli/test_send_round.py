"""The verbs that send, against a real mail server on loopback."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hopdocs.cli.demo_smtp import Mailbox
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick
from tests.unit.cli.verbs.test_notices import TEAM, waiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with Mailbox(tmp_path / "mails") as opened:
        yield opened


@pytest.fixture
def root(tmp_path: Path, mailbox: Mailbox) -> Path:
    made = quick(tmp_path / "ws", "hop-2026-007")
    config = made / "config.yaml"
    text = config.read_text(encoding="utf-8")
    for old, new in (
        ("port: 1025", f"port: {mailbox.port}"),
        ("hold: 10m", "hold: 0s"),
        ("rate: 30/min", "rate: 600/s"),
    ):
        text = text.replace(old, new)
    config.write_text(text, encoding="utf-8")
    return made


def test_send_sends_nothing_before_start_and_says_so(root: Path, mailbox: Mailbox) -> None:
    shown = run("-w", root, *TODAY, "notices", "send")
    assert shown.code == 0
    assert "hopdocs notices start" in shown.err
    assert mailbox.letters == []


def test_send_sends_what_is_due_once(root: Path, mailbox: Mailbox) -> None:
    run("-w", root, *TODAY, "notices", "start")
    assert run("-w", root, *TODAY, "notices", "send").out == f"{2 * len(TEAM)} sent.\n"
    assert {letter.recipient for letter in mailbox.letters} == TEAM
    assert run("-w", root, *TODAY, "notices", "send", "--format", "json").shape["sent"] == []
    assert len(mailbox.letters) == 2 * len(TEAM)
    assert waiting(root) == []


def test_one_round_of_watching_builds_plans_and_sends(root: Path, mailbox: Mailbox) -> None:
    run("-w", root, *TODAY, "notices", "start")
    shown = run("-w", root, *TODAY, "watch", "--once", "--format", "json")
    assert shown.code == 0, shown.err
    cycle, delivery = (json.loads(line) for line in shown.out.splitlines())
    assert cycle["event"] == "cycle"
    assert {row["path"] for row in cycle["documents"]} >= {"families/hop-2026-007.yaml"}
    assert all(row.keys() == {"path", "made", "reasons"} for row in cycle["documents"])
    assert cycle["queued"] == len(delivery["sent"]) == len(mailbox.letters) == 2 * len(TEAM)
    assert (root / "out/overblik.html").is_file()


def test_a_log_of_watching_names_nobody(root: Path) -> None:
    """Off a terminal: ids, kinds and codes. The members' keys are first names, so they stay out as well."""
    family = root / "families/hop-2026-007.yaml"
    family.write_text(family.read_text(encoding="utf-8").replace("booked: 2026-10-28", "bookd: 2026-10-28"))
    broken = run("-w", root, *TODAY, "watch", "--once")
    family.write_text(family.read_text(encoding="utf-8").replace("bookd: 2026-10-28", "booked: 2026-10-28"))
    shown = run("-w", root, *TODAY, "watch", "--once")
    assert "error HD121" in broken.out
    assert "HOP-2026-007: " in shown.out
    for name in ("nadira", "Nadira", "tariq", "yasmin", "Zamirandi", "bookd"):
        assert name not in broken.out + shown.out


def test_a_danish_log_says_in_danish_how_bad_a_fault_is(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    monkeypatch.setenv("HOPDOCS_LANG", "da")
    (root / "families/hop-2026-007.yaml").write_text("id: HOP-2026-007\nnavn: Zamirandi\n", encoding="utf-8")
    assert "families/hop-2026-007.yaml:2:1: fejl HD121" in run("-w", root, *TODAY, "watch", "--once").out


def test_a_mail_server_that_is_not_there_is_the_environments_fault(root: Path, mailbox: Mailbox) -> None:
    run("-w", root, *TODAY, "notices", "start")
    config = root / "config.yaml"
    text = config.read_text(encoding="utf-8").replace(f"port: {mailbox.port}", "port: 1")
    config.write_text(text, encoding="utf-8")
    shown = run("-w", root, *TODAY, "notices", "send")
    assert shown.code == 3
    assert "nothing was due" not in shown.out
    assert len(waiting(root)) == 2 * len(TEAM)
