"""What is shaped like a CPR number, found and hidden: no output of ours may repeat one, and no mail may hold one.

Ten digits DDMMYY-SSSS, with or without a hyphen (CPR-kontoret). The check digit says nothing: valid numbers
without it exist since 2007-10-01. Fictive test numbers add 60 to the day (Styrelsen for It og Læring), and they
count as shaped like one too. Day and month must be possible, so that phone and case numbers pass.

The log, `check`, the last look at a mail and the test of our own files ask here, so that none knows fewer shapes than
another. Text is compared as an eye sees it (`plain_signs`): marks that nobody sees are not there, and any dash is a
dash.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

INVISIBLE: Final = (
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Format characters (Unicode Cf), and what else a reader's program shows as nothing."""
DASHES: Final = (
    "\u02d7\u058a\u05be\u1400\u1806\u2010-\u2015\u2043\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d\u301c\u3030\u30a0"
    "\ufe31\ufe32\ufe58\ufe63\uff0d\U00010d6e\U00010ead"
)
"""Dashes (Unicode Pd) other than the plain one, and the signs that look like one."""
_EN_DASH: Final = "\u2013"
"""Stands between two times in nearly every mail. Without it, hardly a text has a sign that must be looked at."""
_BLANKS: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DOTS: Final = "\u00b7\u2024\u2027\u2219\u22c5\uff0e"

UNSEEN: Final = "\u200b"
"""A zero-width space, for whatever cannot be seen."""
_INVISIBLE_SIGN: Final = re.compile(f"[{INVISIBLE}]")
_UNSEEN_RUN: Final = re.compile(f"[{INVISIBLE}]+")
_OTHER_SIGN: Final = re.compile(
    rf"(?P<dash>[{DASHES}])|(?P<blank>[{_BLANKS}])|(?P<dot>[{_DOTS}])|(?P<digit>(?![0-9])\d)"
)
_ODD_SIGN: Final = re.compile(rf"[{INVISIBLE}{DASHES}{_BLANKS}{_DOTS}]|(?![\x00-\u065f])\d")
_UNCOMMON: Final = "[^\x00-\x9f\xa1-\xac\xae-\xb6\xb8-\xff]"
"""Where alone such a sign can be: beyond the letters of the West, in which nearly every text is written."""
_UNCOMMON_SIGN: Final = re.compile(_UNCOMMON)
_UNCOMMON_RUN: Final = re.compile(f"{_UNCOMMON}+")

_DAY: Final = "[0-36-9](?<![0-9]{2})(?:(?<=[06])[1-9]|(?<=[1278])[0-9]|(?<=[39])[01])"
"""01-31 and 61-91, not amid other digits. Begins with a plain class, which the search runs through quickest."""
_MONTH: Final = "(?:0[1-9]|1[0-2])"
_BETWEEN: Final = "[ \t]?[-./]?[ \t]?"
_GAP: Final = "[ \t]?[-./ \t]?[ \t]?"
_SLASH: Final = "[ \t]?/[ \t]?"
_DATE_AND_TIME: Final = (
    f"(?<=[0-3][0-9]){_SLASH}{_MONTH}{_SLASH}[0-9]{{2}}[ \t]{{1,3}}(?:[01][0-9]|2[0-3])[0-5][0-9](?![0-9])"
)
"""What follows the day of `24/11/26 1000`. Dates are written with slashes and CPR numbers are not: those have nothing,
a blank, a dot or a dash between their digits. A slash and then a dash is still a number, and so is any other end."""
_CPR_SHAPE: Final = re.compile(
    f"{_DAY}(?!{_DATE_AND_TIME}){_BETWEEN}{_MONTH}{_BETWEEN}[0-9]{{2}}{_GAP}[0-9]{{4}}(?![0-9])"
)
_DIGIT: Final = re.compile(r"\d")
_ZERO_LOST: Final = re.compile(r"(?<![\d.,])\d{9}(?![\d.,]?\d)")


def plain_signs(text: str) -> str:
    """`text` without what cannot be seen, and each dash, blank, dot and digit in its plain form."""
    text = text.replace(_EN_DASH, "-")
    return _UNCOMMON_RUN.sub(lambda run: _plain(_INVISIBLE_SIGN.sub("", run[0])), text) if _is_odd(text) else text


def mark_unseen(text: str) -> str:
    """The same with `UNSEEN` for each run of what cannot be seen: it may stand in a word, or for a blank."""
    text = text.replace(_EN_DASH, "-")
    return _UNCOMMON_RUN.sub(lambda run: _plain(_UNSEEN_RUN.sub(UNSEEN, run[0])), text) if _is_odd(text) else text


def find_cpr_shapes(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of everything in `text` that is shaped like a CPR number."""
    if not _is_odd(text):
        for match in _CPR_SHAPE.finditer(text):
            yield match.span()
        return
    places = [place for place, sign in enumerate(text) if not _INVISIBLE_SIGN.match(sign)]
    for match in _CPR_SHAPE.finditer(plain_signs(text)):
        yield places[match.start()], places[match.end() - 1] + 1


def mask_cpr_shapes(text: str) -> str:
    """`text` with `x` for each digit of such a number: same length, so that carets still fit."""
    pieces, done = [], 0
    for start, end in find_cpr_shapes(text):
        pieces += [text[done:start], _DIGIT.sub("x", text[start:end])]
        done = end
    return "".join([*pieces, text[done:]]) if done else text


def mask_counted_cpr_shapes(text: str) -> str:
    """The same for what a spreadsheet may have read: to it such a number is a count, and loses the zero before it."""
    return _ZERO_LOST.sub(_mask_counted, mask_cpr_shapes(text))


def is_counted_cpr_shape(digits: str) -> bool:
    """Whether a whole number may be one that was counted as such."""
    return _CPR_SHAPE.fullmatch(digits.zfill(10)) is not None


def _mask_counted(match: re.Match[str]) -> str:
    return _DIGIT.sub("x", match[0]) if is_counted_cpr_shape(match[0]) else match[0]


def is_western(text: str) -> bool:
    """Whether it is written in the letters of Western Europe alone (Latin-1), with no sign that needs to be made plain.

    Only there do `casefold` and a search that ignores case agree on which letters are the same.
    """
    return _UNCOMMON_SIGN.search(text) is None


def _is_odd(text: str) -> bool:
    """Whether a sign in it is not as plain as it looks. Asked of every text of every mail, several times."""
    first = _UNCOMMON_SIGN.search(text)
    return first is not None and _ODD_SIGN.search(text, first.start()) is not None


def _plain(text: str) -> str:
    """The same signs, one for one."""
    return _OTHER_SIGN.sub(_plain_sign, text)


def _plain_sign(match: re.Match[str]) -> str:
    if match.lastgroup == "digit":
        return str(unicodedata.decimal(match[0]))
    return {"dash": "-", "blank": " ", "dot": "."}[match.lastgroup or "blank"]
