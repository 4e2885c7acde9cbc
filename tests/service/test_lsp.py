"""The installed command, spoken to by a real client over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

COMMAND = Path(sys.executable).with_name("hopdocs")
FAMILY = "families/hop-2026-007.yaml"
PATIENCE_SECONDS = 120.0
"""Nothing here takes a hundredth of it; a busy machine fails no test."""


class Editor(LanguageClient):
    """What an editor shows, and the hands of whoever sits before it."""

    def __init__(self, root: Path) -> None:
        super().__init__("editor", "1")
        self.root = root
        self.shown: dict[str, lsp.PublishDiagnosticsParams] = {}
        self.logged: list[str] = []
        self.news = asyncio.Event()
        self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(self._make_note_of())
        self.feature(lsp.WINDOW_LOG_MESSAGE)(self._make_log())
        self._version = 0

    def _make_note_of(self) -> Callable[[lsp.PublishDiagnosticsParams], None]:
        def note(params: lsp.PublishDiagnosticsParams) -> None:
            self.shown[params.uri] = params
            self.news.set()

        return note

    def _make_log(self) -> Callable[[lsp.LogMessageParams], None]:
        return lambda params: self.logged.append(params.message)

    def uri(self, path: str = FAMILY) -> str:
        return (self.root / path).as_uri()

    def text(self, path: str = FAMILY) -> str:
        return (self.root / path).read_text("utf-8")

    async def open(self, text: str | None = None, path: str = FAMILY) -> list[lsp.Diagnostic]:
        self._version += 1
        item = lsp.TextDocumentItem(self.uri(path), "yaml", self._version, self.text(path) if text is None else text)
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return await self.told(path)

    async def type(self, text: str, path: str = FAMILY) -> list[lsp.Diagnostic]:
        self._version += 1
        document = lsp.VersionedTextDocumentIdentifier(self._version, self.uri(path))
        changes = [lsp.TextDocumentContentChangeWholeDocument(text)]
        self.text_document_did_change(lsp.DidChangeTextDocumentParams(document, changes))
        return await self.told(path)

    async def told(self, path: str = FAMILY) -> list[lsp.Diagnostic]:
        """The faults of the text that was sent last."""
        await self.until(lambda: self.uri(path) in self.shown and self.shown[self.uri(path)].version == self._version)
        return list(self.shown[self.uri(path)].diagnostics)

    async def until(self, is_so: Callable[[], bool]) -> None:
        while not is_so():
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), PATIENCE_SECONDS)

    async def complete(self, marked: str, path: str = FAMILY) -> dict[str, lsp.CompletionItem]:
        before, _, after = marked.partition("|")
        await self.type(before + after, path)
        place = lsp.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)
        found = await self.text_document_completion_async(
            lsp.CompletionParams(lsp.TextDocumentIdentifier(self.uri(path)), place)
        )
        items = found.items if isinstance(found, lsp.CompletionList) else found or []
        return {item.label: item for item in items}


HOSTILE = [
    "\x00\x01\ufeff",
    "[" * 100_000,
    "a: &a [x]\nb: [" + "*a," * 50_000 + "]",
    "x: " + "æ🙂" * 700_000,
    "id: HOP-2026-007\r\nmembers:\r\n\ta: {\r\n",
    'name: "\ud83d',
]


@asynccontextmanager
async def editor_on(root: Path) -> AsyncIterator[Editor]:
    """An editor whose person reads Danish, on a machine where nobody has said so."""
    editor = Editor(root)
    environment = {name: value for name, value in os.environ.items() if name != "HOPDOCS_LANG"}
    await editor.start_io(str(COMMAND), "--today", "2026-11-21", "lsp", env=environment)
    found = await editor.initialize_async(lsp.InitializeParams(lsp.ClientCapabilities(), locale="da-DK"))
    assert found.capabilities.position_encoding == "utf-16"
    editor.initialized(lsp.InitializedParams())
    try:
        yield editor
        await asyncio.wait_for(editor.shutdown_async(None), PATIENCE_SECONDS)
        editor.exit(None)
        assert editor._server is not None
        assert await asyncio.wait_for(editor._server.wait(), PATIENCE_SECONDS) == 0
        assert editor._server.stderr is not None
        assert await asyncio.wait_for(editor._server.stderr.read(), PATIENCE_SECONDS) == b""  # editors keep it in a log
    except BaseException:
        assert editor._server is not None
        editor._server.kill()  # one that is waited for would hide what went wrong
        raise
    finally:
        await editor.stop()  # type: ignore[no-untyped-call]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """In a folder whose name is another in an address."""
    return make_workspace(tmp_path / "Familier på 100 %", "hop-2026-007", "hop-2026-009")


def play(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(story)


def test_a_family_is_written_with_an_editors_help(root: Path) -> None:
    async def story() -> None:
        async with editor_on(root) as editor:
            assert await editor.open() == []
            await type_what_nobody_should(editor)
            await be_told_of_a_fault(editor)
            await be_offered_colleagues(editor)
            await be_told_what_follows_from_a_line(editor)
            await see_what_saving_would_do(editor)
            await change_what_another_file_says(editor)

    play(story())


async def be_told_of_a_fault(editor: Editor) -> None:
    [fault] = await editor.type(editor.text().replace("staff: ppa", "staff: ppx"))
    assert (fault.code, fault.source, fault.severity) == ("HD150", "hopdocs", lsp.DiagnosticSeverity.Error)
    assert fault.range == lsp.Range(lsp.Position(103, 11), lsp.Position(103, 14))
    assert fault.message.splitlines()[1].startswith("vælg mellem ")


async def be_offered_colleagues(editor: Editor) -> None:
    offered = await editor.complete(editor.text().replace("staff: ppa", "staff: p|"))
    assert offered["ppa"].detail == "Pelle Pærevang (AKT-vejleder, Dagtilbud og Undervisning)"
    edit = offered["ppa"].text_edit
    assert isinstance(edit, lsp.TextEdit)
    assert (edit.range.start.character, edit.range.end.character, edit.new_text) == (11, 12, "ppa")


async def be_told_what_follows_from_a_line(editor: Editor) -> None:
    await editor.type(editor.text())
    line = editor.text().split("\n").index("  yasmin:")
    place = lsp.HoverParams(lsp.TextDocumentIdentifier(editor.uri()), lsp.Position(line, 4))
    found = await editor.text_document_hover_async(place)
    assert found is not None
    assert isinstance(found.contents, lsp.MarkupContent)
    assert found.contents.kind is lsp.MarkupKind.PlainText
    assert "Yasmin Zamirandi er 17 år" in found.contents.value
    assert found.range == lsp.Range(lsp.Position(line, 2), lsp.Position(line, 8))


async def see_what_saving_would_do(editor: Editor) -> None:
    """A fault is in it: to make papers would compile every template."""
    await editor.type(editor.text().replace("staff: ppa", "staff: ppx"))
    [lens] = (
        await editor.text_document_code_lens_async(lsp.CodeLensParams(lsp.TextDocumentIdentifier(editor.uri()))) or ()
    )
    shown = await editor.code_lens_resolve_async(lens)
    assert shown.command is not None
    assert shown.command.title == "Gemmes filen nu, laves der intet, før fejlen på linje 104 er rettet"
    command = lsp.ExecuteCommandParams(shown.command.command, shown.command.arguments)
    answer = await editor.workspace_execute_command_async(command)
    assert answer == {"summary": shown.command.title, "changes": []}


async def change_what_another_file_says(editor: Editor) -> None:
    other = editor.uri("families/hop-2026-009.yaml")
    await editor.until(lambda: other in editor.shown)
    assert [item.code for item in editor.shown[other].diagnostics] == ["HD202"]
    await editor.type(editor.text())
    await editor.open(editor.text("config.yaml").replace("\n  ppa:", "\n  ppx:"), "config.yaml")
    await editor.until(lambda: any(item.code == "HD150" for item in editor.shown[editor.uri()].diagnostics))


async def type_what_nobody_should(editor: Editor) -> None:
    """The server answers on, and tells the editor's log no word of it."""
    for text in HOSTILE:
        await editor.complete(text + "|")
    params = lsp.CompletionParams(lsp.TextDocumentIdentifier(editor.uri()), lsp.Position(2**31 - 1, 2**31 - 1))
    await editor.text_document_completion_async(params)
    for uri in ("untitled:x", "file:///a%00b.yaml", "http://[", "file://host/families/x.yaml"):
        item = lsp.TextDocumentItem(uri, "yaml", 1, "x")
        editor.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
    nobodys = lsp.VersionedTextDocumentIdentifier(1, "file:///nobody/families/x.yaml")
    editor.text_document_did_change(lsp.DidChangeTextDocumentParams(nobodys, []))
    assert await editor.workspace_execute_command_async(lsp.ExecuteCommandParams("hopdocs.preview", [])) is None
    [fault] = await editor.type(editor.text().replace("name: Farbror Karim", "name: 🙂 æøå, ukendt: x"))
    assert fault.range.start.line == editor.text().split("\n").index("  - name: Farbror Karim")
    assert fault.range.start.character == len("  - name: 🙂 æøå, ukendt".encode("utf-16-le")) // 2
    assert not [line for line in editor.logged if "Zamirandi" in line]


def test_the_server_ends_with_the_editor_that_started_it(root: Path) -> None:
    async def story() -> None:
        server = await asyncio.create_subprocess_exec(
            str(COMMAND), "-w", str(root), "lsp", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        assert server.stdin is not None
        server.stdin.close()
        assert await asyncio.wait_for(server.wait(), PATIENCE_SECONDS) == 1

    play(story())
