from __future__ import annotations

import ctypes.util
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Self

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml
from pypdf import PdfReader

from hopdocs.errors import ConverterFault
from hopdocs.rendering.docx.properties import DocumentProperties
from hopdocs.rendering.pdf import worker_pool as pdf_module
from hopdocs.rendering.pdf.office import Office, find_office
from hopdocs.rendering.pdf.probe import make_probe
from hopdocs.rendering.pdf.settled_bytes import rewrite_pdf
from hopdocs.rendering.pdf.worker_pool import PdfConverter, missing, version
from hopdocs.rendering.template import compile_template_bytes
from tests.unit.letters.pdf_structure import find_faults
from tests.unit.rendering.words import members_of, with_members, word_file
from tests.work import PATIENCE_SECONDS


class Canary:
    """Listens on loopback, and notes every address that somebody comes for."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.1)
        self.port = self._server.getsockname()[1]
        self.visits: list[bytes] = []
        self._is_open = True
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_open = False
        self._thread.join()
        self._server.close()

    def _listen(self) -> None:
        while self._is_open:
            try:
                visitor, _ = self._server.accept()
            except TimeoutError:
                continue
            with visitor:
                visitor.settimeout(PATIENCE_SECONDS)
                self.visits.append(visitor.recv(200))
                visitor.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def linked_picture(address: str) -> bytes:
    """A letter whose picture lies elsewhere, and a field that includes another."""

    def build(document: Any) -> None:
        document.add_picture(BytesIO(_pixel()))

    data = word_file("Brev", build=build)
    members = members_of(data)
    rels = members["word/_rels/document.xml.rels"].decode()
    rels = re.sub(r'Target="media/[^"]*"', f'Target="{address}/billede.png" TargetMode="External"', rels)
    field = (
        f'<w:p><w:fldSimple w:instr=" INCLUDEPICTURE &quot;{address}/felt.png&quot; \\d ">'
        "<w:r><w:t>x</w:t></w:r></w:fldSimple></w:p><w:sectPr"
    )
    body = members["word/document.xml"].decode().replace("r:embed=", "r:link=").replace("<w:sectPr", field, 1)
    return with_members(data, {"word/_rels/document.xml.rels": rels.encode(), "word/document.xml": body.encode()})


def _pixel() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_a_letter_becomes_a_tagged_titled_danish_pdf(converter: PdfConverter) -> None:
    data = converter.convert(word_file("Kære familie", "Ærø Å 😀"), "Familieplan <æøå>")
    reader = PdfReader(BytesIO(data))
    catalogue: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Familieplan <æøå>"
    assert catalogue["/Lang"] == "da-DK"
    assert catalogue["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own boolean object
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert "/StructTreeRoot" in catalogue
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert "Kære familie" in reader.pages[0].extract_text()
    assert "Ærø Å" in reader.pages[0].extract_text()


def test_tick_boxes_emoji_and_other_alphabets_are_drawn_and_not_only_kept_as_text(converter: PdfConverter) -> None:
    """A letter's own font has none of them: without the fallbacks an empty box stands there, and nothing says so."""
    drawn = {}
    for text in ("Kære familie", "☐", "🙂", "ناديه"):
        page = PdfReader(BytesIO(converter.convert(word_file(text), "Prøve"))).pages[0]
        fonts: Any = page["/Resources"]
        drawn[text] = {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts["/Font"].values()}
    usual = drawn.pop("Kære familie")
    assert all(fonts - usual for fonts in drawn.values()), drawn
    assert "Symbola" in drawn["🙂"]


def test_a_link_can_be_followed_and_heard(converter: PdfConverter) -> None:
    def build(document: Any) -> None:
        document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
        document.add_heading("Overskrift", 1)
        paragraph = document.add_paragraph("Se ")._p
        for words, address in links.items():
            paragraph.append(link_to(document, address, words))

    links = {"kommunen": "https://vesterlyng.example/", "skolen": "https://skolen.example/"}
    pdf = converter.convert(word_file(build=build), "Brev")
    assert find_faults(pdf) == []
    page: Any = PdfReader(BytesIO(pdf)).pages[0]
    annotations = [item.get_object() for item in page["/Annots"]]
    assert {item["/Contents"]: item["/A"]["/URI"] for item in annotations} == links


