from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.run import CycleOptions
from hopdocs.notices.kinds.course.weekly_tasks import WEEKLY_TASKS, Due, weekly_mail
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.sending.outbox import Outbox
from tests.unit.cycling import Desk, copy_example
from tests.unit.documents.example import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.cycle.run import CycleReport
    from hopdocs.notices.record import NoticeRecord

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = copy_example(tmp_path / "ws")
    desk.clock.moment = MONDAY
    desk.edit("  iik: {", "  iik: {weekly_tasks: ja, ", "config.yaml")
    return desk


def cycle(desk: Desk) -> CycleReport:
    return desk.cycle(CycleOptions(plans_notices=True))


def ledger_of(desk: Desk) -> Ledger:
    return Ledger(connect_ledger(desk.root / ".hopdocs" / "ledger.db"))


def weekly(desk: Desk) -> list[NoticeRecord]:
    with closing(ledger_of(desk)) as ledger:
        return [item for item in ledger.of_family("") if item.kind is WEEKLY_TASKS]


def test_who_asks_for_it_gets_one_mail_a_week(desk: Desk) -> None:
    cycle(desk)
    assert [(item.email, item.subject) for item in weekly(desk)] == [
        ("iik@vesterlyng.example", "Dine opgaver i uge 48")
    ]
    cycle(desk)
    desk.clock.pass_days(1)
    cycle(desk)
    assert len(weekly(desk)) == 1
    desk.clock.pass_days(6)
    cycle(desk)
    assert [item.subject for item in weekly(desk)] == ["Dine opgaver i uge 48", "Dine opgaver i uge 49"]


def test_nobody_gets_one_who_did_not_ask(desk: Desk) -> None:
    desk.edit("weekly_tasks: ja, ", "", "config.yaml")
    cycle(desk)
    assert weekly(desk) == []


def test_no_list_is_sent_on_a_day_off(desk: Desk) -> None:
    desk.clock.pass_days(-1)
    cycle(desk)
    assert weekly(desk) == []


def test_the_mail_passes_the_gates_like_any_other(desk: Desk) -> None:
    cycle(desk)
    with closing(ledger_of(desk)) as ledger:
        ledger.start(MONDAY)
    report = cycle(desk)
    assert report.gates is not None
    with closing(ledger_of(desk)) as ledger:
        rows = Outbox(ledger, report.gates, MONDAY).rows()
        rows = [row for row in rows if row.record.kind is WEEKLY_TASKS]
    assert [(row.hold, row.warnings) for row in rows] == [(None, ())]


def test_the_mail_is_not_taken_for_one_of_a_family_that_is_gone(desk: Desk) -> None:
    cycle(desk)
    desk.edit('start: "10.00"\n    end: "12.00"', 'start: "12.30"\n    end: "14.30"')
    cycle(desk)
    assert [item.state.value for item in weekly(desk)] == ["pending"]


def test_the_mail_has_case_numbers_and_days_and_nothing_else() -> None:
    dues = [
        Due("26-012345", date(2026, 11, 20)),
        Due("26-012345", date(2026, 12, 1)),
        Due("26-012345", date(2026, 12, 1)),
        Due("26-014410", date(2026, 12, 1)),
        Due("26-014410", date(2026, 12, 24)),
    ]
    mail = weekly_mail(load_config(), "iik", dues, date(2026, 11, 23))  # type: ignore[arg-type]
    assert mail is not None
    assert [line.replace("\u00a0", " ") for line in mail.lines[1:-1]] == [
        "Over tiden: sag 26-012345",
        "Tirsdag den 1. december 2026: sag 26-012345 (2 opgaver), sag 26-014410",
    ]


def test_who_has_nothing_to_do_soon_gets_no_mail() -> None:
    dues = [Due("26-014410", date(2026, 12, 24))]
    assert weekly_mail(load_config(), "iik", dues, date(2026, 11, 23)) is None  # type: ignore[arg-type]
