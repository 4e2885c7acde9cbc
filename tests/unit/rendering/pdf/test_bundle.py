from __future__ import annotations

import os
import subprocess
import sys
import zlib
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from hopdocs.errors import ConverterFault
from hopdocs.rendering.pdf.worker_pool import PdfConverter
from tests.unit.rendering.pdf.files import bind_behind, case, foreign, form, marked, raw_pdf, sheets
from tests.unit.rendering.words import word_file

if TYPE_CHECKING:
    from hopdocs.rendering.pdf.bundle import BoundPdf


@cache
def plan() -> bytes:
    """A real plan: tagged, with two headings on two pages."""

    def build(document: Any) -> None:
        document.add_heading("Mål", 1)
        document.add_page_break()
        document.add_heading("Aktiviteter", 1)

    with PdfConverter(workers=1) as pool:
        return pool.convert(word_file("Familieplan", build=build), "Familieplan")


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=BytesIO(sheets(1)))
    writer.encrypt("hemmelig", algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def looping() -> bytes:
    """A page tree that has itself for a child."""
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )


def bomb() -> bytes:
    """A page whose text is packed twice and unpacks to 200 MB."""
    packed = zlib.compress(zlib.compress(b"0 g\n" * 50_000_000, 1), 9)
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(packed), packed),
    )


def titles_of(reader: PdfReader) -> list[object]:
    def title(entry: Any) -> object:
        return [title(inner) for inner in entry] if isinstance(entry, list) else str(entry["/Title"])

    return [title(entry) for entry in reader.outline]


def bind(*attachments: tuple[str, bytes, str], **limits: Any) -> BoundPdf:
    return bind_behind(plan(), *attachments, **limits)


def test_plan_and_sector_plans_become_one_file_with_an_outline_and_stamps() -> None:
    bound = bind(("a.pdf", sheets(2, text="q BT ET"), "Min Plan, Tariq (BES)"), ("b.pdf", sheets(1), "Barnets plan"))
    reader = PdfReader(BytesIO(bound.data))
    assert bound.faults == ()
    assert bound.pages == len(reader.pages) == 5
    assert titles_of(reader) == ["Familieplan", ["Mål", "Aktiviteter"], "Min Plan, Tariq (BES)", "Barnets plan"]
    pages = [reader.get_destination_page_number(entry) for entry in reader.outline if not isinstance(entry, list)]
    assert pages == [0, 2, 4]
    for number, page in enumerate(reader.pages, 1):
        assert f"Side {number} af 5" in page.extract_text()


