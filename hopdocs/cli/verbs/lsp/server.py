"""The language server: what editors ask over standard input, bound to `hopdocs.editor`.

A whole text comes with each change, and not its differences alone: a difference that the two sides count by different
line breaks would leave the server with another text than the person sees.
"""

from __future__ import annotations

import asyncio
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from hopdocs import __version__
from hopdocs.catalogue import choose_language
from hopdocs.cli.verbs.lsp.clerk import Clerk
from hopdocs.cli.verbs.lsp.wire import diagnostic_of, file_of, items_of, point_of, uri_of, word_of
from hopdocs.editor.buffer import Buffer
from hopdocs.editor.completion import offer
from hopdocs.editor.keys import SourceKind, schema_of
from hopdocs.editor.names import Directory
from hopdocs.editor.opened import OpenFile
from hopdocs.editor.place import find_place

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from hopdocs.catalogue import Language
    from hopdocs.cli.verbs.lsp.clerk import Told
    from hopdocs.clock import Clock
    from hopdocs.editor.place import Place
    from hopdocs.editor.preview import Previewer, SavePreview
    from hopdocs.sources.editor.schema import Schema

P = ParamSpec("P")
R = TypeVar("R")

LARGEST_TEXT: Final = 1024 * 1024
"""Letters of a text in which anything is looked for at the cursor: four times what a file may hold."""
_WATCHED: Final = ("config.yaml", "project.yaml", "indikatorer.yaml", "families/*.yaml")
PREVIEW: Final = "hopdocs.preview"
_TRIGGERS: Final = (" ", "[", "{", ",", "-")


