"""When each small letter exists, to whom, and with which day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.kinds.letters.dataanmodning import DataanmodningContext
from hopdocs.documents.kinds.letters.overdragelse import OverdragelsesnotatContext
from hopdocs.documents.kinds.letters.table import LETTERS
from hopdocs.documents.kinds.table import find_kind
from tests.unit.documents.example import TODAY, on_day, regnbuehoej, wanted, words_of, zamirandi
from tests.unit.documents.minutes_sample import NEXT_MEETING, held

if TYPE_CHECKING:
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.model.family import Family

NAMES = {kind.name for kind in LETTERS}
YES = "given: 2026-09-22, areas: [BF, BES, DU], received_by: iik}"
"""Tariq's line."""
WAITING = (YES, "received_by: iik}")
REFUSED = (YES, "refused: 2026-10-01, received_by: iik}")
RUNNING = ((", withdrawn: [{date: 2026-09-08}]}", "}"), (", {date: 2026-09-08}]}", "]}"))
OPEN = (
    *RUNNING,
    ("closing: {date: 2026-09-08, reason: samtykke trukket, ", "closing: {date: 2026-09-08, reason: ferie, "),
)
NOT_CLOSED = (
    *RUNNING,
    ("closing: {date: 2026-09-08, reason: samtykke trukket, continues: [{plan: barnets plan, area: BF}]}", ""),
)


def letters_of(family: Family, today: date = TODAY) -> dict[str, WantedDocument]:
    return {stem: item for stem, item in wanted(family, today=today).items() if item.kind.name in NAMES}


def is_called_for(family: Family, document: WantedDocument, today: date = TODAY) -> bool:
    kind = find_kind(document.kind.name)
    assert kind is not None
    assert kind.is_called_for is not None
    return kind.is_called_for(on_day(family, today), document.meeting or "", document.recipient or "")


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 9, 28), None),
        (date(2026, 9, 29), date(2026, 9, 29)),
        (date(2026, 10, 12), date(2026, 9, 29)),
        (date(2026, 10, 13), date(2026, 10, 13)),
        (date(2027, 6, 1), date(2026, 10, 13)),
    ],
)
def test_who_has_not_answered_is_reminded_twice_and_no_more(today: date, day: date | None) -> None:
    found = {stem: item.date for stem, item in letters_of(zamirandi(WAITING), today).items()}
    assert found == ({"samtykke-paamindelse-tariq": day} if day else {})


def test_the_second_reminder_is_the_same_letter_with_another_day() -> None:
    first, second = (
        letters_of(zamirandi(WAITING), day)["samtykke-paamindelse-tariq"]
        for day in (date(2026, 9, 29), date(2026, 10, 13))
    )
    assert first.context == second.context
    assert is_called_for(zamirandi(WAITING), second)


def test_a_form_that_was_never_handed_out_is_not_reminded_of() -> None:
    unasked = zamirandi(
        ("  - {member: tariq, form_given: 2026-09-15, given: 2026-09-22, areas", "  - {member: nadira, areas")
    )
    assert letters_of(unasked) == {}


def test_before_all_have_answered_nobody_gets_a_receipt_or_hears_of_a_tovholder() -> None:
    assert set(letters_of(zamirandi(WAITING), date(2026, 9, 25))) == set()


def test_after_a_no_there_is_the_confirmation_alone_one_for_each_who_was_asked() -> None:
    family = zamirandi(REFUSED)
    letters = letters_of(family)
    assert set(letters) == {f"bekraeftelse-paa-nej-{who}" for who in ("nadira", "tariq", "yasmin")}
    assert {item.date for item in letters.values()} == {date(2026, 10, 1)}
    assert all(is_called_for(family, item) for item in letters.values())


def test_nobody_reads_who_said_no_but_who_said_it() -> None:
    letters = letters_of(zamirandi(REFUSED))
    texts = {stem.rpartition("-")[2]: " ".join(words_of(item.context)) for stem, item in letters.items()}
    assert "Tariq" not in texts["nadira"]
    assert letters["bekraeftelse-paa-nej-nadira"].title == "Der bliver ikke lavet en plan"
    assert letters["bekraeftelse-paa-nej-tariq"].title == "Vi har fået dit svar"


