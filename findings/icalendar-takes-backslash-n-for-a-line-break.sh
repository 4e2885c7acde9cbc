#!/bin/sh
# icalendar 7.3.2 beside vobject 0.9.9. A text in which somebody wrote a backslash before a capital N, as in a meeting's
# place on a Windows share (S:\Nord\Sal 2), is written by icalendar as a line break and the rest of the word, though
# RFC 5545 3.3.11 has every backslash doubled first. A backslash before any other letter, a small n too, is doubled.
# vobject writes both as they are. Nothing is said, and reading the file back gives the changed text.
# Seen: icalendar 'S:' + line break + 'ord\Sal 2' and 'S:\nord', vobject 'S:\Nord\Sal 2' and 'S:\nord'.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check icalendar==7.3.2 vobject==0.9.9
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import vobject
from icalendar import Event

seen = []
for place in (r"S:\Nord\Sal 2", r"S:\nord"):
    event = Event()
    event.add("LOCATION", place)
    other = vobject.newFromBehavior("vevent")
    other.add("location").value = place
    seen.append(str(Event.from_ical(event.to_ical())["LOCATION"]))
    line = next(line for line in other.serialize(validate=False).splitlines() if line.startswith("LOCATION"))
    seen.append(vobject.readOne(f"BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n").location.value)
print(seen)
raise SystemExit(seen != ["S:\nord\\Sal 2", r"S:\Nord\Sal 2", r"S:\nord", r"S:\nord"])
PY
