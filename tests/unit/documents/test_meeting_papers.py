from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.agendas import OWN_POINTS
from hopdocs.documents.desired import wanted_documents
from hopdocs.documents.kinds.dagsorden import DagsordenContext
from hopdocs.documents.kinds.indkaldelse import IndkaldelseContext
from hopdocs.documents.kinds.invitation import InvitationContext
from hopdocs.documents.letterhead import PLAIN_TITLE
from hopdocs.model.meeting import MeetingType
from hopdocs.model.meeting_answers import MeetingAnswer
from tests.unit.documents.example import TODAY, on_day, regnbuehoej, wanted, words_of, zamirandi
from tests.unit.papers import ZAMIRANDI, build_papers

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.model.family import Family

START = 'start: "10.00"\n    end: "12.00"\n    place: havoern'
BEFORE_WITHDRAWAL = date(2026, 8, 1)


def invitation(family: Family, who: str, meeting: str = "familieplan", today: date = TODAY) -> InvitationContext:
    context = wanted(family, today=today)[f"invitation-{meeting}-{who}"].context
    assert isinstance(context, InvitationContext)
    return context


def indkaldelse(family: Family, meeting: str = "familieplan", today: date = TODAY) -> IndkaldelseContext:
    context = wanted(family, today=today)[f"indkaldelse-{meeting}"].context
    assert isinstance(context, IndkaldelseContext)
    return context


def dagsorden(family: Family, meeting: str = "familieplan", today: date = TODAY) -> DagsordenContext:
    context = wanted(family, today=today)[f"dagsorden-{meeting}"].context
    assert isinstance(context, DagsordenContext)
    return context


def test_an_invitation_says_when_where_who_and_what_about() -> None:
    letter = invitation(zamirandi(), "nadira")
    assert letter.meeting.when.replace("\u00a0", " ") == "tirsdag den 24. november 2026 kl. 10.00–12.00"
    assert letter.meeting.directions == "Indgang fra gården. Der er elevator."
    assert letter.family_points[0] == "Vi vil gerne tale om Samis skole."
    assert letter.family == ("Tariq Zamirandi", "Yasmin Zamirandi")
    assert letter.interpreter is not None
    assert letter.interpreter.is_booked


def test_the_coordinator_stands_among_those_who_come_to_the_introduktionsmøde() -> None:
    names = [line.name for line in indkaldelse(zamirandi(), "intro").participants]
    assert names[-1] == "Kamma Korsedderkop"
    assert "Kamma Korsedderkop" not in [line.name for line in indkaldelse(zamirandi()).participants]


def test_a_health_worker_is_named_but_not_placed_for_those_she_does_not_serve() -> None:
    titles = {
        who: {line.name: line.title for line in invitation(zamirandi(), who).participants}["Sofus Skumring"]
        for who in ("nadira", "tariq", "yasmin")
    }
    assert titles == {"nadira": "visitator", "tariq": PLAIN_TITLE, "yasmin": PLAIN_TITLE}
    assert {line.name: line.title for line in indkaldelse(zamirandi()).participants}["Sofus Skumring"] == "visitator"
    assert {line.name: line.title for line in dagsorden(zamirandi()).participants}["Sofus Skumring"] == PLAIN_TITLE


WITHOUT_HEALTH = (START, f"{START}\n    invited: [rri, ppa]")
GUEST = (START, f"{START}\n    invited: [rri, ppa]\n    guests: [{{name: Bo Bisidder, role: bisidder}}]")


@pytest.mark.parametrize(
    ("change", "at_table", "in_summons"),
    [((START, START), "", ""), (WITHOUT_HEALTH, "de første", "de første"), (GUEST, "", "de første")],
)
def test_which_part_a_child_comes_to_is_for_those_who_may_know_of_it(
    change: tuple[str, str], at_table: str, in_summons: str
) -> None:
    family = zamirandi(change)
    papers = dagsorden(family).children, indkaldelse(family).children, invitation(family, "tariq").children
    parts = [next(line.part for line in lines if line.first_name == "Sami") for lines in papers]
    assert [part[:9] for part in parts] == [at_table, in_summons, "de første"]


