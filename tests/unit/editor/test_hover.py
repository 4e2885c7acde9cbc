from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from hopdocs.editor.hover import explain
from hopdocs.editor.keys import SourceKind, schema_of
from hopdocs.editor.names import Directory
from hopdocs.editor.place import find_place
from hopdocs.evaluation import judge_family
from hopdocs.package_data import shipped_path
from hopdocs.sources.yaml.yaml_text import parse_yaml
from tests.unit.editor.marked import TODAY, shipped_config

if TYPE_CHECKING:
    from hopdocs.domain.family_day import FamilyDay

PATH = "families/hop-2026-007.yaml"


@cache
def day_of(data: bytes) -> FamilyDay:
    day = judge_family(data, PATH, shipped_config(), TODAY).day
    assert day is not None
    return day


def said_at(line: str, word: str, *, edit: tuple[str, str] = ("", ""), is_of_this_text: bool = True) -> str:
    """What is said of a word on the line that begins so."""
    text = shipped_path(PATH).read_text("utf-8")
    text = text.replace(*edit, 1) if edit[0] else text
    lines = text.split("\n")
    number = next(index for index, item in enumerate(lines) if item.startswith(line))
    place = find_place(lines, number, lines[number].index(word, len(line) - len(word)) + 1)
    assert place is not None
    kind = SourceKind.FAMILY
    directory = Directory(parse_yaml(text.encode(), PATH).tree, shipped_config(), TODAY)
    said = explain(place, kind, schema_of(kind), directory, day_of(text.encode()), is_of_this_text=is_of_this_text)
    return said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("line", "word", "words"),
    [
        ("  yasmin", "yasmin", "Yasmin Zamirandi er 17 år, født lørdag den 18. april 2009."),
        ("  yasmin", "yasmin", "Fylder 18 år søndag den 18. april 2027."),
        (
            "  omar",
            "omar",
            "Oplysninger om Omar må deles af: Børn og Familie, Dagtilbud og Undervisning samt Beskæftigelse.",
        ),
        ("    form_given", "form_given", "Gælder til og med onsdag den 22. september 2027, om 305 dage."),
        ("  - staff: iik", "iik", "iik: Ingolf Iskrystal, integrationsrådgiver, Beskæftigelse"),
        (
            "  - id: familieplan",
            "familieplan",
            "Familieplansmøde tirsdag den 24. november 2026 kl. 10.00–12.00, om 3 dage.",
        ),
        (
            "  - id: familieplan",
            "familieplan",
            "Får en invitation: Nadira Zamirandi, Tariq Zamirandi og Yasmin Zamirandi.",
        ),
        (
            "  - id: familieplan",
            "familieplan",
            (
                "Familien har dagsordenen til familieplansmødet: "
                "skulle være sket senest den 17. november 2026 (Ingolf Iskrystal)."
            ),
        ),
        ("    date: 2026-11-24", "2026-11-24", "Tirsdag den 24. november 2026, uge 48, om 3 dage."),
        ("    - id: arbejde", "arbejde", "Ses ikke af: Sundhed og Omsorg."),
        ("      goal: arbejde", "arbejde", "arbejde: Tariq er i arbejde senest 1. september 2027."),
        ("start_date", "start_date", "Familieplansmøde: senest den 1. december 2026, om 10 dage (Ingolf Iskrystal)."),
        ("    custody", "custody", "Forældremyndighed: ja for hver forælder, der har del i den. ja eller nej."),
    ],
)
def test_a_word_is_explained_with_what_follows_from_it(line: str, word: str, words: str) -> None:
    assert words in said_at(line, word).split("\n")


def test_who_sees_an_entry_follows_what_is_being_written() -> None:
    said = said_at(
        "    - id: arbejde", "arbejde", edit=("      direction: beskæftigelse", "      visible_to: [tariq, BES]")
    )
    assert "Ses af: Tariq og Beskæftigelse." in said.split("\n")


def test_of_a_text_that_was_read_before_nothing_is_said_that_may_be_another_entrys() -> None:
    told = said_at("  - id: familieplan", "familieplan", is_of_this_text=False)
    assert "Nadira" not in told
    assert "Familieplansmøde" not in told
    assert "Ses" not in said_at("    - id: arbejde", "arbejde", is_of_this_text=False)
    assert "Yasmin Zamirandi er 17 år" in said_at("  yasmin", "yasmin", is_of_this_text=False)


def test_of_a_day_years_away_nobody_counts_the_days() -> None:
    assert "Lørdag den 18. april 2009, uge 16." in said_at("    born: 2009-04-18", "2009-04-18").split("\n")


def test_a_person_who_has_taken_all_back_is_said_to_have_done_so() -> None:
    edit = ("    received_by: yym", "    received_by: yym\n    withdrawn: [{date: 2026-11-01}]")
    assert "Yasmin har trukket sit samtykke tilbage." in said_at("  yasmin", "yasmin", edit=edit)
