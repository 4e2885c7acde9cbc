from __future__ import annotations

from typing import Any

import pytest

from hopdocs.rendering.pdf.attached.reading import read_attachment
from tests.unit.rendering.pdf.files import bind_behind, brought_along, case, pages_of, raw_pdf, sheets

_LINK = "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]"


def targets_of(pages: list[Any]) -> list[int | None]:
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(pages)}
    links = [item.get_object() for page in pages for item in page.get("/Annots", [])]
    return [numbers[link["/Dest"][0].idnum] if "/Dest" in link else None for link in links]


def linked(link: str, catalogue: str = "", *more: str) -> bytes:
    """A link on the first of two pages."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalogue}>>",
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 595 842]>>",
        f"<</Type/Page/Parent 2 0 R/Annots[{_LINK}{link}>>]>>",
        "<</Type/Page/Parent 2 0 R>>",
        *more,
    ]
    return raw_pdf(*(one.encode() for one in objects))


def test_each_attachments_links_lead_into_itself() -> None:
    bound = bind_behind(sheets(1), *((f"{name}.pdf", case(name), name) for name in ("links-a", "links-b")))
    assert bound.faults == ()
    assert targets_of(pages_of(bound.data)) == [3, 3, 2, 3, 6, 6, 5, 6]


@pytest.mark.parametrize(
    ("link", "catalogue", "more"),
    [
        ("/Dest[4 0 R/Fit]", "", ()),
        ("/Dest[1/Fit]", "", ()),
        ("/Dest[4 0 R[]]", "", ()),
        ("/Dest/maal", "/Dests<</maal[4 0 R/Fit]>>", ()),
        ("/Dest/maal", "/Dests<</maal<</D[4 0 R/XYZ 0 9 null]>>>>", ()),
        ("/Dest(maal)", "/Names<</Dests<</Kids[5 0 R]>>>>", ("<</Names[(maal)[4 0 R/Fit]]>>",)),
        ("/Dest<FF00>", "/Names<</Dests<</Kids[5 0 R 5 0 R]>>>>", ("<</Kids[5 0 R]/Names[<FF00><</D[4 0 R]>>]>>",)),
        ("/A<</S/GoTo/D(maal)/Next<</S/Launch/F(x)>>>>", "/Names<</Dests<</Names[(maal)[4 0 R/Fit]]>>>>", ()),
        ("/A 5 0 R", "", ("<</S/GoTo/D[4 0 R/FitH 700]>>",)),
    ],
)
def test_every_way_to_name_a_page_leads_there(link: str, catalogue: str, more: tuple[str, ...]) -> None:
    data = read_attachment(linked(link, catalogue, *more), 10).pdf
    assert targets_of(pages_of(data)) == [1]
    assert b"Launch" not in brought_along(data)


@pytest.mark.parametrize(
    "link",
    ["/Dest(ukendt)", "/A<</S/Launch/F(x.exe)>>", "/A<</S/GoToR/F(b.pdf)/D[0/Fit]>>", "/A<</S/URI/URI(javascript:x)>>"],
)
def test_a_link_that_leads_nowhere_or_outside_is_only_drawn(link: str) -> None:
    [drawn] = pages_of(read_attachment(linked(link), 10).pdf)[0]["/Annots"]
    assert "/A" not in drawn
    assert "/Dest" not in drawn


def test_an_address_stays() -> None:
    [link] = pages_of(read_attachment(linked("/A<</S/URI/URI(https://kommune.example)>>"), 10).pdf)[0]["/Annots"]
    assert link["/A"] == {"/S": "/URI", "/URI": "https://kommune.example"}
