"""While a consent has run out: what is taken back goes, what only time brought stays, and nothing new is shown."""

from __future__ import annotations

import shutil
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.unit.cycling import OUT, Desk, SetClock, actions, copy_example, reasons

if TYPE_CHECKING:
    from pathlib import Path

TARIQ = "{member: tariq, form_given: 2026-09-15, given: 2026-09-22, areas: [BF, BES, DU], received_by: iik}"
NADIRA = "{member: nadira, form_given: 2026-09-15, given: 2026-09-22, areas: [BF, BES, DU, SO], received_by: iik}"
LAPSING = TARIQ.replace("received_by", "until: 2026-11-18, received_by")
BEFORE, AFTER = datetime(2026, 11, 17, 9, tzinfo=UTC), datetime(2026, 11, 21, 9, tzinfo=UTC)
PAIN = "smerte"


@pytest.fixture(scope="module")
def lapsing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built the day before tariq's consent runs out."""
    desk = copy_example(tmp_path_factory.mktemp("lapsing") / "workspace")
    desk.edit(TARIQ, LAPSING)
    desk.clock.moment = BEFORE
    desk.cycle()
    return desk.root


@pytest.fixture
def desk(lapsing: Path, tmp_path: Path) -> Desk:
    """The same, three days after it ran out."""
    shutil.copytree(lapsing, tmp_path / "workspace")
    return Desk(tmp_path / "workspace", SetClock(moment=AFTER))


def holding(desk: Desk, word: str) -> set[str]:
    """The Word files of the family that hold a word anywhere in their XML."""
    found = set()
    for path in (desk.root / OUT).glob("*.docx"):
        with zipfile.ZipFile(path) as package:
            if any(word in package.read(name).decode("utf-8", "replace").casefold() for name in package.namelist()):
                found.add(path.name)
    return found


def copies(*areas: str) -> set[str]:
    return {f"familieplan-{area}.docx" for area in areas}


def papers_of(desk: Desk) -> dict[str, bytes]:
    """All but the tovholder's page, which follows the day as well as the file."""
    return {path: data for path, data in desk.files().items() if "koereplan" not in path}


def test_what_only_time_brought_leaves_every_file_as_it_was(desk: Desk) -> None:
    before = desk.files()
    report = desk.cycle()
    assert desk.files() == before
    assert not actions(report, "made") | actions(report, "removed")
    assert "HD562" in reasons(report).values()


def test_a_part_that_is_taken_back_goes_out_of_what_exists(desk: Desk) -> None:
    assert copies("BF", "BES", "DU") <= holding(desk, PAIN)
    desk.edit(
        NADIRA, NADIRA.replace("received_by: iik}", "received_by: iik, withdrawn: [{date: 2026-11-20, areas: [SO]}]}")
    )
    report = desk.cycle()
    assert not copies("BF", "BES", "DU", "SO") & holding(desk, PAIN)
    assert {reasons(report)[f"{OUT}/{name}"] for name in copies("BF", "BES", "DU")} <= {"HD575", "HD576"}


def test_a_withdrawal_that_was_written_down_ahead_takes_effect_on_its_day(desk: Desk) -> None:
    desk.clock.moment = BEFORE
    desk.edit(
        NADIRA, NADIRA.replace("received_by: iik}", "received_by: iik, withdrawn: [{date: 2026-11-20, areas: [SO]}]}")
    )
    desk.cycle()
    desk.clock.moment = AFTER
    desk.cycle()
    assert not copies("BF", "BES", "DU", "SO") & holding(desk, PAIN)


def test_who_takes_everything_back_stands_in_no_area_s_copy(desk: Desk) -> None:
    desk.edit(NADIRA, NADIRA.replace("received_by: iik}", "received_by: iik, withdrawn: [{date: 2026-11-20}]}"))
    desk.cycle()
    assert not copies("BF", "BES", "DU", "SO") & holding(desk, PAIN)
    assert not (desk.root / OUT / "familieplan-nadira.docx").exists()


def test_what_is_added_while_a_consent_has_run_out_is_shown_nowhere(desk: Desk) -> None:
    desk.edit(
        "Vi vil gerne tale om Samis skole.", "Vi vil gerne tale om Samis skole.\n      - Kanariefuglen er flyttet."
    )
    before = papers_of(desk)
    desk.cycle()
    assert not holding(desk, "kanariefuglen")
    assert papers_of(desk) == before


def test_a_change_that_would_show_something_new_takes_the_paper_away(desk: Desk) -> None:
    desk.edit("Vi vil gerne tale om Samis skole.", "Kanariefuglen er flyttet.")
    report = desk.cycle()
    assert not holding(desk, "kanariefuglen") | holding(desk, "samis skole.")
    assert "HD576" in {reasons(report)[path] for path in actions(report, "removed")}


