"""The page of all families says what is wrong with a document without saying whose it is."""

from __future__ import annotations

from hopdocs.cycle.page_writing import shared_faults, without_reader
from hopdocs.diagnostics import Blocks, Diagnostic, Severity


def _edited(name: str) -> Diagnostic:
    params = {"aside": f"{name}.rettet-1.docx"}
    return Diagnostic(f"out/hop-2026-007/{name}.docx", 0, 0, "HD534", params, Severity.WARNING, Blocks.NOTHING)


def test_an_edited_copy_is_told_once_a_family_and_by_no_readers_name() -> None:
    told = [without_reader(_edited(name)) for name in ("familieplan-nadira", "familieplan-tariq")]
    assert {item.path for item in told} == {"out/hop-2026-007/*.docx"}
    (alert,) = shared_faults(told)[1]
    assert "out/hop-2026-007/*.rettet-1.docx" in alert
    assert "nadira" not in alert


def test_what_is_wrong_with_a_whole_folder_stays_as_it_is() -> None:
    item = Diagnostic("out/hop-2026-007/", 0, 0, "HD534", {"aside": "x"}, Severity.ERROR, Blocks.NOTHING)
    assert without_reader(item) == item
