"""A municipality that sends letters: the example with PDFs that no LibreOffice made, and a source of CPR numbers.

No number stands here whole: it is put together from the person's day of birth, as a made-up one (day + 60).
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any, Self
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from pypdf import PdfWriter

from hopdocs.cycle.run import CycleReport, Session
from hopdocs.workspace import open_workspace
from tests.unit.cli.running import Run, run
from tests.unit.cycling import Desk, SetClock, copy_example

if TYPE_CHECKING:
    from pathlib import Path

FAMILY = "hop-2026-007"
READY = f"out/{FAMILY}/udsendelse"
BORN = {"nadira": date(1985, 1, 5), "tariq": date(1981, 7, 27), "yasmin": date(2009, 4, 18)}
KLE = '{key: "27.06.00", facet: G01, version: "2026", label: Planer}'
TAIL = "1234"
MEMO = "{https://DigitalPost.dk/MeMo-1}"


def read_message(path: Path) -> ET.Element:
    """A message that hopdocs wrote."""
    return ET.fromstring(path.read_bytes())  # noqa: S314 - it is our own


def number_of(member: str, tail: str = TAIL) -> str:
    """A made-up number of that person."""
    born = BORN[member]
    return f"{born.day + 60:02}{born:%m%y}{tail}"


class DrawnPdf:
    """Makes a PDF with a page for each page break, and one more; it tells which papers it drew."""

    size = 1

    def __init__(self, **_: object) -> None:
        self.titles: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def close(self) -> None:
        return

    def convert(self, docx: bytes, title: str) -> bytes:
        self.titles.append(title)
        with ZipFile(BytesIO(docx)) as package:
            breaks = package.read("word/document.xml").count(b"<w:pageBreakBefore/>")
        writer = PdfWriter()
        for _ in range(breaks + 1):
            writer.add_blank_page(595, 842)
        writer.metadata = {"/Title": f"{title} {len(docx)}"}
        target = BytesIO()
        writer.write(target)
        return target.getvalue()


class _Shop(Session):
    """A session without LibreOffice."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(open_workspace(desk.root), desk.clock)
        self._converter = DrawnPdf()  # type: ignore[assignment]


@dataclass
class Office:
    """A workspace whose letters are built, and the hands of who dispatches them."""

    desk: Desk
    beside: Path

    @property
    def root(self) -> Path:
        return self.desk.root

    def build(self) -> CycleReport:
        with _Shop(self.desk) as session:
            return self.desk.cycle(session=session)

    def dispatch(self, *words: str, today: str = "2026-11-21") -> Run:
        return run("-w", self.root, "--today", today, "dispatch", *words)

    def look(self, *words: str) -> Run:
        """Another verb, on the same day."""
        return run("-w", self.root, "--today", "2026-11-21", *words)

    def laid(self) -> dict[str, bytes]:
        """Everything that lies ready, for one family and for all."""
        out = self.root / "out"
        found = [*out.glob("*/udsendelse/**/*"), *out.glob("_udsendelse/*")]
        return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(found) if path.is_file()}

    def names(self) -> set[str]:
        """The names of what lies ready for the family, without those of their folders."""
        prefix = f"{FAMILY}/udsendelse/"
        return {name.removeprefix(prefix) for name in self.laid() if name.startswith(prefix)}

    def manifest(self) -> Any:
        return json.loads((self.root / READY / "forsendelse.json").read_text("utf-8"))

    def letter(self, recipient: str, meeting: str = "familieplan") -> Any:
        """What the manifest says of one invitation."""
        letters = self.manifest()["letters"]
        (found,) = (item for item in letters if (item["recipient"], item["meeting"]) == (recipient, meeting))
        return found

    def message(self, recipient: str, meeting: str = "familieplan") -> ET.Element:
        path = self.letter(recipient, meeting)["memo"]
        return read_message(self.root / READY / path)

    def configure(self, settings: str, *, has_source: bool = True) -> None:
        """Change the settings of dispatch, and build again as everything depends on them."""
        path = self.root / "config.yaml"
        kept = path.read_text("utf-8").rpartition("dispatch:")[0]
        source = f"recipients: {self.source}, " if has_source else ""
        path.write_text(f"{kept}dispatch: {{{source}{settings}}}\n", "utf-8")
        self.build()

    @property
    def source(self) -> str:
        """The settings of the source of numbers."""
        command = json.dumps([sys.executable, str(self.beside / "numbers.py")])
        return f"{{command: {command}, timeout: 20s}}"

    def answer_with(self, program: str) -> None:
        """Let a Python program outside the workspace say who has which number."""
        (self.beside / "numbers.py").write_text(program, "utf-8")

    def know_numbers(self) -> None:
        """A source that answers as it should."""
        numbers = {member: number_of(member) for member in BORN}
        self.answer_with(
            "import json, sys\n"
            "asked = json.load(sys.stdin)['recipients']\n"
            f"numbers = {numbers!r}\n"
            "print(json.dumps({'recipients': [{**item, 'cpr': numbers[item['member']]} for item in asked]}))\n"
        )


def build_office(folder: Path) -> Office:
    """The example with the family's letters built, and a source of numbers that does not know any yet."""
    desk = copy_example(folder / "workspace")
    desk.edit("pdf: none ", "pdf: auto ", "config.yaml")
    desk.edit("municipality:\n", 'municipality:\n  cvr: "12 34 56 78"\n', "config.yaml")
    desk.edit("records: {", f"records: {{kle: {KLE}, ", "config.yaml")
    (desk.root / "families/hop-2026-002.yaml").unlink()
    beside = folder / "beside"
    beside.mkdir()
    path = desk.root / "config.yaml"
    path.write_text(f"{path.read_text('utf-8')}\ndispatch: {{}}\n", "utf-8")
    office = Office(desk, beside)
    office.configure("")
    return office


def copy_office(office: Office, folder: Path) -> Office:
    """The same office for one test, whose source fails until it is told what to answer."""
    shutil.copytree(office.root, folder / "workspace")
    office.answer_with("raise SystemExit(4)")
    return Office(Desk(folder / "workspace", SetClock()), office.beside)
