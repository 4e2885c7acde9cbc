"""Which of several lines stands too far in or out: libyaml names the first that does not fit, which is often right.

Where a block's first line is the odd one, all others don't fit; where one key lost its spaces, the next one does
not fit. The reader is shown the line to move, once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hopdocs.sources.yaml.syntax_fault import SyntaxFault, indent_of, line_above, says_something, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEY_WITH_VALUE: Final = re.compile(r"\s*[\w-]+: +[^\s#]")
KEY_ALONE: Final = re.compile(r"\s*(?:- +)*[\w-]+:\s*(?:#.*)?$")
_DASH_WITHOUT_SPACE: Final = re.compile(r"\s*-(?=[A-Za-zæøåÆØÅ{\[\"'])")


_TEXT_OF_KEY: Final = re.compile(r"\s*(?:- +)*(?P<key>[\w-]+):(?: +(?P<text>[^\W\d_].*|[“”„»«(].*))?$")
_TEXT_ENTRY: Final = re.compile(r"\s*- +[^\s:#\"'{\[]+ [^:#]+$")
_PLAIN_KEY: Final = re.compile(r"\s*(?:- +)?[\w-]+:(?:\s|$)")
BULLET: Final = re.compile(r"\s*(?P<bullet>[•·▪◦‣●○–—])\s")


def explain_continuation(lines: Sequence[str], at: int) -> SyntaxFault | None:
    """A pasted text's second paragraph or its bullets, which stand no further in than the key that they belong to."""
    line = lines[at] if at < len(lines) else ""
    above = next((n for n in range(at - 1, -1, -1) if says_something(lines[n]) and not _is_loose(lines[n])), None)
    holder = _TEXT_OF_KEY.match(lines[above]) if above is not None else None
    if above is None or holder is None:
        return None
    params = {"key": holder["key"], "expected": str(_inner(lines[above]) + 2), "key_line": str(above + 1)}
    if (bullet := BULLET.match(line)) is not None:
        params["bullet"] = bullet["bullet"]
        return SyntaxFault("HD199", at, bullet.start("bullet"), params)
    return (
        SyntaxFault("HD179", at, indent_of(line), params, max(1, len(line.strip()))) if _goes_on(line, holder) else None
    )


def _is_loose(line: str) -> bool:
    """Whether a line begins with no key: it is a piece of the text that was pasted."""
    return ":" not in line


def _goes_on(line: str, holder: re.Match[str]) -> bool:
    """Whether a line reads like more of the text above: keys are written small, and end with no full stop."""
    if not holder["text"] or ":" in line:
        return False
    text = line.strip().removeprefix("- ")
    return text[:1].isupper() or text.endswith((".", "!", "?"))


def explain_indentation(lines: Sequence[str], at: int, above: int) -> SyntaxFault:
    """The line to move, when the one at `at` fits none above it; `above` is the nearest that says something."""
    depth = indent_of(lines[at])
    pasted = next((number for number in (at, above) if lines[number].lstrip().startswith("- ")), None)
    if pasted is not None and (told := _explain_pasted_dash(lines, pasted)) is not None:
        return told
    before = line_above(lines, above) if above == at - 1 else None
    is_between = before == above - 1 and indent_of(lines[above]) < depth == indent_of(lines[above - 1])
    if is_between and _KEY_WITH_VALUE.match(lines[above]):
        return _misplaced(lines, above, depth, above - 1)
    if (dash := _explain_dash(lines, at)) is not None:
        return dash
    has_dash = lines[at].lstrip().startswith("-")
    goes_on = is_text_entry(lines[above]) and depth == indent_of(lines[above]) and not _PLAIN_KEY.match(lines[at])
    likely = _inner(lines[above]) if goes_on else _nearest_depth(lines, above, depth, has_dash=has_dash)
    if likely == depth:  # it stands where it should: something else is wrong with it
        return SyntaxFault("HD176", at, depth)
    if (odd := _find_odd_first(lines, at, depth, likely)) is not None:
        return _misplaced(lines, odd, depth, at)
    return _misplaced(lines, at, likely, above)


def is_text_entry(line: str) -> bool:
    """Whether a list's entry is text of several words without a key: `- arbejde, siden længe`."""
    return _TEXT_ENTRY.match(line) is not None


def _explain_pasted_dash(lines: Sequence[str], at: int) -> SyntaxFault | None:
    """`- Tag brevet med` below `message: Husk`, and as far in."""
    above = line_above(lines, at)
    is_below_text = above is not None and not lines[above].lstrip().startswith("- ") and ":" in lines[above]
    return explain_continuation(lines, at) if is_below_text else None


def _explain_dash(lines: Sequence[str], at: int) -> SyntaxFault | None:
    """A dash that is missing from an entry, or stands before a key among keys."""
    if (first := _find_dashless_entry(lines, at)) is not None:
        return _dashless(lines, first)
    if _follows_an_entry(lines, at):
        return _dashless(lines, at)
    if parent := _find_parent_of_keys(lines, at):
        return SyntaxFault("HD183", at, indent_of(lines[at]), {"key": parent})
    return None


