"""Who comes to the team and who leaves it: herself, the tovholder, and whoever opens the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.unit.documents.example import load_config
from tests.unit.notices.kinds.course.courses import consent, mails, meeting, on_team, wanted
from tests.unit.notices.samples import World

if TYPE_CHECKING:
    from hopdocs.model.config import Config

TEAM = [on_team("rri"), on_team("iik")]
TODAY = "2026-11-20"


def with_owner(staff: str) -> Config:
    config = load_config()
    return config.model_copy(update={"records": config.records.model_copy(update={"access_owner": staff})})


def changed(*lines: dict[str, Any], today: str = TODAY, **changes: Any) -> dict[str, str]:
    return mails("teamaendring", today, **{"team": [*TEAM, *lines], **changes})


def test_a_new_colleague_the_tovholder_and_the_coordinator_are_told() -> None:
    told = changed(on_team("ssk", "2026-11-20", None, "signe"))
    assert set(told) == {"ssk", "rri", "kko"}
    assert "Du er med i familieteamet fra fredag den 20. november. Samtykket er på plads." in told["ssk"]
    assert "Kontakt Rigmor Rimfrost, 00 00 12 02" in told["ssk"]
    assert "Nye i teamet fra fredag den 20. november: Sofus Skumring." in told["rri"]
    assert "Giv adgang til sagen fra fredag den 20. november: Sofus Skumring." in told["kko"]


def test_nobodys_answer_goes_to_herself_and_only_who_comes_or_goes_is_told_whom_to_call() -> None:
    told = wanted(TODAY, team=[*TEAM, on_team("ssk", TODAY)]).reminders
    assert {item.recipient.staff: item.reply_to.partition("@")[0] for item in told} == {
        "ssk": "rri",
        "rri": "hop",
        "kko": "rri",
    }
    assert [item.recipient.staff for item in told if "Kontakt" in dict(item.rows)] == ["ssk"]


def test_who_leaves_is_told_until_when_and_that_the_access_closes() -> None:
    told = changed(on_team("ssk", "2026-10-01", "2026-11-20", "signe"))
    assert set(told) == {"ssk", "rri", "kko"}
    assert "Du går ud af familieteamet efter fredag den 20. november." in told["ssk"]
    assert "Luk adgangen til sagen efter fredag den 20. november: Sofus Skumring." in told["kko"]


def test_a_colleague_who_takes_over_from_another_the_day_after_makes_one_mail() -> None:
    told = changed(on_team("ssk", "2026-10-01", "2026-11-19", "signe"), on_team("hha", "2026-11-20", None, "signe"))
    assert set(told) == {"ssk", "hha", "rri", "kko"}
    assert "Giv adgang til sagen fra fredag den 20. november: Hanne Havgus." in told["kko"]
    assert "Luk adgangen til sagen efter torsdag den 19. november: Sofus Skumring." in told["kko"]


def test_another_who_opens_the_case_is_told_instead_of_the_coordinator() -> None:
    told = mails("teamaendring", TODAY, with_owner("bbl"), team=[*TEAM, on_team("ssk", "2026-11-20", None, "signe")])
    assert set(told) == {"ssk", "rri", "bbl"}


def test_two_lines_in_a_row_are_no_change() -> None:
    assert changed(on_team("ssk", "2026-10-01", "2026-11-19"), on_team("ssk", "2026-11-20")) == {}


def test_a_change_is_told_two_weeks_ahead_and_not_two_weeks_after() -> None:
    joining = on_team("ssk", "2026-11-20")
    assert changed(joining, today="2026-11-04") == {}
    assert set(changed(joining, today="2026-11-06")) == {"ssk", "rri", "kko"}
    assert set(changed(joining, today="2026-12-04")) == {"ssk", "rri", "kko"}
    assert changed(joining, today="2026-12-05") == {}


def test_a_team_that_was_chosen_before_consent_is_told_after_it() -> None:
    assert mails("teamaendring", "2026-09-21") == {}
    assert set(mails("teamaendring", "2026-09-22")) == {"rri", "iik", "hha", "kko"}
    assert mails("teamaendring", "2026-10-07") == {}


def test_who_is_asked_to_the_introduktionsmøde_gets_that_invitation_alone() -> None:
    introduction = meeting("introduktionsmøde", "2026-09-29")
    assert set(mails("teamaendring", "2026-09-22", meetings=[introduction])) == {"kko"}
    assert set(mails("teamaendring", "2026-09-30", meetings=[introduction])) == {"kko"}
    off = {**introduction, "status": "cancelled", "reason": "sygdom"}
    assert set(mails("teamaendring", "2026-09-22", meetings=[off])) == {"rri", "iik", "hha", "kko"}


def test_nobody_of_an_area_that_no_consent_covers_is_written_to() -> None:
    narrow = [consent("signe", areas=["BF", "BES"]), consent("jeppe", areas=["BF", "BES"])]
    assert changed(on_team("ssk", "2026-11-20"), consents=narrow) == {}


def test_the_tovholder_is_not_told_of_a_colleague_whose_area_no_consent_joins_to_hers() -> None:
    apart = [consent("signe", areas=["BES", "SO"]), consent("jeppe", areas=["BF"])]
    told = changed(on_team("ssk", "2026-11-20", None, "signe"), consents=apart)
    assert set(told) == {"ssk", "kko"}


def test_a_course_that_ends_is_no_change_of_the_team() -> None:
    closing = {"date": "2026-11-20", "reason": "målene er nået"}
    assert changed(on_team("ssk", "2026-10-01", "2026-11-20"), closing=closing, today="2026-11-19") == {}


def test_what_was_told_is_not_told_again_when_one_more_comes_but_she_is() -> None:
    world = World(now=World().now.replace(month=11, day=20))
    world.save_families(wanted(TODAY, team=[*TEAM, on_team("ssk", TODAY)]))
    world.deliver()
    world.save_families(wanted(TODAY, team=[*TEAM, on_team("ssk", TODAY), on_team("hha", TODAY)]))
    assert {told.email for told in world.deliver()} == {"hha", "rri", "kko"}
    world.save_families(wanted(TODAY, team=[*TEAM, on_team("hha", TODAY)]))
    assert world.deliver() == []


def test_a_professional_whose_id_changes_in_config_is_no_new_colleague() -> None:
    world = World(now=World().now.replace(month=11, day=20))
    world.save_families(wanted(TODAY, team=[*TEAM, on_team("ssk", TODAY)]))
    world.deliver()
    config = load_config()
    staff = {("sofus" if key == "ssk" else key): person for key, person in config.staff.items()}
    renamed = config.model_copy(update={"staff": staff})
    world.save_families(wanted(TODAY, renamed, team=[*TEAM, on_team("sofus", TODAY)]))
    assert world.deliver() == []


def test_a_new_address_of_who_was_told_is_not_written_to_and_one_that_was_refused_is() -> None:
    world = World(now=World().now.replace(month=11, day=20))
    team = [*TEAM, on_team("ssk", TODAY)]
    config = load_config()
    new = {"email": "sofus@vesterlyng.example"}
    staff = {key: person.model_copy(update=new if key == "ssk" else {}) for key, person in config.staff.items()}
    moved = config.model_copy(update={"staff": staff})
    pending = world.save_families(wanted(TODAY, team=team))
    for record in pending:
        if record.email == "ssk@vesterlyng.example":
            world.ledger.fail(record.id, world.now, "rcpt", (550, "no such user"))
    world.deliver()
    world.save_families(wanted(TODAY, moved, team=team))
    assert "sofus" in {told.email for told in world.deliver()}
    world.save_families(wanted(TODAY, team=team))
    assert world.deliver() == []


def test_a_colleague_whose_address_changes_is_not_told_of_again_to_others() -> None:
    world = World(now=World().now.replace(month=11, day=20))
    team = [*TEAM, on_team("ssk", TODAY)]
    world.save_families(wanted(TODAY, team=team))
    world.deliver()
    config = load_config()
    new = {"email": "sofus@vesterlyng.example"}
    staff = {key: person.model_copy(update=new if key == "ssk" else {}) for key, person in config.staff.items()}
    world.save_families(wanted(TODAY, config.model_copy(update={"staff": staff}), team=team))
    assert world.deliver() == []


def test_a_family_whose_id_changes_makes_no_news_of_what_was_told() -> None:
    world = World(now=World().now.replace(month=11, day=20))
    team = [*TEAM, on_team("ssk", TODAY)]
    world.save_families(wanted(TODAY, team=team))
    assert len(world.deliver()) == 3
    renamed = wanted(TODAY, team=team, id="HOP-2026-131")
    world.save_families(renamed, gone=("HOP-2026-031",))
    assert world.deliver() == []
    world.save_families(wanted(TODAY, team=team, id="HOP-2026-131", case_number="26-000131"), gone=("HOP-2026-031",))
    assert len(world.deliver()) == 3
