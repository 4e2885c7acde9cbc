"""The same PDFs by many LibreOffices beside a program that leaves them little: one set of bytes a document.

What changes from one LibreOffice to the next (the fonts' place in its memory) shows in one worker of some dozens, so a
pair of builds says nothing about it.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from bench.busy_machine import BusyMachine
from bench.figure import Figure, at_most
from bench.one_document import render
from bench.samples import sample_documents
from hopdocs.errors import ConverterFault
from hopdocs.rendering.pdf import worker_pool as pdf_module
from hopdocs.rendering.pdf.office import find_office
from hopdocs.rendering.pdf.settled_bytes import settle_bytes
from hopdocs.rendering.pdf.worker_pool import PdfConverter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORKERS: Final = 30
DOCUMENTS: Final = 10
AT_ONCE: Final = 2
_FONT: Final = re.compile(rb"/Type/Font/Subtype/TrueType/BaseFont/(\S+)")
_NOTE: Final = (
    f"{WORKERS} workers, two at a time, made the same {DOCUMENTS} documents each, beside one process a core that "
    "computes and takes memory. Against: how many of the PDFs LibreOffice itself had written with their fonts in "
    "another order than in most"
)


def measure() -> Iterator[Figure]:
    """How many documents came out in more than one way; nothing but one line where LibreOffice is missing."""
    what = f"PDFs of {DOCUMENTS} that differ between {WORKERS} workers"
    try:
        find_office()
    except ConverterFault as err:
        yield Figure(what, "–", "–", None, target=at_most(0), notes=(f"Left out: no LibreOffice here ({err.code})",))
        return
    documents = sample_documents()
    files = [render(documents[number * len(documents) // DOCUMENTS]) for number in range(DOCUMENTS)]
    fonts: dict[bytes, list[bytes]] = defaultdict(list)
    made: dict[bytes, list[str]] = defaultdict(list)

    def settle_and_note(pdf: bytes, docx: bytes) -> bytes:
        fonts[docx].append(b" ".join(_FONT.findall(pdf)))
        return settle_bytes(pdf, docx)

    def make_all(_: int) -> None:
        with PdfConverter(workers=1) as converter:
            for docx in files:
                made[docx].append(hashlib.sha256(converter.convert(docx, "Brev")).hexdigest())

    with BusyMachine(), patch.object(pdf_module, "settle_bytes", settle_and_note), ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(make_all, range(WORKERS)))
    total = sum(map(len, made.values()))
    yield Figure(
        what=what,
        ours=f"{total} PDFs, {sum(len(set(digests)) for digests in made.values())} sets of bytes",
        theirs=f"LibreOffice itself {sum(map(count_odd, fonts.values()))} of {total}",
        measured=float(sum(len(set(digests)) > 1 for digests in made.values())),
        unit=f"of {DOCUMENTS}",
        target=at_most(0),
        notes=(_NOTE,),
    )


def count_odd(values: Sequence[object]) -> int:
    """How many are not what most are."""
    return len(values) - max(map(values.count, values))