def link_to(document: Any, address: str, words: str) -> Any:
    identity = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return parse_xml(
        f'<w:hyperlink {names} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'r:id="{identity}"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>{words}</w:t></w:r>'
        "</w:hyperlink>"
    )


def test_the_same_document_gives_the_same_bytes_whoever_makes_it(converter: PdfConverter) -> None:
    template = compile_template_bytes(word_file("Kære {{ name }}"), "brev.docx")
    docx = template.render({"name": "Ada"}, properties=DocumentProperties(created=date(2026, 11, 20)))
    first = converter.convert(docx, "Brev")
    assert b"/CreationDate(D:20261120120000Z" in first
    assert b"2026-11-20T12:00:00" in first
    script = (
        "import sys; from hopdocs.rendering.pdf.worker_pool import PdfConverter\n"
        "with PdfConverter(workers=1) as pool: sys.stdout.buffer.write(pool.convert(sys.stdin.buffer.read(), 'Brev'))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", script],
        input=docx,
        capture_output=True,
        check=True,
        env={**os.environ, "TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
    )
    assert elsewhere.stdout == first


def test_a_pdf_whose_dates_are_packed_away_is_written_anew(converter: PdfConverter) -> None:
    """Newer LibreOffice packs the document's information into a stream; played by a file without its own dates."""
    pdf = converter.convert(word_file("Kære familie"), "Brev")
    morning, evening = (
        rewrite_pdf(re.sub(rb"D:\d{8}", day, pdf), datetime(2026, 11, 20, 12, tzinfo=UTC))
        for day in (b"D:20260101", b"D:20261231")
    )
    assert morning == evening
    reader = PdfReader(BytesIO(morning))
    catalogue: Any = reader.trailer["/Root"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "da-DK"
    assert b"<pdfuaid:part>1" in catalogue["/Metadata"].get_data()
    assert b"2026-11-20T12:00:00" in catalogue["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.creation_date == datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_no_link_is_followed(converter: PdfConverter) -> None:
    with Canary() as canary:
        pdf = converter.convert(linked_picture(f"http://127.0.0.1:{canary.port}"), "Brev")
        time.sleep(0.3)
    assert canary.visits == []
    assert pdf.startswith(b"%PDF")


def test_the_canary_would_have_told(tmp_path: Path) -> None:
    """The control: LibreOffice as it is installed does fetch the same picture."""
    with Canary() as canary:
        (tmp_path / "brev.docx").write_bytes(linked_picture(f"http://127.0.0.1:{canary.port}"))
        program = str(find_office().program.with_name("soffice"))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
        command.append(str(tmp_path / "brev.docx"))
        subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE_SECONDS)
    assert canary.visits


def test_libreoffice_has_no_network_where_the_kernel_can_take_it_away() -> None:
    attempts = (["unshare", "-n", "true"], ["unshare", "-rn", "true"])
    is_possible = any(subprocess.run(attempt, capture_output=True, check=False).returncode == 0 for attempt in attempts)
    with PdfConverter(workers=1) as pool:
        pool.warm_up()
        [worker] = pool._workers
        networks = {Path(f"/proc/{process}/ns/net").readlink() for process in _living(worker._process.pid)}
    own = Path("/proc/self/ns/net").readlink()
    assert (networks != {own}) is is_possible


def test_no_file_of_the_server_comes_into_a_letter(converter: PdfConverter, tmp_path: Path) -> None:
    (tmp_path / "billede.png").write_bytes(_pixel())
    pdf = converter.convert(linked_picture(tmp_path.as_uri()), "Brev")
    assert b"/Subtype/Image" not in pdf


def test_a_file_that_is_no_document_fails_alone(converter: PdfConverter) -> None:
    with pytest.raises(ConverterFault) as caught:
        converter.convert(b"PK\x03\x04 not a zip", "Brev")
    assert caught.value.code == "HD333"
    assert converter.convert(make_probe(), "Brev").startswith(b"%PDF")


def test_a_worker_that_dies_is_replaced_unseen() -> None:
    with PdfConverter(workers=1) as pool:
        pool.warm_up()
        [worker] = pool._workers
        worker._process.kill()
        worker._process.wait()
        assert pool.convert(make_probe(), "Brev").startswith(b"%PDF")
        [second] = pool._workers
        assert second is not worker


def test_a_libreoffice_that_stands_still_is_killed_and_the_next_one_works(monkeypatch: pytest.MonkeyPatch) -> None:
    with PdfConverter(workers=1) as pool:
        pool.warm_up()
        [worker] = pool._workers
        convert = worker.convert
        monkeypatch.setattr(worker, "convert", lambda copy, title, _: convert(copy, title, 0.5))  # nobody else's limit
        group = worker._process.pid
        for process in _living(group):
            if process != group:
                os.kill(process, signal.SIGSTOP)
        assert all(left.is_socket() for left in worker._sockets)
        assert pool.convert(make_probe(), "Brev").startswith(b"%PDF")
        assert not _living(group)
    assert not any(left.exists() for left in worker._sockets)


STAND_IN = f"""#!{sys.executable}
import json, pathlib, sys, time
print(json.dumps({{"ready": True}}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    pathlib.Path(asked["target"]).write_bytes(b"%PDF-1.4" + b" " * 600 + b"%%EOF")
    if asked["title"] == "Brev":
        pathlib.Path(__file__).with_suffix(".asked").touch()
        time.sleep({PATIENCE_SECONDS})
    print(json.dumps({{"done": asked["title"] == "hopdocs", "reason": "no"}}), flush=True)
"""
"""A worker that makes the probe, stands still at a letter, and says no to everything else."""


def stand_in(folder: Path) -> Office:
    script = folder / "python3"
    script.write_text(STAND_IN, "utf-8")
    script.chmod(0o755)
    return Office(folder / "soffice", script, "stand-in")


@pytest.mark.parametrize(("step", "code"), [("prepare_copy", "HD332"), ("_take", "HD333")])
def test_what_is_broken_off_before_a_worker_begins_is_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: str
) -> None:
    """Before there is a worker for it, and once it has one."""
    with PdfConverter(workers=1, office=stand_in(tmp_path)) as pool:
        holder = pool if hasattr(pool, step) else pdf_module
        own = getattr(holder, step)

        def break_off(*given: Any) -> Any:
            done = own(*given)
            pool.interrupt()
            return done

        monkeypatch.setattr(holder, step, break_off)
        with pytest.raises(ConverterFault) as caught:
            pool.convert(make_probe(), "Plan")
    assert (caught.value.code, caught.value.params["reason"]) == (code, "broken off")