def test_the_plans_own_pages_stay_tagged_and_the_stamps_are_artifacts() -> None:
    reader = PdfReader(BytesIO(bind(("a.pdf", sheets(1), "A")).data))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own boolean object
    assert catalogue["/Lang"] == "da-DK"
    assert "/K" in catalogue["/StructTreeRoot"]
    assert [page.get("/StructParents") for page in reader.pages] == [0, 1, None]
    for page in reader.pages:
        contents = page.get_contents()
        assert contents is not None
        assert b"/Artifact <<" in contents.get_data()
    assert b"pdfuaid" not in catalogue["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Samlet familieplan"


@pytest.mark.parametrize(("words", "is_able"), [("Samlet plan: Side 1 2 3 af", True), ("Samlet plan: 1 2 3 af", False)])
def test_the_numbers_are_in_the_plans_own_font_if_it_has_all_their_letters(
    words: str, converter: PdfConverter, *, is_able: bool
) -> None:
    bound = bind_behind(converter.convert(word_file(words), "Plan"), ("a.pdf", sheets(2), "A"))
    reader = PdfReader(BytesIO(bound.data))
    for number, page in enumerate(reader.pages, 1):
        resources: Any = page["/Resources"]
        fonts = [font.get_object() for font in resources["/Font"].values()]
        assert all("/FontDescriptor" in font for font in fonts) is is_able
        assert f"Samlet plan: Side {number} af 3" in page.extract_text()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_page_is_stamped_where_its_foot_is(turned: int) -> None:
    reader = PdfReader(BytesIO(bind(("a.pdf", sheets(1, turned=turned), "A")).data))
    found: list[tuple[float, float]] = []
    reader.pages[2].extract_text(
        visitor_text=lambda text, matrix, *_: found.append((matrix[4], matrix[5])) if "Side" in text else None
    )
    [(x, y)] = found
    across, up = {0: (x, y), 90: (y, 595 - x), 180: (595 - x, 842 - y), 270: (842 - y, x)}[turned]
    assert up == pytest.approx(14)
    assert across > 400


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "HD341"),
        (b"ikke en pdf", "HD341"),
        (b"%PDF-1.7\n%%EOF", "HD341"),
        (sheets(3)[:200], "HD341"),
        (raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"), "HD341"),
        (encrypted(), "HD340"),
        (looping(), "HD341"),
        (sheets(30), "HD342"),
    ],
    ids=["empty", "text", "header only", "truncated", "no pages", "encrypted", "looping", "too many pages"],
)
def test_an_attachment_that_cannot_be_bound_is_left_out_and_named(data: bytes, code: str) -> None:
    bound = bind(("ond.pdf", data, "Ond"), ("god.pdf", sheets(1), "God"), most_attachment_pages=20)
    titles = titles_of(PdfReader(BytesIO(bound.data)))
    assert titles[0] == "Familieplan"
    assert titles[-1] == "God"
    found = [(fault.name, fault.code, fault.params["name"]) for fault in bound.faults]
    assert found == [("ond.pdf", code, "ond.pdf")]


def test_a_bomb_is_left_out() -> None:
    bound = bind(("bombe.pdf", bomb(), "Bombe"), ("god.pdf", sheets(1), "God"))
    assert [(fault.name, fault.code) for fault in bound.faults] in ([("bombe.pdf", "HD342")], [("bombe.pdf", "HD341")])
    assert bound.pages == 3


def test_an_attachment_that_takes_all_the_memory_is_left_out() -> None:
    bound = bind(("stor.pdf", bomb(), "Stor"), memory_bytes=200 * 2**20)
    assert [fault.name for fault in bound.faults] == ["stor.pdf"]
    assert bound.pages == 2


