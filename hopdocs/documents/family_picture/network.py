"""Who is around the family, for one reader: her network by circle, and the professionals apart from it.

A line that names nobody is the household's own. Who lives in another home reads only lines about herself and the
children in her custody, and a youth only those about herself or the whole home (domain model 3.3b).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.danish import capitalise
from hopdocs.documents.audience import Concern, MemberReader, Withheld
from hopdocs.documents.plan_people import CIRCLE_WORDS
from hopdocs.documents.views import CircleLine
from hopdocs.model.people import Circle

if TYPE_CHECKING:
    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.model.people import NetworkPerson


def why_not_on_card(audience: Audience, reader: Reader, line: NetworkPerson) -> Withheld | None:
    """Why somebody of the network is not on a reader's card, or None if she is."""
    hidden = audience.why_hidden(reader, Concern(line.for_))
    if hidden is not None or not isinstance(reader, MemberReader):
        return hidden
    viewer = reader.member
    if not line.for_:
        return None if _is_in_main_home(audience, reader) else Withheld.OTHER_HOME
    is_own = any(member == viewer or audience.has_custody_of(viewer, member) for member in line.for_)
    is_of_home = _is_in_main_home(audience, reader) and not audience.family.members[viewer].is_child
    return None if is_own or is_of_home else Withheld.OTHER_HOME


def _is_in_main_home(audience: Audience, reader: MemberReader) -> bool:
    """Whether she lives where the first with custody does; alone with children, that is the family's own home."""
    first = next((key for key, person in audience.family.members.items() if person.custody), reader.member)
    return audience.share_household(reader.member, first)


def is_in(line: CircleLine, circle: Circle) -> bool:
    """Whether somebody on a card stands in a circle."""
    return line.circle.casefold() == CIRCLE_WORDS[circle]


def circle_lines(audience: Audience, reader: Reader) -> tuple[CircleLine, ...]:
    """Kin, friends and clubs on one reader's card, the nearest first."""
    rings = list(Circle)
    seen = [line for line in audience.family.network if why_not_on_card(audience, reader, line) is None]
    return tuple(
        CircleLine(
            circle=capitalise(CIRCLE_WORDS[line.circle]),
            name=line.name,
            relation=line.relation or "",
            for_=tuple(audience.short_names[member] for member in line.for_),
            helps_with=line.helps_with or "",
            contact_ok=line.contact_ok,
        )
        for line in sorted(seen, key=lambda line: rings.index(line.circle))
    )
