"""The consent form in easy Danish, to read beside the one that is signed: without boxes to tick, as in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.easy.note import easy_note
from tools.letters.frame import case_line, law_box, letter, section, section_when, tovholder_box
from tools.letters.samtykkeerklaering import NAME
from tools.letters.wordml import bullets, each, heading, paragraph, steps, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter


def samtykkeerklaering() -> Letter:
    """What the form and the sheet that takes it back say."""
    return letter(
        NAME,
        case_line(),
        title("Vil du være med? Må vi tale sammen om dig?"),
        paragraph("Til **{{ recipient.name }}**", "Subtitle"),
        easy_note(
            paragraph("**Sæt kryds og skriv under på det almindelige papir.** Det her skal kun læses.", "Bokstekst"),
            who="Du",
        ),
        paragraph(
            "Du skriver kun under for dig selv{% if children %} og for dine børn{% endif %}. Tag den tid, du har brug "
            "for. Spørg os. Du må gerne tage en med.",
            "EfterTabel",
        ),
        section(
            "Hvad siger du ja til?",
            paragraph("Der er to spørgsmål:", keep_next=True),
            steps(
                "Vil du være med i en plan for hele familien?",
                "Må de steder, du sætter kryds ved, tale sammen om dig?",
            ),
            when("children", paragraph("Dit ja gælder også {{ children|liste }}.")),
        ),
        section_when(
            "replaces",
            "Gælder de andre planer stadig?",
            paragraph(
                "{% if are_replaced %}Den nye plan kommer i stedet for planerne her.{% else %}Den nye plan kan komme i "
                "stedet for planerne her.{% endif %} Men kun, hvis du siger ja:",
                keep_next=True,
            ),
            each(
                "plan in replaces",
                bullets("{{ plan.name }}{% if plan.for_ %} ({{ plan.for_|liste }}){% endif %}"),
            ),
            paragraph("Siger du nej, gælder de andre planer stadig."),
        ),
        section(
            "Hvem må tale sammen?",
            paragraph("Du siger ja eller nej til hver af dem:", keep_next=True),
            each("area in areas", bullets("{{ area.name }}{% if area.is_health %} (helbred){% endif %}")),
            bullets("Din læge (helbred)", "Sygehus og psykiatri (helbred)", "Andre: dem skriver du selv"),
        ),
        section(
            "Hvad må de tale om?",
            paragraph("Du sætter kryds ved det, du siger ja til:", keep_next=True),
            bullets(
                "Skole og dagtilbud",
                "Job, uddannelse og penge at leve af",
                "Helbred: krop og psyke",
                "Alkohol og stoffer",
                "Penge og gæld",
                "Bolig",
                "Familien og livet hjemme",
                "Andet: det skriver du selv",
            ),
            paragraph("Vi siger kun det til hinanden, som vi skal bruge i planen."),
        ),
        section(
            "Hvad bruger vi det til, og hvem får det at vide?",
            paragraph("Vi bruger det til at lave planen, holde møder og se, hvordan det går. Ikke til andet."),
            paragraph(
                "Kun de folk, der arbejder med jeres plan, får det at vide. Og kun de steder, du har sat kryds ved. "
                "Spørg os, hvis du vil vide, hvem de er."
            ),
        ),
        section(
            "Kan du fortryde?",
            paragraph(
                "Ja, altid. Du kan sige nej til det hele eller til noget af det. Sig det til {{ tovholder.name }}."
            ),
            paragraph(
                "Fra den dag siger vi ikke mere til hinanden på grund af dit ja. Det, vi har skrevet, bliver liggende "
                "i sagen."
            ),
            paragraph(
                "Dit ja gælder, til planen slutter, og højst i {{ months }} måneder. Så spørger vi dig igen. Et ja om "
                "helbred gælder højst i ét år."
            ),
        ),
        section(
            "Hvad sker der, hvis du siger nej?",
            paragraph("Så laver vi ikke en plan for dig. Du kan stadig søge om hjælp."),
            paragraph("Nogle gange siger loven, at vi må tale sammen alligevel. Det gælder også, hvis du siger ja."),
        ),
        section(
            "Hvad kan du bede om?",
            bullets(
                "Du kan få at se, hvad vi har skrevet om dig.",
                "Du kan bede os om at rette det, der er forkert.",
                "Du kan få at vide, hvem der har fået hvad at vide.",
                "Du kan klage til Datatilsynet over den måde, vi bruger dine oplysninger på.",
            ),
        ),
        _withdrawal(),
        law_box("Reglerne om, at planen kan komme i stedet for andre planer, er:"),
    )  # fmt: skip


def _withdrawal() -> str:
    return (
        heading("Vil du tage dit ja tilbage?", page_break=True)
        + paragraph(
            "Brug det sidste ark af det almindelige papir. Du skal ikke sige hvorfor. Giv arket til "
            "{{ tovholder.name }}. Du kan også sende det til {{ municipality.address }}."
        )
        + tovholder_box("Din")
        + heading("Hvad kan du tage tilbage?", 2)
        + each("area in areas", bullets("Dit ja til {{ area.name }}"))
        + bullets("Dit ja til din læge", "Dit ja til sygehus og psykiatri", "Dit ja til andre", "Hele dit ja")
        + heading("Hvad sker der så?", 2)
        + paragraph("Vi taler ikke mere sammen på grund af dit gamle ja. Nogle møder bliver ændret eller aflyst.")
        + paragraph("De, der hjælper dig, taler med dig om hjælpen. Du får en kopi af arket.")
    )