def test_after_a_no_nobody_is_asked_for_a_consent_any_more() -> None:
    family = zamirandi(REFUSED)
    forms = [item for item in wanted(family).values() if item.kind.name == "samtykkeerklaering"]
    assert forms
    assert not any(is_called_for(family, item) for item in forms)


def test_each_who_said_yes_has_a_receipt_of_what_she_ticked_and_for_whom() -> None:
    letters = letters_of(zamirandi())
    receipt = letters["kvittering-for-samtykke-nadira"]
    words = words_of(receipt.context)
    assert receipt.date == date(2026, 9, 22)
    assert {"Sundhed og Omsorg", "Beskæftigelse", "Sami", "Lina", "Omar", "Ingolf Iskrystal"} <= set(words)
    assert "Yasmin" not in words
    assert "Sami" not in words_of(letters["kvittering-for-samtykke-yasmin"].context)


def test_a_receipt_is_one_to_deliver_for_four_weeks() -> None:
    family = zamirandi()
    receipt = letters_of(family)["kvittering-for-samtykke-nadira"]
    assert is_called_for(family, receipt, date(2026, 10, 20))
    assert not is_called_for(family, receipt, date(2026, 10, 21))


def test_who_takes_a_part_back_alone_gets_a_receipt_and_the_rest_goes_on() -> None:
    today = date(2026, 9, 1)
    letters = letters_of(regnbuehoej(), today)
    (receipt,) = (item for stem, item in letters.items() if "tilbagekaldelse" in stem)
    assert (receipt.recipient, receipt.date) == ("anton", date(2026, 8, 18))
    context = receipt.context
    assert getattr(context, "areas") == ("Sundhed og Omsorg",)  # noqa: B009 - a field of this kind alone
    assert getattr(context, "left") == ("Børn og Familie",)  # noqa: B009
    assert not [stem for stem in letters if stem.startswith("afslutning")]


def test_when_all_is_taken_back_each_gets_a_receipt_and_the_note_that_it_has_ended() -> None:
    letters = letters_of(regnbuehoej())
    kinds = ("kvittering-for-tilbagekaldelse", "afslutningsnotat")
    assert set(letters) == {f"{kind}-{who}" for kind in kinds for who in ("karla", "anton")}
    assert {item.date for item in letters.values()} == {date(2026, 9, 8)}
    assert all(is_called_for(regnbuehoej(), item, date(2027, 2, 1)) for item in letters.values())
    texts = [" ".join(words_of(item.context)) for item in letters.values()]
    assert not any(secret in text for text in texts for secret in ("Rusmiddel", "ro ved bordet", "samtykke trukket"))


def test_the_last_count_is_asked_for_after_a_withdrawal_too() -> None:
    uncounted = regnbuehoej(("    - {date: 2026-09-08, counts: {BF: 1, SO: 1, HP: 1}}\n", ""))
    asked = {stem for stem, item in letters_of(uncounted).items() if item.kind.name == "dataanmodning"}
    assert asked == {"dataanmodning-HP", "dataanmodning-BF"}


def test_the_course_ended_when_nobody_with_custody_was_left_whatever_is_written_later() -> None:
    later = (
        ("    - {date: 2026-09-08, counts: {BF: 1, SO: 1, HP: 1}}\n", ""),
        ("closing: {date: 2026-09-08", "closing: {date: 2026-09-15"),
        ("  storm: {", "  gerda: {name: Gerda Regnbuehøj, role: other, born: 1960-01-01}\n  storm: {"),
        (
            "team:\n",
            (
                "  - {member: gerda, form_given: 2026-01-20, given: 2026-02-03, areas: [SO], received_by: mmo, "
                "withdrawn: [{date: 2026-09-20}]}\n\nteam:\n"
            ),
        ),
    )
    letters = letters_of(regnbuehoej(*later))
    assert letters["afslutningsnotat-karla"].date == date(2026, 9, 8)
    requests = {stem: item.context for stem, item in letters.items() if stem.startswith("dataanmodning")}
    assert set(requests) == {"dataanmodning-HP", "dataanmodning-BF"}
    for context in requests.values():
        assert isinstance(context, DataanmodningContext)
        assert [line.due for line in context.draws if line.name == "Ved afslutning"] == [date(2026, 9, 8)]


