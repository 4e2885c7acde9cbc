"""The effect report on one course: each chart beside the table that says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.course.small import small_cell, small_table
from tools.letters.forms import answer_fields
from tools.letters.frame import case_line, letter, section, section_when
from tools.letters.wordml import bullets, each, paragraph, row, rows_each, title, when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.letters.package import Letter

NAME = "Effektrapport"

_OUTCOME_MM = (46, 42, 30, 30, 18)
_DRAW_MM = (28, 30, 20, 88)
_MONTH_MM = (36, 30, 100)
_TREND_MM = (50, 30, 30, 24, 32)
_FACT_MM = (70, 96)
_CHILD_MM = (40, 36, 90)
_WAIT_MM = (40, 40, 26, 30, 30)


def effektrapport() -> Letter:
    """The report, in the order of the agreement's criteria."""
    return letter(
        NAME,
        case_line(),
        title("Effektrapport: {{ family_name }}"),
        paragraph("Udgaven er til {{ recipient.name }}. Tovholder: {{ tovholder_name }}", "Subtitle"),
        when(
            "not is_whole",
            paragraph("Rapporten viser kun det, som jeres fagområde må se efter familiens samtykker."),
        ),
        section(
            "Kort fortalt",
            when(
                "summary",
                each("line in summary", paragraph("{{ line }}", "ListBullet")),
                otherwise=[paragraph("Der er endnu ikke to tal, der kan holdes op mod hinanden.")],
            ),
        ),
        section("Hvad bygger rapporten på?", *_basis()),
        section(
            "Hvordan oplever familien og medarbejderne det?",
            _chart("experienced_chart"),
            _outcomes("experienced", "Mål", "Mål 1 til 6: ved start, senest og hvordan det er gået"),
        ),
        section(
            "Hvad er der sket i job, skole og behandling?",
            _chart("counted_charts"),
            _outcomes("counted", "Mål", "Mål 7a til 7f: ved start, senest og hvordan det er gået"),
        ),
        section_when("draws", "Hvor mange ydelser får familien?", _chart("draws_chart"), _draws()),
        section(
            "Hvad koster det pr. måned?",
            when(
                "trends",
                _chart("cost_chart"),
                _trends(),
                when("cost_rule", paragraph("{{ cost_rule }}", "Smaatekst")),
                _months(),
                otherwise=[paragraph("Der er ikke skrevet udgifter endnu. De trækkes ved afslutningen.")],
            ),
        ),
        section("Børnene", _outcomes("child_groups", "Område", "Børnenes seks områder: start, senest og udvikling")),
        section("De voksne", _outcomes("adult_groups", "Område", "De voksnes syv områder: start, senest og udvikling")),
        section("Hvordan gik samarbejdet?", _facts(), when("rhythm_rule", paragraph("{{ rhythm_rule }}", "Smaatekst"))),
        section_when("child_parts", "Var børnene med?", _children()),
        section_when("waits", "Hvad har familien ventet på?", _waits()),
        section(
            "Det mangler",
            when(
                "missing",
                each("line in missing", paragraph("{{ line }}", "ListBullet")),
                otherwise=[paragraph("Der mangler ingen tal.")],
            ),
        ),
        section(
            "Hvad har vi lært?",
            answer_fields(
                "Læring", "Anbefalinger", description="Læring og anbefalinger", widths=(83, 83), height_mm=30
            ),
        ),
        section(
            "Forbehold",
            bullets(
                "Rapporten handler om én familie. Små tal svinger meget.",
                "Der er ingen gruppe at sammenligne med. Andet kan have gjort forskellen.",
                "Rapporten er til dem, der arbejder med forløbet. Familien har sit eget ark.",
            ),
        ),
        to="Fortroligt – kun til {{ recipient.name }}",
    )


def _chart(name: str) -> str:
    return when(name, paragraph(f"{{{{r {name}|billede }}}}", "Tabeltekst"))


def _basis() -> Sequence[str]:
    return (
        paragraph(
            "Forløbet begyndte den {{ started|dato }}{% if ended %} og sluttede den {{ ended|dato }}{% endif %}. "
            "{{ adults }} {% if adults == 1 %}voksen{% else %}voksne{% endif %} og {{ children }} "
            "{% if children == 1 %}barn{% else %}børn{% endif %} er med."
            "{% if interviews %} Familien er interviewet den {% for day in interviews %}"
            "{% if not loop.first %} og den {% endif %}{{ day|dato }}{% endfor %}.{% endif %}"
        ),
        paragraph("{{ outcome_rule }} Hvad der mangler, står til sidst."),
    )


