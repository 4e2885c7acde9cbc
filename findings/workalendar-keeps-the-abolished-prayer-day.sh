#!/bin/sh
# workalendar 17.0.0 beside holidays 0.109. Store bededag was abolished from 2024; workalendar still has it in every
# year, and counts Christmas Eve, no public holiday in law, as one. A deadline of ten working days from 20 April 2026
# is a day later with the one than with the other. holidays keeps the day for Greenland, rightly.
# Seen: workalendar 5 May 2026, holidays 4 May 2026; only in workalendar: 1 May and 24 December.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check workalendar==17.0.0 holidays==0.109
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
from datetime import date, timedelta

import holidays
from workalendar.europe import Denmark

ours, theirs = holidays.DK(years=2026), {day for day, _ in Denmark().holidays(2026)}
day, left = date(2026, 4, 20), 10
while left:
    day += timedelta(days=1)
    left -= day.weekday() < 5 and day not in ours
seen = [Denmark().add_working_days(date(2026, 4, 20), 10), day, sorted(theirs - set(ours))]
print(seen)
raise SystemExit(seen != [date(2026, 5, 5), date(2026, 5, 4), [date(2026, 5, 1), date(2026, 12, 24)]])
PY
