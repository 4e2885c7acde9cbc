"""Draws every letter and page of a workspace (`make gallery OUT=… TO=…`), to look at before and after a change.

It reads what stands in `out/` alone, so that the output of any earlier checkout is drawn the same way. A letter is one
picture with its pages side by side; a page is drawn as wide as on a desk and as on a telephone.

    python -m tools.gallery OUT DIR
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

from tools.pictures import draw_pages, photograph

if TYPE_CHECKING:
    from collections.abc import Sequence

_DOTS_PER_INCH: Final = 60
_SIZES: Final = {"desk": (1280, 1600), "telephone": (500, 1600)}
"""Chromium's window is never narrower than 500."""


def main(out: Path, folder: Path) -> int:
    """Draws each PDF and each HTML file below `out` into `folder`, named by its own path."""
    folder.mkdir(parents=True, exist_ok=True)
    letters, pages = sorted(out.rglob("*.pdf")), sorted(out.rglob("*.html"))
    if not letters and not pages:
        sys.exit(f"{out} holds neither letters nor pages")
    for letter in letters:
        draw_letter(letter, folder / f"{name_of(letter, out)}.png")
    for page in pages:
        for place, size in _SIZES.items():
            photograph(page, folder / f"{name_of(page, out)}-{place}.png", size)
    sys.stdout.write(f"{len(letters)} letters and {len(pages)} pages in {folder}\n")
    return 0


def name_of(file: Path, out: Path) -> str:
    """`hop-2026-007/familieplan-nadira.pdf` as one name."""
    return "-".join(file.relative_to(out).with_suffix("").parts)


def draw_letter(letter: Path, picture: Path) -> None:
    """All pages of a PDF in one picture, from left to right."""
    side_by_side(list(draw_pages(letter, _DOTS_PER_INCH))).save(picture, optimize=True)


def side_by_side(pages: Sequence[Image.Image]) -> Image.Image:
    """One picture as wide as all pages and as high as the highest, on white."""
    whole = Image.new("RGB", (sum(page.width for page in pages), max(page.height for page in pages)), "white")
    left = 0
    for page in pages:
        whole.paste(page, (left, 0))
        left += page.width
    return whole


if __name__ == "__main__":
    if len(sys.argv) != len(("tool", "out", "folder")):
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
