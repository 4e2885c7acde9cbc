#!/bin/sh
# icalevents 0.3.1 shows a meeting's dates. One that is held once more on another day (RDATE, RFC 5545 3.8.5.2) is not
# shown on that day, with or without a rule; a day taken away (EXDATE) is. What repeats loses its SEQUENCE: None for
# every date, while a single meeting keeps its number, so no reader can see which of two versions is the later.
# Seen: rule and one more day ['10-05', '10-12'], one more day ['10-05'], one less ['10-05'], SEQUENCE 3 and [None, None]
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check icalevents==0.3.1
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime

from icalevents.icalevents import events


def shown(*lines):
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Eksempel//DA", "BEGIN:VEVENT", "UID:1@by.example")
    times = ("DTSTAMP:20260901T080000Z", "DTSTART:20261005T080000Z", "DTEND:20261005T090000Z", "SEQUENCE:3")
    text = "\r\n".join((*head, *times, *lines, "END:VEVENT", "END:VCALENDAR", ""))
    found = events(string_content=text.encode(), start=datetime(2026, 9, 1), end=datetime(2026, 12, 31))
    return sorted(found, key=lambda item: item.start)


def days(*lines):
    return [f"{item.start:%m-%d}" for item in shown(*lines)]


rule, more, less = "RRULE:FREQ=WEEKLY;COUNT=2", "RDATE:20261021T080000Z", "EXDATE:20261012T080000Z"
seen = days(rule, more), days(more), days(rule, less), shown()[0].sequence, [item.sequence for item in shown(rule)]
print("rule and one more day {}, one more day {}, one less {}, SEQUENCE {} and {}".format(*seen))
raise SystemExit(seen != (["10-05", "10-12"], ["10-05"], ["10-05"], 3, [None, None]))
PY
