from __future__ import annotations

import json
from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks, Severity
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.scalars.values import FamilyId
from hopdocs.rules.across_families import MOST_TOLD_A_DAY, FamilyFacts, check_across, family_facts
from tests.unit.rules.samples import TODAY, config, meeting, regnbuehoej, zamirandi

if TYPE_CHECKING:
    from tests.unit.rules.samples import Raw

OTHER = FamilyId("HOP-2026-009")


def _facts() -> FamilyFacts:
    return family_facts(FamilyDay.on(zamirandi(), config(), TODAY))


def test_a_row_holds_what_is_ahead_and_survives_the_cache() -> None:
    facts = _facts()
    assert [slot.index for slot in facts.slots] == [2, 3]
    assert FamilyFacts.from_json(json.loads(json.dumps(facts.as_json()))) == facts


def test_behind_a_closed_gate_nobody_s_time_is_taken() -> None:
    assert family_facts(FamilyDay.on(regnbuehoej(), config(), TODAY)).slots == ()
    assert family_facts(FamilyDay.on(zamirandi(lambda raw: raw.pop("consents")), config(), TODAY)).slots == ()


def test_one_family_alone_has_nothing_to_clash_with() -> None:
    assert check_across([_facts()], config()) == []


def test_two_meetings_at_once_are_told_to_both_families_at_the_time() -> None:
    mine = _facts()
    slots = (replace(mine.slots[0], staff=mine.slots[0].staff[:1], index=0),)
    there = replace(mine, id=OTHER, slots=slots, case_number="26-000009")
    found = check_across([mine, there], config())
    assert [(family, finding.code, finding.at) for family, finding in found] == [
        ("HOP-2026-007", "HD259", ("meetings", 2, "start")),
        ("HOP-2026-009", "HD259", ("meetings", 0, "start")),
    ]
    assert found[0][1].params == {"name": "Rigmor Rimfrost", "time": "10.00-12.00"}
    assert found[0][1].severity is Severity.WARNING
    assert found[0][1].blocks is Blocks.NOTHING


def test_a_case_number_that_two_families_have_is_told_to_both_without_naming_the_other() -> None:
    rows = [FamilyFacts(FamilyId(name), case_number=number) for name, number in (("A", "26-1"), ("B", "26-1 "))]
    rows += [FamilyFacts(FamilyId("C"), case_number="26-2"), FamilyFacts(FamilyId("D")), FamilyFacts(FamilyId("E"))]
    found = check_across(rows, config())
    assert [(family, finding.code, finding.at, finding.params) for family, finding in found] == [
        ("A", "HD610", ("case_number",), {"number": "26-1"}),
        ("B", "HD610", ("case_number",), {"number": "26-1"}),
    ]
    assert {(finding.severity, finding.blocks) for _, finding in found} == {(Severity.WARNING, Blocks.NOTHING)}


def test_a_meeting_may_begin_when_another_ends() -> None:
    mine = _facts()
    slot = mine.slots[0]
    there = FamilyFacts(OTHER, (replace(slot, start=slot.end, end=slot.end.replace(hour=13)),))
    assert check_across([mine, there], config()) == []


def test_two_meetings_of_one_family_can_clash_too() -> None:
    def move(raw: Raw) -> None:
        meeting(raw, "opfoelgning-1").update(date="2026-11-24", start="11.00", end="12.30")

    found = check_across([family_facts(FamilyDay.on(zamirandi(move), config(), TODAY))], config())
    assert {finding.at for _, finding in found} == {("meetings", 2, "start"), ("meetings", 3, "start")}


def _day(*hours: tuple[int, int]) -> list[FamilyFacts]:
    """Families with one meeting each on the same day, for the same professional."""
    slot = replace(_facts().slots[0], staff=_facts().slots[0].staff[:1])
    return [
        FamilyFacts(FamilyId(f"F-{number}"), (replace(slot, start=time(start), end=time(end)),))
        for number, (start, end) in enumerate(hours)
    ]


def test_each_meeting_that_collides_is_told_once_whatever_it_collides_with() -> None:
    found = check_across(_day((9, 12), (9, 10), (10, 11), (12, 13)), config())
    assert [(family, finding.params["time"]) for family, finding in found] == [
        ("F-1", "09.00-12.00"),
        ("F-0", "09.00-10.00"),
        ("F-2", "09.00-12.00"),
    ]


def test_of_a_crowded_day_only_the_first_collisions_are_told() -> None:
    found = check_across(_day(*[(9, 10)] * 1000), config())
    assert [family for family, _ in found] == ["F-0", "F-1", "F-10", "F-100"]
    assert len(found) == MOST_TOLD_A_DAY
