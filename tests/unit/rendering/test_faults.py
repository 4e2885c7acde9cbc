from __future__ import annotations

from dataclasses import dataclass

import pytest

from hopdocs.rendering.faults import describe_place, excerpt, known_names, locate_line, suggest_name

_BOX = "<w:p><w:r><w:txbxContent>"
_TABLE = "<w:tbl><w:tr><w:tc>"


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", 'body, "Hej"'),
        (_BOX, 'body, text box, "Hej"'),
        (_BOX + "</w:txbxContent>", 'body, "Hej"'),
        (_TABLE, 'body, table 1, "Hej"'),
        (_TABLE + "</w:tbl>" + _TABLE, 'body, table 2, "Hej"'),
        (_TABLE + "</w:tbl>", 'body, "Hej"'),
        (_TABLE + _TABLE + "</w:tbl>", 'body, table 1, "Hej"'),
        ("<w:tblPr>", 'body, "Hej"'),
    ],
)
def test_a_place_names_box_and_table(before: str, expected: str) -> None:
    assert describe_place("body", before, "<w:p><w:r><w:t>Hej</w:t></w:r></w:p>") == expected


def test_an_excerpt_is_short_and_plain() -> None:
    assert excerpt("<w:t>a &amp; b</w:t>\n <w:t>c</w:t>") == "a & b c"
    assert len(excerpt("<w:t>" + "ord " * 40 + "</w:t>")) <= 60


def test_a_line_beyond_the_end_is_the_last_one() -> None:
    assert locate_line("footnotes", "en\nto", 99) == 'footnotes, "to"'


@pytest.mark.parametrize(
    ("name", "expected"), [("Navn", "navn"), ("nvan", "navn"), ("_skjult", ""), ("noget helt andet", "")]
)
def test_the_nearest_name_is_suggested_only_where_one_is_near(name: str, expected: str) -> None:
    assert suggest_name(name, ["navn", "sted", "_skjulte"]) == expected


@dataclass(frozen=True)
class Place:
    text: str

    @property
    def short(self) -> str:
        return self.text[:3]


def test_what_can_be_asked_of_a_value_is_known() -> None:
    assert known_names({"a": 1}) == ["a"]
    assert known_names(Place("x")) == ["text", "short"]
    assert "upper" in known_names("tekst")
