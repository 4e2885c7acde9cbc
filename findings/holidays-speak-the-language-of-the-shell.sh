#!/bin/sh
# holidays 0.109. DK has default_language "da", and no language is asked for; yet the names come in the language of the
# process's environment where it is one that DK has: English under C.UTF-8, which many container images set, Danish
# under C or de_DE. So the same program prints other names in a container than on a desk.
# Seen: {'C': 'Juledag', 'C.UTF-8': 'Christmas Day', 'en_US.UTF-8': 'Christmas Day', 'de_DE.UTF-8': 'Juledag'}
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check holidays==0.109
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import os
import subprocess
import sys

ask = "import holidays; print(holidays.DK(years=2026).get('2026-12-25'))"
clean = {key: value for key, value in os.environ.items() if key not in ("LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES")}
seen = {
    lang: subprocess.run([sys.executable, "-c", ask], env=clean | {"LANG": lang}, capture_output=True, text=True).stdout.strip()
    for lang in ("C", "C.UTF-8", "en_US.UTF-8", "de_DE.UTF-8")
}
print(seen)
raise SystemExit(seen != {"C": "Juledag", "C.UTF-8": "Christmas Day", "en_US.UTF-8": "Christmas Day", "de_DE.UTF-8": "Juledag"})
PY
