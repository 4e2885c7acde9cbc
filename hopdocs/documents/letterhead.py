"""Builds what stands on every document: sender, recipient, whom to call."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hopdocs.danish import first_name, phone_on_one_line
from hopdocs.documents.at_work import may_know_at_table, served_by
from hopdocs.documents.audience import MemberReader
from hopdocs.documents.views import AreaLine, ContactBox, DocumentInfo, MunicipalityBox, Recipient
from hopdocs.domain.addresses import has_no_known_home
from hopdocs.domain.ages import ADULT_AGE
from hopdocs.domain.tovholder import leader_on
from hopdocs.languages.said import Days, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.model.config import Absence, Config
    from hopdocs.model.family import Family
    from hopdocs.model.people import Contact
    from hopdocs.model.scalars.values import AreaCode, MemberKey, StaffId

UNDATED = date.min
"""Stands in a context until the build has looked up the version's own day."""
THINKING_TIME = timedelta(days=60)
"""How long after the information somebody may call with questions: absences within it are told."""
PLAIN_TITLE = "medarbejder i kommunen"
"""Stands for a title that would tell a reader about somebody else's health."""


def document_info(kind: str, title: str, *, draft: bool = False) -> DocumentInfo:
    """The document before its version is known."""
    return DocumentInfo(title=title, kind=kind, version=0, date=UNDATED, replaces=0, draft=draft)


def municipality_box(config: Config) -> MunicipalityBox:
    """The sender."""
    sender = config.municipality
    return MunicipalityBox(
        name=sender.name,
        unit=sender.unit,
        address=sender.address,
        phone=phone_on_one_line(sender.phone),
        email=sender.email,
        website=sender.website or "",
        cvr=sender.cvr or "",
    )


def person_name(family: Family, config: Config, who: str) -> str:
    """The name behind a staff id or a member key; free text stays as it is."""
    member = next((person for key, person in family.members.items() if key == who), None)
    if member is not None:
        return member.name
    staff = next((person for key, person in config.staff.items() if key == who), None)
    return staff.name if staff is not None else who


def member_recipient(audience: Audience, member: MemberKey) -> Recipient:
    """A person of the family, with the own address alone."""
    person = audience.family.members[member]
    return Recipient(
        key=member,
        name=person.name,
        first_name=first_name(person.name),
        address_lines=_address_lines(own_contact(audience.family, member)),
        is_professional=False,
        is_youth=audience.is_under(member, ADULT_AGE),
        interpreter_language=person.language if person.interpreter else "",
    )


def reader_recipient(audience: Audience, reader: Reader) -> Recipient:
    """Whose copy it is: a person's of the family, or an area's."""
    if isinstance(reader, MemberReader):
        return member_recipient(audience, reader.member)
    return area_recipient(audience.config, reader.area)


def area_recipient(config: Config, area: AreaCode) -> Recipient:
    """The staff of one area."""
    return table_recipient(config.areas[area].name if area in config.areas else area, key=area)


def table_recipient(name: str, *, key: str = "", is_professional: bool = True) -> Recipient:
    """A group: an area, the team, everybody at a table."""
    return Recipient(
        key=key,
        name=name,
        first_name=name,
        address_lines=(),
        is_professional=is_professional,
        is_youth=False,
        interpreter_language="",
    )


def own_contact(family: Family, member: MemberKey) -> Contact | None:
    """Where to write to a person: the own address, the home she lives in, or the family's.

    Somebody else's protected address is never borrowed, not even by who lives there; nor is the household's by
    somebody who may live elsewhere.
    """
    person = family.members[member]
    if person.contact is not None and person.contact.address is not None:
        return person.contact
    homes = [family.members[key].contact for key in person.lives_with if key in family.members]
    if homes and all(home is not None for home in homes):
        return next((home for home in homes if home is not None and not home.protected), None)
    is_kept_back = person.contact is not None and person.contact.protected
    return None if is_kept_back or has_no_known_home(family, person) else family.contact


def _address_lines(contact: Contact | None) -> tuple[str, ...]:
    if contact is None or contact.address is None:
        return ()
    town = " ".join(part for part in (contact.postcode, contact.city) if part)
    return tuple(line for line in (f"c/o {contact.co}" if contact.co else "", contact.address, town) if line)


