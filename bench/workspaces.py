"""Workspaces of any size: families that differ in names, days and standing, each of them valid.

They are written from the two sample families: one in the middle of its course, with plan, team and meetings, and one
that has not consented yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bench.samples import SAMPLE
from hopdocs.package_data import shipped_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BEFORE_CONSENT: Final = "hop-2026-009.yaml"
FIRST_NAMES: Final = (
    ("nadira", "tariq", "yasmin", "sami", "lina", "omar"),
    ("agnes", "bertil", "clara", "ditte", "egon", "frida"),
    ("gudrun", "holger", "iben", "jeppe", "karla", "loke"),
    ("merete", "niels", "oda", "povl", "rosa", "sigurd"),
    ("tove", "uffe", "vera", "wilma", "ylva", "zander"),
    ("amina", "bashir", "dunya", "elias", "fatima", "hamid"),
    ("halina", "igor", "jana", "kacper", "lena", "marek"),
)
SURNAMES: Final = ("Rimsø", "Ahornblad", "Kjærgaard", "Ågård", "Birkelund", "Fjordvang", "Tangløber", "Ibsholm")
STAFF_SETS: Final = 8
"""So many sets of staff, so that not everybody is at two meetings at once."""
_SLOTS: Final = ("08.00", "09.15", "10.30", "11.45", "13.00", "14.15")
_WEEKS: Final = (0, 1, 2, 3, 6, 7)
"""Of a Tuesday in November: Christmas and New Year's Day are left out."""
_DAYS: Final = 4
_STAFF: Final = ("rri", "iik", "ssk", "yym", "ppa", "bbl")
_PLANNED: Final = (("2026-11-24", "10.00", "12.00"), ("2027-01-19", "10.00", "11.30"))


@dataclass(frozen=True, slots=True)
class Standing:
    """In which state the families of a workspace are, in turns."""

    cancelled_every: int = 7
    """Every so many has cancelled its next meeting."""
    unconsented_every: int = 10
    """Of every so many one has not consented yet."""
    in_course: int | None = None
    """So many are in the middle of their course; those after them have just consented, and nothing is planned yet."""


def write_workspace(folder: Path, count: int, standing: Standing) -> None:
    """A workspace of so many families that makes Word files only."""
    (folder / "families").mkdir(parents=True)
    (folder / "config.yaml").write_text(make_config(), encoding="utf-8")
    for name, text in make_families(count, standing):
        (folder / "families" / name).write_text(text, encoding="utf-8")


def make_config() -> str:
    """The sample municipality with more staff, and without PDFs."""
    text = shipped_path("config.yaml").read_text(encoding="utf-8")
    text, changed = re.subn(r"^  pdf: \w+", "  pdf: none", text, flags=re.MULTILINE)
    if changed != 1:
        raise ValueError("the sample's config.yaml has no documents.pdf")
    block = text[text.index("\nstaff:\n") + len("\nstaff:\n") :]
    block = block[: re.search(r"^\S", block, re.MULTILINE).start()]  # type: ignore[union-attr]  # a key follows
    people = [person for person in re.split(r"(?m)^(?=  \w+:$)", block) if person.strip()[:3] in _STAFF]
    more = [
        re.sub(r"\b(" + "|".join(_STAFF) + r")\b", rf"\g<1>{number}", person)
        for number in range(1, STAFF_SETS)
        for person in people
    ]
    return text.replace(block, block.rstrip("\n") + "\n" + "".join(more).rstrip("\n") + "\n\n", 1)


def make_families(count: int, standing: Standing) -> Iterable[tuple[str, str]]:
    """File names and texts."""
    course = (shipped_path("families") / SAMPLE).read_text(encoding="utf-8")
    before = (shipped_path("families") / BEFORE_CONSENT).read_text(encoding="utf-8")
    course = "".join(line for line in course.splitlines(keepends=True) if not line.strip().startswith("file:"))
    beginning = _leave_out_second_parent(before)
    for number in range(count):
        if standing.in_course is not None and number >= standing.in_course:
            text = beginning
        elif standing.in_course is None and number % standing.unconsented_every == standing.unconsented_every - 1:
            text = before
        else:
            text = _move_meetings(course, number)
            if number % standing.cancelled_every == standing.cancelled_every - 1:
                text = _cancel_follow_up(text)
        yield f"hop-2026-{number + 1000:04}.yaml", _rename(text, number)


def _leave_out_second_parent(text: str) -> str:
    """The second sample family without the one whose consent it waits for: then the gate is open."""
    kept = re.sub(r"(?m)^  (?:viggo:|- member: viggo)\n(?:    .*\n)+", "", text)
    if kept.count("viggo") != 1 or "[bodil, viggo]" not in kept:
        raise ValueError("the second sample family is another one")
    return kept.replace("[bodil, viggo]", "[bodil]")


def _rename(text: str, number: int) -> str:
    """Other people with the same story: their names, and the staff that they meet."""
    surname = SURNAMES[number % len(SURNAMES)]
    for old, new in zip(FIRST_NAMES[0], FIRST_NAMES[number % len(FIRST_NAMES)], strict=True):
        text = re.sub(rf"\b{old}(?=s?\b)", new, text)
        text = re.sub(rf"\b{old.capitalize()}(?=s?\b)", new.capitalize(), text)
    text = re.sub(r"\b(Zamirandi|Stjernekast)\b", surname, text)
    if number % STAFF_SETS:
        text = re.sub(r"\b(" + "|".join(_STAFF) + r")\b", rf"\g<1>{number % STAFF_SETS}", text)
    text = re.sub(r"HOP-2026-\d+", f"HOP-2026-{number + 1000:04}", text)
    text = re.sub(r'"26-\d{6}"', f'"26-{number + 200000:06}"', text)
    return re.sub(r"Opdigtvej \d+", f"Opdigtvej {number % 900 + 2}", text)


def _move_meetings(text: str, number: int) -> str:
    """The planned meetings at a day and time of this family's own, as far as there are such."""
    place = number // STAFF_SETS
    slot, day = place % len(_SLOTS), place // len(_SLOTS)
    for old_day, old_start, old_end in _PLANNED:
        start = _SLOTS[slot]
        hour, minute = start.split(".")
        end = f"{int(hour) + 1:02}.{minute}"
        moved = _working_day(date.fromisoformat(old_day), day)
        old = f'    date: {old_day}\n    start: "{old_start}"\n    end: "{old_end}"\n'
        if old not in text:
            raise ValueError(f"the sample family has no meeting on {old_day}")
        text = text.replace(old, f'    date: {moved}\n    start: "{start}"\n    end: "{end}"\n')
    return text


def _working_day(tuesday: date, later: int) -> date:
    """So many days of meetings later: Tuesdays to Fridays, for six weeks."""
    weeks, days = divmod(later % (len(_WEEKS) * _DAYS), _DAYS)
    return tuesday + timedelta(weeks=_WEEKS[weeks], days=days)


def _cancel_follow_up(text: str) -> str:
    """The last meeting is called off."""
    marker = "  - id: opfoelgning-1\n"
    if marker not in text:
        raise ValueError("the sample family has no follow-up meeting")
    return text.replace(marker, f"{marker}    status: cancelled\n    reason: Familien er syg.\n")
