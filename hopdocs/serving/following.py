"""What is added to a page on its way to the browser: that it follows its file, and the way to the lines behind a paper.

The page on the disk stays as it is: opened there it asks for nothing and needs no server.
"""

from __future__ import annotations

import re
from typing import Final

from hopdocs.serving.scripts import FOLLOW_SCRIPT

LIVE: Final = "live"
LINES: Final = "linjer"
LINES_LIVE: Final = "linjer-live"
LINES_AWAITED: Final = "linjer-ventes"
_OWN_PDF: Final = re.compile(rb'<a href="([^"/?#]+\.pdf)">PDF</a>')
"""A link to a PDF in the page's own folder, as the pages write it."""
_END: Final = b"</body>"
_LOST: Final = (
    "<style>#mistet{position:fixed;inset:auto 0 0;margin:0;max-width:none;text-align:center}"
    '@media print{#mistet{display:none}}</style><p id="mistet" class="note late" role="status" hidden>'
    "Siden følger ikke med lige nu: hopdocs serve svarer ikke. Start den igen, og åbn den adresse, den viser.</p>"
)


def with_following(page: bytes, edition: str, follow: str = LIVE) -> bytes:
    """The page with the script that has it read anew once it is another edition than this one."""
    script = f'<script data-shown="{edition}" data-follow="{follow}">{FOLLOW_SCRIPT}</script>'
    before, end, after = page.rpartition(_END)
    added = f"{_LOST}{script}\n".encode()
    return before + added + end + after if end else page + added


def with_lines(page: bytes) -> bytes:
    """A family's page with a way from each of its PDFs to the lines behind it."""
    return _OWN_PDF.sub(rb'\g<0> <small>(<a href="\1?' + LINES.encode() + rb'">linjerne</a>)</small>', page)