def test_a_treatment_worker_does_not_tell_one_home_about_the_other() -> None:
    letter = invitation(regnbuehoej(), "karla", today=BEFORE_WITHDRAWAL)
    assert "misbrugsbehandler" not in " ".join(words_of(letter))
    assert "misbrugsbehandler" in " ".join(words_of(invitation(regnbuehoej(), "anton", today=BEFORE_WITHDRAWAL)))


def test_a_stand_in_is_named_with_whom_she_stands_in_for() -> None:
    replaced = invitation(zamirandi((START, f"{START}\n    stand_ins: {{ppa: mmo}}")), "nadira")
    assert "Mette Morgenfrue" not in {line.name for line in replaced.participants}  # no one lets HP share
    replaced = invitation(zamirandi((START, f"{START}\n    stand_ins: {{ppa: tta}}")), "nadira")
    assert {line.name: line.stands_in_for for line in replaced.participants}["Torben Tågehorn"] == "Pelle Pærevang"


def test_parents_read_about_all_their_children_and_a_youth_about_herself() -> None:
    assert [line.first_name for line in invitation(zamirandi(), "tariq").children] == ["Yasmin", "Sami", "Lina", "Omar"]
    own = invitation(zamirandi(), "yasmin").children
    assert [(line.first_name, line.is_reader) for line in own] == [("Yasmin", True)]
    assert all(line.view == "" for line in invitation(zamirandi(), "tariq").children)


def test_the_team_reads_a_childs_reason_only_where_all_of_it_may() -> None:
    lines = {line.first_name: line for line in indkaldelse(zamirandi()).children}
    assert lines["Sami"].reason == ""  # the health area has no consent for him
    without_health = zamirandi(("  - {staff: ssk, from: 2026-10-06, for: [nadira]}\n", ""))
    lines = {line.first_name: line for line in indkaldelse(without_health).children}
    assert lines["Sami"].reason == "Han vil selv fortælle om skolen."
    assert lines["Lina"].view == "Har tegnet sine ønsker sammen med Birthe."


def test_an_agenda_says_who_comes_and_nothing_of_why() -> None:
    for line in dagsorden(zamirandi()).children:
        assert (line.reason, line.view) == ("", "")


def test_an_agenda_says_who_has_answered_once_somebody_has() -> None:
    """And the other papers of the meeting are as they were."""
    known = {
        "familieplan": {
            "rri@vesterlyng.example": MeetingAnswer.ACCEPTED,
            "ppa@vesterlyng.example": MeetingAnswer.DECLINED,
        }
    }
    before = {item.stem: item.context for item in wanted_documents(on_day(zamirandi()))}
    after = {item.stem: item.context for item in wanted_documents(on_day(zamirandi()), known)}
    assert [stem for stem in after if after[stem] != before[stem]] == ["dagsorden-familieplan"]
    agenda, silent = after["dagsorden-familieplan"], before["dagsorden-familieplan"]
    assert isinstance(agenda, DagsordenContext)
    assert isinstance(silent, DagsordenContext)
    assert {line.answer for line in silent.participants} == {""}
    said = {line.name: line.answer for line in agenda.participants}
    assert (said["Rigmor Rimfrost"], said["Pelle Pærevang"]) == ("kommer", "kommer ikke")
    assert set(said.values()) == {"kommer", "kommer ikke", "ikke svaret"}


def test_a_point_for_some_is_not_on_the_paper_for_all() -> None:
    private = zamirandi(
        ("      - Vi vil gerne tale om Samis skole.", "      - {point: Kun os to., visible_to: [nadira]}")
    )
    assert "Kun os to." in invitation(private, "nadira").family_points
    assert "Kun os to." not in invitation(private, "tariq").family_points
    assert "Kun os to." not in dagsorden(private).family_points


def test_a_moved_meeting_tells_its_old_time_and_a_cancelled_one_only_why() -> None:
    moved = zamirandi(
        (START, f'{START}\n    moved: [{{from: "2026-11-20 10.00", on: 2026-11-18, reason: Tolken kan ikke.}}]')
    )
    letter = invitation(moved, "nadira")
    assert letter.moved is not None
    assert letter.moved.from_ == datetime(2026, 11, 20, 10)  # noqa: DTZ001 - local time by contract
    assert letter.document.title == "Nyt tidspunkt for familieplansmødet"
    off = invitation(zamirandi((START, f"{START}\n    status: aflyst\n    reason: Tolken meldte afbud")), "nadira")
    assert (off.cancelled, off.reason, off.participants, off.agenda) == (True, "Tolken meldte afbud", (), ())


