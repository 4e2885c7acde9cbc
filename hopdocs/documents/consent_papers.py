"""Builds the two papers before consent: informationsbrev and samtykkeerklæring, one a person.

Nothing in them depends on the family's cases, its team or its other adults: whoever finds one learns only that the
person has been told of an offer. The contact is the projektkoordinator throughout, since a tovholder's area could
tell one parent about the other.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.documents.law import plan_basis
from hopdocs.documents.letterhead import coordinator_box, document_info, member_recipient, municipality_box
from hopdocs.documents.views import AreaLine, InformationsbrevContext, SamtykkeerklaeringContext
from hopdocs.domain.ages import SIGNING_AGE
from hopdocs.domain.consent import CONSENT_MONTHS

if TYPE_CHECKING:
    from hopdocs.documents.audience import Audience
    from hopdocs.documents.views import ContactBox
    from hopdocs.model.values import MemberKey

_THINKING_TIME = timedelta(days=60)
"""How long after the information somebody may call with questions: absences within it are told."""


def informationsbrev(audience: Audience, member: MemberKey) -> InformationsbrevContext:
    """The letter that tells what the offer is."""
    return InformationsbrevContext(
        document=document_info("informationsbrev", "Information om en helhedsorienteret plan"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience.with_ages_on(audience.family.information_given or audience.today), member),
        tovholder=_coordinator(audience),
        areas=_area_lines(audience),
        follow_up_weeks=audience.config.deadlines.follow_up_target // 7,
        legal_basis=plan_basis(audience.config, audience.today),
    )


def samtykkeerklaering(audience: Audience, member: MemberKey) -> SamtykkeerklaeringContext:
    """The form that one person signs, for herself and for children under 16 she has custody of."""
    family = audience.family
    children = (
        name
        for key, name in audience.full_names.items()
        if audience.has_custody_of(member, key) and audience.is_under(key, SIGNING_AGE)
    )
    return SamtykkeerklaeringContext(
        document=document_info("samtykkeerklaering", "Samtykke til en helhedsorienteret plan"),
        municipality=municipality_box(audience.config),
        case_number=family.case_number or "",
        recipient=member_recipient(audience, member),
        tovholder=_coordinator(audience),
        areas=_area_lines(audience),
        children=tuple(children),
        months=CONSENT_MONTHS,
        legal_basis=plan_basis(audience.config, audience.today),
    )


def _coordinator(audience: Audience) -> ContactBox:
    family = audience.family
    begun = family.information_given or (family.referral.date if family.referral is not None else family.start_date)
    return coordinator_box(audience.config, begun, begun + _THINKING_TIME)


def _area_lines(audience: Audience) -> tuple[AreaLine, ...]:
    return tuple(
        AreaLine(code=code, name=area.name, is_health=area.health) for code, area in audience.config.areas.items()
    )
