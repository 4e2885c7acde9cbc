#!/bin/sh
# recurring-ical-events 3.8.2 with icalendar 7.3.2. One meeting of a series is called off (RECURRENCE-ID, CANCELLED,
# SEQUENCE 1); the series itself still has SEQUENCE 0. All meetings are handed out with SEQUENCE 1, those that nobody
# touched too, and the cancelled one is among them. Who compares SEQUENCE to tell which invitation is newest is misled.
# Seen: [(3, None, 1), (10, 'CANCELLED', 1), (17, None, 1)]
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check icalendar==7.3.2 recurring-ical-events==3.8.2 tzdata==2026.6
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import recurring_ical_events
from icalendar import Calendar

zone = "TZID=Europe/Copenhagen"
src = "\r\n".join([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//DA",
    "BEGIN:VEVENT", "UID:1", "DTSTAMP:20261001T080000Z", f"DTSTART;{zone}:20261103T100000", "SEQUENCE:0",
    "RRULE:FREQ=WEEKLY;COUNT=3", "END:VEVENT",
    "BEGIN:VEVENT", "UID:1", "DTSTAMP:20261002T080000Z", f"DTSTART;{zone}:20261110T100000", "SEQUENCE:1",
    f"RECURRENCE-ID;{zone}:20261110T100000", "STATUS:CANCELLED", "END:VEVENT",
    "END:VCALENDAR", ""])
meetings = recurring_ical_events.of(Calendar.from_ical(src)).between((2026, 11, 1), (2026, 12, 1))
seen = [(m.start.day, str(m["STATUS"]) if "STATUS" in m else None, m.get("SEQUENCE")) for m in meetings]
print(seen)
raise SystemExit(seen != [(3, None, 1), (10, "CANCELLED", 1), (17, None, 1)])
PY
