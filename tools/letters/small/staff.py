"""The papers between professionals: handover, waiting time, and the two requests for numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.forms import tick_rows
from tools.letters.frame import farewell, section, section_when
from tools.letters.small.pieces import staff_paper
from tools.letters.wordml import bullets, paragraph, row, rows_each, table, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

_TEAM_MM = (46, 44, 44, 32)
_AGREED_MM = (86, 46, 34)
_CONSENT_MM = (56, 80, 30)
_WAIT_MM = (34, 46, 40, 46)
_DRAW_MM = (110, 56)


def overdragelsesnotat() -> Letter:
    """What the new tovholder takes over."""
    return staff_paper(
        "Overdragelsesnotat",
        "Overdragelse til ny tovholder",
        paragraph(
            "{{ tovholder.name }} er tovholder for {{ family_name }} fra den {{ from_|dato }}."
            "{% if previous %} Indtil da var det {{ previous }}"
            "{% if previous_phone %}, telefon {{ previous_phone }}{% endif %}.{% endif %}"
            "{% if next_meeting %} Næste møde: {{ next_meeting|lille }}.{% endif %}"
        ),
        section_when("team", "Hvem er om familien?", _team()),
        section_when(
            "agreed",
            "Aftaler, der ikke er gjort færdige",
            paragraph("Gå dem igennem med den, der giver opgaven videre."),
            _agreed(),
        ),
        section_when(
            "sharing",
            "Samtykkets omfang",
            paragraph(
                "Her står kun dem, dit fagområde må vide noget om. Der må kun deles mellem de nævnte fagområder."
            ),
            _sharing(),
        ),
        section(
            "Tjekliste ved skiftet",
            tick_rows(
                "Åbne opgaver er gennemgået og delt ud.",
                "Telefonlisten er givet videre, også til netværket, hvis familien vil.",
                "Adgang til sagen i {{ records_name }} er givet og lukket.",
                "Familien har fået besked og har hilst på den nye tovholder.",
                "Der er aftalt et fælles møde eller en samtale.",
                "Stedfortræderen er på plads.",
                description="Hvad der skal være på plads ved et skift",
            ),
        ),
    )


def _team() -> str:
    return table(
        row(["Navn", "Funktion", "Fagområde", "Telefon"], _TEAM_MM, header=True)
        + rows_each(
            "person in team",
            [
                "{{ person.name }}{% if person.is_tovholder %} (tovholder){% endif %}",
                "{{ person.title|stort }}",
                "{% if person.area %}{{ person.area }}{% else %}–{% endif %}",
                "{% if person.phone %}{{ person.phone }}{% else %}–{% endif %}",
            ],
            _TEAM_MM,
        ),
        _TEAM_MM,
        description="Fagfolk om familien",
    )


def _agreed() -> str:
    return table(
        row(["Aftale", "Hvem", "Senest"], _AGREED_MM, header=True)
        + rows_each(
            "line in agreed",
            [
                "{{ line.agreed }}",
                "{% if line.who %}{{ line.who }}{% else %}–{% endif %}",
                "{% if line.due %}{{ line.due|kort_dato }}{% else %}–{% endif %}",
            ],
            _AGREED_MM,
        ),
        _AGREED_MM,
        description="Aftaler, hvem der gør det, og hvornår",
    )


def _sharing() -> str:
    return table(
        row(["Hvem", "Fagområder, der må dele", "Til og med"], _CONSENT_MM, header=True)
        + rows_each(
            "line in sharing",
            [
                "{{ line.name }}",
                "{% if line.areas %}{{ line.areas|liste }}{% else %}Ingen{% endif %}",
                (
                    "{% if line.until %}{{ line.until|kort_dato }}{% elif line.is_as_parents %}Som forældrene"
                    "{% else %}–{% endif %}"
                ),
            ],
            _CONSENT_MM,
        ),
        _CONSENT_MM,
        description="Hvem der må dele hvad om hvem",
    )


def ventetid() -> Letter:
    """A wait that holds a plan up."""
    return staff_paper(
        "Eskalering af ventetid",
        "Ventetid, der rammer en familieplan",
        paragraph(
            "En familie har ventet mere end {{ limit_days }} dage på svar. Det holder planen tilbage. Tag det op i "
            "styregruppen, så I kan se, om der skal gøres noget særligt."
        ),
        section(
            "Hvad ventes der på?",
            when("waits", _waits(), otherwise=[paragraph("Intet lige nu.")]),
        ),
        paragraph(
            "Styregruppen tager stilling til forløbet, ikke til hjælpen selv. Den bliver afgjort i fagområdet.",
            "EfterTabel",
        ),
        farewell(),
    )


def _waits() -> str:
    return table(
        row(["Fagområde", "Indsats", "Ventetid", "Hvad det betyder"], _WAIT_MM, header=True)
        + rows_each(
            "line in waits",
            [
                "{{ line.area }}",
                "{% if line.activity %}{{ line.activity }}{% else %}En indsats{% endif %}",
                (
                    "Søgt {{ line.applied|kort_dato }}. {% if line.days %}Svar efter {{ line.days }} dage."
                    "{% elif line.expected %}Svar ventes {{ line.expected|kort_dato }}.{% else %}Intet svar endnu."
                    "{% endif %}"
                ),
                "{% if line.consequence %}{{ line.consequence|saetning }}{% else %}–{% endif %}",
            ],
            _WAIT_MM,
        ),
        _WAIT_MM,
        description="Fagområde, indsats, ventetid og følge",
    )


def dataanmodning() -> Letter:
    """What an area's data officer is asked to count."""
    return staff_paper(
        "Dataanmodning",
        "Vi mangler tal fra jer",
        paragraph(
            "I effektmålingen tæller vi, hvor mange ydelser en familie får i hvert fagområde. Vi beder jer om tallet "
            "for {{ recipient.name }} på sag {% if case_number %}{{ case_number }}{% else %}(nummer følger){% endif %}."
        ),
        section("Hvilke dage gælder det?", when("draws", _draws(), otherwise=[paragraph("Ingen lige nu.")])),
        section(
            "Hvad skal I sende?",
            bullets(
                "Antallet af ydelser, der var i gang den dag, i jeres eget fagområde.",
                "Kun tallet og sagsnummeret. Skriv ingen navne og ingen CPR-numre.",
                "Send det til {{ tovholder.name }}, {{ tovholder.email }}. Skriv også, hvis tallet er nul.",
            ),
        ),
        when("officer", paragraph("Sendt til {{ officer }}.", "Smaatekst")),
        farewell(),
    )


