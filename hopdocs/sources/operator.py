"""The operator's file beside `config.yaml`: which keys come from where, and which changes wait for a person.

Read like every other file, with the same faults at their lines. Its keys take the place of those in `config.yaml`,
where they then count for nothing, whoever wrote them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from hopdocs.diagnostics import Blocks, Diagnostic, Finding, Severity, has_errors
from hopdocs.model.operator import MACHINE_KEYS, MAIL_SETTINGS, Operator
from hopdocs.model.scalars.values import shorten
from hopdocs.sources.validation import validate_tree
from hopdocs.sources.yaml.placing import place_findings
from hopdocs.sources.yaml.yaml_text import ParsedYaml, Tree, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.diagnostics import DataPath

_MOST_KEPT: Final = 4
_OWN: Final = (*MACHINE_KEYS, *(("mail", name) for name in MAIL_SETTINGS))


@dataclass(frozen=True, slots=True)
class Machine:
    """What the machine says beside `config.yaml`.

    `path` is the operator's file as it is shown. `released` are the mail settings that a person has let count, as
    `write_mail_settings` gives them; '' where those of `config.yaml` count at once.
    """

    data: bytes
    path: str
    released: str = ""

    def as_bytes(self) -> bytes:
        """All of it, as one text that changes with each part."""
        return b"\0".join([b"", self.path.encode("utf-8", "surrogateescape"), self.data, self.released.encode()])


@dataclass(frozen=True, slots=True)
class OperatorSource:
    """What the operator's file holds; `operator` is None if an error stands in it."""

    operator: Operator | None
    source: ParsedYaml
    diagnostics: tuple[Diagnostic, ...]

    @property
    def follows_pushes(self) -> bool:
        """Whether others may change the workspace by pushing."""
        return self.operator is not None and self.operator.git is not None and self.operator.git.pull is not None

    def has(self, at: DataPath) -> bool:
        """Whether the value at a path of the configuration is this file's."""
        own = next((key for key in _OWN if at[: len(key)] == key), None)
        return own is not None and value_at(self.source.tree, own) is not None


@lru_cache(_MOST_KEPT)
def parse_operator(data: bytes, path: str) -> OperatorSource:
    """The operator's settings, and all that is wrong with them."""
    source = parse_yaml(data, path)
    validated = validate_tree(Operator, source)
    found = (*source.diagnostics, *place_findings(validated.findings, source))
    return OperatorSource(None if has_errors(list(found)) else validated.value, source, found)


def join_operator(tree: dict[str, Tree], operator: OperatorSource, released: str) -> dict[str, Tree]:
    """The configuration that counts: the operator's keys in place of the machine's, and released mail settings."""
    joined = {key: dict(value) if isinstance(value, dict) else value for key, value in tree.items()}
    for key in MACHINE_KEYS:
        _take_out(joined, key)
    mail = joined.get("mail")
    if operator.follows_pushes and released and isinstance(mail, dict):
        kept = json.loads(released)
        mail.update({name: kept.get(name) for name in MAIL_SETTINGS})
        if not kept or not (mail["from"] or operator.has(("mail", "from"))):
            del joined["mail"]  # none left from here when a person last looked, so none does before she looks again
            mail = None
    has_mail = isinstance(mail, dict) or operator.has(("mail", "from"))
    for key in _OWN:
        value = value_at(operator.source.tree, key)
        if value is not None and (key[0] != "mail" or has_mail):
            _put_in(joined, key, value)
    return joined


def write_mail_settings(tree: dict[str, Tree]) -> str:
    """What `config.yaml` says of where mail goes, as one text to be kept."""
    return json.dumps(_mail_settings(tree), ensure_ascii=False, sort_keys=True)


def _mail_settings(tree: dict[str, Tree]) -> dict[str, Any]:
    mail = tree.get("mail")
    return {name: mail.get(name) for name in MAIL_SETTINGS} if isinstance(mail, dict) else {}


def waiting_settings(tree: dict[str, Tree], operator: OperatorSource, released: str) -> dict[str, tuple[Any, Any]]:
    """By key under `mail`: what counts, and what stands in `config.yaml` and waits for a person."""
    now = _mail_settings(tree)
    if not operator.follows_pushes or not released:
        return {}
    before = json.loads(released)
    return {
        name: (before.get(name), value)
        for name, value in now.items()
        if before.get(name) != value and not operator.has(("mail", name))
    }


def check_ownership(tree: dict[str, Tree], operator: OperatorSource | None, released: str) -> Iterator[Finding]:
    """Keys in `config.yaml` that do not count where they stand, or do not count yet."""
    if operator is None:
        if value_at(tree, ("git", "pull")) is not None:
            for key in MACHINE_KEYS:
                if value_at(tree, key) is not None:
                    yield Finding("HD711", key, {"key": ".".join(key)}, on_key=True)
        return
    for key in _OWN:
        if value_at(tree, key) is not None and (key in MACHINE_KEYS or operator.has(key)):
            params = {"key": ".".join(key), "file": operator.source.path}
            yield Finding("HD710", key, params, Severity.WARNING, Blocks.NOTHING, on_key=True)
    for name, (before, value) in waiting_settings(tree, operator, released).items():
        params = {"key": f"mail.{name}", "before": show_setting(before), "after": show_setting(value)}
        yield Finding("HD712", ("mail", name), params, Severity.WARNING, Blocks.NOTHING, on_key=True)


def show_setting(value: Any) -> str:
    """A mail setting on one line."""
    shown = ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return shorten(shown) or "–"


def place_where_written(
    findings: Iterable[Finding], source: ParsedYaml, operator: OperatorSource | None
) -> list[Diagnostic]:
    """Each fault in the file that its value comes from."""
    found = list(findings)
    if operator is None:
        return place_findings(found, source)
    return [
        *place_findings([item for item in found if not operator.has(item.at)], source),
        *place_findings([item for item in found if operator.has(item.at)], operator.source),
    ]


def value_at(tree: Tree, at: DataPath) -> Tree:
    """The value at a path of keys; None if there is none."""
    here: Tree = tree
    for key in at:
        here = here.get(str(key)) if isinstance(here, dict) else None
    return here


def _take_out(tree: dict[str, Tree], key: tuple[str, ...]) -> None:
    holder = value_at(tree, key[:-1])
    if isinstance(holder, dict):
        holder.pop(key[-1], None)


def _put_in(tree: dict[str, Tree], key: tuple[str, ...], value: Tree) -> None:
    holder = tree
    for name in key[:-1]:
        inner = holder.setdefault(name, {})
        if inner is None:
            inner = holder[name] = {}
        if not isinstance(inner, dict):
            return  # what stands there is a fault of its own
        holder = inner
    holder[key[-1]] = value
