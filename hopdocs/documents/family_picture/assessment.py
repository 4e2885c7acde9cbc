"""Who may read which part of the familiefaglig undersøgelse: one text an area, about everybody it works with.

A part says of nobody in it what is about whom. So a person of the family reads one that is about herself or a child
in her custody, and only if she may know of everybody else in it; a youth only one that is about nobody else (domain
model 3.3b). An area reads what consent lets it know of all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.at_work import served_by_area
from hopdocs.documents.audience import AreaReader, Concern, Withheld

if TYPE_CHECKING:
    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.model.family import AssessmentPart
    from hopdocs.model.scalars.values import MemberKey


def about(audience: Audience, part: AssessmentPart) -> tuple[MemberKey, ...]:
    """Whom a part is about: those it names, else those its area works with.

    That is the whole family where nobody is named, or where somebody of the area is there for nobody in particular.
    """
    family = audience.family
    is_for_all = any(not line.for_ and audience.area_of(line.staff) == part.area for line in family.team)
    served = () if is_for_all else served_by_area(audience, part.area)
    return part.for_ or served or tuple(family.members)


def _with_a_case(audience: Audience, part: AssessmentPart) -> tuple[MemberKey, ...]:
    """Those whose case it is: somebody who joined one of the area's activities is not yet whom its text is about."""
    cases = (case for case in audience.family.cases if case.area == part.area)
    return tuple(dict.fromkeys(member for case in cases for member in case.for_))


def why_part_hidden(audience: Audience, reader: Reader, part: AssessmentPart) -> Withheld | None:
    """Why a reader may not read a part, or None if she may."""
    people = about(audience, part)
    if isinstance(reader, AreaReader) or part.visible_to is not None:
        return audience.why_hidden(reader, Concern(people, part.area, part.visible_to))
    viewer = reader.member
    is_child = audience.family.members[viewer].is_child
    subjects = part.for_ or _with_a_case(audience, part) or people
    mine = [member for member in subjects if member == viewer or audience.has_custody_of(viewer, member)]
    if not mine or (is_child and len(mine) < len(people)):
        return Withheld.ABOUT_OTHERS
    hidden = (audience.why_hidden(reader, Concern((member,), part.area)) for member in people)
    return next(filter(None, hidden), None)


def visible_assessment(audience: Audience, reader: Reader) -> tuple[AssessmentPart, ...]:
    """The parts that one reader may read, in the file's order."""
    return tuple(part for part in audience.family.assessment if why_part_hidden(audience, reader, part) is None)
