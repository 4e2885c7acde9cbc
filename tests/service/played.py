"""One family's course, played day by day through the real command line: what is written, and what came of it."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.unit.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from tests.service.mailbox import Mailbox

    Edit: TypeAlias = Callable[["Played"], None]

FAMILY = "HOP-2026-011"
NAME = FAMILY.lower()
_EXAMPLE = Path(__file__).parents[1] / "data" / "example"
_SETTINGS = (
    ("hold: 10m", "hold: 0s"),
    ("rate: 30/min", "rate: 600/s"),
    ("pdf: auto ", "pdf: none "),
    ("\nlaw: ", "\nfinance_department: oekonomi@vesterlyng.example\ndispatch: {file_types: [docx]}\nlaw: "),
)


@dataclass
class Seen:
    """What stands after a day's cycle, and what that day alone brought."""

    files: set[str]
    mails: set[tuple[str, str]]
    tasks: set[str]
    waits: set[str]
    filed: set[str]


@dataclass
class Played:
    """A workspace with one family, mail to a server of the test's, and a day that the test sets."""

    root: Path
    mailbox: Mailbox
    day: str = ""
    handed_over: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def begun(cls, root: Path, mailbox: Mailbox) -> Played:
        """The example's settings without its families: no hold, no limit of rate, no PDFs."""
        shutil.copytree(_EXAMPLE, root)
        shutil.rmtree(root / "families")
        (root / "families").mkdir()
        config = root / "config.yaml"
        text = config.read_text("utf-8").replace("port: 1025", f"port: {mailbox.port}")
        for old, new in _SETTINGS:
            assert old in text
            text = text.replace(old, new, 1)
        config.write_text(text, "utf-8")
        return cls(root, mailbox)

    def copied(self, root: Path) -> Played:
        """The same course elsewhere, for another end."""
        shutil.copytree(self.root, root)
        other = Played(root, self.mailbox, self.day, dict(self.handed_over))
        other.run("notices", "start", "--known")
        return other

    @property
    def file(self) -> Path:
        return self.root / "families" / f"{NAME}.yaml"

    @property
    def out(self) -> Path:
        return self.root / "out" / NAME

    def run(self, *words: str) -> str:
        """What one command says on this day, which must go well."""
        shown = run("-w", self.root, "--today", self.day, *words)
        assert shown.code == 0, f"{self.day}: {words}\n{shown.out}{shown.err}"
        return shown.out

    def asked(self, *words: str) -> Any:
        return json.loads(self.run(*words, "--format", "json"))

    def look(self) -> Seen:
        """One cycle with its mail, then what waits for the family and what the records system lacks."""
        before = len(self.mailbox.letters)
        self.run("watch", "--once")
        letters = self.asked("dispatch")["letters"]
        rows = self.asked("dispatch", "journal", "--mark")["rows"]
        return Seen(
            files={path.stem for path in self.out.glob("*.docx")},
            mails={
                (letter.recipients[0].partition("@")[0], str(letter.message["subject"]).partition(", sag")[0])
                for letter in self.mailbox.letters[before:]
            },
            tasks={f"{row['person']} {row['due']} {row['what']}" for row in self.asked("tasks")["tasks"]},
            waits={f"{row['document']}: {row['recipient']}" for row in letters},
            filed={Path(row["file"]).stem for row in rows},
        )

    def hold_what_was_handed_over(self) -> None:
        """Every copy of an earlier day is there, byte for byte; those of today come to them."""
        folder = self.out / "udleveret"
        now = {path.name: path.read_bytes() for path in folder.glob("*")} if folder.exists() else {}
        assert {name: now.get(name) for name in self.handed_over} == self.handed_over
        self.handed_over = now

    def has_no_fault(self) -> None:
        """No error in the file, and on disk what a clean build would make."""
        found = self.asked("check")["diagnostics"]
        assert [row for row in found if row["severity"] == "error"] == []
        if int(self.day[-2:]) % 2:  # on every other day: a clean build beside each step costs most of the play
            self.run("verify", "--jobs", "1")

    def state(self) -> str:
        """As `status` has it, which both pages say too."""
        (row,) = self.asked("status")["families"]
        return str(row["state"])


def under(section: str, *lines: str) -> Edit:
    """Lines at the end of a section of the family's file, which begins with them if it is not there yet."""

    def edit(course: Played) -> None:
        text = course.file.read_text("utf-8")
        body = "".join(f"  {line}\n" for part in lines for line in part.splitlines())
        found = re.search(rf"^{section}:\n(?: .*\n|\n(?= ))*", text, re.MULTILINE)
        end = found.end() if found else len(text)
        head = "" if found else f"\n{section}:\n"
        course.file.write_text(text[:end] + head + body + text[end:], "utf-8")

    return edit


def instead(old: str, new: str) -> Edit:
    """Another text in the place of one that stands there once or first."""

    def edit(course: Played) -> None:
        text = course.file.read_text("utf-8")
        assert old in text, old
        course.file.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def say(*words: str) -> Edit:
    """A command."""
    return lambda course: void(course.run(*words))


def void(_: object) -> None:
    """What a command says is of no interest here."""


def delivered(document: str, who: str, how: str = "handed_over") -> Edit:
    return say("delivered", FAMILY, document, *who.split(), "--how", how)


def agreed(text: str, due: str, approved: str) -> tuple[Edit, Edit]:
    """Fills in the skeleton of minutes: one agreement, of Ingolf's area, and the day of approval."""
    empty = "".join(f"          {key}:\n" for key in ("text", "agreed", "who", "due"))
    full = (
        f"          text: Vi talte om hverdagen.\n          agreed: {text}\n          who: iik\n          due: {due}\n"
        "          decided_in: BES\n          visible_to: all\n"
    )
    point = "        - point: Hvem gør hvad\n"
    return (
        instead(point + empty, point + full),
        instead("approved:              # indtil da er referatet et udkast", f"approved: {approved}"),
    )


def meeting(name: str, kind: str, day: str, hours: str, *more: str) -> Edit:
    start, _, end = hours.partition("-")
    lines = (f"- id: {name}", f"  type: {kind}", f"  date: {day}", f'  start: "{start}"', f'  end: "{end}"')
    return under("meetings", *lines, "  place: ternen", *(f"  {line}" for line in more))


def held(name: str, kind: str) -> Edit:
    return instead(f"- id: {name}\n    type: {kind}\n", f"- id: {name}\n    type: {kind}\n    status: held\n")


def words_of(path: Path) -> str:
    """All that a Word file says, its header with the watermark too."""
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if re.match(r"word/[^/]+\.xml$", name)]
    return re.sub(r"<(?!v:textpath)[^>]+>", "", "".join(parts))
