"""What a family's data ask for: who is invited to what, who consent keeps out, and which short mails help.

Pure, and the one place where notices meet the model. Consent is asked here (and never again later): behind a closed
gate nobody on the team is wanted anywhere, and the reason goes along, since it decides whether what people hold
already is cancelled at once, after a person has looked, or not at all.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from hopdocs.danish import first_name, join, last_name
from hopdocs.domain.consent import ConsentAnswer, Gate, holders_of_custody
from hopdocs.domain.meetings import pair_stand_ins
from hopdocs.domain.team import is_area_open
from hopdocs.model.meeting import MeetingStatus
from hopdocs.model.scalars.places import locate
from hopdocs.notices.kinds.table import wanted_reminders
from hopdocs.notices.organizer import attendee_on_staff, contact_line, mail_of, reply_address, signature_of
from hopdocs.notices.wanted import (
    Attendee,
    BarCause,
    Barred,
    PrivateWords,
    WantedFamily,
    WantedMeeting,
    derive_uid,
    normalise_address,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.scalars.values import StaffId

HOME_VISIT: Final = "Hjemmebesøg (adressen står i sagen)"
"""What a calendar says about a meeting in somebody's home: the address is the family's own."""


def wanted_family(day: FamilyDay, *, blocked: tuple[str, ...] = ()) -> WantedFamily:
    """All notices that a family's file asks for. `blocked` are codes of findings that stop new invitations.

    If config has no `mail`, don't ask: a family without wanted meetings would be one whose meetings are all
    cancelled.
    """
    family = day.family
    return WantedFamily(
        family=family.id,
        meetings=tuple(wanted_meetings(day)),
        reminders=wanted_reminders(day),
        hold=family.notices is not None,
        held_meetings=tuple(meeting.id for meeting in family.meetings if meeting.notices is not None),
        blocked=blocked,
        private=private_words(family, day.config),
        zone=day.config.timezone,
    )


def wanted_meetings(day: FamilyDay) -> list[WantedMeeting]:
    """Every meeting of the file as calendars should show it, also cancelled and past ones."""
    barring = _gate_cause(day)
    return [_wanted_meeting(day, meeting, barring) for meeting in day.family.meetings]


def private_words(family: Family, config: Config) -> PrivateWords:
    """What no mail about this family may hold, and the staff and places that only look like it."""
    names = [person.name for person in family.members.values()]
    contacts = [person.contact for person in family.members.values()] + [family.contact]
    known = [contact for contact in contacts if contact is not None]
    staff = list(config.staff.values())
    municipality = config.municipality
    return PrivateWords(
        full_names=tuple(dict.fromkeys([*names, family.name])),
        first_names=tuple(
            dict.fromkeys(
                [
                    *(part for name in names for part in (first_name(name), last_name(name))),
                    *(item.name for item in family.network),
                ]
            )
        ),
        phones=tuple(dict.fromkeys(contact.phone for contact in known if contact.phone)),
        addresses=tuple(dict.fromkeys(contact.address for contact in known if contact.address)),
        allowed=tuple(
            dict.fromkeys(
                [
                    *(place.text for place in config.places.values()),
                    *(text for person in staff for text in (person.name, person.email, person.phone or "")),
                    *(f"Hej {first_name(person.name)}" for person in staff),
                    *(municipality.name, municipality.unit, municipality.address, municipality.phone),
                ]
            )
        ),
    )


def _gate_cause(day: FamilyDay) -> BarCause | None:
    """Why the whole gate is shut, if it is.

    Somebody who took the consent back or said no has decided; an answer that simply isn't there may be a line that
    slipped out of the file.
    """
    if day.gate is Gate.OPEN:
        return None
    if day.gate is Gate.LAPSED:
        return "expired"
    answers = {day.consents.standing(key).answer for key in holders_of_custody(day.family)}
    return "withdrawn" if answers & {ConsentAnswer.WITHDRAWN, ConsentAnswer.REFUSED} else "missing"


def _wanted_meeting(day: FamilyDay, meeting: Meeting, barring: BarCause | None) -> WantedMeeting:
    family, config = day.family, day.config
    mail = mail_of(config)
    barred = [Barred(config.staff[staff].email, cause) for staff, cause in _barred(day, meeting)]
    attendees = [attendee_on_staff(config, staff) for staff in day.invited_staff(meeting) if staff in config.staff]
    attendees += [
        Attendee(guest.email, guest.name, role="OPT-PARTICIPANT")
        for guest in meeting.guests
        if guest.email is not None and mail.allows(guest.email)
    ]
    if barring is not None:
        barred = [Barred(item.email, barring) for item in attendees] + barred
        attendees = []
    return WantedMeeting(
        family=family.id,
        meeting=meeting.id,
        uid=derive_uid(family.id, meeting.id, mail.from_.rpartition("@")[2]),
        kind=meeting.type.value,
        title=meeting.type.value.capitalize(),
        starts=datetime.combine(meeting.date, meeting.start),
        ends=datetime.combine(meeting.date, meeting.end),
        zone=config.timezone,
        place=_place_text(config, meeting.place),
        case_number=family.case_number or family.id,
        organizer=mail.from_,
        organizer_name=mail.from_name,
        reply_to=reply_address(day),
        attendees=_one_an_address(attendees),
        status="cancelled" if day.status(meeting) is MeetingStatus.CANCELLED else "confirmed",
        contact=contact_line(day),
        case_url=config.records.url_of(family.case_number),
        signature=signature_of(config),
        barred=tuple(barred),
    )


def _one_an_address(attendees: list[Attendee]) -> tuple[Attendee, ...]:
    """Two who share a mailbox get one mail that names both: staff before guests, who are merely invited."""
    found: dict[str, list[Attendee]] = {}
    for item in attendees:
        found.setdefault(normalise_address(item.email), []).append(item)
    return tuple(replace(items[0], name=join(dict.fromkeys(item.name for item in items))) for items in found.values())


def _barred(day: FamilyDay, meeting: Meeting) -> Iterator[tuple[StaffId, BarCause]]:
    """Team members whose area nobody whom they work with lets share any more, each with the reason."""
    family, config = day.family, day.config
    consents = day.consents_on(meeting.date)
    taken_back = {
        area
        for consent in family.consents
        for withdrawal in consent.withdrawn
        if withdrawal.date <= day.today
        for area in (consent.areas if withdrawal.areas is None else withdrawal.areas)
    }
    asked = dict.fromkeys([*(line.staff for line in family.team_on(meeting.date)), *(meeting.invited or ())])
    for staff, instead_of in pair_stand_ins(meeting, asked).items() if consents.signed_areas else ():
        area = config.staff[staff].area if staff in config.staff else None
        if area is not None and not is_area_open(consents, area, instead_of, meeting.date):
            yield staff, "withdrawn" if area in taken_back else "missing"


def _place_text(config: Config, place: str) -> str:
    location = locate(place, config.places)
    if location.host is not None:
        return HOME_VISIT
    return config.places[location.room].text if location.room is not None else location.text
