"""The confirmation of a no: that nothing more is done. What others have answered is told to nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from hopdocs.documents.audience import Audience
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.kinds.letters.answers import newest_no, own_answers
from hopdocs.documents.kinds.letters.news import is_news
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
from hopdocs.domain.state import State
from hopdocs.model.scalars.values import MemberKey

_NAME: Final = "bekraeftelse-paa-nej"


@dataclass(frozen=True, slots=True, kw_only=True)
class BekraeftelsePaaNejContext(Context):
    """The confirmation to one person. `tovholder` is the projektkoordinator."""

    refused: date | None
    """The day of her own no; None for somebody who was asked, too, and did not say it."""
    is_over: bool
    """True: there will be no plan. False: the work goes on for the others, and she is not in it."""


def _papers(audience: Audience) -> Iterator[Paper]:
    """One for each who said no, and where that is the end of it, one for each who was asked."""
    is_over = audience.day.state is State.SAMTYKKE_AFSLAAET
    known = [_own_no(audience, member) for member in audience.family.members]
    last = max((day for day in known if day is not None), default=None)
    if last is None:
        return
    for member, refused in zip(audience.family.members, known, strict=True):
        was_asked = is_over and bool(own_answers(audience.family, member))
        if audience.gets_letters(member) and (refused is not None or was_asked):
            day = refused or last
            yield Paper(context=_fill(audience, member, refused, day), recipient=member, date=day)


def _own_no(audience: Audience, member: MemberKey) -> date | None:
    """The day of somebody's no, if that is her answer still; what takes a yes back has a letter of its own."""
    if audience.day.consents.standing(member).answer is not ConsentAnswer.REFUSED:
        return None
    return newest_no(audience.family, member, audience.today)


def _fill(audience: Audience, member: MemberKey, refused: date | None, day: date) -> BekraeftelsePaaNejContext:
    title = "Vi har fået dit svar" if refused is not None else "Der bliver ikke lavet en plan"
    return BekraeftelsePaaNejContext(
        document=document_info(_NAME, title),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience.with_ages_on(day), member),
        tovholder=coordinator_box(audience.config, day, day + THINKING_TIME),
        refused=refused,
        is_over=audience.day.state is State.SAMTYKKE_AFSLAAET,
    )


def _is_called_for(day: FamilyDay, _meeting: str, recipient: str) -> bool:
    """As long as it is the end of it: all who were asked have it in writing. Else while it is news."""
    refused = newest_no(day.family, MemberKey(recipient), day.today)
    return day.state is State.SAMTYKKE_AFSLAAET or (refused is not None and is_news(refused, day.today))


BEKRAEFTELSE_PAA_NEJ: Final = DocumentKind(
    name=_NAME,
    title="Bekræftelse på nej",
    template=_NAME,
    context=BekraeftelsePaaNejContext,
    needs_consent=False,
    for_family=_papers,
    is_called_for=_is_called_for,
)
