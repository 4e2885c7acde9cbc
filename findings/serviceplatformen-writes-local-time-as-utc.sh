#!/bin/sh
# python-serviceplatformen 3.2.0 (Digital Post, MeMo 1.2; Python up to 3.12). Every time of a message is written as its
# own clock's digits with a Z behind, whatever zone it is in, with no conversion and no complaint. A meeting at ten in
# Copenhagen becomes one at ten UTC: the family's calendar shows it an hour late in winter and two in summer. The
# library's own createdDateTime (datetime.now()) is as much ahead. Convert to UTC before handing a time in.
# Seen: startDateTime 2026-11-24T10:00:00Z for ten o'clock in Copenhagen; the right value is 2026-11-24T09:00:00Z.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check --no-deps python-serviceplatformen==3.2.0 tzdata==2026.6
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime
from zoneinfo import ZoneInfo

from python_serviceplatformen.models.message import Reservation
from python_serviceplatformen.models.xml_util import dataclass_to_xml

copenhagen = ZoneInfo("Europe/Copenhagen")
meeting = Reservation(
    description="",
    reservationUUID="80b01559-760f-5362-950e-1c29d34f538a",
    abstract="",
    location="",
    startDateTime=datetime(2026, 11, 24, 10, tzinfo=copenhagen),
    endDateTime=datetime(2026, 6, 30, 12, tzinfo=copenhagen),
)
seen = [item.text for item in dataclass_to_xml(meeting) if item.tag.endswith("DateTime")]
print(seen)
raise SystemExit(seen != ["2026-11-24T10:00:00Z", "2026-06-30T12:00:00Z"])
PY
