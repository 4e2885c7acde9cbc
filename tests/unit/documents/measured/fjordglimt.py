"""The sample family with a whole course behind it, and what each reader gets of its figures."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from hopdocs.documents.audience import Audience
from hopdocs.documents.kinds.measured.effektrapport import EFFEKTRAPPORT, EffektrapportContext
from hopdocs.documents.kinds.measured.fremgang import FREMGANG, FremgangContext
from hopdocs.domain.family_day import FamilyDay
from hopdocs.sources.families import parse_family
from tests.unit.figures.courses import FJORDGLIMT, ROOT, sample_config

if TYPE_CHECKING:
    from hopdocs.documents.kinds.kind import Paper
    from hopdocs.model.family import Family

TODAY = date(2026, 11, 21)
_CONFIG = sample_config()
PATH = ROOT / "families" / FJORDGLIMT


@cache
def fjordglimt(*changes: tuple[str, str]) -> Family:
    text = PATH.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    family = parse_family(text.encode(), PATH.name, _CONFIG).family
    assert family is not None
    return family


def day_of(family: Family, today: date = TODAY) -> FamilyDay:
    return FamilyDay.on(family, _CONFIG, today)


def papers(family: Family, today: date = TODAY) -> dict[str, Paper]:
    """Both kinds of paper about figures, by the name of their files."""
    audience = Audience(day_of(family, today))
    assert FREMGANG.for_family is not None
    assert EFFEKTRAPPORT.for_tovholder is not None
    return {
        f"{kind.name}-{paper.recipient}": paper
        for kind, found in (
            (FREMGANG, FREMGANG.for_family(audience)),
            (EFFEKTRAPPORT, EFFEKTRAPPORT.for_tovholder(audience, ())),
        )
        for paper in found
    }


def sheet(family: Family, who: str) -> FremgangContext:
    context = papers(family)[f"fremgang-{who}"].context
    assert isinstance(context, FremgangContext)
    return context


def report(family: Family, area: str, today: date = TODAY) -> EffektrapportContext:
    context = papers(family, today)[f"effektrapport-{area}"].context
    assert isinstance(context, EffektrapportContext)
    return context