def coordinator_box(config: Config, first: date, last: date) -> ContactBox:
    """The projektkoordinator: whom the family calls before there is a tovholder."""
    return _contact_box(config, config.project_coordinator, "projektkoordinator", None, (first, last))


def first_contact_box(audience: Audience) -> ContactBox:
    """Whom the papers before consent name throughout: a tovholder's area could tell one parent about the other."""
    family = audience.family
    begun = family.information_given or (family.referral.date if family.referral is not None else family.start_date)
    return coordinator_box(audience.config, begun, begun + THINKING_TIME)


def area_lines(config: Config) -> tuple[AreaLine, ...]:
    """The areas of the municipality, to tick."""
    return tuple(AreaLine(code=code, name=area.name, is_health=area.health) for code, area in config.areas.items())


def tovholder_box(  # noqa: PLR0913 - whom, for whom, and when
    audience: Audience, on: date, readers: Iterable[Reader], first: date, last: date, *, is_meeting: bool = False
) -> ContactBox:
    """The tovholder on the day `on`, or the projektkoordinator while there is none.

    Days away between `first` and `last` are told with their dates, so that the letter is right whichever day it
    is read, and the passing of time remakes nothing. Of a meeting on that day it is whom it began with (`is_meeting`).
    """
    config = audience.config
    tovholder = leader_on(audience.family, on) if is_meeting else audience.family.tovholder_on(on)
    if tovholder is None:
        return coordinator_box(config, first, last)
    box = _contact_box(config, tovholder.staff, "tovholder", tovholder.substitute, (first, last))
    if may_see_profession(audience, tovholder.staff, readers, on):
        return box
    return ContactBox(
        role=box.role,
        name=box.name,
        title=box.role,
        area="",
        phone=box.phone,
        email=box.email,
        substitute=box.substitute,
        absences=box.absences,
    )


def may_see_profession(audience: Audience, staff: StaffId, readers: Iterable[Reader], on: date) -> bool:
    """Whether title and area of a professional may stand in a paper with these readers.

    "Misbrugsbehandler" in a list of those who come tells one parent about the other. The person comes all the same,
    so the name stands.
    """
    return may_know_at_table(audience, audience.area_of(staff), served_by(audience, staff, on), readers)


def _contact_box(
    config: Config, staff: StaffId, role: str, substitute: StaffId | None, window: tuple[date, date]
) -> ContactBox:
    person = config.staff[staff]
    stand_ins = [key for key in (substitute, person.substitute) if key is not None and key in config.staff]
    return ContactBox(
        role=role,
        name=person.name,
        title=person.title,
        area=config.areas[person.area].name if person.area in config.areas else person.area,
        phone=_phone(config, staff),
        email=person.email,
        substitute=_reachable(config, stand_ins[0]) if stand_ins else "",
        absences=_absence_sentences(config, staff, [*stand_ins, config.project_coordinator], *window),
    )


def _phone(config: Config, staff: StaffId) -> str:
    """The letters say "ring til": to who has no number of her own, by the municipality's."""
    return phone_on_one_line(config.staff[staff].phone or config.municipality.phone)


def _reachable(config: Config, staff: StaffId) -> str:
    return say("{name}, telefon {phone}", name=config.staff[staff].name, phone=_phone(config, staff))


def _absence_sentences(
    config: Config, staff: StaffId, stand_ins: list[StaffId], first: date, last: date
) -> tuple[str, ...]:
    absences = sorted(
        (line for line in config.absences if line.staff == staff and line.from_ <= last and first <= line.to),
        key=lambda line: (line.from_, line.to),
    )
    sentences = []
    for line in absences:
        at_work = [key for key in stand_ins if key != staff and not _is_away(config, key, line)]
        call = _reachable(config, at_work[0]) if at_work else _municipality(config)
        name, days = config.staff[staff].name, Days((line.from_, line.to))
        sentences.append(say("{name} er væk {days}. Ring imens til {whom}.", name=name, days=days, whom=call))
    return tuple(dict.fromkeys(sentences))


def _municipality(config: Config) -> str:
    return say("kommunen, telefon {phone}", phone=phone_on_one_line(config.municipality.phone))


def _is_away(config: Config, staff: StaffId, while_: Absence) -> bool:
    return any(line.staff == staff and line.from_ <= while_.to and while_.from_ <= line.to for line in config.absences)
