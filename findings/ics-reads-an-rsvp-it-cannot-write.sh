#!/bin/sh
# ics 0.7.3. A calendar with ATTENDEE;RSVP=TRUE, which every invitation has, is read, but cannot be written again:
# the parameter became a bool that the writer joins as text.
# Seen: TypeError: sequence item 0: expected str instance, bool found
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check ics==0.7.3
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import ics

src = "\r\n".join([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//DA", "BEGIN:VEVENT", "UID:1@vesterlyng.example",
    "DTSTAMP:20260601T080000Z", "DTSTART:20260624T080000Z", "ATTENDEE;RSVP=TRUE:mailto:bbl@vesterlyng.example",
    "END:VEVENT", "END:VCALENDAR", ""])
calendar = ics.Calendar(src)
try:
    calendar.serialize()
    seen = "written"
except TypeError as fault:
    seen = str(fault)
print(seen)
raise SystemExit(seen != "sequence item 0: expected str instance, bool found")
PY
