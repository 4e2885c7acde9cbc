"""The information letter in easy Danish, beside the one that applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters import informationsbrev as danish
from tools.letters.easy.note import easy_note
from tools.letters.forms import answer_fields, tick_rows
from tools.letters.frame import farewell, greeting, law_box, letter, opening, section, tovholder_box
from tools.letters.wordml import bullets, each, paragraph, steps, title

if TYPE_CHECKING:
    from tools.letters.package import Letter


def informationsbrev() -> Letter:
    """For the adults of a family: the same as for whoever gets it in easy Danish alone."""
    return danish.informationsbrev_let(easy_note())


def informationsbrev_ung() -> Letter:
    """For a young person."""
    return letter(
        danish.NAME,
        opening(title("Vil du være med til at lave en plan?")),
        easy_note(who="Du"),
        greeting("Hej {{ recipient.first_name }}", "EfterTabel"),
        paragraph("Din familie får hjælp fra kommunen. Hjælpen kommer fra flere steder."),
        paragraph("Vi kan lave én plan sammen med jer. Planen handler også om dig. Derfor får du dit eget brev."),
        tovholder_box("Din"),
        section(
            "Hvad er det?",
            bullets(
                "Én plan i stedet for mange.",
                "Én person, som du kan ringe til. Personen hedder en tovholder.",
                "Møder, hvor du kan sige, hvad du gerne vil.",
            ),
        ),
        section(
            "Hvad bestemmer du?",
            paragraph("Du bestemmer, om du vil fortælle noget. Du kan være med til hele mødet eller lidt af det."),
            paragraph("Du kan også fortælle det før mødet til en, du er tryg ved."),
            paragraph("Er du fyldt 16 år? Så siger du selv ja eller nej til, at vi taler sammen om dig."),
        ),
        section(
            "Hvem bestemmer over hjælpen?",
            paragraph("Det gør kommunen stadig. Det kan være folk fra:"),
            each("area in areas", bullets("{{ area.name }}")),
        ),
        section(
            "Hvad sker der?",
            steps(
                "Vi fortæller dig og din familie om planen.",
                "I siger ja eller nej, hver for sig.",
                "Vi mødes og laver planen.",
                "Vi mødes igen cirka hver {{ follow_up_weeks }}. uge. Vi ser på, hvordan det går.",
            ),
        ),
        section(
            "Skal du være med?",
            paragraph("Nej. Du må gerne sige nej. Du kan også sige ja nu og stoppe en anden dag."),
            paragraph("Du kan stadig søge om hjælp, hvis du siger nej."),
        ),
        section(
            "Hvem får at vide, hvad du siger?",
            paragraph("Spørg os, før du fortæller noget. Så siger vi, hvem der skal vide det."),
            paragraph("Har du det ikke godt, skal vi hjælpe. Så siger vi det til dig først, hvis vi kan."),
        ),
        section(
            "Kan du tage en med?",
            paragraph(
                "Ja. Det kan være en ven eller en anden, du stoler på. Personen skal være fyldt 15 år."
                "{% if recipient.interpreter_language %} Vi finder også en tolk, der taler "
                "{{ recipient.interpreter_language }}.{% endif %}"
            ),
        ),
        section(
            "Vil du høre mere?",
            paragraph(
                "Ring eller skriv til {{ tovholder.name }}. Du kan også sætte kryds her og give brevet tilbage.",
                keep_next=True,
            ),
            tick_rows(
                "Ring gerne til mig.",
                "Jeg vil gerne mødes og høre mere.",
                "Nej tak, ikke lige nu.",
                description="Svar på brevet",
            ),
            paragraph("Skriv dit navn og dit telefonnummer.", "EfterTabel", keep_next=True),
            answer_fields("Navn", "Telefon", description="Navn og telefon"),
        ),
        farewell(),
        law_box(),
    )
