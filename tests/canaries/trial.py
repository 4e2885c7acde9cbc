"""Plays the sequences on copies of one built workspace, and has the oracle judge every word of every file."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Severity
from tests.canaries.edits import SEQUENCES, Step
from tests.canaries.households import BUILT, households
from tests.canaries.oracle import Judge, overview_refusal
from tests.canaries.papers import PAGE, PERSON_LISTS, Paper, Reader, paper_of
from tests.canaries.searching import files_below, words_in
from tests.canaries.stage import Stage, areas_of_staff, set_stage, staff_words, title_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from hopdocs.diagnostics import Diagnostic
    from tests.canaries.households import Household

Sort = tuple[str, str]
"""What sort of leak it is: why the word may not be there, and in what kind of paper it is."""
_BASE = "first build"
_HEALTH_GOAL = ("a health goal to an area", "a health goal to the family")


@dataclass(frozen=True, slots=True)
class Finding:
    """A word where it may not be."""

    why: str
    kind: str
    sequence: str
    day: date
    file: str
    word: str
    place: str

    def __str__(self) -> str:
        return f"{self.sequence}, {self.day}: {self.file} shows {self.word} ({self.place}): {self.why}"


@dataclass
class Tally:
    """What was looked at, and what was found."""

    combinations: int = 0
    files: int = 0
    words: int = 0
    findings: list[Finding] = field(default_factory=list)

    def by_sort(self) -> dict[Sort, list[Finding]]:
        """The findings by sort; what shows only because a template was broken is a sort of its own."""
        plain = {(item.why, item.kind, item.file, item.place) for item in self.findings if not _is_behind(item)}
        sorts: dict[Sort, list[Finding]] = {}
        for item in self.findings:
            if not _is_behind(item):
                sorts.setdefault((item.why, item.kind), []).append(item)
            elif (item.why, item.kind, item.file, item.place) not in plain:
                sorts.setdefault((item.why, f"{item.kind} behind a broken template"), []).append(item)
        return sorts


def _tells_of_more(item: Diagnostic) -> bool:
    """Whether whoever edited is told which readers see more from then on (of those who see less it is advice)."""
    return item.params.keys() == {"readers"} and item.severity is Severity.WARNING


def _is_behind(finding: Finding) -> bool:
    return any(step.templates for step in SEQUENCES.get(finding.sequence, ()))


@dataclass
class _Course:
    """One workspace on its way through a sequence."""

    name: str
    stage: Stage
    judges: list[Judge]
    tally: Tally

    def play(self, steps: Iterable[Step]) -> None:
        touched: set[int] = set()
        for step in steps:
            touched |= self._edit(step)
            for home, judge in zip(self.stage.homes, self.judges, strict=True):
                judge.see(home.data, step.day)
            self._build(step.day, touched)
        self.tally.combinations += len(touched)

    def _edit(self, step: Step) -> set[int]:
        """Does what the step says; tells whom it was done to: everybody, where no file was edited."""
        touched = set() if step.edits else {home.number for home in self.stage.homes}
        for home in self.stage.homes:
            before = deepcopy(home.data)
            for edit in step.edits:
                edit(home)
            if home.data != before:
                touched.add(home.number)
        match step.templates:
            case "broken":
                self.stage.break_templates()
            case "translations broken":
                self.stage.break_translations()
            case "mended":
                self.stage.mend_templates()
        if step.by_hand:
            for home in self.stage.homes:
                _write_into_plans(self.stage.root / "out" / home.stem)
        self.stage.write()
        return touched

    def _build(self, day: date, touched: set[int]) -> None:
        report = self.stage.build(day)
        said = " ".join(f"{item.path} {item.params}" for item in report.diagnostics)
        widened = {PurePosixPath(item.path).stem for item in report.diagnostics if _tells_of_more(item)}
        for home, judge in zip(self.stage.homes, self.judges, strict=True):
            if home.number in touched:
                self._judge(home, judge, day, said, is_widened=home.stem in widened)
        for word in words_in((self.stage.root / "out" / f"{PAGE}.html").read_bytes()):
            if why := overview_refusal(word, self.judges):
                self._note(Finding(why, PAGE, self.name, day, f"{PAGE}.html", word, ""))

        self._judge_lists(day)

    def _judge_lists(self, day: date) -> None:
        """Each colleague's own list: read by her, across families, with no more than her area may read of each."""
        for name, data in files_below(self.stage.root / "out" / PERSON_LISTS):
            staff = PurePosixPath(name).stem
            for word in words_in(data):
                judge = next((item for item in self.judges if word in item.items), self.judges[0])
                paper = Paper(PERSON_LISTS, (Reader(area=judge.area_of[staff]),))
                if judge.colleague_of(word) != staff and (why := judge.refusal(word, paper)):
                    item = judge.items.get(word)
                    place = item.place if item else judge.colleague_of(word)
                    self._note(Finding(why, PERSON_LISTS, self.name, day, name, word, place))

    def _note(self, finding: Finding) -> None:
        self.tally.findings.append(finding)

    def _judge(self, home: Household, judge: Judge, day: date, said: str, *, is_widened: bool) -> None:
        for name, data in files_below(self.stage.root / "out" / home.stem):
            paper = paper_of(name, judge.facts)
            assert paper is not None, f"nobody is known to hold {name}"
            found = words_in(data)
            self.tally.files += 1
            self.tally.words += len(found)
            for word in sorted(found):
                why = judge.refusal(word, paper)
                if not why or (paper.is_aside and name in said):
                    continue  # somebody's own copy stays with her, where she is told what is in it
                if is_widened and why in _HEALTH_GOAL and judge.is_said_anew(word):
                    continue
                item = judge.items.get(word)
                place = item.place if item else judge.colleague_of(word)
                why, kind = ("kept and unsaid", "a copy set aside") if paper.is_aside else (why, paper.kind)
                self._note(Finding(why, kind, self.name, day, f"{home.stem}/{name}", word, place))


def play_all(  # noqa: PLR0913 - what is played, on whom, where
    folder: Path,
    count: int,
    *,
    first: int = 0,
    sequences: Iterable[str] = tuple(SEQUENCES),
    every: int = 1,
    pdf: str = "none",
) -> Tally:
    """Every sequence on every household, or on one in `every`; the households are built once and copied."""
    tally = Tally()
    names = {word: key for key, word in staff_words().items()}
    titles = {word: key for key, word in title_words().items()}
    homes = households(count, first)
    stage = set_stage(folder / "base", homes, pdf=pdf)
    judges = [Judge(areas_of_staff(), names, titles) for _ in homes]
    _Course(_BASE, stage, judges, tally).play([Step(BUILT)])
    for turn, name in enumerate(sequences):
        chosen = frozenset(home.number for home in homes if (home.number + turn) % every == 0)
        own = [deepcopy(judge) for home, judge in zip(homes, judges, strict=True) if home.number in chosen]
        course = _Course(name, stage.copied_to(folder / str(turn), chosen), own, tally)
        course.play(SEQUENCES[name])
    return tally


def _write_into_plans(folder: Path) -> None:
    """Somebody opens each plan in Word, writes a line, and saves."""
    for path in sorted(folder.glob("familieplan-*.docx")):
        changed = io.BytesIO()
        with zipfile.ZipFile(path) as before, zipfile.ZipFile(changed, "w") as after:
            for name in before.namelist():
                part = before.read(name)
                is_text = name.endswith("document.xml")
                after.writestr(name, part.replace(b"</w:body>", b"<w:p/></w:body>") if is_text else part)
        path.write_bytes(changed.getvalue())
