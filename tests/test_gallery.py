"""The pictures of letters and pages that are looked at before and after a change."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tools.gallery import main, name_of, side_by_side


def test_pages_stand_side_by_side_and_whole() -> None:
    first, second = Image.new("RGB", (10, 20), "red"), Image.new("RGB", (30, 5), "blue")
    whole = side_by_side([first, second])
    assert whole.size == (40, 20)
    assert [whole.getpixel(place) for place in ((9, 19), (10, 4), (39, 4), (39, 19))] == [
        (255, 0, 0),
        (0, 0, 255),
        (0, 0, 255),
        (255, 255, 255),
    ]


def test_two_families_letters_of_one_name_are_two_pictures() -> None:
    out = Path("out")
    letters = [out / "hop-2026-002" / "familieplan-karla.pdf", out / "hop-2026-007" / "familieplan-karla.pdf"]
    assert len({name_of(letter, out) for letter in letters}) == len(letters)


def test_a_folder_without_letters_is_told_and_not_drawn_as_nothing(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="neither letters nor pages"):
        main(tmp_path, tmp_path / "pictures")
