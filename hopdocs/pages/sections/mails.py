"""Mails to professionals as the pages show them: by their meetings, and those that are yet to come. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hopdocs.notices.kinds.table import wanted_reminders

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.pages.views import NoticeLine


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail and everybody to whom it goes at the same time, or went."""

    what: str
    state: str
    when: datetime | None
    reason: str
    recipients: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MailGroup:
    """The mails about one meeting of one family; `about` is empty for those that no calendar entry goes with."""

    family: str
    about: str
    lines: list[MailLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """A reminder that will go out on a day, if what it asks for is not done by then."""

    day: date
    subject: str
    recipients: tuple[str, ...]


def group_mails(notices: Iterable[NoticeLine]) -> list[MailGroup]:
    """Everything about one meeting together, in the order of the first: a short mail, too."""
    lines = list(notices)
    titles = {(line.family, line.meeting): line.about for line in lines if line.about}
    groups: dict[tuple[str, str], MailGroup] = {}
    for line in lines:
        about = titles.get((line.family, line.meeting), "")
        group = groups.setdefault((line.family, about), MailGroup(line.family, about))
        what = line.kind if line.kind and line.about == about else line.what
        for mail in group.lines:
            if (mail.what, mail.state, mail.when, mail.reason) == (what, line.state, line.when, line.reason):
                break
        else:
            mail = MailLine(what, line.state, line.when, line.reason)
            group.lines.append(mail)
        mail.recipients.append(line.recipient)
    return list(groups.values())


def coming_reminders(day: FamilyDay) -> tuple[ReminderLine, ...]:
    """The reminders of the days after this one, soonest first; none where no mail is sent at all."""
    if day.config.mail is None:
        return ()
    found: dict[tuple[date, str], list[str]] = {}
    for item in wanted_reminders(day):
        if item.due > day.today and not item.tells:
            found.setdefault((item.due, item.subject), []).append(item.recipient.name)
    return tuple(ReminderLine(due, subject, tuple(names)) for (due, subject), names in sorted(found.items()))
