"""What all letters share: letterhead, recipient, case line, the tovholder's box, closing and page foot."""

from __future__ import annotations

from typing import Final

from tools.letters.package import Letter
from tools.letters.wordml import box, each, field, heading, paragraph, raw_paragraph, run, title, when

TO_FAMILY: Final = "Fortroligt – til familien"
TO_PROFESSIONALS: Final = "Fortroligt – kun til dem, der er indkaldt"
TO_TABLE: Final = "Fortroligt – til dem, der er med til mødet"

_CASE_LINE: Final = (
    "{{ document.date|dato }}{% if case_number %}  ·  Sagsnr. {{ case_number }}{% endif %}"
    "{% if document.version > 1 %}  ·  Udgave {{ document.version }}"
    "{% if document.replaces %} (erstatter udgave {{ document.replaces }}){% endif %}{% endif %}"
)


def letter(name: str, *body: str, to: str = TO_FAMILY) -> Letter:
    """A whole letter. `name` is its title as a document, without any person's name."""
    return Letter(
        title=name,
        body=letterhead() + "".join(body),
        header=paragraph(f"{name}{{% if case_number %}}  ·  Sagsnr. {{{{ case_number }}}}{{% endif %}}", "Header"),
        footer=raw_paragraph(
            run(to)
            + "<w:r><w:tab/></w:r>"
            + run("Side ")
            + field("PAGE")
            + run(" af ")
            + field("NUMPAGES"),
            "Footer",
        ),
    )  # fmt: skip


def letterhead(phone: str = "Telefon") -> str:
    """Who writes, and where to reach them; `phone` as the letter's language says it."""
    return (
        paragraph("{{ municipality.name }}", "Afsender")
        + paragraph("{{ municipality.unit }}", "Afsenderlinje")
        + paragraph(
            f"{{{{ municipality.address }}}}  ·  {phone} {{{{ municipality.phone }}}}  ·  {{{{ municipality.email }}}}"
            "{% if municipality.website %}  ·  {{ municipality.website }}{% endif %}",
            "Afsenderslut",
        )
    )


def address_block() -> str:
    """Who the letter is for, where a window envelope shows it."""
    return paragraph("{{ recipient.name }}", "Modtager") + each(
        "line in recipient.address_lines", paragraph("{{ line }}", "Modtager")
    )


def opening(*headline: str) -> str:
    """Recipient, date and case number, the telling headline."""
    return address_block() + paragraph(_CASE_LINE, "Sagslinje") + "".join(headline or (title("{{ document.title }}"),))


def told(family: str, professional: str) -> str:
    """Words to the family, and others to a professional who reads the same letter."""
    return f"{{% if recipient.is_professional %}}{professional}{{% else %}}{family}{{% endif %}}"


def of_children(many: str) -> str:
    """What the children are called in a question about them all, or the name of the only one it is about."""
    return f"{{% if children|length == 1 %}}{{{{ children[0].first_name }}}}{{% else %}}{many}{{% endif %}}"


def case_line() -> str:
    """Date, case number and version."""
    return paragraph(_CASE_LINE, "Sagslinje")


def tovholder_box(whose: str = "Jeres", *, keep_next: bool = False) -> str:
    """Who to call: name, function, phone and mail, and who stands in.

    `keep_next`: on the page of what comes after, so that a signature is not alone on the last one.
    """
    return contact_box(
        f"{whose} {{% if tovholder.role == 'tovholder' %}}tovholder{{% else %}}kontaktperson{{% endif %}}",
        "Telefon",
        "Ingen svar? Ring til",
        "Hvem man kan ringe til",
        keep_next=keep_next,
    )


def contact_box(head: str, phone: str, unanswered: str, description: str, *, keep_next: bool = False) -> str:
    """The same in a letter's own language; `unanswered` goes before whoever stands in."""
    return box(
        paragraph(head, "Bokshoved", keep_next=keep_next),
        paragraph("**{{ tovholder.name }}**, {{ tovholder.title }}", "Bokstekst", keep_next=keep_next),
        paragraph(
            f"{{% if tovholder.phone %}}{phone} {{{{ tovholder.phone }}}}  ·  {{% endif %}}{{{{ tovholder.email }}}}",
            "Bokstekst",
            keep_next=keep_next,
        ),
        each("sentence in tovholder.absences", paragraph("{{ sentence }}", "Bokstekst", keep_next=keep_next)),
        when(
            "tovholder.substitute and not tovholder.absences",
            paragraph(f"{unanswered} {{{{ tovholder.substitute }}}}.", "Bokstekst", keep_next=keep_next),
        ),
        description=description,
    )


def greeting(text: str = "Kære {{ recipient.first_name }}", style: str = "") -> str:
    """The greeting line."""
    return paragraph(text, style, keep_next=True)


def farewell(*, keep_next: bool = False) -> str:
    """Kind regards from the one who answers the phone; `keep_next`: on the page of what comes after."""
    return (
        paragraph("Venlig hilsen", "Hilsen")
        + paragraph("{{ tovholder.name }}", "Underskriver", keep_next=True)
        + paragraph("{{ tovholder.title }}, {{ municipality.unit }}", "Underskriver", keep_next=keep_next)
    )


def law_box(replacing: str = "") -> str:
    """The only place where a paragraph of law stands: the words come from the configuration.

    `replacing` leads over to the rules about the plan in the place of others, which may be there without the rest.
    """
    basis = "Reglerne om én samlet plan står i {{ legal_basis|liste|lovtekst }}."
    return rules_box("Reglerne bag", basis, replacing, "Reglerne bag brevet")


def rules_box(head: str, basis: str, replacing: str, description: str, line: str = "{{ line|lovtekst }}.") -> str:
    """The same in a letter's own language."""
    about_plan = paragraph(basis, "Bokstekst")
    others = when(
        "replacing_law", paragraph(replacing, "Bokstekst"), each("line in replacing_law", paragraph(line, "Bokstekst"))
    )
    return when(
        "legal_basis or replacing_law" if replacing else "legal_basis",
        box(
            paragraph(head, "Bokshoved"),
            *((when("legal_basis", about_plan), others) if replacing else (about_plan,)),
            description=description,
        ),
    )


def section(question: str, *blocks: str, level: int = 1) -> str:
    """A heading and what answers it."""
    return heading(question, level) + "".join(blocks)


def section_when(condition: str, question: str, *blocks: str, level: int = 1) -> str:
    """A section that is gone with its heading when there is nothing to say."""
    return when(condition, section(question, *blocks, level=level))