def _outcomes(name: str, head: str, description: str) -> str:
    return small_table(
        row([head, "Målt på", "Første gang", "Senest", "Udvikling"], _OUTCOME_MM, header=True)
        + rows_each(
            f"line in {name}",
            [
                small_cell("{{ line.heading }}"),
                small_cell(
                    "{% if line.what %}{{ line.what }}{% if line.who %}, {{ line.who }}{% endif %}"
                    "{% elif is_whole %}Ikke målt{% else %}Ingen tal i denne udgave{% endif %}"
                ),
                small_cell("{% if line.before %}{{ line.before }}{% else %}–{% endif %}"),
                small_cell("{% if line.after %}{{ line.after }}{% else %}–{% endif %}"),
                small_cell("{% if line.outcome %}**{{ line.outcome }}**{% else %}–{% endif %}"),
            ],
            _OUTCOME_MM,
        ),
        _OUTCOME_MM,
        description=description,
    )


def _draws() -> str:
    return small_table(
        row(["Tidspunkt", "Talt", "I alt", "Fagområder"], _DRAW_MM, header=True)
        + rows_each(
            "line in draws",
            [
                small_cell("{{ line.name|stort }}"),
                small_cell(
                    "{% if line.made %}{{ line.made|kort_dato }}{% else %}Ikke talt (senest {{ line.due|kort_dato }})"
                    "{% endif %}"
                ),
                small_cell("{% if line.total %}{{ line.total }}{% else %}–{% endif %}"),
                small_cell("{% if line.by_area %}{{ line.by_area|join(', ') }}{% else %}–{% endif %}"),
            ],
            _DRAW_MM,
        ),
        _DRAW_MM,
        description="Antal ydelser ved hvert datatræk, i alt og efter fagområde",
    )


def _trends() -> str:
    return small_table(
        row(["Fagområde", "Første måneder", "Sidste måneder", "Forskel", "Udvikling"], _TREND_MM, header=True)
        + rows_each(
            "line in trends",
            [
                small_cell("{{ line.name }}"),
                small_cell("{% if line.first %}{{ line.first }}{% else %}–{% endif %}"),
                small_cell("{% if line.last %}{{ line.last }}{% else %}–{% endif %}"),
                small_cell("{% if line.change %}{{ line.change }}{% else %}–{% endif %}"),
                small_cell("**{{ line.trend }}**{% if line.why_unknown %}. {{ line.why_unknown }}{% endif %}"),
            ],
            _TREND_MM,
        ),
        _TREND_MM,
        description="Udgift pr. måned i gennemsnit, først og sidst, og hvordan det er gået",
    )


def _months() -> str:
    return small_table(
        row(["Måned", "I alt", "Fagområder i kr."], _MONTH_MM, header=True)
        + rows_each(
            "line in months",
            [
                small_cell("{{ line.month|maaned|stort }}"),
                small_cell("{% if line.total %}{{ line.total }}{% else %}Mangler{% endif %}"),
                small_cell("{% if line.by_area %}{{ line.by_area|join(', ') }}{% else %}–{% endif %}"),
            ],
            _MONTH_MM,
        ),
        _MONTH_MM,
        description="Udgifter måned for måned, i alt og efter fagområde",
    )


def _facts() -> str:
    return small_table(
        row(["Hvad", "Tal"], _FACT_MM, header=True)
        + rows_each("line in facts", [small_cell("{{ line.name }}"), small_cell("{{ line.value }}")], _FACT_MM),
        _FACT_MM,
        description="Møder, rytme, skift og fremmøde",
    )


def _children() -> str:
    return small_table(
        row(["Barn", "Var med til", "Hvorfor ikke"], _CHILD_MM, header=True)
        + rows_each(
            "line in child_parts",
            [
                small_cell("{{ line.name }}"),
                small_cell("{{ line.took_part }}"),
                small_cell("{% if line.reasons %}{{ line.reasons|liste|stort }}{% else %}–{% endif %}"),
            ],
            _CHILD_MM,
        ),
        _CHILD_MM,
        description="Børnenes deltagelse i møder og grundene til, at de ikke var med",
    )


def _waits() -> str:
    return small_table(
        row(["Fagområde", "Indsats", "Søgt", "Bevilget", "Følge"], _WAIT_MM, header=True)
        + rows_each(
            "line in waits",
            [
                small_cell("{{ line.area }}"),
                small_cell("{% if line.what %}{{ line.what|stort }}{% else %}–{% endif %}"),
                small_cell("{{ line.applied|kort_dato }}"),
                small_cell(
                    "{% if line.granted %}{{ line.granted|kort_dato }} ({{ line.days }} dage)"
                    "{% else %}Ikke endnu{% endif %}"
                ),
                small_cell("{% if line.consequence %}{{ line.consequence|saetning }}{% else %}–{% endif %}"),
            ],
            _WAIT_MM,
        ),
        _WAIT_MM,
        description="Ventetider: fagområde, indsats, søgt, bevilget og følge",
    )