def test_a_count_is_asked_of_each_area_on_the_team_from_two_weeks_before() -> None:
    missing = zamirandi(("    - {date: 2026-10-06, counts: {BF: 1, BES: 2, DU: 3, SO: 1}}\n", ""))
    areas = ("BF", "BES", "SO", "DU")
    for family, today, draws in (
        (missing, TODAY, ("Ved start",)),
        (zamirandi(), date(2027, 3, 22), ()),
        (zamirandi(), date(2027, 3, 23), ("6 måneder efter start",)),
    ):
        asked = {stem: item for stem, item in letters_of(family, today).items() if stem.startswith("dataanmodning")}
        assert set(asked) == ({f"dataanmodning-{area}" for area in areas} if draws else set())
        for item in asked.values():
            words = words_of(item.context)
            assert [word for word in words if word in ("Ved start", "6 måneder efter start")] == list(draws)
            assert "Zamirandi" not in " ".join(words)


def test_the_family_hears_who_is_tovholder_and_who_was() -> None:
    shift = zamirandi(
        (
            "chosen_by: team, substitute: rri}",
            "chosen_by: team, substitute: rri}\n  - {staff: rri, from: 2026-11-20, chosen_by: family}",
        )
    )
    first, now = letters_of(zamirandi())["ny-tovholder-nadira"], letters_of(shift)["ny-tovholder-nadira"]
    assert (first.title, first.date) == ("Hvem er tovholder", date(2026, 10, 6))
    assert (now.title, now.date) == ("Ny tovholder", date(2026, 11, 20))
    assert now.context.tovholder.name == "Rigmor Rimfrost"
    assert "Ingolf Iskrystal" in words_of(now.context)
    assert is_called_for(shift, now)
    assert not is_called_for(zamirandi(), first)


def test_the_new_tovholders_area_gets_a_note_and_no_other_does() -> None:
    shift = zamirandi(
        (
            "chosen_by: team, substitute: rri}",
            "chosen_by: team, substitute: rri}\n  - {staff: rri, from: 2026-11-20, chosen_by: family}",
        )
    )
    notes = {stem: item for stem, item in letters_of(shift).items() if stem.startswith("overdragelse")}
    assert set(notes) == {"overdragelsesnotat-BF"}
    words = words_of(notes["overdragelsesnotat-BF"].context)
    assert "Opfølgningsmøde tirsdag den 19.\u00a0januar 2027" not in words
    assert any(word.startswith("Familieplansmøde tirsdag den 24.") for word in words)
    assert not [stem for stem in letters_of(zamirandi()) if stem.startswith("overdragelse")]


TALK = """\
  - id: samtale
    type: interview
    date: 2026-12-01
    start: "10.00"
    end: "11.00"
    place: ternen
    status: held
    minutes: {by: iik, points: [{point: Hjemme, agreed: Ingolf ringer til Nadira, who: iik}]}
"""
SHIFT = (
    "chosen_by: team, substitute: rri}",
    "chosen_by: team, substitute: rri}\n  - {staff: rri, from: 2026-12-04, chosen_by: family}",
)


def handed_over(*changes: tuple[str, str], today: date = date(2026, 12, 4)) -> list[tuple[str, str]]:
    family = held(SHIFT, (NEXT_MEETING, TALK + NEXT_MEETING), *changes)
    context = letters_of(family, today)["overdragelsesnotat-BF"].context
    assert isinstance(context, OverdragelsesnotatContext)
    return [(line.agreed, line.who) for line in context.agreed]


