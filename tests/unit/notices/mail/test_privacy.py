"""The last look at a finished mail."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hopdocs.domain.addresses import address_regex
from hopdocs.notices.mail.privacy import _find, scan_mail
from hopdocs.notices.wanted import PrivateWords, WantedMeeting
from tests.unit.notices.samples import World, sample_meeting

WORDS = PrivateWords(
    full_names=("Nadira Zamirandi", "Familien Zamirandi", "Ann-Sofie Opdigt"),
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
    "number",
    [
        shaped("010203", "-", "1234"),
        shaped("010203", "1234"),
        shaped("010203", " ", "1234"),
        shaped("010203", "\u2013", "1234"),
        shaped("010203", " - ", "1234"),
    ],
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
        ("Opdigtv. nr. 44B", ["address"]),
        ("Opdigtvej 441", []),
        ("ring 00005566", ["phone"]),
        ("ring 00 00 55 66", ["phone"]),
        ("ring 00005566778", []),
        ("ring +4500005566", ["phone"]),
        ("ring 0045 0000-5566", ["phone"]),
        ("ring 00 - 00 - 55 - 66", []),
        ("ring 00/00/55/66", ["phone"]),
        ("Nadira\u00a0Zamirandi", ["name"]),
        ("Nadira-Zamirandi", []),
        ("Nad\N{SOFT HYPHEN}ira Zami\N{SOFT HYPHEN}randi", ["name"]),
        ("Nadira\N{LEFT-TO-RIGHT MARK} \N{RIGHT-TO-LEFT MARK}Zamirandi", ["name"]),
        ("\N{ARABIC LETTER MARK}Nadira Zami\N{ZERO WIDTH SPACE}randi", ["name"]),
        ("Nadira\N{ZERO WIDTH SPACE}Zamirandi", ["name"]),
        ("Na\N{SOFT HYPHEN}dira\N{ZERO WIDTH SPACE}\N{WORD JOINER}Zamirandi", ["name"]),
        ("Familien \N{ZERO WIDTH SPACE}Zamirandi", ["name"]),
        ("Opdigtvej\N{ZERO WIDTH SPACE}44, 9999 Vesterlyng", ["address"]),
        ("ring 00\N{ZERO WIDTH SPACE}00\N{ZERO WIDTH SPACE}5566", ["phone"]),
        ("hos Rigmor\N{ZERO WIDTH SPACE}Rimfrost", []),
        ("Nadira\N{ZERO WIDTH SPACE}Zamirandisen", []),
        ("NadiraZamirandi", []),
        ("ring 00\N{MINUS SIGN}00\N{MINUS SIGN}55\N{MINUS SIGN}66", ["phone"]),
        ("Ann\N{MINUS SIGN}Sofie Opdigt", ["name"]),
        ("Ann\N{EM DASH}Sofie Opdigt", ["name"]),
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


@pytest.mark.parametrize("place", ["hos Weißgade 3", "hos WEISSGADE 3", "hos Weissg. 3"])
def test_an_address_with_a_german_letter_is_found_in_either_spelling(place: str) -> None:
    assert kinds(sample_meeting(place=place), PrivateWords(addresses=("Weißgade 3",))) == ["address"]


def test_staff_and_places_are_not_leaks() -> None:
    words = PrivateWords(full_names=("Rigmor Rimfrost",), addresses=("Opdigtvej 1",), allowed=WORDS.allowed)
    assert kinds(sample_meeting(), words) == []


def test_the_finding_does_not_repeat_what_was_found() -> None:
    world = World()
    record = world.save(sample_meeting(place="hos Nadira Zamirandi"))[0]
    assert "Nadira" not in repr(scan_mail(world.ledger.mime(record.id), WORDS))


def find_one_by_one(text: str, words: PrivateWords) -> set[str]:
    """The plain way: what is allowed is taken out, then each word is looked for by itself."""
    for item in sorted(words.allowed, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(item)}(?!\w)", " ¤ ", text, flags=re.IGNORECASE)
    lists = {"name": words.full_names, "first_name": words.first_names, "address": words.addresses}
    return {
        kind
        for kind, listed in lists.items()
        for item in listed
        if re.search(rf"(?<!\w){re.escape(item)}(?!\w)", text, re.IGNORECASE)
        or (kind == "address" and re.search(address_regex(item), text, re.IGNORECASE))
    }


NAMES = ("Nadira", "nadira", "Sami", "'t Hooft", "(Bo)", "Bo", "Rigmor", "Å", "é", "-", " ", ".", "1", "K.")
FOREIGN = ("Yıldız", "YILDIZ", "ſami", "Strauß", "STRAUSS", "\N{KELVIN SIGN}", "\N{MICRO SIGN}", "μ", "ÿ", "Ÿ")
STREETS = ("Skovvej", "SKOV VEJ", "Aavej", "Åv.", "Ærø Allé", "aeroe al.", "Baaallé", " 12", "Vej 3")
pieces = st.sampled_from([*NAMES, *FOREIGN, *STREETS])
phrases = st.lists(pieces, min_size=1, max_size=3).map("".join).filter(lambda text: text.split() == [text])


@settings(deadline=None)
@given(st.lists(pieces, max_size=12).map("".join), *[st.lists(phrases, max_size=3).map(tuple)] * 3, st.none() | phrases)
@example("Rigmor(Bo)", ("(Bo)",), (), (), "Rigmor")
@example("Nadira(Bo)", (), (), ("(Bo)",), "Nadira")
def test_one_look_finds_what_a_look_for_each_word_would(
    text: str, names: tuple[str, ...], first: tuple[str, ...], addresses: tuple[str, ...], allowed: str | None
) -> None:
    words = PrivateWords(
        full_names=names, first_names=first, addresses=addresses, allowed=(allowed,) if allowed is not None else ()
    )
    assert set(_find(text, words)) == find_one_by_one(text, words)
