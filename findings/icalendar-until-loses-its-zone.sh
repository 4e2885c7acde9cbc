#!/bin/sh
# icalendar 7.3.2. UNTIL of a series whose DTSTART has a TZID must be in UTC (RFC 5545, 3.3.10). A datetime that knows
# its zone is written as floating time, the zone dropped, with no conversion and no complaint; DTSTART beside it keeps
# its own. Readers that obey the RFC take the digits for UTC, or refuse the rule.
# Seen: UNTIL=20261224T100000 for ten o'clock in Copenhagen; the right value is 20261224T090000Z.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check icalendar==7.3.2 tzdata==2026.6
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Event

copenhagen = ZoneInfo("Europe/Copenhagen")
event = Event()
event.add("dtstart", datetime(2026, 11, 26, 10, tzinfo=copenhagen))
event.add("rrule", {"freq": "weekly", "until": datetime(2026, 12, 24, 10, tzinfo=copenhagen)})
seen = [line for line in event.to_ical().decode().splitlines() if line.startswith(("DTSTART", "RRULE"))]
print(seen)
raise SystemExit(seen != ["DTSTART;TZID=Europe/Copenhagen:20261126T100000", "RRULE:FREQ=WEEKLY;UNTIL=20261224T100000"])
PY
