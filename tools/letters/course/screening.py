"""The coordinator's screening sheet: the criteria one by one, before anybody is asked for consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.course.small import small_cell, small_table
from tools.letters.forms import UNTICKED
from tools.letters.frame import case_line, letter, section
from tools.letters.wordml import Cell, box, bullets, paragraph, row, rows_each, table, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Screening"

_CRITERION_MM = (10, 84, 72)
_CASE_MM = (10, 86, 70)
_REASON_MM = (10, 156)
_TICKED = f"{{% if line.is_met %}}☑{{% else %}}{UNTICKED}{{% endif %}}"


def screening() -> Letter:
    """One page, without a name."""
    return letter(
        NAME,
        case_line(),
        title("Er tilbuddet for familien?"),
        paragraph("Forløb {{ family_id }}", "Subtitle"),
        when("referred", paragraph("Henvendelsen kom {{ referred }}.")),
        box(
            paragraph(
                "{% if is_met %}Familien er i målgruppen{% else %}Familien er ikke i målgruppen endnu{% endif %}",
                "Bokshoved",
            ),
            paragraph(
                "{% if is_met %}Alle dele er opfyldt. Næste skridt er at fortælle familien om tilbuddet."
                "{% else %}Se herunder, hvad der mangler.{% endif %}",
                "Bokstekst",
            ),
            description="Om familien er i målgruppen",
        ),
        section(
            "Målgruppen, del for del",
            table(
                row(["✓", "Del", "Det mangler"], _CRITERION_MM, header=True)
                + rows_each(
                    "line in criteria",
                    [
                        Cell(_TICKED, "Kryds"),
                        "{{ line.text }}",
                        "{% if line.missing %}**{{ line.missing }}**{% else %}Intet{% endif %}",
                    ],
                    _CRITERION_MM,
                ),
                _CRITERION_MM,
                description="Målgruppens dele: om hver er opfyldt, og hvad der mangler",
            ),
        ),
        section(
            "Aktive sager",
            small_table(
                row(["✓", "Fagområde", "Krav"], _CASE_MM, header=True)
                + rows_each(
                    "line in cases",
                    [
                        small_cell(f"{{% if line.is_active %}}☑{{% else %}}{UNTICKED}{{% endif %}}", "Kryds"),
                        small_cell("{{ line.area }}"),
                        small_cell("{% if line.is_required %}Skal være med{% else %}Kan tælle med{% endif %}"),
                    ],
                    _CASE_MM,
                ),
                _CASE_MM,
                description="Fagområderne, og om hvert har en aktiv sag",
            ),
        ),
        section(
            "Grunde, der er skrevet ned",
            small_table(
                row(["✓", "Grund"], _REASON_MM, header=True)
                + rows_each(
                    "line in reasons",
                    [
                        small_cell(f"{{% if line.is_noted %}}☑{{% else %}}{UNTICKED}{{% endif %}}", "Kryds"),
                        small_cell("{{ line.text|stort }}"),
                    ],
                    _REASON_MM,
                ),
                _REASON_MM,
                description="Aftalens eksempler på grunde",
            ),
            when(
                "other_reasons",
                paragraph(
                    "{% if other_reasons == 1 %}En grund mere står{% else %}{{ other_reasons }} grunde mere står"
                    "{% endif %} i familiens fil.",
                    "EfterTabel",
                ),
            ),
        ),
        section(
            "Før I går videre",
            bullets(
                "Arket nævner ingen i familien, og det bliver hos projektkoordinatoren.",
                "Kontakt ingen fagfolk om familien, før den har sagt ja.",
                "Tal med den, der henvendte sig, om processen, og giv familien informationsbrevet.",
            ),
        ),
        to="Fortroligt – kun til projektkoordinatoren",
    )
