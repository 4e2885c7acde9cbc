"""One warm LibreOffice for all tests of a process that only want a PDF; it starts with the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.rendering.pdf.worker_pool import PdfConverter

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def converter() -> Iterator[PdfConverter]:
    with PdfConverter(workers=1) as pool:
        yield pool
