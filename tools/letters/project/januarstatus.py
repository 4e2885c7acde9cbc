"""The status of a year for the committees of the council. It may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import letter, section, section_when
from tools.letters.project.evalueringsrapport import EFFECT_HEADS, EFFECT_MM, TO_ALL, WITHHELD
from tools.letters.project.pieces import fact_table, picture, report_head, text_table
from tools.letters.wordml import each, paragraph, steps, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Status til fagudvalgene"

_MILESTONE_MM = (78, 44, 44)
_COST_MM = (58, 36, 38, 34)


def januarstatus() -> Letter:
    """Two pages that a politician reads before the meeting."""
    return letter(
        NAME,
        report_head(),
        section(
            "Hvad er det?",
            paragraph(
                "Familier, der får hjælp fra flere fagområder, får én samlet plan, ét hold af fagpersoner og én "
                "person at ringe til. Fagområderne afgør stadig hver deres sager. Det er frivilligt for familien."
            ),
        ),
        section(
            "Familierne i tal",
            fact_table("numbers", ("I året", "Antal"), "Hvor mange familier der var med i året"),
            paragraph(
                "Et tal under fem vises ikke, for at ingen skal kunne kendes. Er et tal skjult, er et til skjult med "
                "det, for at ingen kan regne det ud.{% if target %} Målet er {{ target }} familier.{% endif %}",
                "EfterTabel",
            ),
        ),
        section(
            "Hvad det gør for familierne",
            picture("effect_chart"),
            text_table("effects", ("Kriterium", *EFFECT_HEADS), EFFECT_MM, "Hvordan det er gået, for hvert kriterium"),
            paragraph(
                "En familie tæller én gang i hver linje. Den første værdi holdes op mod den seneste til og med den "
                f"{{{{ head.until|dato }}}}. {WITHHELD}",
                "EfterTabel",
            ),
        ),
        section(
            "Hvad det koster",
            when(
                "costs",
                picture("cost_chart"),
                text_table(
                    "costs",
                    ("Fagområde", "Familier", "I alt", "Pr. familie"),
                    _COST_MM,
                    "Udgifter i året for hvert fagområde",
                ),
                paragraph("Sådan er udgifterne bedømt: {{ cost_rule }}", "EfterTabel"),
                otherwise=[paragraph("Der er ikke skrevet udgifter for året.")],
            ),
        ),
        section("Arbejdet", fact_table("progress", ("Møder", "Antal"), "Møder i året, og om rytmen er holdt")),
        section_when(
            "milestones",
            "Milepæle",
            text_table("milestones", ("Milepæl", "Senest", "Hvordan det står"), _MILESTONE_MM, "Projektets milepæle"),
        ),
        section_when("decide", "Udvalget skal tage stilling til", each("text in decide", steps("{{ text|saetning }}"))),
        to=TO_ALL,
    )
