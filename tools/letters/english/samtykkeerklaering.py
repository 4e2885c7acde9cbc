"""The consent form in English, to read beside the Danish one.

It has no box to tick and no line to sign: two signed papers that do not say the same would be worse than none. What is
said, and in which order, is what the Danish form says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.english.frame import case_line, law_box, letter, tovholder_box, translation_note
from tools.letters.frame import section, section_when
from tools.letters.wordml import bullets, each, heading, paragraph, steps, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Consent form"


def samtykkeerklaering() -> Letter:
    """What the form and the sheet that takes it back say."""
    return letter(
        NAME,
        case_line(),
        title("Would you like to take part, and may we share information?"),
        paragraph("Consent form for **{{ recipient.name }}**", "Subtitle"),
        translation_note(
            paragraph("**Please tick and sign on the Danish form.** This paper is for reading.", "Bokstekst")
        ),
        paragraph(
            "You only sign for yourself{% if children %} and for children whom you have custody of{% endif %}. Take "
            "the time you need. Ask if something is hard to understand. You can bring somebody to support you.",
            "EfterTabel",
        ),
        section(
            "What do you say yes to?",
            paragraph("You answer each question on its own.", keep_next=True),
            bullets(
                "Yes, I want to take part in a plan for the whole family.",
                "Yes, the areas that I tick below may share information about me.",
            ),
            when(
                "children",
                paragraph("Your yes also covers information about {{ children|liste }}.", "EfterTabel"),
            ),
        ),
        section_when(
            "replaces",
            "Which other plans is it about?",
            paragraph(
                "{% if are_replaced %}The new plan takes the place of the plans here. This only happens if you say yes."
                "{% else %}The new plan can take the place of the plans here. This only happens if you say yes. Do not "
                "tick a plan that you do not have.{% endif %}",
                keep_next=True,
            ),
            each(
                "plan in replaces",
                bullets(
                    "Yes, the plan may take the place of: {{ plan.name }}"
                    "{% if plan.for_ %} ({{ plan.for_|liste }}){% endif %}."
                ),
            ),
            bullets("No, the other plans should stay as they are."),
            paragraph("Without your yes, each of them still applies on its own."),
        ),
        section(
            "Who may share information?",
            paragraph("On the form you say yes or no for each of these:", keep_next=True),
            each(
                "area in areas",
                bullets("{{ area.name }}{% if area.is_health %} – health{% endif %}"),
            ),
            bullets(
                "Your own doctor (⟦egen læge⟧) – health",
                "Hospital and psychiatry (⟦sygehus og psykiatri⟧) – health",
                "Others: write who (⟦andre: skriv hvem⟧)",
            ),
        ),
        section(
            "What information may they share?",
            paragraph("You tick what you say yes to. We only share what the plan needs.", keep_next=True),
            bullets(
                "School and day care (⟦skole og dagtilbud⟧)",
                "Work, education and income (⟦job, uddannelse og forsørgelse⟧)",
                "Health, both body and mind (⟦helbred, både krop og psyke⟧)",
                "Alcohol and drugs (⟦alkohol og stoffer⟧)",
                "Money and debt (⟦penge og gæld⟧)",
                "Housing (⟦bolig⟧)",
                "The family and everyday life at home (⟦familien og hverdagen hjemme⟧)",
                "Other things: write what (⟦andet: skriv hvad⟧)",
            ),
        ),
        section(
            "What do we use it for, and who gets to know it?",
            paragraph(
                "We use it to make the plan together with you, to hold meetings about it and to follow up on it. We do "
                "not use it for anything else. Only professionals who work with your plan get to know it, and only in "
                "the areas that you have ticked. Ask us if you want to know who they are."
            ),
        ),
        section(
            "How long does your yes last, and can you change your mind?",
            paragraph(
                "It lasts until the plan ends, and at most {{ months }} months. Then we ask you again. Your yes to "
                "sharing information about health always ends after one year.",
            ),
            paragraph(
                "You can change your mind at any time. You can take back all of your yes, or only some of it. Use the "
                "last sheet of the Danish form, or tell {{ tovholder.name }}. From that day we no longer share "
                "anything because of your yes. What we have already written stays in your cases."
            ),
        ),
        section(
            "What happens if you say no?",
            paragraph(
                "Then we do not make a shared plan for you. You can still apply for help in the usual way. In some "
                "cases the law says that the municipality may share information without a yes. This applies if you say "
                "yes and if you say no."
            ),
        ),
        section(
            "What rights do you have?",
            bullets(
                "You can see what we have written about you, and ask us to correct what is wrong.",
                "You can ask who has been told what.",
                "You can complain to Datatilsynet, the Danish Data Protection Agency, about the way we handle your "
                "information.",
            ),
        ),
        section(
            "What do you fill in on the Danish form?",
            steps(
                "Your date of birth (⟦fødselsdato⟧). Write your CPR number by hand, and only if the municipality asks "
                "for it.",
                "Who has told you about this, when (⟦fortalt den⟧), in which language (⟦sprog⟧), and with which "
                "interpreter (⟦tolk⟧).",
                "The date (⟦dato⟧) and your signature (⟦underskrift⟧). By signing you say: I have read, or have had "
                "explained to me, what I say yes to.",
            ),
        ),
        _withdrawal(),
        law_box("The rules about the plan taking the place of other plans are:"),
    )  # fmt: skip


def _withdrawal() -> str:
    return (
        heading("Taking back your consent", page_break=True)
        + paragraph(
            "The last sheet of the Danish form is called “⟦Tilbagekaldelse af samtykke⟧”. There you can take back your "
            "yes. You do not have to say why. Give the sheet to {{ tovholder.name }}, or send it to "
            "{{ municipality.address }}."
        )
        + tovholder_box()
        + heading("What can you take back?", 2)
        + each("area in areas", bullets("My yes for {{ area.name }}."))
        + bullets(
            "My yes for my own doctor (⟦egen læge⟧).",
            "My yes for hospital and psychiatry (⟦sygehus og psykiatri⟧).",
            "My yes for others (write who).",
            "**All** of my yes. I no longer want to take part in the plan.",
        )
        + heading("What happens then?", 2)
        + paragraph(
            "We do not share new information because of your old yes. The meetings that it is about are changed or "
            "cancelled. Each area talks with you about the help that it gives itself. You get a copy of the sheet."
        )
        + paragraph("If you have questions, please call {{ tovholder.name }}.")
    )
