from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types as lsp

from hopdocs.catalogue.masking import mask_cpr_shapes
from hopdocs.cli.verbs.lsp import answers
from hopdocs.cli.verbs.lsp.answers import build_server, guarded
from hopdocs.cli.verbs.lsp.clerk import MOST_FAMILIES_TOLD, Clerk, Told
from hopdocs.cli.verbs.lsp.wire import diagnostic_of, file_of, items_of
from hopdocs.diagnostics import Diagnostic, Severity
from hopdocs.editor.buffer import Buffer
from hopdocs.editor.desk import Desk
from hopdocs.editor.keys import SourceKind
from hopdocs.editor.opened import Located, OpenFile
from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace
from tests.unit.cycling import SetClock
from tests.unit.editor.marked import cut, offers_in, place_in

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.cli.verbs.lsp.server import EditorServer

FAMILY = "families/hop-2026-009.yaml"
OTHER = "families/hop-2026-007.yaml"
PATIENCE_SECONDS = 120.0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "hop", "hop-2026-009", "hop-2026-007")


class Ear:
    """Hears what a clerk tells, in whatever thread."""

    def __init__(self) -> None:
        self.told: dict[str, Told] = {}
        self.reported: list[Exception] = []
        self.news = threading.Condition()
        self.refuses = 0

    def hear(self, told: Told) -> None:
        with self.news:
            if self.refuses:
                self.refuses -= 1
                raise RuntimeError("an editor that has hung up")
            self.told[told.path] = told
            self.news.notify_all()

    def wait_for(self, path: str, version: int | None) -> Told:
        with self.news:
            is_there = self.news.wait_for(
                lambda: path in self.told and self.told[path].version == version, PATIENCE_SECONDS
            )
            assert is_there
            return self.told[path]


def family(root: Path, text: str) -> OpenFile:
    return OpenFile(Located(root, FAMILY, SourceKind.FAMILY), Buffer(text))


def test_a_fault_of_its_own_does_not_end_the_thread_that_judges(root: Path) -> None:
    ear = Ear()
    clerk = Clerk(SetClock(), None, ear.hear, ear.reported.append)
    clerk.start()
    try:
        ear.refuses = 1
        clerk.put(family(root, (root / FAMILY).read_text("utf-8")), 1)
        clerk.wait_for_desk(root)
        clerk.put(family(root, "id: HOP-2026-009\nukendt: x\n"), 2)
        assert "HD126" in {item.code for item in ear.wait_for(FAMILY, 2).diagnostics}
        assert [type(err) for err in ear.reported] == [RuntimeError]
    finally:
        clerk.stop()


@pytest.mark.parametrize(
    ("families", "told"), [(MOST_FAMILIES_TOLD, {OTHER, FAMILY}), (MOST_FAMILIES_TOLD + 1, {FAMILY})]
)
def test_of_families_that_nobody_has_open_a_very_large_workspace_tells_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, families: int, told: set[str]
) -> None:
    monkeypatch.setattr(Desk, "families", families)
    ear = Ear()
    clerk = Clerk(SetClock(), None, ear.hear, ear.reported.append)
    clerk.start()
    clerk.put(family(root, "id: HOP-2026-007\n"), 1)  # now two files are one family, which the last look finds
    with ear.news:
        assert ear.news.wait_for(
            lambda: FAMILY in ear.told and "HD200" in {item.code for item in ear.told[FAMILY].diagnostics},
            PATIENCE_SECONDS,
        )
    clerk.stop()
    assert {path for path in ear.told if path.startswith("families/")} == told


def test_a_file_that_is_closed_keeps_no_faults_in_a_very_large_workspace(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "families", MOST_FAMILIES_TOLD + 1)
    ear = Ear()
    clerk = Clerk(SetClock(), None, ear.hear, ear.reported.append)
    file = family(root, "id: HOP-2026-009\nukendt: x\n")
    clerk.start()
    try:
        clerk.put(file, 1)
        assert ear.wait_for(FAMILY, 1).diagnostics
        clerk.close(file.located)
        assert ear.wait_for(FAMILY, None).diagnostics == ()
    finally:
        clerk.stop()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("config.yaml", SourceKind.CONFIG),
        ("project.yaml", SourceKind.PROJECT),
        ("indikatorer.yaml", SourceKind.INDICATORS),
        ("families/hop-1.yaml", SourceKind.FAMILY),
        ("families/a b.yaml", None),
        ("families/.hop-1.yaml.swp", None),
        ("families/hop-1/bilag.yaml", None),
        ("other.yaml", None),
    ],
)
def test_only_what_hopdocs_reads_is_looked_at(root: Path, name: str, kind: SourceKind | None) -> None:
    found = file_of((root / name).as_uri())
    assert (found.kind if found is not None else None) is kind


