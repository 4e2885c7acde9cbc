"""What would leave a template unfilled: template language where none is read, and fields that ask a clock."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.rendering.faults import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.rendering.member import Member

_LANGUAGE: Final = re.compile(r"{{[^{}]{1,200}}}|{%[^{}]{1,200}%}")
_TAG: Final = re.compile(r"<[^>]+>")
_CLOCK_FIELD: Final = re.compile(r'(?:<w:instrText\b[^>]*>|\bw:instr=")\s*(DATE|TIME|SAVEDATE|PRINTDATE)\b')


def find_unfilled(template: str, members: Iterable[Member]) -> list[Diagnostic]:
    """Template language in comments, endnotes, charts and so on, which are not filled in."""
    texts = [
        (member.name, member.data.decode("utf-8", "replace")) for member in members if member.name.endswith(".xml")
    ]
    return [
        _warn("HD324", template, place, excerpt(match[0]))
        for place, xml in texts
        for match in _LANGUAGE.finditer(_TAG.sub("", xml))
    ]


def find_clock_fields(template: str, texts: Iterable[tuple[str, str]]) -> list[Diagnostic]:
    """Fields that whoever opens the file works out anew: the letter would bear another day each time it is read."""
    return [_warn("HD326", template, place, match[1]) for place, xml in texts for match in _CLOCK_FIELD.finditer(xml)]


def _warn(code: str, template: str, place: str, what: str) -> Diagnostic:
    return Diagnostic(template, 0, 0, code, {"what": what}, Severity.WARNING, Blocks.NOTHING, place=place)
