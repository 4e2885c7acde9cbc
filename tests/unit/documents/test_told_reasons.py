"""What papers say of why: never what the tovholder wrote for herself."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.scalars.reasons import ToldReason, say_reason
from hopdocs.notices.planning.invitations import wanted_family
from tests.unit.documents.example import load_config, load_family
from tests.unit.papers import REGNBUEHOEJ, ZAMIRANDI, build_papers

if TYPE_CHECKING:
    from pathlib import Path

OWN_WORDS = "Anton har trukket sit samtykke og er i behandling"
BEFORE = date(2026, 8, 20)
MEETING = '    start: "10.00"\n    end: "11.00"\n    place: havoern\n    status: cancelled\n'
REASON = "    reason: Familien har trukket sit samtykke.\n"
CLOSING = "closing: {date: 2026-09-08, reason: samtykke trukket, continues: [{plan: barnets plan, area: BF}]}"
STANDS = MEETING.replace("    status: cancelled\n", "")
MOVED = f'{STANDS}    moved: [{{from: "2026-10-13 10.00", on: 2026-08-19, reason: {OWN_WORDS}}}]\n'
GOAL = "direction: børns trivsel}"
ENDED = f"direction: børns trivsel, ended: {{date: 2026-08-19, reason: {OWN_WORDS}}}}}"
RUNNING = ((", withdrawn: [{date: 2026-09-08}]}", "}"), (", {date: 2026-09-08}]}", "]}"))
"""Only Anton has taken one area back, and the course goes on."""
OPEN = (*RUNNING, (CLOSING, ""))


@pytest.mark.parametrize(
    ("changes", "today"),
    [
        ([*OPEN, (REASON, f"    reason: {OWN_WORDS}\n")], BEFORE),
        ([*OPEN, (MEETING + REASON, MOVED)], BEFORE),
        ([*OPEN, (GOAL, ENDED)], BEFORE),
        ([*RUNNING, (CLOSING, f"follow_up: {{every_weeks: 4, reason: {OWN_WORDS}}}")], BEFORE),
        ([*RUNNING, ("samtykke trukket", OWN_WORDS)], date(2026, 9, 10)),
    ],
    ids=["cancelled", "moved", "goal put aside", "rhythm", "closed"],
)
def test_a_reason_in_the_tovholders_own_words_is_in_no_paper(
    changes: list[tuple[str, str]], today: date, tmp_path: Path
) -> None:
    papers = build_papers(tmp_path, REGNBUEHOEJ, today, *changes)
    assert {"familieplan-karla", "familieplan-BF", "invitation-opfoelgning-1-karla"} <= papers.keys()
    assert [stem for stem, text in papers.items() if "behandling og" in text or OWN_WORDS in text] == []


def test_the_word_beside_the_reason_is_what_the_letters_say(tmp_path: Path) -> None:
    papers = build_papers(
        tmp_path, REGNBUEHOEJ, BEFORE, *OPEN, (REASON, f"    reason: {OWN_WORDS}\n    told_as: sygdom\n")
    )
    assert "Det sker af denne grund: Sygdom." in papers["invitation-opfoelgning-1-karla"]


def test_a_meeting_called_off_without_a_word_for_it_says_none(tmp_path: Path) -> None:
    start = 'start: "10.00"\n    end: "12.00"\n    place: havoern'
    off = f"{start}\n    status: aflyst\n    reason: Tariq ville ikke"
    letter = build_papers(tmp_path, ZAMIRANDI, date(2026, 11, 21), (start, off))["invitation-familieplan-nadira"]
    assert "er aflyst" in letter
    assert "denne grund" not in letter


def test_no_mail_about_a_meeting_says_why() -> None:
    family = load_family(REGNBUEHOEJ, *OPEN, (REASON, f"    reason: {OWN_WORDS}\n    told_as: sygdom\n"))
    wanted = json.dumps(wanted_family(FamilyDay.on(family, load_config(), BEFORE)).as_json(), ensure_ascii=False)
    assert '"status": "cancelled"' in wanted
    assert "behandling" not in wanted
    assert "sygdom" not in wanted


@pytest.mark.parametrize(
    ("reason", "told_as", "said"),
    [
        ("Tolken  meldte afbud.", None, "tolken meldte afbud"),
        ("Målene er nået", None, "målet er nået"),
        ("Anton er syg", None, ""),
        ("Anton er syg", ToldReason.SYGDOM, "sygdom"),
        (None, None, ""),
    ],
)
def test_a_reason_is_told_only_in_the_words_that_tell_of_nobody(
    reason: str | None, told_as: ToldReason | None, said: str
) -> None:
    assert say_reason(reason, told_as) == said


OWN = "Søren er på kursus"
START = 'start: "10.00"\n    end: "12.00"\n    place: havoern'


def test_a_family_in_one_home_reads_why_in_the_words_that_were_written_and_professionals_do_not(tmp_path: Path) -> None:
    moved = f'{START}\n    moved: [{{from: "2026-11-23 10.00", on: 2026-11-19, reason: {OWN}}}]'
    papers = build_papers(tmp_path, ZAMIRANDI, date(2026, 11, 21), (START, moved))
    told = {stem for stem, text in papers.items() if OWN in text}
    assert told == {f"invitation-familieplan-{who}" for who in ("nadira", "tariq", "yasmin")}


def test_of_a_family_in_two_homes_neither_reads_it(tmp_path: Path) -> None:
    papers = build_papers(tmp_path, REGNBUEHOEJ, BEFORE, *OPEN, (REASON, f"    reason: {OWN}\n"))
    assert [stem for stem, text in papers.items() if OWN in text] == []
