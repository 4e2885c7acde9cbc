"""The network card: who is around the family, as a table and as a drawing, one copy a reader."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hopdocs.documents.audience import Audience, MemberReader, Reader
from hopdocs.documents.family_picture.circles import draw_circles
from hopdocs.documents.family_picture.network import circle_lines
from hopdocs.documents.kinds.kind import DocumentKind, Paper, PlanReader
from hopdocs.documents.letterhead import document_info, municipality_box, reader_recipient, tovholder_box
from hopdocs.documents.plan_people import team_lines
from hopdocs.documents.views import CircleLine, Context, Drawing, TeamLine

_NAME: Final = "netvaerkskort"
_TITLE: Final = "Netværkskort"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetvaerkskortContext(Context):
    """One copy of the card."""

    family_name: str
    network: tuple[CircleLine, ...]
    """The nearest first; never empty."""
    team: tuple[TeamLine, ...]
    """Counted apart: who is paid to be there."""
    map: Drawing
    """The same as a drawing: `{{r map|tegning }}`."""


def _papers(asking: PlanReader) -> Iterator[Paper]:
    """For each reader who sees somebody of the network."""
    audience, day = asking.audience, asking.audience.day
    network = circle_lines(audience, asking.reader)
    if network and day.has_begun:
        is_final = audience.family.last_day_of_course(audience.today) is not None
        yield Paper(context=_fill(audience, asking.reader, network), recipient=asking.recipient, final=is_final)


def _fill(audience: Audience, reader: Reader, network: tuple[CircleLine, ...]) -> NetvaerkskortContext:
    audience = audience if isinstance(reader, MemberReader) else audience.without_birthdays()
    family, today = audience.family, audience.today
    team = team_lines(audience, reader)
    return NetvaerkskortContext(
        document=document_info(_NAME, _TITLE),
        municipality=municipality_box(audience.config),
        case_number=family.case_number or "",
        recipient=reader_recipient(audience, reader),
        tovholder=tovholder_box(audience, today, (reader,), family.start_date, family.start_date),
        family_name=family.name,
        network=network,
        team=team,
        map=draw_circles(family.name, network, team),
    )


NETVAERKSKORT: Final = DocumentKind(
    name=_NAME,
    title=_TITLE,
    template=_NAME,
    context=NetvaerkskortContext,
    needs_consent=True,
    for_plan_reader=_papers,
)
