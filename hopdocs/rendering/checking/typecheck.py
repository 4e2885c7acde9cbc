"""A template checked without any data: every expression is followed through the types of what templates get.

So a misspelt field is found when the template is saved, not when the first family has one of those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jinja2 import nodes

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.rendering.checking.branches import find_uneven_branches
from hopdocs.rendering.checking.leftover_placeholders import find_unfilled
from hopdocs.rendering.checking.narrowing import NO_FACTS, Facts, read_facts, spell_expression, spell_path
from hopdocs.rendering.checking.value_types import (
    NOTHING,
    UNKNOWN,
    ListOf,
    ValueType,
    attribute_of,
    element_of,
    fields_of,
    first_taken_by,
    is_surely_not,
    may_be_nothing,
    name_of,
    names_in,
    returned_by,
    unite,
    without_nothing,
)
from hopdocs.rendering.checking.word_findings import find_in_word
from hopdocs.rendering.faults import locate_line, suggest_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hopdocs.rendering.docx.preparation import PartSource
    from hopdocs.rendering.template import Template

_LOOP_NAMES: Final = (
    *("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0"),
    *("previtem", "nextitem", "cycle", "changed"),
)
_SAME_ELEMENTS: Final = frozenset({"list", "reverse", "sort", "unique", "selectattr", "rejectattr", "select", "reject"})
_ONE_ELEMENT: Final = frozenset({"first", "last", "min", "max", "random"})
_TEXTS: Final = frozenset({"upper", "lower", "title", "capitalize", "trim", "join", "replace", "string", "e", "escape"})
_NUMBERS: Final = frozenset({"length", "count", "wordcount", "int"})
_MOST_NAMES: Final = 12


def check_template(template: Template, context_type: type) -> list[Diagnostic]:
    """What the template asks for that its context, by its type, does not have; in the template's own order."""
    found = [*template.notes, *find_unfilled(template.name, template.fixed_members)]
    found += find_in_word(template.name, template.package)
    for part, tree in template.sources:
        found += find_uneven_branches(template.name, part, tree)
        checker = _Checker(template, part)
        checker.check(tree, fields_of(context_type))
        found += checker.found
    unique = {(fault.place, *fault.sort_key): fault for fault in found}
    return list(unique.values())


class _Scope:
    """Which names stand for which types, and what is known to hold something."""

    def __init__(self, names: Mapping[str, ValueType], facts: Facts = NO_FACTS) -> None:
        self.names = dict(names)
        self.facts = facts

    def inner(self, facts: Facts = NO_FACTS, **names: ValueType) -> _Scope:
        return _Scope({**self.names, **names}, self.facts | facts)

    def bind(self, name: str, kind: ValueType) -> None:
        self.names[name] = kind
        self.facts = frozenset(path for path in self.facts if path[0] != name)