class EditorServer(LanguageServer):
    """One editor's server. What goes wrong in it is named by its place in the program, never by what people wrote."""

    def __init__(self, clock: Clock, operator: Path | None) -> None:
        super().__init__("hopdocs", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full, max_workers=2)
        self.files: dict[str, OpenFile] = {}
        self._own_uris: dict[tuple[Path, str], str] = {}
        """What an editor calls a file that it has opened: some write more signs as numbers than others."""
        self.clock = clock
        self.clerk = Clerk(clock, operator, self._tell, self.report_bug)
        self.language: Language = choose_language()
        self.previewer: Previewer | None = None
        self.onlooker = ThreadPoolExecutor(1, "hopdocs-preview")
        self.has_ended_well = False
        self.loop: asyncio.AbstractEventLoop | None = None

    @property
    def encoding(self) -> str:
        """How this editor counts columns."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:  # noqa: ARG002 - pygls' signature
        """What pygls could make nothing of: a message that is none, a method that nobody has."""
        self.report_bug(error)

    def report_bug(self, err: Exception) -> None:
        """To the editor's log, without a word of anybody's file."""
        from hopdocs.cycle.making.unrendered import name_bug  # noqa: PLC0415 - an editor waits until this is read

        self._soon(self.window_log_message, types.LogMessageParams(types.MessageType.Error, name_bug(err)))

    def take(self, uri: str, file: OpenFile, version: int | None) -> None:
        """A file's text as it is from now on."""
        self.files[uri] = file
        self._own_uris[file.located.root, file.located.path] = uri
        self.clerk.put(file, version)

    def schema(self, file: OpenFile) -> Schema:
        """What may be written in a file, with the municipality's own indicators."""
        desk = self.clerk.desk(file.located.root)
        shared = desk.shared if desk is not None else None
        return schema_of(file.located.kind, shared.config.catalogue if shared is not None else None)

    def directory(self, file: OpenFile) -> Directory:
        """Everybody and everything that a file may name."""
        desk = self.clerk.desk(file.located.root)
        shared = desk.shared if desk is not None else None
        today = shared.settings.today if shared is not None else self.clock.now().date()
        return Directory(file.tree, shared.config if shared is not None else None, today)

    def find(self, params: types.CompletionParams | types.HoverParams) -> tuple[OpenFile, Place, int] | None:
        """The place that an editor asks about, and its line."""
        file = self.files.get(params.text_document.uri)
        if file is None or len(file.buffer.text) > LARGEST_TEXT:
            return None
        line, character = file.buffer.find(point_of(params.position))
        place = find_place(file.buffer.lines, line, character)
        return (file, place, line) if place is not None else None

    def _tell(self, told: Told) -> None:
        found = [diagnostic_of(item, told.buffer, self.language) for item in told.diagnostics]
        uri = self._own_uris.get((told.root, told.path)) or uri_of(told.root, told.path)
        params = types.PublishDiagnosticsParams(uri, found, told.version)
        self._soon(self.text_document_publish_diagnostics, params)

    def _soon(self, send: Callable[[Any], None], params: object) -> None:
        """Messages leave in one thread alone, so that none is torn by another."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(send, params)


def guarded(handler: Callable[P, R]) -> Callable[P, R | None]:
    """A handler that answers nothing where it fails: pygls would send the failure's own words to the editor's log."""

    @wraps(handler)
    def guard(*args: P.args, **kwargs: P.kwargs) -> R | None:
        try:
            return handler(*args, **kwargs)
        except Exception as err:  # noqa: BLE001 - a hostile text may find a way that nobody thought of
            server = args[0]
            assert isinstance(server, EditorServer)  # noqa: S101 - each handler's first argument
            server.report_bug(err)
            return None

    return guard


def guarded_while_waiting(handler: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R | None]]:
    """The same for a handler that waits for another thread."""

    @wraps(handler)
    async def guard(*args: P.args, **kwargs: P.kwargs) -> R | None:
        try:
            return await handler(*args, **kwargs)
        except Exception as err:  # noqa: BLE001 - as above
            server = args[0]
            assert isinstance(server, EditorServer)  # noqa: S101 - as above
            server.report_bug(err)
            return None

    return guard


def build_server(clock: Clock, operator: Path | None) -> EditorServer:
    """The server with all that it answers to."""
    logging.getLogger("pygls").disabled = True  # it logs whole messages, and so whole files
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("pygls."):
            logging.getLogger(name).disabled = True
    server = EditorServer(clock, operator)
    handlers: dict[str, Callable[..., object]] = {
        types.INITIALIZE: begin,
        types.INITIALIZED: watch_files,
        types.SHUTDOWN: end,
        types.TEXT_DOCUMENT_DID_OPEN: take_opened,
        types.TEXT_DOCUMENT_DID_CHANGE: take_changed,
        types.TEXT_DOCUMENT_DID_SAVE: look_around,
        types.TEXT_DOCUMENT_DID_CLOSE: take_closed,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: look_around,
        types.TEXT_DOCUMENT_COMPLETION: complete,
        types.TEXT_DOCUMENT_HOVER: hover,
        types.TEXT_DOCUMENT_CODE_LENS: offer_preview,
        types.CODE_LENS_RESOLVE: preview_in_a_line,
    }
    options = {
        types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(trigger_characters=_TRIGGERS),
        types.TEXT_DOCUMENT_CODE_LENS: types.CodeLensOptions(resolve_provider=True),
    }
    for method, handler in handlers.items():
        server.feature(method, options.get(method))(partial(handler, server))
    server.command(PREVIEW)(partial(preview_save, server))
    return server


@guarded
def begin(server: EditorServer, params: types.InitializeParams) -> None:
    """An editor says who it is. Its language is the person's, where nobody has chosen another."""
    server.loop = asyncio.get_running_loop()
    if "HOPDOCS_LANG" not in os.environ and params.locale:
        server.language = "da" if params.locale.lower().startswith("da") else "en"
    server.clerk.start()