def test_what_hangs_is_broken_off_at_once_and_holds_nobody_else(tmp_path: Path) -> None:
    office = stand_in(tmp_path)
    script = office.python
    faults: list[ConverterFault] = []

    def convert(title: str) -> None:
        with pytest.raises(ConverterFault) as caught:
            pool.convert(make_probe(), title)
        faults.append(caught.value)

    with PdfConverter(workers=2, office=office) as pool:
        hanging = threading.Thread(target=convert, args=("Brev",))
        hanging.start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not script.with_suffix(".asked").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        convert("Plan")
        assert isinstance(faults[0], pdf_module.DocumentFault)
        assert hanging.is_alive()
        pool.interrupt()
        hanging.join(PATIENCE_SECONDS)
        assert not hanging.is_alive()
    assert not isinstance(faults[1], pdf_module.DocumentFault)
    assert faults[1].params["reason"] == "the worker died"


def test_a_worker_that_has_grown_is_replaced_and_leaves_no_folder() -> None:
    before = set(Path(tempfile.gettempdir()).glob("hopdocs-pdf-*"))
    with PdfConverter(workers=1, most_resident_bytes=1) as pool:
        pool.convert(make_probe(), "Brev")
        assert pool._workers == set()
    assert set(Path(tempfile.gettempdir()).glob("hopdocs-pdf-*")) <= before


