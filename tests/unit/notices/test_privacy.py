"""The last look at a finished mail."""

from __future__ import annotations

import pytest

from hopdocs.notices.privacy import scan_mail
from hopdocs.notices.wanted import PrivateWords, WantedMeeting
from tests.unit.notices.samples import World, sample_meeting

WORDS = PrivateWords(
    full_names=("Nadira Zamirandi", "Familien Zamirandi"),
    first_names=("Sami",),
    phones=("00 00 55 66",),
    addresses=("Opdigtvej 44",),
    allowed=("Rigmor Rimfrost", "Mødelokale Havørnen, Opdigtvej 1, 9999 Vesterlyng"),
)


def kinds(meeting: WantedMeeting, words: PrivateWords = WORDS) -> list[str]:
    world = World()
    return [leak.kind for leak in scan_mail(world.ledger.mime(world.save(meeting)[0].id), words)]


def shaped(*parts: str) -> str:
    """Something shaped like a CPR number, put together here so that none stands in the source."""
    return "".join(parts)


def test_an_ordinary_invitation_holds_nothing() -> None:
    assert kinds(sample_meeting()) == []


@pytest.mark.parametrize(
    "number", [shaped("010203", "-", "1234"), shaped("010203", "1234"), shaped("010203", " ", "1234")]
)
def test_a_number_shaped_like_a_cpr_number_blocks(number: str) -> None:
    """Acceptance case 35."""
    assert kinds(sample_meeting(place=f"Hos {number}")) == ["cpr"]


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("hos Nadira  Zamirandi", ["name"]),
        ("NADIRA ZAMIRANDI", ["name"]),
        ("Familien Zamirandi", ["name"]),
        ("Opdigtvej 44, 9999 Vesterlyng", ["address"]),
        ("Opdigtvej 441", []),
        ("ring 00005566", ["phone"]),
        ("ring 00 00 55 66", ["phone"]),
        ("ring 00005566778", []),
        ("hos Sami", ["first_name"]),
        ("Samis skole", []),
        ("Samisøen", []),
    ],
)
def test_names_phones_and_addresses_are_found_as_whole_words(place: str, found: list[str]) -> None:
    """Acceptance case 35."""
    assert kinds(sample_meeting(place=place)) == found


def test_a_long_place_is_found_across_folded_lines() -> None:
    assert kinds(sample_meeting(place="æ" * 30 + " Nadira " + "Zamirandi " + "ø" * 90)) == ["name"]


def test_staff_and_places_are_not_leaks() -> None:
    words = PrivateWords(full_names=("Rigmor Rimfrost",), addresses=("Opdigtvej 1",), allowed=WORDS.allowed)
    assert kinds(sample_meeting(), words) == []


def test_the_finding_does_not_repeat_what_was_found() -> None:
    world = World()
    record = world.save(sample_meeting(place="hos Nadira Zamirandi"))[0]
    assert "Nadira" not in repr(scan_mail(world.ledger.mime(record.id), WORDS))
