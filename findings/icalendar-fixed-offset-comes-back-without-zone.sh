#!/bin/sh
# icalendar 7.3.2. A time with a fixed offset, as datetime.fromisoformat gives for "+01:00", is written with the TZID
# "UTC+01:00"; add_missing_timezones, which should define every TZID in use, defines none for it, and icalendar itself
# reads it back as a naive time. An hour or two are lost silently, depending on the reader's own zone.
# Seen: DTSTART;TZID="UTC+01:00":20261124T100000, no VTIMEZONE, tzinfo None when read.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check icalendar==7.3.2 tzdata==2026.6
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime

from icalendar import Calendar, Event

calendar = Calendar()
calendar.add("prodid", "-//x//y//DA")
calendar.add("version", "2.0")
event = Event()
event.add("dtstart", datetime.fromisoformat("2026-11-24T10:00:00+01:00"))
calendar.add_component(event)
calendar.add_missing_timezones()
text = calendar.to_ical().decode()
print([line for line in text.splitlines() if "DTSTART" in line])
seen = ['DTSTART;TZID="UTC+01:00":20261124T100000' in text, "VTIMEZONE" in text, Calendar.from_ical(text).events[0].start.tzinfo]
print(seen)
raise SystemExit(seen != [True, False, None])
PY
