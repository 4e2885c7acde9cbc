"""What is taken back goes, whatever time and faulty templates do meanwhile: words that are marked, searched for."""

from __future__ import annotations

import shutil
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.unit.cycling import OUT, Desk, SetClock, copy_example

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TARIQ = "{member: tariq, form_given: 2026-09-15, given: 2026-09-22, areas: [BF, BES, DU], received_by: iik}"
NADIRA = "areas: [BF, BES, DU, SO], received_by: iik}"
YASMIN = "received_by: yym}"
TARIQ_WHO = "    name: Tariq Zamirandi\n    role: parent\n    born: 1981-07-27\n    custody: true\n"
YASMIN_WHO = "yasmin: {name: Yasmin Zamirandi, role: child, born: 2009-04-18, post: digital}"
SAMI_WHO = "sami: {name: Sami Zamirandi, role: child, born: 2013-12-03}"
SCHOOL, WISH = "Samis fravær er under 10 % i marts 2027.", "Kanariefugl i skolen."
BEFORE, AFTER = datetime(2026, 11, 17, 9, tzinfo=UTC), datetime(2026, 11, 21, 9, tzinfo=UTC)
PLAN, LETTERS = "familieplan.docx", "invitation.docx"
WAYS = ("open", "lapsed", "broken", "lapsed and broken")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Two homes, and marked words; built while every consent stands, or shortly before one runs out."""
    roots: dict[str, Path] = {}

    def build(way: str) -> Path:
        kind = "lapsed" if "lapsed" in way else "open"
        if kind not in roots:
            desk = copy_example(tmp_path_factory.mktemp(kind) / "workspace")
            desk.edit(SCHOOL, WISH)
            desk.edit(TARIQ_WHO, f"{TARIQ_WHO}    contact: {{address: Ravnevej 7, postcode: 9999, city: Vesterlyng}}\n")
            desk.edit(YASMIN_WHO, YASMIN_WHO.replace("}", ", lives_with: [nadira]}"))
            desk.edit(SAMI_WHO, SAMI_WHO.replace("}", ", lives_with: [nadira]}"))
            if kind == "lapsed":
                desk.edit(NADIRA, NADIRA.replace("received_by", "until: 2026-11-18, received_by"))
            desk.clock.moment = BEFORE
            desk.cycle()
            roots[kind] = desk.root
        return roots[kind]

    return build


@pytest.fixture(params=WAYS)
def desk(request: pytest.FixtureRequest, built: Callable[[str], Path], tmp_path: Path) -> Desk:
    """The same four days later; where it says so, a consent has run out or the templates have a fault since."""
    way: str = request.param
    shutil.copytree(built(way), tmp_path / "workspace")
    desk = Desk(tmp_path / "workspace", SetClock(moment=AFTER))
    desk.cycle()
    if "broken" in way:
        for name in (PLAN, LETTERS):
            template = desk.root / "templates" / name
            template.parent.mkdir(exist_ok=True)
            template.write_bytes(b"no Word file")
    return desk


def mend(desk: Desk) -> None:
    for name in (PLAN, LETTERS):
        (desk.root / "templates" / name).unlink(missing_ok=True)
    desk.cycle()


def holding(desk: Desk, word: str) -> set[str]:
    """The Word files that hold a word anywhere in their XML."""
    found = set()
    for path in (desk.root / OUT).glob("*.docx"):
        with zipfile.ZipFile(path) as package:
            if any(word.encode() in package.read(name) for name in package.namelist()):
                found.add(path.name)
    return found


def test_a_parent_who_loses_custody_reads_no_more_of_the_child_in_the_other_home(desk: Desk) -> None:
    assert "familieplan-tariq.docx" in holding(desk, "Kanariefugl")
    desk.edit(TARIQ_WHO, TARIQ_WHO.replace("    custody: true\n", ""))
    desk.cycle()
    assert "familieplan-tariq.docx" not in holding(desk, "Kanariefugl")
    mend(desk)
    assert "familieplan-tariq.docx" not in holding(desk, "Kanariefugl")


def test_a_youth_who_moves_to_the_other_home_has_the_old_address_on_none_of_her_letters(desk: Desk) -> None:
    hers = {name for name in holding(desk, "Opdigtvej 44") if "yasmin" in name}
    assert "invitation-familieplan-yasmin.docx" in hers
    desk.edit("post: digital, lives_with: [nadira]}", "post: digital, lives_with: [tariq]}")
    desk.cycle()
    assert not {name for name in holding(desk, "Opdigtvej 44") if "yasmin" in name}
    mend(desk)
    assert not {name for name in holding(desk, "Opdigtvej 44") if "yasmin" in name}


def test_a_youth_who_turns_sixteen_takes_nothing_away_and_her_withdrawal_does(desk: Desk) -> None:
    born = "born: 2013-12-03"
    desk.edit(born, "born: 2010-11-23")
    desk.cycle()
    before = holding(desk, "Kanariefugl")
    assert "familieplan-DU.docx" in before or not (desk.root / OUT / "familieplan-DU.docx").exists()
    desk.clock.moment = datetime(2026, 11, 24, 9, tzinfo=UTC)
    desk.cycle()
    assert holding(desk, "Kanariefugl") == before
    desk.edit(
        YASMIN,
        f"{YASMIN}\n  - {{member: sami, form_given: 2026-11-20, given: 2026-11-23, areas: [BF, BES, DU],"
        " received_by: yym, withdrawn: [{date: 2026-11-24}]}",
    )
    desk.cycle()
    areas = {f"familieplan-{area}.docx" for area in ("BF", "BES", "DU", "SO")}
    assert not areas & holding(desk, "Kanariefugl")
    mend(desk)
    assert not areas & holding(desk, "Kanariefugl")


def test_a_part_taken_back_after_the_course_ended_is_gone_for_good_also_through_a_faulty_template(desk: Desk) -> None:
    areas = {f"familieplan-{area}.docx" for area in ("BF", "BES", "DU")}
    desk.edit(
        "\nmeasurements:", "\nclosing:\n  date: 2026-11-20\n  reason: Målene er nået\n  continues: []\n\nmeasurements:"
    )
    signed = "areas: [BF, BES, DU, SO], "
    desk.edit(signed, f"{signed}withdrawn: [{{date: 2026-11-21, areas: [SO]}}], ")
    desk.cycle()
    assert not areas & holding(desk, "smerte")
    mend(desk)
    assert not areas & holding(desk, "smerte")
