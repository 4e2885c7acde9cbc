"""When the municipality's time for keeping has passed, the coordinator is asked; before it nobody is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.deadlines.course import course_dates, deadlines_of
from hopdocs.domain.course.retention import kept_until
from hopdocs.domain.family_day import FamilyDay
from tests.unit.rules.samples import config, consent, regnbuehoej, zamirandi

if TYPE_CHECKING:
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from tests.unit.rules.samples import Raw

LATE = date(2028, 1, 1)


def keeping(**days: int) -> Config:
    return config(lambda raw: raw["records"].update(retention_days=days))


def closed(raw: Raw) -> None:
    raw["closing"] = {"date": "2026-11-01", "reason": "Målene er nået"}


def moved(raw: Raw) -> None:
    raw["moved_away"] = "2026-11-02"


def left(raw: Raw) -> None:
    raw["target_group_left"] = "ja"


def closed_and_left(raw: Raw) -> None:
    closed(raw)
    left(raw)


def refused(raw: Raw) -> None:
    line = consent(raw, "tariq")
    line.pop("given")
    line["refused"] = "2026-10-20"


def unanswered(raw: Raw) -> None:
    consent(raw, "tariq").pop("given")


@pytest.mark.parametrize(
    ("family", "until"),
    [
        (zamirandi(closed), date(2026, 12, 1)),
        (zamirandi(moved), date(2026, 12, 2)),
        (zamirandi(closed_and_left), date(2026, 12, 1)),
        (zamirandi(left), None),
        (zamirandi(refused), date(2026, 10, 27)),
        (regnbuehoej(), date(2026, 10, 8)),
        (zamirandi(unanswered), date(2026, 9, 25)),
        (zamirandi(), None),
    ],
    ids=[
        "closed",
        "moved away",
        "left the target group",
        "left it on no day",
        "a no",
        "taken back",
        "no answer",
        "goes on",
    ],
)
def test_what_is_kept_has_its_time_by_how_it_ended(family: Family, until: date | None) -> None:
    day = FamilyDay.on(
        family, keeping(after_no=7, after_silence=3, after_closing=30), LATE if until else date(2026, 11, 21)
    )
    assert kept_until(day) == until


def test_the_coordinator_is_asked_from_that_day_on_and_no_paper_tells_of_it() -> None:
    family, kept = zamirandi(closed), keeping(after_closing=30)
    before, after = (FamilyDay.on(family, kept, date(2026, month, 30)) for month in (11, 12))
    assert not [item for item in deadlines_of(before) if item.key == "retention"]
    (asked,) = [item for item in deadlines_of(after) if item.key == "retention"]
    assert (asked.who, asked.due, asked.done) == (kept.project_coordinator, date(2026, 12, 1), None)
    assert "retention" not in {item.key for item in course_dates(after)}


def test_without_a_number_nobody_is_ever_asked() -> None:
    for kept in (config(), keeping(after_no=7)):
        assert kept_until(FamilyDay.on(zamirandi(closed), kept, LATE)) is None
