"""The live picture of `hopdocs watch` tells of a family by its id, and no word of its file but what is an id there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from hopdocs.cli.console import Console
from hopdocs.cli.live.watcher import LivePicture
from hopdocs.operator_file import read_config_text
from hopdocs.watching.service import ServiceEvent
from hopdocs.workspace import open_workspace
from tests.canaries.edits import SEQUENCES
from tests.canaries.households import BUILT, households
from tests.canaries.items import items_of
from tests.canaries.stage import Stage, set_stage
from tests.canaries.words import canaries_in

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.cli.live.picture import Picture
    from hopdocs.cycle.report import CycleReport, Progress

NAMED_BY = ("id", "key")


class Nobody:
    """Where no picture can be drawn, nobody is told."""

    def __call__(self, event: ServiceEvent) -> None:
        raise AssertionError(event)

    def show_progress(self, step: Progress) -> None:
        raise AssertionError(step)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    stage = set_stage(tmp_path_factory.mktemp("live") / "workspace", households(3))
    stage.build(BUILT)
    return stage


@pytest.mark.parametrize(
    "sequence",
    [
        "all is taken back",
        "health is taken back",
        "consent runs out",
        "template broken while health is taken back",
        "a protected address is written into texts",
    ],
)
def test_no_round_is_told_with_a_word_of_anybodys_file(built: Stage, sequence: str, tmp_path: Path) -> None:
    stage = built.copied_to(tmp_path / "workspace", range(3))
    for step in SEQUENCES[sequence]:
        for home in stage.homes:
            for edit in step.edits:
                edit(home)
        if step.templates:
            (stage.break_templates if step.templates == "broken" else stage.mend_templates)()
        stage.write()
        picture = picture_of(stage, stage.build(step.day))
        seen = repr(picture)
        assert all(home.data["id"] in seen for home in stage.homes)
        assert canaries_in(seen)
        items = {word: item for home in stage.homes for word, item in items_of(home.data).items()}
        told = {items[word].place for word in canaries_in(seen) & items.keys() if items[word].path[-1] not in NAMED_BY}
        assert told == set()
        assert canaries_in(repr(picture.news)) == set()


def picture_of(stage: Stage, report: CycleReport) -> Picture:
    """What is shown after a round, with the lines for which a terminal has no room."""
    workspace = open_workspace(stage.root)
    config = read_config_text(workspace).parse().config
    assert config is not None
    zone = ZoneInfo(config.timezone)
    live = LivePicture(Console(), workspace, config, stage.clock, zone, Nobody())
    live(ServiceEvent(report=report))
    live.take_events()
    return live.compose()
