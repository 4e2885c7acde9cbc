"""The friendly reminder of a consent form that somebody has not answered, at most two times."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hopdocs.documents.audience import Audience
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.kinds.letters.answers import own_answers
from hopdocs.documents.letterhead import (
    THINKING_TIME,
    coordinator_box,
    document_info,
    member_recipient,
    municipality_box,
)
from hopdocs.documents.views import Context
from hopdocs.domain.consent import ConsentAnswer
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.state import ENDED
from hopdocs.domain.working_days import next_working_day
from hopdocs.model.scalars.values import MemberKey

_NAME: Final = "samtykke-paamindelse"
_MOST: Final = 2
"""A third reminder would be pressure, and a yes must be free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaamindelseContext(Context):
    """The reminder. Nothing in it depends on what others have answered. `tovholder` is the projektkoordinator."""

    form_given: date
    """When she got the form that she has not answered."""


def _papers(audience: Audience) -> Iterator[Paper]:
    """One for each whose answer is awaited, from the first reminder's day on."""
    for member in audience.family.members:
        form_given, reminded = _days(audience.day, member)
        if form_given is not None and reminded is not None and audience.gets_letters(member):
            yield Paper(context=_fill(audience, member, form_given), recipient=member, date=reminded)


def _days(day: FamilyDay, member: MemberKey) -> tuple[date | None, date | None]:
    """When she got the form, and the day of the latest reminder that is due; nothing once she, or all, have an answer.

    A course that somebody else has said no to asks nobody any more.
    """
    answer = day.consents.standing(member).answer
    if member not in day.consents.missing or answer is ConsentAnswer.REFUSED or day.state in ENDED:
        return None, None
    form_given = max(
        (line.form_given for line in own_answers(day.family, member) if line.form_given is not None), default=None
    )
    if form_given is None:
        return None, None
    reminders = day.config.deadlines.consent_reminders[:_MOST]
    due = [next_working_day(form_given + timedelta(days=days), day.config) for days in reminders]
    return form_given, max((reminder for reminder in due if reminder <= day.today), default=None)


def _fill(audience: Audience, member: MemberKey, form_given: date) -> PaamindelseContext:
    return PaamindelseContext(
        document=document_info(_NAME, "Vi mangler dit svar"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience.with_ages_on(form_given), member),
        tovholder=coordinator_box(audience.config, form_given, form_given + THINKING_TIME),
        form_given=form_given,
    )


def _is_called_for(day: FamilyDay, _meeting: str, recipient: str) -> bool:
    """As long as the answer is awaited."""
    return recipient in day.consents.missing


SAMTYKKE_PAAMINDELSE: Final = DocumentKind(
    name=_NAME,
    title="Påmindelse om samtykke",
    template=_NAME,
    context=PaamindelseContext,
    needs_consent=False,
    for_family=_papers,
    is_called_for=_is_called_for,
)
