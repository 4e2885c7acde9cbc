"""The page of all families in a real browser, by the keys alone, and on paper."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.interop.browser import open_browser
from tests.unit.pages.test_pages import pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.interop.browser import Browser

SHOWN = """
[...document.querySelectorAll("#alle-familier tr")]
  .filter((row) => row.checkVisibility()).map((row) => row.querySelector("small").textContent)
"""
FOCUS = "document.activeElement.className || document.activeElement.name || document.activeElement.tagName"
METTE = ["HOP-2025-003", "HOP-2026-002"]
ALL = [*METTE, "HOP-2026-007", "HOP-2026-009"]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "overblik.html"
    path.write_text(pages()[4], encoding="utf-8")
    return path


def test_a_tovholders_families_are_chosen_by_the_keys_alone_and_kept_in_the_address(
    browser: Browser, page: Path
) -> None:
    browser.open(page)
    assert browser.ask(SHOWN) == ALL
    reached = []
    for _ in range(3):
        browser.press("Tab")
        reached.append(browser.ask(FOCUS))
    assert reached == ["skip", "tovholder", "orden"]
    browser.ask("document.querySelector('[name=tovholder]').focus()")
    browser.press("ArrowDown")
    browser.press("ArrowDown")
    assert browser.ask(SHOWN) == METTE
    assert browser.ask("document.getElementById('antal').textContent").endswith(": 2 af 4 familier")
    browser.open(page, browser.ask("location.hash"))
    assert browser.ask(SHOWN) == METTE


def test_families_stand_in_the_order_that_was_asked_for_and_those_without_come_last(
    browser: Browser, page: Path
) -> None:
    browser.open(page, "#orden=moede")
    assert browser.ask(SHOWN)[:2] == ["HOP-2026-007", "HOP-2025-003"]
    browser.open(page, "#orden=ukendt&tovholder=ukendt")
    assert browser.ask(SHOWN) == ALL


def test_without_a_script_everything_is_shown_and_nothing_is_to_be_chosen(browser: Browser, page: Path) -> None:
    page.write_text(page.read_text(encoding="utf-8").replace("<script>", "<template>"), encoding="utf-8")
    browser.open(page)
    assert browser.ask(SHOWN) == ALL
    assert not browser.ask("document.getElementById('valg').checkVisibility()")


def test_on_paper_stands_the_table_that_was_chosen_without_what_one_chooses_by(browser: Browser, page: Path) -> None:
    browser.open(page, "#tovholder=Ingolf+Iskrystal%2C+integrationsr%C3%A5dgiver")
    paper = PdfReader(io.BytesIO(browser.print()))
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    assert "Hvor i forløbet Samtykke Næste møde Frister Venter på" in text
    assert "1 af 4 familier" in text
    assert "Fjordglimt" not in text
    assert "Vis kun tovholder" not in text
    assert all(abs(float(sheet.mediabox.width) - 595) < 2 for sheet in paper.pages)
