"""The letters that lie beside Danish ones, as they mostly look: template stem and context, in the language's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.translated.wording import put_in_words
from hopdocs.languages.phrases import Phrases
from hopdocs.model.scalars.languages import language_of_template
from tests.unit.letters import samples

if TYPE_CHECKING:
    from hopdocs.documents.views import Context

_INFORMATION = samples.informationsbrev()
_YOUNG = samples.informationsbrev(samples.YASMIN)
_DANISH: dict[str, tuple[str, Context]] = {
    "informationsbrev": ("informationsbrev", _INFORMATION),
    "informationsbrev-ung": ("informationsbrev.ung", _YOUNG),
    "samtykkeerklaering": ("samtykkeerklaering", samples.samtykkeerklaering()),
    "invitation": ("invitation", samples.invitation()),
    "invitation-ung": ("invitation.ung", samples.youth_invitation()),
    "invitation-flyttet": ("invitation", samples.moved_invitation()),
    "invitation-aflyst": ("invitation", samples.cancelled_invitation()),
}


def in_words(stem: str, context: Context) -> Context:
    """A letter's data as its template in another language gets them."""
    language = language_of_template(stem.partition(".")[2])
    return put_in_words(context, language, Phrases(language.code, {}))


IN_ENGLISH: dict[str, tuple[str, Context]] = {
    f"{case}-en": (f"{stem}.en", in_words(f"{stem}.en", context)) for case, (stem, context) in _DANISH.items()
}
IN_EASY_DANISH: dict[str, tuple[str, Context]] = {
    f"{case}-da-let": (f"{stem}.da-let", in_words(f"{stem}.da-let", context))
    for case, (stem, context) in _DANISH.items()
}
TRANSLATED_CASES = IN_ENGLISH | IN_EASY_DANISH
