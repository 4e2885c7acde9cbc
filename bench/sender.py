"""Plans, composes and delivers many notices in a process of its own, so that its memory can be told.

    python -m bench.sender PORT COUNT LEDGER

The answer is one line of JSON: seconds for planning with composing and for delivering, and the peak memory in bytes.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.clock import SystemClock
from hopdocs.notices.ledger.entering import record_wanted
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.sending.delivery import become_sender, deliver_now
from hopdocs.notices.sending.outbox import Gates, MailPolicy
from hopdocs.notices.sending.transport import TransportSettings
from hopdocs.notices.wanted import Attendee, PrivateWords, WantedFamily, WantedMeeting, derive_uid

if TYPE_CHECKING:
    from collections.abc import Iterator

DOMAIN: Final = "vesterlyng.example"
ATTENDEES: Final = 5
MEETINGS_A_FAMILY: Final = 4
FAMILIES_AT_A_TIME: Final = 50
"""As many as the cycle plans in one transaction."""


def make_families(count: int, now: datetime) -> Iterator[WantedFamily]:
    """Families that ask for `count` invitations between them."""
    for number in range(count // (ATTENDEES * MEETINGS_A_FAMILY)):
        family = f"HOP-2026-{number:04}"
        private = PrivateWords(
            full_names=(f"Nadira Familie{number}", f"Tariq Familie{number}"),
            first_names=("Nadira", "Tariq", "Sami"),
            addresses=(f"Skovvej {number}",),
        )
        meetings = tuple(_meeting(family, number, place, now) for place in range(MEETINGS_A_FAMILY))
        yield WantedFamily(family, meetings, private=private)


def _meeting(family: str, number: int, place: int, now: datetime) -> WantedMeeting:
    starts = datetime(now.year, now.month, now.day, 10, 0) + timedelta(days=30 + 56 * place + number % 20)  # noqa: DTZ001 - local
    return WantedMeeting(
        family=family,
        meeting=f"opfoelgning-{place}",
        uid=derive_uid(family, f"opfoelgning-{place}", DOMAIN),
        kind="opfølgningsmøde",
        title="HOP: opfølgningsmøde",
        starts=starts,
        ends=starts + timedelta(minutes=90),
        zone="Europe/Copenhagen",
        place="Mødelokale Havørnen, Opdigtvej 1, 9999 Vesterlyng",
        case_number=f"26-{number:06}",
        organizer=f"hop@{DOMAIN}",
        organizer_name="Vesterlyng Kommune, helhedsorienterede planer",
        reply_to=f"iik@{DOMAIN}",
        attendees=tuple(
            Attendee(f"m{number % 40}-{index}@{DOMAIN}", f"Medarbejder Nummer {index} Ægir")
            for index in range(ATTENDEES)
        ),
        contact="Ingolf Iskrystal, 00 00 12 10",
    )


def send(port: int, count: int, path: Path) -> dict[str, float]:
    """Everything from the families' wishes to the server's last answer, each step committed as in the service."""
    clock = SystemClock()
    now = clock.now()
    policy = MailPolicy((DOMAIN,), hold_seconds=0, rate_count=10 * count, mass_limit=count)
    ledger = Ledger(connect_ledger(path))
    ledger.start(now)
    present = {family.family for family in make_families(count, now)}
    begun = time.perf_counter()
    planned, families = 0, make_families(count, now)
    while some := list(islice(families, FAMILIES_AT_A_TIME)):
        planned += len(record_wanted(some, ledger, now, present=present).notices)
    recorded = time.perf_counter()
    with become_sender(ledger, path.with_suffix(".lock"), now):
        gates = Gates.of(policy, make_families(count, now))
        report = deliver_now(ledger, TransportSettings("127.0.0.1", port, "none"), clock, gates)
    ended = time.perf_counter()
    ledger.close()
    if not planned == count == len(report.accepted):
        raise ValueError(f"{count} notices: {planned} planned, {len(report.accepted)} accepted, {report.fault}")
    return {"plan": recorded - begun, "deliver": ended - recorded, "peak": peak_bytes()}


def peak_bytes() -> int:
    """The largest resident size since this program began; `ru_maxrss` would count that of whoever started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


if __name__ == "__main__":
    answer = send(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
    sys.stdout.write(json.dumps(answer) + "\n")
