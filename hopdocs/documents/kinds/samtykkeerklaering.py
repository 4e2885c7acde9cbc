"""The samtykkeerklæring: the form that one person signs.

Nothing in it depends on the family's cases, its team or its other adults, as in the informationsbrev. What the law
asks a yes for is that another plan is replaced: those are named, with the paragraph of each.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from hopdocs.danish import join
from hopdocs.documents.audience import Audience, Concern, MemberReader
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.kinds.translations import with_translation
from hopdocs.documents.law import law_of_replacing, plan_basis
from hopdocs.documents.letterhead import (
    area_lines,
    document_info,
    first_contact_box,
    member_recipient,
    municipality_box,
)
from hopdocs.documents.sector_plans import PLAN_NAMES, replaced_plans, sector_plan_name, who_must_agree
from hopdocs.documents.views import AreaLine, Context
from hopdocs.domain.ages import ADULT_AGE, SIGNING_AGE
from hopdocs.domain.consent import CONSENT_MONTHS, ConsentAnswer
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.state import State
from hopdocs.model.family import Family
from hopdocs.model.scalars.values import MemberKey

_NAME: Final = "samtykkeerklaering"
_UNGEPLAN_ENDS: Final = 24
"""An ungeplan is for those from 16 to 23 (barnets lov § 110(1))."""
_OF_GROWN_UPS: Final = ("min_plan", "voksen_handleplan")
"""What may be replaced of a grown-up's plans (LAB § 40(3), serviceloven § 141(7))."""
_PARENTS_PART: Final = "Den del af barnets plan, der handler om forældrene"
"""All that may be replaced of the plan of a child under 16 (barnets lov § 110(2))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedPlan:
    """A statutory plan that this one replaces, or may replace, if the signer says yes."""

    name: str
    """"Min Plan", "Ungeplan"."""
    for_: tuple[str, ...]
    """First names of the signer's children whom it is about; empty for her own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SamtykkeerklaeringContext(Context):
    """The consent form of one person, with its withdrawal sheet. `tovholder` is always the projektkoordinator.

    Boxes are never ticked beforehand, and no CPR number is printed: the form leaves a line for it.
    """

    areas: tuple[AreaLine, ...]
    children: tuple[str, ...]
    """Full names of the children under 16 the signer has custody of and signs for; empty for others."""
    replaces: tuple[ReplacedPlan, ...]
    """What the signer agrees is replaced: what the family's file says, as far as it is hers to agree to. While it says
    nothing of any plan, those that may be."""
    are_replaced: bool
    """True if the file says that these are replaced; False if they only may be."""
    replacing_law: tuple[str, ...]
    """For the closing box: "Ungeplan (Yasmin): barnets lov § 110, stk. 3"; empty when config has no reference."""
    months: int
    """How long a consent lasts at most: 12."""
    legal_basis: tuple[str, ...]
    """References for the closing box; empty when config has none that is valid."""


def _papers(audience: Audience) -> Iterator[Paper]:
    """One for everybody whose own signature counts."""
    for member in audience.family.members:
        if audience.gets_letters(member) and audience.day.consents.signs_for_herself(member):
            asked = _newest_form_given(audience.family, member)
            yield Paper(context=_fill(audience, member, asked or audience.today), recipient=member, date=asked)


def _newest_form_given(family: Family, member: MemberKey) -> date | None:
    return max(
        (line.form_given for line in family.consents if line.member == member and line.form_given is not None),
        default=None,
    )


def _fill(audience: Audience, member: MemberKey, asked: date) -> SamtykkeerklaeringContext:
    """For herself, and for children under 16 she has custody of; the law is that of the day she was asked."""
    replaced = _replaced(audience, member, asked)
    laws = [(law_of_replacing(audience.config, kind, asked), plan) for kind, plan in replaced]
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
        replaces=tuple(plan for _, plan in replaced),
        are_replaced=bool(replaced_plans(audience.family)),
        replacing_law=tuple(_law_line(law, plan) for law, plan in laws if law),
        months=CONSENT_MONTHS,
        legal_basis=plan_basis(audience.config, audience.today),
    )


def _replaced(audience: Audience, member: MemberKey, on: date) -> tuple[tuple[str, ReplacedPlan], ...]:
    """The plans that the law asks this person's yes for, each with its kind.

    Nothing of another person's plan stands here: what is not hers to agree to is not hers to read.
    """
    family, reader = audience.family, MemberReader(member)
    known = replaced_plans(family)
    if known:
        return tuple(
            (line.kind, ReplacedPlan(name=sector_plan_name(line), for_=_own_children(audience, line.for_, member)))
            for line in known
            if member in who_must_agree(family, line.for_, on)
            and audience.may_see(reader, Concern(line.for_, line.area, line.visible_to))
        )
    people = family.members
    hers = [key for key in people if key == member or audience.has_custody_of(member, key)]
    children = {key: people[key].age_on(on) for key in hers if people[key].is_child}
    grown = tuple(key for key, age in children.items() if SIGNING_AGE <= age < _UNGEPLAN_ENDS)
    small = tuple(key for key, age in children.items() if age < SIGNING_AGE)
    found = [("ungeplan", PLAN_NAMES["ungeplan"], grown)] if grown else []
    if small:
        found.append(("barnets_plan", _PARENTS_PART, small))
    if people[member].age_on(on) >= ADULT_AGE:
        found += [(kind, PLAN_NAMES[kind], ()) for kind in _OF_GROWN_UPS]
    return tuple(
        (kind, ReplacedPlan(name=name, for_=_own_children(audience, for_, member))) for kind, name, for_ in found
    )


def _own_children(audience: Audience, members: Iterable[MemberKey], member: MemberKey) -> tuple[str, ...]:
    """Those of a plan who are the signer's children: another grown-up in it is named in no form but her own."""
    people = audience.family.members
    return tuple(audience.short_names[key] for key in members if key in people and audience.has_custody_of(member, key))


def _law_line(law: str, plan: ReplacedPlan) -> str:
    return f"{plan.name}{f' ({join(plan.for_)})' if plan.for_ else ''}: {law}"


def _is_called_for(day: FamilyDay, _meeting: str, recipient: str) -> bool:
    """Until she has the form or has answered, and not once a no has ended it: nobody is asked again in vain."""
    lines = [line for line in day.family.consents if line.member == recipient]
    if any(line.form_given is not None and line.given is None and line.refused is None for line in lines):
        return False
    has_refused = day.consents.standing(MemberKey(recipient)).answer is ConsentAnswer.REFUSED
    return recipient in day.consents.missing and not has_refused and day.state is not State.SAMTYKKE_AFSLAAET


SAMTYKKEERKLAERING: Final = with_translation(
    DocumentKind(
        name=_NAME,
        title="Samtykkeerklæring",
        template="samtykkeerklaering",
        context=SamtykkeerklaeringContext,
        needs_consent=False,
        for_family=_papers,
        is_called_for=_is_called_for,
        is_dated_by_handover=True,
    )
)
