"""The project's effect report: half-way and at the end. It may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import letter, section, section_when
from tools.letters.project.pieces import fact_table, picture, report_head, text_table
from tools.letters.wordml import bullets, each, paragraph, steps, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Evaluering af projektet"
TO_ALL = "Nævner ingen familier – kan offentliggøres"

EFFECT_HEADS = ("Bedre", "Uændret", "Dårligere", "Familier i alt")
EFFECT_MM = (66, 25, 25, 25, 25)
WITHHELD = "En linje om færre end fem familier, eller hvor alle gik samme vej, er skjult."
_WAIT_MM = (56, 20, 22, 22, 24, 22)
_SERVICE_MM = (58, 54, 54)
_COST_MM = (58, 36, 38, 34)
_MISSING_MM = (118, 48)


def evalueringsrapport() -> Letter:
    """What the committees and everybody else may read."""
    return letter(
        NAME,
        report_head(),
        section(
            "Grundlag og metode",
            fact_table("basis", ("Grundlag", "Antal"), "Hvor mange familier evalueringen bygger på"),
            each("text in method", paragraph("{{ text }}", "EfterTabel")),
        ),
        section(
            "Hvordan familierne og medarbejderne oplever det",
            _effects("experienced", "experienced_chart", "Kriterium", "Succeskriterierne 1-6, før og nu"),
        ),
        section(
            "Hvad der har ændret sig",
            _effects("counted", "counted_chart", "Kriterium", "Succeskriterierne 7a-7f, før og nu"),
        ),
        section(
            "Børnene",
            _effects("children", "children_chart", "Gruppe", "Børnenes seks grupper, før og nu"),
        ),
        section(
            "De voksne",
            _effects("adults", "adults_chart", "Gruppe", "De voksnes syv grupper, før og nu"),
        ),
        section(
            "Udvikling i antal ydelser",
            when(
                "services",
                text_table(
                    "services",
                    ("Datatræk", "Familier", "Ydelser i den midterste familie"),
                    _SERVICE_MM,
                    "Antal ydelser ved hvert datatræk",
                ),
                otherwise=[paragraph("Der er ikke lavet datatræk endnu.")],
            ),
        ),
        section(
            "Udgifter",
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
        section_when("staff_view", "Medarbejdernes erfaringer", paragraph("{{ staff_view|saetning }}")),
        section(
            "Hvordan arbejdet er gået",
            fact_table("progress", ("Møder og skift", "Antal"), "Møder, rytme og skift"),
            paragraph("Sådan er rytmen talt: {{ rhythm_rule }}", "EfterTabel"),
            fact_table("taking_part", ("Børnene", "Gange"), "Om børnene var med til møderne, og hvorfor ikke"),
            paragraph("Årsagerne er samlet efter det, der er skrevet i sagerne.", "EfterTabel"),
        ),
        section_when(
            "waits",
            "Ventetid",
            text_table(
                "waits",
                ("Fagområde", "Antal", "Venter endnu", "For lange", "Midterste, dage", "Længste, dage"),
                _WAIT_MM,
                "Ventetid på svar, for hvert fagområde",
            ),
        ),
        section_when("learned", "Læring og anbefalinger", each("text in learned", steps("{{ text|saetning }}"))),
        section(
            "Forbehold",
            bullets(
                "Få familier: et tal, der bygger på færre end fem familier, vises ikke. Er et tal skjult, er et til "
                "skjult med det, for at ingen kan regne det ud.",
                "Der er ingen kontrolgruppe. Tallene viser, hvad der skete, og ikke, hvad der ville være sket ellers.",
                "Andre ting end den fælles plan kan have virket: børn bliver ældre, og voksne får arbejde.",
                "Den første værdi holdes op mod den seneste. Der kan være gået kort eller lang tid imellem.",
            ),
            when(
                "missing",
                paragraph("Det her mangler i tallene:", keep_next=True),
                text_table("missing", ("Hvad der mangler", "Familier"), _MISSING_MM, "Hvad der mangler i tallene"),
            ),
        ),
        to=TO_ALL,
    )  # fmt: skip


def _effects(rows: str, chart: str, head: str, description: str) -> str:
    """How many families went which way, drawn and as a table."""
    return (
        picture(chart)
        + text_table(rows, (head, *EFFECT_HEADS), EFFECT_MM, description)
        + paragraph(
            "En familie tæller én gang i hver linje, med den vej, det gik samlet set. Kun familier med både en første "
            f"og en senere værdi er talt med. {WITHHELD}",
            "EfterTabel",
        )
    )
