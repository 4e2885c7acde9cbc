"""Where a family's course stands. Nobody writes a state; it follows from what stands in the file and the day."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from hopdocs.domain.consent import ConsentAnswer, Gate
from hopdocs.domain.meetings import held_meetings, status_of
from hopdocs.domain.pauses import is_paused
from hopdocs.model.meeting import MeetingStatus, MeetingType

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.domain.consent import Consents
    from hopdocs.model.family import Family


class State(StrEnum):
    """The stages of a course, in the order in which they come; what is allowed adds up from top to bottom."""

    HENVENDT = "henvendt"
    INFORMERET = "informeret"
    SAMTYKKE_AFVENTER = "samtykke_afventer"
    SAMTYKKE_AFSLAAET = "samtykke_afslaaet"
    SAMTYKKE_GIVET = "samtykke_givet"
    OPSTART = "opstart"
    AKTIV = "aktiv"
    PAUSE = "pause"
    SAMTYKKE_TRUKKET = "samtykke_trukket"
    AFSLUTTET = "afsluttet"
    FRAFLYTTET = "fraflyttet"
    UDGAAET_AF_MAALGRUPPE = "udgaaet_af_maalgruppe"


BEFORE_CONSENT = frozenset({State.HENVENDT, State.INFORMERET, State.SAMTYKKE_AFVENTER})
"""Only the information letter and the consent form exist."""

RUNNING = frozenset({State.SAMTYKKE_GIVET, State.OPSTART, State.AKTIV, State.PAUSE})
"""The team works with the family."""

BEFORE_START = BEFORE_CONSENT | {State.SAMTYKKE_AFSLAAET, State.SAMTYKKE_GIVET}
"""No meeting is called yet, so there is no paper of the work itself."""

ENDED = frozenset(
    {
        State.SAMTYKKE_AFSLAAET,
        State.SAMTYKKE_TRUKKET,
        State.AFSLUTTET,
        State.FRAFLYTTET,
        State.UDGAAET_AF_MAALGRUPPE,
    }
)
"""Nothing new is planned."""


def course_state(consents: Consents) -> State:
    """The state on the consents' day. A withdrawal and a no outrank a closing: they say more about what may be kept."""
    return _ended_state(consents) or _consent_state(consents) or _running_state(consents.family, consents.day)


def _ended_state(consents: Consents) -> State | None:
    family, today = consents.family, consents.day
    if consents.is_withdrawn:
        return State.SAMTYKKE_TRUKKET
    if any(consents.standing(key).answer is ConsentAnswer.REFUSED for key in consents.needed):
        return State.SAMTYKKE_AFSLAAET
    if family.moved_away is not None and family.moved_away <= today:
        return State.FRAFLYTTET
    if family.target_group_left:
        return State.UDGAAET_AF_MAALGRUPPE
    if family.closing is not None and family.closing.date <= today:
        return State.AFSLUTTET
    return None


def _consent_state(consents: Consents) -> State | None:
    """The state before all have said yes, or None once they have."""
    if consents.gate is not Gate.CLOSED:
        return None
    family, today = consents.family, consents.day
    steps = [day for line in family.consents for day in (line.form_given, line.given) if day is not None]
    if any(day <= today for day in steps):
        return State.SAMTYKKE_AFVENTER
    if family.information_given is not None and family.information_given <= today:
        return State.INFORMERET
    return State.HENVENDT


def _running_state(family: Family, today: date) -> State:
    if is_paused(family, today):
        return State.PAUSE
    if held_meetings(family, today, MeetingType.FAMILIEPLANSMØDE):
        return State.AKTIV
    if any(status_of(meeting, today) is not MeetingStatus.CANCELLED for meeting in family.meetings):
        return State.OPSTART
    return State.SAMTYKKE_GIVET
