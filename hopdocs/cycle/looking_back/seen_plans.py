"""Which copies of the plan each reader got before, and what stood in them.

The lines under `deliveries` say what was handed over. What stood in a copy, the ledger keeps beside it. Where the very
edit that writes such a line changes the plan too, the file as it was before that edit says it. Of a copy from before
hopdocs kept any, the family's file as git has it on that day says the same; that is looked up once. An area is
handed nothing: it is told what is new since the family got the plan. Nothing is asked for a family that got nothing.
"""

from __future__ import annotations

import contextlib
from types import MappingProxyType
from typing import TYPE_CHECKING

from hopdocs.cycle.looking_back.earlier_plans import EarlierPlans
from hopdocs.documents.changes.facts import facts_of, read_facts
from hopdocs.documents.changes.seen import SeenPlan
from hopdocs.documents.kinds.table import name_of_plan, names_of_plan_copies
from hopdocs.freshness.delivered import DeliveredCopies
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.freshness.staleness import DocumentKey
from hopdocs.freshness.versions import VersionBook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from hopdocs.documents.changes.seen import SeenPlans
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.evaluation import FamilyOutcome
    from hopdocs.freshness.delivered import DeliveredCopy
    from hopdocs.freshness.versions import Version
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.scalars.values import FamilyId


class SeenPlansSearch:
    """One family's readers. `recall` asks what the ledger knows; it is not asked where no plan was handed over."""

    def __init__(
        self, family: Family, config: Config, recall: Callable[[FamilyId], KnownPlans], earlier: EarlierPlans
    ) -> None:
        self._family = family
        self._config = config
        plans = names_of_plan_copies()
        self._lines = [line for line in family.deliveries if line.document in plans]
        self._known = recall(family.id) if self._lines else None
        self._earlier = earlier

    def seen(self, today: date) -> SeenPlans:
        """By reader, the copies that were handed over until today, oldest first."""
        found = {reader: tuple(self._copies(reader, today))[::-1] for reader in self._readers()}
        return {reader: copies for reader, copies in found.items() if copies}

    def learn(self, documents: Iterable[WantedDocument], today: date) -> tuple[tuple[str, date, str], ...]:
        """By reader and day, what the ledger does not know yet; `documents` are those of today."""
        if self._known is None:
            return ()
        name = name_of_plan()
        plans = {item.recipient or "": item for item in documents if item.kind.name == name}
        return tuple(
            (reader, day, text)
            for reader in self._readers()
            for day in self._days(reader, today)
            if (text := self._learn(reader, day, today, plans.get(reader))) is not None
        )

    def _readers(self) -> Iterator[str]:
        if self._lines:
            yield from dict.fromkeys([*map(str, self._family.members), *map(str, self._config.areas)])

    def _days(self, reader: str, today: date) -> list[date]:
        """The days on which she got the plan, or the family if she is an area: the latest first."""
        is_member = reader in self._family.members
        days = {line.date for line in self._lines if not is_member or reader in line.to}
        return sorted((day for day in days if day <= today), reverse=True)

    def _copies(self, reader: str, today: date) -> Iterator[SeenPlan]:
        known = self._known
        for day in self._days(reader, today) if known is not None else ():
            assert known is not None  # noqa: S101 - asked just above
            kept = known.facts(reader, day)
            if kept is None and known.is_standing(reader, day, today):
                standing = self._earlier.standing_facts(reader, day)
                if standing is not None:
                    yield SeenPlan(day, standing)
                continue
            is_known = kept or (reader, day) in known.learned
            yield SeenPlan(day, read_facts(kept or "") if is_known else self._earlier.facts(reader, day))

    def _learn(self, reader: str, day: date, today: date, plan: WantedDocument | None) -> str | None:
        known = self._known
        if known is None or known.facts(reader, day) or (reader, day) in known.learned:
            return None
        is_copy = known.facts(reader, day) is not None
        if not is_copy and known.is_standing(reader, day, today):
            standing = self._earlier.standing_facts(reader, day)
            if standing is not None:
                return standing.as_json()
            is_area = reader not in self._family.members
            return facts_of(plan) if is_area and plan is not None else None
        found = self._earlier.facts(reader, day)
        return found.as_json() if found is not None else ""


def search_on_disk(family: Family, file: Path, config: Config, ledger: Path, last_good: bytes = b"") -> SeenPlansSearch:
    """The search in what lies here. `file` is the family's own, `ledger` the ledger's, which need not be there.

    `last_good` is the file as the papers that stand were made of it, if it was edited since.
    """
    earlier = EarlierPlans(file, config, last_good)
    return SeenPlansSearch(family, config, lambda name: KnownPlans.read(ledger, name), earlier)


def learn_plans(
    outcome: FamilyOutcome, search: Callable[[Family], SeenPlansSearch]
) -> tuple[tuple[str, date, str], ...]:
    """What is to be remembered of a family's plans that were handed over, so that nobody looks it up again."""
    if outcome.day is None:
        return ()
    return search(outcome.day.family).learn(outcome.documents, outcome.day.today)


class KnownPlans:
    """What the ledger knows of one family's plan.

    `learned` has by reader and day what was found out once.
    """

    def __init__(
        self,
        family: str,
        copies: Iterable[DeliveredCopy] = (),
        learned: Mapping[tuple[str, date], str] = MappingProxyType({}),
        versions: Mapping[DocumentKey, Version] = MappingProxyType({}),
    ) -> None:
        self._family = family
        self.learned = learned
        self._versions = versions
        self._copies: dict[tuple[str, date], str] = {}
        plans = names_of_plan_copies()
        for copy in copies:
            if copy.kind in plans:
                key = (copy.to, copy.day)
                self._copies[key] = self._copies.get(key) or copy.facts

    @classmethod
    def read(cls, ledger: Path, family: str) -> KnownPlans:
        """What stands in the ledger's file now."""
        if not ledger.is_file():
            return cls(family)
        with contextlib.closing(connect_to_read(ledger)) as connection:
            copies, book = DeliveredCopies(connection), VersionBook(connection)
            versions = book.latest(family) if book.is_prepared() else {}
            return cls(family, copies.of_family(family), copies.facts(family), versions)

    def facts(self, reader: str, day: date) -> str | None:
        """What stood in the copy, '' if nobody knows, None if there is no copy."""
        return self._copies.get((reader, day)) or self.learned.get((reader, day), self._copies.get((reader, day)))

    def is_standing(self, reader: str, day: date, today: date) -> bool:
        """Whether the edition of that day is the latest: then there is nothing that it does not say.

        So it is in the very look that first sees the delivery's line; after that the ledger knows the copy. Where no
        edition was made yet, today's is the first, and what was handed over before is from another hand.
        """
        latest = self._versions.get(DocumentKey(self._family, name_of_plan(), "", reader))
        return (latest.day if latest is not None else today) <= day
