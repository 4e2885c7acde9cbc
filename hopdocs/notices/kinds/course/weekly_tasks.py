"""To a colleague who asks for it, once a week: which of her cases have something to do by which day, and no more.

It is of no family, since it goes across all of hers. What is to be done stands on her own page and in the cases.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from hopdocs.danish import capitalise, long_date
from hopdocs.notices.kinds.kind import EVENT_PREFIX
from hopdocs.notices.kinds.short_mails import define_event_mail, short_facts
from hopdocs.notices.organizer import attendee_on_staff, mail_of, signature_of
from hopdocs.notices.wanted import WantedReminder, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hopdocs.model.config import Config
    from hopdocs.model.scalars.values import StaffId
    from hopdocs.notices.kinds.kind import Rows
    from hopdocs.notices.record import NewNotice

_EVENT: Final = "ugens-opgaver-"
_IS: Final = ": "
_BETWEEN_CASES: Final = re.compile(r", (?=sag )")
_AHEAD: Final = timedelta(days=14)
"""How far the mail looks: the week that begins, and the next."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do in one case by a day."""

    case_number: str
    day: date


def _days(notice: NewNotice) -> Rows:
    """A row a day, and one for what is late: which cases."""
    rows = [line.partition(_IS) for line in short_facts(notice).lines[1:-1]]
    return tuple((one_line(day), one_line(cases)) for day, _, cases in rows)


WEEKLY_TASKS: Final = replace(
    define_event_mail(f"{EVENT_PREFIX}{_EVENT}"),
    subject=lambda notice: one_line(capitalise(short_facts(notice).subject)),
    rows=_days,
    closing=lambda notice: (one_line(short_facts(notice).lines[-1]),),
)


def weekly_event(staff: StaffId, today: date) -> str:
    """The event's key in the ledger: this colleague's list of this week. One mail a key, for good."""
    year, week, _ = today.isocalendar()
    return f"{_EVENT}{year}-{week:02d}-{staff}"


def weekly_mail(config: Config, staff: StaffId, dues: Iterable[Due], today: date) -> WantedReminder | None:
    """The mail of this week; None if nothing is late and nothing is due soon."""
    soon = [item for item in dues if item.day < today + _AHEAD]
    if not soon:
        return None
    mail = mail_of(config)
    late = Counter(item.case_number for item in soon if item.day < today)
    days = sorted({item.day for item in soon if item.day >= today})
    lines = [f"Over tiden{_IS}{_cases(late)}"] if late else []
    lines += [
        f"{capitalise(long_date(day))}{_IS}{_cases(Counter(item.case_number for item in soon if item.day == day))}"
        for day in days
    ]
    week_ends = today + timedelta(days=7 - today.weekday())
    return WantedReminder(
        family="",
        meeting="",
        key="",
        recipient=attendee_on_staff(config, staff),
        due=today,
        expires=datetime.combine(week_ends, datetime.min.time(), ZoneInfo(config.timezone)),
        case_number="",
        subject=f"dine opgaver i uge {today.isocalendar().week}",
        lines=("Her er de sager, hvor du har noget at gøre nu og i næste uge.", *lines, "Hvad det er, står i sagerne."),
        organizer=mail.from_,
        organizer_name=mail.from_name,
        reply_to=mail.from_,
        signature=signature_of(config),
    )


def is_weekly(key: str) -> bool:
    """Whether a notice's key in the ledger is that of such a mail."""
    return key.startswith(f"{EVENT_PREFIX}{_EVENT}")


def without_cases(mail: WantedReminder, is_left_out: Callable[[str], bool]) -> WantedReminder | None:
    """The same mail without some cases, by what it says of each; None if it names no other."""
    first, *rows, last = mail.lines
    lines = []
    for row in rows:
        day, _, cases = row.partition(_IS)
        others = [case for case in _BETWEEN_CASES.split(cases) if not is_left_out(case)]
        lines += [f"{day}{_IS}{', '.join(others)}"] if others else []
    return replace(mail, lines=(first, *lines, last)) if lines else None


def _cases(cases: Counter[str]) -> str:
    """`sag 26-012345 (2 opgaver), sag 26-014410`."""
    return ", ".join(
        f"sag {case}" if number == 1 else f"sag {case} ({number} opgaver)" for case, number in sorted(cases.items())
    )
