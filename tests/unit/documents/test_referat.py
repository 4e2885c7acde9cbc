from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.kinds.referat import ReferatContext
from hopdocs.documents.kinds.table import find_kind, names_of_deliveries, names_of_minutes
from tests.unit.documents.example import on_day, wanted, words_of, zamirandi
from tests.unit.documents.minutes_sample import AFTER, MINUTES, NEXT_MEETING, held

if TYPE_CHECKING:
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.model.family import Family


def minutes_of(family: Family, today: date = AFTER, meeting: str = "familieplan") -> dict[str, ReferatContext]:
    found = {}
    for document in referater(family, today):
        if document.meeting == meeting:
            assert isinstance(document.context, ReferatContext)
            found[document.recipient or ""] = document.context
    return found


def referater(family: Family, today: date = AFTER) -> list[WantedDocument]:
    return [document for document in wanted(family, today=today).values() if document.kind.name == "referat"]


def points_in(copy: ReferatContext) -> list[str]:
    return [line.point for line in copy.points]


def test_each_who_was_asked_and_each_area_on_the_team_gets_a_copy() -> None:
    assert list(minutes_of(held())) == ["nadira", "tariq", "yasmin", "BF", "BES", "SO", "DU"]


def test_there_is_no_referat_before_the_meeting_or_of_one_that_was_called_off() -> None:
    assert not referater(held(), date(2026, 11, 23))
    assert not referater(held(("status: held\n    attendance", "status: cancelled\n    attendance")))
    assert not referater(held(("status: held\n    attendance", "status: no_show\n    attendance")))


def test_minutes_that_only_name_their_points_make_no_referat() -> None:
    form = "    minutes:\n      by: rri\n      points:\n        - point: Velkomst\n"
    assert not referater(held(minutes=form))


def test_on_the_day_itself_minutes_are_made_as_they_are_written() -> None:
    written = "    minutes:\n      points:\n        - {point: Velkomst, text: Alle var glade.}\n"
    copies = minutes_of(held(minutes=written), date(2026, 11, 24))
    assert copies["nadira"].document.draft
    assert copies["nadira"].document.title == "Udkast til referat af familieplansmøde"


def test_approved_minutes_bear_the_day_that_they_were_approved_on() -> None:
    (document,) = (item for item in referater(held()) if item.recipient == "nadira")
    assert document.date == date(2026, 11, 25)
    assert document.final
    assert not document.context.document.draft


def test_each_reader_sees_the_points_that_are_hers_to_see() -> None:
    copies = minutes_of(held())
    assert points_in(copies["nadira"]) == ["Skolen", "Behandling", "Fritid", "Penge"]
    assert points_in(copies["tariq"]) == ["Skolen", "Fritid", "Penge"]
    assert points_in(copies["yasmin"]) == ["Skolen", "Fritid"]
    assert points_in(copies["BF"]) == ["Skolen", "Behandling", "Rusmidler", "Fritid", "Penge"]


def test_what_an_area_without_consent_holds_is_in_no_copy_of_the_others() -> None:
    school = "Skolen, text: Sami har ondt i maven., agreed: Pelle møder Sami ved døren, who: ppa, due: 2026-12-01, "
    copies = minutes_of(
        held((f"{{point: {school}decided_in: DU}}", f"{{point: {school}for: [tariq], decided_in: SO}}"))
    )
    for reader in ("nadira", "yasmin", "BF", "BES", "DU", "SO"):
        assert "Skolen" not in points_in(copies[reader]), reader


def test_what_is_for_professionals_is_in_no_copy_of_the_family() -> None:
    for reader, copy in minutes_of(held()).items():
        assert ("Underretningen tages for sig." in words_of(copy)) is reader.isupper()


def test_the_familys_own_words_are_in_every_copy() -> None:
    assert {copy.family_remarks for copy in minutes_of(held()).values()} == {
        "Vi vil gerne have Ingolf til at blive ved."
    }


def test_who_did_not_come_is_named_and_no_longer_among_those_who_did() -> None:
    copy = minutes_of(held())["nadira"]
    assert copy.absent == ("Tariq Zamirandi",)
    assert copy.excused == ("Pelle Pærevang",)
    assert copy.family == ("Nadira Zamirandi", "Yasmin Zamirandi", "Sami Zamirandi")
    assert "Pelle Pærevang" not in [line.name for line in copy.participants]
    assert "Rigmor Rimfrost" in [line.name for line in copy.participants]


def test_a_guest_who_stayed_away_is_named_as_such() -> None:
    guests = "    guests: [{name: Dagny Dugfrisk, role: bisidder}, {name: Bo Bølge}]\n"
    copy = minutes_of(held(minutes=guests + MINUTES.replace("[ppa]", "[dagny dugfrisk]")))["nadira"]
    assert [guest.name for guest in copy.guests] == ["Bo Bølge"]
    assert copy.excused == ("dagny dugfrisk",)


def test_a_young_person_gets_a_copy_only_if_she_was_there() -> None:
    assert "yasmin" not in minutes_of(held(("absent: [tariq]", "absent: [yasmin]")))


