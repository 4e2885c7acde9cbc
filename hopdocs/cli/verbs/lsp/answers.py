"""What editors ask, a function each, bound to `hopdocs.editor` and guarded so that no text ends the server."""

from __future__ import annotations

import asyncio
import logging
import os
from functools import partial, wraps
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from lsprotocol import types

from hopdocs.cli.verbs.lsp.clerk import QUIET_SECONDS
from hopdocs.cli.verbs.lsp.server import EditorServer
from hopdocs.cli.verbs.lsp.wire import file_of, items_of, word_of
from hopdocs.editor.buffer import Buffer
from hopdocs.editor.completion import offer
from hopdocs.editor.keys import SourceKind
from hopdocs.editor.opened import OpenFile

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from hopdocs.clock import Clock
    from hopdocs.editor.preview import SavePreview

P = ParamSpec("P")
R = TypeVar("R")

PREVIEW: Final = "hopdocs.preview"
_WATCHED: Final = ("config.yaml", "project.yaml", "indikatorer.yaml", "families/*.yaml")
_TRIGGERS: Final = (" ", "[", "{", ",", "-")


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
    file = server.files.get(document.uri)
    if file is not None:
        text = server.workspace.get_text_document(document.uri).source
        server.take(document.uri, file.changed(Buffer(text, server.encoding)), document.version)


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
    last = server.clerk.last_read(file.located)
    text = explain(
        place,
        file.located.kind,
        server.schema(file),
        server.directory(file),
        last.day if last is not None else None,
        is_of_this_text=last is not None and last.data == file.buffer.data,
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
    """The same in a line, once nobody has typed for a moment."""
    from hopdocs.editor.preview import summarise  # noqa: PLC0415 - reads what makes papers and mail

    asked = server.files.get(str(lens.data))
    await asyncio.sleep(QUIET_SECONDS)  # some editors ask again at each letter
    is_quiet = server.files.get(str(lens.data)) is asked
    found = await _preview(server, lens.data) if is_quiet else None
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
