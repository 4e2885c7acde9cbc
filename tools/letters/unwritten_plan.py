"""The plan before anybody has written in it: one page, with room for the family to prepare its meeting."""

from __future__ import annotations

from typing import Final

from tools.letters.forms import answer_fields
from tools.letters.frame import section, told, tovholder_box
from tools.letters.wordml import paragraph, when

IS_UNWRITTEN: Final = (
    "document.draft and not (strengths or shared_goal or goals or ended_goals or children or when_hard or own_points)"
)
"""What a template asks of one copy; the team and the other plans are gone through at the meeting."""


def unwritten_sections() -> tuple[str, ...]:
    """What stands there instead of all the sections."""
    return (
        when(
            "not recipient.is_professional",
            section(
                "Hvad skal stå i planen?",
                paragraph("Skriv gerne her, hvad I tænker, og tag arket med til mødet.", keep_next=True),
                answer_fields(
                    "Det går godt hos os",
                    "Det vil vi gerne opnå",
                    description="Familiens tanker før mødet",
                    widths=(83, 83),
                    height_mm=26,
                ),
            ),
        ),
        section(
            told("Hvem kan I ringe til?", "Hvem kan svare på spørgsmål?"),
            tovholder_box(told("Jeres", "Familiens")),
        ),
    )
