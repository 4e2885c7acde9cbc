"""How notices say things, in plain Danish; what each kind says stands in `notices.kinds`. Pure text.

A colleague reads these between two meetings, on a phone: the first line says what it is about, an update says
old → new, and nothing names the family. What the meeting is about stands in the case, not in the mail.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hopdocs.danish import capitalise, first_name, join, say_clock, say_day
from hopdocs.notices.wanted import WantedMeeting, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.notices.record import NewNotice

_DEFINITE: Final = {"fagligt formøde": "det faglige formøde"}


def say_time(facts: WantedMeeting) -> str:
    """`tirsdag den 24. november 2026 kl. 10.00–12.00`; both days if it lasts past midnight."""
    start = f"{say_day(facts.starts, year=True)} kl. {say_clock(facts.starts)}"
    if facts.ends.date() == facts.starts.date():
        return f"{start}–{say_clock(facts.ends)}"
    return f"{start} til {say_day(facts.ends, year=True)} kl. {say_clock(facts.ends)}"


def say_the_meeting(facts: WantedMeeting) -> str:
    """The meeting's type in the definite form: `familieplansmødet`, `interviewet`, `det faglige formøde`."""
    title = one_line(facts.title.lower())
    return _DEFINITE.get(title, f"{title}t" if title.endswith("e") else f"{title}et")


def entry_summary(facts: WantedMeeting) -> str:
    """The calendar entry's title: type and case number, never a name."""
    return f"{capitalise(facts.title)}, sag {facts.case_number}"


def describe_entry(first: Iterable[str], facts: WantedMeeting) -> str:
    """The text inside the calendar entry: what its kind says first, then where to find more and whom to ask."""
    lines = [*first]
    if facts.case_url:
        lines.append(f"Sagen: {one_line(facts.case_url)}")
    if facts.contact:
        lines.append(f"Kontakt: {one_line(facts.contact)}")
    return "\n".join(lines)


def greeting(notice: NewNotice) -> str:
    """`Hej Rigmor` to a colleague, `Hej Rigmor og Pelle` to two who share a mailbox.

    A guest's name is free text ("Lærer Lis"), so a guest is greeted by all of it.
    """
    name = one_line(notice.name)
    if not name or "@" in name:
        return "Hej"
    people = re.split(r", | og ", name)
    return f"Hej {join(map(first_name, people))}" if notice.staff else f"Hej {name}"


def changes_of(notice: NewNotice) -> tuple[tuple[str, str, str], ...]:
    """Label, what the recipient holds, and what is right now; only what differs. Empty unless it is an update."""
    facts, previous = notice.facts, notice.previous
    if previous is None or not isinstance(facts, WantedMeeting):
        return ()
    pairs = (
        ("Møde", previous.title, facts.title),
        ("Tid", say_time(previous), say_time(facts)),
        ("Sted", previous.place, facts.place),
        ("Sag", previous.case_number, facts.case_number),
    )
    return tuple((label, one_line(before), one_line(after)) for label, before, after in pairs if before != after)
