"""What a clock that ran ahead for a moment must not cost."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.cycle.run import CycleOptions
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.record import State
from tests.unit.cycling import Desk, copy_example

if TYPE_CHECKING:
    from pathlib import Path

_PLANNING = CycleOptions(plans_notices=True)


def _waiting(desk: Desk) -> Counter[tuple[str, str]]:
    with closing(Ledger(connect_ledger(desk.root / ".hopdocs" / "ledger.db"))) as ledger:
        return Counter((item.meeting, item.email) for item in ledger.in_state(State.PENDING) if item.facts is not None)


def test_mail_that_was_given_up_while_the_clock_was_ahead_is_planned_again_on_the_same_day(tmp_path: Path) -> None:
    """The sender looked at the clock, no cycle did, and nothing has changed since: not the files, and not the day."""
    desk = copy_example(tmp_path / "ws")
    desk.cycle(_PLANNING)
    before = _waiting(desk)
    with closing(Ledger(connect_ledger(desk.root / ".hopdocs" / "ledger.db"))) as ledger:
        ahead = desk.clock.now() + timedelta(days=400)
        for notice in ledger.waiting.past_help(ahead):
            ledger.expire(notice, ahead, "expired")
    assert not _waiting(desk)
    for _ in range(2):
        desk.cycle(_PLANNING)
        assert _waiting(desk) == before
