"""What the notices about a meeting's calendar entry have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.danish import capitalise, say_clock, say_day
from hopdocs.notices.mail.wording import changes_of, say_time
from hopdocs.notices.wanted import WantedMeeting, one_line

if TYPE_CHECKING:
    from datetime import datetime

    from hopdocs.notices.kinds.kind import Rows
    from hopdocs.notices.record import NewNotice


def meeting_of(notice: NewNotice) -> WantedMeeting:
    """The meeting that a notice is about."""
    if not isinstance(notice.facts, WantedMeeting):
        msg = f"a notice about a meeting without a meeting: {notice.kind.name}"
        raise TypeError(msg)
    return notice.facts


def say_subject(word: str, notice: NewNotice, *, now: str = "") -> str:
    """`Aflyst: familieplansmøde, sag 26-012345, tirsdag den 24. november kl. 10.00`."""
    facts = meeting_of(notice)
    when = f"{say_day(facts.starts)} kl. {say_clock(facts.starts)}"
    return one_line(f"{word}: {facts.title.lower()}, sag {facts.case_number}, {now}{when}")


def meeting_rows(notice: NewNotice) -> Rows:
    """When, where and in which case; an update says old → new."""
    facts = meeting_of(notice)
    changed = {label: f"{before} → {after}" for label, before, after in changes_of(notice)}
    rows = [
        ("Møde", facts.title),
        ("Tid", say_time(facts)),
        ("Sted", facts.place),
        ("Sag", facts.case_number),
        ("Link", facts.case_url),
        ("Kontakt", facts.contact),
    ]
    return tuple((label, one_line(changed.get(label, value))) for label, value in rows if one_line(value))


def say_entry(facts: WantedMeeting, *, ending: str = "") -> str:
    """The first line inside a calendar entry: `Familieplansmøde i sag 26-012345.`."""
    return one_line(f"{capitalise(facts.title)} i sag {facts.case_number}{ending}.")


def meeting_start(notice: NewNotice) -> datetime:
    """The moment when the meeting begins: from then on the notice helps nobody, and is not sent any more."""
    return meeting_of(notice).starts_at
