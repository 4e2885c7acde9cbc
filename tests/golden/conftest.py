"""The flag that rewrites what is expected: HOPDOCS_REWRITE_GOLDEN=1. Read the difference before it is committed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Compare: TypeAlias = "Callable[[str, Path], None]"


@pytest.fixture(scope="module")
def compare_with() -> Iterator[Compare]:
    """Holds a text against a file; with the flag, writes the file once no test runs any more."""
    is_rewriting = bool(os.environ.get("HOPDOCS_REWRITE_GOLDEN"))
    texts: dict[Path, str] = {}

    def compare(shown: str, expected: Path) -> None:
        if is_rewriting:
            texts[expected] = shown
        else:
            assert shown == expected.read_bytes().decode("utf-8")

    yield compare
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
