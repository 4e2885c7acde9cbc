"""A build that finds nothing changed says what the one before it said and begins no cycle; any change begins one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hopdocs.cycle.up_to_date
from hopdocs.cycle.up_to_date import UpToDateCheck
from hopdocs.errors import ConverterFault
from hopdocs.freshness.cache import open_cache
from hopdocs.package_data import shipped_path
from hopdocs.workspace import UnreadableFile, Workspace, read_source, sole_writer
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date.fromisoformat(TODAY[1])
FAMILY = "families/hop-2026-007.yaml"
LETTER = "out/hop-2026-007/familieplan-nadira.docx"


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = quick(tmp_path_factory.mktemp("unchanged") / "ws", "hop-2026-007", "hop-2026-009")
    assert run("-w", root, *TODAY, "build").code == 0
    return root


@pytest.fixture
def root(built_once: Path) -> Path:
    """For tests that leave it as it was."""
    assert standing(built_once) is not None
    return built_once


def standing(root: Path, day: date = DAY) -> object:
    return UpToDateCheck(Workspace(root), day, "en").find_standing()


def test_a_second_build_says_the_same_and_begins_no_cycle(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run("-w", root, *TODAY, "build", "--jobs", "1")
    monkeypatch.setattr("hopdocs.cli.run_cycle.run_cycle", None)
    again = run("-w", root, *TODAY, "build", "--jobs", "1")
    assert (again.code, again.out, again.err) == (whole.code, whole.out, whole.err)
    assert "unchanged." in again.out


def test_a_check_after_a_build_says_what_a_look_at_all_would_and_begins_no_cycle(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as looking:
        looking.setattr(UpToDateCheck, "find_standing", lambda _: None)
        whole = run("-w", root, *TODAY, "check")
    monkeypatch.setattr("hopdocs.cli.run_cycle.run_cycle", None)
    again = run("-w", root, *TODAY, "check")
    assert (again.code, again.out, again.err) == (whole.code, whole.out, whole.err)
    assert "warning" in again.out


@pytest.mark.parametrize("verb", ["build", "check"])
def test_nothing_heavy_is_imported_for_it(root: Path, verb: str) -> None:
    heavy = ("pydantic", "docxtpl", "jinja2", "yaml", "icalendar", "pypdf", "hopdocs.cycle.run")
    program = (
        "import sys; from hopdocs.cli import main\n"
        "try: main()\n"
        f"finally: print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "-w", root, *TODAY, verb], capture_output=True, text=True, check=True
    )
    assert done.stdout
    assert done.stderr.splitlines()[-1] == "[]"


def append(name: str, text: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return act


def copy(name: str, to: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        (root / to).parent.mkdir(exist_ok=True)
        shutil.copy(root / name, root / to)

    return act


def remove(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink()


def replace_output(root: Path) -> None:
    (root / "new.docx").write_bytes(b"by hand")
    (root / "new.docx").replace(root / LETTER)


def ledger(statement: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        with closing(sqlite3.connect(root / ".hopdocs/ledger.db")) as connection, connection:
            connection.execute(statement)

    return act


CHANGES = {
    "a family's text": append(FAMILY, "# noted\n"),
    "a family more": copy(FAMILY, "families/hop-2026-099.yaml"),
    "a family less": remove("families/hop-2026-009.yaml"),
    "a file that is no family's": append("families/hop 2026.yaml", "id: HOP-1\n"),
    "the configuration": append("config.yaml", "# noted\n"),
    "what may be measured": append("indikatorer.yaml", "indicators: []\n"),
    "a project's file": append("project.yaml", "# noted\n"),
    "a template of one's own": copy(LETTER, "templates/familieplan.docx"),
    "a document that is gone": remove(LETTER),
    "a document that was replaced": replace_output,
    "a document that was written into": append(LETTER, "by hand"),
    "the page of all families": remove("out/overblik.html"),
    "an event in the ledger": ledger("INSERT INTO notice_event VALUES (1, '', NULL, '', 'started', '{}', 'h')"),
    "an answer": ledger("INSERT INTO notice_answer VALUES ('u', 'e', 'ACCEPTED', 0, 't', '2026')"),
    "a ledger that knows fewer versions": ledger("UPDATE versions_stand SET number = number - 1"),
    "no ledger": remove(".hopdocs/ledger.db"),
    "no cache": remove(".hopdocs/cache.db"),
    "no lock": remove(".hopdocs/lock"),
    "a damaged database that was put aside": copy(".hopdocs/cache.db", ".hopdocs/cache.db.unreadable-1"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_cycle_begins_for(tmp_path: Path, change: Callable[[Path], None]) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")
    assert run("-w", root, *TODAY, "build").code == 0
    assert standing(root) is not None
    change(root)
    assert standing(root) is None
    run("-w", root, *TODAY, "build")
    found = run("-w", root, *TODAY, "build", "--format", "json").shape["documents"]
    assert {line["action"] for line in found} == {"kept"}


def test_a_cycle_begins_on_another_day(root: Path) -> None:
    assert standing(root) is not None
    assert standing(root, date(2026, 11, 22)) is None


def test_a_cycle_begins_for_another_hopdocs_or_another_library(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("hopdocs.__version__", "99.0")
        assert standing(root) is None
    with monkeypatch.context() as patch:
        patch.setattr(hopdocs.cycle.up_to_date, "describe_program", lambda: [("hopdocs/cycle/run.py", 1, 1)])
        assert standing(root) is None
    monkeypatch.setattr(hopdocs.cycle.up_to_date, "_list_installed", lambda: ["docxtpl-99.0.dist-info"])
    assert standing(root) is None


def test_a_cycle_begins_while_somebody_writes_and_after_one_was_cut_short(root: Path) -> None:
    with sole_writer(Workspace(root)):
        assert standing(root) is None
    assert standing(root) is not None
    (root / ".hopdocs/lock").write_text("4711")
    assert standing(root) is None
    (root / ".hopdocs/lock").write_text("")


def test_a_cycle_begins_when_an_attachment_changes(tmp_path: Path) -> None:
    example = Path(__file__).parents[3] / "families"
    root = quick(tmp_path / "ws", "hop-2026-007")
    names = [path for path in (example / "hop-2026-007").rglob("*") if path.is_file()]
    assert names
    run("-w", root, *TODAY, "build")
    assert standing(root) is not None
    attached = next((root / "families/hop-2026-007").rglob("*.pdf"))
    attached.write_bytes(attached.read_bytes() + b"%")
    assert standing(root) is None


def test_a_cycle_begins_for_another_libreoffice_where_pdfs_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hopdocs.cycle.up_to_date._identify_office", lambda: "LibreOffice 7")
    root = quick(tmp_path / "ws", "hop-2026-009")
    assert run("-w", root, *TODAY, "build").code == 0
    assert standing(root) is not None
    with closing(sqlite3.connect(root / ".hopdocs/cache.db")) as connection:
        [(kept,)] = connection.execute("SELECT value FROM meta WHERE key = 'standing'").fetchall()
    assert '"office": null' in kept  # without PDFs nobody asks
    monkeypatch.setattr("hopdocs.cycle.shared_inputs.SharedInputs.makes_pdf", property(lambda _: True))
    (root / "out/overblik.html").unlink()
    assert run("-w", root, *TODAY, "build").code == 0
    assert standing(root) is not None
    monkeypatch.setattr("hopdocs.cycle.up_to_date._identify_office", lambda: "LibreOffice 24")
    assert standing(root) is None


def test_a_cycle_begins_when_the_folder_of_answers_comes_or_goes(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-009")
    config = (root / "config.yaml").read_text(encoding="utf-8")
    assert "\nmail:\n" in config
    (root / "config.yaml").write_text(config.replace("\nmail:\n", "\nmail:\n  answers: svar\n"), encoding="utf-8")
    assert "HD525" in run("-w", root, *TODAY, "build").err
    assert standing(root) is not None
    (root / "svar").mkdir()
    assert standing(root) is None
    assert "HD525" not in run("-w", root, *TODAY, "build").err
    assert standing(root) is not None
    (root / "svar").rmdir()
    assert standing(root) is None


def test_a_cycle_begins_where_what_cannot_be_read_is_another_thing(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-009")
    template, families = root / "templates/invitation.docx", root / "families"
    template.parent.mkdir()
    template.symlink_to(root / "config.yaml")
    assert "HD504" in run("-w", root, *TODAY, "build").err
    assert standing(root) is not None
    template.unlink()
    template.write_bytes(b"PK")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hopdocs.cycle.up_to_date, "read_source", refuse_to_read(template))
        assert standing(root) is None
    template.unlink()
    run("-w", root, *TODAY, "build")
    assert standing(root) is not None
    families.rename(root / "elsewhere")
    families.symlink_to(root / "elsewhere")
    assert standing(root) is None  # whether a link may be followed, the cycle knows


def refuse_to_read(path: Path) -> Callable[..., bytes]:
    """As it is for somebody without the right to."""

    def read(asked: Path | str, *limit: int) -> bytes:
        if Path(asked) == path:
            raise UnreadableFile("HD503", detail="Permission denied")
        return read_source(asked, *limit)

    return read


def test_a_cycle_begins_when_an_operator_s_file_may_be_written_by_others(tmp_path: Path) -> None:
    root, operator = quick(tmp_path / "ws", "hop-2026-009"), tmp_path / "operator.yaml"
    operator.write_text(f"workspace: {root}\n", "utf-8")
    words = ("-w", root, "--operator", operator, *TODAY, "build")
    assert run(*words).code == 0
    workspace = Workspace(root, operator=operator)
    assert UpToDateCheck(workspace, DAY, "en").find_standing() is not None
    operator.chmod(0o666)
    assert UpToDateCheck(workspace, DAY, "en").find_standing() is None
    assert "HD714" in run(*words).err


def test_a_cycle_begins_for_other_fonts_where_templates_of_one_s_own_may_ask_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = quick(tmp_path / "ws", "hop-2026-009")
    monkeypatch.setattr(hopdocs.cycle.up_to_date, "read_installed_fonts", lambda: frozenset({"carlito"}))
    run("-w", root, *TODAY, "build")
    assert standing(root) is not None
    monkeypatch.setattr(hopdocs.cycle.up_to_date, "read_installed_fonts", frozenset)
    assert standing(root) is not None  # the shipped ones are proved by hopdocs' own tests
    (root / "templates").mkdir()
    (root / "templates/invitation.docx").write_bytes((shipped_path("templates") / "invitation.docx").read_bytes())
    run("-w", root, *TODAY, "build")
    assert standing(root) is not None
    monkeypatch.setattr(hopdocs.cycle.up_to_date, "read_installed_fonts", lambda: frozenset({"carlito"}))
    assert standing(root) is None


def test_a_libreoffice_that_cannot_be_talked_to_is_asked_at_each_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-009")
    monkeypatch.setattr("hopdocs.cycle.up_to_date._identify_office", lambda: "LibreOffice 24")
    for code, is_kept in (("HD330", True), ("HD331", False)):  # there is none; no Python can talk to it
        monkeypatch.setattr("hopdocs.rendering.pdf.worker_pool.missing", lambda code=code: ConverterFault(code))
        (root / ".hopdocs/cache.db").unlink(missing_ok=True)
        assert code in run("-w", root, *TODAY, "build").err
        assert (standing(root) is not None) is is_kept


def test_a_page_that_is_gone_is_written_again(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-009")
    (root / "project.yaml").write_text("name: Helhedsorienterede planer\n", "utf-8")
    assert run("-w", root, *TODAY, "build").code == 0
    pages = sorted((root / "out").rglob("*.html"))
    assert {page.parent.name for page in pages} == {"out", "_projekt", "_opgaver", "hop-2026-009"}
    for page in pages:
        assert standing(root) is not None
        page.unlink()
        run("-w", root, *TODAY, "build")
        assert page.is_file()


def test_errors_are_told_again_with_their_exit_code(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")
    append(FAMILY, "mistake: 1\n")(root)
    first = run("-w", root, *TODAY, "build")
    assert standing(root) is not None
    again = run("-w", root, *TODAY, "build")
    assert first.code == again.code == 1
    assert "mistake" in again.err
    assert again.err == first.err


def test_what_is_wrong_is_told_in_the_language_of_whoever_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = quick(tmp_path / "ws", "hop-2026-009")
    append("families/hop-2026-009.yaml", "mistake: 1\n")(root)
    english = run("-w", root, *TODAY, "build").err
    monkeypatch.setenv("HOPDOCS_LANG", "da")
    danish = run("-w", root, *TODAY, "build").err
    assert "fejl" in danish
    assert "fejl" not in english
    assert run("-w", root, *TODAY, "build").err == danish


def test_what_is_told_once_is_not_told_again(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-009")
    run("-w", root, *TODAY, "build")
    letter = next((root / "out/hop-2026-009").glob("*.docx"))
    letter.write_bytes(b"by hand")
    aside = run("-w", root, *TODAY, "build")
    assert "HD534" in aside.err
    assert "HD534" not in run("-w", root, *TODAY, "build").err


def test_a_damaged_cache_is_left_to_the_cycle(root: Path) -> None:
    path = root / ".hopdocs/cache.db"
    sound = path.read_bytes()
    path.write_bytes(b"no database" * 1000)
    assert standing(root) is None
    path.write_bytes(sound)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = value || ' ' WHERE key = 'standing'")
    assert standing(root) is None
    path.write_bytes(sound)


def test_among_many_families_a_cycle_begins_for_a_file_or_a_folder_that_was_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SMALL", "LOT", "_AT_REST_NS"):
        monkeypatch.setattr(f"hopdocs.cycle.making.output_check.{name}", 0)
    root = quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")
    assert run("-w", root, *TODAY, "build", "--jobs", "1").code == 0
    assert standing(root) is None  # no folder was seen at rest yet
    assert run("-w", root, *TODAY, "build", "--jobs", "1").code == 0
    assert standing(root) is not None

    family, was = root / FAMILY, (root / FAMILY).stat()
    text = family.read_bytes()
    family.write_bytes(text[:-1] + b" ")
    os.utime(family, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert family.stat().st_size == was.st_size
    assert standing(root) is None
    family.write_bytes(text)
    assert standing(root) is not None

    replace_output(root)
    assert standing(root) is None


def test_a_cycle_begins_once_something_else_is_remembered_of_a_family(tmp_path: Path) -> None:
    root = quick(tmp_path / "ws", "hop-2026-007", "hop-2026-009")
    assert run("-w", root, *TODAY, "build", "--jobs", "1").code == 0
    assert standing(root) is not None
    with closing(open_cache(root / ".hopdocs/cache.db")) as cache:
        known = cache.signature(FAMILY)
        assert known is not None
        cache.keep_signature(FAMILY, known)
    assert standing(root) is None
