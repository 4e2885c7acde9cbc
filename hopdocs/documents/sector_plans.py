"""The statutory plans that a family has beside its own: what they are called, and who may see which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.danish import capitalise
from hopdocs.documents.at_work import may_see_plan_of_area
from hopdocs.documents.audience import Concern
from hopdocs.documents.law import law_reference
from hopdocs.documents.views import SectorPlanLine
from hopdocs.domain.ages import ADULT_AGE, SIGNING_AGE
from hopdocs.domain.consent import holders_of_custody
from hopdocs.model.plan import PlanRelation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.model.family import Family
    from hopdocs.model.plan import SectorPlan
    from hopdocs.model.scalars.values import MemberKey

PLAN_NAMES = {
    "barnets_plan": "Barnets plan",
    "ungeplan": "Ungeplan",
    "min_plan": "Min Plan",
    "voksen_handleplan": "Handleplan",
    "uddannelsesplan": "Uddannelsesplan",
    "integrationskontrakt": "Integrationskontrakt",
}
"""What the statutory plans are called; any other key of config's `law` is read as its words."""

RELATION_SENTENCES = {
    PlanRelation.ERSTATTES: "Familieplanen træder i stedet for denne plan.",
    PlanRelation.GENGIVES: "Det vigtigste fra denne plan står også i familieplanen. Planen gælder stadig selv.",
    PlanRelation.SÆRSKILT: "Denne plan ligger for sig selv ved siden af familieplanen.",
}


def replaced_plans(family: Family) -> tuple[SectorPlan, ...]:
    """The statutory plans that this one stands in for, as the family's file says it; none if it does not say yet."""
    plans = family.plan.sector_plans if family.plan is not None else ()
    return tuple(line for line in plans if line.relation is PlanRelation.ERSTATTES)


def who_must_agree(family: Family, members: Iterable[MemberKey], on: date) -> tuple[MemberKey, ...]:
    """Whose yes the law asks for before a plan about these is replaced.

    A grown-up's own; about a child, that of everybody with custody, and from 16 the child's too (barnets lov § 110(3)).
    """
    found: list[MemberKey] = []
    for key in members:
        person = family.members.get(key)
        if person is None:
            continue
        if person.is_child and person.age_on(on) < ADULT_AGE:
            found += holders_of_custody(family)
        if not person.is_child or person.age_on(on) >= SIGNING_AGE:
            found.append(key)
    return tuple(dict.fromkeys(found))


def visible_sector_plans(audience: Audience, reader: Reader) -> tuple[tuple[int, SectorPlan], ...]:
    """The statutory plans one reader may see, each with its place in the file's list."""
    plans = audience.family.plan.sector_plans if audience.family.plan is not None else ()
    return tuple(
        (index, line)
        for index, line in enumerate(plans)
        if audience.may_see(reader, Concern(line.for_, line.area, line.visible_to))
    )


def sector_plan_name(plan: SectorPlan) -> str:
    """What a statutory plan is called."""
    return PLAN_NAMES.get(plan.kind) or plan.kind.replace("_", " ").capitalize()


def continuing_plans(audience: Audience, reader: Reader) -> tuple[str, ...]:
    """What lives on after the course, as far as one reader may know of it."""
    closing, areas = audience.family.closing, audience.config.areas
    return tuple(
        f"{capitalise(line.plan)} ({areas[line.area].name if line.area in areas else line.area})"
        for line in (closing.continues if closing is not None else ())
        if may_see_plan_of_area(audience, line.area, reader)
    )


def sector_plan_lines(audience: Audience, reader: Reader) -> tuple[SectorPlanLine, ...]:
    """What stands in one reader's copy about them."""
    return tuple(_sector_plan_line(audience, line) for _, line in visible_sector_plans(audience, reader))


def _sector_plan_line(audience: Audience, plan: SectorPlan) -> SectorPlanLine:
    areas = audience.config.areas
    return SectorPlanLine(
        name=sector_plan_name(plan),
        area=areas[plan.area].name if plan.area in areas else plan.area,
        for_=tuple(audience.short_names[member] for member in plan.for_),
        source=plan.source or "",
        relation=plan.relation.value,
        relation_text=RELATION_SENTENCES[plan.relation],
        law=law_reference(audience.config, plan.kind, audience.today),
        is_attached=plan.file is not None,
    )
