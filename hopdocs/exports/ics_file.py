"""Entries as an iCalendar file that Outlook, Apple and Google subscribe to (RFC 5545; name and refreshing RFC 7986)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDate, vDatetime, vText

from hopdocs.notices.mail.calendar import COPENHAGEN, PRODUCT, TIMEZONE_BLOCK, PlainText
from hopdocs.notices.wanted import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.exports.feed import FeedEntry

_END: Final = b"END:VCALENDAR\r\n"
_REFRESH: Final = "PT1H"


def write_feed(entries: Iterable[FeedEntry], name: str, zone: str, today: date) -> bytes:
    """The feed, the same bytes for the same entries on the same day.

    Meetings stand at the clock's time in the zone that invitations have rules for, elsewhere in UTC; deadlines are
    whole days that keep nobody busy. No alarms, no attendees: it is to be looked at, and nobody answers it.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, PlainText(one_line(name)))
    calendar["refresh-interval"] = vText(_REFRESH)
    calendar["refresh-interval"].params["VALUE"] = "DURATION"
    calendar.add("x-published-ttl", _REFRESH)
    stamp = datetime.combine(today, time.min, UTC)
    events = b"".join(_write_entry(entry, zone, stamp) for entry in entries)
    rules = TIMEZONE_BLOCK if zone == COPENHAGEN else b""
    return bytes(calendar.to_ical().removesuffix(_END) + rules + events + _END)


def _write_entry(entry: FeedEntry, zone: str, stamp: datetime) -> bytes:
    event = Event()
    event.add("uid", vText(entry.uid))
    event["dtstamp"] = vDatetime(stamp)
    for key, moment in (("dtstart", entry.starts), ("dtend", entry.ends)):
        event[key] = _moment(moment, zone)
    event.add("summary", PlainText(one_line(entry.summary)))
    if entry.place:
        event.add("location", PlainText(one_line(entry.place)))
    if entry.url:
        event.add("url", one_line(entry.url))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if isinstance(entry.starts, datetime) else "TRANSPARENT")
    return bytes(event.to_ical())


def _moment(moment: datetime | date, zone: str) -> vDatetime | vDate:
    if not isinstance(moment, datetime):
        day = vDate(moment)
        day.params["VALUE"] = "DATE"
        return day
    if zone != COPENHAGEN:
        return vDatetime(moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))
    local = vDatetime(moment)
    local.params["TZID"] = zone
    return local
