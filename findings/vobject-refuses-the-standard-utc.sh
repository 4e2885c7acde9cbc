#!/bin/sh
# vobject 0.9.9 with the standard library's zones. DTSTAMP must be in UTC; datetime.timezone.utc is refused ("Unable to
# guess TZID"), ZoneInfo("UTC") and dateutil's UTC are written as 20260601T000000Z. So datetime.now(timezone.utc), what
# the standard library advises, is the one spelling that fails.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check vobject==0.9.9 tzdata==2026.6
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import vobject
from dateutil import tz


def written(zone):
    calendar = vobject.iCalendar()
    event = calendar.add("vevent")
    event.add("uid").value = "1"
    event.add("dtstamp").value = datetime(2026, 6, 1, tzinfo=zone)
    try:
        return next(line for line in calendar.serialize().splitlines() if line.startswith("DTSTAMP"))
    except Exception as fault:
        return type(fault).__name__


seen = [written(zone) for zone in (timezone.utc, ZoneInfo("UTC"), tz.UTC)]
print(seen)
raise SystemExit(seen != ["NativeError", "DTSTAMP:20260601T000000Z", "DTSTAMP:20260601T000000Z"])
PY
