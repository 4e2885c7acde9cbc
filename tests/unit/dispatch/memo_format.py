"""MeMo 1.2 by hand, as far as its public examples show it: which elements may stand where, in which order.

The municipality's own sender reads a message with classes of this shape; what it has no place for would be lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

MEMO: Final = "https://DigitalPost.dk/MeMo-1"
KLE: Final = "http://kle-online.dk/"
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

ORDER: Final = {
    "Message": "MessageHeader MessageBody?",
    "MessageHeader": "messageType messageUUID messageID? messageCode? label notification? additionalNotification? "
    "reply? replyByDateTime? doNotDeliverUntilDate? mandatory? legalNotification? postType? Sender Recipient "
    "ContentData? ForwardData? ReplyData*",
    "Sender": "senderID idType label AttentionData? ContactPoint? Representative?",
    "Recipient": "recipientID idType label? AttentionData? ContactPoint?",
    "ContentData": "CPRdata? CVRdata? MotorVehicle? PropertyNumber? CaseID? KLEdata? FORMdata? ProductionUnit? "
    "Education? Address? UnstructuredAddress? AdditionalContentData*",
    "CaseID": "caseID caseSystem",
    "KLEdata": "subjectKey version activityFacet label",
    "MessageBody": "createdDateTime MainDocument AdditionalDocument* TechnicalDocument*",
    "MainDocument": "mainDocumentID? label? File+ Action*",
    "AdditionalDocument": "additionalDocumentID? label? File+ Action*",
    "File": "encodingFormat filename language content",
    "Action": "label actionCode startDateTime? endDateTime? Reservation? EntryPoint?",
    "Reservation": "description reservationUUID abstract location startDateTime endDateTime organizerMail? "
    "organizerName?",
    "EntryPoint": "url",
}
CLOSED: Final = {
    "messageType": {"DIGITALPOST", "NEMSMS"},
    "actionCode": {
        "AFTALE",
        "BETALING",
        "SELVBETJENING",
        "INFORMATION",
        "UNDERSKRIV",
        "BEKRAEFT",
        "FORBEREDELSE",
        "TILMELDING",
    },
    "idType": {"CPR", "CVR"},
    "postType": {"MYNDIGHEDSPOST"},
}


def find_leftovers(element: ET.Element) -> Iterator[str]:
    """What in an element the format has no place for, or would read otherwise than it is meant."""
    namespace, name = _split(element.tag)
    if namespace != (KLE if name in {"KLEdata", *ORDER["KLEdata"].split()} and _is_kle(element) else MEMO):
        yield f"{name}: namespace {namespace}"
    if name not in ORDER:
        yield from _find_odd_text(name, element)
        return
    expected = "".join(f"(?:{item.rstrip('?*+')} ){item[len(item.rstrip('?*+')) :]}" for item in ORDER[name].split())
    children = "".join(f"{_split(child.tag)[1]} " for child in element)
    if not re.fullmatch(expected, children):
        yield f"{name}: {children}"
    if (element.text or "").strip():
        yield f"{name}: text beside its elements"
    if element.attrib != ({"memoVersion": "1.2"} if name == "Message" else {}):
        yield f"{name}: attributes {sorted(element.attrib)}"
    for child in element:
        yield from find_leftovers(child)


def _split(tag: str) -> tuple[str, str]:
    namespace, _, name = tag.removeprefix("{").rpartition("}")
    return namespace, name


def _is_kle(element: ET.Element) -> bool:
    return _split(element.tag)[1] == "KLEdata" or _split(element.tag)[0] == KLE


def _find_odd_text(name: str, element: ET.Element) -> Iterator[str]:
    text = element.text or ""
    is_odd = (
        not text
        or len(element)
        or (name in CLOSED and text not in CLOSED[name])
        or (name.endswith("DateTime") and not _MOMENT.fullmatch(text))
        or (name.endswith("UUID") and not _UUID.fullmatch(text))
    )
    if is_odd:
        yield f"{name}: {text[:40]}"
