"""Draws the pictures of README (`make pictures`): the sample family's letter and page, and the service after a save.

A person looks at them before they are committed. Kept small: few greys and colours, no wider than a README shows.

    python -m tools.pictures [DIR]      into docs/pictures, else DIR
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
_FAMILY: Final = "hop-2026-007"
_TODAY: Final = "2026-11-21"
_LETTER: Final = "invitation-familieplan-nadira.pdf"
_PAGE: Final = "overblik.html"
_PAGE_SIZE: Final = (900, 1000)
_TERMINAL_SIZE: Final = (990, 480)
_DOTS_PER_INCH: Final = 84
_POINTS_PER_INCH: Final = 72
_COLOURS: Final = 24


def main(folder: Path) -> int:
    """Builds the sample workspace and draws what it has made."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="hopdocs-pictures-") as temporary:
        home = Path(temporary)
        hop = str(home / "hop")
        run_well(sys.executable, "-m", "hopdocs", "init", hop, "--sample")
        run_well(sys.executable, "-m", "hopdocs", "-w", hop, "--today", _TODAY, "build")
        made = home / "hop" / "out" / _FAMILY
        next(draw_pages(made / _LETTER, _DOTS_PER_INCH)).save(home / "letter.png")
        photograph(made / _PAGE, home / "page.png", _PAGE_SIZE)
        run_well(sys.executable, "-m", "hopdocs", "-w", hop, "--today", _TODAY, "notices", "start")
        watched = run_well(sys.executable, "-m", "tools.watch_picture", hop, _TODAY)
        (home / "watch.html").write_text(watched, "utf-8")
        photograph(home / "watch.html", home / "watch.png", _TERMINAL_SIZE)
        for name, kept in (("letter", "brev.png"), ("page", "side.png"), ("watch", "vagt.png")):
            with Image.open(home / f"{name}.png") as picture:
                few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
                few.save(folder / kept, optimize=True)
            sys.stdout.write(f"{folder / kept}  {(folder / kept).stat().st_size // 1024} KB\n")
    return 0


def draw_pages(pdf: Path | bytes, dots_per_inch: int) -> Iterator[Image.Image]:
    """Each page of a PDF as it is seen."""
    with PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=dots_per_inch / _POINTS_PER_INCH).to_pil()


def photograph(page: Path, picture: Path, size: tuple[int, int]) -> None:
    """The top of a page in Chromium, in the light. It asks no network; as root it has no sandbox of its own."""
    width, height = size
    with tempfile.TemporaryDirectory(prefix="hopdocs-browser-") as home:
        run_well(
            "chromium",
            "--headless=new",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            "--hide-scrollbars",
            f"--user-data-dir={home}",
            f"--window-size={width},{height}",
            f"--screenshot={picture}",
            page.as_uri(),
        )


def run_well(*command: str) -> str:
    """What a command says, run to its end; the tool ends with what it complained of where it failed."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.returncode}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"))
