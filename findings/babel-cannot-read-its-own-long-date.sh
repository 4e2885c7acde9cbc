#!/bin/sh
# Babel 2.19.0. parse_date takes format="long", but cannot read what format_date wrote in that format: month names are
# never looked up. It is not the documented ParseError that comes, but an IndexError.
# Seen: 24. november 2026 -> IndexError; the short form, with a slash and a dash instead of the dots, is read.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check babel==2.19.0
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
from datetime import date

from babel.dates import ParseError, format_date, parse_date

day = date(2026, 11, 24)
try:
    parse_date(format_date(day, "long", locale="da"), locale="da", format="long")
    seen = "read"
except ParseError:
    seen = "ParseError"
except IndexError:
    seen = "IndexError"
print(parse_date("24/11-2026", locale="da") == day)
print(seen)
raise SystemExit(seen != "IndexError")
PY
