"""PDFs as people wait for them: one plan, all of a family's, and the last one after an edit.

There is no rival to warm LibreOffice workers that does what they do: they are measured beside another checkout
(`--beside`, `--against`).
"""

from __future__ import annotations

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.commands import build
from bench.figure import Figure
from bench.one_document import render
from bench.one_edit import Service
from bench.samples import SAMPLE, sample_documents
from bench.table import format_seconds
from bench.turns import clock
from hopdocs.errors import ConverterFault
from hopdocs.package_data import shipped_path
from hopdocs.rendering.pdf.office import find_office
from hopdocs.rendering.pdf.worker_pool import PdfConverter
from hopdocs.watching.changes import QUIET_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLAN: Final = "familieplan-nadira"
PLAN_ROUNDS: Final = 15
FAMILY_ROUNDS: Final = 2
EDITS: Final = 5
PLAN_FASTER: Final = 2.0
FAMILY_FASTER: Final = 1.7
EDIT_FASTER: Final = 1.8
TIMES: Final = (
    '    date: 2026-11-24\n    start: "10.00"\n    end: "12.00"\n',
    '    date: 2026-11-24\n    start: "12.30"\n    end: "14.30"\n',
)
"""When the family's next meeting is: moved there and back, as in the demo."""
_PLAN: Final = "PDF of the familieplan, one warm worker"
_EDIT_NOTE: Final = (
    "The sample family's next meeting is moved while `hopdocs watch` runs: from the rename of the saved file to the "
    f"youngest PDF, less the {QUIET_SECONDS * 1000:.0f} ms for which the service waits until a save has settled"
)


def measure() -> Iterator[Figure]:
    """Nothing but one line where LibreOffice is missing."""
    try:
        find_office()
    except ConverterFault as err:
        note = f"Left out: no LibreOffice here ({err.code})"
        yield Figure(_PLAN, "–", "–", None, notes=(note,), faster=PLAN_FASTER)
        return
    documents = {document.stem: document for document in sample_documents()}
    yield _measure_plan(render(documents[PLAN]))
    yield _measure_family([render(document) for document in documents.values()])
    yield _measure_edits()


def _measure_plan(docx: bytes) -> Figure:
    with PdfConverter(workers=1) as converter:
        seconds = [clock(partial(converter.convert, docx, "Familieplan")) for _ in range(PLAN_ROUNDS + 2)]
    return Figure(_PLAN, format_seconds(median(seconds[2:])), "–", None, faster=PLAN_FASTER)


def _measure_family(files: Sequence[bytes]) -> Figure:
    with PdfConverter(workers=2) as converter, ThreadPoolExecutor(2) as threads:
        converter.warm_up()

        def convert_all() -> None:
            list(threads.map(lambda data: converter.convert(data, "Brev"), files))

        convert_all()
        seconds = [clock(convert_all) for _ in range(FAMILY_ROUNDS)]
    what = f"the sample family's {len(files)} PDFs, two warm workers"
    return Figure(what, format_seconds(median(seconds)), "–", None, faster=FAMILY_FASTER)


def _measure_edits() -> Figure:
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-") as name:
        workspace = Path(name) / "workspace"
        (workspace / "families").mkdir(parents=True)
        (workspace / "config.yaml").write_bytes(shipped_path("config.yaml").read_bytes())
        source = workspace / "families" / SAMPLE
        source.write_bytes((shipped_path("families") / SAMPLE).read_bytes())
        build(workspace)
        seconds, made = [], 0
        with _Watched(workspace) as service:
            for number in range(EDITS + 1):
                old, new = TIMES if number % 2 == 0 else TIMES[::-1]
                taken, made = service.move_meeting(source, old, new)
                if number:  # the first edit compiles the templates and starts LibreOffice
                    seconds.append(taken - QUIET_SECONDS)
    what = f"one family edited, the last of its {made} PDFs"
    return Figure(what, format_seconds(median(seconds)), "–", None, notes=(_EDIT_NOTE,), faster=EDIT_FASTER)


class _Watched(Service):
    """A `hopdocs watch` that makes PDFs."""

    def move_meeting(self, source: Path, old: str, new: str) -> tuple[float, int]:
        """Seconds from the rename of the edited file to its youngest PDF, and how many were made."""
        text = source.read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise ValueError("the sample's meeting is at another time")
        saved = source.with_name(".saved.tmp")
        saved.write_text(text.replace(old, new), encoding="utf-8")
        begun = time.time_ns()
        os.replace(saved, source)  # noqa: PTH105 - the call that an editor makes
        self.wait_for_work()
        folder = source.parents[1] / "out" / source.stem
        changed = [moment for path in folder.glob("*.pdf") if (moment := path.stat().st_ctime_ns) > begun]
        if not changed:
            raise ValueError("the edit did not reach the PDFs")
        return (max(changed) - begun) / 1e9, len(changed)
