"""The letters to the family along the way: new tovholder, changed meetings, the plan's cover, and the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.forms import answer_fields, tick_rows
from tools.letters.frame import TO_FAMILY, section, section_when, tovholder_box
from tools.letters.small.pieces import MEETING, short_letter, spoken, spoken_bullets, time_and_place, word
from tools.letters.wordml import bullets, each, heading, paragraph, row, rows_each, table, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

_GOAL_MM = (126, 40)
_YOURS = word("Jeres", "Din")
_YOU = word("I", "du")


def ny_tovholder() -> Letter:
    """Who is tovholder now."""
    new = "{% if previous %}ny {% endif %}tovholder"
    return short_letter(
        "Ny tovholder",
        f"{{% if recipient.is_youth %}}Din familie{{% else %}}I{{% endif %}} har fået en {new}",
        paragraph(
            "Fra den {{ from_|dato }} er det {{ tovholder.name }}."
            "{% if previous %} Indtil da var det {{ previous }}.{% endif %}"
        ),
        when(
            "chosen_by_family",
            spoken("I har selv valgt tovholderen.", "Din familie har selv valgt tovholderen."),
            otherwise=[
                spoken(
                    "Det er fagfolkene omkring jer, der har fundet tovholderen. I kan selv vælge en anden på et møde.",
                    "Det er fagfolkene, der har fundet tovholderen. Din familie kan vælge en anden på et møde.",
                )
            ],
        ),
        tovholder_box(_YOURS),
        section(
            "Hvad gør en tovholder?",
            spoken_bullets(
                (
                    "Hun eller han er den, I altid kan ringe til.",
                    "Tovholderen kalder til møder og holder styr på planen.",
                    "Tovholderen sørger for, at vi taler sammen, så I ikke skal sige alt to gange.",
                ),
                (
                    "Hun eller han er den, du altid kan ringe til.",
                    "Tovholderen kalder til møder og holder styr på planen.",
                    "Tovholderen sørger for, at vi taler sammen, så du ikke skal sige alt to gange.",
                ),
            ),
        ),
        section(
            f"Hvad skal {_YOU} gøre?",
            spoken(
                "Ikke noget nu. De aftaler, vi har, gælder stadig. Er der noget, I vil have sagt, så ring.",
                "Ikke noget nu. De aftaler, vi har, gælder stadig. Er der noget, du vil have sagt, så ring.",
            ),
        ),
        to=TO_FAMILY,
    )


def moede_flyttet() -> Letter:
    """A meeting has another time."""
    return short_letter(
        "Møde flyttet",
        "Mødet har fået en ny tid",
        paragraph(
            f"Vi har flyttet {MEETING}. Det skulle have været {{{{ old_time|dato_og_tid }}}}. "
            "Nu er det til den tid, der står her."
            "{% if reason %} Grunden er: {{ reason|saetning }}{% endif %}"
        ),
        time_and_place(),
        section(
            "Hvad med det gamle brev?",
            paragraph(
                "Resten af den gamle invitation gælder stadig."
                "{% if recipient.interpreter_language %} Vi sørger for en tolk, der taler "
                "{{ recipient.interpreter_language }}.{% endif %}"
            ),
        ),
        section(
            f"Kan {_YOU} ikke den dag?",
            paragraph("Ring eller skriv til os hurtigst muligt. Så finder vi en anden dag.", keep_next=True),
            tovholder_box(_YOURS),
        ),
        to=TO_FAMILY,
    )


def moede_aflyst() -> Letter:
    """A meeting does not take place."""
    return short_letter(
        "Møde aflyst",
        "Mødet den {{ meeting.date|dato }} er aflyst",
        paragraph(
            f"Vi må desværre aflyse {MEETING} {{{{ meeting.date|lang_dato }}}} "
            "{{ meeting.start|tidsrum(meeting.end) }}."
            "{% if reason %} Grunden er: {{ reason|saetning }}{% endif %}"
        ),
        spoken("I skal altså ikke komme den dag.", "Du skal altså ikke komme den dag."),
        section(
            "Hvad sker der nu?",
            spoken(
                "Skal vi finde en ny dag, får I et nyt brev. Er der noget, der ikke kan vente, så ring til os.",
                "Skal vi finde en ny dag, får du et nyt brev. Er der noget, der ikke kan vente, så ring til os.",
            ),
            tovholder_box(_YOURS),
        ),
        to=TO_FAMILY,
    )


def foelgebrev() -> Letter:
    """What lies on top of the plan."""
    return short_letter(
        "Følgebrev til familieplanen",
        f"Her er {word('jeres', 'din families')} plan",
        spoken(
            "Her er jeres plan, som den ser ud efter mødet.",
            "Her er din families plan, som den ser ud efter mødet.",
        ),
        section(
            f"Hvad skal {_YOU} gøre?",
            spoken_bullets(
                (
                    "Læs planen i ro og mag.",
                    "Er noget forkert, eller mangler der noget, så ring til tovholderen.",
                    "Gem planen, og tag den med til næste møde.",
                ),
                (
                    "Læs planen i ro og mag. Tal gerne med en voksen om den.",
                    "Er noget forkert, eller mangler der noget, så ring til tovholderen.",
                    "Gem planen, og tag den med til næste møde.",
                ),
            ),
            tovholder_box(_YOURS),
        ),
        section(
            "Hvem ser planen?",
            paragraph(
                "Din udgave er til dig. Andre i familien og fagfolkene har hver deres. Hver udgave viser kun det, "
                "som læseren må vide."
            ),
        ),
        section(
            "Hvornår taler vi om den igen?",
            paragraph(
                "Vi følger op cirka hver {{ follow_up_weeks }}. uge. Hvert fagområde bestemmer stadig over sin egen "
                "hjælp."
            ),
        ),
        paragraph("Vedlagt: familieplanen.", "Smaatekst"),
        to=TO_FAMILY,
    )


def afslutningsbrev() -> Letter:
    """The closing letter, with its evaluation."""
    return short_letter(
        "Afslutningsbrev",
        f"{word('Jeres', 'Din families')} plan er slut",
        paragraph(
            "{% if ended %}Den {{ ended|dato }} sluttede arbejdet med planen.{% else %}Arbejdet med planen er slut."
            "{% endif %}{% if reason %} Grunden er: {{ reason|saetning }}{% endif %}"
        ),
        spoken(
            "Tak, fordi vi måtte arbejde sammen med jer. Her er det vigtigste.",
            "Tak, fordi du var med. Her er det vigtigste.",
        ),
        section_when("goals", "Hvordan er det gået med målene?", _outcomes()),
        section_when(
            "continues",
            "Hvad fortsætter?",
            each("plan in continues", bullets("{{ plan }}")),
            spoken(
                "Hvert fagområde taler med jer om sin egen hjælp.",
                "Hvert fagområde taler med dig eller dine forældre om sin egen hjælp.",
            ),
        ),
        section(
            "Hvad sker der med planen?",
            paragraph("Den bliver gemt, som den er nu. Ingen retter mere i den."),
        ),
        section(
            f"Hvem kan {_YOU} ringe til?",
            paragraph("Er der noget, der driller, så ring. Tilbuddet kan også tages op igen.", keep_next=True),
            tovholder_box(_YOURS),
        ),
        to=TO_FAMILY,
        sheet=_evaluation(),
    )


def _outcomes() -> str:
    return table(
        row(["Mål", "Sådan står det"], _GOAL_MM, header=True)
        + rows_each(
            "line in goals",
            ["{{ line.goal }}", "{% if line.progress %}{{ line.progress|stort }}{% else %}Ikke gjort op{% endif %}"],
            _GOAL_MM,
        ),
        _GOAL_MM,
        description="Målene, og hvor langt de er nået",
    )


def _evaluation() -> str:
    return "".join((
        heading(f"Hvordan har det været for {word('jer', 'dig')}?", page_break=True),
        paragraph(
            "Vi vil gerne lære af det. Det er frivilligt at svare, og der er ingen forkerte svar. Send arket til os, "
            "eller tag det med til den sidste samtale. Sæt kryds ved det, der passer.",
            keep_next=True,
        ),
        tick_rows(
            "Hjælpen har hængt bedre sammen end før.",
            "Jeg er blevet hørt.",
            "Jeg har vidst, hvem jeg kunne ringe til.",
            "Hverdagen er blevet lettere.",
            description="Kryds ved det, der passer",
        ),
        paragraph("Skriv gerne lidt mere her.", "EfterTabel", keep_next=True),
        answer_fields(
            "Hvad var godt?",
            "Hvad skulle have været anderledes?",
            "Hvad er blevet bedre i hverdagen?",
            "Hvad har du stadig brug for?",
            description="Egne ord om forløbet",
            widths=(166,),
            height_mm=30,
        ),
    ))  # fmt: skip


def afslutningsnotat() -> Letter:
    """The note that the work on the plan has stopped."""
    return short_letter(
        "Afslutningsnotat",
        "Arbejdet med planen er stoppet",
        paragraph(
            "Den {{ ended|dato }} stoppede arbejdet med den helhedsorienterede plan. Det er helt i orden at stoppe."
        ),
        section(
            "Hvad betyder det?",
            bullets(
                "Vi holder ikke flere møder om planen, og vi deler ikke flere oplysninger til den.",
                "Planen bliver gemt, som den var. Den er historie og gælder ikke mere.",
                "Det, vi allerede har skrevet, bliver liggende i sagerne.",
            ),
        ),
        section_when(
            "continues",
            "Hvad fortsætter?",
            each("plan in continues", bullets("{{ plan }}")),
        ),
        section(
            "Hvem tager sig af hjælpen nu?",
            paragraph(
                "Det gør hvert fagområde for sig, med sin egen plan. Er du i tvivl om, hvem du skal tale med, så ring."
            ),
            tovholder_box("Din"),
        ),
    )
