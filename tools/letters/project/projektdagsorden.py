"""The agenda of a meeting about the work itself; the steering group's has the numbers and the new courses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.forms import UNTICKED
from tools.letters.frame import letter, section, section_when
from tools.letters.wordml import Cell, bullets, each, paragraph, row, rows_each, table, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Dagsorden for projektet"
TO_PROJECT = "Internt – nævner ingen familier"

_PEOPLE_MM = (10, 62, 52, 42)
_COUNT_MM = (110, 56)
_COURSE_MM = (36, 62, 68)
_MILESTONE_MM = (78, 44, 44)
_RISK_MM = (42, 30, 24, 42, 28)


def projektdagsorden() -> Letter:
    """One for everybody at the table."""
    return letter(
        NAME,
        paragraph(
            "{{ document.date|dato }}{% if document.version > 1 %}  ·  Udgave {{ document.version }}"
            "{% if document.replaces %} (erstatter udgave {{ document.replaces }}){% endif %}{% endif %}",
            "Sagslinje",
        ),
        title("Dagsorden: {{ meeting.title }}"),
        paragraph(
            "**{{ meeting.date|lang_dato|stort }}** **{{ meeting.start|tidsrum(meeting.end) }}**, {{ meeting.place }}"
        ),
        when("project_name", paragraph("{{ project_name }}", "Subtitle")),
        section_when(
            "agenda",
            "Punkter",
            each("point in agenda", paragraph("{{ point.text|stort }}", "ListNumber")),
        ),
        section_when(
            "earlier",
            "Aftalt sidst, og ikke gjort endnu",
            each(
                "line in earlier",
                paragraph(
                    "{{ line.text|saetning }}{% if line.who %} {{ line.who }}{% endif %}"
                    "{% if line.due %}, senest den {{ line.due|dato }}{% endif %}"
                    "{% if line.is_late %} **(fristen er overskredet)**{% endif %}",
                    "ListBullet",
                ),
            ),
        ),
        section_when("counts", "Familierne i tal", _counts()),
        section_when(
            "counts",
            "Nye familier",
            when(
                "new_courses",
                paragraph(
                    "Her står de forløb, hvor alle har sagt ja"
                    "{% if new_since %} siden den {{ new_since|dato }}{% endif %}. De nævnes kun ved sagsnummer.",
                    keep_next=True,
                ),
                _courses(),
                otherwise=[
                    paragraph("Der er ingen nye familier{% if new_since %} siden den {{ new_since|dato }}{% endif %}.")
                ],
            ),
        ),
        section_when("milestones", "Milepæle", _milestones()),
        section_when("risks", "Risici", _risks()),
        section_when(
            "surveys",
            "Spørgeskemaer",
            each("survey in surveys", paragraph("{{ survey.name }}: {{ survey.url }}", "ListBullet")),
        ),
        section_when(
            "participants",
            "Deltagere",
            table(
                row(["✓", "Navn", "Titel", "Fagområde"], _PEOPLE_MM, header=True)
                + rows_each(
                    "person in participants",
                    [
                        Cell(UNTICKED, "Kryds"),
                        "{{ person.name }}",
                        "{% if person.title %}{{ person.title|stort }}{% else %}–{% endif %}",
                        "{% if person.area %}{{ person.area }}{% else %}–{% endif %}",
                    ],
                    _PEOPLE_MM,
                ),
                _PEOPLE_MM,
                description="Deltagerne, med plads til at sætte kryds ved dem, der kom",
            ),
        ),
        section(
            "Husk",
            bullets(
                "Nævn ingen familie ved navn, heller ikke i referatet. Fortæl om et forløb, så ingen kan kendes.",
                "Beslutninger om en families hjælp træffes i fagområderne og ikke her.",
            ),
        ),
        to=TO_PROJECT,
    )


def _counts() -> str:
    return table(
        row(["Forløb", "Antal familier"], _COUNT_MM, header=True)
        + rows_each("line in counts", ["{{ line.text }}", "{{ line.count }}"], _COUNT_MM),
        _COUNT_MM,
        description="Hvor mange familier der er hvor i forløbet",
    ) + paragraph(
        "Et tal under fem vises ikke, for at ingen skal kunne kendes."
        "{% if target %} Målet er {{ target }} familier.{% endif %}"
        "{% if unread %} {{ unread }} {% if unread == 1 %}fil{% else %}filer{% endif %} kunne ikke læses og er "
        "ikke talt med.{% endif %}",
        "EfterTabel",
    )


def _courses() -> str:
    return table(
        row(["Sag", "Fagområder", "Fagpersoner"], _COURSE_MM, header=True)
        + rows_each(
            "line in new_courses",
            [
                "{{ line.case }}",
                "{% if line.areas %}{{ line.areas|liste }}{% else %}–{% endif %}",
                "{% if line.staff %}{{ line.staff|liste }}{% else %}Teamet er ikke sat endnu{% endif %}",
            ],
            _COURSE_MM,
        ),
        _COURSE_MM,
        description="Nye forløb ved sagsnummer, med fagområder og fagpersoner",
    )


def _milestones() -> str:
    return table(
        row(["Milepæl", "Senest", "Nået"], _MILESTONE_MM, header=True)
        + rows_each(
            "line in milestones",
            [
                "{{ line.name }}",
                "{{ line.due|kort_dato }}",
                (
                    "{% if line.reached %}{{ line.reached|kort_dato }}"
                    "{% elif line.is_late %}**Nej, overskredet**{% else %}Ikke endnu{% endif %}"
                ),
            ],
            _MILESTONE_MM,
        ),
        _MILESTONE_MM,
        description="Projektets milepæle",
    )


def _risks() -> str:
    return table(
        row(["Risiko", "Sandsynlighed", "Konsekvens", "Tiltag", "Ejer"], _RISK_MM, header=True)
        + rows_each(
            "line in risks",
            [
                "{{ line.name }}",
                "{{ line.likelihood|stort }}",
                "{{ line.impact|stort }}",
                "{% if line.action %}{{ line.action }}{% else %}–{% endif %}",
                "{% if line.owner %}{{ line.owner }}{% else %}–{% endif %}",
            ],
            _RISK_MM,
        ),
        _RISK_MM,
        description="Projektets risici",
    )
