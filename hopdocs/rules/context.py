"""The three ways in which a rule can speak."""

from __future__ import annotations

from hopdocs.diagnostics import Blocks, DataPath, Finding, Severity


def error(code: str, at: DataPath, *, blocks: Blocks = Blocks.NOTHING, missing: bool = False, **params: str) -> Finding:
    """A fault that must be mended. `missing`: the key at the end of `at` is the one to write."""
    return Finding(code, at, params, Severity.ERROR, blocks, on_key=missing)


def warn(code: str, at: DataPath, *, missing: bool = False, **params: str) -> Finding:
    """Something to look at; it stops nothing."""
    return Finding(code, at, params, Severity.WARNING, Blocks.NOTHING, on_key=missing)


def advise(code: str, at: DataPath, *, missing: bool = False, **params: str) -> Finding:
    """Something that could be better."""
    return Finding(code, at, params, Severity.ADVICE, Blocks.NOTHING, on_key=missing)


def in_words(items: object) -> str:
    """Ids and codes as one comma-separated text, in the order given."""
    return ", ".join(str(item) for item in items) if isinstance(items, (tuple, list)) else str(items)
