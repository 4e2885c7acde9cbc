"""A file's text against the model: pydantic's complaints become findings in our own words.

The model's own values raise errors with a code of the catalogue (`hopdocs.model.scalars.values`); what is left are the
shapes: unknown, missing and empty keys, a list where a text belongs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from hopdocs.diagnostics import Finding
from hopdocs.model.scalars.values import shorten
from hopdocs.sources.vocabulary import find_home, keys_of, model_at, suggest_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from hopdocs.diagnostics import DataPath
    from hopdocs.sources.yaml.yaml_text import ParsedYaml, Tree

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Validated(Generic[Model]):
    """The model, or None with what stands against it."""

    value: Model | None
    findings: tuple[Finding, ...]


def validate_tree(model: type[Model], source: ParsedYaml) -> Validated[Model]:
    """The typed data, or every fault in them.

    Where lines could not be read, a missing key says nothing.
    """
    tree = source.tree
    strangers = tuple(_find_empty_strangers(model, tree, ())) if source.has_empty else ()
    try:
        value = model.model_validate(tree, by_alias=True, by_name=False)
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
    else:
        return Validated(None if strangers else value, strangers)
    cut = {at for error in errors if (at := _cut_sentence(error, model)) is not None}
    findings = [*strangers]
    findings += [Finding("HD125", at, {"text": _as_sentence(_value_at(tree, at))}) for at in sorted(cut, key=str)]
    for error in errors:
        at = _path_of(error)
        if at in cut or at[:-1] in cut:
            continue
        finding = _explain(error, at, model, tree)
        if finding.code not in _ABSENCES or not source.has_lost(at):
            findings.append(finding)
    findings = _gather_flattened(findings, tree, model)
    slipped = {item.at for item in findings if item.code == "HD124"}
    findings = [item for item in findings if item.code != "HD143" or item.at not in slipped]
    meant = {(*item.at[:-1], item.params["suggestion"]) for item in findings if item.code == "HD121"}
    return Validated(None, tuple(item for item in findings if item.code != "HD122" or item.at not in meant))


_ABSENCES = frozenset({"HD122", "HD123"})


def _find_empty_strangers(root: type[BaseModel], tree: Tree, at: DataPath) -> Iterator[Finding]:
    """Unknown keys without a value: the model drops every empty key before it looks at their names."""
    here = model_at(root, at)
    known = keys_of(here) if here is not None else None
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in entries:
        if value is None and known is not None and key not in known:
            yield _explain_unknown((*at, key), root)
        yield from _find_empty_strangers(root, value, (*at, key))


def _path_of(error: ErrorDetails) -> DataPath:
    """The place of an error without pydantic's own mark for a mapping's key."""
    return tuple(step for step in error["loc"] if step != "[key]")


def _explain(error: ErrorDetails, at: DataPath, root: type[BaseModel], tree: dict[str, Tree]) -> Finding:
    kind, found = error["type"], error["input"]
    if kind == "extra_forbidden":
        return _explain_unknown(at, root)
    if kind == "missing":
        return _explain_missing(at, tree)
    if found is None:
        return Finding("HD123", at, {"key": _key_name(at)}, on_key=True)
    if (wanted := _WANTED.get(kind)) is not None:
        return _explain_slipped(at, found, root) or _wrong_shape(at, found, root, wants=wanted)
    params = {name: str(value) for name, value in (error.get("ctx") or {}).items()}
    if kind.startswith("HD"):
        return Finding(kind, at, {"key": _key_name(at)} | params, on_key="[key]" in error["loc"])
    return Finding("HD128", at, {"key": _key_name(at), "value": shorten(str(found))})


_WANTED = {
    "HD120": "text",
    "tuple_type": "list",
    "list_type": "list",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "dict_type": "mapping",
}


def _explain_unknown(at: DataPath, root: type[BaseModel]) -> Finding:
    """An unknown key: the near one, the place it belongs to, that it is no key at all, or those that exist here."""
    key = str(at[-1])
    here = model_at(root, at[:-1])
    params = {"key": shorten(key)}
    if here is not None and (meant := suggest_key(here, key)):
        return Finding("HD121", at, params | {"suggestion": meant}, on_key=True)
    if home := find_home(root, key):
        return Finding("HD124", at, params | {"home": home}, on_key=True)
    if " " in key:  # a sentence that goes on from the line above, with a colon in it
        return Finding("HD116", at, {"text": shorten(f"{key}: …")}, on_key=True)
    choices = ", ".join(keys_of(here)) if here is not None else ""
    return Finding("HD126", at, params | {"choices": choices}, on_key=True)


def _explain_slipped(at: DataPath, found: object, root: type[BaseModel]) -> Finding | None:
    """A key that stands beside the entry it belongs to, in a mapping of entries: `sami: {…}` and `attends: ja`."""
    entry = model_at(root, at) if isinstance(found, str) and at and isinstance(at[-1], str) else None
    if entry is None or model_at(root, at[:-1]) is not None or at[-1] not in keys_of(entry):
        return None
    home = ".".join(str(step) for step in at[:-1] if isinstance(step, str))
    return Finding("HD124", at, {"key": str(at[-1]), "home": home}, on_key=True)


def _explain_missing(at: DataPath, tree: dict[str, Tree]) -> Finding:
    """A key that is not there, or one that stands without a value."""
    holder = _value_at(tree, at[:-1])
    key = str(at[-1])
    if isinstance(holder, dict) and key in holder:
        return Finding("HD123", at, {"key": key}, on_key=True)
    return Finding("HD122", at, {"key": key})


def _gather_flattened(findings: list[Finding], tree: dict[str, Tree], root: type[BaseModel]) -> list[Finding]:
    """Keys that stand as far in as the name above them became names of their own: told once, at that name."""
    parents = {item.at[:-1] for item in findings if item.code in ("HD124", "HD182") and len(item.at) > 1}
    heads: dict[DataPath, DataPath] = {}
    for parent in parents:
        holder = _value_at(tree, parent)
        empty = [key for key, value in holder.items() if value is None] if isinstance(holder, dict) else []
        if empty and model_at(root, parent) is None:
            heads[parent] = (*parent, empty[0])
    gathered = [Finding("HD194", head, {"key": _key_name(head)}, on_key=True) for head in heads.values()]
    for item in findings:
        holder_at = next((at for at in heads if item.at[: len(at)] == at), None)
        if holder_at is None or item.code not in _OF_FLATTENED:
            gathered.append(item)
    return gathered


_OF_FLATTENED = frozenset({"HD123", "HD124", "HD143", "HD182", "HD183"})

_SHAPES = {
    ("text", "mapping"): "HD120",
    ("text", "list"): "HD129",
    ("list", "text"): "HD180",
    ("list", "mapping"): "HD181",
    ("mapping", "text"): "HD182",
    ("mapping", "list"): "HD183",
}


def _wrong_shape(at: DataPath, found: Any, root: type[BaseModel], wants: str) -> Finding:
    shape = "mapping" if isinstance(found, dict) else "list" if isinstance(found, (list, tuple)) else "text"
    if (wants, shape) == ("list", "text") and model_at(root, (*at, 0)) is not None:
        shape = "mapping"  # a list of entries: brackets around the word would not make it one
    listed = shorten(str(found).strip("()").replace(" og ", ", ") if wants == "list" else str(found))
    params = {"key": _key_name(at), "value": listed if shape == "text" else ""}
    return Finding(_SHAPES.get((wants, shape), "HD128"), at, params)


def _cut_sentence(error: ErrorDetails, root: type[BaseModel]) -> DataPath | None:
    """`- Mål: mere ro` in a list of sentences: YAML reads a key and a value. The path of such an entry."""
    at = _path_of(error)
    found = error["input"]
    if error["type"] == "HD120" and _is_sentence(found) and at and isinstance(at[-1], int):
        return at
    if error["type"] != "extra_forbidden" or len(at) < 2 or not isinstance(at[-2], int):  # noqa: PLR2004 - list and key
        return None
    here = model_at(root, at[:-1])
    takes_text = here is not None and "point" in keys_of(here) and len(keys_of(here)) <= 3  # noqa: PLR2004 - see below
    return at[:-1] if takes_text and not suggest_key(here, str(at[-1])) else None  # type: ignore[arg-type]


def _is_sentence(found: Any) -> bool:
    return isinstance(found, dict) and len(found) == 1 and all(isinstance(item, str) for item in found.values())


def _as_sentence(found: Tree) -> str:
    if not isinstance(found, dict):
        return ""
    return shorten("; ".join(f"{key}: {value}" for key, value in found.items()))


def _value_at(tree: Tree, at: DataPath) -> Tree:
    here: Tree = tree
    for step in at:
        if isinstance(here, dict) and isinstance(step, str):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            return None
    return here


def _key_name(at: DataPath) -> str:
    """The nearest key of a path: what the reader sees on the left of the colon."""
    return next((step for step in reversed(at) if isinstance(step, str)), "")
