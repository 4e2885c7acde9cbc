"""Every letter by the rules of the Open XML SDK, as somebody else has written them down: Word opens it as it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from hopdocs.rendering.docx.tracked.document import track_changes
from tests.unit.letters.cases import CASES
from tests.unit.letters.samples import bare
from tests.unit.letters.word_text import render

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = dict(reversed(CASES.values()))
"""The first case of each template, which has all that the letter can show."""


@pytest.fixture(scope="module")
def validator() -> OpenXmlValidator:
    return OpenXmlValidator(FileFormat.MICROSOFT_365)


def find_faults(validator: OpenXmlValidator, docx: bytes, path: Path) -> list[tuple[str, str]]:
    path.write_bytes(docx)
    return [(error.part_uri, error.description) for error in validator.validate(path).errors]


@pytest.mark.parametrize("stem", LARGEST)
def test_a_letter_keeps_the_rules_of_its_format(stem: str, validator: OpenXmlValidator, tmp_path: Path) -> None:
    assert find_faults(validator, render(stem, LARGEST[stem]), tmp_path / "brev.docx") == []


def test_so_does_one_that_shows_its_changes(validator: OpenXmlValidator, tmp_path: Path) -> None:
    context = LARGEST["familieplan"]
    old, new = render("familieplan", bare(context)), render("familieplan", context)
    docx = track_changes(old, new, author="hopdocs", day=date(2026, 11, 29))
    assert find_faults(validator, docx, tmp_path / "brev.docx") == []
