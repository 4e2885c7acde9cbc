"""What is added to a page on its way to the browser: that it follows its file.

The page on the disk stays as it is: opened there it asks for nothing and needs no server.
"""

from __future__ import annotations

from typing import Final

from hopdocs.serving.scripts import FOLLOW_SCRIPT

LIVE: Final = "live"
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
