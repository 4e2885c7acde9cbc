"""Which files make letters: the cycle, the check before it, drafts and the verbs ask by name in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.template_names import (
    choose_name,
    draft_name,
    find_translated,
    is_draft,
    is_template,
    list_names,
    short_name,
    split_name,
    template_name,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("invitation.docx", "template"),
        ("invitation.ung.docx", "template"),
        ("invitation.udkast.docx", "draft"),
        ("invitation.ung.udkast.docx", "draft"),
        ("~$vitation.docx", ""),
        ("~$vitation.udkast.docx", ""),
        (".~lock.invitation.docx#", ""),
        (".invitation.docx", ""),
        ("invitation.doc", ""),
        ("invitation.docx.bak", ""),
    ],
)
def test_templates_and_drafts_are_told_apart_from_each_other_and_from_locks(name: str, what: str) -> None:
    assert (is_template(name), is_draft(name)) == (what == "template", what == "draft")


@pytest.mark.parametrize("name", ["invitation.ung", "invitation.ung.docx", "invitation.ung.udkast.docx"])
def test_a_template_its_draft_and_what_people_say_mean_the_same_letters(name: str) -> None:
    assert split_name(name) == ("invitation", "ung")
    assert template_name(short_name(name)) == "invitation.ung.docx"
    assert draft_name(short_name(name)) == "invitation.ung.udkast.docx"


@pytest.mark.parametrize(
    ("variant", "there", "chosen", "looked_for"),
    [
        ("ung", {"brev.ung.docx", "brev.docx"}, "brev.ung.docx", ("brev.ung.docx",)),
        ("ung", {"brev.docx"}, "brev.docx", ("brev.ung.docx", "brev.docx")),
        ("ung", set(), "brev.docx", ("brev.ung.docx", "brev.docx")),
        (None, {"brev.ung.docx", "brev.docx"}, "brev.docx", ("brev.docx",)),
    ],
)
def test_the_variants_own_template_comes_before_the_plain_one(
    variant: str | None, there: set[str], chosen: str, looked_for: tuple[str, ...]
) -> None:
    assert choose_name("brev", variant, there) == (chosen, looked_for)


def test_a_folder_that_is_not_there_has_no_templates(tmp_path: Path) -> None:
    (tmp_path / "b.docx").touch()
    (tmp_path / "a.docx").touch()
    (tmp_path / "a.udkast.docx").touch()
    assert list_names(tmp_path, is_template) == ["a.docx", "b.docx"]
    assert list_names(tmp_path / "none", is_template) == []
    assert list_names(tmp_path / "a.docx", is_template) == []


def test_a_letter_in_easy_danish_has_no_translation_into_easy_danish() -> None:
    there = {"informationsbrev.let.docx", "informationsbrev.da-let.docx", "invitation.da-let.docx"}
    assert find_translated("informationsbrev", "let", "da-let", there) is None
    assert find_translated("informationsbrev", None, "da-let", there) == "da-let"
    assert find_translated("invitation", "let", "da-let", there) == "da-let"  # of which there is no form `let`
