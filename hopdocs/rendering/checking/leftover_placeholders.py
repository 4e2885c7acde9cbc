"""What would leave a template unfilled: template language where none is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.rendering.faults import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.rendering.docx.zip_member import ZipMember

_LANGUAGE: Final = re.compile(r"{{[^{}]{1,200}}}|{%[^{}]{1,200}%}")
_TAG: Final = re.compile(r"<[^>]+>")


def find_unfilled(template: str, members: Iterable[ZipMember]) -> list[Diagnostic]:
    """Template language in endnotes, charts, links' targets and so on, which are not filled in."""
    return [
        _warn("HD324", template, member.name, excerpt(match[0]))
        for member in members
        for match in _LANGUAGE.finditer(_read_text(member))
    ]


def _read_text(member: ZipMember) -> str:
    text = member.data.decode("utf-8", "replace")
    if member.name.endswith(".xml"):
        return _TAG.sub("", text)
    if member.name.endswith(".rels"):  # Word writes the braces of a link's target as %7B
        return unquote(text)
    return ""


def _warn(code: str, template: str, place: str, what: str) -> Diagnostic:
    return Diagnostic(template, 0, 0, code, {"what": what}, Severity.WARNING, Blocks.NOTHING, place=place)
