"""What a notice says, in plain Danish. Pure text: no headers, no calendar syntax.

A colleague reads these between two meetings, on a phone: the first line says what it is about, an update says
old → new, and nothing names the family. What the meeting is about stands in the case, not in the mail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.model.moments import MONTHS, WEEKDAYS
from hopdocs.notices.planning.reminders import EVENT_PREFIX
from hopdocs.notices.record import Kind
from hopdocs.notices.wanted import WantedMeeting, WantedReminder, one_line

if TYPE_CHECKING:
    from datetime import datetime

    from hopdocs.notices.record import NewNotice

_SUBJECTS: Final = {
    Kind.INVITATION: "Indkaldelse",
    Kind.UPDATE: "Ændret",
    Kind.CANCELLATION: "Aflyst",
    Kind.REMOVAL: "Du deltager ikke længere",
}


_DEFINITE: Final = {"fagligt formøde": "det faglige formøde"}


def say_day(moment: datetime, *, year: bool = False) -> str:
    """`tirsdag den 24. november`, with the year where asked."""
    text = f"{WEEKDAYS[moment.weekday()]} den {moment.day}. {MONTHS[moment.month - 1]}"
    return f"{text} {moment.year}" if year else text


def say_clock(moment: datetime) -> str:
    """`10.00`."""
    return f"{moment.hour:02d}.{moment.minute:02d}"


def say_time(facts: WantedMeeting) -> str:
    """`tirsdag den 24. november 2026 kl. 10.00–12.00`; both days where it lasts past midnight."""
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
    return f"{_capitalise(facts.title)}, sag {facts.case_number}"


def notice_subject(notice: NewNotice) -> str:
    """The mail's subject."""
    facts = notice.facts
    if isinstance(facts, WantedReminder):
        first = _capitalise(facts.subject) if notice.key.startswith(EVENT_PREFIX) else f"Påmindelse: {facts.subject}"
        return one_line(f"{first}, sag {facts.case_number}")
    when = f"{say_day(facts.starts)} kl. {say_clock(facts.starts)}"
    now = "nu " if notice.kind is Kind.UPDATE and _time_changed(notice) else ""
    return one_line(f"{_SUBJECTS[notice.kind]}: {facts.title.lower()}, sag {facts.case_number}, {now}{when}")


def describe_entry(kind: Kind, facts: WantedMeeting) -> str:
    """The text inside the calendar entry."""
    lines = [one_line(f"{_capitalise(facts.title)} i sag {facts.case_number}.")]
    if kind is Kind.CANCELLATION:
        lines = [one_line(f"{_capitalise(facts.title)} i sag {facts.case_number} er aflyst.")]
    elif kind is Kind.REMOVAL:
        lines.append("Mødet holdes, men du deltager ikke længere.")
    else:
        lines.append("Dagsorden og andet materiale ligger i sagen.")
    if facts.case_url:
        lines.append(f"Sagen: {one_line(facts.case_url)}")
    if facts.contact:
        lines.append(f"Kontakt: {one_line(facts.contact)}")
    return "\n".join(lines)


def notice_lines(notice: NewNotice) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The mail's first sentence, its table of labels and values, and the sentences after it."""
    facts = notice.facts
    if isinstance(facts, WantedReminder):
        first, *others = map(one_line, facts.lines or (facts.subject,))
        return first, (("Sag", one_line(facts.case_number)),), tuple(others)
    rows = _rows(notice, facts)
    closing = _CLOSING[notice.kind]
    if notice.kind is Kind.UPDATE and _time_changed(notice):
        closing = (*closing, _ASK_AGAIN)
    return one_line(_OPENING[notice.kind](notice, facts)), rows, closing


def greeting(notice: NewNotice) -> str:
    """`Hej Rigmor` to a colleague; a guest's name is free text ("Lærer Lis"), so a guest is greeted by all of it."""
    name = one_line(notice.name)
    if not name or "@" in name:
        return "Hej"
    return f"Hej {name.split(' ')[0]}" if notice.staff else f"Hej {name}"


def _open_invitation(_notice: NewNotice, facts: WantedMeeting) -> str:
    return f"Du er indkaldt til {facts.title.lower()}."


def _open_update(notice: NewNotice, facts: WantedMeeting) -> str:
    changes = changes_of(notice)
    if [label for label, _, _ in changes] == ["Møde"]:
        ((_, before, after),) = changes
        return f"Mødet er ændret fra {before.lower()} til {after.lower()}."
    what = {"Tid": "nyt tidspunkt", "Sted": "nyt sted", "Møde": "ny mødetype", "Sag": "nyt sagsnummer"}
    *first, last = [what[label] for label, _, _ in changes] or ["en ændring"]
    told = f"{', '.join(first)} og {last}" if first else last
    return f"Der er {told} for {say_the_meeting(facts)}."


def _open_cancellation(_notice: NewNotice, facts: WantedMeeting) -> str:
    return f"{_capitalise(say_the_meeting(facts))} {say_day(facts.starts)} er aflyst."


def _open_removal(_notice: NewNotice, facts: WantedMeeting) -> str:
    return f"Du deltager ikke længere i {say_the_meeting(facts)} {say_day(facts.starts)}."


_OPENING = {
    Kind.INVITATION: _open_invitation,
    Kind.UPDATE: _open_update,
    Kind.CANCELLATION: _open_cancellation,
    Kind.REMOVAL: _open_removal,
}

_CLOSING: Final = {
    Kind.INVITATION: (
        "Dagsorden og andet materiale ligger i sagen.",
        "Svar gerne i din kalender, så tovholderen kan se, hvem der kommer.",
    ),
    Kind.UPDATE: ("Din kalender retter sig, når du åbner denne mail.",),
    Kind.CANCELLATION: ("Du kan fjerne mødet fra din kalender.",),
    Kind.REMOVAL: ("Mødet holdes, men du skal ikke med. Du kan fjerne det fra din kalender.",),
}


_ASK_AGAIN: Final = "Svar gerne igen i din kalender, for tidspunktet er nyt."
"""A new time asks everybody anew (RFC 5546 3.2.2.1): whoever said yes has said it to the old one."""


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


def _rows(notice: NewNotice, facts: WantedMeeting) -> tuple[tuple[str, str], ...]:
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


def _time_changed(notice: NewNotice) -> bool:
    return any(label == "Tid" for label, _before, _after in changes_of(notice))


def _capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]
