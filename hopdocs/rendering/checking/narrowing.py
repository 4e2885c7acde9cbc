"""What a template knows where it has asked first: `{% if x %}` says that x holds something inside."""

from __future__ import annotations

from typing import Final, TypeAlias

from jinja2 import nodes

Path: TypeAlias = tuple[str, ...]
Facts: TypeAlias = frozenset[Path]
"""Expressions that are known to hold something at a place."""

NO_FACTS: Final[Facts] = frozenset()


def spell_path(node: nodes.Node) -> Path:
    """`a.b.c` as a path; empty if the expression is anything else."""
    match node:
        case nodes.Name():
            return (node.name,)
        case nodes.Getattr():
            base = spell_path(node.node)
            return (*base, node.attr) if base else ()
        case nodes.Getitem(arg=nodes.Const(value=str() as name)):
            base = spell_path(node.node)
            return (*base, name) if base else ()
    return ()


def read_facts(test: nodes.Node) -> tuple[Facts, Facts]:  # noqa: PLR0911 - one case a kind of test
    """What holds something where the test is true, and where it is false."""
    match test:
        case nodes.Name() | nodes.Getattr() | nodes.Getitem():
            path = spell_path(test)
            return frozenset({path} if path else ()), NO_FACTS
        case nodes.Not():
            held, missing = read_facts(test.node)
            return missing, held
        case nodes.And():
            return read_facts(test.left)[0] | read_facts(test.right)[0], NO_FACTS
        case nodes.Or():
            return NO_FACTS, read_facts(test.left)[1] | read_facts(test.right)[1]
        case nodes.Test(name="none"):
            return NO_FACTS, frozenset({spell_path(test.node)})
        case nodes.Compare(ops=[nodes.Operand(op="ne", expr=nodes.Const(value=None))]):
            return frozenset({spell_path(test.expr)}), NO_FACTS
        case nodes.Compare(ops=[nodes.Operand(op="eq", expr=nodes.Const(value=None))]):
            return NO_FACTS, frozenset({spell_path(test.expr)})
    return NO_FACTS, NO_FACTS


def spell_expression(node: nodes.Node) -> str:
    """An expression as a person would write it, where it is short."""
    path = spell_path(node)
    if path:
        return ".".join(path)
    match node:
        case nodes.Filter() if node.node is not None:
            return f"{spell_expression(node.node)}|{node.name}"
        case nodes.Getitem():
            return f"{spell_expression(node.node)}[…]"
        case nodes.Call():
            return f"{spell_expression(node.node)}(…)"
    return "…"
