#!/bin/sh
# ics 0.7.3 beside icalendar 7.3.2. An invitation from Danish Outlook has its times in "Romance Standard Time" and that
# zone's rules in a VTIMEZONE right above. ics ignores the rules, does not know the name, and takes the time for UTC
# without a word: ten o'clock in June becomes noon in Copenhagen.
# Seen: ics 2026-06-24T10:00:00+00:00, icalendar 2026-06-24T10:00:00+02:00.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check ics==0.7.3 icalendar==7.3.2 tzdata==2026.6
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
SUMMARY;LANGUAGE=da:Møde
DTSTART;TZID=Romance Standard Time:20260624T100000
DTEND;TZID=Romance Standard Time:20260624T110000
ATTENDEE;RSVP=TRUE:mailto:bbl@vesterlyng.example
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")

import ics
from icalendar import Calendar

(event,) = ics.Calendar(src).events
seen = [event.begin.isoformat(), Calendar.from_ical(src).events[0].start.isoformat()]
print(seen)
raise SystemExit(seen != ["2026-06-24T10:00:00+00:00", "2026-06-24T10:00:00+02:00"])
PY
