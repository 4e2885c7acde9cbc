"""The two editions of one reader's plan as one Word file with tracked changes: the one she got, and the one of now.

The earlier one is the copy that was kept when it was handed over. An area is handed nothing: its earlier edition is
made again, of the family's file as git has it on the day that the family got the plan. Nothing else is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.cycle.looking_back.earlier_plans import EarlierPlans
from hopdocs.cycle.making.kept.archive import read_copy
from hopdocs.cycle.session import Session
from hopdocs.cycle.shared_inputs import read_shared_inputs
from hopdocs.documents.kinds.table import name_of_plan
from hopdocs.documents.wanted import numbered_fields
from hopdocs.errors import WorkspaceFault
from hopdocs.freshness.staleness import DocumentKey
from hopdocs.rendering.docx.properties import DocumentProperties
from hopdocs.rendering.docx.tracked.document import track_changes
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.cycle.template_store import TemplateStore
    from hopdocs.model.family import Family
    from hopdocs.workspace import Workspace

_AUTHOR: Final = "hopdocs"


def compare_editions(workspace: Workspace, clock: Clock, file: Path, family: Family, reader: str, since: date) -> bytes:  # noqa: PLR0913, PLR0917 - whose plan, and where all of it lies
    """The Word file; `WorkspaceFault` (HD513) if one of the editions is not there."""
    shared = read_shared_inputs(workspace, clock, writes=False)
    with Session(workspace, clock, writes=False) as session:
        store = session.store_for(shared)
        before = _handed_over(store, file, family, reader, since) or _made_again(store, file, reader, since)
        now = _read(store.settings.output / file.stem / f"{name_of_plan()}-{reader}.docx")
    if before is None or now is None:
        raise WorkspaceFault("HD513", reader=reader)
    return track_changes(before, now, author=_AUTHOR, day=since)


def _handed_over(store: TemplateStore, file: Path, family: Family, reader: str, since: date) -> bytes | None:
    known = store.delivered_before(family.id, file.stem)
    plan = name_of_plan()
    key = DocumentKey(family.id, plan, "", reader)
    editions = [copy.edition for copy in known.copies if (copy.kind, copy.to, copy.day) == (plan, reader, since)]
    return read_copy(store.settings.output, known, key, editions[0]) if editions else None


def _made_again(store: TemplateStore, file: Path, reader: str, since: date) -> bytes | None:
    earlier = EarlierPlans(file, store.config)
    document = earlier.plan(reader, since)
    if document is None:
        if earlier.fault is not None:
            raise earlier.fault
        return None
    name, _ = store.choose_template(document.template or "", document.variant)
    properties = DocumentProperties(title=document.title, author=store.config.municipality.name, created=since)
    return store.template(name).render(numbered_fields(document.context, version=1, day=since), properties=properties)


def _read(path: Path) -> bytes | None:
    try:
        return read_source(path)
    except (FileNotFoundError, UnreadableFile):
        return None
