"""The tovholder's page from one day to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.cycling import OUT, actions, copy_example, reasons

if TYPE_CHECKING:
    from pathlib import Path

PAGE = f"{OUT}/koereplan-BES.docx"


def test_the_koereplan_is_made_anew_only_on_the_day_on_which_a_step_is_overdue(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    desk.clock.pass_days(-6)  # 15 November
    desk.cycle()
    remade = []
    for day in range(16, 20):
        desk.clock.pass_days(1)
        report = desk.cycle()
        if PAGE in actions(report, "made"):
            remade.append((day, reasons(report)[PAGE]))
    assert remade == [(18, "HD572")]


def test_the_screening_sheet_goes_with_the_edit_that_says_the_family_is_informed(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    new = "families/hop-2026-020.yaml"
    (desk.root / new).write_text(
        "id: HOP-2026-020\nname: Familien Nattergal\nstart_date: 2026-12-01\n"
        "members:\n  else:\n    name: Else Nattergal\n    role: parent\n    born: 1990-01-02\n    custody: true\n",
        "utf-8",
    )
    sheet = "out/hop-2026-020/screening.docx"
    assert sheet in actions(desk.cycle(), "made")
    desk.edit("start_date:", "information_given: 2026-11-20\nstart_date:", new)
    assert sheet in actions(desk.cycle(), "removed")
    assert not (desk.root / sheet).exists()
