"""LibreOffice driven by hand, load and store and nothing else. Stands alone, in the Python that has `uno`.

    bare_uno_program.py RENDERING SOFFICE FOLDER

RENDERING is the folder of hopdocs' own driver, whose way to start LibreOffice and whose export settings are used, so
that both make the same PDF. Each line on standard input is a document's path; the answer is how many seconds it took.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

rendering, program, folder = sys.argv[1:]
sys.path.insert(0, rendering)
import uno_worker  # type: ignore[import-not-found]  # noqa: E402 - from the folder just named

profile = Path(folder) / "profile"
uno_worker.write_profile(profile)
offices: list[object] = []
office, desktop = uno_worker.connect(program, profile, offices)
for line in sys.stdin:
    source = line.strip()
    begun = time.perf_counter()
    uno_worker.convert(desktop, {"source": source, "target": f"{folder}/bare.pdf", "title": "bare"})
    sys.stdout.write(f"{time.perf_counter() - begun}\n")
    sys.stdout.flush()
office.kill()
office.wait()
