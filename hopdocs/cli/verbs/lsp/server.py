"""The language server of one editor: the texts that are open in it, and the way back to it.

A whole text comes with each change, and not its differences alone: a difference that the two sides count by different
line breaks would leave the server with another text than the person sees.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from hopdocs import __version__
from hopdocs.catalogue import choose_language
from hopdocs.cli.verbs.lsp.clerk import Clerk
from hopdocs.cli.verbs.lsp.wire import diagnostic_of, point_of, uri_of
from hopdocs.editor.keys import schema_of
from hopdocs.editor.names import Directory
from hopdocs.editor.place import find_place

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable
    from pathlib import Path

    from hopdocs.catalogue import Language
    from hopdocs.cli.verbs.lsp.clerk import Told
    from hopdocs.clock import Clock
    from hopdocs.editor.opened import OpenFile
    from hopdocs.editor.place import Place
    from hopdocs.editor.preview import Previewer
    from hopdocs.sources.editor.schema import Schema


LARGEST_TEXT: Final = 1024 * 1024
"""Letters of a text in which anything is looked for at the cursor: four times what a file may hold."""


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
