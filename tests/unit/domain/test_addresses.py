"""The same address in the spellings that people use."""

from __future__ import annotations

import pytest

from hopdocs.domain.addresses import names_address


@pytest.mark.parametrize(
    "text",
    [
        "Opdigtvej 310",
        "hos mor, opdigtvej nr. 310, 2. th",
        "OPDIGTVEJ   310",
        "Opdigtvej\u00a0310",
        "Opdigtv. 310",
        "Opdigtv 310",
        "opdigt vej 310",
        "Opdigtvej310",
        "Opdigtvej 310A",
        "Opdigtvej 310 b.",
        "Opdigtvej, nummer 310",
        "Opdigtvej husnr. 310",
        "Vi ses på Opdigtvej 310 i morgen",
    ],
)
def test_one_address_is_found_in_each_spelling(text: str) -> None:
    assert names_address(text, "Opdigtvej 310")
    assert names_address(text, "opdigtvej nr. 310 A, st. tv")


@pytest.mark.parametrize(
    "text", ["Opdigtvej 31", "Opdigtvej 3100", "Opdigtvej", "Nyopdigtvej 310", "Engvej 310", "310 kroner", ""]
)
def test_another_house_is_another_address(text: str) -> None:
    assert not names_address(text, "Opdigtvej 310")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Aagade 3", "Ågade 3"),
        ("Ågade 3", "Aagade 3"),
        ("Skt. Peders Str. 7", "Skt. Peders Stræde 7"),
        ("Lille Alle 4", "Lille Allé 4"),
        ("10. Februar Vej nr. 5", "10. Februar Vej 5"),
        ("på opdigtgården", "Opdigtgården"),
        ("Opdigt-vej 2", "Opdigtvej 2"),
    ],
)
def test_endings_and_letters_are_read_as_people_shorten_them(text: str, address: str) -> None:
    assert names_address(text, address)
