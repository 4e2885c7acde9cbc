"""A key that people may write has an effect: something outside the model reads it, or it says here what will.

By name, over all of hopdocs: a field whose name another class's field shares counts as read with it.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import hopdocs
from hopdocs import model
from hopdocs.model import project
from hopdocs.model.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE: Final = Path(hopdocs.__file__).parent
_IN_THE_FILES: Final = "is in the contract and people's files; read by what is to come"
_KEPT_FOR_THE_RECORD: Final = "kept in the family's file as a record, which people read"
_NOT_READ_YET: Final = {
    "ChildEntry.assessed": _KEPT_FOR_THE_RECORD,
    "ChildEntry.parents_agree": _KEPT_FOR_THE_RECORD,
}


def _entries() -> Iterator[type[Entry]]:
    """Every class of the model; `project.yaml` is checked when it is written, and read by what is to come."""
    for found in pkgutil.iter_modules(model.__path__, "hopdocs.model."):
        module = importlib.import_module(found.name)
        if module is not project:
            for _, kind in inspect.getmembers(module, inspect.isclass):
                if issubclass(kind, Entry) and kind.__module__ == found.name and kind is not Entry:
                    yield kind


def _names_read() -> set[str]:
    trees = (ast.parse(path.read_text("utf-8")) for path in _PACKAGE.rglob("*.py"))
    return {
        node.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }


def test_every_key_that_people_may_write_is_read_or_says_why_not() -> None:
    read = _names_read()
    unread = {f"{kind.__name__}.{key}" for kind in _entries() for key in kind.model_fields if key not in read}
    assert unread == set(_NOT_READ_YET)
