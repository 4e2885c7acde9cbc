"""PDFs: warm workers against a cold `soffice --convert-to` for each, and against LibreOffice driven by hand."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import resources
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.figure import Figure, at_least, at_most
from bench.one_document import render
from bench.processes import Driven
from bench.rivals.installation import PROGRAMS
from bench.samples import sample_documents
from bench.table import format_seconds
from bench.turns import clock
from hopdocs.errors import ConverterFault
from hopdocs.rendering.pdf.office import Office, find_office
from hopdocs.rendering.pdf.worker_pool import PdfConverter, name_sockets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KINDS: Final = ("familieplan", "dagsorden", "invitation", "informationsbrev", "samtykkeerklaering", "indkaldelse")
ROUNDS: Final = 4
COLD_A_ROUND: Final = 3
BARE_ROUNDS: Final = 7
FASTER: Final = 35.0
OVERHEAD: Final = 1.15
CONVERT_SECONDS: Final = 120
_COLD_NOTE: Final = (
    "Seconds a document. `soffice --headless --convert-to pdf` is called once for each, with a profile that has been "
    "used before; the two workers were warm, and make tagged PDF/UA, which the plain call does not"
)
_BARE_NOTE: Final = (
    "A whole `convert` of one worker (file in, LibreOffice, file out, dates settled) against load and store of the "
    "same file with the same export settings through UNO by hand, in turns; the median over the documents"
)


def measure() -> Iterator[Figure]:
    """Nothing but one line where LibreOffice is missing."""
    try:
        office = find_office()
    except ConverterFault as err:
        note = f"Left out: no LibreOffice here ({err.code})"
        yield Figure("PDF, two warm workers", "–", "–", None, target=at_least(FASTER), notes=(note,))
        return
    documents = {document.kind: document for document in reversed(sample_documents())}
    files = [render(documents[kind]) for kind in KINDS]
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-") as name:
        folder = Path(name)
        yield _measure_cold(files, office, folder)
        yield _measure_bare(files, office, folder)


def _measure_cold(files: Sequence[bytes], office: Office, folder: Path) -> Figure:
    cold, warm = [], []
    convert_cold(files[0], office, folder)
    with PdfConverter(workers=2) as converter, ThreadPoolExecutor(2) as threads:
        converter.warm_up()

        def convert_all() -> None:
            for pdf in threads.map(lambda data: converter.convert(data, "Brev"), [*files, *files]):
                assert pdf.startswith(b"%PDF-")  # noqa: S101 - the converter has looked already

        convert_all()
        for number in range(ROUNDS):
            warm.append(clock(convert_all) / (2 * len(files)))
            # Over the rounds each document has its turn, since some have many pages.
            chosen = [files[(number * COLD_A_ROUND + index) % len(files)] for index in range(COLD_A_ROUND)]
            cold += [clock(partial(convert_cold, data, office, folder)) for data in chosen]
    theirs, ours = sum(cold) / len(cold), median(warm)
    return Figure(
        what="PDF, two warm workers, a document",
        ours=format_seconds(ours),
        theirs=f"soffice --convert-to {format_seconds(theirs)}",
        measured=theirs / ours,
        target=at_least(FASTER),
        notes=(_COLD_NOTE,),
    )


def convert_cold(data: bytes, office: Office, folder: Path) -> None:
    """One call of LibreOffice for one document."""
    source, target = folder / "cold.docx", folder / "cold.pdf"
    source.write_bytes(data)
    target.unlink(missing_ok=True)
    program = shutil.which("soffice") or str(office.program.with_name("soffice"))
    profile = f"-env:UserInstallation={(folder / 'cold-profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=CONVERT_SECONDS)  # noqa: S603 - found above
    if not target.is_file():
        raise ValueError("soffice made no PDF")


def _measure_bare(files: Sequence[bytes], office: Office, folder: Path) -> Figure:
    home = folder / f"{folder.name}-bare"  # LibreOffice's pipe is named after it, for all of this machine
    home.mkdir()
    driver = PROGRAMS / "bare_uno_program.py"
    rendering = Path(str(resources.files("hopdocs.rendering.pdf")))
    sources = []
    for number, data in enumerate(files):
        sources.append(home / f"{number}.docx")
        sources[-1].write_bytes(data)
    ratios, own, bare = [], [], []
    with (
        PdfConverter(workers=1) as converter,
        Driven([office.python, "-I", driver, rendering, office.program, home]) as by_hand,
    ):
        for data, source in zip(files, sources, strict=True):
            ours, theirs = [], []
            for number in range(BARE_ROUNDS + 1):
                seconds = clock(partial(converter.convert, data, "Brev")), by_hand.ask(source)
                if number:  # the first time each of them sees a document is not counted
                    ours.append(seconds[0])
                    theirs.append(seconds[1])
            own.append(median(ours))
            bare.append(median(theirs))
            ratios.append(own[-1] / bare[-1])
    for left in name_sockets(home):
        left.unlink(missing_ok=True)
    return Figure(
        what="PDF, one warm worker, a document",
        ours=format_seconds(median(own)),
        theirs=f"bare UNO {format_seconds(median(bare))}",
        measured=median(ratios),
        target=at_most(OVERHEAD),
        notes=(_BARE_NOTE,),
    )
