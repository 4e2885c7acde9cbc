"""`make audit` says that all is well only if every locked package was asked about, and `make newest` what is newer."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tools import audit, newest

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = {"name": "click", "version": "8.4.0", "vulns": []}
HOLE = {"name": "pypdf", "version": "6.0.0", "vulns": [{"id": "CVE-2025-62707", "fix_versions": ["6.1.3"]}]}
SKIPPED = {"name": "uv", "skip_reason": "Dependency not found"}


@pytest.fixture
def answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the program beside this Python prints, and the code that it ends with, on a last line of its own."""
    program, said = tmp_path / "pip-audit", tmp_path / "said"
    program.write_text(f"#!/bin/sh\nhead -n1 {said}; echo a fault >&2; exit $(tail -n1 {said})\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    return said


@pytest.mark.parametrize(
    ("dependencies", "code", "end", "text"),
    [
        ([CLEAN], 0, 0, "0 known holes in run.txt."),
        ([CLEAN, HOLE], 1, audit.HOLES, "pypdf 6.0.0: CVE-2025-62707, mended in 6.1.3  (run.txt)"),
        (
            [CLEAN, SKIPPED],
            0,
            audit.NOT_ASKED,
            "run.txt: nobody could be asked, so nothing is known: nothing said of uv",
        ),
        (None, 1, audit.NOT_ASKED, "run.txt: nobody could be asked, so nothing is known: a fault"),
    ],
    ids=["well", "a hole", "not asked about one", "no answer"],
)
def test_the_answer_is_read_and_not_the_code(  # noqa: PLR0913, PLR0917 - what is said, and what comes of it
    dependencies: object, code: int, end: int, text: str, answer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = json.dumps({"dependencies": dependencies, "fixes": []}) if dependencies else "no answer"
    answer.write_text(f"{said}\n{code}\n", "utf-8")
    assert audit.main(["run.txt"]) == end
    shown = capsys.readouterr()
    assert text in shown.out + shown.err


def test_without_the_program_nothing_is_known(answer: Path) -> None:
    (answer.parent / "pip-audit").unlink()
    assert audit.main(["run.txt"]) == audit.NOT_ASKED


def test_what_is_newer_is_told_by_whatever_name_it_is_written() -> None:
    assert newest.newer({"types-pyyaml": "6.0.12", "click": "8.4.0"}, {"types-PyYAML": "6.0.13", "click": "8.4.0"}) == [
        "types-pyyaml: 6.0.12 -> 6.0.13"
    ]
    assert newest.locked().keys() >= {"click", "pytest"}
