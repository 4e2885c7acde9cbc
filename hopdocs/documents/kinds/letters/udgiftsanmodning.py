"""The request to the finance department for what a course has cost, month by month, when it has ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from hopdocs.documents.audience import Audience
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import (
    THINKING_TIME,
    coordinator_box,
    document_info,
    municipality_box,
    table_recipient,
)
from hopdocs.documents.views import Context
from hopdocs.domain.state import State

_NAME: Final = "udgiftsanmodning"
_FINANCE: Final = "Økonomiafdelingen"


@dataclass(frozen=True, slots=True, kw_only=True)
class UdgiftsanmodningContext(Context):
    """The request: case number and months, no names, no areas. `tovholder` is the projektkoordinator."""

    first_month: date
    """Its first day."""
    last_month: date
    """Its first day, too."""


def _papers(audience: Audience) -> Iterator[Paper]:
    """One, once the course has been closed; after a withdrawal nothing more is asked for."""
    family = audience.family
    end = family.last_day_of_course(audience.today)
    if end is not None and audience.day.state in (State.AFSLUTTET, State.FRAFLYTTET):
        yield Paper(
            context=UdgiftsanmodningContext(
                document=document_info(_NAME, "Anmodning om udgifter pr. måned"),
                municipality=municipality_box(audience.config),
                case_number=family.case_number or "",
                recipient=table_recipient(_FINANCE),
                tovholder=coordinator_box(audience.config, end, end + THINKING_TIME),
                first_month=family.start_date.replace(day=1),
                last_month=end.replace(day=1),
            ),
            date=end,
        )


UDGIFTSANMODNING: Final = DocumentKind(
    name=_NAME,
    title="Anmodning om udgifter",
    template=_NAME,
    context=UdgiftsanmodningContext,
    needs_consent=True,
    for_family=_papers,
)
