"""The page of all families in a real browser, by the keys alone, and on paper."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from hopdocs.pages.composition import family_row
from hopdocs.pages.overview import render_overview
from tests.interop.browser import open_browser
from tests.unit.pages.sample import family, today
from tests.unit.pages.test_pages import FAMILIES, overview, pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.interop.browser import Browser

SHOWN = """
[...document.querySelectorAll("#alle-familier tr")]
  .filter((row) => row.checkVisibility()).map((row) => row.querySelector("small").textContent)
"""
FOCUS = "document.activeElement.className || document.activeElement.name || document.activeElement.tagName"
CHOOSE = f"""
(() => {{
  const seen = new MutationObserver(() => {{}});
  seen.observe(document.body, {{childList: true, attributes: true, subtree: true}});
  const form = document.getElementById("valg");
  [form.orden.value, form.tovholder.value] = ["moede", form.tovholder.options[1].value];
  form.dispatchEvent(new Event("change"));
  const records = seen.takeRecords();
  const moved = records.flatMap((record) => [...record.addedNodes]).filter((node) => node.nodeName === "TR");
  return [moved.length, records.filter((record) => record.type === "attributes").length, {SHOWN.strip()}.length];
}})()
"""
"""How many rows were moved, how many were shown or hidden, and how many are left, once one has chosen both."""
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


def test_of_five_hundred_families_each_is_moved_once_for_another_order(browser: Browser, page: Path) -> None:
    """How long that takes is the browser's and the machine's; that nothing is done twice is ours."""
    rows = [family_row(today(family(number)), f"hop-{number}", ()) for number in FAMILIES]
    many = [replace(row, family=f"HOP-2026-{number:03d}") for number, row in enumerate(rows * 125)]
    page.write_text(render_overview(overview(*many)), encoding="utf-8")
    browser.open(page)
    moved, changed, shown = browser.ask(CHOOSE)
    assert len(many) == 500
    assert (moved, shown) == (len(many), len(many) // len(FAMILIES))
    assert changed <= 2 * len(many)  # which are hidden, here and among the weeks


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
