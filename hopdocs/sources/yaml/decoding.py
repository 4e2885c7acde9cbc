"""A file's bytes become text that the YAML parser can read, and what is wrong before YAML begins.

What editors and copying leave behind: another encoding, control characters, marks of an unfinished git merge,
spaces that are none. Each is reported and smoothed over, so that the parser can still find what else is wrong.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from hopdocs.diagnostics import Diagnostic
from hopdocs.sources.file_sizes import LARGEST_SOURCE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""The line breaks of YAML 1.1, which libyaml counts; `str.splitlines` knows others."""

_UNREADABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNREADABLE_RUN: Final = re.compile(f"(?:{_UNREADABLE.pattern})+")
_CONTROLS: Final = bytes(sorted({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D}))
_FALSE_SPACE: Final = re.compile(
    "^[ ]*[\xa0\u2000-\u200a\u202f][ \xa0\u2000-\u200a\u202f]*|^[ ]*(?:- )?[\\w-]+:[\xa0\u2000-\u200a\u202f]",
    re.MULTILINE,
)
_NO_SPACE: Final = re.compile("[\xa0\u2000-\u200a\u202f]")
_FALSE_SPACE_LEADS: Final = (b"\xc2\xa0", b"\xe2\x80", b"\xe2\x81", b"\xef\xbb\xbf")
_INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
"""Marks without a width that come along from chats, mails and phone books. They say nothing, and a name or number that
holds one is not the one that it looks like; those that turn the reading direction may make a line look like another.
"""
_INVISIBLE_LEADS: Final = (
    b"\xe2\x80\x8b",
    b"\xe2\x80\xaa",
    b"\xe2\x80\xac",
    b"\xe2\x80\xad",
    b"\xe2\x80\xae",
    b"\xe2\x81",
    b"\xef\xbb\xbf",
)
_COMBINING_LEADS: Final = (b"\xcc", b"\xcd")
_LATER_BYTES: Final = re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", errors="ignore"))
_GARBLED: Final = re.compile(f"\ufffd|[ÂÃ][{_LATER_BYTES}]|â€[{_LATER_BYTES}]?")
"""What is left of a letter once a program has opened a file in another encoding than it is in, and saved it so."""
_GARBLED_LEADS: Final = (b"\xef\xbf\xbd", b"\xc3\x82", b"\xc3\x83", "â€".encode())
_OTHER_FORMATS: Final = {
    b"{\\rtf": "RTF",
    b"PK\x03\x04": ".docx, .odt",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ".doc",
    b"%PDF-": "PDF",
}
"""How files of other programs begin."""
_WIDE: Final = re.compile(rb"(?:[^\x00]\x00){4}|(?:\x00[^\x00]){4}")
"""How a text of two bytes a letter begins that has no mark which says so."""
_CONFLICT: Final = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?= |\r?$)", re.MULTILINE)
_MOST_OF_A_KIND: Final = 20


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text to parse (`None`: there is none), the same lines as they are shown, and the faults found so far."""

    text: str | None
    shown: str
    diagnostics: tuple[Diagnostic, ...]


def decode_text(data: bytes, path: str) -> DecodedText:
    """Text from bytes: UTF-8 (with or without the mark that Windows' Notepad writes), at most 256 KiB."""
    whole_file = Diagnostic(path, 0, 0, "HD102")
    if (other := _find_other_kind(data, path)) is not None:
        return DecodedText(None, "", (other,))
    if len(data) > LARGEST_SOURCE_BYTES:
        return DecodedText(None, "", (replace(whole_file, params={"most_kib": str(LARGEST_SOURCE_BYTES // 1024)}),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return _report_encoding(data, path, fault)
    if not text.strip():
        return DecodedText(None, text, (replace(whole_file, code="HD103"),))
    if any(lead in data for lead in (*_COMBINING_LEADS, *_INVISIBLE_LEADS)):
        text = smooth_text(text)
    faults: list[Diagnostic] = []
    if _may_hold_controls(data):
        faults += _find_unreadable(text, path)
        text = _UNREADABLE.sub(" ", text) if faults else text
    if any(lead in data for lead in _FALSE_SPACE_LEADS):
        faults += _find_false_spaces(text, path)
    if any(lead in data for lead in _GARBLED_LEADS):
        faults += _find_garbled(text, path)
    parsed = _FALSE_SPACE.sub(lambda match: _NO_SPACE.sub(" ", match.group()), text) if faults else text
    if _CONFLICT.search(text):
        faults += _find_conflicts(text, path)
        parsed = _blank_conflicts(parsed)
    return DecodedText(parsed, text, tuple(faults))


def _find_other_kind(data: bytes, path: str) -> Diagnostic | None:
    """A file that is another program's, or of two bytes a letter, as a whole."""
    for beginning, name in _OTHER_FORMATS.items():
        if data.startswith(beginning):
            return Diagnostic(path, 0, 0, "HD500", {"format": name})
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _WIDE.match(data):
        return Diagnostic(path, 0, 0, "HD101", {"guess": "UTF-16"})
    return None


def smooth_text(text: str) -> str:
    """The text that is read for what was typed: a Mac may store å as an a and a ring, and marks come along unseen."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def _may_hold_controls(data: bytes) -> bool:
    """A quick look at the bytes, which spares nearly every file the thorough one."""
    return b"\xc2" in data or b"\xef\xbf" in data or len(data.translate(None, _CONTROLS)) != len(data)


def _report_encoding(data: bytes, path: str, fault: UnicodeDecodeError) -> DecodedText:
    """The first byte that is no UTF-8, with what it would be in Windows' old Danish encoding."""
    before = data[: fault.start].decode("utf-8-sig", errors="replace")
    line, column = _position(before, len(before))
    meant = data[fault.start : fault.start + 1].decode("cp1252", errors="replace")
    shown = data.decode("cp1252", errors="replace")
    params = {"guess": "Windows-1252", "meant": meant}
    return DecodedText(None, _UNREADABLE.sub(" ", shown), (Diagnostic(path, line, column, "HD101", params),))


def _find_unreadable(text: str, path: str) -> Iterator[Diagnostic]:
    for match in islice(_UNREADABLE_RUN.finditer(text), _MOST_OF_A_KIND):
        line, column = _position(text, match.start())
        yield Diagnostic(path, line, column, "HD111", {"character": f"U+{ord(match.group()[0]):04X}"})


def _find_garbled(text: str, path: str) -> list[Diagnostic]:
    """The first of each line: in a file that was saved so, every one of its Danish letters is spoilt."""
    found: list[Diagnostic] = []
    told_until = 0
    for match in _GARBLED.finditer(text):
        if match.start() < told_until:
            continue
        line, column = _position(text, match.start())
        found.append(Diagnostic(path, line, column, "HD100", {"text": match.group()}, length=len(match.group())))
        line_break = LINE_BREAK.search(text, match.end())
        if line_break is None or len(found) == _MOST_OF_A_KIND:
            break
        told_until = line_break.end()
    return found


def _find_false_spaces(text: str, path: str) -> list[Diagnostic]:
    """Spaces that look like one and are not, where YAML needs a true one: they come with text from Word or mail."""
    found = []
    for match in islice(_FALSE_SPACE.finditer(text), _MOST_OF_A_KIND):
        first = next(_NO_SPACE.finditer(text, match.start()))
        line, column = _position(text, first.start())
        found.append(Diagnostic(path, line, column, "HD174", {"character": f"U+{ord(first.group()):04X}"}))
    return found


def _find_conflicts(text: str, path: str) -> list[Diagnostic]:
    """One fault a conflict, at its first mark; marks that stand alone each their own."""
    found: list[Diagnostic] = []
    is_open = False
    for match in _CONFLICT.finditer(text):
        mark = match.group(1)
        if not is_open or mark.startswith("<"):
            line, column = _position(text, match.start())
            found.append(Diagnostic(path, line, column, "HD110", {"mark": mark}, length=len(mark)))
            if len(found) == _MOST_OF_A_KIND:
                break
        is_open = not mark.startswith(">") and (is_open or mark.startswith("<"))
    return found


def _blank_conflicts(text: str) -> str:
    """Both sides of a conflict taken out, line by line: neither is known to be right."""
    is_open = False
    kept = []
    for line in text.split("\n"):
        mark = _CONFLICT.match(line)
        if mark and mark.group(1).startswith("<"):
            is_open = True
        kept.append("" if is_open or mark else line)
        if mark and mark.group(1).startswith(">"):
            is_open = False
    if is_open:  # an opening mark alone: what follows may be all right
        kept = ["" if _CONFLICT.match(line) else line for line in text.split("\n")]
    return "\n".join(kept)


def _position(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at `index`."""
    breaks = [match.end() for match in LINE_BREAK.finditer(text, 0, index)]
    return len(breaks) + 1, index - (breaks[-1] if breaks else 0) + 1
