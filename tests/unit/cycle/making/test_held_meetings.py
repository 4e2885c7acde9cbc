"""The papers of a meeting that was held show its day, and a letter that was given stays as it was given."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from hopdocs.rendering.docx.tracked.comparison import paragraphs_of
from tests.unit.cycle.making.test_archive import deliver
from tests.unit.cycling import OUT, Desk, SetClock, actions, copy_example, reasons

if TYPE_CHECKING:
    from pathlib import Path

HELD = f"{OUT}/indkaldelse-formoede.docx"
AGENDA = f"{OUT}/dagsorden-familieplan.docx"
INVITATION = f"{OUT}/invitation-familieplan-tariq.docx"
LETTER = f"{OUT}/informationsbrev-nadira.docx"
SHARED = "areas: [BF, BES, DU, SO], received_by: iik}"
TAKEN_BACK = "areas: [BF, BES, DU, SO], received_by: iik, withdrawn: [{date: 2026-11-21, areas: [SO]}]}"
CONTACT = "contact: {address: Opdigtvej 44, postcode: 9999, city: Vesterlyng}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = copy_example(tmp_path_factory.mktemp("built") / "workspace")
    desk.cycle()
    return desk.root


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    shutil.copytree(built, tmp_path / "workspace")
    return Desk(tmp_path / "workspace", SetClock())


def test_whom_the_family_chose_at_the_meeting_did_not_lead_it(desk: Desk) -> None:
    before = desk.files()
    desk.clock.pass_days(4)
    desk.cycle()
    line = "  - {staff: iik, from: 2026-10-06, chosen_by: team, substitute: rri}"
    desk.edit(line, f"{line}\n  - {{staff: yym, from: 2026-11-24, chosen_by: family}}")
    report = desk.cycle()
    assert desk.files()[AGENDA] == before[AGENDA]
    assert desk.files()[INVITATION] == before[INVITATION]
    assert f"{OUT}/familieplan-nadira.docx" in actions(report, "made"), "the plan has the new one"


def test_what_is_taken_back_later_was_shared_on_the_day(desk: Desk) -> None:
    before = desk.files()
    assert any("Sofus" in text for text in paragraphs_of(before[HELD]))
    desk.edit(SHARED, TAKEN_BACK)
    desk.cycle()
    assert desk.files()[HELD] == before[HELD]
    assert all("Sofus" not in text for text in paragraphs_of(desk.files()[AGENDA])), (
        "the next meeting is another matter"
    )


def test_what_was_taken_back_is_not_made_anew(desk: Desk) -> None:
    desk.edit(SHARED, TAKEN_BACK)
    desk.cycle()
    desk.edit('start: "09.00"\n    end: "10.30"', 'start: "09.15"\n    end: "10.30"')
    desk.cycle()
    texts = paragraphs_of(desk.files()[HELD])
    assert any("09.15" in text for text in texts)
    assert all("Sofus" not in text for text in texts)


def test_nor_where_the_file_is_gone(desk: Desk) -> None:
    desk.edit(SHARED, TAKEN_BACK)
    desk.cycle()
    (desk.root / HELD).unlink()
    desk.cycle()
    assert all("Sofus" not in text for text in paragraphs_of(desk.files()[HELD]))


def test_without_the_cache_it_stays_all_the_same(desk: Desk) -> None:
    before = desk.files()[HELD]
    desk.edit(SHARED, TAKEN_BACK)
    desk.cycle()
    (desk.root / ".hopdocs/cache.db").unlink()
    desk.cycle()
    assert desk.files()[HELD] == before


def test_what_is_shared_later_was_not_so_on_the_day(desk: Desk) -> None:
    before = desk.files()[HELD]
    line = "  - {member: tariq, form_given: 2026-09-15, given: 2026-09-22, areas: [BF, BES, DU], received_by: iik}"
    desk.edit(line, f"{line}\n  - {{member: tariq, given: 2026-11-20, areas: [BF, BES, DU, SO], received_by: iik}}")
    desk.cycle()
    assert desk.files()[HELD] == before


def test_an_address_that_is_written_later_is_in_no_letter_that_was_given(desk: Desk) -> None:
    desk.edit(CONTACT, "contact: {postcode: 9999, city: Vesterlyng}")
    desk.cycle()
    before = desk.files()[LETTER]
    desk.edit("contact: {postcode: 9999, city: Vesterlyng}", CONTACT)
    report = desk.cycle()
    assert desk.files()[LETTER] == before
    assert reasons(report)[LETTER] == "HD561"
    assert any("Opdigtvej 44" in text for text in paragraphs_of(desk.files()[INVITATION])), "that meeting is to come"
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    desk.cycle()
    assert desk.files()[LETTER] != before


def test_writing_down_the_day_on_which_a_letter_was_given_leaves_the_letter_that_was_given(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    desk.edit("information_given: 2026-09-15", "information_given:")
    desk.cycle()
    before = desk.files()[LETTER]
    desk.clock.pass_days(3)
    desk.edit("information_given:", "information_given: 2026-11-22")
    desk.cycle()
    assert desk.files()[LETTER] == before


def test_a_second_reminder_bears_a_day_of_its_own(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    desk.edit("{member: tariq, form_given: 2026-09-15, given: 2026-09-22,", "{member: tariq, form_given: 2026-11-01,")
    desk.cycle()
    first = desk.files()[f"{OUT}/samtykke-paamindelse-tariq.docx"]
    desk.clock.pass_days(9)
    desk.edit("name: Familien Zamirandi", "name: Familien Zamirandi  # rettet")
    desk.cycle()
    second = desk.files()[f"{OUT}/samtykke-paamindelse-tariq.docx"]
    assert any(text.startswith("16. november 2026") for text in paragraphs_of(first))
    assert any(text.startswith("30. november 2026") for text in paragraphs_of(second))


@pytest.mark.parametrize(
    ("was", "is_"), [("hours_per_week: 1,5", "hours_per_week: 3"), ("name: Sami Zamirandi", "name: Sami Nyhavn")]
)
def test_the_assessment_stays_as_it_was_at_the_formoede_whatever_else_is_edited(desk: Desk, was: str, is_: str) -> None:
    before = assessments(desk)
    assert before
    desk.edit(was, is_)
    desk.cycle()
    assert {path: data for path, data in assessments(desk).items() if data != before[path]} == {}


def test_what_the_save_that_closes_a_course_also_hides_stands_in_no_assessment_of_those_it_is_hidden_from(
    desk: Desk,
) -> None:
    effort, closing = "what: AKT-forløb med fast voksen", "\nclosing: {date: 2026-11-20, reason: Målene er nået}\n"
    desk.edit(effort, f"{effort}\n      visible_to: [nadira, DU]")
    path = desk.root / f"families/{OUT.rpartition('/')[2]}.yaml"
    path.write_text(path.read_text("utf-8") + closing, "utf-8")
    desk.cycle()
    texts = {path: paragraphs_of(data) for path, data in assessments(desk).items()}
    assert all(any(text.startswith("Historisk") for text in found) for found in texts.values())
    shown = [path for path, found in texts.items() if any("AKT-forløb med" in text for text in found)]
    assert sorted(shown) == [f"{OUT}/undersoegelse-{reader}.docx" for reader in ("DU", "nadira")]


def test_a_point_that_the_save_that_closes_a_course_also_hides_stands_in_no_plan_of_those_it_is_hidden_from(
    desk: Desk,
) -> None:
    path = desk.root / f"families/{OUT.rpartition('/')[2]}.yaml"
    given = "deliveries: [{document: familieplan, to: [nadira], date: 2026-11-20, how: handed_over}]"
    path.write_text(f"{path.read_text('utf-8')}\n{given}\n", "utf-8")
    desk.edit("family_points:", "family_points:\n      - {point: Om bedstefar, visible_to: [nadira, BES, DU]}")
    desk.cycle()
    assert plans_with(desk, "Om bedstefar") == ["BES", "DU"]
    desk.edit("visible_to: [nadira, BES, DU]}", "visible_to: [nadira, DU]}")
    path.write_text(f"{path.read_text('utf-8')}\nclosing: {{date: 2026-11-20, reason: Målene er nået}}\n", "utf-8")
    desk.cycle()
    assert len(plans_with(desk, "Historisk")) > 1
    assert "BES" not in plans_with(desk, "Om bedstefar")


def plans_with(desk: Desk, words: str) -> list[str]:
    """The readers of those copies of the plan that have these words."""
    plans = {path: data for path, data in desk.files().items() if path.startswith(f"{OUT}/familieplan-")}
    return sorted(
        path.removesuffix(".docx").rpartition("-")[2]
        for path, data in plans.items()
        if any(words in text for text in paragraphs_of(data))
    )


def test_an_edit_of_the_assessment_itself_makes_an_edition(desk: Desk) -> None:
    before = assessments(desk)
    desk.edit("wishes: Ro om morgenen.", "wishes: Helst ro om morgenen.")
    desk.cycle()
    after = assessments(desk)
    assert after != before
    assert any("Helst ro" in text for data in after.values() for text in paragraphs_of(data))


def assessments(desk: Desk) -> dict[str, bytes]:
    return {path: data for path, data in desk.files().items() if "/undersoegelse-" in path}


def test_a_family_that_begins_after_a_meeting_gets_no_invitation_to_it(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    desk.clock.pass_days(4)
    desk.cycle()
    assert INVITATION not in desk.files()
    assert INVITATION.replace("familieplan", "opfoelgning-1") in desk.files()
    assert AGENDA in desk.files()


def test_what_is_written_down_as_handed_over_is_made_where_it_is_lost(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    desk.clock.pass_days(4)
    deliver(desk, "{document: invitation, meeting: familieplan, to: [tariq], date: 2026-11-20, how: paper}")
    desk.cycle()
    assert INVITATION in desk.files()
