"""Which letters have a translation beside them, and what it is.

A translation shows what the Danish letter shows and decides nothing: it is made from that letter's own data, once those
who may see what have been told apart. It is a document of its own, so that version, copy and journal know it, and it is
never wanted without the letter that it lies beside.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Final, TypeAlias

from hopdocs.diagnostics import Blocks, Finding, Severity
from hopdocs.documents.translated.wording import put_in_words
from hopdocs.languages.phrases import Phrases
from hopdocs.model.scalars.languages import DANISH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hopdocs.documents.kinds.kind import DocumentKind
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.config import Config
    from hopdocs.model.scalars.languages import LetterLanguage

FindTranslation: TypeAlias = "Callable[[str, str | None, LetterLanguage], str | None]"
"""By a letter's template, its form and a language: the form of the template that says it in that language, if any."""

_ENDING: Final = "oversat"


def no_translation(_template: str, _form: str | None, _language: LetterLanguage) -> str | None:
    """Where there are only Danish templates."""
    return None


def with_translations(
    documents: Iterable[WantedDocument], day: FamilyDay, find: FindTranslation
) -> tuple[WantedDocument, ...]:
    """The documents, each letter followed by its translation if its reader reads another language and there is one."""
    documents = tuple(documents)
    translating = _Translating(day, find, {item.stem.casefold() for item in documents})
    return tuple(item for document in documents for item in translating.of(document))


def readers_without_translation(
    documents: Iterable[WantedDocument], day: FamilyDay, find: FindTranslation
) -> list[Finding]:
    """Those of whom it is written that they read another language, and who get no letter in it.

    Of a mother tongue alone nothing is said: who speaks Dari may read Danish.
    """
    served = {
        document.recipient
        for document in documents
        if (language := reading_language(day, document)) is not None and _form_of(document, language, find) is not None
    }
    getting = {document.recipient for document in documents if _translation_of(document) is not None}
    return [
        Finding("HD691", ("members", key, "reads"), {"member": key, "language": person.letter_language.name},
                Severity.WARNING, Blocks.NOTHING)
        for key, person in day.family.members.items()
        if person.reads is not None and person.letter_language != DANISH and key in getting and key not in served
    ]  # fmt: skip


def reading_language(day: FamilyDay, document: WantedDocument) -> LetterLanguage | None:
    """The language that a letter's reader also gets it in; None for Danish, and for what is nobody's own letter."""
    person = next((item for key, item in day.family.members.items() if key == document.recipient), None)
    language = person.letter_language if person is not None and _translation_of(document) is not None else DANISH
    return language if language != DANISH else None


def _translation_of(document: WantedDocument) -> DocumentKind | None:
    return document.kind.translation if document.template is not None else None


def _form_of(document: WantedDocument, language: LetterLanguage, find: FindTranslation) -> str | None:
    return find(document.template or "", document.variant, language)


def translate(document: WantedDocument, kind: DocumentKind, language: LetterLanguage, config: Config) -> WantedDocument:
    """A Danish letter as one of the kind that says it in another language."""
    phrases = Phrases(language.code, config.translations.get(language.code, {}))
    context = put_in_words(document.context, language, phrases)
    of_today = document.as_of_today
    return replace(
        document,
        kind=kind,
        stem=f"{document.stem}-{_ENDING}",
        title=f"{context.document.title} ({language.name})",
        context=replace(context, document=replace(context.document, kind=kind.name)),
        as_of_today=put_in_words(of_today, language, phrases) if of_today is not None else None,
        language=language,
        beside=document.key,
    )


class _Translating:
    """One family's translations while they are listed: each gets a name that no document has."""

    def __init__(self, day: FamilyDay, find: FindTranslation, taken: set[str]) -> None:
        self._day = day
        self._find = find
        self._taken = taken

    def of(self, document: WantedDocument) -> Iterator[WantedDocument]:
        """A document, and behind it its translation."""
        yield document
        language, kind = reading_language(self._day, document), _translation_of(document)
        form = _form_of(document, language, self._find) if language is not None else None
        if language is None or kind is None or form is None:
            return
        translation = translate(document, kind, language, self._day.config)
        yield replace(translation, stem=self._own_stem(translation.stem), variant=form)

    def _own_stem(self, wish: str) -> str:
        names = (wish if number == 1 else f"{wish}-{number}" for number in count(1))
        stem = next(name for name in names if name.casefold() not in self._taken)
        self._taken.add(stem.casefold())
        return stem
