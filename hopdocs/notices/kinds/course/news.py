"""What the mails about a course have in common: told once, near the day that they are about, by case number alone.

News is for whoever hears of it in time. What happened long ago, or before mail was ever sent from here, is told to
nobody: each kind says how many days it helps, and years of courses in a file make no flood.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from hopdocs.domain.team import is_area_open
from hopdocs.notices.kinds.kind import NoticeKind
from hopdocs.notices.kinds.short_mails import case_row, end_of_use, first_line, other_lines, say_short_subject
from hopdocs.notices.organizer import attendee_on_staff, mail_of, reply_address, signature_of
from hopdocs.notices.wanted import Attendee, WantedReminder, normalise_address, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.notice_switches import NoticeSwitches
    from hopdocs.model.scalars.values import StaffId
    from hopdocs.notices.kinds.kind import Rows
    from hopdocs.notices.record import NewNotice

HELPS_FOR: Final = timedelta(days=14)
"""How long most news is worth a mail: what is older stands on the family's page."""

STOP_HELPS_FOR: Final = timedelta(days=30)
"""That nobody may share any more is worth a mail for longer, though it was written down late."""

_ONE_DAY: Final = timedelta(days=1)


def define_news(
    name: str,
    history_label: str,
    wanted: Callable[[FamilyDay], Iterable[WantedReminder]],
    is_on: Callable[[NoticeSwitches], bool],
    **differs: Any,
) -> NoticeKind:
    """A kind of short mail about a course: it settles as edits do, and can be turned off."""
    kind = NoticeKind(
        name=name,
        history_label=history_label,
        facts=WantedReminder,
        subject=say_short_subject,
        opening=first_line,
        rows=_rows,
        closing=other_lines,
        expires=end_of_use,
        wanted=wanted,
        is_on=is_on,
        stopped_by_faults=True,
        repeats_safely=False,
    )
    return replace(kind, **differs)


STOPS_SHARING: Final[dict[str, bool]] = {
    "ignores_hours": True,
    "stopped_by_faults": False,
    "repeats_safely": True,
}
"""How a kind differs that tells somebody to share no more: no hour and no fault keeps it, and twice does no harm."""


def is_news(today: date, on: date, *, ahead: timedelta = _ONE_DAY, helps_for: timedelta = HELPS_FOR) -> bool:
    """Whether what happens `on` that day is worth a mail today."""
    return on - ahead <= today <= on + helps_for


def tell(  # noqa: PLR0913 - the fields of a short mail
    day: FamilyDay,
    kind: str,
    recipient: Attendee,
    *,
    key: str,
    tells: tuple[str, ...] = (),
    on: date,
    helps_for: timedelta = HELPS_FOR,
    subject: str,
    lines: Iterable[str],
    rows: Rows = (),
    opens_case: bool = True,
    reply_to: str = "",
) -> WantedReminder:
    """One mail about a family's course to one recipient, due `on` that day and worth nothing after `helps_for`.

    `opens_case` says whether she may open the shared case: then she gets the link. Her answer never goes to herself.
    """
    family, mail = day.family, mail_of(day.config)
    url = day.config.records.url_of(family.case_number) if opens_case else ""
    answers = reply_to or reply_address(day)
    return WantedReminder(
        kind=kind,
        family=family.id,
        meeting="",
        key=key,
        recipient=recipient,
        due=on,
        expires=datetime.combine(on + helps_for + _ONE_DAY, time(), ZoneInfo(day.config.timezone)),
        case_number=family.case_number or family.id,
        subject=subject,
        lines=tuple(lines),
        rows=tuple((label, text) for label, text in (("Link", url), *rows) if text),
        tells=tells,
        organizer=mail.from_,
        organizer_name=mail.from_name,
        reply_to=mail.from_ if normalise_address(answers) == normalise_address(recipient.email) else answers,
        signature=signature_of(day.config),
    )


def recipients(day: FamilyDay, *staff: StaffId | None) -> Iterator[Attendee]:
    """These professionals as recipients, each address once; who is unknown, or has left the municipality, is not."""
    found = set[str]()
    for key in staff:
        person = day.config.staff.get(key) if key is not None else None
        if key is None or person is None or (person.to is not None and person.to < day.today):
            continue
        if normalise_address(person.email) not in found:
            found.add(normalise_address(person.email))
            yield attendee_on_staff(day.config, key)


def team_let_share(day: FamilyDay, on: date) -> Iterator[StaffId]:
    """The team of a day, less those whose area nobody lets share any more."""
    for line in day.family.team_on(on):
        person = day.config.staff.get(line.staff)
        if person is not None and is_area_open(day.consents, person.area, line.staff, on):
            yield line.staff


def name_news(day: FamilyDay, what: str, staff: StaffId) -> str:
    """What has happened to a professional, as `WantedReminder.tells` names it."""
    return f"{what} {staff} {normalise_address(day.config.staff[staff].email)}"


def access_owner(day: FamilyDay) -> StaffId:
    """Who opens and closes the shared case for the team."""
    return day.config.records.access_owner or day.config.project_coordinator


def coordinators_address(day: FamilyDay) -> str:
    """Where answers go that are no business of the tovholder's; empty if there is no such person."""
    person = day.config.staff.get(day.config.project_coordinator)
    return person.email if person is not None else ""


def _rows(notice: NewNotice) -> Rows:
    facts = notice.facts
    rows = facts.rows if isinstance(facts, WantedReminder) else ()
    return (*case_row(notice), *((label, one_line(text)) for label, text in rows))
