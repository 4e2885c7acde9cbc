"""Eight meetings' whole life, told by the real command line to a real relay: the mails that the other tests read."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.interop.office import FAMILY

if TYPE_CHECKING:
    from tests.interop.conftest import Relay
    from tests.interop.maildir import Arrival
    from tests.interop.office import Office

HARD_PLACE: Final = (
    'Ærøgade 3, sal "Æblet"; 2. dør \\ højre, bag ved <b>kælderen</b> & åen 🙂\t– ' + "spørg på første sal. " * 190
).strip()
"""4,000 characters with everything that some syntax treats as its own."""

AROUND_THE_CHANGES: Final = {
    "foer-sommertid": ("2027-03-24", "08.00", "09.30"),
    "efter-sommertid": ("2027-03-30", "08.00", "09.30"),
    "foer-normaltid": ("2027-10-29", "15.15", "16.00"),
    "efter-normaltid": ("2027-11-01", "15.15", "16.00"),
}
"""The clocks change on 28 March and on 31 October 2027."""


@dataclass(frozen=True, slots=True)
class Step:
    """One edit and one round, and what then lay in which inbox."""

    name: str
    arrivals: dict[str, list[Arrival]]


@dataclass(frozen=True, slots=True)
class Story:
    """All steps, and the ledger's own bytes by Message-ID."""

    steps: tuple[Step, ...]
    stored: dict[str, bytes]

    def step(self, name: str) -> dict[str, list[Arrival]]:
        return next(step.arrivals for step in self.steps if step.name == name)

    def inbox(self, address: str) -> list[Arrival]:
        """Everything that one person got, oldest first."""
        return [arrival for step in self.steps for arrival in step.arrivals.get(address, [])]

    @property
    def people(self) -> list[str]:
        return sorted({address for step in self.steps for address in step.arrivals})

    @property
    def mails(self) -> list[tuple[str, Arrival]]:
        return [(address, arrival) for address in self.people for arrival in self.inbox(address)]


def tell_story(office: Office, relay: Relay) -> Story:
    """Each step is saved as a person would save it; the round is `notices send`."""
    steps: list[Step] = []

    def round_of(name: str) -> None:
        relay.forget()
        office.send()
        steps.append(Step(name, relay.arrivals()))

    office.edit(FAMILY, r"given: 2026-09-22, areas: \[BF, BES, DU, SO\]", LASTING + "areas: [BF, BES, DU, SO]")
    office.edit(FAMILY, r"(?<=tariq, form_given: 2026-09-15, )given: 2026-09-22, ", LASTING)
    office.edit(FAMILY, r"(?<=yasmin, form_given: 2026-09-15, )given: 2026-09-22, ", LASTING)
    for meeting, (day, start, end) in AROUND_THE_CHANGES.items():
        office.add_meeting(
            f"  - id: {meeting}\n    type: opfølgningsmøde\n    date: {day}\n"
            f'    start: "{start}"\n    end: "{end}"\n    place: ternen\n    children_as: familieplan\n'
        )
    round_of("invited")
    round_of("nothing changed")
    office.edit_meeting("familieplan", r'start: "10.00"\n    end: "12.00"', 'start: "12.30"\n    end: "14.30"')
    round_of("moved")
    office.edit_meeting("familieplan", r"place: havoern", f"place: {quoted(HARD_PLACE)}")
    round_of("elsewhere")
    office.edit_meeting("familieplan", r"    interpreter:", "    invited: [rri, iik, ssk, yym, bbl]\n    interpreter:")
    office.edit_meeting("opfoelgning-1", r"place: havoern", "place: havoern\n    status: cancelled\n    reason: sygdom")
    round_of("one removed, one meeting off")
    office.edit_meeting("opfoelgning-1", r"\n    status: cancelled\n    reason: sygdom", "")
    office.edit_meeting("familieplan", r"    invited: .*\n", "")
    round_of("both back")
    office.edit_meeting("efter-sommertid", r'start: "08.00"', 'start: "07.45"')
    office.edit_meeting("efter-normaltid", r"place: ternen", "place: havoern\n    status: cancelled\n    reason: ferie")
    round_of("after the changes")
    with sqlite3.connect(office.folder / ".hopdocs" / "ledger.db") as ledger:
        stored = dict(ledger.execute("SELECT message_id, mime FROM notice WHERE state = 'accepted'"))
    ledger.close()
    return Story(tuple(steps), stored)


LASTING: Final = "given: 2026-09-22, until: 2027-12-31, "


def quoted(text: str) -> str:
    """A YAML scalar in double quotes (YAML 1.1, 5.7)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\r", "\\r")
    return f'"{escaped.replace(chr(10), chr(92) + "n")}"'
