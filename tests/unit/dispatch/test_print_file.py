"""What goes on paper is ready for the printer: each letter on a front, its address where the window is."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader, PdfWriter

from hopdocs.dispatch.window import compose_sheets, shows_address
from hopdocs.model.dispatch import EnvelopeWindow
from tests.unit.dispatch.office import READY, DrawnPdf

if TYPE_CHECKING:
    from hopdocs.rendering.pdf.worker_pool import PdfConverter
    from tests.unit.dispatch.office import Office

WINDOW = EnvelopeWindow()
ADDRESS = ("Łucja Şahin-Ødegård", "c/o Bjørk", "Æblevej 3, 2. th.", "9998 Øster Måneholm")


def _pages(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def test_each_document_begins_on_a_front_and_blank_backs_fill_the_sheets(office: Office) -> None:
    office.dispatch()
    letters = [item for item in office.manifest()["letters"] if item["route"] == "paper"]
    printed = [item["print"] for item in letters]
    assert [item["first_page"] % 2 for item in printed] == [1, 1]
    assert [item["pages"] % 2 for item in printed] == [0, 0]
    whole = _pages((office.root / READY / "papir-2026-11-21.pdf").read_bytes())
    assert len(whole.pages) == sum(item["pages"] for item in printed)


def test_the_file_for_all_holds_every_familys_paper_once(office: Office) -> None:
    office.dispatch()
    own = (office.root / READY / "papir-2026-11-21.pdf").read_bytes()
    assert office.laid()["_udsendelse/papir-2026-11-21.pdf"] == own


def test_the_sheets_of_a_print_file_are_drawn_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    draw = DrawnPdf.convert

    def count(self: DrawnPdf, docx: bytes, title: str) -> bytes:
        asked.append(title)
        return draw(self, docx, title)

    monkeypatch.setattr(DrawnPdf, "convert", count)
    office.dispatch("HOP-2026-007")
    assert asked == ["Adresser"]


def test_a_sheet_shows_a_whole_address_in_the_window_and_nothing_else(converter: PdfConverter) -> None:
    pdf = converter.convert(
        compose_sheets([ADDRESS, ("Nadira & <Co>", "Opdigtvej 44", "9999 Vesterlyng")], WINDOW), "A"
    )
    reader = _pages(pdf)
    assert len(reader.pages) == 2
    assert shows_address(pdf, ADDRESS, WINDOW)
    assert not shows_address(pdf, ADDRESS[:3], WINDOW)
    assert not shows_address(pdf, ADDRESS, EnvelopeWindow(top=120))
    assert "Nadira & <Co>" in reader.pages[1].extract_text()


@pytest.mark.parametrize("window", [EnvelopeWindow(left=20, top=52, width=90, height=35), EnvelopeWindow(left=110)])
def test_the_address_follows_the_municipalitys_own_envelopes(converter: PdfConverter, window: EnvelopeWindow) -> None:
    pdf = converter.convert(compose_sheets([ADDRESS], window), "A")
    assert shows_address(pdf, ADDRESS, window)


def test_a_file_that_is_no_pdf_shows_no_address() -> None:
    assert not shows_address(b"%PDF-1.7 nothing", ADDRESS, WINDOW)


def test_a_page_without_text_shows_no_address() -> None:
    writer, target = PdfWriter(), BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(target)
    assert not shows_address(target.getvalue(), ADDRESS, WINDOW)
