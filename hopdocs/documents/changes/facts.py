"""What one copy of the plan says, entry by entry, in a form that is kept: the ground that changes are told from.

A copy that was handed over keeps its facts beside it. They hold what its reader could read and nothing else, but for
one thing: which entries the family's file had then, as digests. Without it, an entry that she is let see later would
be told as new.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.model.scalars.values import AreaCode, FamilyId, MemberKey

_DIGEST_SIZE: Final = 6
"""Enough to tell the entries of one family apart."""
_FORM: Final = 1
"""Counted up when what is kept gets another form; what was kept in an older one is as if it were not known."""

Ground: TypeAlias = "tuple[tuple[MemberKey, ...], AreaCode | None]"
"""Whom an entry is about, and whose knowledge it is; None for what is shared by all."""


class FactKind(StrEnum):
    """What sort of entry a fact is; its key begins with it."""

    PLAN = "plan"
    GOAL = "goal"
    READING = "reading"
    ACTIVITY = "activity"
    MEETING = "meeting"
    TOVHOLDER = "tovholder"
    TEAM = "team"
    NETWORK = "network"
    SECTOR_PLAN = "sector_plan"

    def key(self, *names: str) -> str:
        """The key of an entry: the same from one day to the next, also if lines are moved."""
        return ":".join((self.value, *names))


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry as a reader may read it: `words` has by name what her copy prints of it.

    `grounds` are what she must still be allowed to see if she is to be told that the entry is gone; where there are
    none, she is not told.
    """

    key: str
    words: Mapping[str, str]
    grounds: tuple[Ground, ...] = ()

    @property
    def kind(self) -> FactKind:
        """What sort of entry it is."""
        return FactKind(self.key.partition(":")[0])

    def of(self, name: str) -> str:
        """One of its words; '' if it has none."""
        return self.words.get(name, "")


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """One copy of the plan. `existed` has a digest of every entry of the family's file, also of those not shown."""

    facts: tuple[Fact, ...] = ()
    existed: frozenset[str] = field(default_factory=frozenset)

    def as_json(self) -> str:
        """Canonical text: the same facts are the same text."""
        facts = [
            [fact.key, {name: text for name, text in fact.words.items() if text}, list(fact.grounds)]
            for fact in self.facts
        ]
        kept = {"form": _FORM, "facts": facts, "existed": "".join(sorted(self.existed))}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def facts_of(document: WantedDocument) -> str:
    """What a copy of the plan says, as text to keep beside it; '' for every other paper."""
    return document.facts.as_json() if document.facts is not None else ""


def read_facts(text: str) -> PlanFacts | None:
    """The inverse of `facts_of`; None if nothing is known, or if what was kept cannot be read."""
    if not text:
        return None
    try:
        kept: dict[str, Any] = json.loads(text)
        if kept["form"] != _FORM:
            return None
        digests, size = kept["existed"], 2 * _DIGEST_SIZE
        return PlanFacts(
            tuple(Fact(key, words, tuple(map(_read_ground, grounds))) for key, words, grounds in kept["facts"]),
            frozenset(digests[start : start + size] for start in range(0, len(digests), size)),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _read_ground(raw: list[Any]) -> Ground:
    members, area = raw
    return tuple(members), area


def digests_of(family: FamilyId, keys: Iterable[str]) -> frozenset[str]:
    """What stands for entries where nobody may read them."""
    return frozenset(digest_of(family, key) for key in keys)


@lru_cache(4096)
def digest_of(family: FamilyId, key: str) -> str:
    """What stands for one entry. Each copy of a family's plan asks for the same few."""
    return blake2b(f"{family} {key}".encode("utf-8", "surrogatepass"), digest_size=_DIGEST_SIZE).hexdigest()
