"""The consent form, one for each person who signs, and on a sheet of its own the form that takes consent back.

Two things are asked for apart: to take part, and to let areas share (forvaltningsloven § 28: voluntary, specific,
informed). Two pages hold it with the signature, so that nobody signs a page that says nothing else. Areas are ticked
one by one. Health information lapses after a year (sundhedsloven §§ 43-44). The form says what happens with a no, and
never that all handling of data stops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.forms import UNTICKED, answer_fields, tick_each, tick_pairs, tick_rows
from tools.letters.frame import case_line, law_box, letter, section, section_when, tovholder_box
from tools.letters.wordml import (
    bullets,
    heading,
    paragraph,
    row,
    row_tag,
    table,
    title,
    when,
)

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Samtykkeerklæring"

_AREA_MM = (96, 35, 35)


def samtykkeerklaering() -> Letter:
    """The form and the sheet that takes it back."""
    return letter(
        NAME,
        case_line(),
        title("Vil du være med, og må vi dele oplysninger?"),
        paragraph("Samtykkeerklæring for **{{ recipient.name }}**", "Subtitle"),
        paragraph(
            "Du skriver kun under for dig selv{% if children %} og for børn, du har forældremyndighed over{% endif %}. "
            "Tag den tid, du har brug for. Spørg, hvis noget er svært at forstå. Du kan tage en bisidder med."
        ),
        answer_fields(
            "Fødselsdato",
            "CPR-nummer (skrives kun i hånden, hvis kommunen beder om det)",
            description="Fødselsdato og CPR-nummer",
            widths=(56, 110),
        ),
        section(
            "Hvad siger du ja til?",
            paragraph("Du svarer på hvert spørgsmål for sig.", keep_next=True),
            tick_rows(
                "**Ja, jeg vil være med** i en helhedsorienteret plan.",
                "**Ja, de fagområder, jeg sætter kryds ved herunder, må dele oplysninger om mig.**",
                description="Hvad du siger ja til",
            ),
            when(
                "children",
                paragraph("Dit ja gælder også oplysninger om {{ children|liste }}.", "EfterTabel"),
            ),
        ),
        section_when(
            "replaces",
            "Hvilke andre planer handler det om?",
            paragraph(
                "{% if are_replaced %}Den nye plan træder i stedet for planerne her. Det sker kun, hvis du siger ja."
                "{% else %}Den nye plan kan træde i stedet for planerne her. Det sker kun, hvis du siger ja. Du skal "
                "ikke sætte kryds ved en plan, du ikke har.{% endif %}",
                keep_next=True,
            ),
            tick_each(
                "plan in replaces",
                "Ja, planen må træde i stedet for: **{{ plan.name }}**"
                "{% if plan.for_ %} ({{ plan.for_|liste }}){% endif %}.",
                "Nej, de andre planer skal gælde som nu.",
                description="Hvilke planer den nye plan må træde i stedet for",
            ),
            paragraph("Uden dit ja gælder hver af dem stadig for sig.", "EfterTabel"),
        ),
        section("Hvem må dele oplysninger?", _areas()),
        section(
            "Hvilke oplysninger må de dele?",
            paragraph("Sæt kryds ved det, du siger ja til. Vi deler kun det, planen har brug for.", keep_next=True),
            tick_pairs(
                "Skole og dagtilbud",
                "Job, uddannelse og forsørgelse",
                "Helbred, både krop og psyke",
                "Alkohol og stoffer",
                "Penge og gæld",
                "Bolig",
                "Familien og hverdagen hjemme",
                "Andet (skriv hvad):",
                description="Hvilke slags oplysninger der må deles",
            ),
        ),
        section(
            "Hvad bruger vi dem til, og hvem får dem at vide?",
            paragraph(
                "Vi bruger dem til at lave planen sammen med jer, holde møder om den og følge op på den. Vi bruger dem "
                "ikke til andet. Kun fagfolk, der arbejder med jeres plan, får dem at vide, og kun i de fagområder, du "
                "har sat kryds ved. Spørg os, hvis du vil vide, hvem de er."
            ),
        ),
        section(
            "Hvor længe gælder dit ja, og kan du fortryde?",
            paragraph(
                "Det gælder, til planen slutter, og højst i {{ months }} måneder. Så spørger vi dig igen. Dit ja til "
                "at dele oplysninger om helbred stopper altid efter et år.",
            ),
            paragraph(
                "Du kan fortryde, når som helst. Du kan trække hele dit ja tilbage eller kun en del af det. Brug det "
                "sidste ark, eller sig det til {{ tovholder.name }}. Fra den dag deler vi ikke mere på grund af dit "
                "ja. Det, vi allerede har skrevet, bliver liggende i jeres sager."
            ),
        ),
        section(
            "Hvad sker der, hvis du siger nej?",
            paragraph(
                "Så laver vi ikke en fælles plan for dig. Du kan stadig søge om almindelig hjælp. I nogle tilfælde "
                "siger loven, at kommunen må dele oplysninger uden et ja. Det gælder, uanset om du siger ja eller nej."
            ),
        ),
        section(
            "Hvilke rettigheder har du?",
            bullets(
                "Du kan få at se, hvad vi har skrevet om dig, og bede os om at rette det, der er forkert.",
                "Du kan få svar på, hvem der har fået hvad at vide.",
                "Du kan klage til Datatilsynet over den måde, vi behandler dine oplysninger på.",
            ),
        ),
        section(
            "Hvem har fortalt dig om det?",
            answer_fields(
                "Fortalt den",
                "Fortalt af",
                "Sprog{% if recipient.interpreter_language %}: {{ recipient.interpreter_language }}{% endif %}",
                "Tolk",
                description="Hvornår, af hvem, på hvilket sprog og med hvilken tolk",
                widths=(30, 54, 34, 48),
            ),
        ),
        section(
            "Underskrift",
            paragraph("Jeg har læst eller fået forklaret, hvad jeg siger ja til.", keep_next=True),
            answer_fields(
                "Dato",
                "Underskrift: {{ recipient.name }}",
                "Modtaget den",
                "Modtaget af (kommunen)",
                description="Din underskrift og kommunens",
                widths=(46, 120),
            ),
        ),
        _withdrawal(),
        law_box("Reglerne om, at planen kan træde i stedet for andre planer, er:"),
    )  # fmt: skip


def _areas() -> str:
    head = row(["Fagområde", "Må dele", "Må ikke dele"], _AREA_MM, header=True)
    ticks = [f"{UNTICKED} Ja", f"{UNTICKED} Nej"]
    rows = (
        row_tag("{%tr for area in areas %}", _AREA_MM)
        + row(["{{ area.name }}{% if area.is_health %} (helbred){% endif %}", *ticks], _AREA_MM)
        + row_tag("{%tr endfor %}", _AREA_MM)
        + row(["Egen læge (helbred)", *ticks], _AREA_MM)
        + row(["Sygehus og psykiatri (helbred)", *ticks], _AREA_MM)
        + row(["Andre: skriv hvem", *ticks], _AREA_MM, height_mm=11)
    )
    return table(head + rows, _AREA_MM, description="Hvilke fagområder der må dele oplysninger")


def _withdrawal() -> str:
    return (
        heading("Tilbagekaldelse af samtykke", page_break=True)
        + paragraph(
            "Her kan **{{ recipient.name }}** trække sit ja tilbage. Du behøver ikke sige hvorfor. Giv arket til "
            "{{ tovholder.name }}, eller send det til {{ municipality.address }}."
        )
        + tovholder_box("Din")
        + heading("Hvad trækker du tilbage?", 2)
        + tick_each(
            "area in areas",
            "Jeg trækker mit ja tilbage for **{{ area.name }}**.",
            "Jeg trækker mit ja tilbage for **egen læge**.",
            "Jeg trækker mit ja tilbage for **sygehus og psykiatri**.",
            "Jeg trækker mit ja tilbage for andre (skriv hvem):",
            "Jeg trækker **hele** mit ja tilbage og vil ikke længere være med i planen.",
            description="Hvad du trækker tilbage",
        )
        + heading("Hvad sker der så?", 2)
        + paragraph(
            "Vi deler ikke nye oplysninger på grund af dit gamle ja. De møder, det drejer sig om, bliver ændret eller "
            "aflyst. Hvert fagområde taler med dig om den hjælp, det selv giver."
        )
        + heading("Underskrift", 2)
        + answer_fields("Dato", "Underskrift: {{ recipient.name }}", description="Din underskrift", widths=(46, 120))
        + heading("Kvittering fra kommunen", 2)
        + paragraph("Vi har modtaget arket. Du får en kopi af det.", keep_next=True)
        + answer_fields("Modtaget den", "Modtaget af", description="Kommunens kvittering", widths=(46, 120))
        + paragraph("Har du spørgsmål, så ring til {{ tovholder.name }}.", "EfterTabel")
    )