def _dashless(lines: Sequence[str], at: int) -> SyntaxFault:
    text = lines[at].strip()
    return SyntaxFault("HD193", at, indent_of(lines[at]), {"text": shorten(text)}, max(1, len(text)))


def _follows_an_entry(lines: Sequence[str], at: int) -> bool:
    """Whether the line stands right below the dash of the entry above, and begins as that one does: `id:` and `id:`."""
    depth, key = indent_of(lines[at]), lines[at].split(":")[0].strip()
    for number in range(at - 1, -1, -1):
        if says_something(lines[number]) and indent_of(lines[number]) <= depth:
            above = lines[number]
            return indent_of(above) == depth and above.split(":")[0].strip() == f"- {key}"
    return False


def _find_parent_of_keys(lines: Sequence[str], at: int) -> str:
    """The key above, where the line has a dash and stands among keys with values: `- lina: …` after `sami: …`."""
    depth = indent_of(lines[at])
    above = [line for line in reversed(lines[:at]) if says_something(line) and indent_of(line) <= depth]
    if not lines[at].lstrip().startswith("- ") or not above or indent_of(above[0]) < depth or KEY_ALONE.match(above[0]):
        return ""
    parent = next((line for line in above if indent_of(line) < depth), "")
    return parent.strip().removesuffix(":") if KEY_ALONE.match(parent) and not above[0].lstrip().startswith("-") else ""


def find_glued_dash(lines: Sequence[str], at: int) -> SyntaxFault | None:
    """`-id: intro`: a dash without its space, on the line at `at` or right above it."""
    for number in (at, at - 1):
        match = _DASH_WITHOUT_SPACE.match(lines[number]) if 0 <= number < len(lines) else None
        if match:
            return SyntaxFault("HD192", number, match.end() - 1, {"text": shorten(lines[number].strip()[1:])})
    return None


def _misplaced(lines: Sequence[str], at: int, expected: int, other: int) -> SyntaxFault:
    found = indent_of(lines[at])
    params = {"found": str(found), "expected": str(expected), "above": str(other + 1)}
    return SyntaxFault("HD173", at, found, params, max(1, len(lines[at].split(":")[0].strip())))


def _nearest_depth(lines: Sequence[str], above: int, depth: int, *, has_dash: bool) -> int:
    """Of the depths that are open above, the one nearest to `depth`."""
    depths: list[int] = []
    dashes: set[int] = set()
    limit = 10_000
    for number in range(above, -1, -1):
        line = lines[number]
        if not says_something(line):
            continue
        outer = indent_of(line)
        place = outer if has_dash else _inner(line)  # a key never stands below a dash
        if place < limit:
            depths.append(place)
            if line.lstrip().startswith("- "):
                dashes.add(place)
        limit = min(limit, outer)
        if outer == 0:
            break
    # An entry belongs with entries, so that of two depths as near to it, theirs is the likelier.
    likely = sorted((level for level in depths if level != depth), key=lambda level: (abs(level - depth), level))
    near = [level for level in likely if abs(level - depth) == abs(likely[0] - depth)]
    return next((level for level in near if has_dash and level in dashes), near[0]) if near else 0


def _inner(line: str) -> int:
    """Where a line's first word stands, after its dashes."""
    return len(line) - len(line.lstrip(" -"))


def _find_dashless_entry(lines: Sequence[str], at: int) -> int | None:
    """The first entry of a list, where it alone has no dash."""
    if not lines[at].lstrip().startswith("- "):
        return None
    depth = indent_of(lines[at])
    parent = next(
        (
            number
            for number in range(at - 1, -1, -1)
            if says_something(lines[number]) and indent_of(lines[number]) <= depth
        ),
        None,
    )
    if parent is None or not KEY_ALONE.match(lines[parent]) or lines[parent].lstrip().startswith("-"):
        return None
    if indent_of(lines[parent]) == depth > 0:  # an entry of the list around it, after a mapping that may well be right
        return None
    first = next(number for number in range(parent + 1, at + 1) if says_something(lines[number]))
    return first if first < at and not lines[first].lstrip().startswith("-") else None


def _find_odd_first(lines: Sequence[str], at: int, depth: int, likely: int) -> int | None:
    """The one line that set the depth `likely`, where more of the lines around stand at `depth`."""
    top = next((number for number in range(at - 1, -1, -1) if _is_outside(lines[number], min(depth, likely))), -1)
    end = next((number for number in range(at + 1, len(lines)) if _is_outside(lines[number], depth)), len(lines))
    region = [number for number in range(top + 1, end) if says_something(lines[number])]
    odd = [number for number in region if number < at and likely in (indent_of(lines[number]), _inner(lines[number]))]
    has_dash = lines[at].lstrip().startswith("-")
    usual = [number for number in region if number >= at and _has_place(lines[number], depth, has_dash=has_dash)]
    return odd[0] if len(odd) == 1 and len(usual) > 1 and indent_of(lines[odd[0]]) == likely else None


def _is_outside(line: str, depth: int) -> bool:
    return says_something(line) and indent_of(line) < depth


def _has_place(line: str, depth: int, *, has_dash: bool) -> bool:
    return indent_of(line) == depth and line.lstrip().startswith("-") == has_dash
