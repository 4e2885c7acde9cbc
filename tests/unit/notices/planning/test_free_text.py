from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.diagnostics import Blocks
from hopdocs.domain.family_day import FamilyDay
from hopdocs.notices.planning.free_text import find_personal_data
from tests.unit.rules.samples import TODAY, config, meeting, zamirandi

if TYPE_CHECKING:
    from collections.abc import Callable

    from hopdocs.diagnostics import Finding
    from tests.unit.rules.samples import Raw

_DIGITS = ("241176", "1234")


def _found(edit: Callable[[Raw], object]) -> list[Finding]:
    return list(find_personal_data(FamilyDay.on(zamirandi(edit), config(), TODAY)))


@pytest.mark.parametrize(
    "place",
    [
        "Hos Nadira Zamirandi",
        "Hos nadira\u00a0zamirandi",
        "Hos Nadira\u00ad Zamirandi",
        f"Lokale 4, {'-'.join(_DIGITS)}",
        f"Lokale 4, {'.'.join(_DIGITS)}",
    ],
)
def test_a_name_or_number_in_the_place_of_a_meeting_to_come_stops_its_calls(place: str) -> None:
    (found,) = _found(lambda raw: meeting(raw, "familieplan").update(place=place))
    assert (found.code, found.at, found.blocks) == ("HD479", ("meetings", 2, "place"), Blocks.NOTICES)


def test_a_first_name_is_only_asked_about() -> None:
    (found,) = _found(lambda raw: meeting(raw, "familieplan").update(place="Samis skole, hos Sami"))
    assert (found.code, found.blocks) == ("HD480", Blocks.NOTHING)


def test_a_guest_who_gets_mail_is_nobody_of_the_family() -> None:
    guest = {"name": "Nadira Zamirandi", "email": "n@vesterlyng.example"}
    (found,) = _found(lambda raw: meeting(raw, "familieplan").update(guests=[guest]))
    assert found.at == ("meetings", 2, "guests", 0, "name")


@pytest.mark.parametrize("place", ["havoern", "home:nadira", "Mødelokale 4, Opdigtvej 1", "Hos Rigmor Rimfrost"])
def test_rooms_homes_and_colleagues_are_no_personal_data_of_the_family(place: str) -> None:
    assert not _found(lambda raw: meeting(raw, "familieplan").update(place=place))


def test_what_has_been_held_asks_nobody() -> None:
    assert not _found(lambda raw: meeting(raw, "intro").update(place="Hos Nadira Zamirandi"))
