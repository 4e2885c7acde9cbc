"""What the mails without a calendar part have in common: a few lines, a case number, one recipient on the staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.danish import capitalise
from hopdocs.notices.kinds.kind import NoticeKind
from hopdocs.notices.organizer import attendee_on_staff, mail_of, reply_address, signature_of
from hopdocs.notices.wanted import SHORT_MAIL, WantedReminder, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.notice_switches import NoticeSwitches
    from hopdocs.model.scalars.values import StaffId
    from hopdocs.notices.kinds.kind import Rows
    from hopdocs.notices.record import NewNotice


def define_reminder(
    key_prefix: str,
    wanted: Callable[[FamilyDay], Iterable[WantedReminder]],
    is_on: Callable[[NoticeSwitches], bool],
) -> NoticeKind:
    """A short mail that a family's data ask for on a certain day, while something is still missing."""
    return NoticeKind(
        name=SHORT_MAIL,
        key_prefix=key_prefix,
        history_label="påmindelsen",
        facts=WantedReminder,
        subject=lambda notice: say_short_subject(notice, before="Påmindelse: "),
        opening=first_line,
        rows=case_row,
        closing=other_lines,
        expires=end_of_use,
        wanted=wanted,
        is_on=is_on,
        stopped_by_faults=True,
        lets_edits_settle=False,
        repeats_safely=False,
    )


def define_event_mail(key_prefix: str) -> NoticeKind:
    """A short mail about something that happened to mail or files: no hold on the family keeps it."""
    return NoticeKind(
        name=SHORT_MAIL,
        key_prefix=key_prefix,
        history_label="beskeden",
        facts=WantedReminder,
        subject=say_short_subject,
        opening=first_line,
        rows=case_row,
        closing=other_lines,
        expires=end_of_use,
        heeds_family=False,
        lets_edits_settle=False,
        repeats_safely=False,
    )


def wanted_mail(  # noqa: PLR0913 - the fields of a short mail
    day: FamilyDay,
    *,
    kind: str = SHORT_MAIL,
    staff: StaffId,
    meeting: str = "",
    key: str,
    due: date,
    expires: datetime,
    subject: str,
    lines: tuple[str, ...],
) -> WantedReminder:
    """A short mail about a family to somebody on the staff."""
    mail = mail_of(day.config)
    return WantedReminder(
        kind=kind,
        family=day.family.id,
        meeting=meeting,
        key=key,
        recipient=attendee_on_staff(day.config, staff),
        due=due,
        expires=expires,
        case_number=day.family.case_number or day.family.id,
        subject=subject,
        lines=lines,
        organizer=mail.from_,
        organizer_name=mail.from_name,
        reply_to=reply_address(day),
        signature=signature_of(day.config),
    )


def short_facts(notice: NewNotice) -> WantedReminder:
    """What a short mail is about."""
    if not isinstance(notice.facts, WantedReminder):
        msg = f"a short mail about a calendar entry: {notice.kind.name}"
        raise TypeError(msg)
    return notice.facts


def say_short_subject(notice: NewNotice, *, before: str = "") -> str:
    """`Påmindelse: din del mangler, sag 26-012345`; the first word of all in capitals if nothing is before it."""
    facts = short_facts(notice)
    first = f"{before}{facts.subject}" if before else capitalise(facts.subject)
    return one_line(f"{first}, sag {facts.case_number}" if facts.case_number else first)


def first_line(notice: NewNotice) -> str:
    """What a short mail is about."""
    return _lines(notice)[0]


def other_lines(notice: NewNotice) -> tuple[str, ...]:
    """The lines of the mail after `first_line`."""
    return _lines(notice)[1:]


def case_row(notice: NewNotice) -> Rows:
    """The case, which is all that its table has; nothing if the mail may not say which."""
    number = one_line(short_facts(notice).case_number)
    return (("Sag", number),) if number else ()


def end_of_use(notice: NewNotice) -> datetime:
    """When a short mail no longer helps."""
    return short_facts(notice).expires


def _lines(notice: NewNotice) -> tuple[str, ...]:
    facts = short_facts(notice)
    return tuple(map(one_line, facts.lines or (facts.subject,)))
