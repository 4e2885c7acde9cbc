"""What the sample families ask for, and what consent makes of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.notices.inbound.decoded import readable_text
from hopdocs.notices.kinds.cancellation import CANCELLATION
from hopdocs.notices.kinds.consent_reminder import CONSENT_REMINDER
from hopdocs.notices.planning.invitations import HOME_VISIT, wanted_family
from hopdocs.notices.record import Cause
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family
from tests.unit.notices.kinds.course.courses import consent, meeting, wanted
from tests.unit.notices.samples import World

if TYPE_CHECKING:
    from hopdocs.model.config import Config
    from hopdocs.notices.wanted import WantedFamily, WantedMeeting

EXAMPLE = Path(__file__).parents[3] / "data" / "example"
TODAY = date(2026, 11, 21)
TEAM = ["rri", "iik", "ssk", "yym", "ppa", "bbl"]


@pytest.fixture(scope="module")
def config() -> Config:
    parsed = parse_config((EXAMPLE / "config.yaml").read_bytes(), "config.yaml").config
    assert parsed is not None
    return parsed


def read(config: Config, name: str, *changes: tuple[str, str], today: date = TODAY) -> WantedFamily:
    text = (EXAMPLE / "families" / f"{name}.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    family = parse_family(text.encode(), f"families/{name}.yaml", config).family
    assert family is not None
    return wanted_family(FamilyDay.on(family, config, today))


def meeting_of(family: WantedFamily, name: str = "familieplan") -> WantedMeeting:
    return next(item for item in family.meetings if item.meeting == name)


def test_the_whole_team_of_the_day_is_invited_and_nobody_of_the_family(config: Config) -> None:
    meeting = meeting_of(read(config, "hop-2026-007"))
    assert [item.staff for item in meeting.attendees] == TEAM
    assert "Zamirandi" not in str(meeting.as_json())


def test_the_coordinator_is_asked_to_the_introduktionsmøde_that_she_calls(config: Config) -> None:
    introduction = (
        "type: introduktionsmøde\n    date: 2026-10-06",
        "type: introduktionsmøde\n    date: 2026-12-01",
    )
    planned = read(config, "hop-2026-007", introduction, ("    status: held\n", ""))
    assert [item.staff for item in meeting_of(planned, "intro").attendees] == [*TEAM, "kko"]
    assert [item.staff for item in meeting_of(planned).attendees] == TEAM


def test_her_area_need_not_be_in_any_consent_and_her_stand_in_comes_instead() -> None:
    consents = [consent("signe", areas=["BES"]), consent("jeppe", areas=["BES"])]
    introduction = meeting("introduktionsmøde", "2026-10-06", stand_ins={"kko": "mmo"})
    (asked,) = wanted("2026-09-24", consents=consents, meetings=[introduction]).meetings
    assert [item.staff for item in asked.attendees] == ["iik", "mmo"]


def test_a_guest_from_outside_the_allowed_domains_gets_no_mail(config: Config) -> None:
    before = "\n    interpreter: {language: dari, name"
    guests = "\n    guests: [{name: Lis, email: lis@privat.example}, {name: Per, email: per@vesterlyng.example}]"
    meeting = meeting_of(read(config, "hop-2026-007", (before, guests + before)))
    assert [item.email for item in meeting.attendees if item.staff not in TEAM] == ["per@vesterlyng.example"]


def test_questions_go_to_the_tovholder(config: Config) -> None:
    assert meeting_of(read(config, "hop-2026-007")).reply_to == "iik@vesterlyng.example"


def test_invited_and_stand_ins_decide_who_comes(config: Config) -> None:
    change = (
        "\n    interpreter: {language: dari, name",
        "\n    invited: [rri, ppa]\n    stand_ins: {ppa: yym}\n    interpreter: {language: dari, name",
    )
    meeting = meeting_of(read(config, "hop-2026-007", change))
    assert [item.staff for item in meeting.attendees] == ["rri", "yym"]


def test_two_at_one_address_get_one_mail_and_staff_stay_staff(config: Config) -> None:
    before = "\n    interpreter: {language: dari, name"
    guests = "\n    guests: [{name: Lærer Lis, role: lærer, email: RRI@vesterlyng.example}]"
    guest = (before, guests + before)
    meeting = meeting_of(read(config, "hop-2026-007", guest))
    assert [(item.staff, item.role) for item in meeting.attendees] == [(staff, "REQ-PARTICIPANT") for staff in TEAM]


def test_a_home_visit_does_not_tell_the_address(config: Config) -> None:
    change = (
        "    place: havoern\n    interpreter: {language: dari, name",
        "    place: home:nadira\n    interpreter: {language: dari, name",
    )
    assert meeting_of(read(config, "hop-2026-007", change)).place == HOME_VISIT


def test_who_has_left_the_team_is_not_invited(config: Config) -> None:
    change = ("{staff: ppa, from: 2026-10-06, for", "{staff: ppa, from: 2026-10-06, to: 2026-11-20, for")
    meeting = meeting_of(read(config, "hop-2026-007", change))
    assert "ppa" not in [item.staff for item in meeting.attendees]


def test_withdrawn_consents_cancel_what_the_team_holds(config: Config) -> None:
    world = World()
    world.save_families(read(config, "hop-2026-007"))
    assert {told.kind for told in world.deliver()} == {"indkaldelse"}
    taken_back = tuple(
        (
            f"{{member: {member}, form_given: 2026-09-15, given: 2026-09-22,",
            f"{{member: {member}, form_given: 2026-09-15, given: 2026-09-22, withdrawn: [{{date: 2026-11-20}}],",
        )
        for member in ("nadira", "tariq", "yasmin")
    )
    pending = [
        item
        for item in world.save_families(read(config, "hop-2026-007", *taken_back))
        if item.kind.calendar is not None
    ]
    assert {(item.kind, item.cause) for item in pending} == {(CANCELLATION, Cause.WITHDRAWN)}
    assert len(pending) == 2 * len(TEAM)


def test_deleted_consents_hold_all_mail_for_a_person(config: Config) -> None:
    world = World()
    world.save_families(read(config, "hop-2026-007"))
    world.deliver()
    gone = tuple(
        (f"  - {{member: {member}, form_given", f"  # - {{member: {member}, form_given")
        for member in ("nadira", "tariq", "yasmin")
    )
    pending = world.save_families(read(config, "hop-2026-007", *gone))
    assert {item.cause for item in pending} == {Cause.CONSENT_GONE}


def test_an_area_taken_back_takes_its_people_out(config: Config) -> None:
    change = (
        "areas: [BF, BES, DU, SO], received_by: iik}",
        "areas: [BF, BES, DU, SO], received_by: iik, withdrawn: [{date: 2026-11-20, areas: [SO]}]}",
    )
    meeting = meeting_of(read(config, "hop-2026-007", change))
    assert [(item.email, item.cause) for item in meeting.barred] == [("ssk@vesterlyng.example", "withdrawn")]
    assert "ssk" not in [item.staff for item in meeting.attendees]


def test_an_expired_consent_invites_nobody_new_and_cancels_nothing(config: Config) -> None:
    world = World()
    world.save_families(read(config, "hop-2026-007"))
    world.deliver()
    expired = read(config, "hop-2026-007", today=date(2027, 10, 1))
    assert meeting_of(expired).attendees == ()
    assert world.save_families(expired) == []


def test_a_family_that_has_withdrawn_asks_for_nothing(config: Config) -> None:
    world = World()
    assert world.save_families(read(config, "hop-2026-002")) == []


def test_before_consent_only_the_coordinator_is_reminded(config: Config) -> None:
    changes = tuple(
        (f"{member}, form_given: 2026-09-15, given: 2026-09-22", f"{member}, form_given: 2026-11-08")
        for member in ("nadira", "tariq", "yasmin")
    )
    world = World()
    pending = world.save_families(read(config, "hop-2026-007", *changes, today=date(2026, 11, 22)))
    assert [(item.kind, item.email) for item in pending] == [(CONSENT_REMINDER, "kko@vesterlyng.example")]


def test_an_empty_own_part_is_reminded_to_that_person_alone(config: Config) -> None:
    change = (
        'date: 2026-11-10\n    start: "09.00"\n    end: "10.30"\n    place: ternen\n    status: held',
        'date: 2026-11-25\n    start: "09.00"\n    end: "10.30"\n    place: ternen',
    )
    reminders = read(config, "hop-2026-007", change).reminders
    assert {(item.recipient.staff, item.key, item.due) for item in reminders} == {
        ("ssk", "del-10", date(2026, 11, 11)),
        ("ssk", "del-3", date(2026, 11, 20)),
    }


def test_hold_in_the_file_is_passed_on(config: Config) -> None:
    change = ("start_date: 2026-10-06\n", "start_date: 2026-10-06\nnotices: hold\n")
    assert read(config, "hop-2026-007", change).hold


def test_two_who_share_a_mailbox_are_both_named(config: Config) -> None:
    staff = dict(config.staff)
    first, second, third = (key for key in staff if key in TEAM[:3])
    shared = {key: staff[key].model_copy(update={"email": "Faelles@vesterlyng.example"}) for key in (first, second)}
    shared[third] = staff[third].model_copy(update={"email": "faelles@vesterlyng.example"})
    names = [item.name for item in meeting_of(read(config, "hop-2026-007")).attendees[:3]]
    meeting = meeting_of(read(config.model_copy(update={"staff": staff | shared}), "hop-2026-007"))
    (both,) = [item for item in meeting.attendees if item.email.lower() == "faelles@vesterlyng.example"]
    assert both.name == f"{names[0]}, {names[1]} og {names[2]}"
    world = World()
    notice = next(item for item in world.save(meeting) if item.email.lower() == "faelles@vesterlyng.example")
    firsts = [name.split()[0] for name in names]
    assert f"Hej {firsts[0]}, {firsts[1]} og {firsts[2]}" in "\n".join(readable_text(world.ledger.mime(notice.id)))


def test_a_guest_at_a_colleagues_address_is_named_beside_her(config: Config) -> None:
    before = "\n    interpreter: {language: dari, name"
    guests = "\n    guests: [{name: Lærer Lis, email: RRI@vesterlyng.example}]"
    meeting = meeting_of(read(config, "hop-2026-007", (before, guests + before)))
    (rigmor,) = [item for item in meeting.attendees if item.staff == "rri"]
    assert rigmor.name == "Rigmor Rimfrost og Lærer Lis"
