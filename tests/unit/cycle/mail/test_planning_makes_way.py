"""Planning the mail of thousands of families makes way for a save, whose own family comes first."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from hopdocs.cycle.mail import notice_planning
from hopdocs.cycle.mail.notice_planning import PlannedNotices, plan_notices
from hopdocs.freshness.versions import VersionBook
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.wanted import WantedFamily
from tests.unit.notices.samples import NOW, RIGMOR, sample_meeting

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NAMES = [f"HOP-2026-{number:03}" for number in range(6)]
SAVED = "families/HOP-2026-004.yaml"


class Findings:
    """What the cache knows of families that each ask for one meeting."""

    def findings(self, path: str) -> dict[str, Any]:
        name = path.removeprefix("families/").removesuffix(".yaml")
        meeting = sample_meeting(family=name, uid=f"{name}@x.example", attendees=(RIGMOR,))
        return {"notices": WantedFamily(name, (meeting,)).as_json()}


def test_what_was_saved_is_planned_first_and_the_rest_in_the_next_cycle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_planning, "_BATCH", 2)
    ids = {f"families/{name}.yaml": name for name in NAMES}
    shared = SimpleNamespace(
        config=SimpleNamespace(mail=SimpleNamespace(redirect_all_to=None)),
        settings=SimpleNamespace(today=date(2026, 11, 21)),
    )
    connection = connect_ledger(tmp_path / "ledger.db")
    with closing(Ledger(connection)) as ledger:
        book = VersionBook(connection)
        book.prepare()

        def plan(*, is_waited_for: bool) -> PlannedNotices:
            return plan_notices(
                ids,
                dict.fromkeys(ids, "asks"),
                cast("Any", shared),
                cache=cast("Any", Findings()),
                ledger=ledger,
                book=book,
                now=NOW,
                first=[SAVED],
                makes_way=lambda: is_waited_for,
            )

        done = plan(is_waited_for=True)
        assert (done.queued, done.is_whole) == (2, False)
        assert [item.family for item in ledger.pending()] == [NAMES[4], NAMES[0]]
        assert (plan(is_waited_for=False).queued, len(ledger.pending())) == (4, 6)
        assert plan(is_waited_for=True) == PlannedNotices()
