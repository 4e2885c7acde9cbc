"""The screening sheet: whether the offer is for a family at all, for the coordinator alone, before anybody is asked.

Nobody has consented to anything yet. So it names nobody but the coordinator, and shows of the reasons only those that
the agreement itself names: what people write of their own may name somebody. It goes when the family is informed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hopdocs.danish import day_and_month
from hopdocs.documents.audience import Audience
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import document_info, first_contact_box, municipality_box, table_recipient
from hopdocs.documents.views import Context
from hopdocs.domain.course.target_group import TargetGroupStanding, target_group_of
from hopdocs.domain.state import State
from hopdocs.model.people import Source

_NAME: Final = "screening"
_COORDINATOR: Final = "Projektkoordinatoren"
_REASONS: Final = (
    ("langvarig offentlig forsørgelse", ("forsørgelse",)),
    ("misbrug", ("misbrug", "alkohol", "rusmid")),
    ("psykiske vanskeligheder", ("psykisk",)),
    ("børn i middel eller svær mistrivsel", ("mistrivsel",)),
    ("lang tid med hjælp, som ikke har virket", ("anamnese", "uden effekt", "uden virkning")),
)
"""The agreement's examples of complex problems, and what they are also called (samarbejdsaftale 2023, Målgruppe)."""
_SOURCES: Final = {
    Source.PROFESSIONAL: "en fagperson",
    Source.FAMILY: "familien selv",
    Source.OTHER: "en anden",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonLine:
    """One of the agreement's examples of why a family is in the target group."""

    text: str
    is_noted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One professional area, and whether it has an active case."""

    area: str
    is_required: bool
    """True for the area that must be there."""
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionLine:
    """One criterion of the target group."""

    text: str
    is_met: bool
    missing: str
    """Which part fails, as a sentence; empty if it is met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningContext(Context):
    """The coordinator's sheet. No name of the family or of another professional. `tovholder` is the coordinator."""

    family_id: str
    """"HOP-2026-007": stands for the family."""
    referred: str
    """"den 27. oktober 2026, fra en fagperson"; empty if it isn't written."""
    criteria: tuple[CriterionLine, ...]
    is_met: bool
    """True if all criteria are met."""
    reasons: tuple[ReasonLine, ...]
    other_reasons: int
    """How many reasons stand in the file in words of its own; 0 for none."""
    cases: tuple[CaseLine, ...]


def _papers(audience: Audience) -> Iterator[Paper]:
    """One, until the family is informed."""
    if audience.day.state is State.HENVENDT:
        yield Paper(context=_fill(audience))


def _fill(audience: Audience) -> ScreeningContext:
    family, config = audience.family, audience.config
    group = target_group_of(audience.day)
    written = [reason.casefold() for reason in family.criteria]
    known = [any(_is_meant(reason, words) for reason in written) for _, words in _REASONS]
    return ScreeningContext(
        document=document_info(_NAME, "Screening: er tilbuddet for familien?"),
        municipality=municipality_box(config),
        case_number=family.case_number or "",
        recipient=table_recipient(_COORDINATOR),
        tovholder=first_contact_box(audience),
        family_id=family.id,
        referred=_referred(audience),
        criteria=tuple(_criteria(audience, group)),
        is_met=group.is_met,
        reasons=tuple(ReasonLine(text=text, is_noted=found) for (text, _), found in zip(_REASONS, known, strict=True)),
        other_reasons=sum(not any(_is_meant(reason, words) for _, words in _REASONS) for reason in written),
        cases=tuple(
            CaseLine(
                area=area.name,
                is_required=code == group.required_area,
                is_active=code in group.other_areas or (code == group.required_area and group.is_required_active),
            )
            for code, area in config.areas.items()
        ),
    )


def _is_meant(reason: str, words: tuple[str, ...]) -> bool:
    return any(word in reason for word in words)


def _referred(audience: Audience) -> str:
    referral = audience.family.referral
    return f"den {day_and_month(referral.date)}, fra {_SOURCES[referral.source]}" if referral is not None else ""


def _criteria(audience: Audience, group: TargetGroupStanding) -> Iterator[CriterionLine]:
    yield CriterionLine(
        text="Familien har sammensatte problemer, og grunden er skrevet ned.",
        is_met=group.has_reason,
        missing="" if group.has_reason else "Der er ikke skrevet nogen grund.",
    )
    yield CriterionLine(
        text="Mindst én forælder er i gang med en indsats.",
        is_met=group.is_parent_active,
        missing="" if group.is_parent_active else "Ingen aktiv sag nævner en forælder.",
    )
    if group.required_area is not None:
        yield CriterionLine(
            text=f"Der er en aktiv sag i {audience.config.areas[group.required_area].name} og i mindst {group.needed} "
            f"{'andet fagområde' if group.needed == 1 else 'andre fagområder'}.",
            is_met=group.meets_areas,
            missing=_missing_areas(audience, group),
        )


def _missing_areas(audience: Audience, group: TargetGroupStanding) -> str:
    parts = []
    if group.required_area is not None and not group.is_required_active:
        parts.append(f"Der er ingen aktiv sag i {audience.config.areas[group.required_area].name}.")
    if not group.has_enough_others:
        parts.append(f"Der er aktive sager i {len(group.other_areas)} andre fagområder; der skal være {group.needed}.")
    return " ".join(parts)


SCREENING: Final = DocumentKind(
    name=_NAME,
    title="Screening",
    template="screening",
    context=ScreeningContext,
    needs_consent=False,
    for_family=_papers,
    stays_with_staff=True,
)
