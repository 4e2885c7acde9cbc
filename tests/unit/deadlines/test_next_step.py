from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.deadlines.next_step import say_step
from hopdocs.domain.family_day import FamilyDay
from hopdocs.package_data import shipped_path
from hopdocs.pages.status import family_status
from hopdocs.sources.families import parse_family
from tests.unit.documents.example import on_day, zamirandi
from tests.unit.pages.sample import TODAY, config

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANSWERED = "    given: 2026-11-17\n    areas: [BF, BES, DU]\n"
_ASKED_OF_VIGGO = "  - member: viggo\n    form_given: 2026-11-10\n    received_by: yym\n"
_SIGNED_BY_VIGGO = "    form_given: 2026-11-10\n    given: 2026-11-18\n    areas: [BF, BES, DU]\n    received_by: yym\n"
_TEAM = "team:\n  - {staff: yym, from: 2026-12-01, for: [sejr]}\n"


def _step(number: str, *edits: Sequence[str], today: date = TODAY) -> str:
    text = (shipped_path("families") / f"hop-{number}.yaml").read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    read = parse_family(text.encode(), "families/f.yaml", config())
    assert read.family is not None, read.diagnostics
    day = FamilyDay.on(read.family, config(), today)
    return say_step(family_status(day).next_step, read.source)


def _everybody_said_yes(*more: str) -> list[tuple[str, str]]:
    return [(_ASKED_OF_VIGGO, f"  - member: viggo\n{_SIGNED_BY_VIGGO}\n{''.join(more)}")]


@pytest.mark.parametrize(
    ("edits", "step"),
    [
        (
            [("information_given: 2026-11-10\n", ""), ("    form_given: 2026-11-10\n", ""), (_ANSWERED, "")],
            'Giv familien informationsbrevet, og skriv dagen: en ny linje nederst i filen, "information_given:"',
        ),
        ([("    areas: [BF, BES, DU]\n", "")], "Skriv, hvilke fagområder Bodil har sagt ja til: linje 54"),
        ([(_ASKED_OF_VIGGO, "")], "Giv Viggo samtykkeerklæringen, og skriv dagen: under linje 53"),
        ([], "Skriv Viggos svar på samtykket, når det er der: linje 59"),
        ([("    custody: true\n", "")], "Skriv, hvem der har forældremyndigheden: linje 19"),
    ],
    ids=["not informed", "areas lack", "no form", "no answer", "no custody"],
)
def test_before_consent_the_next_step_is_what_can_be_done_about_it(edits: list[tuple[str, str]], step: str) -> None:
    assert _step("2026-009", *edits) == step


def test_who_has_waited_long_is_reminded() -> None:
    late = date(2026, 11, 24)
    assert _step("2026-009", today=late) == "Mind Viggo om samtykket, eller skriv svaret: linje 59"


def test_when_all_have_said_yes_a_team_and_then_a_tovholder_are_found() -> None:
    step = _step("2026-009", *_everybody_said_yes())
    assert step == 'Skriv, hvem der er på familieteamet: en ny linje nederst i filen, "team:", eller hopdocs new team'
    step = _step("2026-009", *_everybody_said_yes(_TEAM))
    assert (
        step == 'Skriv, hvem der er tovholder: en ny linje nederst i filen, "tovholder:", eller hopdocs new tovholder'
    )


def test_a_consent_that_ran_out_comes_before_the_work() -> None:
    step = _step("2026-009", *_everybody_said_yes(_TEAM), today=date(2027, 11, 19))
    assert step == "Få Bodils samtykke fornyet, og skriv det: under linje 53"


def test_what_should_have_been_done_comes_first() -> None:
    assert _step("2026-007") == (
        "Aflever invitationen til familieplansmødet, og skriv dagen (skulle være sket senest den "
        '3.\N{NO-BREAK SPACE}november 2026): en ny linje nederst i filen, "deliveries:", eller hopdocs delivered'
    )


def test_what_is_somebody_elses_is_said_with_her_name() -> None:
    delivered = "{document: invitation, meeting: familieplan, to: [nadira], date: 2026-11-02, how: paper}"
    step = _step("2026-007", ("\nmeetings:\n", f"\ndeliveries:\n  - {delivered}\n\nmeetings:\n"))
    assert step == (
        "Skriv delen fra Sundhed og Omsorg af den familiefaglige undersøgelse "
        "(Sofus Skumring; skulle være sket senest den 10.\N{NO-BREAK SPACE}november 2026): under linje 129"
    )


def test_a_meeting_in_the_calendar_is_held_and_not_called_again() -> None:
    lead = "tovholder:\n  - {staff: yym, from: 2026-11-20, chosen_by: team}\n"
    meeting = "meetings:\n  - id: intro\n    type: introduktionsmøde\n    date: 2026-11-24\n    start: 10.00\n"
    meeting += "    end: 11.00\n    place: ternen\n"
    assert _step("2026-009", *_everybody_said_yes(_TEAM, lead, meeting)) == (
        "Hold introduktionsmødet den 24.\N{NO-BREAK SPACE}november 2026: linje 70"
    )
    step = _step("2026-009", *_everybody_said_yes(_TEAM, lead))
    assert step.startswith("Skriv dag og sted for introduktionsmødet, senest den")


def test_an_ended_course_asks_for_no_meeting_and_no_consent() -> None:
    assert _step("2026-002") == ""


@pytest.mark.parametrize("shared", ["[BF, BES, DU]", "[BF, DU]"])
def test_a_step_says_nothing_that_the_tovholders_area_may_not_know(shared: str) -> None:
    """The examination is first of all that is overdue; who leads the course is of the area that is taken out."""
    late = ("since: 2026-03-02}", "since: 2026-03-02, examination: {since: 2026-06-20}}")
    consent = ("given: 2026-09-22, areas: [BF, BES, DU], received_by: iik}", f"given: 2026-09-22, areas: {shared}}}")
    step = family_status(on_day(zamirandi(late, consent))).next_step
    assert step is not None
    assert ("undersøgelse" in step.text, "ikke vises" in step.text) == ("BES" in shared, "BES" not in shared)
