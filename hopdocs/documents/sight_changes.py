"""Who sees more or less of a family than before an edit.

What everybody saw is kept as digests, so that nothing of what the family wrote lies where it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, Self

from hopdocs.diagnostics import Blocks, Finding, Severity
from hopdocs.documents.audience import Audience, MemberReader
from hopdocs.documents.sight import entries_of, name_of, readers_of, sight_of
from hopdocs.domain.consent import days_of_taking_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hopdocs.diagnostics import DataPath
    from hopdocs.domain.family_day import FamilyDay

_DIGEST_SIZE: Final = 6
"""Enough to tell the entries of one family apart."""


@dataclass(frozen=True, slots=True)
class Sights:
    """What all readers of a family saw on one day.

    `entries` has by digest where each entry stood; `seen` has by reader the digests of those that she saw. Everybody of
    the family is in it: a youth gets letters about a meeting that lies behind her birthday. `readers` get papers today.
    """

    entries: Mapping[str, DataPath]
    seen: Mapping[str, frozenset[str]]
    readers: tuple[str, ...]

    @classmethod
    def on(cls, day: FamilyDay) -> Self:
        """The sights of today."""
        audience = Audience(day)
        entries = entries_of(audience)
        readers = readers_of(audience)
        everybody = dict.fromkeys((*map(MemberReader, day.family.members), *readers))
        digests = {entry.key: blake2b(entry.key.encode(), digest_size=_DIGEST_SIZE).hexdigest() for entry in entries}
        return cls(
            {digests[entry.key]: entry.at for entry in entries},
            {
                name_of(reader): frozenset(digests[entry.key] for entry in sight_of(audience, reader, entries).seen)
                for reader in everybody
            },
            tuple(map(name_of, readers)),
        )

    def as_json(self) -> dict[str, Any]:
        """Each reader's sight as a number, with a bit for each entry in turn; where they stood is not kept."""
        bits = {digest: 1 << number for number, digest in enumerate(self.entries)}
        seen = {reader: f"{sum(bits[digest] for digest in found):x}" for reader, found in self.seen.items()}
        return {"entries": "".join(self.entries), "seen": seen, "readers": list(self.readers)}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        """The inverse of `as_json`."""
        text, size = raw["entries"], 2 * _DIGEST_SIZE
        digests = [text[start : start + size] for start in range(0, len(text), size)]
        seen = {
            reader: frozenset(digest for number, digest in enumerate(digests) if int(mask, 16) >> number & 1)
            for reader, mask in raw["seen"].items()
        }
        return cls(dict.fromkeys(digests, ()), seen, tuple(raw.get("readers", seen)))


class Edited(StrEnum):
    """What somebody edited since the last look: the family's own file, else the configuration of all, else nothing."""

    FAMILY = "family"
    CONFIG = "config"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class SightHistory:
    """What everybody sees now, and saw before the latest edit; None where nobody has looked yet.

    `looked_on` is the day of the latest look, whether or not anybody could see anything then.
    """

    now: Sights | None = None
    before: Sights | None = None
    looked_on: date | None = None

    def after(self, today: date, shown: FamilyDay | None, edited: Edited) -> SightHistory:
        """The history with one more look. Until somebody edits again, it is told what the last edit changed.

        An edit of the configuration that changes nobody's view of this family leaves what is told of it as it is.
        `shown` is the day whose consents the papers are made from. While nothing may be shared there is none, and
        what was seen before is still what counts.
        """
        if shown is None:
            return replace(self, looked_on=today)
        now = Sights.on(shown)
        is_new = edited is Edited.FAMILY or (
            edited is Edited.CONFIG and self.now is not None and now.seen != self.now.seen
        )
        return SightHistory(now, self.now if is_new else self.before, today)

    def has_withdrawal_come(self, day: FamilyDay) -> bool:
        """Whether a consent is taken back from a day that has come since the look before this one."""
        since = self.looked_on
        return since is not None and any(since < on <= day.today for on in days_of_taking_back(day.family))

    @property
    def narrowed(self) -> frozenset[str]:
        """The readers who no longer see something that is still there."""
        if self.now is None or self.before is None:
            return frozenset()
        lost = {reader: found & self.now.entries.keys() for reader, found in self.before.seen.items()}
        return frozenset(reader for reader, found in lost.items() if found - self.now.seen.get(reader, frozenset()))

    def changes(self) -> Iterator[Finding]:
        """Who sees more, and who sees less, of what was there before the edit, entry by entry.

        New entries, and people who were no readers then, are no change of what anybody sees.
        """
        if self.now is None or self.before is None:
            return
        now, before = self.now, self.before
        readers = [reader for reader in now.readers if reader in before.readers]
        for digest, at in now.entries.items():
            if digest not in before.entries:
                continue
            more = [reader for reader in readers if digest in now.seen[reader] and digest not in before.seen[reader]]
            less = [reader for reader in readers if digest in before.seen[reader] and digest not in now.seen[reader]]
            if more:
                yield _finding("HD587", at, more, Severity.WARNING)
            if less:
                yield _finding("HD588", at, less, Severity.ADVICE)

    def as_json(self) -> dict[str, Any]:
        """Plain values for the cache."""
        return {
            "now": self.now.as_json() if self.now is not None else None,
            "before": self.before.as_json() if self.before is not None else None,
            "looked_on": self.looked_on.isoformat() if self.looked_on is not None else None,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any] | None) -> SightHistory:
        """The inverse of `as_json`; nothing if nothing was kept."""
        found = raw or {}
        return SightHistory(
            Sights.from_json(found["now"]) if found.get("now") else None,
            Sights.from_json(found["before"]) if found.get("before") else None,
            date.fromisoformat(found["looked_on"]) if found.get("looked_on") else None,
        )


def _finding(code: str, at: DataPath, readers: list[str], severity: Severity) -> Finding:
    return Finding(code, at, {"readers": ", ".join(readers)}, severity, Blocks.NOTHING)


NEVER_SEEN: Final = SightHistory()
