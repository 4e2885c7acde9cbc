"""What the project's reports have in common: the heading, tables of facts, milestones, risks, what stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import section, section_when
from tools.letters.wordml import each, paragraph, row, rows_each, table, title, when

if TYPE_CHECKING:
    from collections.abc import Sequence

FACT_MM = (92, 74)
MILESTONE_MM = (62, 28, 28, 48)
RISK_MM = (10, 42, 36, 48, 30)
CASE_MM = (36, 18, 112)
MISSING_MM = (36, 130)


def report_head() -> str:
    """The day, the title, the period, whether it is a draft, and the summary."""
    return (
        paragraph(
            "{{ document.date|dato }}{% if document.version > 1 %}  ·  Udgave {{ document.version }}"
            "{% if document.replaces %} (erstatter udgave {{ document.replaces }}){% endif %}{% endif %}",
            "Sagslinje",
        )
        + title("{{ head.title }}")
        + paragraph("{% if head.project %}{{ head.project }}: {% endif %}{{ head.period }}", "Subtitle")
        + paragraph(
            "{% if head.approved %}Godkendt den {{ head.approved|dato }}.{% else %}**Udkast: rapporten er ikke "
            "godkendt endnu.**{% endif %} Tallene er gjort op til og med den {{ head.until|dato }}"
            "{% if head.is_running %}, for perioden er ikke slut{% endif %}."
        )
        + when("head.summary", paragraph("{{ head.summary|saetning }}"))
    )


def picture(name: str) -> str:
    """A chart, where there is one; not kept with what follows, or LibreOffice leaves the heading before it behind."""
    return when(name, paragraph(f"{{{{r {name}|billede }}}}"))


def fact_table(name: str, heads: tuple[str, str], description: str) -> str:
    """A number a row, with what it is counted by."""
    return table(
        row(heads, FACT_MM, header=True)
        + rows_each(
            f"line in {name}",
            ["{{ line.name|stort }}", "{{ line.value }}{% if line.note %} ({{ line.note }}){% endif %}"],
            FACT_MM,
        ),
        FACT_MM,
        description=description,
    )


def text_table(name: str, heads: Sequence[str], widths: Sequence[float], description: str) -> str:
    """A table whose cells are ready texts."""
    cells = [f"{{{{ line.cells[{number}] }}}}" for number in range(len(heads))]
    return table(
        row([*heads], widths, header=True) + rows_each(f"line in {name}", cells, widths),
        widths,
        description=description,
    )


def milestones() -> str:
    """Drawn, and as a table."""
    return section_when(
        "milestones",
        "Milepæle",
        picture("milestone_chart"),
        table(
            row(["Milepæl", "Senest", "Nået", "Hvordan det står"], MILESTONE_MM, header=True)
            + rows_each(
                "line in milestones",
                [
                    "{{ line.name }}",
                    "{{ line.due|kort_dato }}",
                    "{% if line.reached %}{{ line.reached|kort_dato }}{% else %}–{% endif %}",
                    "**{{ line.light }}**: {{ line.state }}",
                ],
                MILESTONE_MM,
            ),
            MILESTONE_MM,
            description="Projektets milepæle, og hvordan de står",
        ),
        paragraph("Sådan er lysene sat: {{ milestone_rule }}", "EfterTabel"),
    )


def risks() -> str:
    """Drawn, and as a table with what is done about each."""
    return section_when(
        "risks",
        "Risici",
        picture("risk_chart"),
        table(
            row(["Nr.", "Risiko", "Sandsynlighed og konsekvens", "Tiltag", "Ejer"], RISK_MM, header=True)
            + rows_each(
                "line in risks",
                [
                    "{{ line.number }}",
                    "{{ line.name }}",
                    "**{{ line.light }}**: {{ line.likelihood }} og {{ line.impact }}",
                    "{% if line.action %}{{ line.action }}{% else %}–{% endif %}",
                    "{% if line.owner %}{{ line.owner }}{% else %}–{% endif %}",
                ],
                RISK_MM,
            ),
            RISK_MM,
            description="Projektets risici, hvor store de er, og hvad der gøres",
        ),
        paragraph("Sådan er lysene sat: {{ risk_rule }}", "EfterTabel"),
    )


def warnings() -> str:
    """The courses that are not green, by case number, with the rules."""
    return section(
        "Forløb, der kræver opmærksomhed",
        when(
            "warnings",
            table(
                row(["Sag", "Lys", "Hvorfor"], CASE_MM, header=True)
                + rows_each(
                    "line in warnings",
                    [
                        "{{ line.case }}",
                        "**{{ line.light }}**",
                        "{{ line.sentences|join(' ') }}",
                    ],
                    CASE_MM,
                ),
                CASE_MM,
                description="Forløb ved sagsnummer, der kræver opmærksomhed, og hvorfor",
            ),
            otherwise=[paragraph("Alle forløb er grønne.")],
        ),
        each("text in warning_rules", paragraph("{{ text }}", "EfterTabel")),
    )
