"""What production has to look at: each family read when it is its turn, beside what is known of the last time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hopdocs.cycle.attachments import mark_attachment
from hopdocs.cycle.scanning import read_family
from hopdocs.cycle.tasks import FamilyTask, unpack_source
from hopdocs.documents.sight_changes import SightHistory
from hopdocs.freshness.cache_keys import Lookup, LookupKey, split_key
from hopdocs.freshness.fingerprint import Digest, digest_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.cycle.absent.absences import Absences
    from hopdocs.cycle.scanning import Scan, Stale
    from hopdocs.cycle.tasks import Settings
    from hopdocs.freshness.cache import Cache
    from hopdocs.freshness.versions import VersionBook


def drain(stale: list[Stale]) -> Iterator[Stale]:
    """Yield each item and drop it from the list, so that memory does not hold all of them beside what is made."""
    stale.reverse()
    while stale:
        yield stale.pop()


@dataclass(frozen=True, slots=True)
class Workload:
    """Makes tasks of what a scan found stale."""

    settings: Settings
    config_digest: Digest
    cache: Cache
    book: VersionBook | None
    absences: Absences | None

    def tasks(self, stale: Iterable[Stale], found: Scan) -> Iterator[FamilyTask]:
        """One after the other, so that few are in memory. A file that has gone meanwhile waits for the next cycle."""
        for path, _, twins in stale:
            data = read_family(self.settings.workspace, path, found)
            if data is not None:
                yield self.task(path, data, twins)

    def task(self, path: str, data: bytes, twins: tuple[str, ...]) -> FamilyTask:
        """What there is to do of one family, whose file says `data`."""
        findings, known = self.cache.findings(path) or {}, self.cache.signature(path)
        records = self.cache.records(path)
        if known is None and not records and self.absences is not None:
            records = self.absences.papers(path)  # what stayed when its file was gone
        task = FamilyTask(
            path=path,
            data=data,
            digest=digest_source(data),
            config_digest=self.config_digest,
            known=known,
            records=records,
            twins=twins,
            sights=SightHistory.from_json(findings.get("sights")),
            made_of=unpack_source(findings.get("made_of", "")),
        )
        return task if self.book is None else replace(task, ours=self.book.outputs(task.folder))

    def is_same(self, path: str, key: LookupKey, digest: str) -> bool:
        """Whether something that was looked up for a family's file has the digest that it had."""
        sort, name = split_key(key)
        if sort is Lookup.TEMPLATE:
            found = self.settings.template_files.get(name)
            return (found.digest if found else "") == digest
        if sort is Lookup.ANSWERS:
            return self.settings.answers_digest(name) == digest
        if sort is Lookup.DELIVERED:
            return self.settings.delivered_digest(name) == digest
        return mark_attachment(self.settings.workspace.attachments(path), name) == digest
