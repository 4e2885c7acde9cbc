"""The familiefaglig undersøgelse: who has written, what each area sees, what is under way already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import case_line, letter, section, section_when, tovholder_box
from tools.letters.wordml import Cell, box, each, heading, paragraph, row, rows_each, rows_when, table, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Familiefaglig undersøgelse"
_TO = "Fortroligt{% if recipient.is_professional %} – kun til fagområdet{% else %} – til familien{% endif %}"

_FACT_MM = (46, 120)
_STATUS_MM = (54, 48, 64)
_UNDER_WAY_MM = (62, 44, 60)
_SHARING_MM = (46, 120)


def undersoegelse() -> Letter:
    """The assessment."""
    return letter(
        NAME,
        case_line(),
        title(NAME),
        paragraph("{{ family_name }}", "Subtitle"),
        paragraph(
            "Hvert fagområde har skrevet sin del. Sammen viser de, hvad der går godt, hvad der er svært, og hvad "
            "{% if recipient.is_professional %}familien ønsker{% else %}I ønsker jer{% endif %}."
            "{% if recipient.is_professional %} Den er grundlaget for jeres faglige formøde.{% endif %}"
        ),
        paragraph(
            "Det her er ikke en børnefaglig undersøgelse, og det træder ikke i stedet for en. Det er heller ikke en "
            "afgørelse.",
            "Smaatekst",
        ),
        _facts(),
        section_when("statuses", "Hvem har skrevet?", _statuses()),
        each("part in parts", _part()),
        section_when(
            "children",
            "Hvad siger børnene?",
            each("child in children", paragraph("**{{ child.first_name }}:** {{ child.view|saetning }}", "Maal")),
        ),
        section_when("under_way", "Hvad er i gang i forvejen?", _under_way()),
        section_when("sharing", "Hvad må deles?", _sharing()),
        section("Hvem kan svare på spørgsmål?", tovholder_box("Familiens")),
        to=_TO,
    )


def _facts() -> str:
    def fact(label: str, value: str) -> str:
        return row([Cell(label, "Tabelhoved"), value], _FACT_MM)

    people = (
        "{% for person in members %}{{ person.name }} ({{ person.role }}"
        "{% if person.language %}, taler {{ person.language }}{% endif %}"
        "{% if person.lives_with %}, bor hos {{ person.lives_with|liste }}{% endif %})"
        "{% if not loop.last %}, {% endif %}{% endfor %}"
    )
    return paragraph("Kort fortalt", "Maerke") + table(
        fact("Udgaven er til", "{{ recipient.name }}")
        + rows_when("formoede", fact("Formødet er", "{{ formoede.when|stort }}"), _FACT_MM)
        + rows_when("members", fact("Familien er", people), _FACT_MM),
        _FACT_MM,
        description="Kort fortalt",
        heads=False,
    )


def _statuses() -> str:
    where = (
        "{% if status.written %}Skrevet den {{ status.written|dato }}"
        "{% if not status.is_shown %}. Delen står ikke i denne udgave{% endif %}"
        "{% else %}Mangler endnu{% if status.due %}. Skal være her den {{ status.due|dato }}{% endif %}{% endif %}."
    )
    return when(
        "document.draft",
        paragraph("Undersøgelsen er ikke færdig. Der mangler en del eller flere.", keep_next=True),
    ) + table(
        row(["Fagområde", "Hvem", "Hvor langt"], _STATUS_MM, header=True)
        + rows_each("status in statuses", ["{{ status.area }}", "{{ status.by }}", where], _STATUS_MM),
        _STATUS_MM,
        description="Hvilke fagområder der har skrevet, og hvilke der mangler",
    )


def _part() -> str:
    return "".join((
        heading("{{ part.area }}"),
        paragraph(
            "Skrevet {% if part.by %}af {{ part.by }}, {{ part.title }}, {% endif %}den {{ part.date|dato }}."
            "{% if part.for_ %} Det handler om {{ part.for_|liste }}.{% endif %}",
            "Smaatekst",
            keep_next=True,
        ),
        when("part.works", paragraph("**Det går godt:** {{ part.works|saetning }}", "Maal")),
        when("part.concerns", paragraph("**Det er svært:** {{ part.concerns|saetning }}", "Maal")),
        when("part.wishes", paragraph("**Ønsker:** {{ part.wishes|saetning }}", "Maal")),
        when(
            "part.file",
            paragraph(
                "**Skrevet et andet sted:** Teksten ligger i filen {{ part.file }}."
                "{% if part.by %} Spørg {{ part.by }} om den.{% endif %}",
                "Maal",
            ),
        ),
        when("part.sources", paragraph("**Det bygger på:** {{ part.sources|saetning }}", "Maal")),
        when(
            "part.internal",
            box(
                paragraph("Kun for fagpersoner", "Bokshoved"),
                paragraph("{{ part.internal|saetning }}", "Bokstekst"),
                description="Det, der ikke tales om på mødet",
            ),
            paragraph("Det taler I ikke om på mødet med familien.", "Smaatekst"),
        ),
    ))  # fmt: skip


def _under_way() -> str:
    return paragraph("Sådan ser det ud omkring {{ under_way_day|dato }}.", keep_next=True) + table(
        row(["Hvad", "Hvem", "Hvornår"], _UNDER_WAY_MM, header=True)
        + rows_each(
            "item in under_way",
            [
                Cell(
                    paragraph("**{{ item.what }}**", "Tabeltekst")
                    + when("item.for_", paragraph("For {{ item.for_|liste }}", "Tabeltekst"))
                    + each("mark in item.marks", paragraph("**Bemærk:** {{ mark }}", "Tabeltekst"))
                ),
                Cell(paragraph("{{ item.responsible }}", "Tabeltekst") + paragraph("{{ item.area }}", "Tabeltekst")),
                Cell(
                    paragraph("{{ item.period|stort }}", "Tabeltekst")
                    + when("item.hours", paragraph("{{ item.hours }}", "Tabeltekst"))
                ),
            ],
            _UNDER_WAY_MM,
        ),
        _UNDER_WAY_MM,
        description="Hjælp, der er i gang i forvejen",
    )


def _sharing() -> str:
    return table(
        row(["Hvem", "Fagområder, der må dele"], _SHARING_MM, header=True)
        + rows_each(
            "line in sharing",
            ["{{ line.name }}", "{% if line.areas %}{{ line.areas|liste }}{% else %}Ingen{% endif %}"],
            _SHARING_MM,
        ),
        _SHARING_MM,
        description="Hvem der har sagt ja til, hvad der må deles",
    )
