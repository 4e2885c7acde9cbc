"""When a course ends: the team is asked for its answers, the tovholder for an interview, finance for the costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.danish import say_day
from hopdocs.domain.consent import Gate
from hopdocs.domain.state import State
from hopdocs.domain.surveys import Moment, team_survey_url
from hopdocs.domain.tovholder import tovholder_of
from hopdocs.model.scalars.moments import MONTHS
from hopdocs.notices.kinds.course.news import (
    coordinators_address,
    define_news,
    is_news,
    recipients,
    team_let_share,
    tell,
)
from hopdocs.notices.wanted import Attendee

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.notices.wanted import WantedReminder

_NAME: Final = "afsluttet"
_COSTS: Final = "udgifter"


def wanted_closings(day: FamilyDay) -> Iterator[WantedReminder]:
    """To the team of the last day; a family that moved away is told of to the coordinator too, and asked nothing."""
    on = _ended_on(day)
    if on is None:
        return
    has_moved = day.state is State.FRAFLYTTET
    tovholder = tovholder_of(day.family, on)
    settled = day.family.measurements.final_interview_settled if day.family.measurements is not None else None
    survey = "" if has_moved else team_survey_url(day, Moment.END)
    coordinator = day.config.project_coordinator if has_moved else None
    for recipient in recipients(day, *team_let_share(day, on), tovholder, coordinator):
        lines = [f"Forløbet i sagen er afsluttet fra {say_day(on)}."]
        lines += ["Svar gerne på spørgeskemaet om samarbejdet."] if survey else []
        if recipient.staff == tovholder and settled is None and not has_moved:
            lines.append("Det afsluttende interview med familien mangler endnu.")
        yield tell(
            day,
            _NAME,
            recipient,
            key=_NAME,
            tells=(_NAME,),
            on=on,
            subject="forløbet er afsluttet",
            lines=lines,
            rows=(("Spørgeskema", survey),),
        )


def wanted_cost_requests(day: FamilyDay) -> Iterator[WantedReminder]:
    """To the finance department: the months from the first to the last, and no more.

    Where config.yaml has no address of it, the coordinator is asked to ask: else nobody would.
    """
    on = _ended_on(day)
    if on is None or day.state is not State.AFSLUTTET:
        return
    address = day.config.finance_department
    ask = "Send os udgifterne i sagen" if address is not None else "Bed økonomiafdelingen om udgifterne i sagen"
    asked = [Attendee(address, "økonomiafdelingen")] if address else recipients(day, day.config.project_coordinator)
    for recipient in asked:
        yield tell(
            day,
            _COSTS,
            recipient,
            key=_COSTS,
            tells=(_COSTS,),
            on=on,
            subject="udgifter pr. måned",
            lines=(f"{ask}, måned for måned og delt på fagområder.",),
            rows=(("Fra", _say_month(day.family.start_date)), ("Til og med", _say_month(on))),
            opens_case=address is None,
            reply_to=coordinators_address(day),
        )


def _ended_on(day: FamilyDay) -> date | None:
    """The last day, if that is news and the team may still be told."""
    if day.gate is not Gate.OPEN or day.state not in (State.AFSLUTTET, State.FRAFLYTTET):
        return None
    on = day.family.last_day_of_course(day.today)
    return on if on is not None and is_news(day.today, on) else None


def _say_month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


CLOSED: Final = define_news(_NAME, "beskeden om afslutningen", wanted_closings, lambda switches: switches.closed)
COST_REQUEST: Final = define_news(
    _COSTS, "anmodningen om udgifter", wanted_cost_requests, lambda switches: switches.cost_request
)
