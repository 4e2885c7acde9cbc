#!/bin/sh
# Babel 2.19.0. A skeleton that asks for the whole weekday (EEEE) gets the short one in Danish and German, in British
# English the whole one: where the language has no pattern of exactly these fields, the nearest is taken as it stands.
# Unicode (UTS 35, matching skeletons) wants the widths of its fields adjusted to what was asked for.
# Expected: tirsdag. Seen: da 'tirs. 24. november 2026', de 'Di., 24. November 2026', en_GB 'Tuesday, 24 November 2026'.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check babel==2.19.0
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
from datetime import date

from babel.dates import format_skeleton

seen = [format_skeleton("yMMMMEEEEd", date(2026, 11, 24), locale=locale) for locale in ("da", "de", "en_GB")]
print(seen)
raise SystemExit(seen != ["tirs. 24. november 2026", "Di., 24. November 2026", "Tuesday, 24 November 2026"])
PY
