"""Rules at their edges: what is just enough, and what only looks like too much."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from hopdocs.diagnostics import Severity
from hopdocs.domain.family_day import FamilyDay
from hopdocs.rules import check_family
from tests.unit.rules.samples import TODAY, config, consent, zamirandi

if TYPE_CHECKING:
    from collections.abc import Callable

    from hopdocs.diagnostics import DataPath
    from tests.unit.rules.samples import Raw


def _told(code: str, edit: Callable[[Raw], object]) -> list[DataPath]:
    return [item.at for item in check_family(FamilyDay.on(zamirandi(edit), config(), TODAY)) if item.code == code]


@pytest.mark.parametrize(("areas", "is_told"), [(("BF", "BES"), False), (("BF",), True)])
def test_one_other_area_is_enough(areas: tuple[str, ...], is_told: bool) -> None:  # noqa: FBT001 - a case's value
    def keep(raw: Raw) -> None:
        raw["cases"] = [case for case in raw["cases"] if case["area"] in areas]

    assert bool(_told("HD225", keep)) is is_told


@pytest.mark.parametrize(("start", "is_told"), [("2027-04-01", False), ("2027-03-31", True)])
def test_hours_of_what_has_ended_are_not_counted_with_what_follows(start: str, is_told: bool) -> None:  # noqa: FBT001 - a case's value
    def follow(raw: Raw) -> None:
        work = raw["plan"]["activities"][0]
        later = {**work, "id": "senere", "start": start, "end": "2027-12-31"}
        raw["plan"]["activities"].append(later)

    assert bool(_told("HD276", follow)) is is_told


@pytest.mark.parametrize("turned", [False, True])
def test_a_narrower_form_is_told_whichever_way_round_the_file_has_them(turned: bool) -> None:  # noqa: FBT001 - a case's value
    def renew(raw: Raw) -> None:
        newer = {**consent(raw, "nadira"), "form_given": "2026-11-02", "given": "2026-11-03", "areas": ["BF", "BES"]}
        raw["consents"] = [newer, *raw["consents"]] if turned else [*raw["consents"], newer]

    assert _told("HD214", renew) == [("consents", 0 if turned else 3, "areas")]


def test_two_lines_of_one_day_are_one_form() -> None:
    def split(raw: Raw) -> None:
        line = consent(raw, "nadira")
        raw["consents"].append({**line, "areas": ["DU", "SO"]})
        line["areas"] = ["BF", "BES"]

    assert _told("HD214", split) == []


@pytest.mark.parametrize(
    ("days", "limit", "told"),
    [
        (365, 365, []),
        (366, 365, [Severity.WARNING]),
        (730, 365, [Severity.WARNING]),
        (731, 365, [Severity.ERROR]),
        (365, 90, []),  # followed up each quarter, and all meetings of the year agreed on
        (730, 730, []),
    ],
)
def test_a_meeting_two_years_away_is_a_slip_and_one_year_away_may_be_one(
    days: int, limit: int, told: list[Severity]
) -> None:
    def put_off(raw: Raw) -> None:
        raw["meetings"][-1]["date"] = (TODAY + timedelta(days=days)).isoformat()

    def follow_up(raw: Raw) -> None:
        raw["deadlines"] = {**raw.get("deadlines", {}), "follow_up_limit": limit}

    found = check_family(FamilyDay.on(zamirandi(put_off), config(follow_up), TODAY))
    assert [item.severity for item in found if item.code == "HD694"] == told
