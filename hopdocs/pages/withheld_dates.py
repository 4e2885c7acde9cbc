"""Deadlines as the tovholder may know them, and as all may: no reader may know of all that has a day. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hopdocs.deadlines.consent import BIRTHDAY
from hopdocs.deadlines.measuring import LACKS
from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.kinds.course.known_dates import OF_ACTIVITIES, may_know_date

if TYPE_CHECKING:
    from hopdocs.deadlines.deadline import Deadline
    from hopdocs.domain.family_day import FamilyDay

_TOLD_BY_TITLE: Final = frozenset({"sector_plan", "examination", "waiting_time"})
"""Kinds of deadline whose title says what there is in a case or an area; others say it by the id in their key."""
_HIDDEN: Final = "Noget, som ikke vises her, har en frist: spørg projektkoordinatoren"
_ON_ITS_OWN_PAGE: Final = "Noget, som familiens egen side viser, har en frist"


def as_tovholder_may_know(deadline: Deadline, day: FamilyDay) -> Deadline:
    """A deadline without what her area may not know of: a page or a program reads no more than she does.

    Nobody misses a day over it: that there is something stays, without an activity's id or what it is.
    """
    kind = deadline.key.partition(":")[0]
    if kind not in OF_ACTIVITIES | _TOLD_BY_TITLE or _is_known(deadline, day):
        return deadline
    if kind in _TOLD_BY_TITLE:
        return replace(deadline, key="hidden", title=_HIDDEN)
    return replace(deadline, key=kind)


def as_all_may_know(deadline: Deadline) -> Deadline:
    """What is left of that on the page of all families, whose readers know nothing of most of them.

    What is going on in a case, who has a birthday and what is measured of whom, the family's own page alone says.
    """
    kind = deadline.key.partition(":")[0]
    if kind in _TOLD_BY_TITLE or kind.startswith(BIRTHDAY):
        return replace(deadline, title=_ON_ITS_OWN_PAGE)
    return replace(deadline, title=deadline.title.partition(LACKS)[0])


def _is_known(deadline: Deadline, day: FamilyDay) -> bool:
    audience = Audience(day).without_lapsed()
    reader = audience.area_of(day.contact.staff)
    return reader is not None and may_know_date(audience, AreaReader(reader), deadline.key)
