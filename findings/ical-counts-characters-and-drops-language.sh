#!/bin/sh
# ical 14.3.1. Two things get lost between reading and writing a Danish invitation. Lines are folded at 75 characters,
# not the 75 octets that RFC 5545 sets, so that Danish lines are too long; and LANGUAGE, which Outlook puts on every
# SUMMARY, is dropped, while the parameters of ATTENDEE are kept.
# Seen: a longest line of 106 octets, SUMMARY without LANGUAGE.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check ical==14.3.1 tzdata==2026.6
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
src = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//DA
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1@vesterlyng.example
DTSTAMP:20260601T080000Z
SUMMARY;LANGUAGE=da:Møde om æøå, æøå, æøå, æøå, æøå, æøå, æøå, æøå, æøå, æøå, æøå, æøå og æøå
DTSTART;TZID=Romance Standard Time:20260624T100000
DTEND;TZID=Romance Standard Time:20260624T110000
ATTENDEE;RSVP=TRUE:mailto:bbl@vesterlyng.example
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")

from ical.calendar_stream import IcsCalendarStream

text = IcsCalendarStream.calendar_to_ics(IcsCalendarStream.calendar_from_ics(src))
seen = [max(len(line.encode()) for line in text.splitlines()), "LANGUAGE" in text, "RSVP=TRUE" in text]
print(seen)
raise SystemExit(seen != [106, False, True])
PY
