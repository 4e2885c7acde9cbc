"""`hopdocs templates languages`: what there is, and what a new language needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick
from tests.unit.letters.word_text import all_text
from tools.letters.build import build_template

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = quick(tmp_path / "ws", "hop-2026-007")
    (root / "templates").mkdir()
    return root


def test_each_letter_is_listed_with_its_languages_and_a_new_one_comes_with_its_template(root: Path) -> None:
    (root / "templates/invitation.ar.docx").write_bytes(build_template("invitation.en"))
    (root / "templates/invitation.ung.uk.docx").write_bytes(build_template("invitation.en"))
    found = run("-w", root, "templates", "languages", "--format", "json").shape["languages"]
    assert found["informationsbrev"] == ["da-let", "en"]
    assert found["informationsbrev.let"] == ["en"]
    assert found["invitation"] == ["ar", "da-let", "en"]
    assert found["invitation.ung"] == ["ar", "da-let", "en", "uk"]
    assert "familieplan" not in found
    lines = run("-w", root, "templates", "languages").out.splitlines()
    assert "invitation            da, ar, da-let, en" in lines


def test_the_words_that_a_language_lacks_are_lines_for_the_configuration(root: Path) -> None:
    config = root / "config.yaml"
    config.write_text(f"{config.read_text('utf-8')}\ntranslations:\n  arabisk: {{Fælles mål: أهداف مشتركة}}\n", "utf-8")
    lacking = yaml.safe_load(run("-w", root, "templates", "languages", "--words", "arabisk").out)
    assert "Drømme og ønsker" in lacking["translations"]["ar"]
    assert "Fælles mål" not in lacking["translations"]["ar"]
    assert run("-w", root, "templates", "languages", "--words", "en", "--format", "json").shape["words"] == []


@pytest.mark.parametrize("word", ["klingonsk", "dansk"])
def test_what_is_no_other_language_has_no_words(root: Path, word: str) -> None:
    assert run("-w", root, "templates", "languages", "--words", word).code == 2


def test_a_template_in_a_new_language_is_previewed_though_nobody_reads_it_yet(root: Path, tmp_path: Path) -> None:
    (root / "templates/invitation.ar.udkast.docx").write_bytes(build_template("invitation.en"))
    words = ("templates", "preview", "invitation.ar", "--family", "hop-2026-007", "--to", tmp_path / "ser")
    shown = run("-w", root, *TODAY, *words)
    assert shown.code == 0, shown.err
    (docx,) = (tmp_path / "ser").glob("*-oversat.docx")
    text = all_text(docx.read_bytes())
    assert "نوفمبر" in text or "ديسمبر" in text
    assert "kl." not in text
