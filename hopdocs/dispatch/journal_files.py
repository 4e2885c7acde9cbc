"""The journal list on disk: `journal.csv` for people, `journal.json` for programs, and the files that they name.

Danish Excel splits columns at semicolons, reads UTF-8 only behind a mark, and takes a cell that begins with certain
signs for a formula; such a cell gets an apostrophe before it (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from hopdocs.freshness.laid_ready import JOURNAL_FILES, LaidFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.dispatch.journal import JournalRow
    from hopdocs.model.config import Config

CSV: Final = "journal.csv"
JSON: Final = "journal.json"
VERSION: Final = 1
_HEADS: Final = (
    "Sagsnummer",
    "KLE",
    "Titel",
    "Dato",
    "Retning",
    "Parter",
    "Fil",
    "SHA-256",
    "Udgave",
    "Status",
    "Forløb",
)
_FORMULA: Final = re.compile(r"\s*[=+\-@|\t\r\n]")


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row with its file, as it is listed."""

    row: JournalRow
    folder: str
    data: bytes

    @property
    def path(self) -> str:
        """Where the file lies beside the list."""
        return f"{JOURNAL_FILES}/{self.folder}/{PurePosixPath(self.row.file).name}"

    @property
    def digest(self) -> str:
        """The file's SHA-256."""
        return hashlib.sha256(self.data).hexdigest()


def compose_journal(rows: Sequence[ListedRow], config: Config) -> dict[str, LaidFile]:
    """Everything that belongs in the list's folder."""
    paths = _own_paths(rows)
    files = {path: LaidFile(item.data) for path, item in zip(paths, rows, strict=True)}
    shapes = [_shape(item, path, config) for path, item in zip(paths, rows, strict=True)]
    text = json.dumps({"version": VERSION, "rows": shapes}, ensure_ascii=False, indent=2) + "\n"
    return files | {JSON: LaidFile(text.encode()), CSV: LaidFile(_table(shapes))} if rows else {}


def _own_paths(rows: Sequence[ListedRow]) -> list[str]:
    """A path for each row: two documents of one name are two files, the same one listed twice is one."""
    taken: dict[str, str] = {}
    paths = []
    for item in rows:
        stem, dot, ending = item.path.rpartition(".")
        number, path = 1, item.path
        while taken.setdefault(path.casefold(), item.digest) != item.digest:
            number += 1
            path = f"{stem}-{number}{dot}{ending}"
        paths.append(path)
    return paths


def _shape(item: ListedRow, path: str, config: Config) -> dict[str, Any]:
    row, kle = item.row, config.records.kle
    return {
        "keys": list(row.keys),
        "family": row.family,
        "case_number": row.case_number or None,
        "kle": f"{kle.key} {kle.facet}" if kle is not None else None,
        "title": row.title,
        "date": row.day.isoformat(),
        "direction": row.direction,
        "parties": list(row.parties),
        "file": path,
        "sha256": item.digest,
        "edition": row.edition or None,
        "status": "kladde" if row.is_draft else "endelig",
    }


def _table(shapes: Sequence[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADS)
    names = (
        "case_number",
        "kle",
        "title",
        "date",
        "direction",
        "parties",
        "file",
        "sha256",
        "edition",
        "status",
        "family",
    )
    for shape in shapes:
        writer.writerow([safe_cell(shape[name]) for name in names])
    return "\ufeff".encode() + text.getvalue().encode()


def safe_cell(value: object) -> str:
    """A value as one cell of a table that no program takes for a formula."""
    text = ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def read_listed_keys(data: bytes) -> frozenset[str]:
    """What a list on disk names; a `ValueError` if it is none of ours."""
    shape: Any = json.loads(data)
    if not isinstance(shape, dict) or shape.get("version") != VERSION or not isinstance(shape.get("rows"), list):
        msg = "no journal list"
        raise ValueError(msg)
    return frozenset(str(key) for row in shape["rows"] if isinstance(row, dict) for key in row.get("keys", ()))
