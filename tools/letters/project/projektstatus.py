"""The steering group's status of a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import letter, section, section_when
from tools.letters.project.pieces import (
    fact_table,
    milestones,
    picture,
    report_head,
    risks,
    text_table,
    warnings,
)
from tools.letters.project.projektdagsorden import TO_PROJECT
from tools.letters.wordml import each, paragraph, row, rows_each, steps, table, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Status til styregruppen"

_AREA_MM = (110, 56)
_COURSE_MM = (36, 62, 68)
_WAIT_MM = (56, 20, 22, 22, 24, 22)
_CAME_MM = (82, 28, 28, 28)
_COST_MM = (58, 36, 38, 34)


def projektstatus() -> Letter:
    """What the steering group reads before its meeting."""
    return letter(
        NAME,
        report_head(),
        section_when("decide", "Ønskes besluttet", each("text in decide", steps("{{ text|saetning }}"))),
        section(
            "Nøgletal",
            fact_table("numbers", ("Forløb", "Antal familier"), "Hvor mange familier der er hvor i forløbet"),
            paragraph(
                "Et tal under fem vises ikke, for at ingen skal kunne kendes."
                "{% if target %} Målet er {{ target }} familier.{% endif %}"
                "{% if unread %} {{ unread }} {% if unread == 1 %}fil{% else %}filer{% endif %} kunne ikke læses og er "
                "ikke talt med.{% endif %}",
                "EfterTabel",
            ),
            when(
                "areas",
                text_table(
                    "areas",
                    ("Fagområde", "Forløb, det er med i"),
                    _AREA_MM,
                    "Hvor mange forløb hvert fagområde er med i",
                ),
            ),
        ),
        section("Nye familier", when("new_courses", _courses(), otherwise=[paragraph("Der er ingen nye familier.")])),
        section(
            "Fremdrift",
            fact_table("progress", ("Møder", "Antal"), "Møder, der blev holdt, og møder, der skulle holdes"),
            paragraph("Sådan er rytmen talt: {{ rhythm_rule }}", "EfterTabel"),
        ),
        warnings(),
        section(
            "Ventetid",
            when(
                "waits",
                text_table(
                    "waits",
                    ("Fagområde", "Antal", "Venter endnu", "For lange", "Midterste, dage", "Længste, dage"),
                    _WAIT_MM,
                    "Ventetid på svar, for hvert fagområde",
                ),
                paragraph(
                    "En ventetid er for lang efter {{ wait_limit }} dage. Halvdelen venter kortere end den midterste.",
                    "EfterTabel",
                ),
                otherwise=[paragraph("Ingen familier har ventet på svar i perioden.")],
            ),
        ),
        section(
            "Skift af tovholder og rådgivere",
            fact_table("shifts", ("Skift", "Antal"), "Skift af tovholdere og rådgivere"),
        ),
        section(
            "Hvem kommer til møderne?",
            when(
                "attendance",
                text_table(
                    "attendance", ("Fagområde", "Indkaldt", "Mødt", "Andel"), _CAME_MM, "Hvert fagområdes fremmøde"
                ),
            ),
            paragraph("Kun møder, der blev holdt, er talt med.", "EfterTabel"),
            fact_table("children", ("Børnene", "Gange"), "Om børnene var med til møderne, og hvorfor ikke"),
        ),
        milestones(),
        risks(),
        section(
            "Økonomi",
            when(
                "costs",
                picture("cost_chart"),
                text_table(
                    "costs",
                    ("Fagområde", "Familier", "I alt", "Pr. familie"),
                    _COST_MM,
                    "Udgifter i perioden for hvert fagområde",
                ),
                paragraph("Tallene er de udgifter, der er skrevet for periodens måneder.", "EfterTabel"),
                fact_table("cost_trends", ("Udgiften pr. familie er i", "Antal familier"), "Hvordan udgifterne går"),
                paragraph("Sådan er udgifterne bedømt: {{ cost_rule }}", "EfterTabel"),
                otherwise=[paragraph("Der er ikke skrevet udgifter for perioden.")],
            ),
        ),
        to=TO_PROJECT,
    )


def _courses() -> str:
    return paragraph(
        "Her står de forløb, hvor alle har sagt ja i perioden. De nævnes kun ved sagsnummer.", keep_next=True
    ) + table(
        row(["Sag", "Fagområder", "Fagpersoner"], _COURSE_MM, header=True)
        + rows_each(
            "line in new_courses",
            [
                "{{ line.case }}",
                "{% if line.areas %}{{ line.areas|liste }}{% else %}–{% endif %}",
                "{% if line.staff %}{{ line.staff|liste }}{% else %}–{% endif %}",
            ],
            _COURSE_MM,
        ),
        _COURSE_MM,
        description="Nye forløb ved sagsnummer, med fagområder og fagpersoner",
    )
