"""The letter that tells a family what a helhedsorienteret plan is, before anybody has said yes.

Three variants: for the adults, in easy Danish (`let`), and for a young person (`ung`). It may stand alone before
consent, so it names no meeting, no team and no knowledge about the family (samarbejdsaftale 2023, Rekruttering).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.forms import answer_fields, tick_rows
from tools.letters.frame import farewell, greeting, law_box, letter, opening, section, tovholder_box
from tools.letters.wordml import bullets, each, paragraph, steps, title

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Informationsbrev"


def informationsbrev() -> Letter:
    """For the adults of a family."""
    return letter(
        NAME,
        opening(title("Vil I have én plan for hele familien?")),
        greeting(),
        paragraph(
            "I får hjælp fra flere steder i kommunen. Vi vil gerne gøre det lettere for jer. Derfor tilbyder vi jer en "
            "plan, der samler det hele. I vælger selv, om I vil være med."
        ),
        tovholder_box(),
        section(
            "Hvad er en helhedsorienteret plan?",
            paragraph(
                "Det er én plan for hele familien. I planen står det, I gerne vil opnå, og hvem der gør hvad. I får én "
                "fast person at ringe til. Vi kalder personen jeres tovholder. Alle, der hjælper jer, mødes med jer "
                "om det samme bord."
            ),
        ),
        section(
            "Hvem er det for?",
            paragraph(
                "Planen er for familier, der har kontakt med flere dele af kommunen på samme tid. Det kan for eksempel "
                "være skole, job og helbred. Det er kun dem, der hjælper jer, som er med. De kan komme fra:"
            ),
            each("area in areas", bullets("{{ area.name }}")),
        ),
        section(
            "Hvad kan I få ud af det?",
            bullets(
                "I skal ikke fortælle det hele forfra til hver ny person.",
                "I ved, hvem I kan ringe til.",
                "De mennesker, der hjælper jer, ved, hvad de andre gør.",
                "Jeres egne mål står først i planen.",
            ),
        ),
        section(
            "Hvad sker der, trin for trin?",
            steps(
                "**Vi taler sammen.** I kan spørge om alt, og I behøver ikke svare med det samme.",
                "**I siger ja eller nej.** Siger I ja, skriver hver voksen under på et samtykke.",
                "**I får en tovholder**, og vi samler et lille team om jer.",
                "**Teamet gør sig klar.** Fagfolkene mødes kort og samler det, de må dele.",
                "**Vi laver planen sammen med jer.** På det møde er I også med til at vælge jeres tovholder.",
                "**Vi følger op.** Vi mødes cirka hver {{ follow_up_weeks }}. uge. Har I brug for det, kan det være "
                "oftere eller sjældnere.",
            ),
        ),
        section(
            "Hvem er med, og hvem bestemmer?",
            paragraph(
                "I bestemmer, hvad der er vigtigt for jer. Vi lytter til jer først. Planen samler hjælpen, men den "
                "afgør ikke, hvilken hjælp I får. Det gør hvert fagområde stadig selv, og det giver jer besked."
            ),
        ),
        section(
            "Hvad med børnene?",
            paragraph(
                "Børn skal høres om det, der handler om dem. Vi taler med jer om, hvordan det sker bedst. Nogle børn "
                "er med til en del af et møde. Andre fortæller hjemme, i skolen eller med en tegning. Et barn må også "
                "have en voksen med, som det stoler på. Unge på 15 år og derover får deres eget brev."
            ),
        ),
        section(
            "Skal I være med?",
            paragraph(
                "Nej, det er frivilligt. I kan sige nej. I kan også sige ja nu og stoppe senere. I kan stadig "
                "søge om almindelig hjælp, ligesom før."
            ),
        ),
        section(
            "Hvilke oplysninger deler vi?",
            paragraph(
                "I vælger selv, hvilke fagområder der må tale sammen om jer. I kan altid ændre jeres valg. Vi deler "
                "kun det, der er brug for i planen. I få tilfælde siger loven, at kommunen må dele noget uden jeres "
                "ja. Spørg os endelig, hvis I vil vide mere om det."
            ),
        ),
        section(
            "Kan I få tolk eller tage en med?",
            paragraph(
                "Ja. {% if recipient.interpreter_language %}Vi bestiller en tolk, der taler "
                "{{ recipient.interpreter_language }}. {% else %}Har I brug for en tolk, så bestiller vi en. "
                "{% endif %}Børn skal ikke tolke for jer. I må også tage en bisidder med. Det kan være en ven, en fra "
                "familien eller en anden, I er trygge ved."
            ),
        ),
        section("Vil I høre mere?", *_slip("I", "os")),
        farewell(),
        law_box(),
    )


def informationsbrev_let(note: str = "") -> Letter:
    """In easy Danish: short sentences, one thing at a time. `note`: what it says of itself, where it lies beside."""
    return letter(
        NAME,
        opening(title("Én plan for jeres familie")),
        note,
        greeting(style="EfterTabel" if note else ""),
        paragraph("I får hjælp fra kommunen. I får hjælp fra flere steder. Det kan være svært at holde styr på."),
        paragraph("Vi kan lave én plan sammen med jer. I vælger selv: ja eller nej."),
        tovholder_box(),
        section(
            "Hvad er det?",
            bullets(
                "Én plan for hele familien.",
                "Én person, som I kan ringe til. Personen hedder en tovholder.",
                "Møder, hvor alle er med.",
            ),
        ),
        section(
            "Hvem kan være med?", paragraph("Det kan være folk fra:"), each("area in areas", bullets("{{ area.name }}"))
        ),
        section(
            "Hvad sker der?",
            steps(
                "Vi taler sammen. I kan spørge om alt.",
                "I siger ja eller nej.",
                "Siger I ja, skriver I under på et papir.",
                "I får en tovholder.",
                "Vi holder et møde. Her laver vi planen sammen.",
                "Vi mødes igen cirka hver {{ follow_up_weeks }}. uge. Vi ser på, hvordan det går.",
            ),
        ),
        section(
            "Hvem bestemmer?",
            paragraph("I siger, hvad der er vigtigt for jer. Kommunen bestemmer stadig, hvilken hjælp den kan give."),
        ),
        section(
            "Hvad med børnene?",
            paragraph("Børn skal høres. Vi spørger jer, hvordan vi bedst gør det. Unge på 15 år får deres eget brev."),
        ),
        section(
            "Skal I være med?",
            paragraph("Nej. Det er frivilligt. I kan sige nej. I kan sige ja nu og stoppe en anden dag."),
            paragraph("I kan stadig søge om hjælp, hvis I siger nej."),
        ),
        section(
            "Hvad må vi sige til hinanden?",
            paragraph("I vælger, hvem der må tale sammen om jer. I kan altid ændre det."),
            paragraph("Nogle gange siger loven, at vi må tale sammen alligevel. Spørg os, hvis I er i tvivl."),
        ),
        section(
            "Kan I få en tolk?",
            paragraph(
                "Ja. {% if recipient.interpreter_language %}Vi finder en tolk, der taler "
                "{{ recipient.interpreter_language }}. {% else %}Sig til, så finder vi en tolk. {% endif %}"
                "Jeres børn skal ikke tolke. I må også tage en ven med."
            ),
        ),
        section("Vil I høre mere?", *_slip("I", "os")),
        farewell(),
        law_box(),
    )


def informationsbrev_ung() -> Letter:
    """For a young person of fifteen or more."""
    return letter(
        NAME,
        opening(title("Vil du være med til at lave en plan?")),
        greeting("Hej {{ recipient.first_name }}"),
        paragraph(
            "Din familie får hjælp fra flere steder i kommunen. Vi tilbyder jer én plan, der samler det hele. Du er "
            "gammel nok til at få dit eget brev, for planen handler også om dig."
        ),
        tovholder_box("Din"),
        section(
            "Hvad går det ud på?",
            bullets(
                "Der er én plan i stedet for mange.",
                "Der er én person, du kan skrive eller ringe til. Vi kalder personen en tovholder.",
                "Vi holder møder, hvor du selv kan sige, hvad du gerne vil.",
            ),
        ),
        section(
            "Hvad kan du bestemme?",
            paragraph(
                "Du bestemmer selv, om du vil fortælle noget. Du kan være med til hele mødet eller en del af det. Du "
                "kan også fortælle det til en, du er tryg ved, før mødet. Er du fyldt 16 år, siger du selv ja eller "
                "nej til, at vi deler oplysninger om dig."
            ),
        ),
        section(
            "Hvem bestemmer over hjælpen?",
            paragraph(
                "Planen viser, hvem der gør hvad. Men den afgør ikke, hvilken hjælp der bliver givet. Det gør hvert "
                "område i kommunen selv. De områder, der kan være med, er:"
            ),
            each("area in areas", bullets("{{ area.name }}")),
        ),
        section(
            "Hvad sker der?",
            steps(
                "Vi fortæller dig og din familie om det.",
                "I siger ja eller nej, hver for sig.",
                "Vi mødes og laver planen.",
                "Vi ser sammen på, hvordan det går, cirka hver {{ follow_up_weeks }}. uge.",
            ),
        ),
        section(
            "Skal du være med?",
            paragraph(
                "Det bestemmer du selv. Du må gerne sige nej. Du kan også sige ja og fortryde senere. Du kan stadig "
                "søge om hjælp på andre måder."
            ),
        ),
        section(
            "Hvem får at vide, hvad du siger?",
            paragraph(
                "Du kan spørge os, før du fortæller noget. Vi siger til, hvem der skal bruge det, og hvorfor. Er vi "
                "bange for, at du ikke har det godt, skal vi hjælpe. Så siger vi det til dig først, hvis vi kan."
            ),
        ),
        section(
            "Kan du tage en med?",
            paragraph(
                "Ja. Du må tage en bisidder med, som er fyldt 15 år. Det kan være en ven, en træner eller en anden, "
                "du stoler på.{% if recipient.interpreter_language %} Vi bestiller også en tolk, der taler "
                "{{ recipient.interpreter_language }}.{% endif %}"
            ),
        ),
        section("Vil du høre mere?", *_slip("du", "mig")),
        farewell(),
        law_box(),
    )


def _slip(who: str, whom: str) -> tuple[str, ...]:
    return (
        paragraph(
            f"Så ring eller skriv til {{{{ tovholder.name }}}}. {who.capitalize()} kan også sætte kryds her og give "
            "brevet tilbage.",
            keep_next=True,
        ),
        tick_rows(
            f"Ring gerne til {whom}.",
            f"{'Vi' if who == 'I' else 'Jeg'} vil gerne mødes og høre mere.",
            "Nej tak, ikke lige nu.",
            description="Svar på brevet",
        ),
        paragraph(
            "Skriv navn og telefonnummer, så vi kan få fat i " + ("jer." if who == "I" else "dig."),
            "EfterTabel",
            keep_next=True,
        ),
        answer_fields("Navn", "Telefon", description="Navn og telefon"),
    )
