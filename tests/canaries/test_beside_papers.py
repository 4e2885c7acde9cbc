"""The page of `hopdocs serve` beside a paper tells no more of a family's file than the paper does, whatever was edited.

It is looked at as soon as the file is saved, when the old papers still lie there, and again when the new ones are made.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from hopdocs.operator_file import read_config_text
from hopdocs.serving.lines.paper import PaperDesk
from hopdocs.workspace import open_workspace
from tests.canaries.edits import SEQUENCES
from tests.canaries.households import BUILT, households
from tests.canaries.items import items_of
from tests.canaries.searching import words_in
from tests.canaries.stage import Stage, set_stage
from tests.canaries.words import canaries_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.canaries.households import Household

KINDS = ("dagsorden", "familieplan", "fremgang", "invitation", "referat", "samtykkeerklaering", "undersoegelse")
"""To find the lines behind every paper takes minutes; these show of all sections of the file."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    stage = set_stage(tmp_path_factory.mktemp("beside") / "workspace", households(2))
    stage.build(BUILT)
    return stage


def test_beside_each_paper_stand_words_of_the_file_and_none_but_its_own(built: Stage) -> None:
    (home, *_) = built.homes
    told = told_beside(built, home)
    assert all(words & items_of(home.data).keys() for words in told.values())
    assert_told_is_made(home, told, papers_of(built, home))


@pytest.mark.parametrize(
    ("sequence", "number"),
    [
        ("all is taken back", 0),
        ("health is taken back", 1),
        ("consent runs out", 1),
        ("template broken while health is taken back", 0),
        ("the address is protected", 1),
        ("a goal and an activity are narrowed", 0),
    ],
)
def test_after_an_edit_no_text_stands_beside_a_paper_that_is_not_in_it(
    built: Stage, sequence: str, number: int, tmp_path: Path
) -> None:
    stage = built.copied_to(tmp_path / "workspace", [number])
    (home,) = stage.homes
    step = SEQUENCES[sequence][0]
    before = papers_of(stage, home)
    for edit in step.edits:
        edit(home)
    if step.templates:
        stage.break_templates()
    stage.write()
    stage.clock.moment = datetime.combine(step.day, time(9), UTC)
    at_once = told_beside(stage, home)
    stage.build(step.day)
    after = papers_of(stage, home)
    # Where consent has run out nothing is made anew: what goes tells no more meanwhile than it did.
    assert_told_is_made(home, at_once, before | after if sequence == "consent runs out" else after)
    assert_told_is_made(home, told_beside(stage, home), after)


def papers_of(stage: Stage, home: Household) -> dict[str, frozenset[str]]:
    """By Word file the words of it."""
    return {path.name: words_in(path.read_bytes()) for path in (stage.root / "out" / home.stem).glob("*.docx")}


def told_beside(stage: Stage, home: Household) -> dict[str, frozenset[str]]:
    """By paper the words of the lines beside it: of each kind the first reader's and the last one's."""
    workspace = open_workspace(stage.root)
    desk = PaperDesk(workspace, stage.clock, read_config_text(workspace))
    names = sorted(papers_of(stage, home))
    told: dict[str, frozenset[str]] = {}
    for kind in KINDS:
        own = [name for name in names if name.startswith(f"{kind}-")]
        for name in {*own[:1], *own[-1:]}:
            view = desk.look_up(home.stem, f"{PurePosixPath(name).stem}.pdf")
            told[name] = canaries_in("\n".join(line.text for block in view.blocks for line in block.lines))
    return told


def assert_told_is_made(home: Household, told: dict[str, frozenset[str]], papers: dict[str, frozenset[str]]) -> None:
    """Each text of the file that a page tells of is one that its paper tells of, in part at least, or an id.

    A name that several of them bear is each one's: where a paper says the surname, a line that says it may be shown.
    """
    items = items_of(home.data)
    names = [canaries_in(person["name"]) for person in home.data["members"].values()]
    found = {}
    for name, words in told.items():
        made = papers.get(name, frozenset())
        shown = {items[word].place for word in made & items.keys()}
        part_of_a_name = {word for own in names if own & made for word in own}
        beside = {items[word] for word in (words & items.keys()) - part_of_a_name}
        found[name] = {item.place for item in beside if item.path[-1] not in {"id", "key"}} - shown
    assert {name: places for name, places in found.items() if places} == {}
