"""`python -m tests.canaries [HOUSEHOLDS]`: every sequence on many households, and PDFs of some. It takes minutes."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.canaries.households import SHAPES
from tests.canaries.trial import Tally, play_all

PDF_SEQUENCES = (
    "health is taken back",
    "all is taken back",
    "template broken while health is taken back",
    "translation broken while a point is narrowed",
)


def search(count: int) -> int:
    """Looks at that many households, a dozen at a time, and tells of each sort of leak."""
    os.environ["HOPDOCS_LANG"] = "en"
    begun, leaks = time.process_time(), 0
    for first in range(0, count, len(SHAPES)):
        with tempfile.TemporaryDirectory() as folder:
            leaks += _tell(play_all(Path(folder), min(len(SHAPES), count - first), first=first), "Word files")
    with tempfile.TemporaryDirectory() as folder:
        leaks += _tell(play_all(Path(folder), 3, sequences=PDF_SEQUENCES, pdf="auto"), "with PDFs")
    print(f"{time.process_time() - begun:.0f} s of the processor; {leaks} sorts of leak")  # noqa: T201
    return 1 if leaks else 0


def _tell(tally: Tally, what: str) -> int:
    print(f"{what}: {tally.combinations} courses, {tally.files} files, {tally.words} words")  # noqa: T201
    found = tally.by_sort()
    for sort in sorted(found):
        print(f"  {sort}: {found[sort][0]}")  # noqa: T201
    return len(found)


if __name__ == "__main__":
    sys.exit(search(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
