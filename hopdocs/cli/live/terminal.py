"""What the terminal at the other end can show."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import TextIO

_DUMB: Final = frozenset({"", "dumb", "unknown"})
"""Values of TERM that promise nothing: no moving about, no second screen."""


def can_draw(stream: TextIO) -> bool:
    """Whether a person looks at `stream`, and what she looks at can be drawn on.

    Letters as they are, too: a stream in an old code page gets lines, in which signs that it lacks become numbers.
    """
    encoding = (stream.encoding or "").lower().replace("-", "").replace("_", "")
    return stream.isatty() and os.environ.get("TERM", "").lower() not in _DUMB and encoding.startswith("utf")
