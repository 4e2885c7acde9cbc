"""What every entry of a YAML file has in common."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from hopdocs.model.scalars.moments import split_span
from hopdocs.model.scalars.values import Text, reject, shorten

__all__ = ["Entry", "TimedEntry", "Visibility", "keyed"]


class Entry(BaseModel):
    """A mapping in a YAML file: frozen, closed to unknown keys. A key without a value counts as not written."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty_keys(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: item for name, item in value.items() if item is not None and item != ""}
        return value


class TimedEntry(Entry):
    """Something with `start` and `end`: both may stand in one line, `start: 14.00-15.00`."""

    @model_validator(mode="before")
    @classmethod
    def _split_span(cls, value: Any) -> Any:
        start = value.get("start") if isinstance(value, dict) else None
        span = split_span(start) if isinstance(start, str) else None
        if span is None or value.get("end"):
            return value
        return {**value, "start": span[0], "end": span[1]}


def keyed(title: str, description: str = "", *, alias: str | None = None, default: Any = ...) -> Any:
    """A field with its Danish title and description for the editor. Without `default` it must be written."""
    return Field(default, title=title, description=description, alias=alias)


def _read_visibility(value: Any) -> Any:
    if isinstance(value, str):
        if value.strip().lower() in ("all", "alle"):
            return ("all",)
        reject("HD148", value=shorten(value))
    return value


Visibility = Annotated[
    tuple[Text, ...],
    BeforeValidator(_read_visibility, json_schema_input_type=Literal["all", "alle"] | list[str]),
]
"""Who may see one entry: `all`, or member keys and area codes."""
