"""The only place that prints: results to standard output, progress and complaints to standard error.

A program that reads the output gets it whole and plain; a person at a terminal gets colour and a progress bar.
`NO_COLOR` (no-color.org) is honoured.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from hopdocs.catalogue.masking import mask_cpr_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Protocol

    class Advance(Protocol):
        """Tells how far long work has come."""

        def __call__(self, done: int, total: int, name: str, /) -> None:
            """`done` of `total` are behind us in the stage `name` ('' if there is only one)."""


_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "36"}
_PLAIN_STEP_PERCENT = 10


def both(*, en: str, da: str) -> str:
    """The text in the language that the person has chosen (`HOPDOCS_LANG`, else the locale, else English)."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415 - yaml is not needed to say a version

    return da if choose_language() == "da" else en


class Console:
    """Where words go. The streams are looked up at each call, so that a caller may redirect them."""

    def say(self, text: str = "") -> None:
        """A line of the result."""
        self._write(sys.stdout, text)

    def tell(self, text: str) -> None:
        """A line for the person who waits; not part of the result."""
        self._write(sys.stderr, text)

    def complain(self, text: str) -> None:
        """Why the verb could not do what was asked."""
        label = self.style(both(en="error", da="fejl"), "red", sys.stderr)
        self._write(sys.stderr, f"{label}: {mask_cpr_shapes(text)}")

    def emit_json(self, shape: Any) -> None:
        """A result for programs: one JSON value, letters as they are."""
        self._write(sys.stdout, json.dumps(shape, ensure_ascii=False, indent=2))

    def emit_json_line(self, shape: Any) -> None:
        """One of many results for programs: each a JSON value on a line of its own."""
        self._write(sys.stdout, json.dumps(shape, ensure_ascii=False))

    def emit_file(self, data: bytes) -> None:
        """A result that is a text file as it stands, with the ends that its lines have."""
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None:  # a stream in memory takes letters only
            sys.stdout.write(data.decode())
        else:
            sys.stdout.flush()
            buffer.write(data)
            buffer.flush()

    def is_terminal(self) -> bool:
        """Whether a person looks at the result."""
        return sys.stdout.isatty()

    def can_ask(self) -> bool:
        """Whether a person sits there to answer."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def ask(self, question: str, usual: str | None = None) -> str:
        """What the person answers; `usual` where she only presses Enter."""
        import click  # noqa: PLC0415 - a question is seldom

        return str(click.prompt(question, default=usual, err=True))

    def style(self, text: str, style: str, stream: TextIO | None = None) -> str:
        """`text` in a colour or weight where a person looks, as it is everywhere else."""
        return f"\033[{_STYLES[style]}m{text}\033[0m" if has_colour(stream or sys.stdout) else text

    def table(self, rows: Sequence[Sequence[str]], heads: Sequence[str]) -> None:
        """Columns as wide as their widest cell, the last one free."""
        widths = [max(len(row[index]) for row in (heads, *rows)) for index in range(len(heads))]
        for number, row in enumerate((heads, *rows)):
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
            line = "  ".join(cells).rstrip()
            self.say(self.style(line, "dim") if number == 0 else line)

    @contextmanager
    def progress(self, what: str) -> Iterator[Advance]:
        """A bar on a terminal that can show one; elsewhere a plain line at each tenth. Quick work shows neither."""
        from hopdocs.cli.live.terminal import can_draw  # noqa: PLC0415 - few verbs take long

        if can_draw(sys.stderr):
            from hopdocs.cli.live.bar import show_bar  # noqa: PLC0415

            with show_bar(what) as bar:
                yield bar.advance
        else:
            yield self._plain_steps(what)

    def _plain_steps(self, what: str) -> Advance:
        told: dict[str, int] = {}

        def advance(done: int, total: int, name: str) -> None:
            stage, percent = name or what, 100 * done // max(total, 1)
            if total > _PLAIN_STEP_PERCENT * 2 and percent >= told.get(stage, 0) + _PLAIN_STEP_PERCENT:
                told[stage] = percent - percent % _PLAIN_STEP_PERCENT
                self.tell(f"{stage}: {done}/{total}")

        return advance

    @staticmethod
    def _write(stream: TextIO, text: str) -> None:
        try:
            print(text, file=stream, flush=True)
        except UnicodeEncodeError:  # a terminal in an old code page: signs it lacks become their numbers
            encoding = stream.encoding or "ascii"
            print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream, flush=True)


def has_colour(stream: TextIO) -> bool:
    """Whether a person looks at `stream` and has not asked for plain text."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
