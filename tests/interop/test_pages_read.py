"""The pages in a real browser, on a telephone and on a desk, by day and by night, by the rules of axe-core."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any, Final

from hopdocs.pages.overview import render_layout, render_person
from hopdocs.pages.status import family_status
from hopdocs.pages.todo import todo_lines
from hopdocs.pages.views import PersonLine, PersonView
from hopdocs.serving.following import with_following
from hopdocs.serving.lines.line_blocks import LineBlock, ShownLine
from hopdocs.serving.lines.paper import OtherPaper, PaperView
from tests.unit.pages.sample import TODAY, family, today
from tests.unit.pages.test_pages import READ_AT, pages
from tests.work import PATIENCE_SECONDS

READER: Final = Path(__file__).parent / "page_reader"
AXE: Final = Path(sys.prefix) / "page_reader" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS: Final = (400, 1280)
SCHEMES: Final = ("light", "dark")


def read_pages(shown: list[str], folder: Path) -> list[dict[str, Any]]:
    """What axe-core finds in each page, by width and scheme, with one start of the browser."""
    for source in (AXE, READER / "reader.js"):
        shutil.copy(source, folder)
    scripts = '<script src="axe.min.js"></script><script src="reader.js"></script>'
    names = [f"{number}.html" for number in range(len(shown))]
    for name, page in zip(names, shown, strict=True):
        folder.joinpath(name).write_text(page.replace("</body>", f"{scripts}</body>"), encoding="utf-8")
    frames = READER.joinpath("frames.html").read_text(encoding="utf-8")
    orders = json.dumps(list(product(names, WIDTHS, SCHEMES)))
    folder.joinpath("frames.html").write_text(frames.replace("FRAMES", orders), encoding="utf-8")
    done = subprocess.run(
        [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"),
            *("--allow-file-access-from-files", "--virtual-time-budget=600000", "--dump-dom"),
            folder.joinpath("frames.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    found = re.search(r"<pre>(.*?)</pre>", done.stdout, re.DOTALL)
    assert found is not None, done.stderr
    return [json.loads(line) for line in html.unescape(found[1]).splitlines()]


PALE: Final = pages()[-2].replace('<html lang="da">', "<html>").replace("--ink: #1d2528", "--ink: #d0d0d0")
"""The control: in the light, a page with pale words, and in no language at all."""


def person_page() -> str:
    day = today(family("2026-007"))
    lines = tuple(PersonLine(line, "../hop-2026-007/overblik.html", "") for line in todo_lines(day, family_status(day)))
    return render_person(
        PersonView("Vesterlyng Kommune", "Familierådgivningen", TODAY, READ_AT, "Pelle Pærevang", "Lærer", lines)
    )


def served_page() -> str:
    """A paper beside its lines, but for the browser's own viewer."""
    lines = (ShownLine(20, "members:", is_shown=False), ShownLine(22, "    name: Nadira Zamirandi", is_shown=True))
    paper = PaperView(
        "Vesterlyng Kommune",
        "Familierådgivningen",
        "Invitation til familieplansmøde 24.11.2026, Nadira Zamirandi",
        "invitation-familieplan-nadira.pdf",
        True,  # noqa: FBT003 - is_there
        "families/hop-2026-007.yaml",
        "templates/invitation.docx",
        "Filen er ændret, siden papiret blev lavet.",
        (LineBlock(lines),),
        (OtherPaper("familieplan-nadira.pdf", "Familieplan, Nadira Zamirandi"),),
    )
    page = with_following(render_layout("paper.html.j2", paper).encode(), "-").decode()
    return page.replace("<iframe", "<i").replace("</iframe>", "</i>")


def test_nobody_is_kept_from_reading_a_page(tmp_path: Path) -> None:
    *found, pale, _, _, _ = read_pages([pages()[2], pages()[-2], person_page(), served_page(), PALE], tmp_path)
    assert {(one["width"], one["dark"]) for one in found} == {*product(WIDTHS, (False, True))}
    assert [one["violations"] for one in found] == [[]] * 4 * len(WIDTHS) * len(SCHEMES)
    assert all(one["passed"] > 20 for one in found)
    assert [one["cut"] for one in found] == [[]] * len(found)  # nothing is moved sideways to be read
    assert {violation.partition(":")[0] for violation in pale["violations"]} == {"html-has-lang", "color-contrast"}
