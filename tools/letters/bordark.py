"""The sheet on the table: the plan in large type, and empty lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tools.letters.forms import answer_fields
from tools.letters.frame import case_line, letter, section, section_when
from tools.letters.wordml import bullets, each, heading, paragraph, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Ark til bordet"
_SCALE = 1.35
_WHO_DOES_WHAT_MM = (84, 44, 38)
_LINE_MM = 15


def bordark() -> Letter:
    """The sheet."""
    sheet = letter(
        NAME,
        case_line(),
        title("Vores plan – skriv med"),
        paragraph("{{ family_name }}. {{ meeting.date|lang_dato|stort }}.", "Subtitle"),
        paragraph("Arket er til {{ recipient.first_name }}. Læg det kun frem for dem, du vil vise det.", "Smaatekst"),
        paragraph("Arket er ikke en afgørelse. Hvert fagområde beslutter selv om sin hjælp bagefter.", "Smaatekst"),
        section(
            "Hvad vil I gerne opnå?",
            when("shared_goal", paragraph("{{ shared_goal }}", "Quote")),
            answer_fields("Skriv her", description="Det, I gerne vil opnå", height_mm=2 * _LINE_MM),
        ),
        section_when("goals", "Hvad er målene?", each("goal in goals", _goal())),
        section(
            "Er der et nyt mål?",
            answer_fields("Hvem er det for?", "Hvad er målet?", description="Et nyt mål", widths=(50, 116),
                          height_mm=_LINE_MM),
            paragraph("Det gør vi", "Maerke"),
            _who_does_what(3),
        ),
        section(
            "Hvornår mødes vi igen?",
            answer_fields("Dag og tid", "Sted", description="Det næste møde", height_mm=_LINE_MM),
        ),
    )  # fmt: skip
    return replace(sheet, scale=_SCALE)


def _goal() -> str:
    return "".join((
        heading("Mål {{ goal.number }}{% if goal.for_ %} for {{ goal.for_|liste }}{% endif %}", 2),
        when("goal.words", paragraph("»{{ goal.words }}«", "Quote")),
        paragraph("**Målet:** {{ goal.goal }}", "Maal"),
        when("goal.activities", each("line in goal.activities", bullets("{{ line }}"))),
        paragraph("Det gør vi", "Maerke"),
        _who_does_what(2),
    ))  # fmt: skip


def _who_does_what(lines: int) -> str:
    return answer_fields(
        *["Hvad", "Hvem", "Hvornår"] * lines,
        description="Hvem gør hvad hvornår",
        widths=_WHO_DOES_WHAT_MM,
        height_mm=_LINE_MM,
    )
