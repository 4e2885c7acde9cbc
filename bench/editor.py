"""`hopdocs lsp` in a workspace of ten thousand lines: how long an editor waits for an answer to a letter."""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

from bench.commands import hopdocs_command
from bench.figure import Figure, at_most
from bench.table import format_seconds
from bench.workspaces import Standing, write_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

FAMILIES: Final = 24
LINES: Final = 10_000
ROUNDS: Final = 60
WITHIN_MS: Final = 100
_PATIENCE_SECONDS: Final = 60
_TYPED: Final = "    relation: farbror"
"""The line of the sample family on which letters are typed."""
_NAMED: Final = "  - staff: ppa"


@dataclass
class Waits:
    """Seconds from a message to its answer, by what was asked."""

    faults: list[float] = field(default_factory=list)
    offers: list[float] = field(default_factory=list)
    meanings: list[float] = field(default_factory=list)


def measure() -> Iterator[Figure]:
    """One editor that types, completes and asks in turns, while the server judges what was typed."""
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-") as folder:
        workspace = Path(folder) / "workspace"
        write_workspace(workspace, FAMILIES, Standing(cancelled_every=FAMILIES, unconsented_every=FAMILIES))
        lines = sum(path.read_text("utf-8").count("\n") for path in workspace.rglob("*.yaml"))
        if lines < LINES:
            raise ValueError(f"only {lines} lines")
        waits = asyncio.run(_use(workspace))
    for what, seconds in (
        ("faults", waits.faults),
        ("ids offered", waits.offers),
        ("a line explained", waits.meanings),
    ):
        in_order = sorted(seconds)
        slow = in_order[len(in_order) * 95 // 100]
        yield Figure(
            what=f"an editor's answer in {LINES:,} lines: {what}",
            ours=format_seconds(in_order[len(in_order) // 2]),
            theirs=f"19 of 20 within {format_seconds(slow)}",
            measured=slow * 1000,
            unit="ms",
            target=at_most(WITHIN_MS),
            notes=(f"Over {ROUNDS} changes to one of {FAMILIES} families, from the message's end to the answer's",),
        )


class _Editor(LanguageClient):
    def __init__(self) -> None:
        super().__init__("bench", "1")
        self.told: asyncio.Queue[tuple[str, int | None]] = asyncio.Queue()
        self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(
            lambda params: self.told.put_nowait((params.uri, params.version))
        )

    async def wait_for(self, uri: str, version: int) -> None:
        while await asyncio.wait_for(self.told.get(), _PATIENCE_SECONDS) != (uri, version):
            pass


async def _use(workspace: Path) -> Waits:
    editor, waits = _Editor(), Waits()
    await editor.start_io(*hopdocs_command(workspace, "lsp"))
    await editor.initialize_async(lsp.InitializeParams(lsp.ClientCapabilities()))
    editor.initialized(lsp.InitializedParams())
    file = min((workspace / "families").glob("*.yaml"))
    uri, text = file.as_uri(), file.read_text("utf-8")
    typed, named = text.split("\n").index(_TYPED), text.split("\n").index(_NAMED)
    editor.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "yaml", 1, text)))
    await editor.wait_for(uri, 1)
    await asyncio.sleep(2)  # the other families are looked at meanwhile, once
    document = lsp.TextDocumentIdentifier(uri)
    for number in range(2, ROUNDS + 2):
        changed = text.replace(_TYPED, f"{_TYPED}{'n' * (number % 7)}")
        begun = time.perf_counter()
        change = lsp.TextDocumentContentChangeWholeDocument(changed)
        editor.text_document_did_change(
            lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(number, uri), [change])
        )
        place = lsp.Position(named, len(_NAMED) - 1)
        await editor.text_document_completion_async(lsp.CompletionParams(document, place))
        waits.offers.append(time.perf_counter() - begun)
        await editor.wait_for(uri, number)
        waits.faults.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        await editor.text_document_hover_async(lsp.HoverParams(document, lsp.Position(typed, 6)))
        waits.meanings.append(time.perf_counter() - begun)
        await asyncio.sleep(0.05)
    await editor.shutdown_async(None)
    editor.exit(None)
    await editor.stop()  # type: ignore[no-untyped-call]
    return waits
