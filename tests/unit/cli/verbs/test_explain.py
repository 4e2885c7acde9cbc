from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.catalogue import load_wordings
from tests.unit.cli.running import run

if TYPE_CHECKING:
    import pytest


def test_a_code_is_explained_in_full() -> None:
    shown = run("explain", "hd593")
    assert shown.code == 0
    assert "HD593" in shown.out
    assert load_wordings("en")["HD593"].explain.strip() in shown.out


def test_explanations_are_danish_where_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPDOCS_LANG", "da")
    assert "er allerede et arbejdsområde" in run("explain", "HD593").out


def test_an_unknown_code_names_its_neighbours() -> None:
    shown = run("explain", "HD59")
    assert shown.code == 2
    assert "HD59" in shown.err


def test_a_code_is_told_without_the_places_where_its_words_are_filled_in() -> None:
    shown = run("explain", "203")
    assert shown.code == 0
    assert shown.out.startswith('HD203  tovholder "…" is not an authority adviser\nhint: choose one of …\n')


def test_marks_of_word_are_shown_as_they_are_written() -> None:
    words = load_wordings("en")
    doubled = next(code for code, wording in words.items() if "{{{{ its }}}}" in wording.hint)
    shown = run("explain", doubled).out
    assert "{% for %}" in shown
    assert "{{ its }}" in shown
    assert "{{%" not in shown
    assert "{{{" not in shown