def test_a_configuration_outside_a_workspace_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("a: 1\n")
    assert file_of((tmp_path / "config.yaml").as_uri()) is None


@pytest.mark.parametrize(
    "uri", ["untitled:config.yaml", "http://[", "file:///a%00b/config.yaml", "file://far/config.yaml", ""]
)
def test_what_is_no_file_of_this_machine_is_left_alone(uri: str) -> None:
    assert file_of(uri) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("pp", {"ppa"}),
        ("Pel", {"ppa"}),
        ("pæ", {"ppa"}),
        ("bl", {"bbl"}),
        ("Havgus", {"hha"}),
        ("ægus", set()),
        ("(", set()),
        ("", {"ppa", "bbl", "hha", "kko", "rri", "tta", "mmo", "ssk", "yym", "iik"}),
    ],
)
def test_an_editor_that_keeps_only_what_begins_with_what_is_typed_finds_by_id_and_by_name(
    typed: str, found: set[str]
) -> None:
    marked = f"team:\n  - staff: {typed}|\n"
    text, line, _ = cut(marked)
    place = place_in(marked)
    assert place is not None
    items = items_of(offers_in(marked), place, Buffer(text), line)
    assert {item.label for item in items if (item.filter_text or "").startswith(typed)} == found
    assert all(item.label in (item.filter_text or "") for item in items)


def test_a_fault_of_the_whole_file_stands_under_its_first_line() -> None:
    found = diagnostic_of(Diagnostic(FAMILY, 0, 0, "HD103", severity=Severity.WARNING), Buffer("# tom\n"), "da")
    assert found.range == lsp.Range(lsp.Position(0, 0), lsp.Position(0, 5))
    assert found.severity is lsp.DiagnosticSeverity.Warning


def test_no_message_repeats_a_number_shaped_like_a_cpr_number() -> None:
    day, rest = "010203", "1234"
    number = f"{day}-{rest}"
    found = diagnostic_of(Diagnostic(FAMILY, 1, 1, "HD150", {"name": number, "choices": "a"}), Buffer(number), "en")
    assert number not in found.message
    assert mask_cpr_shapes(number) in found.message


def test_a_fault_of_its_own_is_named_in_the_editors_log_without_a_word_of_the_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logged: list[str] = []
    server = build_server(SetClock(), None)
    monkeypatch.setattr(server, "_soon", lambda _send, params: logged.append(params.message))

    @guarded
    def fail(_server: EditorServer, text: str) -> str:
        return text[int(text)]

    assert fail(server, "Familien Zamirandi") is None
    assert len(logged) == 1
    assert logged[0].startswith("ValueError, ")
    assert "Zamirandi" not in logged[0]
    assert logging.getLogger("pygls.protocol.json_rpc").disabled


def test_while_somebody_types_nobody_works_out_what_saving_would_do(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, asked = build_server(SetClock(), None), []

    async def look(_server: EditorServer, uri: object) -> None:
        asked.append(uri)

    async def type_on() -> None:
        server.files["x"] = server.files["x"].changed(Buffer("id: HOP-2"))

    async def story() -> None:
        lens = lsp.CodeLens(lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0)), data="x")
        await asyncio.gather(answers.preview_in_a_line(server, lens), type_on())
        assert not asked
        await answers.preview_in_a_line(server, lens)
        assert asked == ["x"]

    server.files["x"] = family(root, "id: HOP-1")
    monkeypatch.setattr(answers, "_preview", look)
    asyncio.run(story())


def test_no_program_that_is_started_and_nothing_that_is_printed_gets_between_the_two() -> None:
    steps = (
        "import subprocess",
        "from hopdocs.cli.verbs.lsp import take_streams",
        "reading, writing = take_streams()",
        "print('stray', flush=True)",
        "subprocess.run(['cat'], check=True)",
        "writing.write(reading.read())",
        "writing.flush()",
    )
    done = subprocess.run([sys.executable, "-c", "; ".join(steps)], input=b"said", capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"said", b"stray\n")


def test_whoever_starts_it_by_hand_is_told_who_should(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        @staticmethod
        def isatty() -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal())
    found = run("lsp")
    assert found.code == 2
    assert "docs/editor.md" in found.err
