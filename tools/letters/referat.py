"""The minutes: who came, what was said, who does what, in as much of it as one reader may see.

One template for the family, the young and the professionals. It decides nothing, and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import letter, of_children, opening, section, section_when, told, tovholder_box
from tools.letters.wordml import (
    Cell,
    box,
    bullets,
    each,
    paragraph,
    row,
    rows_each,
    table,
    title,
    when,
)

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Referat"
_TO = "Fortroligt{% if recipient.is_professional %} – kun til fagområdet{% else %} – til familien{% endif %}"
_TYPE = "{% if meeting.type == 'interview' %}en samtale{% else %}{{ meeting.type }}{% endif %}"

_WHO_MM = (62, 104)
_TASK_MM = (62, 36, 36, 32)


def referat() -> Letter:
    """For one reader."""
    return letter(
        NAME,
        opening(title(f"{{% if document.draft %}}Udkast til referat{{% else %}}Referat{{% endif %}} af {_TYPE}")),
        when("document.draft", paragraph("Referatet er et udkast. Det er ikke godkendt endnu.", "Subtitle")),
        _time_and_place(),
        section_when("agreements", "Hvem gør hvad?", _tasks()),
        section_when("points", "Hvad talte vi om?", each("item in points", _point())),
        section_when(
            "family_remarks",
            "Hvad siger familien selv?",
            paragraph("{{ family_remarks|saetning }}", "Quote"),
        ),
        section_when("changes", "Hvad er nyt i planen?", each("item in changes", bullets("{{ item }}"))),
        section_when("participants or guests or family", "Hvem var med?", _people()),
        when("excused", paragraph("Afbud: {{ excused|liste }}.", "EfterTabel")),
        when("absent", paragraph("Kom ikke: {{ absent|liste }}.", "EfterTabel")),
        section_when("children", f"Hvad med {of_children('børnene')}?", _children()),
        section_when("internal", "Kun for fagpersoner", paragraph("{{ internal|saetning }}")),
        section_when(
            "next_meeting",
            "Hvornår mødes vi igen?",
            box(
                paragraph("{{ next_meeting.type|stort }}", "Bokshoved"),
                paragraph(
                    "{{ next_meeting.date|lang_dato|stort }} ({{ next_meeting.date|uge }}) "
                    "{{ next_meeting.start|tidsrum(next_meeting.end) }}",
                    "Bokstekst",
                ),
                paragraph("{{ next_meeting.place }}", "Bokstekst"),
                description="Det næste møde",
            ),
        ),
        paragraph(
            "Referatet er ikke en afgørelse. Hvert fagområde beslutter selv om sin hjælp og giver besked om det.",
            "EfterTabel",
            keep_next=True,
        ),
        section(
            told(
                "Hvem kan {% if recipient.is_youth %}du{% else %}I{% endif %} ringe til?",
                "Hvem kan svare på spørgsmål?",
            ),
            paragraph(
                "{% if recipient.is_professional %}Fra dette møde er det:{% else %}"
                "Ring, hvis {% if recipient.is_youth %}du{% else %}I{% endif %} er i tvivl om noget eller ser noget "
                "anderledes end det, der står her.{% endif %}",
                keep_next=True,
            ),
            tovholder_box(
                "{% if recipient.is_professional %}Familiens{% elif recipient.is_youth %}Din{% else %}Jeres{% endif %}"
            ),
        ),
        to=_TO,
    )


def _time_and_place() -> str:
    return box(
        paragraph(
            "**{{ meeting.date|lang_dato|stort }}** ({{ meeting.date|uge }}) "
            "**{{ meeting.start|tidsrum(meeting.end) }}**",
            "Bokstekst",
        ),
        paragraph("{{ meeting.place }}", "Bokstekst"),
        when("leader", paragraph("Mødeleder: {{ leader }}", "Bokstekst")),
        when("note_taker", paragraph("Skrevet af: {{ note_taker }}", "Bokstekst")),
        when("approved", paragraph("Godkendt den {{ approved|dato }}", "Bokstekst")),
        when("interpreter", paragraph("Mødet blev tolket til {{ interpreter.language }}", "Bokstekst")),
        description="Mødet, som referatet handler om",
    )


def _point() -> str:
    return "".join((
        paragraph("{{ item.point }}", "Heading3"),
        when("item.text", paragraph("{{ item.text|saetning }}")),
        when("item.agreed", paragraph("**Aftale:** {{ item.agreed|saetning }}")),
    ))  # fmt: skip


def _tasks() -> str:
    return table(
        row(["Det er aftalt", "Hvem", "Senest", "Besluttes i"], _TASK_MM, header=True)
        + rows_each(
            "item in agreements",
            [
                "{{ item.agreed|saetning }}",
                "{% if not item.who %}–{% elif item.is_readers %}**{{ item.who }}**{% else %}{{ item.who }}{% endif %}",
                "{% if item.due %}{{ item.due|dato }}{% else %}–{% endif %}",
                "{% if item.decided_in %}{{ item.decided_in }}{% else %}–{% endif %}",
            ],
            _TASK_MM,
        ),
        _TASK_MM,
        description="Det, der er aftalt, hvem der gør det, og hvornår",
    )


def _people() -> str:
    return table(
        row(["Navn", "Hvem"], _WHO_MM, header=True)
        + rows_each("name in family", ["{{ name }}", Cell("Familien")], _WHO_MM)
        + rows_each(
            "person in participants",
            [
                "{{ person.name }}",
                (
                    "{{ person.title|stort }}{% if person.area %}, {{ person.area }}{% endif %}"
                    "{% if person.stands_in_for %} (i stedet for {{ person.stands_in_for }}){% endif %}"
                ),
            ],
            _WHO_MM,
        )
        + rows_each(
            "guest in guests",
            ["{{ guest.name }}", "{% if guest.role %}{{ guest.role|stort }}{% else %}Gæst{% endif %}"],
            _WHO_MM,
        ),
        _WHO_MM,
        description="Hvem der var med til mødet",
    )


def _children() -> str:
    return each(
        "child in children",
        bullets(
            "**{{ child.first_name }}** {% if child.attends %}var med{% if child.part %} {{ child.part|lille }}"
            "{% endif %}{% else %}var ikke med{% endif %}."
            "{% if child.reason %} {{ child.reason|saetning }}{% endif %}"
            "{% if child.view %} Barnets syn: {{ child.view|saetning }}{% endif %}"
        ),
    )
