"""The library that draws takes most of a second to bring in: only whoever draws waits for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_TEMPLATE = Path(__file__).parents[3] / "templates" / "dagsorden.docx"


def test_a_cycle_its_pages_and_its_templates_bring_in_nothing_that_draws_or_counts() -> None:
    heavy = ("matplotlib", "numpy", "duckdb", "pandas", "xlsxwriter", "python_calamine")
    program = (
        "import sys, hopdocs.cycle.run, hopdocs.pages.overview, hopdocs.rendering.template as template\n"
        "from hopdocs.danish import FILTERS\n"
        f"template.compile_template({str(_TEMPLATE)!r}, filters=FILTERS)\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
