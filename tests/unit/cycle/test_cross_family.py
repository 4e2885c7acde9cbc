from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("fault", ["", "members: [\n"])
def test_two_files_with_one_id_are_both_told_and_stopped_also_where_one_cannot_be_read(
    tmp_path: Path, fault: str
) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007")
    text = (root / "families/hop-2026-007.yaml").read_text(encoding="utf-8")
    (root / "families/kopi.yaml").write_text(text.replace("HOP-2026-007", "hop-2026-007") + fault, encoding="utf-8")
    shown = run("-w", root, *TODAY, "check", "--format", "json")
    told = {row["path"]: row for row in shown.shape["diagnostics"] if row["code"] == "HD200"}
    assert set(told) == {"families/hop-2026-007.yaml", "families/kopi.yaml"}
    assert all(row["blocks"] == "family" for row in told.values())
    assert "families/kopi.yaml" in told["families/hop-2026-007.yaml"]["message"]
    assert run("-w", root, *TODAY, "build", "--format", "json").shape["documents"] == []
