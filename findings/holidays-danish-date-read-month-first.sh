#!/bin/sh
# holidays 0.109. A country's calendar takes days as text, but reads them the American way, for Denmark too, and swaps
# silently when the first number cannot be a month. Easter Sunday 2026 is 5 April, written 5.4.2026 or 5/4-2026 there.
# Seen: '25/12/2026' and '04/05/2026' are holidays (25 December, 5 April), '5.4.2026' is not (read as 4 May).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check holidays==0.109
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import holidays

days = holidays.DK(language="da")
seen = {text: days.get(text) for text in ("25/12/2026", "5.4.2026", "04/05/2026", "2026-04-05")}
print(seen)
raise SystemExit(seen != {"25/12/2026": "Juledag", "5.4.2026": None, "04/05/2026": "Påskedag", "2026-04-05": "Påskedag"})
PY
