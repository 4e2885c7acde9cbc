"""The two receipts: of a yes, and of what was taken back. Each is for the one who signed, and tells of nobody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from hopdocs.documents.audience import Audience
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.kinds.letters.answers import TakenBack, area_names, last_taken_back, newest_yes
from hopdocs.documents.kinds.letters.news import is_news
from hopdocs.documents.letterhead import (
    THINKING_TIME,
    coordinator_box,
    document_info,
    member_recipient,
    municipality_box,
    person_name,
)
from hopdocs.documents.views import Context
from hopdocs.domain.ages import SIGNING_AGE
from hopdocs.domain.consent import ConsentAnswer, last_day
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.consent import Consent
from hopdocs.model.scalars.values import MemberKey

_YES: Final = "kvittering-for-samtykke"
_TAKEN_BACK: Final = "kvittering-for-tilbagekaldelse"


@dataclass(frozen=True, slots=True, kw_only=True)
class KvitteringForSamtykkeContext(Context):
    """The receipt of one person's yes. `tovholder` is the projektkoordinator."""

    given: date
    until: date
    """The last day that it is good for."""
    areas: tuple[str, ...]
    """Those she ticked that day."""
    children: tuple[str, ...]
    """First names of the children under 16 whom she signed for; empty for others."""
    received_by: str
    """Who got the form; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KvitteringForTilbagekaldelseContext(Context):
    """The receipt of what one person took back. `tovholder` is the projektkoordinator."""

    taken_back: date
    areas: tuple[str, ...]
    """The areas that may share no longer; empty when she took back all."""
    left: tuple[str, ...]
    """The areas that still may; empty when she took back all."""
    is_over: bool
    """True: nobody with custody is left, and the work on the plan has stopped."""


def _papers_of_yes(audience: Audience) -> Iterator[Paper]:
    """One for each whose yes stands."""
    consents = audience.day.consents
    for member in audience.family.members:
        stands = consents.standing(member).answer in (ConsentAnswer.GIVEN, ConsentAnswer.EXPIRED)
        yes = newest_yes(audience.family, member, audience.today)
        if stands and yes is not None and yes.given is not None and audience.gets_letters(member):
            yield Paper(context=_fill_yes(audience, member, yes, yes.given), recipient=member, date=yes.given)


def _fill_yes(audience: Audience, member: MemberKey, yes: Consent, given: date) -> KvitteringForSamtykkeContext:
    family, that_day = audience.family, audience.with_ages_on(given)
    children = tuple(
        audience.short_names[key]
        for key in family.members
        if that_day.has_custody_of(member, key) and that_day.is_under(key, SIGNING_AGE)
    )
    return KvitteringForSamtykkeContext(
        document=document_info(_YES, "Tak for dit samtykke"),
        municipality=municipality_box(audience.config),
        case_number=family.case_number or "",
        recipient=member_recipient(that_day, member),
        tovholder=coordinator_box(audience.config, given, given + THINKING_TIME),
        given=given,
        until=last_day(yes) or given,
        areas=area_names(audience.config, frozenset(yes.areas)),
        children=children,
        received_by=person_name(family, audience.config, yes.received_by) if yes.received_by is not None else "",
    )


def _is_new_yes(day: FamilyDay, _meeting: str, recipient: str) -> bool:
    yes = newest_yes(day.family, MemberKey(recipient), day.today)
    return yes is not None and yes.given is not None and is_news(yes.given, day.today)


def _papers_of_taken_back(audience: Audience) -> Iterator[Paper]:
    """One for each who took something back, the same day, and whatever else is wrong in the file."""
    for member in audience.family.members:
        back = last_taken_back(audience.family, member, audience.today)
        if back is not None and audience.gets_letters(member):
            yield Paper(context=_fill_taken_back(audience, member, back), recipient=member, date=back.day)


def _fill_taken_back(audience: Audience, member: MemberKey, back: TakenBack) -> KvitteringForTilbagekaldelseContext:
    that_day = audience.day.consents_on(back.day)
    standing = that_day.standing(member)
    left = standing.areas | standing.lapsed
    is_whole = back.areas is None or standing.answer is ConsentAnswer.WITHDRAWN
    return KvitteringForTilbagekaldelseContext(
        document=document_info(_TAKEN_BACK, "Vi har modtaget din tilbagekaldelse"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience.with_ages_on(back.day), member),
        tovholder=coordinator_box(audience.config, back.day, back.day + THINKING_TIME),
        taken_back=back.day,
        areas=() if is_whole else area_names(audience.config, frozenset(back.areas or ())),
        left=() if is_whole else area_names(audience.config, left),
        is_over=that_day.is_withdrawn,
    )


def _is_kept_in_mind(day: FamilyDay, _meeting: str, recipient: str) -> bool:
    """All of it, as long as it stands: it must be in her hands. A part of it, while that is news."""
    back = last_taken_back(day.family, MemberKey(recipient), day.today)
    if back is None:
        return False
    return is_news(back.day, day.today) or day.consents.standing(MemberKey(recipient)).answer is ConsentAnswer.WITHDRAWN


KVITTERING_FOR_SAMTYKKE: Final = DocumentKind(
    name=_YES,
    title="Kvittering for samtykke",
    template=_YES,
    context=KvitteringForSamtykkeContext,
    needs_consent=True,
    for_family=_papers_of_yes,
    is_called_for=_is_new_yes,
)

KVITTERING_FOR_TILBAGEKALDELSE: Final = DocumentKind(
    name=_TAKEN_BACK,
    title="Kvittering for tilbagekaldelse",
    template=_TAKEN_BACK,
    context=KvitteringForTilbagekaldelseContext,
    needs_consent=False,
    for_family=_papers_of_taken_back,
    is_called_for=_is_kept_in_mind,
)
