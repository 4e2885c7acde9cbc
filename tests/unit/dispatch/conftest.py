"""An office for each test, built once without LibreOffice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.rendering.pdf import worker_pool
from tests.unit.dispatch.office import DrawnPdf, Office, build_office, copy_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker_pool, "missing", lambda: None)
        patch.setattr(worker_pool, "version", lambda: "LibreOffice 7.4")
        yield build_office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office(_built: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(worker_pool, "missing", lambda: None)
    monkeypatch.setattr(worker_pool, "version", lambda: "LibreOffice 7.4")
    monkeypatch.setattr(worker_pool, "PdfConverter", DrawnPdf)
    return copy_office(_built, tmp_path)