def test_parents_read_which_of_their_children_came_and_why() -> None:
    lines = {line.first_name: line for line in minutes_of(held())["nadira"].children}
    assert lines["Sami"].attends
    assert lines["Sami"].part == "de første 30 minutter"
    assert not lines["Lina"].attends
    assert lines["Lina"].reason == "Emnerne er for de voksne."
    assert {line.view for line in lines.values()} == {""}
    assert minutes_of(held())["yasmin"].children == ()


def test_a_child_who_was_to_come_and_did_not_is_told_as_that_without_the_reason_for_coming() -> None:
    lines = {line.first_name: line for line in minutes_of(held(("[tariq]", "[sami]")))["nadira"].children}
    assert not lines["Sami"].attends
    assert lines["Sami"].reason == lines["Sami"].part == ""


def test_agreements_say_who_and_when_and_where_it_is_decided_the_readers_own_first() -> None:
    family, own = minutes_of(held()), minutes_of(held())["yasmin"].agreements
    school = next(line for line in family["DU"].agreements if line.agreed == "Pelle møder Sami ved døren")
    assert (school.who, school.due, school.decided_in) == (
        "Pelle Pærevang",
        date(2026, 12, 1),
        "Dagtilbud og Undervisning",
    )
    assert school.is_readers
    assert own[0].agreed == "Yasmin melder sig i klubben"
    assert [line.is_readers for line in own] == [True, False]


def test_the_next_meeting_stands_as_it_was_agreed_whenever_it_is_moved_later() -> None:
    moved = (
        NEXT_MEETING + "    date: 2027-01-19",
        NEXT_MEETING + '    moved:\n      - {from: "2027-01-19 10.00", on: 2026-12-15}\n    date: 2027-02-02',
    )
    following = minutes_of(held(moved), date(2026, 12, 20))["nadira"].next_meeting
    assert following is not None
    assert following.date == date(2027, 1, 19)
    draft = ("      approved: 2026-11-25\n", "")
    following = minutes_of(held(moved, draft), date(2026, 12, 20))["nadira"].next_meeting
    assert following is not None
    assert following.date == date(2027, 2, 2)


def test_whom_the_family_chose_is_tovholder_from_then_on_and_the_other_one_led_the_meeting() -> None:
    chosen = ("tovholder:\n", "tovholder:\n  - {staff: rri, from: 2026-11-24, chosen_by: family}\n")
    copy = minutes_of(held(chosen))["nadira"]
    assert copy.tovholder.name == "Rigmor Rimfrost"
    assert copy.leader == "Ingolf Iskrystal"


def test_a_meeting_of_professionals_has_a_referat_for_them_alone() -> None:
    written = "    minutes:\n      points:\n        - {point: Runde, text: Vi ser det ens.}\n"
    formoede = zamirandi(("    type: fagligt formøde\n", "    type: fagligt formøde\n" + written))
    assert list(minutes_of(formoede, meeting="formoede")) == ["BF", "BES", "SO", "DU"]


def test_a_talk_has_a_referat_for_the_family_and_for_whom_they_talked_with() -> None:
    talk = minutes_of(held(("type: familieplansmøde", "type: interview")))
    assert list(talk) == ["nadira", "tariq", "yasmin", "BES"]


def test_time_makes_no_new_edition_of_the_minutes() -> None:
    family = held()
    assert minutes_of(family) == minutes_of(family, date(2027, 2, 3))


def test_once_somebody_takes_the_consent_back_the_minutes_of_a_held_meeting_only_stay() -> None:
    nadira = ("SO], received_by: iik", "SO], withdrawn: [{date: 2026-11-26}], received_by: iik")
    tariq = ("DU], received_by: iik", "DU], withdrawn: [{date: 2026-11-26}], received_by: iik")
    assert not any(document.stays_only for document in referater(held()))
    for family in (held(nadira), held(nadira, tariq)):
        assert all(document.stays_only or document.historic for document in referater(family))


def test_the_referat_is_to_be_delivered_once_it_is_approved_and_until_the_next_meeting() -> None:
    kind = find_kind("referat")
    assert kind is not None
    assert kind.is_called_for is not None
    family = held()
    assert kind.is_called_for(on_day(family, AFTER), "familieplan", "nadira")
    assert not kind.is_called_for(on_day(family, date(2027, 1, 20)), "familieplan", "nadira")
    draft = held(("      approved: 2026-11-25\n", ""))
    assert not kind.is_called_for(on_day(draft, AFTER), "familieplan", "nadira")


def test_deliveries_name_the_referat_once() -> None:
    assert names_of_deliveries().count("referat") == 1
    assert "referat" in names_of_minutes()


@pytest.mark.parametrize("who", ["Pelle Pærevang", "pelle  pærevang", "ppa"])
def test_a_whole_name_means_the_same_as_the_key(who: str) -> None:
    copies = minutes_of(held(("who: ppa", f"who: {who}")))
    line = next(line for line in copies["DU"].agreements if line.agreed.startswith("Pelle"))
    assert line.who == "Pelle Pærevang"
    assert line.is_readers


def test_marking_an_agreement_done_makes_no_new_edition_of_the_minutes() -> None:
    done = held(("who: ppa, due: 2026-12-01", "who: ppa, due: 2026-12-01, done: 2026-11-27"))
    assert minutes_of(done) == minutes_of(held())
