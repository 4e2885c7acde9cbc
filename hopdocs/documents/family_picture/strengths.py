"""What goes well, and what the family has agreed to do when it does not: the plan begins with the one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.audience import Concern
from hopdocs.documents.family_picture.assessment import visible_assessment
from hopdocs.documents.views import StrengthLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.model.plan import Plan, Remark


def strength_lines(audience: Audience, reader: Reader, plan: Plan) -> tuple[StrengthLine, ...]:
    """The plan's own lines, else what the areas have written in their parts of the assessment."""
    if plan.resources:
        return tuple(StrengthLine(text=line.text, area="") for line in _visible(audience, reader, plan.resources))
    areas = audience.config.areas
    return tuple(
        StrengthLine(text=part.works, area=areas[part.area].name if part.area in areas else part.area)
        for part in visible_assessment(audience, reader)
        if part.works
    )


def agreed_when_hard(audience: Audience, reader: Reader, plan: Plan) -> tuple[str, ...]:
    """What the family itself has agreed to do."""
    return tuple(line.text for line in _visible(audience, reader, plan.when_hard))


def remark_concern(line: Remark) -> Concern:
    """A line of the plan is shared by all areas; whom it is about decides."""
    return Concern(line.for_, None, line.visible_to)


def _visible(audience: Audience, reader: Reader, lines: Iterable[Remark]) -> list[Remark]:
    return [line for line in lines if audience.may_see(reader, remark_concern(line))]
