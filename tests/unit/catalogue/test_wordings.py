from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from hopdocs.catalogue import load_wordings, wording

PACKAGE = Path(__file__).parents[3] / "hopdocs"
CODES = sorted(load_wordings("en"))


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_word_the_same_codes() -> None:
    assert set(load_wordings("da")) == set(load_wordings("en"))


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_worded_whole_in_both_languages(code: str) -> None:
    danish, english = load_wordings("da")[code], load_wordings("en")[code]
    assert _names(danish.message) | _names(danish.hint) == _names(english.message) | _names(english.hint)
    for texts in (danish, english):
        assert texts.message
        assert texts.explain.strip()
        assert "\n" not in texts.message + texts.hint
        assert not texts.message.endswith(".")
    assert (wording(code, "da"), wording(code, "en")) == (danish, english)


@pytest.mark.parametrize("code", ["HD299x", "HD999", "HD", "nothing"])
def test_a_code_that_does_not_exist_has_no_wording(code: str) -> None:
    with pytest.raises(KeyError):
        wording(code, "da")


def test_every_code_of_a_file_s_faults_is_worded_and_every_wording_used() -> None:
    text = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    used = set(re.findall(r'"(HD1\d\d)"', text))
    assert used == {code for code in CODES if code.startswith("HD1")}
