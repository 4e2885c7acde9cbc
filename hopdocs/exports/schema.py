"""The JSON Schema of `hopdocs export … --format json`, for whoever reads it in another place."""

from __future__ import annotations

from typing import Any, Final

from pydantic import TypeAdapter

from hopdocs.exports.table import SCHEMA
from hopdocs.figures.course import CourseFigures

_DAY: Final = {"type": "string", "format": "date"}
_CELL: Final = {"type": ["string", "number", "boolean", "null"]}


def export_schema() -> dict[str, Any]:
    """Courses in full; tables as rows, whose keys docs/export.md lists."""
    course = TypeAdapter(CourseFigures).json_schema(mode="serialization", ref_template="#/$defs/{model}")
    shared = {"schema": {"const": SCHEMA}, "municipality": {"type": "string"}, "as_of": _DAY}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hopdocs export",
        "$defs": {**course.pop("$defs"), "CourseFigures": course},
        "oneOf": [
            {
                "type": "object",
                "properties": {
                    "export": {"const": "figures"},
                    **shared,
                    "publishable": {"type": "boolean"},
                    "areas": {"type": "object", "additionalProperties": {"type": "string"}},
                    "indicators": {"type": "array", "items": {"type": "object", "required": ["key", "label", "unit"]}},
                    "courses": {"type": "array", "items": {"$ref": "#/$defs/CourseFigures"}},
                },
                "required": ["export", "schema", "municipality", "as_of", "publishable", "areas", "courses"],
            },
            {
                "type": "object",
                "properties": {
                    "export": {"enum": ["costs", "deadlines", "meetings"]},
                    **shared,
                    "rows": {"type": "array", "items": {"type": "object", "additionalProperties": _CELL}},
                },
                "required": ["export", "schema", "municipality", "as_of", "rows"],
            },
        ],
    }
