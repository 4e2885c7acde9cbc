"""What a kind of notice is: everything in which one kind differs from another, as one value.

Planner, mail, ledger, gates, delivery and pages ask the kind; nobody else knows any kind by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from hopdocs.notices.record import Method

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.notice_switches import NoticeSwitches
    from hopdocs.notices.record import NewNotice
    from hopdocs.notices.wanted import WantedMeeting, WantedReminder

Rows: TypeAlias = "tuple[tuple[str, str], ...]"
"""Labels and values: the table in a mail."""


def _always(_switches: NoticeSwitches) -> bool:
    return True


EVENT_PREFIX: Final = "event:"
"""How the keys of short mails begin that an event asks for, not the data."""


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """What a notice does to the recipient's calendar: the iTIP method, the entry's STATUS, and the text inside it.

    Two kinds that do the same share one value, and their calendar object is made once for both.
    """

    method: Method
    status: str
    describe: Callable[[WantedMeeting], tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class NoticeKind:
    """One kind of notice.

    `name` is what ledger and JSON hold, for good. If several kinds have had one name since the first ledger, the
    beginning of a notice's key (`key_prefix`) tells them apart. `label` is the kind on the page, empty if the
    mail's subject says it; `history_label` is the kind in a sentence of the log. `facts` is the type of what a
    notice is about.
    """

    name: str
    history_label: str
    facts: type[WantedMeeting | WantedReminder]
    subject: Callable[[NewNotice], str]
    opening: Callable[[NewNotice], str]
    rows: Callable[[NewNotice], Rows]
    closing: Callable[[NewNotice], tuple[str, ...]]
    expires: Callable[[NewNotice], datetime]
    """When it no longer helps."""
    key_prefix: str = ""
    label: str = ""
    calendar: CalendarPart | None = None
    wanted: Callable[[FamilyDay], Iterable[WantedReminder]] | None = None
    """Which mails of this kind a family's data ask for. None if the planner of meetings, or an event, asks."""
    is_on: Callable[[NoticeSwitches], bool] = _always
    """Whether the municipality wants this kind at all (`mail: notices:`)."""
    comes_first: bool = False
    """Whether it stands in line before the invitations that the same edit asks for."""
    ends_meeting: bool = False
    """Whether it says that a meeting is off for everybody: many at once wait for a person."""
    ignores_hours_on_the_day: bool = False
    """Whether it leaves outside the mail hours if its meeting is today: it spares somebody a walk."""
    ignores_hours: bool = False
    """Whether it leaves outside the mail hours on any day: from now on nobody may share."""
    heeds_family: bool = True
    """Whether it waits while a person holds the family, or the family's file cannot be read."""
    stopped_by_faults: bool = False
    """Whether faults in the file that stop new invitations stop it."""
    lets_edits_settle: bool = True
    """Whether it waits as long as `mail.hold` says, so that an edit can still be taken back."""
    repeats_safely: bool = True
    """Whether a second copy does no harm, as UID and SEQUENCE make sure of in a calendar.

    One that does is sent again after an interruption; one that would only annoy is left in doubt, to a person.
    """

    @property
    def method(self) -> Method:
        """The iTIP method; none without a calendar part."""
        return self.calendar.method if self.calendar is not None else Method.NONE
