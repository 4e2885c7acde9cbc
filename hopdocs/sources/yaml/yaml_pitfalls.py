"""What YAML reads without a complaint and nobody meant: texts cut by a comma or a `#`, keys that stand twice.

Each trap has a message of its own, since the line looks right to whoever wrote it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import yaml

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.sources.yaml.decoding import LINE_BREAK
from hopdocs.sources.yaml.indentation import BULLET
from hopdocs.sources.yaml.libyaml import ENDS, OPENINGS, YamlEvent, walk_events

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_FAULTS: Final = 100
"""More faults than this in one file are not told; nobody reads so many."""

_SURE_BULLETS: Final = "•▪◦‣●○"
"""A dash or a dot may begin a line in the middle of a sentence; these do not."""
_SHOWN: Final = 50
_MOST_CUT: Final = 400


def diagnose_event(event: YamlEvent, path: str, code: str, params: dict[str, str], length: int = 0) -> Diagnostic:
    """A fault at one event, its length in the event's own line unless told."""
    start, end = event.start_mark, event.end_mark
    width = length or (end.column - start.column if end.line == start.line else 1)
    return Diagnostic(path, start.line + 1, start.column + 1, code, params, length=max(1, width))


def refuse_conveniences(event: YamlEvent, path: str, faults: list[Diagnostic]) -> None:
    """Anchors, aliases and tags: nobody here means them, and text that begins with `&`, `*`, `!` becomes one."""
    if len(faults) >= MOST_FAULTS:
        return
    if event.anchor is not None:
        mark = "*" if type(event) is yaml.AliasEvent else "&"
        word = f"{mark}{event.anchor}"
        faults.append(diagnose_event(event, path, "HD106", {"mark": shorten(word)}, length=len(word)))
    tag = getattr(event, "tag", None)
    if tag is not None:
        word = tag.replace("tag:yaml.org,2002:", "!!")
        faults.append(diagnose_event(event, path, "HD107", {"tag": shorten(word)}, length=len(word)))


def find_duplicates(text: str, path: str) -> list[Diagnostic]:
    """Keys that stand twice in one mapping, both places told: YAML lets the second silently win."""
    found: list[Diagnostic] = []
    open_mappings: list[dict[str, int]] = []
    is_run = False
    for step, event in _walk_keys(text):
        if step == "open":
            open_mappings.append({})
            is_run = False
        elif step == "close":
            open_mappings.pop()
            is_run = False
        elif event.value in open_mappings[-1]:
            if is_run:  # a whole block that slid into another: its first key tells it
                continue
            is_run = True
            first = open_mappings[-1][event.value]
            found.append(diagnose_event(event, path, "HD109", {"key": shorten(event.value), "first_line": str(first)}))
            if len(found) == MOST_FAULTS:
                break
        else:
            is_run = False
            open_mappings[-1][event.value] = event.start_mark.line + 1
    return found


def _walk_keys(text: str) -> Iterator[tuple[str, YamlEvent]]:
    """Openings and ends of mappings, and their keys, in order."""
    waits_for_key: list[bool | None] = [None]
    for event in walk_events(text):
        kind = type(event)
        if kind in OPENINGS:
            is_mapping = kind is yaml.MappingStartEvent
            waits_for_key.append(True if is_mapping else None)
            if is_mapping:
                yield "open", event
            continue
        if kind in ENDS:
            waits_for_key.pop()
            if kind is yaml.MappingEndEvent:
                yield "close", event
        elif kind is yaml.ScalarEvent:
            if waits_for_key[-1]:
                yield "key", event
        elif kind is not yaml.AliasEvent:
            continue
        if waits_for_key[-1] is not None:
            waits_for_key[-1] = not waits_for_key[-1]


def stands_alone(key_event: YamlEvent, value: YamlEvent) -> bool:
    """Whether a key inside `{…}` has no colon at all: `{text: skole, arbejde}`."""
    if getattr(key_event, "style", "-"):
        return False
    return bool(value.start_mark.index == key_event.end_mark.index)


def report_cut(key_event: YamlEvent, holder: Any, path: str, faults: list[Diagnostic]) -> None:
    """A key without a value inside `{…}` is nearly always the end of a sentence, or the decimals of a number.

    `holder` is the mapping read so far.
    """
    if len(faults) >= MOST_FAULTS:
        return
    rest = key_event.value
    name, before = next(reversed(holder.items()), ("", None))
    glued, colon, _ = rest.partition(":")
    if colon and glued and " " not in glued:
        column = key_event.start_mark.column + len(glued)
        faults.append(Diagnostic(path, key_event.start_mark.line + 1, column + 1, "HD172", {"key": shorten(glued)}))
    elif not isinstance(before, str):
        faults.append(diagnose_event(key_event, path, "HD171", {"key": _first_word(rest), "text": shorten(rest)}))
    elif before.isdecimal() and rest.isdecimal():
        params = {"key": shorten(name), "rest": shorten(rest), "text": f"{before},{rest}"}
        faults.append(diagnose_event(key_event, path, "HD113", params))
    elif not _lengthen_cut(key_event, name, faults):
        params = {"key": shorten(name), "rest": shorten(rest), "text": shorten(f"{before}, {rest}")}
        faults.append(diagnose_event(key_event, path, "HD114", params))


