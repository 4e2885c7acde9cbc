"""What the small letters share: how one begins and ends, how it speaks to the young, and how it names a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tools.letters.frame import address_block, farewell, greeting, letter
from tools.letters.wordml import box, bullets, paragraph, title, when

if TYPE_CHECKING:
    from tools.letters.package import Letter

TO_PERSON: Final = "Fortroligt – kun til den, brevet er skrevet til"
TO_STAFF: Final = "Fortroligt – kun til fagpersoner"

MEETING: Final = "{% if meeting.type == 'interview' %}samtalen{% else %}{{ meeting.type }}t{% endif %}"
"""The meeting as one speaks of it."""

_DAY_LINE: Final = "{{ document.date|dato }}{% if case_number %}  ·  Sagsnr. {{ case_number }}{% endif %}"
"""Without a version: a letter about a new event replaces no older one."""


def short_letter(name: str, headline: str, *body: str, to: str = TO_PERSON, sheet: str = "") -> Letter:
    """A letter of one page to somebody in the family; `sheet` is what she fills in and sends back, on its own page."""
    return letter(
        name,
        address_block(),
        paragraph(_DAY_LINE, "Sagslinje"),
        title(headline),
        greeting("{% if recipient.is_youth %}Hej{% else %}Kære{% endif %} {{ recipient.first_name }}"),
        *body,
        farewell(),
        sheet,
        to=to,
    )


def staff_paper(name: str, headline: str, *body: str) -> Letter:
    """A paper between professionals: who gets it stands where a letter has its address."""
    return letter(
        name,
        address_block(),
        paragraph(_DAY_LINE, "Sagslinje"),
        title(headline),
        *body,
        to=TO_STAFF,
    )


def spoken(adults: str, youth: str, style: str = "") -> str:
    """A paragraph that says "I" to the grown-ups of a family, and "du" to somebody under 18."""
    return when("recipient.is_youth", paragraph(youth, style), otherwise=[paragraph(adults, style)])


def spoken_bullets(adults: tuple[str, ...], youth: tuple[str, ...]) -> str:
    """The same with a list."""
    return when("recipient.is_youth", bullets(*youth), otherwise=[bullets(*adults)])


def word(adults: str, youth: str) -> str:
    """The same with one word in a heading."""
    return f"{{% if recipient.is_youth %}}{youth}{{% else %}}{adults}{{% endif %}}"


def time_and_place() -> str:
    """The box with a meeting's day, hour and room."""
    return box(
        paragraph("Hvornår og hvor?", "Bokshoved"),
        paragraph("**{{ meeting.date|lang_dato|stort }}** ({{ meeting.date|uge }})", "Bokstekst"),
        paragraph("**{{ meeting.start|tidsrum(meeting.end)|stort }}**", "Bokstekst"),
        paragraph("{{ meeting.place }}", "Bokstekst"),
        when("meeting.directions", paragraph("{{ meeting.directions }}", "Bokstekst")),
        description="Tid og sted for mødet",
    )
