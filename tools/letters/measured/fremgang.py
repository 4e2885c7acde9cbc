"""The family's own sheet: small curves, and the same in a table. One page, few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.course.small import small_cell, small_table
from tools.letters.frame import case_line, letter
from tools.letters.small.pieces import spoken
from tools.letters.wordml import paragraph, row, rows_each, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Sådan går det"

_LINE_MM = (58, 72, 36)
_INTRODUCTION = (
    "Her kan {you} se, hvordan det er gået siden den {{{{ started|dato }}}}. Det er tal, som {you} selv eller andre "
    "har givet os undervejs. Vil {you} tale om dem? Ring til {{{{ tovholder.name }}}}"
    "{{% if tovholder.phone %}}, telefon {{{{ tovholder.phone }}}}{{% endif %}}."
)
"""With whom to call: below the table that line would be alone on the next page where the table fills one."""


def fremgang() -> Letter:
    """The sheet."""
    return letter(
        NAME,
        case_line(),
        title(f"{NAME}: {{{{ recipient.name }}}}"),
        spoken(_INTRODUCTION.format(you="I"), _INTRODUCTION.format(you="du")),
        when("charts", paragraph("{{r charts|billede }}", "Tabeltekst")),
        when("not_drawn", paragraph("Der er ikke plads til alle kurver. Tallene står i skemaet.", "Smaatekst")),
        small_table(
            row(["Hvad", "Tal", "Sådan går det"], _LINE_MM, header=True)
            + rows_each(
                "line in lines",
                [
                    small_cell("**{{ line.name }}**{% if line.who %}, {{ line.who }}{% endif %}"),
                    small_cell("{{ line.values|join(', ') }}"),
                    small_cell("{% if line.outcome %}{{ line.outcome }}{% else %}–{% endif %}"),
                ],
                _LINE_MM,
            ),
            _LINE_MM,
            description="Alt, der er målt: hvad, alle tal, og hvordan det går",
        ),
    )
