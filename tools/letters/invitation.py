"""The family's invitation to a meeting; the same letter tells that the meeting is moved or cancelled.

One copy an adult and a youth of fifteen or more. It holds no address of anybody else in the family.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import farewell, greeting, letter, of_children, opening, section, section_when, tovholder_box
from tools.letters.wordml import (
    Cell,
    box,
    bullets,
    each,
    paragraph,
    row,
    rows_each,
    steps_each,
    table,
    title,
    when,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.letters.package import Letter

NAME = "Invitation til møde"

_WHO_MM = (62, 52, 52)
_NAMED = "{% if meeting.type == 'interview' %}en samtale{% else %}{{ meeting.type }}{% endif %}"

_QUOTED_REASON = " Det har vi skrevet om grunden: »{{ child.reason|saetning }}«"
"""The reason is written about the child, to the parents; to the child herself it is told as what was written."""


def invitation() -> Letter:
    """To an adult of the family."""
    return letter(
        NAME,
        opening(_headline("I er inviteret", "Jeres møde")),
        greeting(),
        when("cancelled", _cancelled("jer"), otherwise=[_invited("jer", "I")]),
        farewell(keep_next=True),
        _enclosures(),
    )


def invitation_ung() -> Letter:
    """To a young person of the family."""
    return letter(
        NAME,
        opening(_headline("Du er inviteret", "Dit møde")),
        greeting("Hej {{ recipient.first_name }}"),
        when("cancelled", _cancelled("dig"), otherwise=[_invited("dig", "du")]),
        farewell(keep_next=True),
        _enclosures(),
    )


def _headline(invited: str, meeting: str) -> str:
    return title(
        "{% if cancelled %}Mødet den {{ meeting.date|dato }} er aflyst"
        f"{{% elif moved %}}{meeting} har fået en ny tid"
        f"{{% else %}}{invited} til {_NAMED}{{% endif %}}"
    )


def _cancelled(whom: str) -> str:
    who = "I" if whom == "jer" else "du"
    your = "jeres" if whom == "jer" else "din"
    return "".join((
        paragraph(
            f"Vi skulle have mødtes til {_NAMED} {{{{ meeting.date|lang_dato }}}} "
            "{{ meeting.start|tidsrum(meeting.end) }}. Mødet bliver ikke til noget. "
            f"{who.capitalize()} skal derfor ikke komme den dag."
        ),
        when("reason", paragraph("Det sker af denne grund: {{ reason|saetning }}")),
        when("message", paragraph("{{ message }}")),
        section(
            "Hvad sker der nu?",
            paragraph(
                f"Skal vi finde en ny dag, får {who} et nyt brev. Har {who} spørgsmål, så ring eller skriv til "
                f"{your} {{% if tovholder.role == 'tovholder' %}}tovholder{{% else %}}kontaktperson{{% endif %}}."
            ),
            tovholder_box(your.capitalize(), keep_next=True),
        ),
    ))  # fmt: skip


def _invited(whom: str, who: str) -> str:
    family = whom == "jer"
    your = "Jeres" if family else "Din"
    return "".join((
        when(
            "moved",
            paragraph(
                "Mødet skulle have været {{ moved.from_|dato_og_tid }}. Nu er det flyttet til den tid, der står "
                "herunder.{% if moved.reason %} Grunden er: {{ moved.reason|saetning }}{% endif %}"
            ),
            otherwise=[_purpose(whom, who)],
        ),
        when("message", paragraph("{{ message }}")),
        _time_and_place(),
        section(
            "Hvem kommer?",
            attendees(("Navn", "Hvad laver personen?", "Fagområde"), "Gæst", "Hvem der kommer til mødet"),
            when("family", paragraph(f"Fra {your.lower()} familie kommer også {{{{ family|liste }}}}.", "EfterTabel")),
        ),
        _topics(whom, who),
        _children() if family else _own_part(),
        section(
            "Hvad kan I gøre inden mødet?" if family else "Hvad kan du tænke over inden?",
            paragraph(f"Tænk gerne over tre ting. {who.capitalize()} må også skrive svarene ned.", keep_next=True),
            when(
                "meeting.type == 'afslutningsmøde'",
                bullets("Hvad er blevet bedre?", "Hvad er stadig svært?", "Hvad skal fortsætte bagefter?"),
                otherwise=[
                    bullets(
                        "Hvad går godt lige nu?",
                        "Hvad er svært?",
                        "Hvad skal være anderledes om et halvt år?",
                    )
                ],
            ),
        ),
        section_when(
            "interpreter or recipient.interpreter_language",
            "Kommer der en tolk?",
            paragraph(
                "{% if interpreter and interpreter.is_booked %}Ja. Vi har bestilt en tolk, der taler "
                "{{ interpreter.language }}.{% elif interpreter %}Ja. Vi sørger for en tolk, der taler "
                "{{ interpreter.language }}.{% else %}Ja. Vi sørger for en tolk, der taler "
                "{{ recipient.interpreter_language }}.{% endif %} Tolken har tavshedspligt."
            ),
        ),
        section(
            f"Må {who} tage en med?",
            paragraph(
                f"Ja. {who.capitalize()} må gerne tage en bisidder med, for eksempel en ven eller en fra familien. "
                "Sig det gerne til os inden mødet."
            ),
        ),
        section(
            f"Kan {who} ikke komme?",
            paragraph(f"Ring eller skriv til os så tidligt, {who} kan. Så finder vi en løsning.", keep_next=True),
            tovholder_box(your, keep_next=True),
        ),
    ))  # fmt: skip


def _children() -> str:
    return section_when(
        "children",
        f"Hvad med {of_children('børnene')}?",
        paragraph("Det har vi tænkt:", keep_next=True),
        each(
            "child in children",
            bullets(
                "**{% if child.is_reader %}Du{% else %}{{ child.first_name }}{% endif %}** "
                "{% if child.attends %}er med{% if child.part %} {{ child.part|lille }}{% endif %}"
                "{% else %}er ikke med{% endif %}."
                f"{{% if child.reason %}}{{% if child.is_reader %}}{_QUOTED_REASON}"
                "{% else %} {{ child.reason|saetning }}{% endif %}{% endif %}",
                keep_next=True,
            ),
        ),
        paragraph("Sig til, hvis I ser anderledes på det."),
    )


def _own_part() -> str:
    return each(
        "child in children",
        section_when(
            "child.is_reader",
            "Er du med til hele mødet?",
            paragraph(
                "{% if child.attends and child.part %}Vi foreslår, at du er med {{ child.part|lille }}."
                "{% elif child.attends %}Ja, det synes vi.{% else %}Vi foreslår, at du ikke er med denne gang."
                f"{{% endif %}}{{% if child.reason %}}{_QUOTED_REASON}{{% endif %}} "
                "Sig til, hvis du ser anderledes på det."
            ),
        ),
    )


def _purpose(whom: str, who: str) -> str:
    group = who if whom == "dig" else "I"
    plan = "din families plan" if whom == "dig" else "jeres plan"
    return "".join((
        when(
            "meeting.type == 'familieplansmøde'",
            paragraph(
                f"Nu skal vi lave {plan} sammen. {group.capitalize()} fortæller, hvad der er vigtigt. Bagefter "
                "aftaler vi, hvem der gør hvad."
            ),
        ),
        when(
            "meeting.type == 'opfølgningsmøde'",
            paragraph(
                f"Vi skal se på {plan} igen. Hvordan går det? Er der noget, vi skal ændre? {group.capitalize()} "
                "fortæller først."
            ),
        ),
        when(
            "meeting.type == 'afslutningsmøde'",
            paragraph(
                f"Nu er {plan} ved at være slut. Vi ser på, hvad der er sket, og på, hvad der skal fortsætte."
            ),
        ),
        when(
            "meeting.type == 'interview'",
            paragraph(
                f"Vi vil gerne høre, hvordan hjælpen virker for {whom}. Det er frivilligt at svare, og der er ingen "
                "forkerte svar."
            ),
        ),
    ))  # fmt: skip


def _time_and_place() -> str:
    return box(
        paragraph("Hvornår og hvor?", "Bokshoved"),
        paragraph("**{{ meeting.date|lang_dato|stort }}** ({{ meeting.date|uge }})", "Bokstekst"),
        paragraph(
            "**{{ meeting.start|tidsrum(meeting.end)|stort }}**"
            "{% if meeting.minutes >= 90 %}, med en pause undervejs{% endif %}",
            "Bokstekst",
        ),
        paragraph("{{ meeting.place }}", "Bokstekst"),
        when("meeting.directions", paragraph("{{ meeting.directions }}", "Bokstekst")),
        description="Tid og sted for mødet",
    )


def attendees(heads: Sequence[str], guest: str, description: str) -> str:
    """Who comes, a line each; `guest` is what somebody is called of whom no more is known."""
    return table(
        row(heads, _WHO_MM, header=True)
        + rows_each(
            "person in participants",
            [
                "{{ person.name }}",
                "{{ person.title|stort }}{% if person.is_tovholder %} (tovholder){% endif %}",
                "{% if person.area %}{{ person.area }}{% else %}–{% endif %}",
            ],
            _WHO_MM,
        )
        + rows_each(
            "guest in guests",
            [
                "{{ guest.name }}",
                f"{{% if guest.role %}}{{{{ guest.role|stort }}}}{{% else %}}{guest}{{% endif %}}",
                Cell("–"),
            ],
            _WHO_MM,
        ),
        _WHO_MM,
        description=description,
    )


def _topics(whom: str, who: str) -> str:
    return section_when(
        "family_points or agenda",
        "Hvad skal vi tale om?",
        when(
            "family_points",
            paragraph(
                "I har selv bedt om at tale om:" if whom == "jer" else "Din familie har bedt om at tale om:",
                keep_next=True,
            ),
            each("item in family_points", bullets("{{ item }}")),
        ),
        when(
            "agenda",
            paragraph(
                "{% if family_points %}Resten af mødet ser sådan ud:{% else %}Mødet ser sådan ud:{% endif %}",
                keep_next=True,
            ),
            steps_each("item in agenda", "{{ item.point }}"),
        ),
        paragraph(f"Vil {who} tale om noget andet? Så sig det til os, også gerne på mødet."),
    )


def _enclosures() -> str:
    return when("enclosures", paragraph("Vedlagt: {{ enclosures|liste }}.", "Smaatekst"))
