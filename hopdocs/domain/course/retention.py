"""From which day on what is kept of a family has had its time, as the municipality has decided (`retention_days`).

Nothing is removed by a day that has come: it is proposed, and a person forgets the family (`hopdocs forget`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.domain.consent import days_of_taking_back
from hopdocs.domain.course.erasable import has_begun
from hopdocs.domain.state import BEFORE_CONSENT, State

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay


def kept_until(day: FamilyDay) -> date | None:
    """The day from which on the family is to be forgotten; None while it goes on, or if nobody has decided on a time.

    A no after a course had begun ends a course: its papers have a course's time.
    """
    kept = day.config.records.retention_days
    if day.state in BEFORE_CONSENT and not has_begun(day):
        days, ended = kept.after_silence, _last_step(day)
    elif day.state is State.SAMTYKKE_AFSLAAET and not has_begun(day):
        days, ended = kept.after_no, _last_no(day)
    else:
        days, ended = kept.after_closing, _ended_on(day)
    return ended + timedelta(days=days) if days is not None and ended is not None else None


def _last_step(day: FamilyDay) -> date | None:
    """The last day on which anything happened with a family that has not said yes."""
    family = day.family
    asked = (on for line in family.consents for on in (line.form_given, line.given, line.refused))
    begun = (family.information_given, family.referral.date if family.referral is not None else None)
    return max((on for on in (*asked, *begun) if on is not None and on <= day.today), default=None)


def _last_no(day: FamilyDay) -> date | None:
    answers = (line.refused for line in day.family.consents)
    return max((on for on in answers if on is not None and on <= day.today), default=None)


def _ended_on(day: FamilyDay) -> date | None:
    """The day of the end; where a family left the target group, the one that `closing:` says."""
    family = day.family
    if day.state is State.SAMTYKKE_TRUKKET or day.state is State.SAMTYKKE_AFSLAAET:
        return max((on for on in days_of_taking_back(family) if on <= day.today), default=_last_no(day))
    if day.state is State.FRAFLYTTET:
        return family.moved_away
    if day.state in (State.AFSLUTTET, State.UDGAAET_AF_MAALGRUPPE):
        return family.closing.date if family.closing is not None else None
    return None
