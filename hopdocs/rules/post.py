"""Letters reach people in a way that they have, deliveries name what there is, and no protected address gets out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks
from hopdocs.documents.kinds.table import names_of_deliveries
from hopdocs.domain.addresses import has_no_known_home, is_home_protected, names_address, protected_addresses
from hopdocs.domain.ages import LETTER_AGE
from hopdocs.model.entry import Entry
from hopdocs.model.family import DeliveryRoute
from hopdocs.model.people import PostRoute
from hopdocs.model.scalars.places import locate
from hopdocs.model.scalars.values import nearest_few
from hopdocs.rules.context import error, in_words, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.scalars.values import MemberKey

_ANNEX_5 = re.compile(r"\bbilag\s*(?:nr\.?\s*)?5\b", re.IGNORECASE)
_NOT_FOR_PAPERS = frozenset({"contact"})
"""Addresses stand on their own envelope alone."""


def check_digital_post(day: FamilyDay) -> Iterator[Finding]:
    """Nobody under 15 has a mailbox in Digital Post, and who is exempt gets paper. A delivery made is only told."""
    for key, person in day.family.members.items():
        if person.post is PostRoute.DIGITAL and person.age_on(day.today) < LETTER_AGE:
            yield error("HD223", ("members", key, "post"), blocks=Blocks.DOCUMENTS, member=key)
    for index, delivery in enumerate(day.family.deliveries):
        for number, key in enumerate(delivery.to):
            if delivery.how is DeliveryRoute.DIGITAL_POST and _has_no_mailbox(day, key, index):
                yield warn("HD223", ("deliveries", index, "to", number), member=key)


def check_delivered_documents(day: FamilyDay) -> Iterator[Finding]:
    """What was handed over is a document of a kind that there is: any other name freezes no paper."""
    names = names_of_deliveries()
    for index, delivery in enumerate(day.family.deliveries):
        if delivery.document not in names:
            at = ("deliveries", index, "document")
            few = in_words(nearest_few(delivery.document, names))
            yield error("HD608", at, document=delivery.document, choices=few)


def _has_no_mailbox(day: FamilyDay, member: MemberKey, delivery: int) -> bool:
    person = day.family.members.get(member)
    if person is None:
        return False
    is_too_young = person.age_on(day.family.deliveries[delivery].date) < LETTER_AGE
    return is_too_young or person.post is PostRoute.PAPER


def check_protected_home(day: FamilyDay) -> Iterator[Finding]:
    """No paper shows the address of a home; if it is protected, those who come must be told in speech."""
    for index, meeting in enumerate(day.family.meetings):
        key = locate(meeting.place, day.config.places).host
        is_at_home = key is not None and key in day.family.members and day.is_planned(meeting)
        if key is not None and is_at_home and is_home_protected(day.family, key):
            yield warn("HD296", ("meetings", index, "place"), member=key, meeting=meeting.id)


def check_known_home(day: FamilyDay) -> Iterator[Finding]:
    """Where somebody lives is written, before a protected address could stand on the wrong letter."""
    for key, person in day.family.members.items():
        if has_no_known_home(day.family, person):
            yield warn("HD580", ("members", key, "contact", "address"), missing=True, member=key)


def check_protected_address(day: FamilyDay) -> Iterator[Finding]:
    """A protected address stands in nobody's papers; who wrote it into a text would tell everyone who reads that."""
    hidden = protected_addresses(day.family)
    for at, text in _written_texts(day.family) if hidden else ():
        member = next((key for address, key in hidden.items() if names_address(text, address)), None)
        if member is not None:
            yield error("HD605", at, blocks=Blocks.DOCUMENTS, member=member)


def check_mail_addresses(day: FamilyDay) -> Iterator[Finding]:
    """Mail goes to the municipality's own domains: a colleague outside them gets none, and nor does a guest."""
    mail, staff = day.config.mail, day.config.staff
    if mail is None:
        return
    for index, line in enumerate(day.family.team):
        known = staff.get(line.staff)
        is_there = line.to is None or line.to >= day.today
        if known is not None and is_there and not mail.allows(known.email):
            at: DataPath = ("team", index, "staff")
            yield error(
                "HD671",
                at,
                blocks=Blocks.NOTICES,
                staff=line.staff,
                address=known.email,
                domains=in_words(mail.allowed_domains),
            )
    for index, meeting in enumerate(day.family.meetings):
        for number, guest in enumerate(meeting.guests if day.is_planned(meeting) else ()):
            if guest.email is not None and not mail.allows(guest.email):
                at = ("meetings", index, "guests", number, "email")
                yield warn("HD672", at, address=guest.email, domains=in_words(mail.allowed_domains))


def check_annexes(day: FamilyDay) -> Iterator[Finding]:
    """The agreement has no annex 5: who names it means another (samarbejdsaftale 2023, Bilag)."""
    for at, text in _written_texts(day.family):
        if _ANNEX_5.search(text):
            yield warn("HD675", at)


def _written_texts(value: object, at: DataPath = ()) -> Iterator[tuple[DataPath, str]]:
    """Each text below `value`, in the file's order, but for the places where an address belongs."""
    if isinstance(value, str):
        if not isinstance(value, Enum):
            yield at, value
    elif isinstance(value, Entry):
        for name, field in type(value).model_fields.items():
            if name not in _NOT_FOR_PAPERS:
                yield from _written_texts(getattr(value, name), (*at, field.alias or name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _written_texts(item, (*at, str(key)))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _written_texts(item, (*at, index))
