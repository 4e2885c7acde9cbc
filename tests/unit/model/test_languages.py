"""The languages that letters may be written in, by what people call them."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from hopdocs.model.scalars.languages import (
    DANISH,
    EASY_DANISH,
    LanguageCode,
    LanguageWord,
    find_language,
    language_of_template,
)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("engelsk", "en"),
        ("EN", "en"),
        ("arabisk", "ar"),
        ("ukrainsk", "uk"),
        ("dari", "fa"),
        ("farsi", "fa"),
        ("let  dansk", "da-let"),
        ("da-let", "da-let"),
        ("dansk", "da"),
        ("sorani", "ckb"),
    ],
)
def test_a_language_is_known_by_its_danish_name_and_by_its_code(word: str, code: str) -> None:
    found = find_language(word)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("word", ["klingonsk", "", "x", "root", "../da", "ung", "let dansk, tak"])
def test_what_is_no_language_is_none(word: str) -> None:
    assert find_language(word) is None


def test_dari_is_persian_with_the_months_of_afghanistan() -> None:
    dari, persian = find_language("dari"), find_language("persisk")
    assert dari is not None
    assert persian is not None
    assert (dari.code, dari.name, dari.locale, dari.is_right_to_left) == ("fa", "dari", "fa_AF", True)
    assert persian.locale == "fa_IR"


def test_easy_danish_is_read_aloud_as_danish() -> None:
    assert (EASY_DANISH.tag, EASY_DANISH.is_danish, EASY_DANISH == DANISH) == ("da-DK", True, False)


@pytest.mark.parametrize(
    ("variant", "code"),
    [("", "da"), ("ung", "da"), ("let", "da"), ("en", "en"), ("ung.en", "en"), ("engelsk", "da"), ("da-let", "da-let")],
)
def test_a_template_is_in_the_language_that_its_name_ends_with(variant: str, code: str) -> None:
    assert language_of_template(variant).code == code


def test_a_word_that_is_no_language_is_refused_with_its_code() -> None:
    with pytest.raises(ValidationError, match="HD690"):
        TypeAdapter(LanguageWord).validate_python("klingonsk")
    assert TypeAdapter(LanguageWord).validate_python(" Engelsk ") == "Engelsk"
    assert TypeAdapter(LanguageCode).validate_python("arabisk") == "ar"
