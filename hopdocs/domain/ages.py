"""The ages that change something, each with the law that names it."""

from __future__ import annotations

from typing import Final

OWN_VIEW_AGE: Final = 10
"""From this age a child is a party herself in the listed cases, and her view stands in the file (barnets lov § 3)."""

JOB_AGE: Final = 13
"""Children under 13 may not be employed (arbejdsmiljøloven)."""

LETTER_AGE: Final = 15
"""From this age a youth has a mailbox in Digital Post, and gets letters of her own (lov om Digital Post § 3)."""

SIGNING_AGE: Final = 16
"""From this age a youth gives consent herself (barnets lov § 110)."""

ADULT_AGE: Final = 18
"""From this age nobody has custody of a person any more, and efforts for children end."""