def test_the_new_tovholder_finds_what_her_area_may_read_of_all_that_was_open_on_her_first_day() -> None:
    door, others = (
        ("Pelle møder Sami ved døren", "Pelle Pærevang"),
        [("Sofus finder en tid", "Sofus Skumring"), ("Yasmin melder sig i klubben", "Yasmin Zamirandi")],
    )
    assert handed_over() == [door, *others]
    done = ("due: 2026-12-01, decided_in: DU", "due: 2026-12-01, done: {}, decided_in: DU")
    assert handed_over((done[0], done[1].format("2026-12-02"))) == others
    later = (done[0], done[1].format("2026-12-05"))
    assert handed_over(later, today=date(2026, 12, 6)) == [door, *others]
    assert handed_over(("status: held\n    attendance", "status: cancelled\n    attendance")) == []


def test_choosing_the_same_tovholder_again_is_no_shift() -> None:
    letters = letters_of(regnbuehoej(*NOT_CLOSED), date(2026, 4, 1))
    assert letters["ny-tovholder-karla"].date == date(2026, 2, 17)
    assert not [stem for stem in letters if stem.startswith("overdragelse")]


START = 'start: "10.00"\n    end: "12.00"'
HELD = (
    "measurements:",
    (
        "deliveries:\n  - {document: invitation, meeting: familieplan, to: [nadira], date: 2026-11-10, how: paper}\n"
        "measurements:"
    ),
)
MOVE = (
    START,
    f'{START}\n    moved: [{{from: "2026-11-17 10.00", on: 2026-11-12, reason: Tariq er syg, told_as: sygdom}}]',
)
OFF = (START, f"{START}\n    status: cancelled\n    reason: Tariq er syg\n    told_as: sygdom")


@pytest.mark.parametrize(("change", "name"), [(MOVE, "moede-flyttet"), (OFF, "moede-aflyst")])
def test_who_holds_an_invitation_that_is_no_longer_right_gets_a_short_letter_instead_of_another(
    change: tuple[str, str], name: str
) -> None:
    family = zamirandi(change, HELD)
    letters = {stem: item for stem, item in letters_of(family).items() if stem.startswith("moede")}
    assert set(letters) == {f"{name}-familieplan-nadira"}
    (letter,) = letters.values()
    assert "sygdom" in words_of(letter.context)
    assert "Tariq er syg" not in words_of(letter.context)
    assert is_called_for(family, letter)
    invitations = {who: wanted(family)[f"invitation-familieplan-{who}"] for who in ("nadira", "tariq")}
    assert not is_called_for(family, invitations["nadira"])
    assert is_called_for(family, invitations["tariq"])


def test_an_invitation_to_the_new_time_calls_for_no_letter_about_the_move() -> None:
    newer = zamirandi(MOVE, (HELD[0], HELD[1].replace("2026-11-10", "2026-11-13")))
    assert not [stem for stem in letters_of(newer) if stem.startswith("moede")]
    assert is_called_for(newer, wanted(newer)["invitation-familieplan-nadira"])


def test_a_covering_letter_lies_on_the_plan_once_the_family_has_met_about_it() -> None:
    assert not [stem for stem in letters_of(zamirandi()) if stem.startswith("foelgebrev")]
    after = letters_of(zamirandi(), date(2026, 11, 25))
    assert {stem for stem in after if stem.startswith("foelgebrev")} == {
        f"foelgebrev-{who}" for who in ("nadira", "tariq", "yasmin")
    }
    later = letters_of(zamirandi(), date(2027, 1, 20))
    assert after["foelgebrev-nadira"].context == later["foelgebrev-nadira"].context
    assert (after["foelgebrev-nadira"].date, later["foelgebrev-nadira"].date) == (date(2026, 11, 24), date(2027, 1, 19))


WAIT = (
    "waiting_times:\n  - {activity: smerter, area: SO, applied: 2026-08-01, consequence: Nadira har ondt}\n"
    "measurements:"
)


def test_a_long_wait_is_told_to_the_steering_group_without_a_name_or_a_treatment() -> None:
    health = zamirandi(("measurements:", WAIT))
    (letter,) = (item for stem, item in letters_of(health).items() if stem == "ventetid")
    text = " ".join(words_of(letter.context))
    assert letter.recipient is None
    assert letter.date == date(2026, 9, 27)
    assert "Sundhed og Omsorg" in text
    for secret in ("Nadira", "Smerte", "ondt", "Zamirandi"):
        assert secret not in text
    work = zamirandi(
        (
            "measurements:",
            WAIT.replace("smerter, area: SO", "praktik, area: BES").replace("Nadira har ondt", "pladsen går tabt"),
        )
    )
    text = " ".join(words_of(letters_of(work)["ventetid"].context))
    assert "Virksomhedspraktik" in text
    assert "pladsen går tabt" in text