@guarded
def watch_files(server: EditorServer, _params: object = None) -> None:
    """Ask to be told when files change that nobody has open, as after `git pull`."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace is not None else None
    if watching is None or not watching.dynamic_registration:
        return
    watchers = [types.FileSystemWatcher(f"**/{pattern}") for pattern in _WATCHED]
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    wanted = types.Registration("hopdocs-files", method, types.DidChangeWatchedFilesRegistrationOptions(watchers))
    server.client_register_capability(types.RegistrationParams([wanted]))


@guarded
def end(server: EditorServer, _params: object = None) -> None:
    """The editor is about to go."""
    server.has_ended_well = True
    server.onlooker.shutdown(wait=False, cancel_futures=True)
    server.clerk.stop()


@guarded
def take_opened(server: EditorServer, params: types.DidOpenTextDocumentParams) -> None:
    """A file was opened."""
    document = params.text_document
    located = file_of(document.uri)
    if located is not None:
        server.take(document.uri, OpenFile(located, Buffer(document.text, server.encoding)), document.version)
        server.clerk.look_around()


@guarded
def take_changed(server: EditorServer, params: types.DidChangeTextDocumentParams) -> None:
    """Somebody has typed."""
    document = params.text_document
    file, known = server.files.get(document.uri), server.workspace.text_documents.get(document.uri)
    if file is not None and known is not None:
        server.take(document.uri, file.changed(Buffer(known.source, server.encoding)), document.version)


@guarded
def take_closed(server: EditorServer, params: types.DidCloseTextDocumentParams) -> None:
    """A file was closed, perhaps without saving."""
    file = server.files.pop(params.text_document.uri, None)
    if file is not None:
        server.clerk.close(file.located)


@guarded
def look_around(server: EditorServer, _params: object) -> None:
    """Something was saved, here or by another program."""
    server.clerk.look_around()


@guarded
def complete(server: EditorServer, params: types.CompletionParams) -> types.CompletionList | None:
    """What may stand at the cursor."""
    found = server.find(params)
    if found is None:
        return None
    file, place, line = found
    offers = offer(place, file.located.kind, server.schema(file), server.directory(file))
    return types.CompletionList(is_incomplete=False, items=items_of(offers, place, file.buffer, line))


@guarded
def hover(server: EditorServer, params: types.HoverParams) -> types.Hover | None:
    """What the word under the pointer says, as plain text: what people write is no markup."""
    from hopdocs.editor.hover import explain  # noqa: PLC0415 - reads all that deadlines follow from

    found = server.find(params)
    if found is None:
        return None
    file, place, line = found
    text = explain(
        place,
        file.located.kind,
        server.schema(file),
        server.directory(file),
        server.clerk.day_of(file.located),
    )
    return (
        types.Hover(types.MarkupContent(types.MarkupKind.PlainText, text), word_of(place, file.buffer, line))
        if text
        else None
    )


@guarded
def offer_preview(server: EditorServer, params: types.CodeLensParams) -> list[types.CodeLens]:
    """Above a family's first line: what saving would do. It is worked out when the editor shows it."""
    file = server.files.get(params.text_document.uri)
    if file is None or file.located.kind is not SourceKind.FAMILY:
        return []
    top = types.Range(types.Position(0, 0), types.Position(0, 0))
    return [types.CodeLens(top, data=params.text_document.uri)]


@guarded_while_waiting
async def preview_in_a_line(server: EditorServer, lens: types.CodeLens) -> types.CodeLens:
    """The same in a line."""
    from hopdocs.editor.preview import summarise  # noqa: PLC0415 - reads what makes papers and mail

    found = await _preview(server, lens.data)
    title = summarise(found, server.language) if found is not None else "hopdocs"
    return types.CodeLens(lens.range, types.Command(title, PREVIEW, arguments=[lens.data]), lens.data)


@guarded_while_waiting
async def preview_save(server: EditorServer, *words: object) -> dict[str, object] | None:
    """`hopdocs.preview URI`: shown to the person line by line, and answered to the editor for its own use."""
    from hopdocs.editor.preview import list_changes, summarise  # noqa: PLC0415 - as above

    found = await _preview(server, words[0] if words else None)
    if found is None:
        return None
    summary, changes = summarise(found, server.language), list_changes(found, server.language)
    server.window_show_message(types.ShowMessageParams(types.MessageType.Info, "\n".join([f"{summary}.", *changes])))
    return {"summary": summary, "changes": changes}


async def _preview(server: EditorServer, uri: object) -> SavePreview | None:
    """What saving would do; None for what is no family's file, and where another text stands there by then."""
    file = server.files.get(str(uri))
    if file is None or file.located.kind is not SourceKind.FAMILY:
        return None

    def look() -> SavePreview | None:
        desk = server.clerk.wait_for_desk(file.located.root)
        saved = desk.as_saved(file.located.path, file.buffer.data) if desk is not None else None
        if saved is None or server.files.get(str(uri)) is not file:
            return None
        from hopdocs.editor.preview import Previewer  # noqa: PLC0415 - as above

        server.previewer = server.previewer or Previewer()
        return server.previewer.look(saved)

    return await asyncio.get_running_loop().run_in_executor(server.onlooker, look)
