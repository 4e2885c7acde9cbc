"""A narrower plan is narrower in its PDFs too: text, metadata and what is bound or embedded, by real LibreOffice."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader

from tests.unit.cycling import FAMILY, OUT, Desk, copy_example

if TYPE_CHECKING:
    from pathlib import Path

NADIRA = "areas: [BF, BES, DU, SO], received_by: iik}"
TARIQ = "areas: [BF, BES, DU], received_by: iik}"


def everything_in(path: Path) -> str:
    reader = PdfReader(path)
    said = [page.extract_text() for page in reader.pages]
    said += [str(value) for value in (reader.metadata or {}).values()]
    said += [str(reader.xmp_metadata and reader.xmp_metadata.rdf_root.toxml())]
    said += [str(item.title) for item in _flat(reader.outline)]
    said += list(reader.attachments)
    said += [data.decode("latin-1") for files in reader.attachments.values() for data in files]
    return " ".join(said).casefold()


def _flat(outline: list[Any]) -> list[Any]:
    return [one for item in outline for one in (_flat(item) if isinstance(item, list) else [item])]


def holding(desk: Desk, word: str) -> set[str]:
    return {path.name for path in (desk.root / OUT).glob("familieplan*.pdf") if word in everything_in(path)}


def test_no_pdf_of_a_plan_holds_what_was_taken_back_while_a_consent_had_run_out(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    desk.edit("pdf: none ", "pdf: auto ", "config.yaml")
    desk.edit(TARIQ, TARIQ.replace("received_by", "until: 2026-11-18, received_by"))
    drop_meetings(desk)
    desk.clock.moment = datetime(2026, 11, 17, 9, tzinfo=UTC)
    desk.cycle()
    shown = holding(desk, "smerte")
    assert {name for name in shown if "-BF" in name}
    desk.edit(NADIRA, NADIRA.replace("iik}", "iik, withdrawn: [{date: 2026-11-20, areas: [SO]}]}"))
    desk.clock.moment = datetime(2026, 11, 21, 9, tzinfo=UTC)
    desk.cycle()
    assert not {name for name in holding(desk, "smerte") if "nadira" not in name}
    assert (desk.root / OUT / "familieplan-BF.pdf").exists()


def drop_meetings(desk: Desk) -> None:
    """Only the plan is asked about here, and every other letter takes its time to convert."""
    text = (desk.root / FAMILY).read_text("utf-8")
    start, end = text.index("  - id: opfoelgning-1"), text.index("\nplan:\n")
    (desk.root / FAMILY).write_text(text[:start] + text[end:], "utf-8")
