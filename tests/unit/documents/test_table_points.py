"""The agenda lies before everybody at the table; what one of them may not see stands elsewhere, and is told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.audience import Audience
from hopdocs.documents.desired import wanted_documents
from hopdocs.documents.table_points import find_points_left_out
from tests.unit.documents.example import TODAY, on_day, zamirandi
from tests.unit.papers import ZAMIRANDI, build_papers

if TYPE_CHECKING:
    from pathlib import Path

FIRST_POINT = "      - Vi vil gerne tale om Samis skole."
POINT = "Det bliver svært med husleje"
STAYS_AWAY = ("sami:\n        attends: true", "sami:\n        attends: false\n        view: Han vil hellere i skole.")
START = 'start: "10.00"\n    end: "12.00"\n    place: havoern'
GUEST = (START, f"{START}\n    guests: [{{name: Bo Bisidder, role: bisidder}}]")
GROWN_UP = "[nadira, tariq, yasmin, BF, DU, BES, SO]"


def point_for(readers: str) -> tuple[str, str]:
    return (FIRST_POINT, f"      - {{point: {POINT}, visible_to: {readers}}}")


def found(*changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    day = on_day(zamirandi(*changes))
    findings = find_points_left_out(Audience(day), wanted_documents(day))
    return [(item.code, item.params.get("kept_from", ""), item.params.get("papers", "")) for item in findings]


def holding(folder: Path, *changes: tuple[str, str]) -> set[str]:
    papers = build_papers(folder, ZAMIRANDI, TODAY, *changes)
    return {stem for stem, text in papers.items() if POINT in text}


LETTERS = {f"invitation-familieplan-{who}" for who in ("nadira", "tariq", "yasmin")}
AREAS = {f"familieplan-{area}" for area in ("BF", "DU", "BES", "SO")}


def test_a_point_kept_from_a_child_who_comes_along_is_not_before_it_on_the_table(tmp_path: Path) -> None:
    assert holding(tmp_path, point_for(GROWN_UP)) == LETTERS | AREAS
    ((code, kept_from, papers),) = found(point_for(GROWN_UP))
    assert (code, kept_from) == ("HD581", "sami")
    assert set(papers.split(", ")) == LETTERS | AREAS


def test_a_child_who_stays_away_keeps_nothing_off_the_table(tmp_path: Path) -> None:
    assert holding(tmp_path, point_for(GROWN_UP), STAYS_AWAY) == {"dagsorden-familieplan", *LETTERS}
    assert found(point_for(GROWN_UP), STAYS_AWAY) == []


def test_a_guest_keeps_a_point_for_some_off_the_table(tmp_path: Path) -> None:
    assert "dagsorden-familieplan" not in holding(tmp_path, point_for(GROWN_UP), STAYS_AWAY, GUEST)
    assert found(point_for(GROWN_UP), STAYS_AWAY, GUEST)[0][:2] == ("HD581", "guests")
    assert found(point_for("all"), GUEST) == []


def test_a_point_for_one_area_stands_in_that_areas_own_copy(tmp_path: Path) -> None:
    assert holding(tmp_path, point_for("[BF]")) == {"familieplan-BF"}
    ((code, _, papers),) = found(point_for("[BF]"))
    assert (code, papers) == ("HD581", "familieplan-BF")


@pytest.mark.parametrize("reader", ["HP", "lina"])
def test_a_point_that_stands_in_no_paper_is_told(reader: str, tmp_path: Path) -> None:
    assert holding(tmp_path, point_for(f"[{reader}]")) == set()
    assert found(point_for(f"[{reader}]")) == [("HD582", "", "")]


def test_a_guest_reads_no_health_workers_profession(tmp_path: Path) -> None:
    serves_all = (
        "{staff: ssk, from: 2026-10-06, for: [nadira]}",
        "{staff: ssk, from: 2026-10-06, for: [nadira, tariq, yasmin]}",
    )
    served = [serves_all, STAYS_AWAY]
    agendas = [
        build_papers(tmp_path / name, ZAMIRANDI, TODAY, *served, *more)["dagsorden-familieplan"]
        for name, more in (("alone", []), ("guest", [GUEST]))
    ]
    assert ["visitator" in agenda.casefold() for agenda in agendas] == [True, False]
    assert all("Sofus Skumring" in agenda for agenda in agendas)


def test_points_of_meetings_behind_us_are_not_told_of() -> None:
    day = on_day(zamirandi(point_for("[HP]")), date(2026, 11, 25))
    assert list(find_points_left_out(Audience(day), wanted_documents(day))) == []