def play_binding(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Have every plan bound by a process that does this first."""

    class Played(subprocess.Popen[bytes]):
        def __init__(self, command: list[str], **more: Any) -> None:
            super().__init__([command[0], "-c", f"{script}binding.main()"], **more)

    monkeypatch.setattr(subprocess, "Popen", Played)


def test_an_attachment_that_takes_all_the_time_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is up as it reads that one: the system's own signal comes early, if it has been asked for at all."""
    slow = """
import signal
from hopdocs.rendering.pdf import binding
add = binding.BoundFile.add
def slow(self, data):
    if data == b"langsom":
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 300
        signal.raise_signal(signal.SIGALRM)
    return add(self, data)
binding.BoundFile.add = slow
"""
    play_binding(monkeypatch, slow)
    bound = bind(("langsom.pdf", b"langsom", "Langsom"), ("god.pdf", sheets(1), "God"), wall_seconds=300.0)
    assert [(fault.name, fault.code, fault.params["reason"]) for fault in bound.faults] == [
        ("langsom.pdf", "HD342", "> 300 s")
    ]
    assert bound.pages == 3


def test_where_memory_runs_out_after_the_last_attachment_the_largest_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tight = """
from hopdocs.rendering.pdf import binding
stamp = binding.stamp_pages
def tight(writer):
    if len(writer.pages) > 4:
        raise MemoryError
    stamp(writer)
binding.stamp_pages = tight
"""
    play_binding(monkeypatch, tight)
    wanted = [(f"{count}.pdf", sheets(count), str(count)) for count in (2, 30, 1, 20)]
    bound = bind_behind(sheets(1), *wanted)
    assert [(fault.name, fault.code) for fault in bound.faults] == [("30.pdf", "HD342"), ("20.pdf", "HD342")]
    assert bound.pages == 4


def test_where_the_plan_alone_takes_all_the_memory_it_is_not_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    full = """
from hopdocs.rendering.pdf import binding
def full(writer):
    raise MemoryError
binding.stamp_pages = full
"""
    play_binding(monkeypatch, full)
    with pytest.raises(ConverterFault) as caught:
        bind_behind(sheets(1), ("a.pdf", sheets(1), "A"))
    assert caught.value.code == "HD334"


def test_a_file_over_the_size_is_not_even_read() -> None:
    bound = bind(("stor.pdf", b"x" * 2**20 + b"x", "Stor"), most_attachment_bytes=2**20)
    assert [(fault.code, dict(fault.params)) for fault in bound.faults] == [
        ("HD342", {"name": "stor.pdf", "reason": "> 1 MB"})
    ]


def test_scripts_and_attached_files_of_an_attachment_stay_outside() -> None:
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("skjult.exe", b"MZ")
    stream = BytesIO()
    writer.write(stream)
    bound = bind(("a.pdf", stream.getvalue(), "A"))
    assert b"JavaScript" not in bound.data
    assert b"skjult" not in bound.data


def test_a_plan_that_is_no_pdf_is_an_error_of_its_own() -> None:
    with pytest.raises(ConverterFault) as caught:
        bind_behind(b"%PDF-1.7 nej")
    assert caught.value.code == "HD334"


def test_binding_again_elsewhere_gives_the_same_bytes() -> None:
    attachment = sheets(2)
    here = bind(("a.pdf", attachment, "A")).data
    script = (
        "import sys; from hopdocs.rendering.pdf.bundle import Attachment, bind_plan\n"
        "from hopdocs.rendering.pdf.binder import Binder\n"
        f"data = sys.stdin.buffer.read(); plan, own = data[:{len(plan())}], data[{len(plan())}:]\n"
        "with Binder() as binder:\n"
        "    bound = bind_plan(plan, [Attachment('a.pdf', own, 'A')], title='Samlet familieplan', binder=binder)\n"
        "sys.stdout.buffer.write(bound.data)"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", script],
        input=plan() + attachment,
        capture_output=True,
        check=True,
        env={**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "99"},
    )
    assert elsewhere.stdout == here


def test_binding_what_has_layers_forms_and_tags_again_gives_the_same_bytes() -> None:
    names = ("layer-off", "form-ticks", "covered-by-redact-marked", "links-a", "page-oddities")
    wanted = [*((name, case(name), name) for name in names), ("plan.pdf", plan(), "Plan")]
    assert bind(*wanted).data == bind(*wanted).data


def test_drawings_inside_drawings_without_end_are_bound() -> None:
    loop = form("/X0 Do").replace("/Font<</F1 5 0 R>>", "/XObject<</X0 6 0 R>>/Properties<</L0 7 0 R>>")
    layers = "/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]>>>>"
    endless = foreign("/X0 Do", loop, "<</Type/OCG/Name(x)>>", resources="/XObject<</X0 6 0 R>>", catalogue=layers)
    assert bind(("a.pdf", endless, "A")).faults == ()


def test_a_bomb_inside_a_mark_is_left_out() -> None:
    packed = zlib.compress(zlib.compress(b"0 g\n" * 50_000_000, 1), 9).decode("latin-1")
    filters = "/Filter[/FlateDecode/FlateDecode]"
    look = f"<</Subtype/Form/BBox[0 0 9 9]{filters}/Length {len(packed)}>>stream\n{packed}\nendstream"
    mark = "<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/AP<</N 7 0 R>>>>"
    bound = bind(("bombe.pdf", marked(mark, look), "Bombe"), ("god.pdf", sheets(1), "God"))
    assert [fault.name for fault in bound.faults] == ["bombe.pdf"]
    assert bound.pages == 3
