"""An extract that the municipality's systems gave: opened, and its form found out from its beginning.

A spreadsheet becomes such a file too, in memory alone (`memfd_create`): written to a temporary file, people's numbers
would stand on the disk.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.candidates.columns import recognise_columns
from hopdocs.catalogue.masking import mask_counted_cpr_shapes
from hopdocs.errors import EnvironmentFault
from hopdocs.plain_files import open_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from hopdocs.candidates.columns import Column

_LOOKED_AT: Final = 1 << 20
_DELIMITERS: Final = ";\t,|"
_SPREADSHEETS: Final = frozenset({".xlsx", ".xlsm", ".ods"})


@dataclass(frozen=True, slots=True)
class Extract:
    """One file, open, as the engine reads it."""

    name: str
    descriptor: int
    encoding: str
    """"utf-8", "utf-16" or "latin-1"."""
    delimiter: str
    width: int
    """How many columns the head has."""
    columns: Mapping[Column, int]
    head_lines: int = 1
    """More, where a cell of the head holds line breaks."""
    has_quotes: bool = False
    """Whether a cell may hold what else parts cells and rows."""
    is_spreadsheet: bool = False

    @property
    def path(self) -> str:
        """A name that the engine can open it by: never the file's own, whose signs may mean many files."""
        return f"/dev/fd/{self.descriptor}"


@contextmanager
def open_extract(path: Path, named: Mapping[Column, str]) -> Iterator[Extract]:
    """A file with its form. An `EnvironmentFault` if it cannot be read, or is no table."""
    is_spreadsheet = path.suffix.lower() in _SPREADSHEETS
    try:
        descriptor = _copy_of_spreadsheet(path) if is_spreadsheet else open_plain(path)
    except OSError as err:
        raise EnvironmentFault(
            "HD890", path=mask_counted_cpr_shapes(path.name), detail=err.strerror or str(err)
        ) from err
    try:
        yield _look_at(mask_counted_cpr_shapes(path.name), descriptor, named, is_spreadsheet=is_spreadsheet)
    finally:
        os.close(descriptor)


def _look_at(name: str, descriptor: int, named: Mapping[Column, str], *, is_spreadsheet: bool) -> Extract:
    beginning = os.pread(descriptor, _LOOKED_AT, 0)
    encoding = _encoding_of(beginning)
    text = beginning.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace").lstrip("\ufeff")
    delimiter, heads, head_lines = max((_heads_of(text, mark) for mark in _DELIMITERS), key=lambda it: len(it[1]))
    columns = recognise_columns(heads, named)
    has_quotes = not is_spreadsheet and _has_quotes(descriptor)
    return Extract(name, descriptor, encoding, delimiter, len(heads), columns, head_lines, has_quotes, is_spreadsheet)


def _heads_of(text: str, delimiter: str) -> tuple[str, list[str], int]:
    """The first row as this sign parts it, and how many lines it has: a head's cell may hold line breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        heads = next(reader, [])
    except csv.Error:  # a quotation mark before more than a cell can hold
        heads = []
    return delimiter, heads, max(1, reader.line_num)


def _has_quotes(descriptor: int) -> bool:
    """Read block by block: a file mapped whole would count as memory."""
    place = 0
    while block := os.pread(descriptor, _LOOKED_AT, place):
        if b'"' in block:
            return True
        place += len(block)
    return False


def _encoding_of(beginning: bytes) -> str:
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        return "latin-1"  # Windows-1252 but for signs that no key, area or amount has
    return "utf-8"


def _copy_of_spreadsheet(path: Path) -> int:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - for spreadsheets alone

    descriptor = os.memfd_create("extract", os.MFD_CLOEXEC)
    try:
        with os.fdopen(open_plain(path), "rb") as file:
            sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
            with os.fdopen(os.dup(descriptor), "w", encoding="utf-8", newline="") as copy:
                csv.writer(copy).writerows(sheet.iter_rows())
    except CalamineError as err:
        os.close(descriptor)
        raise EnvironmentFault("HD890", path=mask_counted_cpr_shapes(path.name), detail=type(err).__name__) from err
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