def test_a_meeting_at_home_never_prints_an_address() -> None:
    at_home = regnbuehoej(
        (
            'start: "10.00"\n    end: "12.00"\n    place: havoern',
            'start: "10.00"\n    end: "12.00"\n    place: home:anton',
        )
    )
    assert invitation(at_home, "anton", today=BEFORE_WITHDRAWAL).meeting.place == "Hjemme hos jer"
    assert invitation(at_home, "karla", today=BEFORE_WITHDRAWAL).meeting.place == "Hjemme hos Anton Regnbuehøj"
    assert indkaldelse(at_home, today=BEFORE_WITHDRAWAL).meeting.place == "Hjemme hos Anton Regnbuehøj"


def test_the_agenda_is_the_meetings_own_else_the_municipalitys_else_ours() -> None:
    assert [line.point for line in dagsorden(zamirandi()).agenda][-1] == "Næste møde"
    assert dagsorden(zamirandi(), "opfoelgning-1").agenda[0].point == "Siden sidst"
    ours = dagsorden(zamirandi(), "formoede")
    assert ours.agenda[0].point == "Formål og tavshedspligt"
    assert ours.planned_minutes == 90


def test_our_own_points_are_cut_to_a_short_meeting_and_left_without_minutes_in_one_too_short() -> None:
    def of_length(end: str) -> list[int]:
        formøde = ('start: "09.00"\n    end: "10.30"', f'start: "09.00"\n    end: "{end}"')
        return [line.minutes for line in dagsorden(zamirandi(formøde), "formoede").agenda]

    assert sum(of_length("10.30")) == 90
    assert sum(of_length("09.50")) == 50
    assert min(of_length("09.50")) == 5
    assert set(of_length("09.30")) == {0}


@pytest.mark.parametrize("kind", MeetingType)
def test_every_meeting_type_has_points_of_its_own(kind: MeetingType) -> None:
    points = OWN_POINTS[kind]
    assert points
    assert len({point for point, _ in points}) == len(points)


def test_the_summons_tells_the_limits_of_the_consents() -> None:
    scope = {line.name: line.areas for line in indkaldelse(zamirandi()).scope}
    assert "Sundhed og Omsorg" in scope["Nadira Zamirandi"]
    assert "Sundhed og Omsorg" not in scope["Sami Zamirandi"]
    assert indkaldelse(zamirandi()).case_url == "https://records.vesterlyng.example/26-012345"


def test_the_summons_names_only_those_areas_that_are_asked() -> None:
    few = zamirandi((START, f"{START}\n    invited: [rri, ppa, iik]"))
    assert {line.name: line.areas for line in indkaldelse(few).scope}["Nadira Zamirandi"] == (
        "Børn og Familie",
        "Dagtilbud og Undervisning",
        "Beskæftigelse",
    )


def test_the_premeeting_says_when_ones_own_part_must_be_ready() -> None:
    assert indkaldelse(zamirandi(), "formoede").own_part_due == date(2026, 11, 5)
    assert indkaldelse(zamirandi()).own_part_due is None


def test_meetings_of_professionals_have_no_family_and_no_children() -> None:
    for meeting in ("intro", "formoede"):
        assert (indkaldelse(zamirandi(), meeting).family, indkaldelse(zamirandi(), meeting).children) == ((), ())
        assert f"invitation-{meeting}-nadira" not in wanted(zamirandi())


def test_an_interview_is_a_letter_to_the_family_alone() -> None:
    talk = zamirandi(("type: opfølgningsmøde", "type: interview"))
    papers = {stem for stem, item in wanted(talk).items() if item.meeting == "opfoelgning-1"}
    assert papers == {f"invitation-opfoelgning-1-{who}" for who in ("nadira", "tariq", "yasmin")}
    letter = invitation(talk, "nadira", "opfoelgning-1")
    assert letter.document.title == "Invitation til samtale"
    assert [line.name for line in letter.participants] == ["Ingolf Iskrystal"]