def _draws() -> str:
    return table(
        row(["Måling", "Dag"], _DRAW_MM, header=True)
        + rows_each("line in draws", ["{{ line.name }}", "{{ line.due|dato }}"], _DRAW_MM),
        _DRAW_MM,
        description="Målinger og deres dage",
    )


def udgiftsanmodning() -> Letter:
    """What the finance department is asked for at the end."""
    return staff_paper(
        "Anmodning om udgifter",
        "Vi beder om udgifterne måned for måned",
        paragraph(
            "Et forløb med en helhedsorienteret plan er slut. Vi beder om udgifterne på sag "
            "{% if case_number %}{{ case_number }}{% else %}(nummer følger){% endif %} til evalueringen."
        ),
        section(
            "Hvad skal vi bruge?",
            bullets(
                "Udgifterne fra og med {{ first_month|maaned }} til og med {{ last_month|maaned }}.",
                "Ét beløb for hver måned og hvert fagområde, i hele kroner.",
                "Måneder uden udgift skrives som nul.",
            ),
        ),
        section(
            "Hvordan sender I det?",
            paragraph(
                "Send det til {{ tovholder.name }}, {{ tovholder.email }}. Skriv sagsnummeret, og ingen navne eller "
                "CPR-numre."
            ),
        ),
        farewell(),
    )
