from __future__ import annotations

import pytest

from hopdocs.catalogue.masking import find_cpr_shapes, mask_cpr_shapes

# Fictive numbers: sixty is added to the day, so nobody has one of these.


@pytest.mark.parametrize(
    "text",
    [
        "730112-1234",
        "7301121234",
        "730112 1234",
        "730112 - 1234",
        "730112–1234",
        "73 01 12 1234",
        "73.01.12-1234",
        "cpr:730112-1234.",
        "(730112\N{NO-BREAK SPACE}1234)",
    ],
)
def test_every_way_of_writing_ten_such_digits_is_found(text: str) -> None:
    assert len(list(find_cpr_shapes(text))) == 1
    assert not any(character.isdigit() for character in mask_cpr_shapes(text))
    assert len(mask_cpr_shapes(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "26-012345",
        "00 00 12 00",
        "2026-11-24 10.00",
        "24.11.2026 kl. 10.00",
        "HOP-2026-007",
        "5790000000000",
        "731312-1234",
        "990112-1234",
        "73011212345",
        "17300112-1234",
        "lbk nr. 280 af 2024",
    ],
)
def test_case_phone_and_other_numbers_pass(text: str) -> None:
    assert list(find_cpr_shapes(text)) == []
