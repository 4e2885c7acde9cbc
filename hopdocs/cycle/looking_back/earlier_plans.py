"""What stood in the plan on an earlier day, from the family's file as git has it on that day.

It is read as it would have been then: with that day's consents, and not at all if a fault withheld it. What a reader
may be told of it today is decided when it is held against today's plan.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from hopdocs.documents.audience import AreaReader, Audience, MemberReader
from hopdocs.documents.changes.news import PlanNews
from hopdocs.documents.changes.seen import NOTHING_SEEN
from hopdocs.documents.desired import wanted_documents
from hopdocs.documents.kinds.table import name_of_plan
from hopdocs.domain.consent import Gate
from hopdocs.domain.family_day import FamilyDay
from hopdocs.evaluation import stops_plan
from hopdocs.git import GitFault, find_checkout
from hopdocs.model.scalars.values import AreaCode, MemberKey
from hopdocs.rules import check_family
from hopdocs.sources.families import parse_family

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from hopdocs.documents.audience import Reader
    from hopdocs.documents.changes.facts import PlanFacts
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.model.config import Config

_MOST_DAYS: Final = 3
"""How many days of one family's history are looked up: two commands of git each. The latest are asked for first."""


class EarlierPlans:
    """One family's plan on earlier days; each day is looked up once.

    `last_good` is the file as the papers that stand were made of it; empty if nobody knows, or nothing was edited.
    """

    def __init__(self, file: Path, config: Config, last_good: bytes = b"") -> None:
        self._file = file
        self._config = config
        self._last_good = last_good
        self._days: dict[date, Audience | None] = {}
        self.fault: GitFault | None = None
        """Why git could not say what stood there: then nothing is known, not that there was nothing."""

    def facts(self, reader: str, day: date) -> PlanFacts | None:
        """What a reader's copy said when `day` ended; None if nobody can tell, or if she got none."""
        if day not in self._days:
            self._days[day] = self._audience_on(day) if len(self._days) < _MOST_DAYS else None
        audience = self._days[day]
        who = _reader(audience, reader) if audience is not None else None
        return PlanNews(audience, NOTHING_SEEN).facts(who) if audience is not None and who is not None else None

    def standing_facts(self, reader: str, day: date) -> PlanFacts | None:
        """What a reader's copy says that stood until this edit, read as on `day`; None if nobody can tell."""
        audience = self._audience_of(self._last_good, day) if self._last_good else None
        who = _reader(audience, reader) if audience is not None else None
        return PlanNews(audience, NOTHING_SEEN).facts(who) if audience is not None and who is not None else None

    def plan(self, reader: str, day: date) -> WantedDocument | None:
        """A reader's copy as it was when `day` ended; None if nobody can tell, or if she got none."""
        audience = self._audience_on(day)
        documents = wanted_documents(audience.day) if audience is not None else ()
        return next((item for item in documents if (item.kind.name, item.recipient) == (name_of_plan(), reader)), None)

    def _audience_on(self, day: date) -> Audience | None:
        ends = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(self._config.timezone))
        data = b""
        try:
            data = self.contents_before(ends)
        except GitFault as fault:
            self.fault = fault
        return self._audience_of(data, day)

    def contents_before(self, moment: datetime) -> bytes:
        """The family's file as git has it before a moment; nothing where it has none. Raises `GitFault`."""
        checkout = find_checkout(self._file.parent)
        return checkout.contents_before(self._file, moment) if checkout is not None else b""

    def _audience_of(self, data: bytes, day: date) -> Audience | None:
        """The readers of a plan that was made of these bytes; None if none was, or may have been."""
        read = parse_family(data, self._file.name, self._config) if data else None
        if read is None or read.family is None or any(map(stops_plan, read.diagnostics)):
            return None
        then = FamilyDay.on(read.family, self._config, day)
        is_made = then.gate is Gate.OPEN and not any(map(stops_plan, check_family(then)))
        return Audience(then) if is_made else None


def _reader(audience: Audience, name: str) -> Reader | None:
    """Who she was then: a person of the family with a copy of her own, or an area on the team."""
    if name in audience.family.members:
        return MemberReader(MemberKey(name)) if audience.reads_plan(MemberKey(name)) else None
    return AreaReader(AreaCode(name)) if name in audience.areas_with_copies() else None
