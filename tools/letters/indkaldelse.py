"""The professionals' summons to a meeting: only what the whole invited team may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import (
    TO_PROFESSIONALS,
    case_line,
    farewell,
    letter,
    section,
    section_when,
    tovholder_box,
)
from tools.letters.wordml import box, bullets, each, paragraph, row, rows_each, table, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Mødeindkaldelse"

_TEAM_MM = (42, 42, 46, 36)
_CONSENT_MM = (56, 110)

_PURPOSES = {
    "introduktionsmøde": "Teamet mødes første gang. Vi lærer hinanden og opgaven at kende, aftaler den første "
    "tovholder og lægger en plan for undersøgelsen.",
    "fagligt formøde": "Vi samler det, hvert fagområde ser, finder mønstre og uenigheder, og forbereder mødet med "
    "familien.",
    "familieplansmøde": "Familien og teamet laver familieplanen sammen. Familiens ord kommer først.",
    "opfølgningsmøde": "Familien og teamet følger op på planen mål for mål og retter den til.",
    "afslutningsmøde": "Familien og teamet ser på, hvad der er nået, og aftaler, hvad der lever videre hvor.",
    "interview": "Tovholderen taler med familien om, hvordan hjælpen virker.",
}


def indkaldelse() -> Letter:
    """To everybody on the team who is invited."""
    return letter(
        NAME,
        case_line(),
        title("Mødeindkaldelse: {{ meeting.type }}"),
        paragraph("{{ family_name }}", "Subtitle"),
        box(
            paragraph("Tid og sted", "Bokshoved"),
            paragraph(
                "**{{ meeting.date|lang_dato|stort }}** ({{ meeting.date|uge }}) "
                "**{{ meeting.start|tidsrum(meeting.end) }}**",
                "Bokstekst",
            ),
            paragraph("{{ meeting.place }}", "Bokstekst"),
            when("meeting.directions", paragraph("{{ meeting.directions }}", "Bokstekst")),
            when(
                "moved",
                paragraph("Flyttet fra {{ moved.from_|dato_og_tid }}.", "Bokstekst"),
            ),
            description="Tid og sted for mødet",
        ),
        section(
            "Formål",
            *[when(f"meeting.type == '{kind}'", paragraph(purpose)) for kind, purpose in _PURPOSES.items()],
            when("message", paragraph("{{ message }}")),
        ),
        section("Jeres forberedelse", _preparation()),
        section("Deltagere", _team()),
        section_when(
            "family",
            "Familiens deltagelse",
            paragraph("Fra familien er inviteret: {{ family|liste }}."),
            when(
                "interpreter",
                paragraph(
                    "Mødet tolkes til {{ interpreter.language }}"
                    "{% if not interpreter.is_booked %} (tolken er ikke bestilt endnu){% endif %}. "
                    "Tal i korte sætninger, og sæt tid af til det."
                ),
            ),
        ),
        section_when("children", "Børnenes deltagelse", each("child in children", _child())),
        section_when(
            "scope",
            "Samtykkets omfang",
            paragraph(
                "I må kun dele oplysninger om en person mellem de fagområder, personen har sagt ja til. Her står kun "
                "jer, der er indkaldt. Er jeres fagområde ikke nævnt, må det hverken give eller få oplysninger om "
                "personen.",
                keep_next=True,
            ),
            _consents(),
        ),
        section(
            "Husk",
            bullets(
                "Beslutninger om hjælp træffes i jeres eget fagområde. Mødet afgør dem ikke.",
                "Dokumenterne ligger i {{ records_name }}{% if case_number %} på sag {{ case_number }}{% endif %}.",
                "Svar på kalenderindkaldelsen. Kan I ikke komme, så aftal en stedfortræder, og giv besked.",
                keep_next=True,
            ),
        ),
        farewell(keep_next=True),
        tovholder_box("Familiens"),
        to=TO_PROFESSIONALS,
    )


def _preparation() -> str:
    return "".join((
        when(
            "own_part_due",
            bullets(
                "Skriv dit fagområdes del af den familiefaglige undersøgelse senest **{{ own_part_due|lang_dato }}**. "
                "Skriv, hvad der fungerer, hvad der bekymrer, og hvad familien selv ønsker.",
            ),
        ),
        when(
            "meeting.type in ('familieplansmøde', 'opfølgningsmøde', 'afslutningsmøde')",
            bullets(
                "Gør status på dit fagområdes indsatser: Hvad er i gang, hvad er på vej, og hvad mangler?",
                "Meld ventetider og andre hindringer til tovholderen før mødet.",
                "Tænk over, hvordan du siger det, så alle ved bordet forstår det.",
            ),
        ),
        when(
            "meeting.type in ('introduktionsmøde', 'fagligt formøde')",
            bullets("Find det frem, dit fagområde må dele. Samtykkets omfang står herunder."),
        ),
        when(
            "meeting.type == 'interview'",
            bullets("Læs spørgsmålene igennem, og bestil tolk, hvis der er brug for det."),
        ),
    ))  # fmt: skip


def _team() -> str:
    return table(
        row(["Navn", "Funktion", "Fagområde", "Rolle"], _TEAM_MM, header=True)
        + rows_each(
            "person in participants",
            [
                "{{ person.name }}{% if person.stands_in_for %} (for {{ person.stands_in_for }}){% endif %}",
                "{{ person.title|stort }}",
                "{% if person.area %}{{ person.area }}{% else %}–{% endif %}",
                (
                    "{% if person.function %}{{ person.function|stort }}{% else %}–{% endif %}"
                    "{% if person.is_tovholder %}, tovholder{% endif %}"
                ),
            ],
            _TEAM_MM,
        )
        + rows_each(
            "guest in guests",
            ["{{ guest.name }}", "{% if guest.role %}{{ guest.role|stort }}{% else %}Gæst{% endif %}", "–", "Gæst"],
            _TEAM_MM,
        ),
        _TEAM_MM,
        description="Deltagere fra teamet og gæster",
    )


def _child() -> str:
    return bullets(
        "**{{ child.first_name }}** {% if child.attends %}deltager"
        "{% if child.part %} {{ child.part|lille }}{% endif %}.{% else %}deltager ikke.{% endif %}"
        "{% if child.reason %} {{ child.reason|saetning }}{% endif %}"
        "{% if child.view %} Barnets syn: {{ child.view|saetning }}{% endif %}"
    )


def _consents() -> str:
    return table(
        row(["Hvem", "Hvilke fagområder må dele"], _CONSENT_MM, header=True)
        + rows_each(
            "line in scope",
            ["{{ line.name }}", "{% if line.areas %}{{ line.areas|liste }}{% else %}Ingen må dele noget{% endif %}"],
            _CONSENT_MM,
        ),
        _CONSENT_MM,
        description="Samtykkets omfang for hver person",
    )
