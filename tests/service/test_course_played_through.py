"""A course from enquiry to its end, day by day, as the tables of who gets what and who is told what have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.service.course_start import BEFORE_CONSENT, BEGINNING, STARTING
from tests.service.course_work import NARROWING, REACHED, TOGETHER, WITHDRAWN
from tests.service.mailbox import Mailbox
from tests.service.played import Played, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.service.course_start import Step

ON_PAGES = {
    "henvendt": "henvendelsen er modtaget",
    "informeret": "familien er informeret",
    "samtykke_afventer": "samtykket afventer",
    "samtykke_afslaaet": "familien har sagt nej tak",
    "samtykke_givet": "samtykket er givet",
    "opstart": "opstart",
    "aktiv": "i gang",
    "samtykke_trukket": "samtykket er trukket tilbage",
    "afsluttet": "afsluttet",
}


def names(listed: Mapping[str, str]) -> set[str]:
    """Each document's name without its ending."""
    return {
        f"{kind}-{who}" if who else kind for kind, all_of_them in listed.items() for who in all_of_them.split() or [""]
    }


def pairs(listed: Mapping[str, str]) -> set[tuple[str, str]]:
    return {(who, kind) for kind, all_of_them in listed.items() for who in all_of_them.split()}


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Played]:
    with Mailbox() as mailbox:
        course = Played.begun(tmp_path / "workspace", mailbox)
        course.file.write_text(BEGINNING, "utf-8")
        course.day = BEFORE_CONSENT[0].day
        course.run("notices", "start")
        yield course


def play(course: Played, steps: tuple[Step, ...], files: set[str], tasks: set[str]) -> None:
    """Each day what it brings, no fault, and all that was handed over before as it was."""
    for step in steps:
        course.day = step.day
        for edit in step.does:
            edit(course)
        seen = course.look()
        files |= names(step.comes)
        files -= names(step.goes)
        tasks |= set(step.to_do)
        tasks -= set(step.done)
        where = f"{step.day}: {step.what}"
        assert seen.files == files, where
        assert seen.mails == pairs(step.told), where
        assert seen.tasks == tasks, where
        assert seen.waits == {f"{kind}: {who}" for who, kind in pairs(step.waits)}, where
        assert seen.filed == names(step.filed), where
        course.hold_what_was_handed_over()
        course.has_no_fault()
        says(course, step)


def says(course: Played, step: Step) -> None:
    """The state in `status` and on both pages, a page for each who has something to do, and words in documents."""
    assert course.state() == step.state
    for page in (course.out / "overblik.html", course.out.parent / "overblik.html"):
        assert ON_PAGES[step.state] in page.read_text("utf-8").casefold(), (step.day, page)
    for line in step.to_do:
        assert (course.root / "out" / "_opgaver" / f"{line.split()[0]}.html").is_file()
    for stem, words in step.shows.items():
        assert words in words_of(course.out / f"{stem}.docx"), (step.day, stem)
    for stem, words in step.hides.items():
        assert words not in words_of(course.out / f"{stem}.docx"), (step.day, stem)


def test_a_course_is_what_the_tables_say_on_each_of_its_days(played: Played) -> None:
    files: set[str] = set()
    tasks: set[str] = set()
    play(played, BEFORE_CONSENT, files, tasks)
    play(played, STARTING, files, tasks)
    play(played, TOGETHER, files, tasks)
    play(played, NARROWING, files, tasks)
    apart = played.copied(played.root.with_name("apart"))
    play(played, WITHDRAWN, set(files), set(tasks))
    play(apart, REACHED, files, tasks)
