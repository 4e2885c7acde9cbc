"""Tells those who ask for it what is theirs this week: on the first working day that a cycle sees, once.

The families' rows in the cache say what is whose; they are read once a week, and only if somebody asks for the mail.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from hopdocs.domain.working_days import next_working_day
from hopdocs.notices.kinds.course.weekly_tasks import Due, weekly_event, weekly_mail
from hopdocs.notices.ledger.entering import queue_short_mail
from hopdocs.pages.views import FamilyRow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.freshness.cache import Cache
    from hopdocs.notices.ledger.store import Ledger

_TOLD: Final = "weekly"
"""What the ledger calls the week that people were last told of."""


def tell_of_weekly_tasks(
    present: Collection[str], shared: SharedInputs, *, cache: Cache, ledger: Ledger, now: datetime
) -> None:
    """Queue this week's mails, unless they were; `present` are the paths of the families that are there."""
    config, today = shared.config, shared.settings.today
    asking = {key for key, person in config.staff.items() if person.weekly_tasks and _works(person.to, today)}
    if config.mail is None or not asking or next_working_day(today, config) != today:
        return
    channel = config.mail.redirect_all_to or ""
    week = f"{today.isocalendar().year}-{today.isocalendar().week:02d} {channel}".strip()
    if ledger.meta(_TOLD) == week:
        return
    dues: dict[str, list[Due]] = {key: [] for key in asking}
    for source, text in cache.rows():
        todo = FamilyRow.from_json(json.loads(text)).todo if source in present else {}
        for key in asking & todo.keys():
            dues[key] += [Due(line.case_number, line.due) for line in todo[key].unpack() if line.due is not None]
    for key in asking:
        mail = weekly_mail(config, key, dues[key], today)
        if mail is not None:
            queue_short_mail(ledger, mail, weekly_event(key, today), now, channel=channel)
    with ledger.transaction():
        ledger.set_meta(_TOLD, week)


def _works(last_day: date | None, today: date) -> bool:
    return last_day is None or last_day >= today
