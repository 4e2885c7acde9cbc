"""The letters that a person must deliver: to whom, which way, by when, and which have been. Pure.

hopdocs never sends anything to a family. It says which letters are ready, and `deliveries` in the family's file
says which have been handed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.deadlines.course import deadlines_of
from hopdocs.documents.kinds.table import find_kind
from hopdocs.domain.ages import LETTER_AGE
from hopdocs.model.family import DeliveryRoute
from hopdocs.model.people import PostRoute
from hopdocs.pages.views import LetterLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.family import Delivery, Family
    from hopdocs.pages.views import DocumentLine

_ROUTES: Final = {
    DeliveryRoute.HANDED_OVER: "udleveret",
    DeliveryRoute.DIGITAL_POST: "Digital Post",
    DeliveryRoute.PAPER: "på papir",
}


def letters_to_deliver(day: FamilyDay, documents: Iterable[DocumentLine]) -> tuple[LetterLine, ...]:
    """The letters that are due to the family now, in the order of their days, those delivered last."""
    due = {item.key: item.due for item in deadlines_of(day)}
    lines = [
        line
        for document in documents
        if document.recipient_key in day.family.members
        for line in _letter(day, document, due)
    ]
    return tuple(sorted(lines, key=lambda line: (line.delivered is not None, line.deliver_by or day.today, line.title)))


def _letter(day: FamilyDay, document: DocumentLine, due: dict[str, date]) -> Iterator[LetterLine]:
    kind = find_kind(document.kind)
    if kind is None or kind.is_called_for is None:
        return
    if not kind.is_called_for(day, document.meeting, document.recipient_key):
        return
    delivery = _delivery_of(day.family, document)
    yield LetterLine(
        title=document.title,
        recipient=document.recipient,
        route=_route(day, document.recipient_key),
        links=document.links,
        deliver_by=due.get(kind.handover.key_of(document.meeting)) if kind.handover is not None else None,
        delivered=delivery.date if delivery else None,
        delivered_how=_ROUTES[delivery.how] if delivery else "",
    )


def _delivery_of(family: Family, document: DocumentLine) -> Delivery | None:
    """The latest line in `deliveries` for this letter; a plan delivered before the latest meeting is an older one."""
    found = [
        line
        for line in family.deliveries
        if line.document == document.kind
        and document.recipient_key in line.to
        and (not document.meeting or line.meeting == document.meeting)
        and (document.day is None or line.date >= document.day)
    ]
    return max(found, key=lambda line: line.date, default=None)


def _route(day: FamilyDay, key: str) -> str:
    """How letters reach a person; a child under 15 has no Digital Post."""
    member = next(member for name, member in day.family.members.items() if name == key)
    if member.is_child and member.age_on(day.today) < LETTER_AGE:
        return "udleveres"
    return "Digital Post" if member.post is PostRoute.DIGITAL else "på papir" if member.post else "udleveres"