def test_a_worker_is_replaced_after_its_number_of_documents() -> None:
    with PdfConverter(workers=1, documents_per_worker=1) as pool:
        pool.convert(make_probe(), "Brev")
        assert pool._workers == set()


def test_the_first_document_of_a_worker_is_rehearsed() -> None:
    with PdfConverter(workers=1) as pool:
        pdfs = [pool.convert(make_probe(), "Brev") for _ in range(2)]
        [worker] = pool._workers
        assert worker.documents == 3
        assert pdfs[0] == pdfs[1]


@pytest.mark.parametrize("work", ["time.sleep(60)", "while True: pool.convert(make_probe(), 'Brev')"])
def test_nothing_outlives_its_parent(work: str) -> None:
    """The parent is killed in the middle; LibreOffice, its folder, sockets and driver are gone soon after."""
    script = (
        "import time; from hopdocs.rendering.pdf.worker_pool import PdfConverter\n"
        "from hopdocs.rendering.pdf.probe import make_probe\n"
        "pool = PdfConverter(workers=1); pool.warm_up(); [worker] = pool._workers\n"
        f"print(worker._process.pid, worker._folder, *worker._sockets, flush=True)\n{work}"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        group, *left = parent.stdout.readline().split()
        time.sleep(0.2)
        parent.kill()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (_living(int(group)) or any(map(os.path.lexists, left))) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _living(int(group))
    assert not any(map(os.path.lexists, left))


def _living(group: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def test_a_machine_without_libreoffice_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    find_office.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr("hopdocs.rendering.pdf.office.PROGRAM_FOLDERS", ())
    fault = missing()
    find_office.cache_clear()
    assert fault is not None
    assert fault.code == "HD330"


def test_a_libreoffice_that_does_not_start_is_told_so(tmp_path: Path) -> None:
    broken = tmp_path / "soffice.bin"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    office = Office(broken, find_office().python, "broken")
    with PdfConverter(workers=1, office=office) as pool, pytest.raises(ConverterFault) as caught:
        pool.convert(make_probe(), "Brev")
    assert caught.value.code == "HD332"
    assert "ended with 3" in caught.value.params["reason"]


def test_a_python_that_cannot_be_started_is_told_so(tmp_path: Path) -> None:
    office = Office(find_office().program, tmp_path / "python3", "broken")
    with PdfConverter(workers=1, office=office) as pool, pytest.raises(ConverterFault) as caught:
        pool.convert(make_probe(), "Brev")
    assert (caught.value.code, caught.value.params["reason"]) == ("HD332", "No such file or directory")


def test_the_version_names_program_fonts_and_what_hopdocs_does_to_the_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.fullmatch(r"LibreOffice \d.*, fonts [0-9a-f]{12}, conversion \d+", version())
    before = version()
    monkeypatch.setattr(pdf_module, "CONVERSION", "a later one")
    assert version() != before


def test_a_worker_sees_no_secrets_of_its_parent(tmp_path: Path) -> None:
    environment = pdf_module.worker_environment({"PATH": "/bin", "SMTP_PASSWORD": "x", "http_proxy": "y"}, tmp_path)
    assert "SMTP_PASSWORD" not in environment
    assert "http_proxy" not in environment


def test_libreoffice_has_what_makes_it_quicker_where_that_is_installed(converter: PdfConverter) -> None:
    """And starts without it where it is not."""
    converter.convert(make_probe(), "Brev")
    [worker] = converter._workers
    own = [Path(f"/proc/{process}/maps").read_text() for process in _living(worker._process.pid)]
    [office] = [maps for maps in own if "/soffice.bin\n" in maps]
    for name in ("jemalloc", "eatmydata"):
        assert (f"/lib{name}.so" in office) is (ctypes.util.find_library(name) is not None)
