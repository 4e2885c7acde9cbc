"""The invitation in easy Danish, beside the one that applies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tools.letters.easy.note import easy_note
from tools.letters.frame import farewell, greeting, letter, of_children, opening, section, section_when, tovholder_box
from tools.letters.invitation import NAME
from tools.letters.wordml import Cell, box, bullets, each, paragraph, row, rows_each, steps_each, table, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

_WHO_MM = (83, 83)
_NAMED = "{% if meeting.type == 'interview' %}en samtale{% else %}et møde{% endif %}"


@dataclass(frozen=True)
class _Spoken:
    """How the reader is spoken to."""

    who: str
    your: str
    plan: str
    hello: str

    @property
    def Who(self) -> str:  # noqa: N802 - the same word with a capital
        """At the beginning of a sentence."""
        return self.who.capitalize()


_FAMILY: Final = _Spoken("I", "jeres", "jeres plan", "Kære {{ recipient.first_name }}")
_YOUTH: Final = _Spoken("du", "dit", "din families plan", "Hej {{ recipient.first_name }}")


def invitation() -> Letter:
    """To an adult of the family."""
    return _invitation(_FAMILY)


def invitation_ung() -> Letter:
    """To a young person of the family."""
    return _invitation(_YOUTH)


def _invitation(to: _Spoken) -> Letter:
    return letter(
        NAME,
        opening(
            title(
                "{% if cancelled %}Mødet den {{ meeting.date|dato }} er aflyst"
                f"{{% elif moved %}}{to.your.capitalize()} møde har fået en ny tid"
                f"{{% else %}}Kom til {_NAMED}{{% endif %}}"
            )
        ),
        easy_note(who=to.Who),
        greeting(to.hello, "EfterTabel"),
        when("cancelled", _cancelled(to), otherwise=[_invited(to)]),
        farewell(keep_next=True),
        when("enclosures", paragraph("Vedlagt: {{ enclosures|liste }}.", "Smaatekst")),
    )


def _message() -> str:
    return when("message", paragraph("{{ message }}"))


def _cancelled(to: _Spoken) -> str:
    return "".join((
        paragraph(f"Der er ikke noget møde den dag. {to.Who} skal ikke komme."),
        when("reason", paragraph("Grunden er: {{ reason|saetning }}")),
        _message(),
        section(
            "Hvad sker der nu?",
            paragraph(
                f"Måske finder vi en ny dag. Så får {to.who} et nyt brev. Ring, hvis {to.who} vil spørge om noget."
            ),
            tovholder_box("Jeres" if to is _FAMILY else "Din", keep_next=True),
        ),
    ))  # fmt: skip


def _invited(to: _Spoken) -> str:
    return "".join((
        when(
            "moved",
            paragraph(
                "Mødet er flyttet. Det skulle have været {{ moved.from_|dato_og_tid }}. Nu er det på den tid, der står "
                "her.{% if moved.reason %} Grunden er: {{ moved.reason|saetning }}{% endif %}"
            ),
            otherwise=[_purpose(to)],
        ),
        _message(),
        _time_and_place(),
        section(
            "Hvem kommer?",
            _attendees(),
            when("family", paragraph("Fra familien kommer også {{ family|liste }}.", "EfterTabel")),
        ),
        _topics(to),
        _children() if to is _FAMILY else _own_part(),
        section(
            f"Hvad kan {to.who} gøre før mødet?",
            paragraph("Tænk over tre ting:", keep_next=True),
            when(
                "meeting.type == 'afslutningsmøde'",
                bullets("Hvad er blevet bedre?", "Hvad er stadig svært?", "Hvad skal blive ved bagefter?"),
                otherwise=[bullets("Hvad går godt?", "Hvad er svært?", "Hvad skal være bedre om et halvt år?")],
            ),
        ),
        section_when(
            "interpreter or recipient.interpreter_language",
            "Kommer der en tolk?",
            paragraph(
                "Ja. Tolken taler {% if interpreter %}{{ interpreter.language }}{% else %}"
                "{{ recipient.interpreter_language }}{% endif %}. Tolken må ikke fortælle det videre."
            ),
        ),
        section(
            f"Må {to.who} tage en med?",
            paragraph("Ja. Det kan være en ven eller en fra familien. Sig det gerne til os før mødet."),
        ),
        section(
            f"Kan {to.who} ikke komme?",
            paragraph("Så ring til os. Ring så tidligt som muligt. Så finder vi ud af noget.", keep_next=True),
            tovholder_box("Jeres" if to is _FAMILY else "Din", keep_next=True),
        ),
    ))  # fmt: skip


def _purpose(to: _Spoken) -> str:
    return "".join((
        when(
            "meeting.type == 'familieplansmøde'",
            paragraph(
                f"Vi skal lave {to.plan} sammen. {to.Who} siger, hvad der er vigtigt. Så aftaler vi, hvem der gør hvad."
            ),
        ),
        when(
            "meeting.type == 'opfølgningsmøde'",
            paragraph(
                f"Vi skal se på {to.plan}. Hvordan går det? Skal noget være anderledes? {to.Who} fortæller først."
            ),
        ),
        when(
            "meeting.type == 'afslutningsmøde'",
            paragraph(f"{to.plan.capitalize()} slutter snart. Hvad er der sket? Hvad skal blive ved?"),
        ),
        when(
            "meeting.type == 'interview'",
            paragraph(
                f"Vi vil gerne høre, om hjælpen er god for {'jer' if to is _FAMILY else 'dig'}. {to.Who} bestemmer "
                f"selv, om {to.who} vil svare. Der er ingen forkerte svar."
            ),
        ),
    ))  # fmt: skip


def _time_and_place() -> str:
    return box(
        paragraph("Hvornår og hvor?", "Bokshoved"),
        paragraph("**{{ meeting.date|lang_dato|stort }}**", "Bokstekst"),
        paragraph("**{{ meeting.start|tidsrum(meeting.end)|stort }}**", "Bokstekst"),
        paragraph("{{ meeting.place }}", "Bokstekst"),
        when("meeting.directions", paragraph("{{ meeting.directions }}", "Bokstekst")),
        description="Tid og sted for mødet",
    )


def _attendees() -> str:
    return table(
        row(["Navn", "Hvad laver personen?"], _WHO_MM, header=True)
        + rows_each(
            "person in participants",
            ["{{ person.name }}", "{{ person.title|stort }}{% if person.is_tovholder %} (tovholder){% endif %}"],
            _WHO_MM,
        )
        + rows_each(
            "guest in guests",
            ["{{ guest.name }}", Cell("{% if guest.role %}{{ guest.role|stort }}{% else %}Gæst{% endif %}")],
            _WHO_MM,
        ),
        _WHO_MM,
        description="Hvem der kommer til mødet",
    )


def _topics(to: _Spoken) -> str:
    return section_when(
        "family_points or agenda",
        "Hvad skal vi tale om?",
        when(
            "family_points",
            paragraph(
                "I har selv bedt om at tale om:" if to is _FAMILY else "Din familie har bedt om at tale om:",
                keep_next=True,
            ),
            each("item in family_points", bullets("{{ item }}")),
        ),
        when(
            "agenda",
            paragraph("{% if family_points %}Og så det her:{% else %}Det her:{% endif %}", keep_next=True),
            steps_each("item in agenda", "{{ item.point }}"),
        ),
        paragraph(f"Vil {to.who} tale om noget andet? Så sig det til os."),
    )


def _children() -> str:
    return section_when(
        "children",
        f"Hvad med {of_children('børnene')}?",
        each(
            "child in children",
            bullets(
                "**{% if child.is_reader %}Du{% else %}{{ child.first_name }}{% endif %}** "
                "{% if child.attends %}er med{% if child.part %} {{ child.part|lille }}{% endif %}"
                "{% else %}er ikke med{% endif %}."
                "{% if child.reason %} Grunden er: »{{ child.reason|saetning }}«{% endif %}",
                keep_next=True,
            ),
        ),
        paragraph("Sig til, hvis I ikke er enige."),
    )


def _own_part() -> str:
    return each(
        "child in children",
        section_when(
            "child.is_reader",
            "Er du med til hele mødet?",
            paragraph(
                "{% if child.attends and child.part %}Du kan være med {{ child.part|lille }}."
                "{% elif child.attends %}Ja, det synes vi.{% else %}Vi synes, at du ikke skal være med denne gang."
                "{% endif %}"
                "{% if child.reason %} Vi har skrevet: »{{ child.reason|saetning }}«{% endif %} "
                "Sig til, hvis du ikke er enig."
            ),
        ),
    )
