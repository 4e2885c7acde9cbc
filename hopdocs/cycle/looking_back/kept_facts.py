"""What is kept beside a copy of the plan that was handed over: what stood in it, for telling later what is new."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hopdocs.documents.changes.facts import facts_of
from hopdocs.freshness.staleness import DocumentKey

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.cycle.making.kept.handed_over import HandedOver
    from hopdocs.cycle.tasks import DocumentResult
    from hopdocs.documents.wanted import WantedDocument


def with_facts(
    copies: Iterable[HandedOver], documents: Iterable[WantedDocument], results: Iterable[DocumentResult]
) -> tuple[HandedOver, ...]:
    """The copies to keep, each with what stood in it if it is of the edition that the data make now.

    Of an older edition nobody has the data any more: the edit that records a delivery may have changed the plan.
    """
    editions = {item.key: item.record.version for item in results if item.record is not None and item.is_as_wanted}
    by_key = {DocumentKey(*item.key): item for item in documents}
    return tuple(_with_facts(item, by_key, editions) for item in copies)


def _with_facts(
    item: HandedOver, documents: dict[DocumentKey, WantedDocument], editions: dict[DocumentKey, int]
) -> HandedOver:
    copy = item.copy
    document = documents.get(DocumentKey(copy.family, copy.kind, copy.meeting, copy.recipient))
    if copy.facts or document is None or document.facts is None:
        return item
    stem = document.binds.plan_stem if document.binds is not None else document.stem
    edition = next((editions.get(key) for key, other in documents.items() if other.stem == stem), None)
    if edition is None or copy.edition not in (0, edition):  # 0: it is made in this very cycle
        return item
    return replace(item, copy=replace(copy, facts=facts_of(document)))
