from __future__ import annotations

import sys
import unicodedata

import pytest

from hopdocs.catalogue.masking import _ODD_SIGN, find_cpr_shapes, is_western, mask_cpr_shapes, plain_signs
from hopdocs.notices.mail.privacy import scan_mail
from hopdocs.notices.wanted import PrivateWords
from hopdocs.sources.config import parse_config
from tests.unit.notices.samples import World, sample_meeting

# Fictive numbers: sixty is added to the day, so nobody has one of these. Each is put together here, so that no kept
# file holds something shaped like one.
SHAPES = [
    "{0}{1}{2}-{3}",
    "{0}{1}{2}{3}",
    "{0}{1}{2} {3}",
    "{0}{1}{2} - {3}",
    "{0}{1}{2}.{3}",
    "{0}{1}{2}/{3}",
    "{0} {1} {2} {3}",
    "{0}.{1}.{2}-{3}",
    "{0}.{1}.{2} {3}",
    "{0}. {1}. {2}-{3}",
    "{0}/{1}/{2}-{3}",
    "{0}/{1}/{2} {3}",
    "cpr:{0}{1}{2}-{3}.",
    "({0}{1}{2}\N{NO-BREAK SPACE}{3})",
    "{0}{1}{2}\N{NARROW NO-BREAK SPACE}{3}",
    "{0}\N{MIDDLE DOT}{1}\N{MIDDLE DOT}{2}-{3}",
    *(
        f"{{0}}{{1}}{{2}}{dash}{{3}}"
        for dash in (
            "\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{MINUS SIGN}"
            "\N{FULLWIDTH HYPHEN-MINUS}"
        )
    ),
    *(
        f"æ {{0}}{mark}{{1}}{{2}}{mark}-{{3}}"
        for mark in (
            "\N{SOFT HYPHEN}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}\N{ZERO WIDTH SPACE}"
            "\N{ZERO WIDTH JOINER}\N{WORD JOINER}\N{COMBINING GRAPHEME JOINER}\N{VARIATION SELECTOR-1}"
        )
    ),
]
ORDINARY = [
    "26-012345",
    "00 00 12 00",
    "00 00 12 01",
    "2026-11-24 10.00",
    "24.11.2026 10.00",
    "24.11.2026 kl. 10.00-11.30",
    "24.11.2026\N{NO-BREAK SPACE}10.00",
    "24.11.2026\N{EN DASH}24.11.2027",
    "10.00\N{EN DASH}11.30, 12.00",
    "HOP-2026-007",
    "5790000000000",
    "731312-1234",
    "990112-1234",
    "73011212345",
    "17300112-1234",
    "lbk nr. 280 af 2024",
    "24/11/26 " + "1000",
    "24/11/26 " + "2359",
    "1/12/26 og 24 / 11 / 26 " + "1000",
    "24/11/26 10:00",
]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_way_of_writing_ten_such_digits_is_found_by_all_who_look(shape: str) -> None:
    text = shape.format("73", "01", "12", "1234")
    assert len(list(find_cpr_shapes(text))) == 1
    assert not any(character.isdigit() for character in mask_cpr_shapes(text))
    assert len(mask_cpr_shapes(text)) == len(text)
    assert "HD127" in [item.code for item in parse_config(f"# {text}\n".encode(), "config.yaml").diagnostics]
    assert _leaks(text) == ["cpr"]


@pytest.mark.parametrize(
    "text",
    ["24/11/26-{}", "24/11/26{}", "24.11.26 {}", "241126 {}", "24 11 26 {}", "24/11/26/{}"],
)
def test_only_a_date_with_slashes_and_then_a_blank_and_a_time_is_no_number(text: str) -> None:
    assert len(list(find_cpr_shapes(text.format("1000")))) == 1


@pytest.mark.parametrize("end", ["2400", "1060", "9999"])
def test_a_date_with_slashes_and_no_time_of_day_is_still_a_number(end: str) -> None:
    assert len(list(find_cpr_shapes(f"24/11/26 {end}"))) == 1


@pytest.mark.parametrize("text", ORDINARY)
def test_case_phone_and_other_numbers_pass(text: str) -> None:
    assert list(find_cpr_shapes(text)) == []
    assert mask_cpr_shapes(text) == text
    assert _leaks(text) == []


def test_a_number_is_found_at_its_place_amid_marks_that_nobody_sees() -> None:
    text = "æ\N{ZERO WIDTH SPACE} {0}\N{SOFT HYPHEN}{1}{2}\N{MINUS SIGN}{3}, 12".replace("{0}", "73")
    text = text.replace("{1}", "01").replace("{2}", "12").replace("{3}", "1234")
    ((start, end),) = find_cpr_shapes(text)
    assert (text[:start], text[end:]) == ("æ\N{ZERO WIDTH SPACE} ", ", 12")


def test_no_format_character_is_seen_and_every_dash_and_blank_is_plain() -> None:
    plain = {"Cf": "", "Pd": "-", "Zs": " "}
    signs = [chr(number) for number in range(sys.maxunicode + 1)]
    wrong = [sign for sign in signs if plain_signs(sign) != plain.get(unicodedata.category(sign), plain_signs(sign))]
    assert not wrong
    assert plain_signs("æøåÆØÅéü 'A-b.1") == "æøåÆØÅéü 'A-b.1"


def test_no_sign_that_is_made_plain_is_passed_over_as_a_western_letter() -> None:
    odd = _ODD_SIGN.findall("".join(map(chr, range(sys.maxunicode + 1))))
    assert len(odd) > 1000
    assert not [sign for sign in odd if is_western(sign)]
    assert is_western("æøåÆØÅéüß 'A-b.1\r\n")


def _leaks(place: str) -> list[str]:
    world = World()
    notice = world.save(sample_meeting(place=place))[0]
    return [leak.kind for leak in scan_mail(world.ledger.mime(notice.id), PrivateWords())]
