from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.editor.desk import Desk
from hopdocs.editor.preview import Previewer, SavePreview, list_changes, summarise
from tests.unit.cycling import FAMILY, SetClock, copy_example

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which everything is made; nothing here changes it."""
    desk = copy_example(tmp_path_factory.mktemp("built") / "hop")
    (desk.root / "families" / "hop-2026-002.yaml").unlink()
    desk.cycle()
    return desk.root


def preview(root: Path, *edits: tuple[str, str]) -> SavePreview:
    text = (root / FAMILY).read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    desk = Desk(root, SetClock())
    desk.put(FAMILY, text.encode())
    while desk.do_next(may_take_long=True):
        pass
    saved = desk.as_saved(FAMILY, text.encode())
    assert saved is not None
    return Previewer().look(saved)


def test_a_text_that_is_as_saved_changes_nothing(built: Path) -> None:
    found = preview(built)
    assert found.documents == ()
    assert summarise(found, "da").startswith("Gemmes filen nu: ")


def test_a_moved_meeting_is_told_with_its_papers_and_mails(built: Path) -> None:
    before = {path: path.read_bytes() for path in built.rglob("*") if path.is_file()}
    found = preview(built, ('start: "10.00"', 'start: "10.30"'))
    assert any(item.name.startswith("invitation-familieplan") for item in found.documents)
    assert summarise(found, "da").startswith(f"Gemmes filen nu: {len(found.documents)} papirer laves")
    assert found.notices is not None
    lines = list_changes(found, "en")
    assert any(line.startswith("→ rri@vesterlyng.example: ") for line in lines)
    assert lines[0].startswith("+ ")
    assert "(the family's file changed (" in lines[0]
    assert {path: path.read_bytes() for path in built.rglob("*") if path.is_file()} == before


def test_a_fault_that_stops_the_family_is_told_with_its_line(built: Path) -> None:
    found = preview(built, ("staff: ", "staff: x"))
    assert found.stopped_by is not None
    assert summarise(found, "da") == (
        f"Gemmes filen nu, laves der intet, før fejlen på linje {found.stopped_by.line} er rettet"
    )
    assert not found.documents
