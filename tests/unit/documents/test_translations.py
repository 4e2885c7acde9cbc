"""Which letters lie beside their Danish ones in the reader's language, and what their data say in it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.making.frozen_papers import files_of
from hopdocs.documents.desired import wanted_documents
from hopdocs.documents.kinds.invitation import InvitationContext
from hopdocs.documents.kinds.samtykkeerklaering import SamtykkeerklaeringContext
from hopdocs.documents.kinds.table import KINDS, TRANSLATIONS, find_kind, names_of_deliveries
from hopdocs.documents.translated.letters import readers_without_translation, with_translations
from hopdocs.documents.translated.settings import check_translations
from hopdocs.documents.translated.wording import put_in_words
from hopdocs.domain.family_day import FamilyDay
from hopdocs.languages.phrases import Phrases
from hopdocs.languages.said import Days, say
from hopdocs.model.scalars.languages import LetterLanguage, find_language
from tests.unit.documents.example import TODAY, load_config, load_family

if TYPE_CHECKING:
    from hopdocs.documents.wanted import WantedDocument

READS_ENGLISH = ("    language: dari\n", "    language: dari\n    reads: engelsk\n")


def in_english(_template: str, form: str | None, language: LetterLanguage) -> str | None:
    """Where there are English templates, one of them for the young."""
    if language.code != "en":
        return None
    return "ung.en" if form == "ung" else "en"


def documents_of(*changes: tuple[str, str]) -> tuple[WantedDocument, ...]:
    day = FamilyDay.on(load_family("hop-2026-007", *changes), load_config(), TODAY)
    return with_translations(wanted_documents(day), day, in_english)


def translated(*changes: tuple[str, str]) -> dict[str, WantedDocument]:
    return {item.stem: item for item in documents_of(*changes) if item.kind.is_translation}


def test_who_reads_another_language_gets_each_such_letter_in_it_and_nobody_else_does() -> None:
    made = translated(READS_ENGLISH)
    assert {item.recipient for item in made.values()} == {"nadira"}
    assert {item.kind.name for item in made.values()} == {
        "informationsbrev-oversat",
        "samtykkeerklaering-oversat",
        "invitation-oversat",
    }
    assert made["invitation-familieplan-nadira-oversat"].variant == "en"


def test_a_translation_stands_right_behind_its_danish_letter_and_names_it() -> None:
    documents = documents_of(READS_ENGLISH)
    for before, item in itertools.pairwise(documents):
        if item.kind.is_translation:
            assert item.beside == before.key
            assert (item.date, item.final, item.is_past) == (before.date, before.final, before.is_past)


def test_a_letter_that_goes_takes_its_translation_along() -> None:
    documents = documents_of(READS_ENGLISH)
    (letter,) = (item for item in documents if item.stem == "invitation-familieplan-nadira")
    assert files_of(letter, documents) == {
        f"invitation-familieplan-nadira{ending}" for ending in (".docx", ".pdf", "-oversat.docx", "-oversat.pdf")
    }


def test_a_mother_tongue_without_a_template_changes_nothing() -> None:
    day = FamilyDay.on(load_family("hop-2026-007"), load_config(), TODAY)
    documents = wanted_documents(day)
    assert with_translations(documents, day, in_english) == documents
    assert readers_without_translation(documents, day, in_english) == []


@pytest.mark.parametrize("word", ["dansk", "da"])
def test_who_reads_danish_gets_no_translation_whatever_she_speaks(word: str) -> None:
    speaks = ("    language: dari\n", f"    language: engelsk\n    reads: {word}\n")
    assert translated(speaks) == {}
    assert translated(("    language: dari\n", "    language: engelsk\n")) != {}


def test_a_youth_gets_the_translation_of_the_letter_that_speaks_to_her() -> None:
    made = translated(("yasmin: {name: Yasmin Zamirandi,", "yasmin: {name: Yasmin Zamirandi, reads: en,"))
    assert {item.variant for item in made.values() if item.kind.name == "invitation-oversat"} == {"ung.en"}


def test_somebody_of_whom_it_is_written_what_she_reads_and_who_gets_nothing_in_it_is_told_of() -> None:
    reads_arabic = ("    language: dari\n", "    language: dari\n    reads: arabisk\n")
    day = FamilyDay.on(load_family("hop-2026-007", reads_arabic), load_config(), TODAY)
    (found,) = readers_without_translation(wanted_documents(day), day, in_english)
    assert (found.code, found.at, found.params["language"]) == ("HD691", ("members", "nadira", "reads"), "arabisk")


@pytest.mark.parametrize(("written", "form"), [("en", None), ("ung.en", None), ("da-let", None), ("let", "let")])
def test_a_language_is_no_form_of_the_letter_that_applies(written: str, form: str | None) -> None:
    spoken, _ = READS_ENGLISH
    letters = documents_of((spoken, f"{spoken}    letter: {written}\n"))
    assert {item.variant for item in letters if item.recipient == "nadira" and item.template == "invitation"} == {form}


def test_no_name_of_a_translation_is_taken_from_another_document() -> None:
    """A member may be called what a translation's file would be called."""
    day = FamilyDay.on(load_family("hop-2026-007", READS_ENGLISH), load_config(), TODAY)
    twin = next(item for item in wanted_documents(day) if item.stem == "informationsbrev-tariq")
    documents = (*wanted_documents(day), replace(twin, stem="Informationsbrev-Nadira-oversat"))
    stems = [item.stem for item in with_translations(documents, day, in_english)]
    assert len(stems) == len({stem.casefold() for stem in stems})
    assert "informationsbrev-nadira-oversat-2" in stems


