"""The letters about one person's own answer: reminder, confirmation of a no, and the two receipts.

They speak to one person about her own signature, so they say "du" to everybody, as the consent form does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.frame import section, section_when, tovholder_box
from tools.letters.small.pieces import short_letter
from tools.letters.wordml import bullets, each, paragraph, when

if TYPE_CHECKING:
    from tools.letters.package import Letter


def samtykke_paamindelse() -> Letter:
    """The friendly reminder."""
    return short_letter(
        "Påmindelse om samtykke",
        "Vi vil gerne høre dit svar",
        paragraph(
            "Den {{ form_given|dato }} fik du en samtykkeerklæring om en helhedsorienteret plan. Vi har ikke fået dit "
            "svar endnu. Derfor skriver vi til dig."
        ),
        paragraph(
            "Du bestemmer selv, om du siger ja eller nej. Begge svar er i orden. Har du svaret i de sidste dage, skal "
            "du ikke gøre mere."
        ),
        section(
            "Hvad kan du gøre nu?",
            bullets(
                "Vil du være med? Så sæt kryds på samtykkeerklæringen, skriv under, og send eller giv den til os.",
                "Vil du ikke være med? Så sig det til os. Så spørger vi ikke igen.",
                "Er du i tvivl? Så ring. Vi vil gerne forklare det en gang til"
                "{% if recipient.interpreter_language %}, også med en tolk, der taler "
                "{{ recipient.interpreter_language }}{% endif %}.",
            ),
            tovholder_box("Din"),
        ),
        section(
            "Hvad sker der, hvis du ikke svarer?",
            paragraph(
                "Uden dit ja deler vi ikke oplysninger om dig til planen. Du kan stadig søge om almindelig hjælp."
            ),
        ),
        paragraph("Vedlagt: samtykkeerklæringen.", "Smaatekst"),
    )


def bekraeftelse_paa_nej() -> Letter:
    """The confirmation of a no."""
    return short_letter(
        "Bekræftelse på nej",
        "{% if refused %}Tak for dit svar{% else %}Vi laver ikke en plan{% endif %}",
        when(
            "refused",
            paragraph(
                "Den {{ refused|dato }} sagde du nej tak til at være med i en helhedsorienteret plan. Det er helt i "
                "orden. Du behøver ikke sige hvorfor."
            ),
            otherwise=[
                paragraph(
                    "Vi har spurgt, om du ville være med i en helhedsorienteret plan. Der bliver ikke lavet en plan nu."
                )
            ],
        ),
        when(
            "is_over",
            paragraph(
                "Vi gør derfor ikke mere. Vi laver ingen plan, holder ingen møder om den og deler ingen oplysninger om "
                "dig til den."
            ),
            otherwise=[paragraph("Du er derfor ikke med i planen. Vi deler ingen oplysninger om dig til den.")],
        ),
        section(
            "Hvad med den hjælp, du får?",
            paragraph("Det har ingen betydning for den. Du kan også stadig søge om anden hjælp."),
        ),
        section(
            "Kan du få tilbuddet igen?",
            paragraph("Ja. Ring til os, hvis du får brug for det. Så taler vi om det."),
            tovholder_box("Din"),
        ),
    )


def kvittering_for_samtykke() -> Letter:
    """The receipt of a yes."""
    return short_letter(
        "Kvittering for samtykke",
        "Tak for dit ja",
        paragraph(
            "Den {{ given|dato }} sagde du ja til at være med i en helhedsorienteret plan. Her kan du se, hvad du har "
            "sagt ja til. Gem brevet.{% if received_by %} Samtykket er modtaget af {{ received_by }}.{% endif %}"
        ),
        section_when(
            "areas",
            "Hvem må dele oplysninger om dig?",
            each("area in areas", bullets("{{ area }}")),
            when("children", paragraph("Dit ja gælder også oplysninger om {{ children|liste }}.")),
        ),
        section(
            "Hvor længe gælder det?",
            paragraph("Det gælder til og med den {{ until|dato }}. Inden da spørger vi dig igen."),
        ),
        section(
            "Kan du fortryde?",
            paragraph(
                "Ja, når som helst. Du kan trække hele dit ja tilbage eller kun en del af det. Du behøver ikke sige "
                "hvorfor. Ring eller skriv til os."
            ),
            tovholder_box("Din"),
        ),
    )


def kvittering_for_tilbagekaldelse() -> Letter:
    """The receipt of what was taken back."""
    return short_letter(
        "Kvittering for tilbagekaldelse",
        "Vi har modtaget din tilbagekaldelse",
        when(
            "areas",
            paragraph(
                "Den {{ taken_back|dato }} trak du en del af dit samtykke tilbage. Det gælder {{ areas|liste }}. "
                "Det virker fra den dag, og du behøver ikke sige hvorfor."
            ),
            otherwise=[
                paragraph(
                    "Den {{ taken_back|dato }} trak du hele dit samtykke tilbage. Det virker fra den dag, og du "
                    "behøver ikke sige hvorfor."
                )
            ],
        ),
        section(
            "Hvad sker der nu?",
            when(
                "areas",
                bullets(
                    "De nævnte fagområder får ikke mere at vide fra de andre. De fortæller heller ikke mere om dig.",
                    "Planen bliver skrevet om, og du får den nye udgave.",
                ),
                when("left", paragraph("Disse fagområder må stadig dele oplysninger om dig: {{ left|liste }}.")),
                otherwise=[
                    bullets(
                        "Vi deler ikke mere om dig på grund af dit gamle ja.",
                        "{% if is_over %}Møderne om planen bliver aflyst, og ingen retter mere i den."
                        "{% else %}Du får ikke flere breve om planen og møderne.{% endif %}",
                    )
                ],
            ),
        ),
        section(
            "Hvad med den hjælp, du får?",
            paragraph(
                "Den stopper ikke af sig selv. Hvert fagområde taler med dig om den hjælp, det selv giver. Det, vi "
                "allerede har skrevet, bliver liggende i sagen."
            ),
        ),
        section(
            "Kan du sige ja igen?",
            paragraph("Ja. Så skriver du under på en ny samtykkeerklæring. Ring til os, hvis du vil tale om det."),
            tovholder_box("Din"),
        ),
    )
