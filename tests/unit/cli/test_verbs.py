"""The verbs that look at a workspace: their shapes are the interface."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

TODAY = ("--today", "2026-11-21")
DIAGNOSTIC = {"path", "line", "column", "severity", "code", "blocks", "message", "hint"}
DOCUMENT = {"family", "kind", "meeting", "recipient", "format", "path", "action", "reason"}


def quick(root: Path, *families: str) -> Path:
    """Without PDFs, which other tests make."""
    make_workspace(root, *families)
    config = root / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("pdf: auto ", "pdf: none "), encoding="utf-8")
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")


def break_family(root: Path) -> None:
    path = root / "families/hop-2026-007.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("staff: iik", "staff: iki"), encoding="utf-8")


def test_the_sample_families_have_no_error(tmp_path: Path) -> None:
    names = ("hop-2025-003", "hop-2026-002", "hop-2026-007", "hop-2026-009")
    shown = run("-w", quick(tmp_path / "ws", *names), *TODAY, "check", "--format", "json")
    assert shown.code == 0
    assert not [row for row in shown.shape["diagnostics"] if row["severity"] == "error"]


def test_check_has_the_interfaces_shape_and_ends_with_one_where_there_is_an_error(root: Path) -> None:
    break_family(root)
    shown = run("-w", root, *TODAY, "check", "--format", "json")
    assert shown.code == 1
    rows = shown.shape["diagnostics"]
    assert all(set(row) >= DIAGNOSTIC for row in rows)
    assert {row["path"] for row in rows if row["severity"] == "error"} == {"families/hop-2026-007.yaml"}


def test_check_shows_each_fault_under_its_line(root: Path) -> None:
    break_family(root)
    shown = run("-w", root, *TODAY, "check", "HOP-2026-007")
    assert shown.code == 1
    assert "staff: iki" in shown.out
    assert "^^^" in shown.out
    assert "2 errors" in shown.out


def test_check_speaks_to_github(root: Path) -> None:
    break_family(root)
    shown = run("-w", root, *TODAY, "check", "--format", "github")
    assert shown.code == 1
    assert shown.out.startswith("::warning file=config.yaml,line=")
    assert "\n::error file=families/hop-2026-007.yaml,line=" in shown.out


def test_check_draws_no_page_and_makes_no_pdf_since_no_fault_is_found_there(root: Path) -> None:
    unneeded = ("matplotlib", "pypdf", "aiosmtplib", "icalendar", "hopdocs.rendering.pdf.worker_pool")
    program = (
        "import sys; from hopdocs.cli import main\n"
        "try: main()\n"
        f"finally: print([name for name in {unneeded!r} if name in sys.modules], file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, "-w", str(root), *TODAY, "check", "HOP-2026-007"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_one_family_s_check_reads_nothing_of_the_project_s_papers(root: Path) -> None:
    program = (
        "import sys; from hopdocs.cli import main\n"
        "try: main()\n"
        "finally: print([name for name in sys.modules if '.kinds.project.' in name], file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, "-w", str(root), *TODAY, "check", "HOP-2026-007"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_check_writes_nothing(root: Path) -> None:
    before = sorted(root.rglob("*"))
    run("-w", root, *TODAY, "check")
    assert sorted(root.rglob("*")) == before


def test_build_has_the_interfaces_shape(root: Path) -> None:
    shown = run("-w", root, *TODAY, "build", "--format", "json", "HOP-2026-009")
    assert shown.code == 0, shown.err
    rows = shown.shape["documents"]
    assert all(set(row) == DOCUMENT for row in rows)
    assert {(row["kind"], row["recipient"], row["action"]) for row in rows} == {
        (kind, member, "made") for kind in ("informationsbrev", "samtykkeerklaering") for member in ("bodil", "viggo")
    }
    assert all((root / row["path"]).is_file() for row in rows)
    assert shown.shape["diagnostics"]


def test_a_second_build_does_nothing_and_explains_why(root: Path) -> None:
    run("-w", root, *TODAY, "build")
    shown = run("-w", root, *TODAY, "build", "--explain")
    assert shown.code == 0, shown.err
    lines = shown.out.splitlines()
    assert all(line.startswith("= ") and "  " in line for line in lines[:-1])
    assert lines[-1].endswith("unchanged.")


def test_a_dry_run_makes_nothing_and_says_what_it_would(root: Path) -> None:
    shown = run("-w", root, *TODAY, "build", "--dry-run")
    assert shown.code == 0, shown.err
    assert not (root / "out").exists()
    assert shown.out.splitlines()[-1].startswith("would be: ")


def test_status_has_the_interfaces_shape(root: Path) -> None:
    shape = run("-w", root, *TODAY, "status", "--format", "json").shape
    rows = shape["families"]
    keys = {"family", "state", "tovholder", "last_meeting", "next_meeting", "overdue", "waiting_for", "answers"}
    keys |= {"receipts", "next_step"}
    assert [set(row) for row in rows] == [keys, keys]
    assert [row["state"] for row in rows] == ["opstart", "samtykke_afventer"]
    assert set(shape["service"]) == {
        *("version", "last_scan", "families", "families_with_errors", "pdfs_waiting"),
        *("pending", "held", "failed", "in_doubt", "oldest_age"),
    }


def test_status_says_the_next_step_of_a_family_and_an_error_before_it(root: Path) -> None:
    answer = "Skriv Viggos svar på samtykket, når det er der: linje 59"
    assert f"  HOP-2026-009  next: {answer}" in run("-w", root, *TODAY, "status").out.splitlines()
    source = root / "families" / "hop-2026-009.yaml"
    source.write_text(
        source.read_text("utf-8") + "tovholder:\n  - {staff: ppa, from: 2026-11-20, chosen_by: team}\n", "utf-8"
    )
    rows = run("-w", root, *TODAY, "status", "--format", "json").shape["families"]
    assert rows[-1]["next_step"].endswith(": linje 63")


def test_programs_that_ask_for_the_status_get_keys_and_nobodys_name(root: Path) -> None:
    (root / "families" / "hop-2026-009.yaml").write_text(
        (root / "families" / "hop-2026-009.yaml").read_text("utf-8").replace("    form_given: 2026-11-10\n", ""),
        "utf-8",
    )
    for today in ("2026-11-21", "2027-10-01"):  # before the answers, and after a consent has run out
        shown = run("-w", root, "--today", today, "status", "--format", "json")
        names = re.findall(r"[A-ZÆØÅ][a-zæøå]+", shown.out)
        assert {"Nadira", "Tariq", "Yasmin", "Bodil", "Viggo", "Viggos", "Nadiras"}.isdisjoint(names)
        assert any(key in row["next_step"] for row in shown.shape["families"] for key in ("viggo", "nadira", "tariq"))


def test_status_of_a_file_that_cannot_be_read_says_so_and_goes_on(root: Path) -> None:
    break_family(root)
    shown = run("-w", root, *TODAY, "status")
    assert shown.code == 1
    assert "HOP-2026-009" in shown.out
    assert "hop-2026-007.yaml" in shown.err


def test_the_shipped_templates_have_no_faults(root: Path) -> None:
    shown = run("-w", root, "templates", "check")
    assert shown.code == 0, shown.out
    assert "no faults" in shown.out


def test_a_template_that_no_document_uses_is_pointed_out(root: Path) -> None:
    shipped = root / "templates"
    shipped.mkdir()
    from hopdocs.package_data import shipped_path  # noqa: PLC0415

    (shipped / "familieplanen.docx").write_bytes((shipped_path("templates") / "familieplan.docx").read_bytes())
    rows = run("-w", root, "templates", "check", "--format", "json").shape["diagnostics"]
    assert [(row["path"], row["severity"]) for row in rows] == [("templates/familieplanen.docx", "warning")]


def test_outside_a_workspace_every_verb_says_so(tmp_path: Path) -> None:
    for verb in ("check", "build", "status"):
        shown = run("-w", tmp_path, verb)
        assert shown.code == 3, verb
        assert "config.yaml" in shown.err


def test_a_faulty_configuration_is_shown_and_ends_with_one(root: Path) -> None:
    config = root / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("project_coordinator: kko", "project_coordinator: x"))
    shown = run("-w", root, "check")
    assert shown.code == 1
    assert "config.yaml" in shown.out + shown.err


def test_a_fault_in_the_configuration_is_shown_under_its_line_too(root: Path) -> None:
    config = root / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("hold: 10m", "hold: 1t 30m"), encoding="utf-8")
    for verb in ("check", "status"):
        shown = run("-w", root, *TODAY, verb)
        assert shown.code == 1
        assert "hold: 1t 30m" in shown.err
        assert "^^^" in shown.err


def test_a_family_is_found_by_its_id_whatever_its_file_is_called(root: Path) -> None:
    (root / "families/hop-2026-009.yaml").rename(root / "families/stjernekast.yaml")
    for verb in ("status", "check", "build"):
        assert run("-w", root, *TODAY, verb, "hop-2026-009").code == 0
    assert "HOP-2026-009" in run("-w", root, *TODAY, "status", "HOP-2026-009").out


@pytest.mark.parametrize("words", [("check",), ("build",), ("status",)], ids=" ".join)
def test_a_family_that_is_not_there_is_not_said_to_be_without_faults(root: Path, words: tuple[str, ...]) -> None:
    shown = run("-w", root, *TODAY, *words, "HOP-2026-07")
    assert shown.code == 2
    assert "there is no family HOP-2026-07; did you mean HOP-2026-007?" in shown.err


@pytest.mark.parametrize("name", ["hop-2026-007", "hop-2026-007.yaml", "families/hop-2026-007.yaml"])
def test_a_family_may_be_named_as_its_file(root: Path, name: str) -> None:
    (row,) = run("-w", root, *TODAY, "status", name, "--format", "json").shape["families"]
    assert row["family"] == "HOP-2026-007"


def test_a_verb_works_from_a_folder_of_the_workspace(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "families" / "hop-2026-007")
    assert run(*TODAY, "check").code == 0


def test_a_folder_outside_any_workspace_is_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = run(*TODAY, "check")
    assert shown.code == 3
    assert f"there is no workspace in {tmp_path}" in shown.err
