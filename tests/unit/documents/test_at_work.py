"""Who works with whom is told to the own home, and to colleagues whom somebody lets share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.at_work import served_by_area
from hopdocs.documents.audience import Audience
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.scalars.values import AreaCode
from tests.unit.documents.example import load_config, regnbuehoej
from tests.unit.papers import REGNBUEHOEJ, ZAMIRANDI, build_papers

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = date(2026, 8, 20)
RUNNING = ((", withdrawn: [{date: 2026-09-08}]}", "}"), (", {date: 2026-09-08}]}", "]}"))
CLOSED = "closing: {date: 2026-09-08, reason: samtykke trukket, continues: [{plan: barnets plan, area: BF}]}"
PLANNED = ("    status: cancelled\n    reason: Familien har trukket sit samtykke.\n", "")
STAYS = ("to: 2026-08-18, for: [anton]", "for: [anton]")
NOT_YET = ("{date: 2026-08-18, areas: [SO]}", "")
CONSENT_PAPERS = ("informationsbrev", "samtykkeerklaering")
"""They list every area of the municipality, the same to everybody."""


def papers_of(papers: dict[str, str], *readers: str) -> dict[str, str]:
    return {
        stem: text for stem, text in papers.items() if stem.endswith(readers) and not stem.startswith(CONSENT_PAPERS)
    }


def test_the_other_home_reads_nowhere_which_area_works_in_this_one(tmp_path: Path) -> None:
    papers = build_papers(tmp_path, REGNBUEHOEJ, BEFORE, *RUNNING, (CLOSED, ""), PLANNED)
    read = papers_of(papers, "-anton") | papers_of(papers, "dagsorden-opfoelgning-1")
    assert {"familieplan-anton", "invitation-opfoelgning-1-anton", "dagsorden-opfoelgning-1"} <= read.keys()
    assert [stem for stem, text in read.items() if "Handicap og Psykiatri" in text] == []
    assert all("Mette Morgenfrue" in text for stem, text in read.items() if not stem.startswith("kvittering"))
    own = papers_of(papers, "familieplan-karla", "invitation-opfoelgning-1-karla")
    assert all("Handicap og Psykiatri" in text for text in own.values())


@pytest.mark.parametrize(
    ("area", "readers"),
    [
        ("HP", {"familieplan-karla", "familieplan-HP"}),
        ("BF", {"familieplan-karla", "familieplan-anton", "familieplan-BF"}),
    ],
)
def test_what_lives_on_is_told_to_whom_the_area_works_with(area: str, readers: set[str], tmp_path: Path) -> None:
    goes_on = (
        CLOSED,
        f"closing: {{date: 2026-08-19, reason: ferie, continues: [{{plan: særlig hjælp, area: {area}}}]}}",
    )
    papers = build_papers(tmp_path, REGNBUEHOEJ, BEFORE, *RUNNING, goes_on)
    told = {stem for stem, text in papers.items() if "Særlig hjælp" in text}
    assert readers <= told
    assert ("familieplan-anton" in told) is ("familieplan-anton" in readers)


def test_whom_an_area_works_with_is_read_from_cases_team_and_plan() -> None:
    family = regnbuehoej(("  - {area: HP, for: [karla], since: 2025-06-01}\n", ""))
    audience = Audience(FamilyDay.on(family, load_config(), BEFORE))
    assert served_by_area(audience, AreaCode("HP")) == ("karla",)
    assert served_by_area(audience, AreaCode("DU")) == ()


def test_colleagues_do_not_read_of_an_area_that_was_taken_back(tmp_path: Path) -> None:
    before = build_papers(tmp_path / "before", REGNBUEHOEJ, date(2026, 8, 1), *RUNNING, (CLOSED, ""), STAYS, NOT_YET)
    after = build_papers(tmp_path / "after", REGNBUEHOEJ, BEFORE, *RUNNING, (CLOSED, ""), STAYS)
    assert "Hanne Havgus" in before["familieplan-BF"]
    assert [stem for stem, text in after.items() if stem.startswith("familieplan-") and "misbrugs" in text] == []
    assert "Hanne Havgus" not in after["familieplan-BF"] + after["familieplan-HP"]


def test_who_serves_only_people_that_took_her_area_back_is_on_no_list(tmp_path: Path) -> None:
    there = build_papers(tmp_path / "there", REGNBUEHOEJ, BEFORE, *RUNNING, (CLOSED, ""), PLANNED, STAYS, NOT_YET)
    gone = build_papers(tmp_path / "gone", REGNBUEHOEJ, BEFORE, *RUNNING, (CLOSED, ""), PLANNED, STAYS)
    tables = {f"{kind}-opfoelgning-1" for kind in ("dagsorden", "indkaldelse")} | {"invitation-opfoelgning-1-karla"}
    assert all("Hanne Havgus" in there[stem] for stem in tables)
    assert {stem for stem, text in gone.items() if "Hanne Havgus" in text} <= {"familieplan-anton"}


def test_a_plan_lists_colleagues_only_where_somebody_they_serve_shares_with_its_area(tmp_path: Path) -> None:
    papers = build_papers(tmp_path, ZAMIRANDI, date(2026, 11, 21))
    assert "Pelle Pærevang" not in papers["familieplan-SO"]
    assert "Pelle Pærevang" in papers["familieplan-BF"]
    assert "Sofus Skumring" in papers["familieplan-BES"]


def test_at_one_table_colleagues_know_each_other_where_one_consent_covers_both(tmp_path: Path) -> None:
    papers = build_papers(tmp_path, ZAMIRANDI, date(2026, 11, 21))
    assert "medarbejder i kommunen" not in papers["indkaldelse-familieplan"].casefold()
