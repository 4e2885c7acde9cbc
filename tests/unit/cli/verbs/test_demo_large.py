"""What `hopdocs demo --large` builds: a workspace that sends nothing and reports on sixty courses in Word files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.cli.verbs.demo.large import write_large_workspace
from hopdocs.cli.verbs.demo.large_project import FAMILIES
from hopdocs.model.config import PdfChoice
from hopdocs.sources.config import parse_config

if TYPE_CHECKING:
    from pathlib import Path


def test_the_large_workspace_has_all_families_a_period_and_no_way_out_for_mail(tmp_path: Path) -> None:
    write_large_workspace(tmp_path / "hop")
    read = parse_config((tmp_path / "hop/config.yaml").read_bytes(), "config.yaml")
    assert read.config is not None
    assert (read.config.mail, read.config.documents.pdf) == (None, PdfChoice.NONE)
    assert len(list((tmp_path / "hop/families").glob("*.yaml"))) == FAMILIES
    project = (tmp_path / "hop/project.yaml").read_text("utf-8")
    assert "  from: 2024-05-01\n  midterm: 2025-08-01\n  to: 2026-10-31\n" in project
    assert f"  families: {FAMILIES}\n" in project
    assert "tyve familier" in project
    assert "Alle tres familier" in project