def test_a_wait_is_told_of_from_the_day_on_which_it_is_too_long_and_does_not_grow_by_the_day() -> None:
    waiting = zamirandi(("measurements:", WAIT.replace("2026-08-01", "2026-10-01")))
    assert "ventetid" not in letters_of(waiting, date(2026, 11, 26))
    first, later = (letters_of(waiting, day)["ventetid"] for day in (date(2026, 11, 27), date(2026, 12, 30)))
    assert first.context == later.context


def test_a_wait_in_an_area_that_nobody_lets_share_is_told_to_nobody() -> None:
    without = zamirandi(
        ("measurements:", WAIT),
        ("areas: [BF, BES, DU, SO], received_by: iik", "areas: [BF, BES, DU], received_by: iik"),
    )
    assert "ventetid" not in letters_of(without)


def test_a_course_that_is_closed_ends_with_a_letter_to_each_and_a_request_to_the_finance_department() -> None:
    letters = letters_of(regnbuehoej(*OPEN), date(2026, 9, 10))
    closing = {stem: item for stem, item in letters.items() if stem.startswith("afslutning")}
    assert set(closing) == {"afslutningsbrev-karla", "afslutningsbrev-anton"}
    assert {item.date for item in closing.values()} == {date(2026, 9, 8)}
    text = " ".join(words_of(closing["afslutningsbrev-karla"].context))
    assert "ferie" in text
    assert "Fire aftener om ugen" in text
    costs = letters["udgiftsanmodning"]
    assert (getattr(costs.context, "first_month"), getattr(costs.context, "last_month")) == (  # noqa: B009
        date(2026, 2, 1),
        date(2026, 9, 1),
    )
    assert "Regnbuehøj" not in " ".join(words_of(costs.context))


def test_the_closing_letter_says_how_far_each_goal_that_its_reader_may_see_has_come() -> None:
    closed = zamirandi(("measurements:", "closing: {date: 2026-11-20, reason: målet er nået}\nmeasurements:"))
    letters = letters_of(closed)
    texts = {who: " ".join(words_of(letters[f"afslutningsbrev-{who}"].context)) for who in ("nadira", "tariq")}
    assert all("Samis fravær er under 10 % i marts 2027. på vej" in text for text in texts.values())
    assert "Nadira går til dansk" in texts["nadira"]
    assert "Nadira går til dansk" not in texts["tariq"]


def test_a_course_that_runs_has_neither_closing_letter_nor_cost_request() -> None:
    assert not [stem for stem in letters_of(zamirandi()) if stem.startswith(("afslutning", "udgift"))]


@pytest.mark.parametrize("today", [date(2026, 12, 10), date(2027, 4, 6)])
def test_no_small_letter_says_anything_else_because_a_day_has_passed(today: date) -> None:
    before, after = letters_of(zamirandi()), letters_of(zamirandi(), today)
    assert {stem for stem in before if before[stem].context != after[stem].context} == set()


def test_no_letter_to_one_home_holds_the_address_of_the_other() -> None:
    for family, today in ((regnbuehoej(), TODAY), (regnbuehoej(*OPEN), date(2026, 9, 10))):
        for stem, item in letters_of(family, today).items():
            text = " ".join(words_of(item.context))
            assert ("Opdigtvej 310" in text) == (item.recipient == "anton"), stem
            assert "Opdigtvej 12" not in text or item.recipient == "karla", stem


def test_the_plan_is_handed_out_until_the_course_ends() -> None:
    family = zamirandi(("measurements:\n", "closing: {date: 2026-12-15, reason: målene er nået}\n\nmeasurements:\n"))
    plan = wanted(family, today=date(2026, 12, 15))["familieplan-nadira"]
    assert is_called_for(family, plan, date(2026, 12, 14))
    assert not is_called_for(family, plan, date(2026, 12, 15))
