"""What a YAML parser's complaint means to the person who wrote the line.

libyaml says "mapping values are not allowed in this context" where a sentence holds a colon. Its complaints are
few, and each has one to four common causes, which the line itself tells apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.sources.yaml.indentation import (
    explain_continuation,
    explain_indentation,
    find_glued_dash,
    is_text_entry,
)
from hopdocs.sources.yaml.syntax_fault import SyntaxFault, indent_of, line_above, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import yaml

_KEY_WITHOUT_SPACE: Final = re.compile(r"\s*(?:- +)?(?P<key>[\w-]+):(?=[^\s/])")
_KEY: Final = re.compile(r"\s*(?:- +)*(?:[^\s:#\"'{\[][^:#]*|\"[^\"]*\"|'[^']*'):(?:\s|$)")
_WORD_AND_BRACKET: Final = re.compile(r"\s*(?:- +)?[\w-]+ +[\[{]")
_PLAIN_KEY: Final = re.compile(r"\s*(?:- +)?[a-z_]+:")
_BRACKET: Final = re.compile(r"[\[\]{}]")
_CLOSING: Final = {"{": "}", "[": "]"}
_KEY_ENDS: Final = re.compile("[ =\uff1a\ufe55\ua789]")
"""What stands behind a key whose colon is missing, or is one of those that only look like it."""
_SPECIAL: Final = "[]{}@%&*?|>!'\"`,-:"


def explain_syntax_error(
    error: yaml.MarkedYAMLError, lines: Sequence[str], last_scalar: tuple[int, int, int]
) -> SyntaxFault:
    """The likely cause of a complaint, at the place to mend.

    `last_scalar` holds first line, column and last line of the last scalar before the complaint: a quote that was
    opened there and closed by the next one, many lines below, shows in it.
    """
    mark = error.problem_mark
    if mark is None:
        return SyntaxFault("HD176", 0, 0)
    opened = error.context_mark or mark
    scene = _Scene(lines, mark.line, mark.column, opened.line, opened.column, last_scalar)
    if scene.character == "\t":
        return SyntaxFault("HD112", scene.at, scene.column)
    if (glued := find_glued_dash(lines, mark.line)) is not None:
        return glued
    complaint = f"{error.context or ''} | {error.problem or ''}"
    return next((explain(scene) for words, explain in _CAUSES if words in complaint), _explain_other(scene))


@dataclass(frozen=True, slots=True)
class _Scene:
    """Where libyaml gave up (`at`, `column`), and where the thing began that it was reading (`opened…`)."""

    lines: Sequence[str]
    at: int
    column: int
    opened_at: int
    opened: int
    last_scalar: tuple[int, int, int]

    @property
    def line(self) -> str:
        """The line where libyaml gave up."""
        return self.lines[self.at] if self.at < len(self.lines) else ""

    @property
    def character(self) -> str:
        """The character it stumbled over."""
        return self.line[self.column : self.column + 1]


def _explain_other(scene: _Scene) -> SyntaxFault:
    return SyntaxFault("HD176", scene.at, min(scene.column, len(scene.line)))


def _explain_colon(lines: Sequence[str], at: int, column: int) -> SyntaxFault:
    """A second `: ` on the line; or a line that was read on from the one above."""
    line = lines[at]
    before = line[:column]
    if _WORD_AND_BRACKET.match(line):
        return _no_colon(lines, at)
    first_key = _KEY.match(line)
    if first_key and first_key.end() - 1 <= column and before.strip():
        start = first_key.end()
        if start <= column:
            value = line[start:].strip()
            return SyntaxFault("HD116", at, column, {"text": shorten(value)})
    above = line_above(lines, at)
    if above is not None:
        upper = lines[above]
        if (missing := _KEY_WITHOUT_SPACE.match(upper)) and not _KEY.match(upper):
            return _no_space(above, missing)
        stands = len(upper) - len(upper.lstrip(" -"))
        goes_on = is_text_entry(upper) and not _PLAIN_KEY.match(line)  # the colon stands in a pasted sentence
        if (
            not goes_on
            and not _KEY.match(upper)
            and (stands == indent_of(line) or stands == indent_of(upper) <= indent_of(line))
        ):
            return _no_colon(lines, above)
        if indent_of(line) > indent_of(upper) and _PLAIN_KEY.match(line):
            return explain_indentation(lines, at, above)
    return SyntaxFault("HD116", at, column, {"text": shorten(line.strip())})


def _explain_missing_colon(lines: Sequence[str], at: int, column: int) -> SyntaxFault:
    line = lines[at] if at < len(lines) else ""
    if missing := _KEY_WITHOUT_SPACE.match(line):
        return _no_space(at, missing)
    if line[column : column + 1] in {"'", '"'}:
        return _open_quote(lines, at, column)
    return _no_colon(lines, at)


def _no_space(at: int, missing: re.Match[str]) -> SyntaxFault:
    return SyntaxFault("HD172", at, missing.end() - 1, {"key": missing["key"]})


def _no_colon(lines: Sequence[str], at: int) -> SyntaxFault:
    if (told := explain_continuation(lines, at)) is not None:
        return told
    line = lines[at] if at < len(lines) else ""
    word = _KEY_ENDS.split(line.strip().removeprefix("- "))[0].rstrip(";,.")
    column = len(line) - len(line.lstrip())
    params = {"text": shorten(line.strip()), "key": word}
    return SyntaxFault("HD171", at, column, params, length=max(1, len(line.strip())))


def _special_start(line: str, at: int, column: int) -> SyntaxFault:
    """Text that begins with a character that means something to YAML."""
    found = line[column : column + 1]
    rest = line[column:].rstrip()
    if found and found not in _SPECIAL:
        return SyntaxFault("HD176", at, column)
    return SyntaxFault("HD117", at, column, {"character": found or " ", "text": shorten(rest)}, max(1, len(rest)))


def _block_text(lines: Sequence[str], at: int, column: int) -> SyntaxFault:
    line = lines[at]
    rest = line[column:].rstrip()
    return SyntaxFault("HD178", at, column, {"character": line[column], "text": shorten(rest)}, len(rest))


def _open_quote(lines: Sequence[str], at: int, column: int) -> SyntaxFault:
    line = lines[at] if at < len(lines) else ""
    params = {"character": line[column : column + 1], "text": shorten(line[column:].rstrip())}
    return SyntaxFault("HD119", at, column, params, is_open_ended=True)


def _explain_escape(lines: Sequence[str], at: int, column: int) -> SyntaxFault:
    line = lines[at]
    start = line.rfind("\\", 0, column + 1)
    start = column if start < 0 else start
    return SyntaxFault("HD177", at, start, {"text": line[start : start + 2]}, 2)


def _explain_bracket(lines: Sequence[str], opened_at: int, opened: int, at: int, column: int) -> SyntaxFault:
    """Inside `{…}` or `[…]`: a colon in a sentence, a `#` that hides the end, or no end at all."""
    mark = lines[opened_at][opened : opened + 1]
    params = {"character": mark, "closing": "}" if mark == "{" else "]"}
    if at == opened_at and column < len(lines[at]):
        found = lines[at][column]
        if found == ":":
            value = lines[at][:column].rpartition(":")[2].rpartition(",")[2].strip() + lines[at][column:]
            return SyntaxFault("HD116", at, column, {"text": shorten(value.strip().rstrip("}],"))})
        if found in "}]" and _is_surplus(lines[at], opened, column):
            return SyntaxFault("HD118", at, column, {"text": shorten(lines[at][opened : column + 1])})
        if found in "}]":
            return SyntaxFault("HD170", at, column, params | {"found": found}, is_open_ended=True)
        if found in "'\"" or lines[at][:column].rstrip().endswith(("'", '"')):
            return SyntaxFault("HD118", at, column, {"text": shorten(lines[at][column:].rstrip())})
    for number in range(opened_at, min(at + 1, len(lines))):
        hidden = re.search(r"\s#", lines[number][opened if number == opened_at else 0 :])
        if hidden and re.search(r"[}\]]", lines[number][hidden.start() :]):
            start = hidden.start() + 1 + (opened if number == opened_at else 0)
            text = lines[number][start:].rstrip()
            return SyntaxFault("HD115", number, start, {"text": shorten(text)}, len(text))
    return SyntaxFault("HD170", opened_at, opened, params | {"found": ""}, is_open_ended=True)


def _is_surplus(line: str, opened: int, column: int) -> bool:
    """Whether the brackets that begin at `opened` all close, but for one too many at `column`."""
    waits: list[str] = []
    for mark in _BRACKET.findall(line[opened:column] + line[column + 1 :]):
        if mark in _CLOSING:
            waits.append(_CLOSING[mark])
        elif not waits or waits.pop() != mark:
            return False
        if not waits:
            return True
    return False


def _explain_stray(lines: Sequence[str], at: int, column: int, last_scalar: tuple[int, int, int]) -> SyntaxFault:
    """Something where a key should begin: text after a closing quote or bracket, or a line pushed in or out."""
    line = lines[at] if at < len(lines) else ""
    before = line[:column].rstrip()
    first, first_column, last = last_scalar
    if first < last == at and lines[first][first_column : first_column + 1] in {"'", '"'}:
        return _open_quote(lines, first, first_column)
    if before.endswith(("'", '"', "]", "}")) and before.lstrip(" -"):
        rest = line[column:].rstrip()
        begin = first_column if first == last == at and before.endswith(("'", '"')) else _value_start(line)
        whole = line[begin:].rstrip()
        return SyntaxFault("HD118", at, column, {"text": shorten(whole), "rest": shorten(rest)}, max(1, len(rest)))
    if line[column : column + 1] == ":":
        return SyntaxFault("HD175", at, column)
    start = _value_start(line)
    if start < column and line[start : start + 1] == "*":
        return _special_start(line, at, start)
    return _explain_misfit(lines, at, column)


def _explain_misfit(lines: Sequence[str], at: int, column: int) -> SyntaxFault:
    """A line that begins with something that closes nothing, or that stands where it fits nothing."""
    line = lines[at] if at < len(lines) else ""
    if line[column : column + 1] in {"]", "}", ","}:
        return SyntaxFault("HD117", at, column, {"character": line[column], "text": shorten(line[column:].rstrip())})
    above = line_above(lines, at)
    if above is None or not line.strip():
        return SyntaxFault("HD176", at, min(column, len(line)))
    return explain_indentation(lines, at, above)


def _value_start(line: str) -> int:
    found = _KEY.match(line)
    start = found.end() if found else 0
    return start + len(line[start:]) - len(line[start:].lstrip(" -"))


def _explain_tab(scene: _Scene) -> SyntaxFault:
    return SyntaxFault("HD112", scene.at, scene.column)


def _explain_second_document(scene: _Scene) -> SyntaxFault:
    return SyntaxFault("HD108", scene.at, scene.column, length=max(1, len(scene.line) - scene.column))


def _explain_node_content(scene: _Scene) -> SyntaxFault:
    if not scene.character:
        return _open_bracket(scene)
    return _special_start(scene.line, scene.at, scene.opened if scene.opened_at == scene.at else scene.column)


def _open_bracket(scene: _Scene) -> SyntaxFault:
    """The file ends inside a bracket: the last one that was opened is shown."""
    for number in range(min(scene.at, len(scene.lines) - 1), -1, -1):
        column = max(scene.lines[number].rfind(mark) for mark in "{[")
        if column >= 0:
            mark = scene.lines[number][column]
            params = {"character": mark, "closing": "}" if mark == "{" else "]", "found": ""}
            return SyntaxFault("HD170", number, column, params, is_open_ended=True)
    return _explain_other(scene)


def _explain_mark(scene: _Scene) -> SyntaxFault:
    line = scene.lines[scene.opened_at] if scene.opened_at < len(scene.lines) else ""
    return _special_start(line, scene.opened_at, scene.opened)


_CAUSES: Final[tuple[tuple[str, Callable[[_Scene], SyntaxFault]], ...]] = (
    ("tab character", _explain_tab),
    ("mapping values", lambda scene: _explain_colon(scene.lines, scene.at, scene.column)),
    ("find expected ':'", lambda scene: _explain_missing_colon(scene.lines, scene.opened_at, scene.opened)),
    ("cannot start any token", lambda scene: _special_start(scene.line, scene.at, scene.column)),
    ("entries are not allowed", lambda scene: _special_start(scene.line, scene.at, scene.column)),
    ("keys are not allowed", lambda scene: _special_start(scene.line, scene.at, scene.column)),
    ("comment or line break", lambda scene: _block_text(scene.lines, scene.opened_at, scene.opened)),
    ("unexpected end of stream", lambda scene: _open_quote(scene.lines, scene.opened_at, scene.opened)),
    ("escape character", lambda scene: _explain_escape(scene.lines, scene.at, scene.column)),
    ("hexdecimal", lambda scene: _explain_escape(scene.lines, scene.at, scene.column)),
    (
        "expected ',' or '",
        lambda scene: _explain_bracket(scene.lines, scene.opened_at, scene.opened, scene.at, scene.column),
    ),
    ("scanning an anchor", _explain_mark),
    ("scanning an alias", _explain_mark),
    ("scanning a tag", _explain_mark),
    ("parsing a tag", _explain_mark),
    ("node content", _explain_node_content),
    ("directive", _explain_node_content),
    ("<document start>", _explain_second_document),
    (
        "expected key",
        lambda scene: _explain_stray(scene.lines, scene.at, scene.column, scene.last_scalar),
    ),
    (
        "'-' indicator",
        lambda scene: _explain_stray(scene.lines, scene.at, scene.column, scene.last_scalar),
    ),
)
"""libyaml's words, in the order in which they are looked for, and who explains them."""
