from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.sources.families import parse_family
from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace
from tests.unit.documents.example import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.model.meeting import Meeting
    from tests.unit.cli.running import Run

FILE = "families/hop-2026-007.yaml"


def new_minutes(root: Path, meeting: str = "familieplan", today: str = "2026-11-24") -> Run:
    return run("-w", root, "--today", today, "new", "minutes", "HOP-2026-007", meeting)


def meeting_of(root: Path, name: str) -> Meeting:
    family = parse_family((root / FILE).read_bytes(), "f", load_config()).family
    assert family is not None
    found = family.meeting(name)
    assert found is not None
    return found


def change(root: Path, old: str, new: str) -> None:
    text = (root / FILE).read_text(encoding="utf-8")
    assert old in text
    (root / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_skeleton_has_the_familys_points_then_the_agendas(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    assert new_minutes(root).code == 0
    meeting = meeting_of(root, "familieplan")
    assert meeting.minutes is not None
    assert meeting.minutes.by == "iik"
    points = [line.point for line in meeting.minutes.points]
    assert points[:3] == [
        "Vi vil gerne tale om Samis skole.",
        "Hvornår kan Tariq begynde i praktik?",
        "Velkomst og præsentation",
    ]
    assert meeting.status is not None
    assert meeting.status.value == "held"


def test_every_line_that_was_there_is_there_still(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    before = (root / FILE).read_text(encoding="utf-8").splitlines()
    new_minutes(root)
    after = (root / FILE).read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(after) if line.strip() == "minutes:")
    remaining = iter(after)
    assert all(line in remaining for line in before)
    assert before.index("  - id: opfoelgning-1") < after.index("  - id: opfoelgning-1")
    assert start < after.index("  - id: opfoelgning-1")


def test_before_the_meeting_the_skeleton_says_nothing_of_whether_it_was_held(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    assert new_minutes(root, today="2026-11-20").code == 0
    assert meeting_of(root, "familieplan").status is None


def test_those_who_were_asked_stand_beside_the_attendance(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    new_minutes(root)
    line = next(line for line in (root / FILE).read_text("utf-8").splitlines() if "attendance:" in line)
    assert line.endswith("# indkaldt: nadira, tariq, yasmin, rri, iik, ssk, yym, ppa, bbl")


def test_a_point_that_is_kept_to_some_is_kept_to_them_in_the_minutes(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    kept = "    family_points:\n      - point: Penge\n        visible_to: [nadira, BF]\n"
    change(root, "    family_points:\n", kept)
    assert new_minutes(root).code == 0
    minutes = meeting_of(root, "familieplan").minutes
    assert minutes is not None
    assert minutes.points[0].visible_to == ("nadira", "BF")


def test_minutes_that_are_there_are_left_alone(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    new_minutes(root)
    before = (root / FILE).read_bytes()
    shown = new_minutes(root)
    assert shown.code == 3
    assert "has minutes already" in shown.err
    assert (root / FILE).read_bytes() == before


def test_an_empty_key_is_filled_in_where_it_stands(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    change(root, "  - id: opfoelgning-1\n", "    minutes:     # skriv her\n  - id: opfoelgning-1\n")
    assert new_minutes(root).code == 0
    assert (root / FILE).read_text("utf-8").count("minutes:") == 1
    assert meeting_of(root, "familieplan").minutes is not None


def test_a_text_of_several_lines_at_the_end_of_the_meeting_stays_whole(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    text = "    message: |\n      Første linje.\n\n      # ikke en bemærkning\n"
    change(root, "  - id: opfoelgning-1\n", f"{text}  - id: opfoelgning-1\n")
    assert new_minutes(root).code == 0
    assert "# ikke en bemærkning" in (meeting_of(root, "familieplan").message or "")


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    text = (root / FILE).read_bytes().replace(b"\n", b"\r\n")
    (root / FILE).write_bytes(text)
    assert new_minutes(root).code == 0
    assert b"\n" not in (root / FILE).read_bytes().replace(b"\r\n", b"")


@pytest.mark.parametrize("meeting", ["familieplanen", ""])
def test_a_meeting_that_nobody_has_called_is_told_with_those_there_are(tmp_path: Path, meeting: str) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    shown = new_minutes(root, meeting)
    assert shown.code == 2
    assert "intro, nulpunkt, formoede, familieplan" in shown.err


def test_a_meeting_on_one_line_is_left_alone(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    one_line = '  - {id: kort, type: opfølgningsmøde, date: 2026-11-20, start: "10.00", end: "11.00", place: havoern}\n'
    change(root, "  - id: opfoelgning-1\n", f"{one_line}  - id: opfoelgning-1\n")
    shown = new_minutes(root, "kort")
    assert shown.code == 3
    assert "cannot add lines to" in shown.err


def test_the_skeleton_makes_no_paper_until_something_is_written_in_it(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-007")
    new_minutes(root)
    minutes = meeting_of(root, "familieplan").minutes
    assert minutes is not None
    assert not any(point.text or point.agreed for point in minutes.points)
    assert meeting_of(root, "familieplan").date == date(2026, 11, 24)
