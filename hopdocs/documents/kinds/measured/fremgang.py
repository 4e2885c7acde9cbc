"""The family's own sheet: how it goes with what is measured, since the start, in each reader's version.

Who sees that something moves keeps going (det nationale projekt 2013-2016, løbende opfølgning på succeskriterier). So
it is one page in plain words, shows what is theirs to see and nothing of others, and no money.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from hopdocs.documents.audience import Audience, MemberReader
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import document_info, member_recipient, municipality_box, tovholder_box
from hopdocs.documents.measured.drawn import small_charts, worth_drawing
from hopdocs.documents.measured.seen import figures_for
from hopdocs.documents.measured.words import name_series, say_values
from hopdocs.documents.views import Context
from hopdocs.documents.views.chart import SmallMultiples
from hopdocs.domain.state import State
from hopdocs.figures.gathering import gather_figures
from hopdocs.figures.indicators import Series, Verdict, list_series
from hopdocs.model.scalars.values import MemberKey

_NAME: Final = "fremgang"
_TITLE: Final = "Sådan går det"
STATES_WITH_A_WAY: Final = frozenset(
    {State.AKTIV, State.PAUSE, State.AFSLUTTET, State.FRAFLYTTET, State.UDGAAET_AF_MAALGRUPPE}
)
"""From the familieplansmøde on: before it there is no plan that anything could have come of."""
_MOST_DRAWN: Final = 6
"""So many have room on one page."""
_OUTCOMES: Final = {
    Verdict.BETTER: "Det går den rigtige vej.",
    Verdict.SAME: "Det er som før.",
    Verdict.WORSE: "Det er blevet sværere.",
    Verdict.UNKNOWN: "",
}
_ONCE: Final = "Der er kun ét tal."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressLine:
    """One thing that is measured."""

    name: str
    """"Fravær fra skole eller dagtilbud"."""
    who: str
    """Whom it is about; empty for the family."""
    values: tuple[str, ...]
    """"maj 25: 38", oldest first: what the drawing shows, with the unit behind the last."""
    outcome: str
    """"Det går den rigtige vej.", or that there is one value only; empty where nobody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FremgangContext(Context):
    """One reader's sheet."""

    started: date
    """The first day of the course."""
    charts: SmallMultiples | None
    """What can be drawn: `{{r charts|billede }}`. None where everything is a yes or no."""
    lines: tuple[ProgressLine, ...]
    """All that is measured and hers to see; never empty."""
    not_drawn: int
    """How many of the lines there was no room to draw."""


def _papers(audience: Audience) -> Iterator[Paper]:
    """For each who reads the plan, once something was measured twice that she may see."""
    if audience.day.state not in STATES_WITH_A_WAY:
        return
    whole = gather_figures(audience.day)
    is_final = audience.family.last_day_of_course(audience.today) is not None
    for member in audience.family.members:
        if audience.reads_plan(member):
            course = figures_for(audience, MemberReader(member), whole).figures
            series = list_series(course, audience.config.catalogue)
            if any(item.after is not None for item in series):
                yield Paper(context=_fill(audience, member, series), recipient=member, final=is_final)


def _fill(audience: Audience, member: MemberKey, series: tuple[Series, ...]) -> FremgangContext:
    family, names = audience.family, {str(key): name for key, name in audience.short_names.items()}
    drawable = worth_drawing(series, len(series))
    drawn = worth_drawing(series, _MOST_DRAWN)
    return FremgangContext(
        document=document_info(_NAME, _TITLE),
        municipality=municipality_box(audience.config),
        case_number=family.case_number or "",
        recipient=member_recipient(audience, member),
        tovholder=tovholder_box(
            audience, audience.today, (MemberReader(member),), family.start_date, family.start_date
        ),
        started=family.start_date,
        charts=small_charts(drawn, names),
        lines=tuple(_line(item, names) for item in series),
        not_drawn=len(drawable) - len(drawn),
    )


def _line(series: Series, names: dict[str, str]) -> ProgressLine:
    return ProgressLine(
        name=name_series(series),
        who=names.get(series.member, ""),
        values=say_values(series),
        outcome=_OUTCOMES[series.verdict] if series.after is not None else _ONCE,
    )


FREMGANG: Final = DocumentKind(
    name=_NAME,
    title=_TITLE,
    template=_NAME,
    context=FremgangContext,
    needs_consent=True,
    for_family=_papers,
)
