"""Short mails without a calendar part: each wanted once, on its day, while it still helps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hopdocs.notices.kinds.table import find_kind
from hopdocs.notices.record import Cause, Drop, NewNotice, NoticeRecord, State
from hopdocs.notices.wanted import WantedReminder, normalise_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from hopdocs.notices.wanted import WantedFamily

LOOK_AHEAD = timedelta(days=1)
"""How long before its day a reminder is put in the ledger; earlier it would only have to be dropped again."""


def plan_reminders(
    family: WantedFamily, records: Iterable[NoticeRecord], channel: str, now: datetime, gone: Collection[str] = ()
) -> tuple[list[Drop], list[NewNotice]]:
    """What must be dropped and what must be put in the ledger for one family's reminders and news.

    One that was sent, refused or is in doubt is never sent again for the same day (a second reminder annoys, a
    missing one is shown to a person). A moved meeting moves its reminder; a cancelled one takes it along. News that
    was taken back before it left is not told. What was told of a family that is `gone` counts for one of the same case
    number: its id was changed.
    """
    known: dict[tuple[str, str, str], list[NoticeRecord]] = defaultdict(list)
    reached: dict[tuple[str, str, str], list[NoticeRecord]] = defaultdict(list)
    counts = {family.family, *gone}
    for record in records:
        facts = record.facts
        if record.family not in counts or record.kind.wanted is None or not isinstance(facts, WantedReminder):
            continue  # an event's mails are left alone
        if record.family == family.family:
            known[record.meeting, record.key, record.email].append(record)
        if record.may_be_held:
            reached[record.meeting, record.key, facts.recipient.staff or record.email].append(record)
    drops: list[Drop] = []
    notices: list[NewNotice] = []
    for reminder in family.reminders:
        email = normalise_address(reminder.recipient.email)
        history = known.pop((reminder.meeting, reminder.key, email), [])
        pending = [item for item in history if item.state is State.PENDING]
        elsewhere = reached[reminder.meeting, reminder.key, reminder.recipient.staff or email]
        if _is_settled(reminder, history, elsewhere) or reminder.expires <= now:
            drops += [Drop.of(item, "expired") for item in pending]
            continue
        kept = [item for item in pending if _still_right(item, reminder)]
        drops += [Drop.of(item, _why_not_kept(reminder)) for item in pending if item not in kept]
        due = datetime.combine(reminder.due, time(), ZoneInfo(family.zone)).astimezone(UTC)
        if not kept and due - LOOK_AHEAD <= now:
            notices.append(replace(reminder_notice(reminder, history, channel, now), not_before=due))
    for history in known.values():
        drops += [Drop.of(item, "no longer wanted") for item in history if item.state is State.PENDING]
    return drops, notices


def _is_settled(reminder: WantedReminder, history: list[NoticeRecord], elsewhere: list[NoticeRecord]) -> bool:
    """Whether it had its chance. It counts as told to a person, whichever of her addresses it reached."""
    settled = [item for item in history if item.is_settled]
    arrived = [
        (item.announced, item.facts)
        for item in (*settled, *elsewhere)
        if isinstance(item.facts, WantedReminder)
        and (item.family == reminder.family or item.facts.case_number == reminder.case_number)
    ]
    if any(announced == reminder.announced for announced, _ in arrived):
        return True
    told = [thing for _, facts in arrived for thing in facts.tells]
    return bool(reminder.tells) and all(any(_is_same(thing, other) for other in told) for thing in reminder.tells)


def _is_same(thing: str, other: str) -> bool:
    """Whether two pieces of news are one: the same happened to a person who kept her id, or her address."""
    (what, *who), (other_what, *other_who) = thing.split(), other.split()
    return what == other_what and (who == other_who or not set(who).isdisjoint(other_who))


def _still_right(pending: NoticeRecord, reminder: WantedReminder) -> bool:
    is_same = pending.announced == reminder.announced
    return is_same and (pending.content == reminder.content or pending.maybe_delivered)


def _why_not_kept(reminder: WantedReminder) -> str:
    return "replaced by a newer edit" if reminder.tells else "moved to another day"


def reminder_notice(reminder: WantedReminder, history: list[NoticeRecord], channel: str, now: datetime) -> NewNotice:
    """A reminder as the notice that the ledger keeps, to leave at once."""
    dtstamp = now.astimezone(UTC).replace(microsecond=0)
    return NewNotice(
        channel=channel,
        family=reminder.family,
        meeting=reminder.meeting,
        uid=f"reminder|{reminder.family}|{reminder.meeting}|{reminder.key}",
        revision=max((item.revision for item in history), default=-1) + 1,
        sequence=0,
        dtstamp=dtstamp,
        kind=find_kind(reminder.kind, reminder.key),
        email=normalise_address(reminder.recipient.email),
        name=reminder.recipient.name,
        staff=reminder.recipient.staff,
        announced=reminder.announced,
        content=reminder.content,
        cause=Cause.EDIT,
        facts=reminder,
        starts_at=reminder.expires,
        key=reminder.key,
    )
