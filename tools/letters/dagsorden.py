"""The agenda on the table: only what everybody there may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.forms import UNTICKED
from tools.letters.frame import TO_TABLE, case_line, letter, section, section_when
from tools.letters.wordml import Cell, box, bullets, each, paragraph, row, rows_each, table, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Dagsorden"

_POINT_MM = (14, 152)
_TIMED_MM = (14, 118, 34)
_TASK_MM = (86, 44, 36)
_WHO_MM = (20, 62, 84)


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
            when("interpreter", paragraph("Mødet tolkes til {{ interpreter.language }}", "Bokstekst")),
            description="Tid, sted og mødeleder",
        ),
        section_when(
            "family_points",
            "Det vil familien gerne tale om",
            each("item in family_points", bullets("{{ item }}")),
        ),
        when("message", paragraph("{{ message }}", "EfterTabel")),
        section_when("open_tasks", "Siden sidst: hvad har vi aftalt?", _open_tasks()),
        section("Det skal vi igennem", when("planned_minutes", _timed_points(), otherwise=[_points()])),
        paragraph(
            "Mødet afgør ikke, hvilken hjælp der bliver givet. Det gør hvert fagområde selv bagefter.", "Smaatekst"
        ),
        section("Hvem er med?", _people()),
        to=TO_TABLE,
    )


def _open_tasks() -> str:
    return table(
        row(["Det er aftalt", "Hvem", "Senest"], _TASK_MM, header=True)
        + rows_each(
            "item in open_tasks",
            [
                "{{ item.agreed|saetning }}",
                "{% if item.who %}{{ item.who }}{% else %}–{% endif %}",
                "{% if item.due %}{{ item.due|dato }}{% else %}–{% endif %}",
            ],
            _TASK_MM,
        ),
        _TASK_MM,
        description="Aftaler fra tidligere møder, som ikke er gjort endnu",
    )


def _points() -> str:
    return table(
        row(["Nr.", "Punkt"], _POINT_MM, header=True)
        + rows_each("item in agenda", ["{{ item.number }}", _point()], _POINT_MM),
        _POINT_MM,
        description="Mødets punkter",
    )


def _timed_points() -> str:
    return table(
        row(["Nr.", "Punkt", "Tid"], _TIMED_MM, header=True)
        + rows_each(
            "item in agenda",
            ["{{ item.number }}", _point(), "{% if item.minutes %}{{ item.minutes|varighed }}{% else %}–{% endif %}"],
            _TIMED_MM,
        ),
        _TIMED_MM,
        description="Mødets punkter og den tid, der er sat af",
    )


def _point() -> Cell:
    return Cell(
        paragraph("{{ item.point }}", "Tabeltekst") + when("item.by", paragraph("Ved {{ item.by }}", "Tabeltekst"))
    )


def _people() -> str:
    rows = (
        row(["Til stede", "Navn", "Hvem"], _WHO_MM, header=True)
        + rows_each("name in family", [Cell(UNTICKED, "Kryds"), "{{ name }}", "Familien"], _WHO_MM)
        + rows_each(
            "child in children if child.attends and child.name not in family",
            [
                Cell(UNTICKED, "Kryds"),
                "{{ child.name }}{% if child.part %} ({{ child.part|lille }}){% endif %}",
                "Familien",
            ],
            _WHO_MM,
        )
        + rows_each(
            "person in participants",
            [
                Cell(UNTICKED, "Kryds"),
                "{{ person.name }}{% if person.answer %} ({{ person.answer }}){% endif %}",
                "{{ person.title|stort }}{% if person.area %}, {{ person.area }}{% endif %}",
            ],
            _WHO_MM,
        )
        + rows_each(
            "guest in guests",
            [
                Cell(UNTICKED, "Kryds"),
                "{{ guest.name }}{% if guest.answer %} ({{ guest.answer }}){% endif %}",
                "{% if guest.role %}{{ guest.role|stort }}{% else %}Gæst{% endif %}",
            ],
            _WHO_MM,
        )
    )
    return table(rows, _WHO_MM, description="Hvem der er med, med plads til kryds")
