"""The page on what can go wrong names only tests that there are, and leaves out no number."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[1]
_PAGE: Final = (_ROOT / "docs/reliability.md").read_text(encoding="utf-8")
_NAMED: Final = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
_EDGE_CASES: Final = 45


def test_every_test_that_the_page_names_exists() -> None:
    named = _NAMED.findall(_PAGE)
    missing = []
    for path, name in named:
        file = _ROOT / path
        if not file.is_file() or (name and f"def {name}(" not in file.read_text(encoding="utf-8")):
            missing.append(f"{path}::{name}")
    assert named
    assert missing == []


def test_each_edge_case_has_its_row_and_a_test() -> None:
    rows = {int(row[1]): row[0] for row in re.finditer(r"(?m)^\| (\d+) \| .*$", _PAGE)}
    assert sorted(rows) == list(range(1, _EDGE_CASES + 1))
    assert all(_NAMED.search(row) for row in rows.values())


def test_every_make_target_that_the_page_names_exists() -> None:
    targets = re.findall(r"`make ([a-z-]+)", _PAGE)
    makefile = (_ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets
    assert all(re.search(rf"(?m)^{target}:", makefile) for target in targets)
