"""One cycle's planning, put into the ledger: the step between what is wanted and what waits in the outbox."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hopdocs.notices.kinds.kind import EVENT_PREFIX
from hopdocs.notices.ledger.store import OutdatedPlan
from hopdocs.notices.planning.reminders import reminder_notice
from hopdocs.notices.planning.revisions import RevisionPlan, plan_revisions
from hopdocs.notices.record import Drop

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from hopdocs.notices.ledger.reader import LedgerReader
    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.notices.record import NoticeId
    from hopdocs.notices.wanted import WantedFamily, WantedReminder

MOST_TRIES: Final = 20
"""A sender moves one notice at a time, and planning takes milliseconds: more is a bug."""


def queue_short_mail(
    ledger: Ledger, mail: WantedReminder, event: str, now: datetime, *, channel: str = ""
) -> NoticeId | None:
    """Put one short mail that an event asks for into the ledger, unless this event has had its mail already.

    It goes through the same gates and delivery as everything else. `event` names what happened, once and for all, as
    its kind does it (`returned_event`, `unreadable_event`).
    """
    if has_had_mail(ledger, mail.family, event, channel):
        return None
    notice = reminder_notice(replace(mail, key=f"{EVENT_PREFIX}{event}"), [], channel, now)
    return ledger.record_plan([], [replace(notice, start=ledger.start_name)], now)[0]


def has_had_mail(ledger: LedgerReader, family: str, event: str, channel: str = "") -> bool:
    """Whether an event has had its mail."""
    key = f"{EVENT_PREFIX}{event}"
    return any(item.key == key and item.channel == channel for item in ledger.of_family(family))


def record_wanted(
    wanted: Iterable[WantedFamily], ledger: Ledger, now: datetime, *, present: Collection[str], channel: str = ""
) -> RevisionPlan:
    """Close the difference between the families' data and the ledger; returns what changed.

    `present` are the ids of all families in the workspace, also those that can't be read: a family that the ledger
    knows and that isn't there is gone. Plan and revision go into the ledger in one transaction; if a sender
    in another thread or process moved on meanwhile, the plan is made again, so that nobody plans on what was.
    """
    families = tuple(wanted)
    for _ in range(MOST_TRIES - 1):
        with suppress(OutdatedPlan):
            return _record_once(families, ledger, now, present, channel)
    return _record_once(families, ledger, now, present, channel)


def _record_once(
    families: tuple[WantedFamily, ...], ledger: Ledger, now: datetime, present: Collection[str], channel: str
) -> RevisionPlan:
    gone = ledger.families_ahead(now) - set(present)
    view = ledger.view([*(item.family for item in families), *gone], channel=channel)
    plan = plan_revisions(families, view, now, gone=gone)
    over = [Drop(item, "trial is over") for item in ledger.waiting.outside(channel)]
    plan = replace(plan, drops=(*plan.drops, *over))
    if plan:
        ledger.record_plan(plan.drops, plan.notices, now)
    return plan
