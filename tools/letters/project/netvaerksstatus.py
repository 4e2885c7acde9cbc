"""The networks' status in December, of several municipalities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import letter, section, section_when
from tools.letters.project.evalueringsrapport import EFFECT_HEADS, EFFECT_MM, TO_ALL, WITHHELD
from tools.letters.project.pieces import FACT_MM, picture, text_table
from tools.letters.wordml import bullets, each, heading, paragraph, row, rows_each, table, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Netværkets status"


def netvaerksstatus() -> Letter:
    """One paper of what each municipality sent."""
    return letter(
        NAME,
        paragraph("{{ document.date|dato }}", "Sagslinje"),
        title("Netværkets status {{ year }}"),
        when("names", paragraph("{{ names|liste }}", "Subtitle")),
        paragraph("Her er det, som kommunerne i netværket har talt og målt i året, med de samme nøgler."),
        section_when(
            "effects",
            "Hvad det gør for familierne",
            paragraph("Tallene er fra alle kommuner tilsammen."),
            picture("effect_chart"),
            text_table("effects", ("Kriterium", *EFFECT_HEADS), EFFECT_MM, "Hvordan det er gået, for hvert kriterium"),
            paragraph(f"En familie tæller én gang i hver linje. {WITHHELD}", "EfterTabel"),
        ),
        each(
            "item in municipalities",
            heading("{{ item.name }}"),
            paragraph("Tallene er gjort op til og med den {{ item.until|dato }}.", keep_next=True),
            table(
                row(["I året", "Antal"], FACT_MM, header=True)
                + rows_each(
                    "line in item.numbers",
                    ["{{ line.name|stort }}", "{{ line.value }}{% if line.note %} ({{ line.note }}){% endif %}"],
                    FACT_MM,
                ),
                FACT_MM,
                description="Kommunens tal for året",
            ),
            paragraph("Sådan er udgifterne bedømt: {{ cost_rule }}", "EfterTabel"),
            text_table(
                "item.effects", ("Kriterium", *EFFECT_HEADS), EFFECT_MM, "Hvordan det er gået i kommunen"
            ),
            paragraph(f"En familie tæller én gang i hver linje. {WITHHELD}", "EfterTabel"),
        ),
        section(
            "Forbehold",
            bullets(
                "Hvad en kommune ikke har målt, står som 0 familier.",
                "Et tal under fem familier vises ikke. Er det i én kommune, vises linjen kun for alle tilsammen.",
                "Familierne er ikke de samme i kommunerne, og der er ingen kontrolgruppe.",
            ),
        ),
        to=TO_ALL,
    )  # fmt: skip
