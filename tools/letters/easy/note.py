"""What a letter in easy Danish says of itself."""

from __future__ import annotations

from tools.letters.wordml import box, paragraph


def easy_note(*more: str, who: str = "I") -> str:
    """What applies: it stands first, before anybody has read on."""
    return box(
        paragraph(
            f"**Det her er let dansk.** {who} får det også på almindeligt dansk. Det er det almindelige, der gælder.",
            "Bokstekst",
        ),
        *more,
        description="Let dansk",
    )
