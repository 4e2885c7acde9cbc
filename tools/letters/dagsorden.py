"""The agenda on the table: only what everybody there may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import TO_TABLE, case_line, letter, section, section_when
from tools.letters.forms import UNTICKED
from tools.letters.wordml import Cell, box, bullets, each, paragraph, row, row_tag, rows_each, table, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Dagsorden"

_POINT_MM = (12, 96, 24, 34)
_WHO_MM = (20, 78, 68)


def dagsorden() -> Letter:
    """For everybody round the table."""
    return letter(
        NAME,
        case_line(),
        title("Dagsorden: {{ meeting.type }}"),
        box(
            paragraph(
                "**{{ meeting.date|lang_dato|stort }}** ({{ meeting.date|uge }}) "
                "**{{ meeting.start|tidsrum(meeting.end) }}**",
                "Bokstekst",
            ),
            paragraph("{{ meeting.place }}", "Bokstekst"),
            paragraph("Mødeleder: {{ tovholder.name }}, {{ tovholder.title }}", "Bokstekst"),
            description="Tid, sted og mødeleder",
        ),
        section_when(
            "family_points",
            "Det vil familien gerne tale om",
            each("item in family_points", bullets("{{ item }}")),
        ),
        when("message", paragraph("{{ message }}", "EfterTabel")),
        section("Det skal vi igennem", _points()),
        section("Hvem er med?", _people()),
        paragraph(
            "Mødet afgør ikke, hvilken hjælp der bliver givet. Det gør hvert fagområde selv bagefter.", "Smaatekst"
        ),
        to=TO_TABLE,
    )


def _points() -> str:
    rows = (
        row(["Nr.", "Punkt", "Tid", "Ved"], _POINT_MM, header=True)
        + row_tag("{%tr for item in agenda %}", _POINT_MM)
        + row(
            [
                "{{ item.number }}",
                "{{ item.point }}",
                "{% if item.minutes %}{{ item.minutes|varighed }}{% else %}–{% endif %}",
                "{% if item.by %}{{ item.by }}{% else %}Alle{% endif %}",
            ],
            _POINT_MM,
        )
        + row_tag("{%tr endfor %}", _POINT_MM)
    )
    return table(rows, _POINT_MM, description="Mødets punkter")


def _people() -> str:
    rows = (
        row(["Til stede", "Navn", "Hvem"], _WHO_MM, header=True)
        + rows_each("name in family", [Cell(UNTICKED, "Kryds"), "{{ name }}", "Familien"], _WHO_MM)
        + rows_each(
            "person in participants",
            [Cell(UNTICKED, "Kryds"), "{{ person.name }}", "{{ person.title|stort }}{% if person.area %}, {{ person.area }}{% endif %}"],
            _WHO_MM,
        )
        + rows_each(
            "guest in guests",
            [
                Cell(UNTICKED, "Kryds"),
                "{{ guest.name }}",
                "{% if guest.role %}{{ guest.role|stort }}{% else %}Gæst{% endif %}",
            ],
            _WHO_MM,
        )
    )
    return table(rows, _WHO_MM, description="Hvem der er med, med plads til kryds") + when(
        "interpreter",
        paragraph("Mødet tolkes til {{ interpreter.language }}.", "EfterTabel"),
    )
