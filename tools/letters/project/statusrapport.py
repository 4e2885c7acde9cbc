"""The project's monthly status report: milestones and risks drawn, what stands still, who lacks a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import letter, section
from tools.letters.project.pieces import (
    MISSING_MM,
    fact_table,
    milestones,
    report_head,
    risks,
    warnings,
)
from tools.letters.project.projektdagsorden import TO_PROJECT
from tools.letters.wordml import paragraph, row, rows_each, table, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Statusrapport for projektet"


def statusrapport() -> Letter:
    """For those who steer the project."""
    return letter(
        NAME,
        report_head(),
        section(
            "Familierne i tal",
            fact_table("numbers", ("Forløb", "Antal familier"), "Hvor mange familier der er hvor i forløbet"),
            paragraph(
                "Et tal under fem vises ikke, for at ingen skal kunne kendes."
                "{% if target %} Målet er {{ target }} familier.{% endif %}",
                "EfterTabel",
            ),
        ),
        milestones(),
        risks(),
        warnings(),
        section(
            "Hvem mangler tal?",
            when(
                "missing",
                table(
                    row(["Sag", "Hvad der mangler"], MISSING_MM, header=True)
                    + rows_each(
                        "line in missing",
                        [
                            "{{ line.case }}",
                            "{{ line.sentences|join(' ') }}",
                        ],
                        MISSING_MM,
                    ),
                    MISSING_MM,
                    description="Forløb ved sagsnummer, der mangler tal, og hvilke",
                ),
                otherwise=[paragraph("Alle forløb har skrevet deres tal.")],
            ),
        ),
        to=TO_PROJECT,
    )
