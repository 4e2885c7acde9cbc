#!/bin/sh
# Babel 2.19.0. The language "da" has no week rules of its own: weeks are counted from 1 January (as in the
# United States), though Danish is an official language of one country only and the weeks of "da_DK" are ISO's.
# 1 January 2027 is in week 53 of 2026; "da" says week 1 of 2027, and is one week ahead for all of 2027.
# Expected: what CLDR does with likely subtags (da is da_Latn_DK), as ICU does.
# Seen: {'da': 'uge 1 i 2027', 'da_DK': 'uge 53 i 2026'} and for 24 November 2027 48 instead of 47.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check babel==2.19.0
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
from datetime import date

from babel.dates import format_date, format_skeleton

new_year, november = date(2027, 1, 1), date(2027, 11, 24)
seen = [
    {locale: format_skeleton("yw", new_year, locale=locale) for locale in ("da", "da_DK")},
    [format_date(november, "w", locale) for locale in ("da", "da_DK")],
    november.isocalendar().week,
]
print(seen)
raise SystemExit(seen != [{"da": "uge 1 i 2027", "da_DK": "uge 53 i 2026"}, ["48", "47"], 47])
PY
