"""What all letters in English share, as `tools.letters.frame` does in Danish: the same parts in the same places."""

from __future__ import annotations

from typing import Final

from tools.letters.frame import address_block, contact_box, letterhead, rules_box
from tools.letters.package import Letter
from tools.letters.wordml import box, field, paragraph, raw_paragraph, run

ENGLISH: Final = "en-GB"
TO_FAMILY: Final = "Confidential – for the family"

_CASE_LINE: Final = (
    "{{ document.date|dato }}{% if case_number %}  ·  Case no. {{ case_number }}{% endif %}"
    "{% if document.version > 1 %}  ·  Edition {{ document.version }}"
    "{% if document.replaces %} (replaces edition {{ document.replaces }}){% endif %}{% endif %}"
)
TOVHOLDER: Final = (
    "{% if tovholder.role == 'tovholder' %}lead coordinator (tovholder){% else %}contact person{% endif %}"
)


def letter(name: str, *body: str) -> Letter:
    """A whole letter. `name` is its title as a document, without any person's name."""
    return Letter(
        title=name,
        body=letterhead("Phone") + "".join(body),
        header=paragraph(f"{name}{{% if case_number %}}  ·  Case no. {{{{ case_number }}}}{{% endif %}}", "Header"),
        footer=raw_paragraph(
            run(TO_FAMILY)
            + "<w:r><w:tab/></w:r>"
            + run("Page ")
            + field("PAGE")
            + run(" of ")
            + field("NUMPAGES"),
            "Footer",
        ),
        language=ENGLISH,
    )  # fmt: skip


def opening(*headline: str) -> str:
    """Recipient, date and case number, the telling headline, and what this paper is."""
    return address_block() + case_line() + "".join(headline) + translation_note()


def case_line() -> str:
    """Date, case number and version."""
    return paragraph(_CASE_LINE, "Sagslinje")


def translation_note(*more: str) -> str:
    """What counts: it stands first, before anybody has read on."""
    return box(
        paragraph(
            "**This is a translation.** You also get it in Danish. What is written in Danish is what applies.",
            "Bokstekst",
        ),
        *more,
        description="This is a translation",
    )


def tovholder_box(*, keep_next: bool = False) -> str:
    """Who to call: name, function, phone and mail, and who stands in."""
    return contact_box(f"Your {TOVHOLDER}", "Phone", "No answer? Call", "Whom you can call", keep_next=keep_next)


def greeting(text: str = "Dear {{ recipient.first_name }}") -> str:
    """The greeting line."""
    return paragraph(text, "EfterTabel", keep_next=True)


def farewell(*, keep_next: bool = False) -> str:
    """Kind regards from the one who answers the phone; `keep_next`: on the page of what comes after."""
    return (
        paragraph("Kind regards", "Hilsen")
        + paragraph("{{ tovholder.name }}", "Underskriver", keep_next=True)
        + paragraph("{{ tovholder.title|stort }}, {{ municipality.unit }}", "Underskriver", keep_next=keep_next)
    )


def law_box(replacing: str = "") -> str:
    """The only place where a paragraph of law stands: the words are the configuration's, in Danish as the law is."""
    basis = "The rules about one plan are in Danish law: ⟦{{ legal_basis|liste|lovtekst }}⟧."
    return rules_box(
        "The rules behind this", basis, replacing, "The rules behind this letter", "⟦{{ line|lovtekst }}.⟧"
    )
