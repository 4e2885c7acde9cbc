"""The sorts of leak that are known and not mended yet; whoever mends one takes its line away.

A line that no finding answers to any more fails the tests, so that nothing mended can come back unseen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.canaries.trial import Sort

_PLAN, _AGENDA, _LETTER, _SUMMONS, _PAGE = "familieplan", "dagsorden", "invitation", "indkaldelse", "overblik"
_AHEAD = "a paper of a meeting that is over stays as it was behind a withdrawal that was written down ahead"
_BROKEN = "behind a broken template"

KNOWN: Final[dict[Sort, str]] = {
    ("a colleague without consent", _AGENDA): _AHEAD,
    ("a colleague without consent", _LETTER): _AHEAD,
    ("a colleague without consent", _SUMMONS): _AHEAD,
    ("the title of a colleague without consent", _AGENDA): _AHEAD,
    ("the title of a colleague without consent", _SUMMONS): _AHEAD,
    ("a health goal to an area", _PAGE): "a fault names a goal that the page hides",
    ("an area that is not on the team", _PLAN): "an area has a copy before its colleague joins",
    ("an area without consent", _SUMMONS): _AHEAD,
    ("kept and unsaid", "a copy set aside"): "an edited copy keeps what was taken back, and nobody is told again",
    ("kept from this reader", _PAGE): "a fault names a goal or an activity that the page hides",
    ("what an area without consent knows", _PAGE): "a fault names the activity of an area without consent",
}

KNOWN_OF_MANY: Final[dict[Sort, str]] = KNOWN | {
    ("a health colleague", f"{_PLAN} {_BROKEN}"): "an old plan stays where it must shrink",
    ("a health goal to the family", f"{_PLAN} {_BROKEN}"): "an old plan stays where it must shrink",
    ("health to the family", f"{_PLAN} {_BROKEN}"): "an old plan stays where it must shrink",
    ("an area without consent", _PAGE): "a health goal on the page after all was taken back",
}
"""Those that only more households show than the tests build: `make canaries` knows them too."""
