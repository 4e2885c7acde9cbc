"""A letter as a message of Digital Post: MeMo 1.2, the municipality's own format of messages.

The order of elements is the format's. Every element has a prefix: the service that takes messages (SF1601) was seen
not to accept the namespace as the default one. A message has no names beside the file's own: the subject stands in
lists and on locked screens.
"""

from __future__ import annotations

import base64
import uuid
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.dispatch.planned import EnvelopeFile, PlannedLetter
    from hopdocs.documents.views.meeting import MeetingView
    from hopdocs.freshness.dispatched import LetterKey
    from hopdocs.model.config import Config
    from hopdocs.pages.letters import LetterRoute

MEMO: Final = "https://DigitalPost.dk/MeMo-1"
KLE: Final = "http://kle-online.dk/"
_OURS: Final = uuid.UUID("6d1f2a4e-6a3b-5d0c-9b57-0d6f1a9c2e41")
"""The namespace of every id that hopdocs derives (RFC 9562, 5.5)."""
_NOON: Final = time(12)
_FORBIDDEN: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""What XML 1.0 cannot hold (2.2)."""


def message_id(letter: PlannedLetter) -> str:
    """The same for the same letter with the same contents, going the same way; another for any other."""
    return id_of_message(letter.document, letter.route, [item.digest for item in letter.files])


def id_of_message(document: LetterKey, route: LetterRoute, digests: Iterable[str]) -> str:
    """The id of a letter with those files, its own first."""
    return str(uuid.uuid5(_OURS, "|".join((*map(str, document), route.value, *digests))))


def reservation_id(calendar_uid: str) -> str:
    """A meeting's own, from the UID that its calendar entry has: moving the meeting changes neither."""
    return str(uuid.uuid5(_OURS, calendar_uid.partition("@")[0]))


def utc_moment(day: date, clock: time, zone: str) -> str:
    """A local time as the format writes it: in UTC, with Z."""
    local = datetime.combine(day, clock, ZoneInfo(zone))
    return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def compose_message(letter: PlannedLetter, config: Config, cpr: str, calendar_uid: str) -> bytes:
    """The message to one person. `calendar_uid` is that of the meeting's entry in the team's calendars.

    It is as old as its letter, so that the same letter gives the same bytes.
    """
    root = ET.Element("memo:Message", {"xmlns:memo": MEMO, "xmlns:kle": KLE, "memoVersion": "1.2"})
    header = ET.SubElement(root, "memo:MessageHeader")
    _texts(header, messageType="DIGITALPOST", messageUUID=message_id(letter), label=letter.title)
    _texts(header, postType="MYNDIGHEDSPOST")
    sender = ET.SubElement(header, "memo:Sender")
    _texts(sender, senderID=sender_id(config), idType="CVR", label=config.municipality.name)
    recipient = ET.SubElement(header, "memo:Recipient")
    _texts(recipient, recipientID=cpr, idType="CPR")
    _add_content_data(header, letter, config)
    body = ET.SubElement(root, "memo:MessageBody")
    _texts(body, createdDateTime=utc_moment(letter.day, _NOON, config.timezone))
    main, *enclosed = letter.files
    document = _add_document(body, "memo:MainDocument", main)
    if letter.meeting is not None:
        _add_meeting(document, letter, letter.meeting, config, calendar_uid)
    survey = config.dispatch.survey
    if letter.meeting is not None and survey is not None:
        action = ET.SubElement(document, "memo:Action")
        _texts(action, label=survey.label, actionCode="SELVBETJENING")
        _texts(ET.SubElement(action, "memo:EntryPoint"), url=survey.url)
    for item in enclosed:
        _add_document(body, "memo:AdditionalDocument", item)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def sender_id(config: Config) -> str:
    """The municipality's CVR number, without the blanks that people write in it; '' where config has none."""
    return "".join((config.municipality.cvr or "").split()).removeprefix("DK")


def _add_content_data(header: ET.Element, letter: PlannedLetter, config: Config) -> None:
    """What an answer finds its case by."""
    kle = config.records.kle
    if not letter.case_number and kle is None:
        return
    content = ET.SubElement(header, "memo:ContentData")
    if letter.case_number:
        case = ET.SubElement(content, "memo:CaseID")
        _texts(case, caseID=letter.case_number, caseSystem=config.records.name)
    if kle is not None:
        subject = ET.SubElement(content, "kle:KLEdata")
        parts = {"subjectKey": kle.key, "version": kle.version, "activityFacet": kle.facet, "label": kle.label}
        _texts(subject, "kle", **parts)


def _add_document(body: ET.Element, name: str, item: EnvelopeFile) -> ET.Element:
    document = ET.SubElement(body, name)
    _texts(document, label=item.title)
    file = ET.SubElement(document, "memo:File")
    content = base64.b64encode(item.data).decode("ascii")
    _texts(file, encodingFormat=item.media_type, filename=item.name, language=item.language, content=content)
    return document


def _add_meeting(
    document: ET.Element, letter: PlannedLetter, meeting: MeetingView, config: Config, calendar_uid: str
) -> None:
    """The meeting itself: under the letter its reader finds "put in my calendar"."""
    action = ET.SubElement(document, "memo:Action")
    starts = utc_moment(meeting.date, meeting.start, config.timezone)
    ends = utc_moment(meeting.date, meeting.end, config.timezone)
    _texts(action, label="Læg mødet i din kalender", actionCode="AFTALE", startDateTime=starts, endDateTime=ends)
    reservation = ET.SubElement(action, "memo:Reservation")
    _texts(
        reservation,
        description=describe_meeting(letter, meeting, config),
        reservationUUID=reservation_id(calendar_uid),
        abstract=meeting.type.capitalize(),
        location=meeting.place,
        startDateTime=starts,
        endDateTime=ends,
        organizerMail=config.municipality.email,
        organizerName=config.municipality.unit,
    )


def describe_meeting(letter: PlannedLetter, meeting: MeetingView, config: Config) -> str:
    """What the calendar says under the meeting: how to get there, and whom to call."""
    phone = letter.contact.phone or config.municipality.phone
    parts = [f"{letter.title}.", meeting.directions, f"Ring til {letter.contact.name}, {phone}, hvis du vil spørge."]
    return " ".join(part for part in parts if part)


def _texts(parent: ET.Element, prefix: str = "memo", /, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, f"{prefix}:{name}").text = text.translate(_FORBIDDEN)
