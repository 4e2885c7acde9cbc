"""The interview's questions, the catalogue's and our own: a scale from 0 to 10 and room to write; children's short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.forms import UNTICKED, answer_fields
from tools.letters.frame import case_line, letter, section
from tools.letters.wordml import Cell, each, heading, paragraph, row, rows_each, table, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Interviewguide"

_SCALE_MM = [166 / 11] * 11
_PEOPLE_MM = (10, 66, 45, 45)
_EARLIER_MM = (83, 83)
_FACES_MM = (166 / 3,) * 3

_TOPICS = (
    ("Hvordan går hverdagen?", "Hvor godt går en helt almindelig dag hos jer?"),
    ("Hvordan har børnene det?", "Hvor godt synes I, at jeres børn trives?"),
    ("Hvordan går det med job eller uddannelse?", "Hvor tæt er I på det, I gerne vil? Skriv også timer om ugen."),
    ("Hvem har I omkring jer?", "Hvor meget hjælp kan I få fra familie, venner og naboer?"),
)
_CHILD = (
    "Hvordan er det at være hjemme?",
    "Hvordan er det at gå i skole eller i børnehave?",
    "Hvordan har du det med dine venner?",
    "Er der en voksen, du kan tale med?",
    "Lytter de voksne til dig?",
)


def interviewguide() -> Letter:
    """The guide: the adults' questions, then the children's."""
    return letter(
        NAME,
        case_line(),
        title("Interviewguide: {% if is_final %}ved afslutningen{% else %}før planen bliver til{% endif %}"),
        paragraph("{{ family_name }}  ·  Tovholder: {{ tovholder_name }}", "Subtitle"),
        when("when", paragraph("Interviewet er aftalt til {{ when }}.")),
        section(
            "Sig det her først",
            paragraph(
                "Vi vil gerne høre, hvordan I oplever hjælpen lige nu. Det er frivilligt at svare. I kan springe over "
                "og stoppe, når I vil. Svarene bruges til at se, om den fælles plan gør en forskel. De ændrer ikke "
                "jeres hjælp.",
            ),
            when(
                "is_final and first_interview",
                paragraph(
                    "I svarede første gang den {{ first_interview|dato }}. Spørgsmålene er de samme. Denne gang taler "
                    "vi også om, hvad der er blevet anderledes."
                ),
            ),
        ),
        when(
            "survey_url",
            section(
                "Spørgeskemaet",
                paragraph("Familien kan også svare selv. Giv dem linket, eller udfyld skemaet sammen med dem:"),
                paragraph("{{ survey_url }}"),
            ),
        ),
        section("Hvem svarer?", _background()),
        when("earlier", section("Sådan svarede I første gang", _earlier())),
        each(
            "topic in topics",
            _question(
                "{{ topic.number }}. {{ topic.question }}",
                "{% if topic.scale %}{{ topic.scale }} {% endif %}",
                about="spørgsmålet herover",
            ),
        ),
        *[
            _question(f"{{{{ topics|length + {number} }}}}. {name}", f"{question} ", about=name)
            for number, (name, question) in enumerate(_TOPICS, start=1)
        ],
        section(
            "Hvad håber I på?",
            answer_fields("Ønsker og forventninger", description="Familiens ønsker og forventninger"),
        ),
        when(
            "is_final",
            section(
                "Hvad har ændret sig?",
                answer_fields(
                    "Det er blevet bedre",
                    "Det er blevet sværere",
                    "Det skulle vi have gjort anderledes",
                    "Det skal I tage med videre",
                    description="Hvad der har ændret sig",
                    widths=(83, 83),
                ),
            ),
        ),
        section(
            "Tal til kommunen",
            answer_fields(
                "Hvor mange i kommunen taler I med? (På teamet er der {{ contact_persons }})",
                "Hvor mange planer er der om jer? (I den fælles plan er der nævnt {{ parallel_plans }})",
                "Hvor mange møder havde I sidste måned?",
                description="Antal kontaktpersoner, planer og møder",
                widths=(166 / 3,) * 3,
            ),
        ),
        when("has_children", _childrens_page()),
        to="Fortroligt – kun til tovholderen",
    )


def _background() -> str:
    return (
        when(
            "people",
            table(
                row(["✓", "Navn", "Sprog", "Tolk"], _PEOPLE_MM, header=True)
                + rows_each(
                    "person in people",
                    [
                        Cell(UNTICKED, "Kryds"),
                        "{{ person.name }}",
                        "{% if person.language %}{{ person.language|stort }}{% else %}Dansk{% endif %}",
                        "{% if person.needs_interpreter %}Ja, bestil tolk og dobbelt tid{% else %}Nej{% endif %}",
                    ],
                    _PEOPLE_MM,
                ),
                _PEOPLE_MM,
                description="Hvem der kan svare, deres sprog, og om der skal tolk til",
            ),
        )
        + paragraph("Skriv også, hvornår I talte sammen, og på hvilket sprog.", "EfterTabel", keep_next=True)
        + answer_fields(
            "Dato",
            "Sprog{% if interpreter_languages %} (tolk: {{ interpreter_languages|liste }}){% endif %}",
            "Tolkens navn (18 år eller mere, og ikke fra familien)",
            description="Dato, sprog og tolk",
            widths=(40, 50, 76),
        )
    )


def _earlier() -> str:
    return table(
        row(["Emne", "Svar fra 0 til 10"], _EARLIER_MM, header=True)
        + rows_each("line in earlier", ["{{ line.topic }}", "{{ line.score|tal }}"], _EARLIER_MM),
        _EARLIER_MM,
        description="Svarene fra det første interview",
    )


def _question(name: str, question: str, *, about: str) -> str:
    scale = table(
        row([f"{UNTICKED} {value}" for value in range(11)], _SCALE_MM),
        _SCALE_MM,
        style="Felter",
        description=f"Skala fra 0 til 10: {about}",
        heads=False,
    )
    return section(
        name,
        paragraph(f"{question}0 er slet ikke, 10 er så godt, det kan blive.", keep_next=True),
        scale,
        paragraph("{% if is_final %}Hvad er anderledes end sidst?{% else %}Hvad gør, at I siger det?{% endif %}",
                  "EfterTabel", keep_next=True),
        answer_fields("Svar", description=f"Svar på: {about}"),
    )  # fmt: skip


def _childrens_page() -> str:
    return (
        heading("Til dig, der er barn eller ung")
        + paragraph(
            "Du bestemmer selv, om du vil svare. Der er ingen forkerte svar. Du må gerne tegne i stedet for at tale.",
        )
        + answer_fields(
            "Barnets navn", "Hvem talte med barnet, og hvornår", description="Barnets navn, og hvem der talte med det",
            widths=(66, 100),
        )
        + "".join(_childs_question(question) for question in _CHILD)
        + paragraph("Hvad skulle være anderledes, hvis du selv bestemte?", "EfterTabel", keep_next=True)
        + answer_fields("Med barnets egne ord", description="Barnets egne ord")
        + when(
            "is_final",
            paragraph("Hvad er blevet anderledes, siden vi talte sammen sidst?", "EfterTabel", keep_next=True),
            answer_fields("Med barnets egne ord", description="Hvad der er blevet anderledes for barnet"),
        )
    )  # fmt: skip


def _childs_question(question: str) -> str:
    faces = row(["☺ Godt", "○ Midt imellem", "☹ Svært"], _FACES_MM)
    return paragraph(question, "EfterTabel", keep_next=True) + table(
        faces, _FACES_MM, style="Felter", description=f"{question} Godt, midt imellem eller svært", heads=False
    )
