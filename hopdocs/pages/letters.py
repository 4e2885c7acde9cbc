"""The letters that a person must deliver: to whom, which way, by when, and which have been. Pure.

hopdocs never sends anything to a family. It says which letters are ready, and `deliveries` in the family's file
says which have been handed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hopdocs.danish import short_date
from hopdocs.deadlines.course import deadlines_of
from hopdocs.documents.kinds.table import find_kind
from hopdocs.documents.letterhead import person_name
from hopdocs.domain.ages import LETTER_AGE
from hopdocs.freshness.delivered import FOLDER, ON_THE_CASE
from hopdocs.model.family import DeliveryRoute
from hopdocs.model.people import PostRoute
from hopdocs.pages.views import HandedOverLine, LetterLine, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hopdocs.documents.kinds.kind import DocumentKind
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.freshness.delivered import DeliveredCopy
    from hopdocs.model.family import Delivery, Family
    from hopdocs.model.people import Member
    from hopdocs.pages.views import DocumentLine

_FORMATS: Final = {"docx": "Word", "pdf": "PDF"}
_ROUTES: Final = {
    DeliveryRoute.HANDED_OVER: "udleveret",
    DeliveryRoute.DIGITAL_POST: "Digital Post",
    DeliveryRoute.PAPER: "på papir",
}


class LetterRoute(StrEnum):
    """How a letter reaches a person; `unknown` where nobody has written it, so that somebody hands it over."""

    DIGITAL_POST = "digital_post"
    PAPER = "paper"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Letter:
    """A document that a person must bring to somebody of the family, and the delivery that did, if any."""

    document: DocumentLine
    kind: DocumentKind
    route: LetterRoute
    deliver_by: date | None
    delivery: Delivery | None


def letters_to_deliver(day: FamilyDay, documents: Iterable[DocumentLine]) -> tuple[LetterLine, ...]:
    """The letters that are due to the family now, in the order of their days, those delivered last."""
    documents = tuple(documents)
    lines = [_line(day, letter, documents) for letter in list_letters(day, documents)]
    return tuple(sorted(lines, key=lambda line: (line.delivered is not None, line.deliver_by or day.today, line.title)))


def handed_over_lines(day: FamilyDay, copies: Iterable[DeliveredCopy], folder: str) -> tuple[HandedOverLine, ...]:
    """What the family has got and hopdocs keeps as it was, the latest first; links lead from the page in `folder`."""
    lines = []
    for copy in copies:
        if copy.how == ON_THE_CASE:
            continue
        kind, meeting = find_kind(copy.kind), day.family.meeting(copy.meeting) if copy.meeting else None
        title = kind.title if kind is not None else copy.kind
        up = "" if copy.folder == folder else f"../{copy.folder}/"
        line = HandedOverLine(
            day=copy.day,
            title=f"{title} ({meeting.type.value} {short_date(meeting.date)})" if meeting is not None else title,
            recipient=person_name(day.family, day.config, copy.to),
            how=_ROUTES[DeliveryRoute(copy.how)],
            version=copy.edition,
            links=tuple(Link(_FORMATS[name.rpartition(".")[2]], f"{up}{FOLDER}/{name}") for name, _ in copy.files),
        )
        lines.append(line)
    return tuple(sorted(lines, key=lambda line: line.day, reverse=True))


def list_letters(day: FamilyDay, documents: Iterable[DocumentLine]) -> Iterator[Letter]:
    """The same with everything that is known of each, in the documents' order."""
    due = {item.key: item.due for item in deadlines_of(day)}
    for document in documents:
        member, kind = _member(day.family, document.recipient_key), find_kind(document.kind)
        if member is None or kind is None or kind.is_called_for is None:
            continue
        if kind.is_called_for(day, document.meeting, document.recipient_key):
            yield Letter(
                document=document,
                kind=kind,
                route=route_of(member, day.today),
                deliver_by=due.get(kind.handover.key_of(document.meeting)) if kind.handover is not None else None,
                delivery=_delivery_of(day.family, document, kind),
            )


def route_of(member: Member, today: date) -> LetterRoute:
    """How letters reach a person; under 15 nobody has a mailbox (lov om Digital Post), and who is exempt has none."""
    if member.age_on(today) < LETTER_AGE or member.post is PostRoute.PAPER:
        return LetterRoute.PAPER
    return LetterRoute.DIGITAL_POST if member.post is PostRoute.DIGITAL else LetterRoute.UNKNOWN


def _line(day: FamilyDay, letter: Letter, documents: Iterable[DocumentLine]) -> LetterLine:
    document, delivery = letter.document, letter.delivery
    beside = next(_translations_of(letter, documents), None)
    return LetterLine(
        title=document.title,
        recipient=document.recipient,
        route=_route(day, document.recipient_key),
        links=document.links,
        translation=beside.title if beside is not None else "",
        translation_links=beside.links if beside is not None else (),
        deliver_by=letter.deliver_by,
        delivered=delivery.date if delivery else None,
        delivered_how=_ROUTES[delivery.how] if delivery else "",
    )


def _translations_of(letter: Letter, documents: Iterable[DocumentLine]) -> Iterator[DocumentLine]:
    """What goes along with a letter, in the language that its reader reads."""
    kind, document = letter.kind.translation, letter.document
    for other in documents if kind is not None else ():
        about = (other.kind, other.meeting, other.recipient_key)
        if kind is not None and about == (kind.name, document.meeting, document.recipient_key):
            yield other


def _member(family: Family, key: str) -> Member | None:
    return next((member for name, member in family.members.items() if name == key), None)


def _delivery_of(family: Family, document: DocumentLine, kind: DocumentKind) -> Delivery | None:
    """The latest line in `deliveries` for this letter; a plan delivered before the latest meeting is an older one."""
    found = [
        line
        for line in family.deliveries
        if line.document in (kind.name, *kind.is_settled_by)
        and document.recipient_key in line.to
        and (not document.meeting or line.meeting == document.meeting)
        and (document.day is None or line.date >= document.day)
    ]
    return max(found, key=lambda line: line.date, default=None)


def _route(day: FamilyDay, key: str) -> str:
    """The route in words; a child under 15 is handed the letter."""
    member = next(member for name, member in day.family.members.items() if name == key)
    if member.is_child and member.age_on(day.today) < LETTER_AGE:
        return "udleveres"
    return "Digital Post" if member.post is PostRoute.DIGITAL else "på papir" if member.post else "udleveres"
