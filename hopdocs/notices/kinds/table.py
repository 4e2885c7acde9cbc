"""All kinds of notices. A new one is a module beside this one, and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.domain.family_day import worked_out_once
from hopdocs.notices.kinds.assessment_reminder import ASSESSMENT_REMINDER
from hopdocs.notices.kinds.cancellation import CANCELLATION
from hopdocs.notices.kinds.consent_reminder import CONSENT_REMINDER
from hopdocs.notices.kinds.course.area_stopped import AREA_STOPPED
from hopdocs.notices.kinds.course.closed import CLOSED, COST_REQUEST
from hopdocs.notices.kinds.course.data_draw import DATA_DRAW
from hopdocs.notices.kinds.course.monthly_registration import MONTHLY_REGISTRATION
from hopdocs.notices.kinds.course.new_course import NEW_COURSE
from hopdocs.notices.kinds.course.new_enquiry import NEW_ENQUIRY
from hopdocs.notices.kinds.course.new_tovholder import NEW_TOVHOLDER
from hopdocs.notices.kinds.course.no_team import NO_TEAM
from hopdocs.notices.kinds.course.refused import REFUSED
from hopdocs.notices.kinds.course.stopped import STOPPED, STOPPED_COUNT
from hopdocs.notices.kinds.course.task_reminder import TASK_REMINDER
from hopdocs.notices.kinds.course.team_change import TEAM_CHANGE
from hopdocs.notices.kinds.course.waiting_time import WAITING_TIME
from hopdocs.notices.kinds.course.weekly_tasks import WEEKLY_TASKS
from hopdocs.notices.kinds.invitation import INVITATION
from hopdocs.notices.kinds.removal import REMOVAL
from hopdocs.notices.kinds.returned_mail import RETURNED_MAIL, STRANGERS_ANSWER
from hopdocs.notices.kinds.team.absence import ABSENCE
from hopdocs.notices.kinds.team.family_survey import FAMILY_SURVEY
from hopdocs.notices.kinds.team.opening_survey import OPENING_SURVEY
from hopdocs.notices.kinds.unreadable_file import UNREADABLE_FILE
from hopdocs.notices.kinds.update import UPDATE
from hopdocs.notices.organizer import mail_of

if TYPE_CHECKING:
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
    NEW_ENQUIRY,
    REFUSED,
    NEW_COURSE,
    TEAM_CHANGE,
    NO_TEAM,
    OPENING_SURVEY,
    FAMILY_SURVEY,
    ABSENCE,
    NEW_TOVHOLDER,
    STOPPED,
    STOPPED_COUNT,
    AREA_STOPPED,
    DATA_DRAW,
    WAITING_TIME,
    CLOSED,
    COST_REQUEST,
    MONTHLY_REGISTRATION,
    WEEKLY_TASKS,
)
"""In the order in which a family's mails are planned."""


def find_kind(name: str, key: str) -> NoticeKind:
    """The kind of a notice by what the ledger holds of it; `ValueError` if this program has no such kind.

    A key that was emptied when its family was forgotten tells the kinds of one name apart no more: any of them will do.
    """
    for kind in KINDS:
        if kind.name == name and (not key or key.startswith(kind.key_prefix)):
            return kind
    msg = f"no kind of notice is called {name} and has keys like {key}"
    raise ValueError(msg)


@worked_out_once
def wanted_reminders(day: FamilyDay) -> tuple[WantedReminder, ...]:
    """All short mails that a family's data ask for, of the kinds that the municipality wants."""
    switches = mail_of(day.config).notices
    asked = (kind.wanted for kind in KINDS if kind.wanted is not None and kind.is_on(switches))
    return tuple(item for wanted in asked for item in wanted(day))


def meeting_endings() -> tuple[str, ...]:
    """The names of the kinds that say that a meeting is off."""
    return tuple(kind.name for kind in KINDS if kind.ends_meeting)
