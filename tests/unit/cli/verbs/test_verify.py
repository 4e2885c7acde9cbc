"""`hopdocs verify`: what a document was made of, and the whole output folder against a clean build."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.git import blob_id
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick
from tests.unit.cli.verbs.test_templates import edited
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

OUT = "out/hop-2026-007"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = quick(tmp_path_factory.mktemp("once") / "ws", "hop-2026-007", "hop-2026-009")
    assert run("-w", root, *TODAY, "build").code == 0
    return root


@pytest.fixture
def built(once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(once, tmp_path / "ws")


def differences(root: Path, *today: str) -> dict[str, str]:
    shown = run("-w", root, *(today or TODAY), "verify", "--format", "json")
    found = {row["path"]: row["difference"] for row in shown.shape["differences"]}
    assert shown.code == (1 if found else 0), shown.err
    return found


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=Tove", "-c", "user.email=tove@vesterlyng.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", "-C", str(root), *who, *words], capture_output=True, check=True, text=True)
    return done.stdout.strip()


def test_what_was_just_built_is_what_a_clean_build_makes_and_nothing_is_touched(built: Path) -> None:
    before = snapshot(built)
    shown = run("-w", built, *TODAY, "verify")
    assert shown.code == 0, shown.out
    assert "0 differ, PDFs left out." in shown.out
    assert snapshot(built) == before


def test_a_letter_that_stays_as_it_was_given_is_no_difference(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007")
    family, given = root / "families/hop-2026-007.yaml", "information_given: 2026-09-15"
    text = family.read_text("utf-8")
    family.write_text(text.replace(given, "information_given:"), "utf-8")
    before, later = ("--today", "2026-09-14"), ("--today", "2026-09-15")
    run("-w", root, *before, "build")
    for name in ("Nadira", "Nasrin"):
        family.write_text(text.replace("Nadira Z", f"{name} Z"), "utf-8")
        run("-w", root, *later, "build")
        assert differences(root, *later) == {}


def test_each_file_that_is_not_as_it_should_be_is_told(built: Path) -> None:
    (built / OUT / "familieplan-nadira.docx").write_bytes(b"by hand")
    (built / OUT / "dagsorden-familieplan.docx").unlink()
    (built / OUT / "brev.docx").write_bytes(b"of somebody")
    (built / OUT / "brev.rettet-1.docx").write_bytes(b"kept aside")
    (built / OUT / "~$milieplan-tariq.docx").write_bytes(b"open in Word")
    assert differences(built) == {
        f"{OUT}/familieplan-nadira.docx": "changed",
        f"{OUT}/dagsorden-familieplan.docx": "missing",
        f"{OUT}/brev.docx": "extra",
    }
    shown = run("-w", built, *TODAY, "verify")
    assert f"{OUT}/dagsorden-familieplan.docx  is missing" in shown.out
    assert "3 differ" in shown.out


def test_what_is_laid_ready_to_be_sent_is_no_document(built: Path) -> None:
    for folder in ("hop-2026-007/udsendelse/papir/tariq", "_udsendelse", "_journal/filer/hop-2026-007"):
        (built / "out" / folder).mkdir(parents=True)
        (built / "out" / folder / "familieplan-tariq.pdf").write_bytes(b"laid ready")
    (built / "out/_journal/journal.csv").write_bytes(b"listed")
    assert differences(built) == {}


def test_a_cache_that_lies_is_not_believed(built: Path) -> None:
    text = (built / "families/hop-2026-007.yaml").read_text(encoding="utf-8")
    (built / "families/hop-2026-007.yaml").write_text(text.replace("godt af sted", "af sted"), encoding="utf-8")
    stale = differences(built)
    assert set(stale.values()) == {"changed"}
    assert f"{OUT}/familieplan-nadira.docx" in stale
    keep = shutil.copy(built / OUT / "familieplan-nadira.docx", built / "old.docx")
    assert run("-w", built, *TODAY, "build").code == 0
    assert differences(built) == {}
    shutil.copy(keep, built / OUT / "familieplan-nadira.docx")
    with sqlite3.connect(built / ".hopdocs/cache.db") as cache:
        cache.execute("DELETE FROM document WHERE name = 'familieplan-tariq.docx'")
    cache.close()
    assert differences(built) == {f"{OUT}/familieplan-nadira.docx": "changed"}


def test_what_is_final_stays_as_it_was_handed_over_and_is_counted(built: Path) -> None:
    later = ("--today", "2027-03-01")
    assert run("-w", built, *later, "build").code == 0
    (built / "templates").mkdir()
    (built / "templates/invitation.docx").write_bytes(edited("invitation", ("Sig til, hvis", "Sig endelig til, hvis")))
    assert run("-w", built, *later, "build").code == 0
    config = (built / "config.yaml").read_text(encoding="utf-8")
    (built / "config.yaml").write_text(config.replace('"00 00 12 00"', '"00 00 12 99"'), encoding="utf-8")
    assert run("-w", built, *later, "build").code == 0
    shown = run("-w", built, *later, "verify", "--format", "json")
    assert (shown.code, shown.shape["differences"]) == (0, [])
    assert shown.shape["kept"] > 0
    invitation = next((built / OUT).glob("invitation-*nadira.docx"))
    invitation.write_bytes(b"by hand")
    assert differences(built, *later) == {f"{OUT}/{invitation.name}": "changed"}


def test_the_last_good_documents_of_a_stopped_family_are_no_difference(built: Path) -> None:
    (built / "families/hop-2026-007.yaml").write_text("id: [", encoding="utf-8")
    shown: Any = run("-w", built, *TODAY, "verify", "--format", "json").shape
    assert (shown["differences"], shown["kept"] > 0) == ([], True)


def test_a_document_names_the_commit_and_the_data_that_it_was_made_of(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007")
    family = root / "families/hop-2026-007.yaml"
    git(root, "init", "-q")
    git(root, "add", "families")
    git(root, "commit", "-q", "-m", "one")
    first, data = git(root, "rev-parse", "HEAD"), family.read_bytes()
    assert run("-w", root, *TODAY, "build").code == 0
    family.write_bytes(data + b"# a note\n")
    git(root, "commit", "-q", "-a", "-m", "two")
    assert run("-w", root, *TODAY, "build").code == 0
    shape = run("-w", root, *TODAY, "verify", root / OUT / "familieplan-nadira.docx", "--format", "json").shape
    assert (shape["commit"], shape["data"], shape["stale"]) == (first, blob_id(data), False)
    family.write_bytes(data.replace(b"godt af sted", b"af sted"))
    assert run("-w", root, *TODAY, "build").code == 0
    shown = run("-w", root, *TODAY, "verify", root / OUT / "familieplan-nadira.docx")
    assert "not committed" in shown.out
    (root / ".git/refs/heads").joinpath(git(root, "branch", "--show-current")).write_bytes(b"")
    shown = run("-w", root, *TODAY, "verify", root / OUT / "familieplan-nadira.docx")
    assert "not committed" not in shown.out
    assert "git did not answer as expected: fatal: No such ref: HEAD" in shown.out


def test_pdfs_are_compared_to_the_last_byte(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-009")
    assert run("-w", root, *TODAY, "build").code == 0
    pdf = min((root / "out/hop-2026-009").glob("*.pdf"))
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    shown = run("-w", root, *TODAY, "verify", "--format", "json").shape
    rows = [(row["path"], row["difference"], row["next"]) for row in shown["differences"]]
    assert rows == [(f"out/hop-2026-009/{pdf.name}", "changed", "made")]
    assert shown["pdf"]


def test_a_file_of_the_workspace_that_is_no_document_is_told_as_that(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-009")
    shown = run("-w", root, "verify", root / "config.yaml")
    assert shown.code == 2
    assert "is not among the documents in out" in shown.err


def test_a_copy_of_what_was_handed_over_is_held_against_what_was_handed_over(built: Path) -> None:
    assert run("-w", built, *TODAY, "delivered", "HOP-2026-007", "familieplan", "nadira").code == 0
    assert run("-w", built, *TODAY, "build").code == 0
    [copy] = (built / OUT / "udleveret").glob("*-nadira.docx")
    copy.chmod(0o600)
    copy.write_bytes(copy.read_bytes() + b" ")
    shown = run("-w", built, *TODAY, "verify")
    assert f"{OUT}/udleveret/{copy.name}  differs from what was handed over\n" in shown.out
