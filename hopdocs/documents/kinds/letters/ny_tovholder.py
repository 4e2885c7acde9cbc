"""The letter that tells the family who is tovholder now: name, telephone, from which day. Never why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hopdocs.documents.audience import Audience, MemberReader
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.kinds.letters.news import is_news
from hopdocs.documents.letterhead import document_info, member_recipient, municipality_box, person_name, tovholder_box
from hopdocs.documents.views import Context
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.tovholder import TovholderShift, latest_shift
from hopdocs.model.people import ChosenBy
from hopdocs.model.scalars.values import MemberKey

_NAME: Final = "ny-tovholder"


@dataclass(frozen=True, slots=True, kw_only=True)
class NyTovholderContext(Context):
    """The letter to one person. `tovholder` is the new one."""

    from_: date
    """The first day."""
    chosen_by_family: bool
    """False: the team has appointed her."""
    previous: str
    """The name of whom she takes over from; empty for the family's first."""


def _papers(audience: Audience) -> Iterator[Paper]:
    """One for each of the family who is in it: whoever was never asked has no tovholder."""
    shift = latest_shift(audience.family, audience.today)
    if shift is None or shift.new.staff not in audience.config.staff:
        return
    for member in audience.family.members:
        if audience.reads_plan(member):
            yield Paper(context=_fill(audience, member, shift), recipient=member, date=shift.new.from_)


def _fill(audience: Audience, member: MemberKey, shift: TovholderShift) -> NyTovholderContext:
    config, new, old = audience.config, shift.new, shift.old
    until = new.from_ + timedelta(days=config.deadlines.follow_up_target)
    return NyTovholderContext(
        document=document_info(_NAME, "Ny tovholder" if old is not None else "Hvem er tovholder"),
        municipality=municipality_box(config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience.with_ages_on(new.from_), member),
        tovholder=tovholder_box(audience, new.from_, (MemberReader(member),), new.from_, until),
        from_=new.from_,
        chosen_by_family=new.chosen_by is ChosenBy.FAMILY,
        previous=person_name(audience.family, config, old.staff) if old is not None else "",
    )


def _is_called_for(day: FamilyDay, _meeting: str, _recipient: str) -> bool:
    shift = latest_shift(day.family, day.today)
    return shift is not None and is_news(shift.new.from_, day.today)


NY_TOVHOLDER: Final = DocumentKind(
    name=_NAME,
    title="Ny tovholder",
    template=_NAME,
    context=NyTovholderContext,
    needs_consent=True,
    for_family=_papers,
    is_called_for=_is_called_for,
)
