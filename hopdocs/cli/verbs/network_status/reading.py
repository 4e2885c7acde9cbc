"""Reads other municipalities' exports: all of one or nothing of it, and what of it has no meaning here."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.documents.kinds.project.reports.network import MunicipalityCourses
from hopdocs.exports.table import SCHEMA
from hopdocs.figures.course import CourseFigures
from hopdocs.sources.file_sizes import LARGEST_TABLE_BYTES
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from hopdocs.model.config import Config


_MOST_NAMED: Final = 5


class _UnusableError(Exception):
    """It is no such export."""


def read_exports(paths: Iterable[Path], config: Config) -> tuple[list[MunicipalityCourses], list[Diagnostic]]:
    """What can be used of them, and what is wrong with the rest. A municipality counts once."""
    found: dict[str, MunicipalityCourses] = {}
    faults: list[Diagnostic] = []
    for path in paths:
        try:
            item = _read(path)
        except (_UnusableError, UnreadableFile, OSError) as err:
            detail = str(err) if isinstance(err, _UnusableError) else ""
            faults.append(_fault("HD880", path, Severity.ERROR, detail=detail))
            continue
        if item.name in found:
            faults.append(_fault("HD881", path, Severity.ERROR, municipality=item.name))
            continue
        found[item.name] = item
        unknown = sorted(_unknown_keys(item, config))
        if unknown:
            faults.append(_fault("HD882", path, Severity.WARNING, keys=", ".join(unknown[:_MOST_NAMED])))
    return list(found.values()), faults


def _read(path: Path) -> MunicipalityCourses:
    try:
        raw = json.loads(read_source(path, LARGEST_TABLE_BYTES))
        if not isinstance(raw, dict) or raw.get("export") != "figures":
            raise _UnusableError("export")
        if raw.get("schema") != SCHEMA:
            raise _UnusableError(f"schema {raw.get('schema')}")
        return _courses_of(raw)
    except ValidationError as err:
        where = err.errors()[0]["loc"]
        raise _UnusableError(".".join(map(str, where))) from err
    except (ValueError, KeyError, TypeError) as err:
        raise _UnusableError(type(err).__name__) from err


def _courses_of(raw: dict[str, Any]) -> MunicipalityCourses:
    name, courses = raw["municipality"], raw["courses"]
    if not isinstance(name, str) or not name or not isinstance(courses, list):
        raise _UnusableError("municipality")
    # Two municipalities may have the same numbers for their courses: each course is one here.
    rows = (CourseFigures.from_json({**row, "family": f"{name} {row['family']}"}) for row in courses)
    return MunicipalityCourses(name=name, until=date.fromisoformat(raw["as_of"]), courses=tuple(rows))


def _unknown_keys(item: MunicipalityCourses, config: Config) -> Iterator[str]:
    keys = {line.indicator for course in item.courses for line in course.measured}
    return (key for key in keys if config.catalogue.find(key) is None)


def _fault(code: str, path: Path, severity: Severity, **params: str) -> Diagnostic:
    return Diagnostic(path.name, 0, 0, code, params, severity, Blocks.NOTHING)
