#!/bin/sh
# icalendar 7.3.2 beside vobject 0.9.9. X-ALT-DESC, Outlook's HTML body of an invitation, is text and so escaped in the
# file. icalendar hands it out with the backslashes in, vobject without. Given to add() as a plain string it is written
# unescaped, and one with a line break fails an assertion; wrapped in vText it is escaped, and still read back escaped.
# Seen: icalendar '<p>a\; b\, c\nd</p>', vobject '<p>a; b, c' + line break + 'd</p>'.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check icalendar==7.3.2 vobject==0.9.9
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import vobject
from icalendar import Event, vText

html = "<p>a; b, c\nd</p>"
event = Event()
event.add("X-ALT-DESC", vText(html), parameters={"FMTTYPE": "text/html"})
wire = event.to_ical().decode()
plain = Event()
plain.add("X-ALT-DESC", html)
try:
    plain.to_ical()
    fault = "none"
except AssertionError:
    fault = "AssertionError"
seen = [str(Event.from_ical(wire)["X-ALT-DESC"]), vobject.readOne(wire).x_alt_desc.value, fault]
print(seen)
raise SystemExit(seen != ["<p>a\\; b\\, c\\nd</p>", html, "AssertionError"])
PY
