"""The network card: the drawing shows it, on the first page, and the tables say all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.forms import answer_fields
from tools.letters.frame import case_line, letter, section, section_when
from tools.letters.wordml import Cell, paragraph, row, rows_each, table, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Netværkskort"
TO_READER = "Fortroligt{% if recipient.is_professional %} – kun til fagområdet{% else %} – til familien{% endif %}"

_YOU = "{% if recipient.is_professional %}familien{% else %}jer{% endif %}"
_YOUR = "{% if recipient.is_professional %}familiens{% else %}jeres{% endif %}"

_NETWORK_MM = (34, 48, 54, 30)
_TEAM_MM = (66, 34, 30, 36)


def netvaerkskort() -> Letter:
    """The card."""
    return letter(
        NAME,
        case_line(),
        title(f"Hvem er omkring {_YOU}?"),
        paragraph("{{ family_name }}. Udgaven er til {{ recipient.name }}.", "Subtitle"),
        paragraph(
            f"På kortet står {{{{ network|length }}}} fra {_YOUR} eget netværk og "
            "{{ team|length }} "
            "{% if team|length == 1 %}fagperson{% else %}fagpersoner{% endif %}."
        ),
        section("Sådan ser det ud", paragraph("{{r map|tegning }}", "Tabeltekst")),
        paragraph("Tabellerne er hele kortet. Der er ikke altid plads til alle på tegningen.", "Smaatekst"),
        section(f"Hvem er {_YOUR} eget netværk?", _network()),
        section_when("team", f"Hvilke fagpersoner er omkring {_YOU}?", _team()),
        when(
            "not recipient.is_professional",
            section(
                "Hvem savner I?",
                paragraph("Skriv gerne, hvem I kunne bruge mere, eller hvem der mangler på kortet.", keep_next=True),
                answer_fields("Skriv her", description="Hvem I savner i netværket"),
            ),
        ),
        to=TO_READER,
    )


def _network() -> str:
    return table(
        row(["Hvor tæt på", "Hvem", "Hjælper med", "Må vi ringe?"], _NETWORK_MM, header=True)
        + rows_each(
            "person in network",
            [
                "{{ person.circle }}",
                Cell(
                    paragraph("**{{ person.name }}**", "Tabeltekst")
                    + when("person.relation", paragraph("{{ person.relation|stort }}", "Tabeltekst"))
                    + when("person.for_", paragraph("For {{ person.for_|liste }}", "Tabeltekst"))
                ),
                "{% if person.helps_with %}{{ person.helps_with|stort }}{% else %}–{% endif %}",
                "{% if person.contact_ok %}Ja{% else %}Nej, spørg først{% endif %}",
            ],
            _NETWORK_MM,
        ),
        _NETWORK_MM,
        description="Familiens eget netværk, det nærmeste først",
    )


def _team() -> str:
    return table(
        row(["Hvem", "For hvem", "Opgave", "Telefon"], _TEAM_MM, header=True)
        + rows_each(
            "person in team",
            [
                Cell(
                    paragraph("**{{ person.name }}**", "Tabeltekst")
                    + paragraph(
                        "{{ person.title|stort }}{% if person.area %}, {{ person.area }}{% endif %}", "Tabeltekst"
                    )
                ),
                "{% if person.for_ %}{{ person.for_|liste }}{% else %}–{% endif %}",
                (
                    "{% if person.is_tovholder %}Tovholder{% elif person.function %}{{ person.function|stort }}"
                    "{% else %}–{% endif %}"
                ),
                "{% if person.phone %}{{ person.phone }}{% else %}–{% endif %}",
            ],
            _TEAM_MM,
        ),
        _TEAM_MM,
        description="Fagpersoner omkring familien",
    )