def context_in(word: str, context: InvitationContext, **own: str) -> InvitationContext:
    language = find_language(word)
    assert language is not None
    return put_in_words(context, language, Phrases(language.code, own))


@pytest.fixture(name="invitation")
def of_nadira() -> InvitationContext:
    (found,) = (item for item in documents_of() if item.stem == "invitation-familieplan-nadira")
    assert isinstance(found.context, InvitationContext)
    return found.context


def test_what_hopdocs_says_is_said_in_the_readers_language(invitation: InvitationContext) -> None:
    english = context_in("engelsk", invitation)
    assert english.meeting.when == "Tuesday, 24 November 2026, 10:00–12:00"
    assert english.participants[1].title == "integration adviser"
    assert english.participants[1].area == "Employment"
    assert english.enclosures == ("the agenda",)
    assert english.recipient.interpreter_language == "Dari"
    assert english.tovholder.substitute == "Rigmor Rimfrost, phone 00\u00a000\u00a012\u00a002"
    assert english.document.title == "Invitation to a family plan meeting"


def test_what_a_template_asks_for_and_what_people_wrote_stays(invitation: InvitationContext) -> None:
    written = replace(invitation, message="Husk madpakke.", family_points=("Samis skole",))
    english = context_in("engelsk", written)
    assert (english.meeting.type, english.tovholder.role) == ("familieplansmøde", "tovholder")
    assert (english.message, english.family_points) == ("Husk madpakke.", ("Samis skole",))
    assert (english.recipient.name, english.recipient.address_lines) == (
        invitation.recipient.name,
        invitation.recipient.address_lines,
    )


def test_a_place_at_somebodys_home_and_an_absence_are_put_together_anew(invitation: InvitationContext) -> None:
    family = load_family("hop-2026-007", ("place: havoern", "place: home:nadira"))
    day = FamilyDay.on(family, load_config(), TODAY)
    (found,) = (item for item in wanted_documents(day) if item.stem == "invitation-familieplan-nadira")
    assert isinstance(found.context, InvitationContext)
    assert context_in("engelsk", found.context).meeting.place == "At your home"
    assert context_in("engelsk", invitation).tovholder.absences == ()
    days = Days((date(2026, 11, 23), date(2026, 12, 4)))
    whom = invitation.tovholder.substitute
    away = say("{name} er væk {days}. Ring imens til {whom}.", name="Ingolf", days=days, whom=whom)
    absent = replace(invitation, tovholder=replace(invitation.tovholder, absences=(away,)))
    assert "".join(context_in("engelsk", absent).tovholder.absences) == (
        "Ingolf is away 23 November 2026 – 4 December 2026. "
        "During that time, please call Rigmor Rimfrost, phone 00\u00a000\u00a012\u00a002."
    )


def test_a_sentence_without_a_phrase_stays_whole_and_danish(invitation: InvitationContext) -> None:
    arabic = context_in("arabisk", invitation)
    assert "telefon" in arabic.tovholder.substitute
    given = context_in("arabisk", invitation, **{"{name}, telefon {phone}": "{name}، هاتف {phone}"})
    assert (
        given.tovholder.substitute
        == "\u200f\u202aRigmor Rimfrost\u202c\u200f، هاتف \u200f\u202a00\u00a000\u00a012\u00a002\u202c\u200f"
    )


@pytest.mark.parametrize("said", ["{navn}, هاتف {phone}", "{name}", "{name}, {phone}}", "{name.__class__} {phone}"])
def test_a_phrase_with_other_blanks_is_told_of_and_letters_go_on_in_danish(
    said: str, invitation: InvitationContext
) -> None:
    danish = "{name}, telefon {phone}"
    assert (
        "telefon 00\u00a000\u00a012\u00a002" in context_in("arabisk", invitation, **{danish: said}).tovholder.substitute
    )
    config = load_config().model_copy(update={"translations": {"ar": {danish: said, "Hvem gør hvad": "من يفعل ماذا"}}})
    (found,) = check_translations(config)
    assert (found.code, found.at) == ("HD693", ("translations", "ar", danish))
    assert found.params["blanks"] == "{name}, {phone}"


def test_numbers_and_latin_letters_keep_their_order_in_a_line_that_runs_the_other_way(
    invitation: InvitationContext,
) -> None:
    arabic = context_in("arabisk", invitation)
    assert arabic.tovholder.phone == "\u200f\u202a00\u00a000\u00a012\u00a010\u202c\u200f"
    assert arabic.municipality.phone == "\u200f\u202a00\u00a000\u00a012\u00a000\u202c\u200f"
    assert arabic.recipient.name == "\u200f\u202aNadira Zamirandi\u202c\u200f"
    assert arabic.meeting.type == "familieplansmøde"
    assert context_in("engelsk", invitation).tovholder.phone == "00\u00a000\u00a012\u00a010"


def test_an_area_has_both_its_names_where_it_is_looked_for_on_a_form() -> None:
    (form,) = (item for item in documents_of(READS_ENGLISH) if item.stem == "samtykkeerklaering-nadira-oversat")
    assert isinstance(form.context, SamtykkeerklaeringContext)
    assert form.context.areas[0].name == "Children and Families (Børn og Familie)"


def test_every_kind_knows_its_translations_and_nobody_delivers_one_by_itself() -> None:
    assert {kind.name for kind in KINDS if kind.translation} == {"informationsbrev", "samtykkeerklaering", "invitation"}
    for kind in TRANSLATIONS:
        assert find_kind(kind.name) is kind
        assert kind.name not in names_of_deliveries()
        assert (kind.is_called_for, kind.handover, kind.calls_to_meeting) == (None, None, False)
