"""The thread that delivers: it outlives what goes wrong, says so once, and asks for a look at what it can't judge."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.sending.delivery import DeliveryReport
from hopdocs.notices.sending.outbox import Gates
from hopdocs.notices.sending.transport import TransportSettings
from hopdocs.watching import mail_sender as mail_sender_module
from hopdocs.watching.mail_sender import MailSender
from hopdocs.workspace import open_workspace
from tests.service.test_delivery import HandClock
from tests.unit.notices.samples import FAMILY, POLICY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = TransportSettings("127.0.0.1", 1, "none")


class Told:
    """What the mail sender said."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.families: list[frozenset[str]] = []

    def __call__(self, report: DeliveryReport, families: frozenset[str]) -> None:
        self.faults += [report.fault.code] if report.fault else []
        self.families += [families] if families else []


@contextmanager
def at_work(root: Path, rounds: list[DeliveryReport | Exception]) -> Iterator[Told]:
    """A mail sender whose rounds go as listed, the last one again and again."""
    (root / "config.yaml").write_text("", encoding="utf-8")
    workspace = open_workspace(root)
    workspace.state.mkdir(exist_ok=True)
    Ledger(connect_ledger(workspace.ledger_path)).close()
    told = Told()

    async def deliver(*_: object) -> DeliveryReport:
        outcome = rounds.pop(0) if len(rounds) > 1 else rounds[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    with (
        patch.object(mail_sender_module, "deliver_due", deliver),
        patch.object(mail_sender_module, "LOOK_SECONDS", 0.01),
        MailSender(workspace, HandClock(), told) as mail_sender,
    ):
        mail_sender.go(Gates(POLICY), SETTINGS)
        yield told


def wait_until(told: Told, *, faults: int = 0, families: int = 0) -> None:
    limit = time.monotonic() + 60
    while len(told.faults) < faults or len(told.families) < families:
        assert time.monotonic() < limit, (told.faults, told.families)
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("error", "code"), [(ZeroDivisionError(), "HD535"), (OSError("disk"), "HD413"), (UnicodeError("x"), "HD535")]
)
def test_a_fault_of_ours_is_told_once_and_the_next_round_comes(tmp_path: Path, error: Exception, code: str) -> None:
    sent = DeliveryReport(unjudged={FAMILY})
    with at_work(tmp_path, [error, error, error, sent]) as told:
        wait_until(told, families=1)
    assert told.faults == [code]


def test_a_ledger_that_is_gone_is_told_and_not_made_anew(tmp_path: Path) -> None:
    rounds: list[DeliveryReport | Exception] = [DeliveryReport(), DeliveryReport()]
    with at_work(tmp_path, rounds) as told:
        while len(rounds) > 1:  # until it has the ledger open
            time.sleep(0.005)
        (path := open_workspace(tmp_path).ledger_path).unlink()
        rounds.append(OSError("lost"))
        wait_until(told, faults=2)
    assert told.faults == ["HD413", "HD418"]
    assert not path.exists()


def test_families_that_nobody_has_looked_at_are_asked_for_once(tmp_path: Path) -> None:
    with at_work(tmp_path, [DeliveryReport(unjudged={FAMILY})]) as told:
        wait_until(told, families=1)
        time.sleep(0.1)
    assert told.families == [frozenset({FAMILY})]


def test_a_thread_that_is_gone_is_begun_anew_with_the_next_cycle(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").touch()
    with MailSender(open_workspace(tmp_path), HandClock(), Told()) as mail_sender:
        first = mail_sender._thread
        mail_sender._stopping.set()
        mail_sender._ready.set()
        first.join(60)
        mail_sender._stopping.clear()
        begun = threading.Event()
        mail_sender._run = begun.set  # type: ignore[method-assign]
        mail_sender.go(None, None)
        assert begun.wait(60)
