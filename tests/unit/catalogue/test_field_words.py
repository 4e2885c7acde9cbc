from __future__ import annotations

from dataclasses import fields

from hopdocs.catalogue import fill_message
from hopdocs.catalogue.field_words import FIELD_WORDS
from hopdocs.documents.kinds.project.table import PROJECT_KINDS
from hopdocs.documents.kinds.table import KINDS


def test_every_field_of_a_document_has_a_danish_word() -> None:
    named = {field.name for kind in (*KINDS, *PROJECT_KINDS) for field in fields(kind.context)}
    assert named <= FIELD_WORDS.keys()


def test_a_reason_names_what_changed_in_danish_and_each_word_once() -> None:
    params = {"fields": "goals, history, next_meeting, tovholder, tovholder_name"}
    said = fill_message("HD551", params, "da")
    assert said == "familiens fil er ændret (mål, historik, næste møde, tovholder)"


def test_a_name_that_no_document_has_any_more_stays() -> None:
    assert fill_message("HD551", {"fields": "gone"}, "da") == "familiens fil er ændret (gone)"
