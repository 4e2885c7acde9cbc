"""A workspace whose Word files are made, with a PDF of one empty page beside each, as if LibreOffice had made it."""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from pypdf import PdfWriter

from hopdocs.cycle.run import CycleOptions
from hopdocs.freshness.cache import open_cache
from hopdocs.freshness.staleness import Format
from tests.unit.cycling import copy_example

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.freshness.staleness import Record
    from tests.unit.cycling import Desk

FOLDER = "hop-2026-007"


def build_with_pdfs(folder: Path, family: str = FOLDER) -> Desk:
    desk, source = copy_example(folder), f"families/{family}.yaml"
    desk.cycle(CycleOptions(families=(source,), jobs=1))
    with closing(open_cache(folder / ".hopdocs" / "cache.db")) as cache:
        made = [item for item in cache.records(source).values() if item.format is Format.DOCX]
        papers = [replace(item, format=Format.PDF, name=item.name.replace(".docx", ".pdf"), fields={}) for item in made]
        papers += [_bound(item) for item in papers if item.name == "familieplan-tariq.pdf"]
        with cache.transaction():
            cache.keep_records(source, [*made, *papers])
    for paper in papers:
        (folder / "out" / family / paper.name).write_bytes(empty_page())
    return desk


def _bound(plan: Record) -> Record:
    """The plan with other plans bound behind it, which has no Word file."""
    key = replace(plan.key, kind="samlet-familieplan")
    return replace(
        plan, key=key, name=f"samlet-{plan.name}", title="Samlet familieplan", template="", template_digest=""
    )


def empty_page() -> bytes:
    writer, data = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(data)
    return data.getvalue()