def _first_word(text: str) -> str:
    """What was meant as the key in `name= Lina` or `name; Lina`, else all of it."""
    word = re.match(r"([\w-]+) ?[=;]", text)
    return word[1] if word else shorten(text)


def _lengthen_cut(key_event: YamlEvent, name: str, faults: list[Diagnostic]) -> bool:
    """A sentence with two commas is one fault: the second piece joins the first."""
    last = faults[-1] if faults else None
    start, end = key_event.start_mark, key_event.end_mark
    if last is None or (last.code, last.line, last.params.get("key")) != ("HD114", start.line + 1, shorten(name)):
        return False
    params = {part: shorten(f"{last.params[part]}, {key_event.value}") for part in ("rest", "text")}
    faults[-1] = replace(last, params={**last.params, **params}, length=end.column + 1 - last.column)
    return True


def check_folded(text: str, event: YamlEvent, key: str | None, path: str, faults: list[Diagnostic]) -> None:
    """Lines that begin with a dash or a bullet, and are read on as text of the line above.

    In a list (`key` is None) the next entry stands too far in: `a - b`. Below a key with text it may be meant as
    one text, but its lines are joined: a warning.
    """
    written = LINE_BREAK.split(text[event.start_mark.index : event.end_mark.index])
    first = event.start_mark.line + 1
    if key is not None and (bullet := _find_bullet(written)) is not None:
        number, mark, column = bullet
        params = {"bullet": mark, "key": shorten(key), "expected": str(column)}
        place = Diagnostic(path, first + number, column + 1, "HD199", params)
        faults.append(replace(place, severity=Severity.WARNING, blocks=Blocks.NOTHING))
        return
    dash = "-" if key is None else "- "
    found = next(((number, line) for number, line in enumerate(written[1:], 1) if line.lstrip().startswith(dash)), None)
    if found is None:
        return
    column = len(found[1]) - len(found[1].lstrip())
    where = Diagnostic(path, first + found[0], column + 1, "HD173")
    if key is None and not found[1].lstrip().startswith("- "):
        params = {"text": shorten(found[1].strip()[1:])}
        faults.append(replace(where, code="HD192", params=params))
    elif key is None:
        params = {"found": str(column), "expected": str(max(0, event.start_mark.column - 2)), "above": str(first)}
        faults.append(replace(where, params=params))
    else:
        params = {"key": shorten(key)}
        faults.append(replace(where, code="HD191", params=params, severity=Severity.WARNING, blocks=Blocks.NOTHING))


def _find_bullet(written: list[str]) -> tuple[int, str, int] | None:
    """The first line of a folded text that is a pasted list's: its number, its bullet and where that stands."""
    is_list = BULLET.match(written[0]) is not None
    for number, line in enumerate(written[1:], 1):
        found = BULLET.match(line)
        if found is not None and (is_list or found["bullet"] in _SURE_BULLETS):
            return number, found["bullet"], found.start("bullet")
    return None


def warn_of_hidden_text(text: str, path: str, starts: list[int]) -> list[Diagnostic]:
    """`Lokale #4`: what follows ` #` is a comment to YAML. A comment proper has a space after its mark.

    `starts` are the indexes of the `#` in question; only those right behind an unquoted value count.
    """
    ends: dict[int, YamlEvent] = {}
    for event in walk_events(text):
        kind = type(event)
        is_after_key = kind is yaml.ScalarEvent and text[event.start_mark.index - 1 : event.start_mark.index] == ":"
        if kind is yaml.ScalarEvent and not event.style and (event.value or is_after_key):
            ends[event.end_mark.index] = event
    found = []
    for start in starts:
        if start - 1 not in ends:
            continue
        event = ends[start - 1]
        cut = LINE_BREAK.split(text[start : start + _MOST_CUT], maxsplit=1)[0].rstrip()
        line, column = event.end_mark.line + 1, event.end_mark.column + 2
        whole = f"{event.value} {cut}".strip()
        params = {"text": shorten(cut), "whole": shorten(whole)}
        found.append(Diagnostic(path, line, column, "HD115", params, Severity.WARNING, Blocks.NOTHING, length=len(cut)))
    return found


def shorten(text: str) -> str:
    """The start of a text, on one line, fit for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
