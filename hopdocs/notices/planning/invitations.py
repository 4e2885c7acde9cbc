"""What a family's data ask for: who is invited to what, who consent keeps out, and which reminders help.

Pure, and the one place where notices meet the model. Consent is asked here (and never again later): behind a closed
gate nobody on the team is wanted anywhere, and the reason goes along, since it decides whether what people hold
already is cancelled at once, after a person has looked, or not at all.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from hopdocs.deadlines.working_days import working_days_before
from hopdocs.domain.consent import Answer, Gate, gate_of, holders_of_custody, missing_consents, standing_of
from hopdocs.domain.meetings import invited_staff, is_planned, signed_areas, status_of
from hopdocs.domain.tovholder import contact_person
from hopdocs.model.config import ReplyTo
from hopdocs.model.meeting import MeetingStatus, MeetingType
from hopdocs.notices.wanted import (
    Attendee,
    BarCause,
    Barred,
    PrivateWords,
    WantedFamily,
    WantedMeeting,
    WantedReminder,
    derive_uid,
    normalise_address,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.model.config import Config, Mail, Staff
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.values import StaffId

HOME_VISIT: Final = "Hjemmebesøg (adressen står i sagen)"
"""What a calendar says about a meeting in somebody's home: the address is the family's own."""

CONSENT_REMINDER_DAYS: Final = 7
"""How long a reminder about a missing consent still helps."""


def wanted_family(family: Family, config: Config, today: date, *, blocked: tuple[str, ...] = ()) -> WantedFamily:
    """All notices that a family's file asks for. `blocked` are codes of findings that stop new invitations.

    Where config has no `mail`, don't ask: a family without wanted meetings would be one whose meetings are all
    cancelled.
    """
    return WantedFamily(
        family=family.id,
        meetings=tuple(wanted_meetings(family, config, today)),
        reminders=tuple(wanted_reminders(family, config, today)),
        hold=family.notices is not None,
        held_meetings=tuple(meeting.id for meeting in family.meetings if meeting.notices is not None),
        blocked=blocked,
        private=private_words(family, config),
    )


def wanted_meetings(family: Family, config: Config, today: date) -> list[WantedMeeting]:
    """Every meeting of the file as calendars should show it, also cancelled and past ones."""
    mail = _mail_of(config)
    barring = _gate_cause(family, today)
    return [_wanted_meeting(family, config, mail, meeting, today, barring) for meeting in family.meetings]


def wanted_reminders(family: Family, config: Config, today: date) -> Iterator[WantedReminder]:
    """Reminders that are still of use: an own part that is missing before the formøde, a consent not yet answered."""
    if gate_of(family, today) is Gate.OPEN:
        for meeting in family.meetings:
            if meeting.type is MeetingType.FAGLIGT_FORMØDE and is_planned(meeting, today):
                yield from _assessment_reminders(family, config, meeting, today)
    yield from _consent_reminders(family, config, today)


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
                    *(part for name in names for part in (name.split()[0], name.split()[-1])),
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
                    *(f"Hej {person.name.split()[0]}" for person in staff),
                    *(municipality.name, municipality.unit, municipality.address, municipality.phone),
                ]
            )
        ),
    )


def _mail_of(config: Config) -> Mail:
    if config.mail is None:
        msg = "no mail in the configuration: there is nothing to want"
        raise ValueError(msg)
    return config.mail


def _gate_cause(family: Family, today: date) -> BarCause | None:
    """Why the whole gate is shut, if it is.

    Somebody who took the consent back or said no has decided; an answer that simply isn't there may be a line that
    slipped out of the file.
    """
    gate = gate_of(family, today)
    if gate is Gate.OPEN:
        return None
    if gate is Gate.LAPSED:
        return "expired"
    answers = {standing_of(family, key, today).answer for key in holders_of_custody(family)}
    return "withdrawn" if answers & {Answer.WITHDRAWN, Answer.REFUSED} else "missing"


def _wanted_meeting(  # noqa: PLR0913, PLR0917 - a meeting stands in a family, a municipality, a day and a gate
    family: Family, config: Config, mail: Mail, meeting: Meeting, today: date, barring: BarCause | None
) -> WantedMeeting:
    invited = invited_staff(family, config, meeting)
    barred = [Barred(config.staff[staff].email, cause) for staff, cause in _barred(family, config, meeting, today)]
    attendees = [_attendee(config, staff) for staff in invited if staff in config.staff]
    attendees += [
        Attendee(guest.email, guest.name, role="OPT-PARTICIPANT")
        for guest in meeting.guests
        if guest.email is not None and guest.email.rpartition("@")[2] in mail.allowed_domains
    ]
    if barring is not None:
        barred = [Barred(item.email, barring) for item in attendees] + barred
        attendees = []
    responsible = _responsible(family, config, today)
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
        reply_to=_reply_to(mail, responsible),
        attendees=_one_an_address(attendees),
        status="cancelled" if status_of(meeting, today) is MeetingStatus.CANCELLED else "confirmed",
        contact=_contact_line(responsible),
        case_url=_case_url(family, config),
        signature=_signature(config),
        barred=tuple(barred),
    )


def _one_an_address(attendees: list[Attendee]) -> tuple[Attendee, ...]:
    """Two who share a mailbox get one mail, named for the first: staff before guests, who are merely invited."""
    found: dict[str, Attendee] = {}
    for item in attendees:
        found.setdefault(normalise_address(item.email), item)
    return tuple(found.values())


def _barred(family: Family, config: Config, meeting: Meeting, today: date) -> Iterator[tuple[StaffId, BarCause]]:
    """Team members whose area nobody in the family lets share any more, each with the reason."""
    areas = signed_areas(family, meeting.date)
    taken_back = {
        area
        for consent in family.consents
        for withdrawal in consent.withdrawn
        if withdrawal.date <= today
        for area in (consent.areas if withdrawal.areas is None else withdrawal.areas)
    }
    asked = dict.fromkeys([*(line.staff for line in family.team_on(meeting.date)), *(meeting.invited or ())])
    for staff in dict.fromkeys(meeting.stand_ins.get(item, item) for item in asked):
        area = config.staff[staff].area if staff in config.staff else None
        if areas and area is not None and area not in areas:
            yield staff, "withdrawn" if area in taken_back else "missing"


def _attendee(config: Config, staff: StaffId) -> Attendee:
    person = config.staff[staff]
    return Attendee(person.email, person.name, staff)


def _responsible(family: Family, config: Config, today: date) -> Staff | None:
    """Who answers questions today: the same person that the letters name."""
    return config.staff.get(contact_person(family, config, today).reachable)


def _reply_to(mail: Mail, responsible: Staff | None) -> str:
    if mail.reply_to is ReplyTo.TOVHOLDER and responsible is not None:
        return responsible.email
    return mail.from_


def _contact_line(responsible: Staff | None) -> str:
    if responsible is None:
        return ""
    return ", ".join(part for part in (responsible.name, responsible.phone, responsible.email) if part)


def _place_text(config: Config, place: str) -> str:
    if place.startswith("home:"):
        return HOME_VISIT
    return config.places[place].text if place in config.places else place


def _case_url(family: Family, config: Config) -> str:
    if config.records.case_url is None or family.case_number is None:
        return ""
    return config.records.case_url.replace("{case_number}", family.case_number)


def _signature(config: Config) -> str:
    return f"{config.municipality.unit}, {config.municipality.name}"


def _assessment_reminders(family: Family, config: Config, meeting: Meeting, today: date) -> Iterator[WantedReminder]:
    """To those alone whose own part of the undersøgelse is still empty, on working days before it."""
    written = {part.area for part in family.assessment} | {part.by for part in family.assessment}
    for days in config.deadlines.assessment_reminders:
        due = working_days_before(meeting.date, days, config)
        for staff in invited_staff(family, config, meeting):
            if staff not in config.staff or staff in written or config.staff[staff].area in written:
                continue
            yield _reminder(
                family,
                config,
                today,
                staff=staff,
                meeting=meeting.id,
                key=f"del-{days}",
                due=due,
                expires=datetime.combine(meeting.date, meeting.start, ZoneInfo(config.timezone)),
                subject="din del mangler",
                lines=(
                    "Din del af den familiefaglige undersøgelse mangler endnu.",
                    "Skriv den gerne i sagen, inden I mødes.",
                ),
            )


def _consent_reminders(family: Family, config: Config, today: date) -> Iterator[WantedReminder]:
    """To the coordinator alone, while somebody has not answered."""
    waiting = set(missing_consents(family, today))
    given = [
        line.form_given
        for line in family.consents
        if line.member in waiting
        and line.form_given is not None
        and standing_of(family, line.member, today).answer is Answer.NONE
    ]
    if not given or config.project_coordinator not in config.staff:
        return
    zone = ZoneInfo(config.timezone)
    for days in config.deadlines.consent_reminders:
        due = min(given) + timedelta(days=days)
        yield _reminder(
            family,
            config,
            today,
            staff=config.project_coordinator,
            meeting="",
            key=f"samtykke-{days}",
            due=due,
            expires=datetime.combine(due + timedelta(days=CONSENT_REMINDER_DAYS), datetime.min.time(), zone),
            subject="samtykke mangler",
            lines=(
                f"Der er gået {days} dage, siden samtykkeerklæringen blev udleveret, og der mangler endnu et svar.",
            ),
        )


def _reminder(  # noqa: PLR0913 - the fields of a reminder
    family: Family,
    config: Config,
    today: date,
    *,
    staff: StaffId,
    meeting: str,
    key: str,
    due: date,
    expires: datetime,
    subject: str,
    lines: tuple[str, ...],
) -> WantedReminder:
    mail = _mail_of(config)
    return WantedReminder(
        family=family.id,
        meeting=meeting,
        key=key,
        recipient=_attendee(config, staff),
        due=due,
        expires=expires,
        case_number=family.case_number or family.id,
        subject=subject,
        lines=lines,
        organizer=mail.from_,
        organizer_name=mail.from_name,
        reply_to=_reply_to(mail, _responsible(family, config, today)),
        signature=_signature(config),
    )
