"""All kinds of notices. A new one is a module beside this one, and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.notices.kinds.assessment_reminder import ASSESSMENT_REMINDER
from hopdocs.notices.kinds.cancellation import CANCELLATION
from hopdocs.notices.kinds.consent_reminder import CONSENT_REMINDER
from hopdocs.notices.kinds.course.task_reminder import TASK_REMINDER
from hopdocs.notices.kinds.invitation import INVITATION
from hopdocs.notices.kinds.removal import REMOVAL
from hopdocs.notices.kinds.returned_mail import RETURNED_MAIL, STRANGERS_ANSWER
from hopdocs.notices.kinds.unreadable_file import UNREADABLE_FILE
from hopdocs.notices.kinds.update import UPDATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.notices.kinds.kind import NoticeKind
    from hopdocs.notices.wanted import WantedReminder

KINDS: Final[tuple[NoticeKind, ...]] = (
    INVITATION,
    UPDATE,
    CANCELLATION,
    REMOVAL,
    ASSESSMENT_REMINDER,
    CONSENT_REMINDER,
    TASK_REMINDER,
    RETURNED_MAIL,
    UNREADABLE_FILE,
    STRANGERS_ANSWER,
)
"""In the order in which a family's mails are planned."""


def find_kind(name: str, key: str) -> NoticeKind:
    """The kind of a notice by what the ledger holds of it; `ValueError` if this program has no such kind."""
    for kind in KINDS:
        if kind.name == name and key.startswith(kind.key_prefix):
            return kind
    msg = f"no kind of notice is called {name} and has keys like {key}"
    raise ValueError(msg)


def wanted_reminders(day: FamilyDay) -> Iterator[WantedReminder]:
    """All short mails that a family's data ask for."""
    for kind in KINDS:
        if kind.wanted is not None:
            yield from kind.wanted(day)


def meeting_endings() -> tuple[str, ...]:
    """The names of the kinds that say that a meeting is off."""
    return tuple(kind.name for kind in KINDS if kind.ends_meeting)
