"""The tovholder's page: each step of the course with its tick, when it is due, when it was done, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.course.small import small_cell, small_table
from tools.letters.forms import UNTICKED
from tools.letters.frame import case_line, letter
from tools.letters.wordml import paragraph, row, rows_each, title

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Køreplan"

_STEP_MM = (27, 7, 59, 25, 17, 31)


def koereplan() -> Letter:
    """One page."""
    return letter(
        NAME,
        case_line(),
        title("Køreplan: {{ family_name }}"),
        paragraph(
            "Tovholder: **{{ tovholder_name }}**"
            "{% if overdue_count %}  ·  **{{ overdue_count }} "
            "{% if overdue_count == 1 %}frist er overskredet{% else %}frister er overskredet{% endif %}**{% endif %}",
            keep_next=True,
        ),
        paragraph(
            "**Du står ikke alene.** Spørg teamet, når noget driller, eller ring til {{ tovholder.name }}, "
            "{{ tovholder.title }}{% if tovholder.phone %}, telefon {{ tovholder.phone }}{% endif %}.",
            keep_next=True,
        ),
        small_table(
            row(["Fase", "✓", "Trin", "Senest", "Udført", "Hvem"], _STEP_MM, header=True)
            + rows_each(
                "step in steps",
                [
                    small_cell("{% if step.is_first %}**{{ step.phase }}**{% else %}{{ step.phase }}{% endif %}"),
                    small_cell(f"{{% if step.is_done %}}☑{{% else %}}{UNTICKED}{{% endif %}}", "Kryds"),
                    small_cell("{% if step.is_overdue %}**{{ step.text }}**{% else %}{{ step.text }}{% endif %}"),
                    small_cell(
                        "{% if step.is_overdue and step.due %}**{{ step.due|kort_dato }} OVERSKREDET**"
                        "{% elif step.due %}{{ step.due|kort_dato }}{% else %}–{% endif %}"
                    ),
                    small_cell(
                        "{% if step.done %}{{ step.done|kort_dato }}{% elif step.is_done %}ja{% else %}–{% endif %}"
                    ),
                    small_cell("{% if step.who %}{{ step.who }}{% else %}–{% endif %}"),
                ],
                _STEP_MM,
            ),
            _STEP_MM,
            description="Forløbets trin: fase, om det er gjort, hvad, senest, udført og af hvem",
        ),
        to="Fortroligt – kun til tovholderen",
    )
