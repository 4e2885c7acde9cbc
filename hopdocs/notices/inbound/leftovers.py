"""Why a mail that came back came to nothing: a code of the catalogue for each reason, and never a word of the mail."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from hopdocs.notices.inbound.bounces import is_from_mail_server
from hopdocs.notices.inbound.calendars import UNREADABLE, calendar_text, is_calendar, read_calendars

if TYPE_CHECKING:
    from email.message import Message

NO_MAIL: Final = "HD451"
NO_PLAIN_FILE: Final = "HD452"
NOT_EML: Final = "HD453"
AUTO_REPLY: Final = "HD454"
ORDINARY: Final = "HD455"
OUTLOOKS_OWN: Final = "HD456"
BROKEN_CALENDAR: Final = "HD457"
NO_ANSWER: Final = "HD458"
ANOTHER_MEETING: Final = "HD459"
UNINVITED: Final = "HD460"
NOT_ONE_SENDER: Final = "HD461"
FOR_SOMEBODY_ELSE: Final = "HD462"
STALE: Final = "HD463"
UNKNOWN_BOUNCE: Final = "HD464"
OTHERS_BOUNCE: Final = "HD465"
DELAYED: Final = "HD466"
SETTLED: Final = "HD467"
READ_BEFORE: Final = "HD468"
EMPTY_ANSWER: Final = "HD469"

_ANSWERS: Final = frozenset({"REPLY", "COUNTER"})


def why_nothing(message: Message) -> str:
    """What a mail is that is neither an answer nor a report which can be used."""
    if not message.keys():
        return NO_MAIL
    if is_from_mail_server(message):
        return UNKNOWN_BOUNCE
    if str(message.get("auto-submitted", "")).lower().startswith("auto-replied") or "x-autoreply" in message:
        return AUTO_REPLY
    calendars = [part for part in message.walk() if is_calendar(part)]
    if calendars:
        return _why_no_answer(calendars)
    kinds = {part.get_content_type() for part in message.walk()}
    return OUTLOOKS_OWN if kinds & {"application/ms-tnef", "application/vnd.ms-tnef"} else ORDINARY


def _why_no_answer(parts: list[Message]) -> str:
    for part in parts:
        with suppress(*UNREADABLE):
            for calendar in read_calendars(calendar_text(part)):
                if calendar.walk("VEVENT"):
                    method = str(calendar.get("METHOD") or part.get_param("method") or "").upper()
                    return EMPTY_ANSWER if method in _ANSWERS else NO_ANSWER
    return BROKEN_CALENDAR