def test_two_children_with_one_first_name_are_told_apart_in_every_list() -> None:
    namesake = zamirandi(("name: Lina Zamirandi", "name: Sami Nour Zamirandi"))
    names = {line.first_name for line in invitation(namesake, "nadira").children}
    assert {"Sami Zamirandi", "Sami Nour Zamirandi"} <= names


def test_two_with_all_of_a_name_are_told_apart_by_birthday_and_twins_by_their_key() -> None:
    same = zamirandi(("name: Lina Zamirandi", "name: Sami Zamirandi"))
    assert {line.name for line in invitation(same, "nadira").children} >= {
        "Sami Zamirandi (født 3.12.2013)",
        "Sami Zamirandi (født 30.8.2018)",
    }
    twins = zamirandi(
        ("name: Lina Zamirandi, role: child, born: 2018-08-30", "name: Sami Zamirandi, role: child, born: 2013-12-03")
    )
    assert {line.name for line in indkaldelse(twins).scope} >= {"Sami Zamirandi (sami)", "Sami Zamirandi (lina)"}


def test_no_birthday_tells_two_apart_where_professionals_or_guests_read(tmp_path: Path) -> None:
    papers = build_papers(tmp_path, ZAMIRANDI, TODAY, ("name: Lina Zamirandi", "name: Sami Zamirandi"))
    read = [text for stem, text in papers.items() if stem.startswith(("dagsorden", "indkaldelse", "familieplan-BF"))]
    assert all("født" not in text for text in read)
    assert "Sami Zamirandi (lina)" in papers["familieplan-BF"] + papers["indkaldelse-familieplan"]
    assert "Sami Zamirandi (født 30.8.2018)" in papers["familieplan-nadira"]


def test_a_child_with_two_homes_is_told_whose_home_it_is() -> None:
    tariq = "language: dari\n    interpreter: true\n    post: paper"
    own_home = f"{tariq}\n    contact: {{address: Opdigtvej 9, postcode: 9999, city: Vesterlyng}}"
    yasmin = "role: child, born: 2009-04-18, post: digital"
    both = zamirandi(
        (tariq, own_home),
        (yasmin, f"{yasmin}, lives_with: [nadira, tariq]"),
        (START, START.replace("havoern", "home:tariq")),
    )
    assert invitation(both, "yasmin").meeting.place == "Hjemme hos Tariq Zamirandi"
    assert invitation(both, "tariq").meeting.place == "Hjemme hos jer"
    assert invitation(both, "nadira").meeting.place == "Hjemme hos Tariq Zamirandi"


def test_an_interpreter_who_was_cancelled_is_in_no_letter() -> None:
    booked = "booked: 2026-10-28}"
    assert invitation(zamirandi((booked, "booked: 2026-10-28, cancelled: 2026-11-20}")), "nadira").interpreter is None


def test_the_profession_of_who_works_in_one_home_alone_is_kept_from_the_other() -> None:
    team = "  - {staff: rri, from: 2026-02-17, for: [storm]}\n"
    family = regnbuehoej((team, "  - {staff: rri, from: 2026-02-17, for: [karla]}\n"))
    letter = invitation(family, "anton", today=BEFORE_WITHDRAWAL)
    assert {line.name: line.title for line in letter.participants}["Rigmor Rimfrost"] == PLAIN_TITLE
    shared = invitation(regnbuehoej(), "anton", today=BEFORE_WITHDRAWAL)
    assert {line.name: line.title for line in shared.participants}["Rigmor Rimfrost"] == "familierådgiver"


def test_the_scope_names_no_area_whose_consent_has_run_out_unless_it_ran_on_the_day_of_the_meeting() -> None:
    running = {line.name: line.areas for line in indkaldelse(zamirandi()).scope}
    assert running["Yasmin Zamirandi"] == ("Børn og Familie", "Dagtilbud og Undervisning", "Beskæftigelse")
    year_later = wanted(zamirandi(), today=date(2027, 9, 23))["indkaldelse-familieplan"]
    assert isinstance(year_later.context, IndkaldelseContext)
    assert {line.name: line.areas for line in year_later.context.scope} == running
    assert year_later.stays_only
    assert isinstance(year_later.as_of_today, IndkaldelseContext)
    assert {line.areas for line in year_later.as_of_today.scope} == {()}, "what is made anew then"
