"""The informationsbrev: one a person, before anybody is asked for consent.

Nothing in it depends on the family's cases, its team or its other adults: whoever finds one learns only that the
person has been told of an offer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hopdocs.documents.audience import Audience
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.kinds.translations import with_translation
from hopdocs.documents.law import plan_basis
from hopdocs.documents.letterhead import (
    area_lines,
    document_info,
    first_contact_box,
    member_recipient,
    municipality_box,
)
from hopdocs.documents.views import AreaLine, Context
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.scalars.values import MemberKey

_NAME: Final = "informationsbrev"


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationsbrevContext(Context):
    """The letter that tells what a helhedsorienteret plan is. `tovholder` is always the projektkoordinator."""

    areas: tuple[AreaLine, ...]
    follow_up_weeks: int
    """How often the plan is followed up as a rule: 8."""
    legal_basis: tuple[str, ...]
    """For the closing box: "barnets lov § 110"; empty when config has no reference that is valid."""


def _papers(audience: Audience) -> Iterator[Paper]:
    """One for everybody who gets letters."""
    for member in audience.family.members:
        if audience.gets_letters(member):
            yield Paper(context=_fill(audience, member), recipient=member, date=audience.family.information_given)


def _fill(audience: Audience, member: MemberKey) -> InformationsbrevContext:
    """The letter that tells what the offer is."""
    return InformationsbrevContext(
        document=document_info(_NAME, "Information om en helhedsorienteret plan"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience.with_ages_on(audience.family.information_given or audience.today), member),
        tovholder=first_contact_box(audience),
        areas=area_lines(audience.config),
        follow_up_weeks=audience.config.deadlines.follow_up_target // 7,
        legal_basis=plan_basis(audience.config, audience.today),
    )


def _is_called_for(day: FamilyDay, _meeting: str, _recipient: str) -> bool:
    """Until it is written down that it was given."""
    return day.family.information_given is None and bool(day.consents.missing)


INFORMATIONSBREV: Final = with_translation(
    DocumentKind(
        name=_NAME,
        title="Informationsbrev",
        template="informationsbrev",
        context=InformationsbrevContext,
        needs_consent=False,
        for_family=_papers,
        is_called_for=_is_called_for,
        is_dated_by_handover=True,
    )
)
