"""The samtykkeerklæring: the form that one person signs.

Nothing in it depends on the family's cases, its team or its other adults, as in the informationsbrev.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from hopdocs.documents.audience import Audience
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.law import plan_basis
from hopdocs.documents.letterhead import (
    area_lines,
    document_info,
    first_contact_box,
    member_recipient,
    municipality_box,
)
from hopdocs.documents.views import AreaLine, Context
from hopdocs.domain.ages import SIGNING_AGE
from hopdocs.domain.consent import CONSENT_MONTHS, ConsentAnswer
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.state import State
from hopdocs.model.family import Family
from hopdocs.model.scalars.values import MemberKey

_NAME: Final = "samtykkeerklaering"


@dataclass(frozen=True, slots=True, kw_only=True)
class SamtykkeerklaeringContext(Context):
    """The consent form of one person, with its withdrawal sheet. `tovholder` is always the projektkoordinator.

    Boxes are never ticked beforehand, and no CPR number is printed: the form leaves a line for it.
    """

    areas: tuple[AreaLine, ...]
    children: tuple[str, ...]
    """Full names of the children under 16 the signer has custody of and signs for; empty for others."""
    months: int
    """How long a consent lasts at most: 12."""
    legal_basis: tuple[str, ...]
    """References for the closing box; empty when config has none that is valid."""


def _papers(audience: Audience) -> Iterator[Paper]:
    """One for everybody whose own signature counts."""
    for member in audience.family.members:
        if audience.gets_letters(member) and audience.day.consents.signs_for_herself(member):
            yield Paper(
                context=_fill(audience, member), recipient=member, date=_newest_form_given(audience.family, member)
            )


def _newest_form_given(family: Family, member: MemberKey) -> date | None:
    return max(
        (line.form_given for line in family.consents if line.member == member and line.form_given is not None),
        default=None,
    )


def _fill(audience: Audience, member: MemberKey) -> SamtykkeerklaeringContext:
    """For herself, and for children under 16 she has custody of."""
    children = (
        name
        for key, name in audience.full_names.items()
        if audience.has_custody_of(member, key) and audience.is_under(key, SIGNING_AGE)
    )
    return SamtykkeerklaeringContext(
        document=document_info(_NAME, "Samtykke til en helhedsorienteret plan"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience, member),
        tovholder=first_contact_box(audience),
        areas=area_lines(audience.config),
        children=tuple(children),
        months=CONSENT_MONTHS,
        legal_basis=plan_basis(audience.config, audience.today),
    )


def _is_called_for(day: FamilyDay, _meeting: str, recipient: str) -> bool:
    """Until she has answered, and not once a no has ended it: nobody is asked again for what does not come."""
    has_refused = day.consents.standing(MemberKey(recipient)).answer is ConsentAnswer.REFUSED
    return recipient in day.consents.missing and not has_refused and day.state is not State.SAMTYKKE_AFSLAAET


SAMTYKKEERKLAERING: Final = DocumentKind(
    name=_NAME,
    title="Samtykkeerklæring",
    template="samtykkeerklaering",
    context=SamtykkeerklaeringContext,
    needs_consent=False,
    for_family=_papers,
    is_called_for=_is_called_for,
)
