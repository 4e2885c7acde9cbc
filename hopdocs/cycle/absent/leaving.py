"""Takes away what was made of a family whose file was deleted, but for what is final.

What a meeting was held with, and what somebody was handed, is no draft of today's file: it stays as it is, also when
the file comes back under another template. `hopdocs forget` takes everything, once the file is back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.cycle.making.unrendered import as_gone
from hopdocs.freshness.staleness import Action
from hopdocs.workspace import folder_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from hopdocs.cycle.making.publishing import Publisher
    from hopdocs.cycle.scanning import Scan
    from hopdocs.cycle.session import Session
    from hopdocs.cycle.tasks import DocumentResult
    from hopdocs.freshness.staleness import Record


def remove_gone(scan: Scan, session: Session, publisher: Publisher) -> Iterator[tuple[str, list[DocumentResult]]]:
    """By folder what became of each paper. What stays is written down first, so that no crash makes it unknown."""
    settings, ids = publisher.settings, session.cache.ids()
    for path in scan.gone:
        folder, family = folder_of(path), ids.get(path, "")
        records = session.cache.records(path) or (session.absences.papers(path) if session.absences else {})
        names = set(records) | (session.book.outputs(folder).keys() if session.book is not None else set())
        copies = session.delivered.of_family(family) if session.delivered is not None and family else ()
        final = find_final(records, {digest for copy in copies for _, digest in copy.files})
        if session.absences is not None and settings.writes and final:
            session.absences.leave(path, family, [records[name] for name in sorted(final)], settings.today)
        done = publisher.remove_family(path, folder, as_gone(settings.output / folder, names, records, final))
        is_done = all(item.action is not Action.FAILED for item in done)
        if session.absences is not None and settings.writes and is_done and not final:
            session.absences.forget([path])
        yield folder, done


def find_final(records: Mapping[str, Record], delivered: Collection[str]) -> frozenset[str]:
    """The papers that stay: final ones, those with the bytes of a copy that somebody got, and their PDFs."""
    words = {name for name, record in records.items() if record.is_final or record.digest in delivered}
    return frozenset(words | {name for name in records if f"{name.removesuffix('.pdf')}.docx" in words})