class _Checker:
    def __init__(self, template: Template, part: PartSource) -> None:
        self.found: list[Diagnostic] = []
        self._template = template
        self._part = part

    def check(self, tree: nodes.Template, names: Mapping[str, ValueType]) -> None:
        globals_ = dict.fromkeys(self._template.globals, UNKNOWN)
        self._walk(tree.body, _Scope({**globals_, **names}))

    # What is wrong

    def _fault(self, node: nodes.Node, code: str, params: Mapping[str, str]) -> None:
        about = params.get("name", params.get("owner", params.get("filter", "")))
        place = locate_line(self._part.label, self._part.source, node.lineno, about=about)
        severity = Severity.WARNING if code == "HD323" else Severity.ERROR
        blocks = Blocks.NOTHING if severity is Severity.WARNING else Blocks.DOCUMENTS
        self.found.append(Diagnostic(self._template.name, 0, 0, code, params, severity, blocks, place=place))

    def _maybe_nothing(self, node: nodes.Node) -> None:
        self._fault(node, "HD323", {"name": spell_expression(node)})

    def _unknown(self, node: nodes.Node, code: str, name: str, known: Iterable[str], **params: str) -> None:
        known = sorted(known)
        nearest = suggest_name(name, known) or ", ".join(known[:_MOST_NAMES]) or "–"
        self._fault(node, code, {"name": name, "nearest": nearest, **params})

    # Statements

    def _walk(self, body: Sequence[nodes.Node], scope: _Scope) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: _Scope) -> None:
        match node:
            case nodes.Output():
                for item in node.nodes:
                    self._print(item, scope)
            case nodes.For():
                self._loop(node, scope)
            case nodes.If():
                self._condition(node, scope)
            case nodes.Assign():
                self._assign(node.target, node.node, scope)
            case nodes.AssignBlock():
                self._walk(node.body, scope.inner())
                self._bind(node.target, str, scope)
            case nodes.With():
                inner = scope.inner()
                for target, value in zip(node.targets, node.values, strict=True):
                    self._bind(target, self._type(value, scope), inner)
                self._walk(node.body, inner)
            case nodes.Macro() | nodes.CallBlock():
                self._macro(node, scope)
            case _:
                self._children(node, scope)

    def _print(self, node: nodes.Expr, scope: _Scope) -> None:
        kind = self._type(node, scope)
        if not isinstance(node, nodes.TemplateData) and may_be_nothing(kind):
            self._maybe_nothing(node)

    def _loop(self, node: nodes.For, scope: _Scope) -> None:
        sequence = self._type(node.iter, scope)
        element = element_of(sequence)
        if element is None:
            self._fault(node.iter, "HD322", {"owner": spell_expression(node.iter)})
            element = UNKNOWN
        inner = scope.inner(loop=_LoopType)
        self._bind(node.target, element, inner)
        facts = NO_FACTS
        if node.test is not None:
            self._type(node.test, inner)
            facts = read_facts(node.test)[0]
        self._walk(node.body, inner.inner(facts))
        self._walk(node.else_, scope.inner())

    def _condition(self, node: nodes.If, scope: _Scope) -> None:
        """Names set in a branch live on after it, as one of their types."""
        branches: list[_Scope] = []
        denied = NO_FACTS
        for branch in (node, *node.elif_):
            before = scope.inner(denied)
            self._type(branch.test, before)
            held, missing = read_facts(branch.test)
            branches.append(before.inner(held))
            self._walk(branch.body, branches[-1])
            denied |= missing
        branches.append(scope.inner(denied))
        self._walk(node.else_, branches[-1])
        for name in {name for branch in branches for name in branch.names}:
            kinds = [branch.names[name] for branch in branches if name in branch.names]
            if name not in scope.names or any(kind is not scope.names[name] for kind in kinds):
                scope.bind(name, unite(kinds))

    def _assign(self, target: nodes.Node, value: nodes.Node, scope: _Scope) -> None:
        if isinstance(target, nodes.Tuple) and isinstance(value, nodes.Tuple) and len(target.items) == len(value.items):
            kinds = [self._type(item, scope) for item in value.items]
            for one, kind in zip(target.items, kinds, strict=True):
                self._bind(one, kind, scope)
            return
        self._bind(target, self._type(value, scope), scope)

    def _bind(self, target: nodes.Node, kind: ValueType, scope: _Scope) -> None:
        if isinstance(target, nodes.Name):
            scope.bind(target.name, kind)
        else:
            for name in target.find_all(nodes.Name):
                scope.bind(name.name, UNKNOWN)

    def _macro(self, node: nodes.Macro | nodes.CallBlock, scope: _Scope) -> None:
        for default in node.defaults:
            self._type(default, scope)
        if isinstance(node, nodes.CallBlock):
            self._type(node.call, scope)
        else:
            scope.bind(node.name, UNKNOWN)
        own = {argument.name: UNKNOWN for argument in node.args}
        self._walk(node.body, scope.inner(caller=UNKNOWN, varargs=UNKNOWN, kwargs=UNKNOWN, **own))

    def _children(self, node: nodes.Node, scope: _Scope) -> None:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Stmt):
                self._statement(child, scope)
            else:
                self._type(child, scope)

    # Expressions

    def _type(self, node: nodes.Node, scope: _Scope) -> ValueType:
        kind = self._type_as_said(node, scope)
        return without_nothing(kind) if may_be_nothing(kind) and spell_path(node) in scope.facts else kind

    def _type_as_said(  # noqa: C901, PLR0911, PLR0912 - one case a kind of node
        self, node: nodes.Node, scope: _Scope
    ) -> ValueType:
        match node:
            case nodes.Const():
                return NOTHING if node.value is None else type(node.value)
            case nodes.TemplateData() | nodes.Concat():
                self._children(node, scope)
                return str
            case nodes.Name():
                if node.name not in scope.names:
                    self._unknown(node, "HD320", node.name, scope.names)
                    scope.names[node.name] = UNKNOWN  # told once
                return scope.names[node.name]
            case nodes.Getattr():
                return self._attribute(node, node.node, node.attr, scope)
            case nodes.Getitem(arg=nodes.Const(value=str())):
                return self._attribute(node, node.node, node.arg.value, scope)  # type: ignore[attr-defined]
            case nodes.Getitem():
                return self._item(node, scope)
            case nodes.CondExpr():
                self._type(node.test, scope)
                held, missing = read_facts(node.test)
                one = self._type(node.expr1, scope.inner(held))
                return unite([one, str if node.expr2 is None else self._type(node.expr2, scope.inner(missing))])
            case nodes.And():
                left = self._type(node.left, scope)
                return unite([left, self._type(node.right, scope.inner(read_facts(node.left)[0]))])
            case nodes.Or():
                left = without_nothing(self._type(node.left, scope))
                return unite([left, self._type(node.right, scope.inner(read_facts(node.left)[1]))])
            case nodes.Not() | nodes.Compare():
                self._children(node, scope)
                return bool
            case nodes.Test():
                return self._test(node, scope)
            case nodes.Call():
                return self._call(node, scope)
            case nodes.Filter() if node.node is not None:
                return self._filter(node, scope)
            case nodes.List() | nodes.Tuple():
                return ListOf(unite([self._type(item, scope) for item in node.items]))
        self._children(node, scope)
        return UNKNOWN

    def _attribute(self, node: nodes.Node, base: nodes.Expr, name: str, scope: _Scope) -> ValueType:
        kind = self._type(base, scope)
        if kind is _LoopType:
            if name not in _LOOP_NAMES:
                self._unknown(node, "HD321", name, _LOOP_NAMES, owner="loop")
            return UNKNOWN
        if may_be_nothing(kind):
            self._maybe_nothing(base)
        found = attribute_of(kind, name)
        if found is None:
            self._unknown(node, "HD321", name, names_in(kind), owner=name_of(kind))
            return UNKNOWN
        return found

    def _item(self, node: nodes.Getitem, scope: _Scope) -> ValueType:
        kind = self._type(node.node, scope)
        if isinstance(node.arg, nodes.Slice):
            self._children(node.arg, scope)
            return ListOf(element_of(kind) or UNKNOWN)
        self._type(node.arg, scope)
        is_place = isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int)
        return (element_of(kind) or UNKNOWN) if is_place else UNKNOWN

    def _test(self, node: nodes.Test, scope: _Scope) -> ValueType:
        if node.name not in {"defined", "undefined"} or not isinstance(node.node, nodes.Name):
            self._children(node, scope)
        return bool

    def _call(self, node: nodes.Call, scope: _Scope) -> ValueType:
        for child in node.iter_child_nodes(exclude=("node",)):
            self._type(child, scope)
        if isinstance(node.node, nodes.Getattr):
            owner = self._type(node.node.node, scope)
            self._attribute(node.node, node.node.node, node.node.attr, scope)
            if node.node.attr in {"items", "values", "keys"}:
                return ListOf(UNKNOWN)
            return returned_by(getattr(owner, node.node.attr, None)) if isinstance(owner, type) else UNKNOWN
        self._type(node.node, scope)
        return UNKNOWN

    def _filter(self, node: nodes.Filter, scope: _Scope) -> ValueType:
        assert node.node is not None  # noqa: S101 - the caller's pattern says so
        asks = node.name not in {"default", "d"}
        kind = self._type(node.node, scope) if asks or not isinstance(node.node, nodes.Name) else UNKNOWN
        for child in node.iter_child_nodes(exclude=("node",)):
            self._type(child, scope)
        function = self._template.filters[node.name]
        wanted = first_taken_by(function)
        if is_surely_not(kind, wanted):
            params = {"filter": node.name, "wanted": name_of(wanted), "given": name_of(kind)}
            self._fault(node, "HD325", params)
        elif may_be_nothing(kind) and asks and not may_be_nothing(wanted):
            self._maybe_nothing(node.node)
        element = element_of(kind) or UNKNOWN
        named = self._named_attribute(node, element)
        if node.name in _SAME_ELEMENTS:
            return ListOf(element)
        if node.name in _ONE_ELEMENT:
            return element
        if node.name == "map":
            return ListOf(named)
        if not asks:
            return without_nothing(kind)
        if node.name in _TEXTS:
            return str
        return int if node.name in _NUMBERS else returned_by(function)

    def _named_attribute(self, node: nodes.Filter, element: ValueType) -> ValueType:
        """The type of the attribute that a filter is told to look at, which has to exist."""
        named: list[nodes.Expr] = [keyword.value for keyword in node.kwargs if keyword.key == "attribute"]
        if node.name in {"selectattr", "rejectattr", "groupby"} and node.args:
            named.append(node.args[0])
        kind = UNKNOWN
        for item in named:
            if not (isinstance(item, nodes.Const) and isinstance(item.value, str)):
                continue
            kind = element
            for step in item.value.split("."):
                found = attribute_of(kind, step)
                if found is None:
                    self._unknown(node, "HD321", step, names_in(kind), owner=name_of(kind))
                    return UNKNOWN
                kind = found
        return kind


class _LoopType:
    """Stands for Jinja2's `loop`."""
