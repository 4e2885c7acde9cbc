"""The minutes of a meeting about the work itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import letter, section, section_when
from tools.letters.project.projektdagsorden import TO_PROJECT
from tools.letters.wordml import each, heading, paragraph, row, rows_when, table, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Referat for projektet"

_WHO_MM = (40, 126)
_PRESENT = "{% if present %}{{ present|liste }}{% else %}Ingen er skrevet på{% endif %}"


def projektreferat() -> Letter:
    """What was said and agreed."""
    return letter(
        NAME,
        paragraph(
            "{{ document.date|dato }}{% if document.version > 1 %}  ·  Udgave {{ document.version }}"
            "{% if document.replaces %} (erstatter udgave {{ document.replaces }}){% endif %}{% endif %}",
            "Sagslinje",
        ),
        title("Referat: {{ meeting.title }}"),
        paragraph(
            "**{{ meeting.date|lang_dato|stort }}** **{{ meeting.start|tidsrum(meeting.end) }}**, {{ meeting.place }}"
        ),
        when(
            "is_draft or approved or by",
            paragraph(
                "{% if is_draft %}**Udkast: referatet er ikke godkendt endnu.**"
                "{% elif approved %}Godkendt den {{ approved|dato }}.{% endif %}"
                "{% if by %} Skrevet af {{ by }}.{% endif %}"
            ),
        ),
        section(
            "Hvem var med?",
            table(
                row(["Hvem", "Navne"], _WHO_MM, header=True)
                + row(["Til stede", _PRESENT], _WHO_MM)
                + rows_when("excused", row(["Afbud", "{{ excused|liste }}"], _WHO_MM), _WHO_MM)
                + rows_when("absent", row(["Udeblevet", "{{ absent|liste }}"], _WHO_MM), _WHO_MM),
                _WHO_MM,
                description="Hvem der var til stede, meldte afbud og udeblev",
            ),
        ),
        each(
            "line in points",
            heading("{{ line.number }}. {{ line.point|stort }}"),
            when("line.text", paragraph("{{ line.text|saetning }}")),
            when(
                "line.agreed",
                paragraph(
                    "**Aftale:** {{ line.agreed|saetning }}{% if line.who %} Ansvarlig: {{ line.who }}.{% endif %}"
                    "{% if line.due %} Senest den {{ line.due|dato }}.{% endif %}"
                    "{% if line.done %} Gjort den {{ line.done|dato }}.{% endif %}"
                ),
            ),
            when("not line.text and not line.agreed", paragraph("Punktet blev drøftet.")),
        ),
        section_when(
            "next_meeting",
            "Næste møde",
            when("next_meeting", paragraph("{{ next_meeting|lang_dato|stort }}.")),
        ),
        to=TO_PROJECT,
    )  # fmt: skip
