"""How large a file may be that people put in the workspace. What is larger is not read at all, and is told."""

from __future__ import annotations

from typing import Final

LARGEST_SOURCE_BYTES: Final = 256 * 1024
"""A family's file is some 10 KiB; what is larger is no family file."""
LARGEST_TEMPLATE_BYTES: Final = 32 * 1024 * 1024
LARGEST_ATTACHMENT_BYTES: Final = 64 * 1024 * 1024
"""Of a PDF that is bound behind a plan: nobody could open what larger ones were bound into."""
LARGEST_TABLE_BYTES: Final = LARGEST_ATTACHMENT_BYTES
"""Of figures that are brought in."""