def test_everybody_gets_the_plan_again_when_the_consent_is_renewed(desk: Desk) -> None:
    desk.edit("Vi vil gerne tale om Samis skole.", "Kanariefuglen er flyttet.")
    desk.cycle()
    desk.edit(LAPSING, LAPSING.replace("until: 2026-11-18", "until: 2027-09-22"))
    desk.cycle()
    assert holding(desk, "kanariefuglen")


def test_a_copy_that_must_shrink_and_whose_template_is_faulty_is_taken_away_at_once(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    desk.clock.moment = BEFORE
    desk.cycle()
    shown = holding(desk, PAIN)
    assert copies("BF", "BES", "DU") <= shown
    template = desk.root / "templates" / "familieplan.docx"
    template.parent.mkdir(exist_ok=True)
    template.write_bytes(b"no Word file")
    desk.clock.moment = AFTER
    desk.edit(
        NADIRA, NADIRA.replace("received_by: iik}", "received_by: iik, withdrawn: [{date: 2026-11-20, areas: [SO]}]}")
    )
    report = desk.cycle()
    assert not copies("BF", "BES", "DU", "SO") & holding(desk, PAIN)
    assert reasons(report)[f"{OUT}/familieplan-BF.docx"] == "HD576"
    template.unlink()
    desk.cycle()
    assert (desk.root / OUT / "familieplan-BF.docx").exists()
    assert not copies("BF", "BES", "DU", "SO") & holding(desk, PAIN)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built while everybody's consent stands."""
    desk = copy_example(tmp_path_factory.mktemp("standing") / "workspace")
    desk.clock.moment = BEFORE
    desk.cycle()
    return desk.root


@pytest.fixture
def broken(standing: Path, tmp_path: Path) -> Desk:
    """The same, and the plan's template has a fault since then."""
    shutil.copytree(standing, tmp_path / "workspace")
    template = tmp_path / "workspace" / "templates" / "familieplan.docx"
    template.parent.mkdir(exist_ok=True)
    template.write_bytes(b"no Word file")
    return Desk(tmp_path / "workspace", SetClock(moment=AFTER))


WORK = "      direction: beskæftigelse"
NARROWED = f"{WORK}\n      visible_to: [tariq, BES]"


def test_a_goal_that_is_kept_to_some_takes_the_copies_of_the_others_away_where_they_cannot_be_made(
    broken: Desk,
) -> None:
    before = holding(broken, "forsørge min familie")
    assert {"familieplan-nadira.docx", "familieplan-tariq.docx", "familieplan-BF.docx"} <= before
    broken.edit(WORK, NARROWED)
    broken.cycle()
    after = holding(broken, "forsørge min familie")
    assert {name for name in after if name.startswith("familieplan-")} == {
        "familieplan-tariq.docx",
        "familieplan-BES.docx",
    }


def test_a_word_that_is_mended_takes_nothing_away(broken: Desk) -> None:
    before = papers_of(broken)
    broken.edit("Jeg vil forsørge min familie.", "Jeg vil forsørge min store familie.")
    broken.cycle()
    assert papers_of(broken) == before


def test_the_mended_template_gives_the_narrower_copy_also_where_the_course_has_ended(broken: Desk) -> None:
    broken.edit(
        "\nmeasurements:", "\nclosing:\n  date: 2026-11-20\n  reason: Målene er nået\n  continues: []\n\nmeasurements:"
    )
    broken.edit(WORK, NARROWED)
    broken.cycle()
    (broken.root / "templates" / "familieplan.docx").unlink()
    broken.cycle()
    copies = {name for name in holding(broken, "forsørge min familie") if name.startswith("familieplan-")}
    assert copies == {"familieplan-tariq.docx", "familieplan-BES.docx"}
    assert (broken.root / OUT / "familieplan-nadira.docx").exists()


def test_who_sees_more_or_less_since_an_edit_is_told_until_the_next_one(standing: Path, tmp_path: Path) -> None:
    shutil.copytree(standing, tmp_path / "workspace")
    desk = Desk(tmp_path / "workspace", SetClock(moment=AFTER))
    desk.edit(WORK, NARROWED)
    found = [item for item in desk.cycle().diagnostics if item.code in {"HD587", "HD588"}]
    assert {(item.code, item.params["readers"]) for item in found} == {("HD588", "nadira, yasmin, BF, DU")}
    assert {item.code for item in desk.cycle().diagnostics} >= {"HD588"}
    desk.edit(NARROWED, WORK)
    found = [item for item in desk.cycle().diagnostics if item.code in {"HD587", "HD588"}]
    assert {(item.code, item.params["readers"]) for item in found} == {("HD587", "nadira, yasmin, BF, DU")}
    desk.edit("Familien Zamirandi", "Familien Zamirandi i Vesterlyng")
    assert not {item.code for item in desk.cycle().diagnostics} & {"HD587", "HD588"}
