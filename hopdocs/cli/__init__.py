"""The commands. One module a verb; `program` lists them, `exits` decides how they end, `console` alone prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""Seventy times Python's own: nearly all that a verb makes of ten thousand families lives until it ends."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one verb and leaves the process with its exit code (see `exits`)."""
    import gc  # noqa: PLC0415 - `hopdocs --version` answers before anything heavy is read
    import os  # noqa: PLC0415
    import sys  # noqa: PLC0415

    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:
        from hopdocs import __version__  # noqa: PLC0415
        from hopdocs.cli.console import Console  # noqa: PLC0415

        Console().say(f"hopdocs {__version__}")
        return

    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    # Another package's plugin would see all that people write; and looking for one reads what every package says.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

    from hopdocs.cli.click_translations import choose_click_language  # noqa: PLC0415

    choose_click_language()
    from hopdocs.cli.exits import run_to_the_end  # noqa: PLC0415
    from hopdocs.cli.program import program  # noqa: PLC0415

    code = run_to_the_end(program, words)
    if arguments is None:  # the process ends here: let Python not look for circles in all that it has read, first
        gc.freeze()
    sys.exit(code)
