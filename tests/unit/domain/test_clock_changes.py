from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hopdocs.domain.calendar import is_weekend

ZONE = ZoneInfo("Europe/Copenhagen")
YEARS = 10


def test_every_night_with_an_hour_too_many_or_too_few_is_one_on_which_nobody_may_meet() -> None:
    noons = [datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=number) for number in range(365 * YEARS)]
    local = [noon.astimezone(ZONE) for noon in noons]
    changed = [after.date() for before, after in pairwise(local) if before.utcoffset() != after.utcoffset()]
    assert len(changed) == 2 * YEARS
    assert all(map(is_weekend, changed))
