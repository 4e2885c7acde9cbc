"""A child's own page: few words, large type, room to draw."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tools.letters.forms import answer_fields
from tools.letters.frame import letter, section, section_when
from tools.letters.wordml import bullets, each, paragraph, title

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "En side til dig"
_SCALE = 1.3


def boernesiden() -> Letter:
    """The page."""
    page = letter(
        NAME,
        title("Hej {{ recipient.first_name }}"),
        paragraph("Det her er din side. Læs den sammen med en voksen, du holder af.", "Subtitle"),
        section_when("words", "Det har du sagt", each("line in words", paragraph("»{{ line }}«", "Quote"))),
        section_when("view", "Sådan har vi hørt dig", paragraph("{{ view|saetning }}")),
        section_when("goals", "Det vil vi gerne nå", each("line in goals", bullets("{{ line|saetning }}"))),
        section_when("happens", "Det sker der", each("line in happens", bullets("{{ line|saetning }}"))),
        section(
            "Du kan tale med",
            each(
                "person in contacts",
                bullets(
                    "{{ person.name }}, {{ person.title }}{% if person.phone %}. Telefon {{ person.phone }}{% endif %}."
                ),
            ),
            bullets(
                "{{ tovholder.name }}. {% if tovholder.role == 'tovholder' %}Er jeres tovholder.{% endif %}"
                "{% if tovholder.phone %} Telefon {{ tovholder.phone }}.{% endif %}"
            ),
        ),
        section_when(
            "next_meeting",
            "Næste gang vi mødes",
            paragraph(
                "Det er {{ next_meeting.date|lang_dato }}."
                "{% if takes_part %} Du er med{% if part %} {{ part|lille }}{% endif %}. Du må gerne tage noget med."
                "{% else %} Sig det til en voksen, hvis der er noget, vi skal tale om.{% endif %}"
            ),
        ),
        section(
            "Her kan du tegne eller skrive",
            paragraph("Hvad er godt? Hvad er svært? Hvad ønsker du dig?", keep_next=True),
            answer_fields("Dit felt", description="Her kan du tegne eller skrive", height_mm=110),
        ),
        to="Til dig – og de voksne, du viser den",
    )
    return replace(page, scale=_SCALE)
