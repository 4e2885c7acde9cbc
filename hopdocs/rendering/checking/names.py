"""Which of its data a template can read at all: attribute paths, from the syntax tree.

A document need not be made again for an edit that it cannot show. So its fingerprint covers only what its template
names. What is in doubt counts as read: too much means a needless document, too little a wrong one.

A path is the chain of names from the context down, `*` for "each": `("meeting", "agenda", "*", "point")`. It means
everything below it. Two ends mean less: `#` only how many there are, `?` only whether there is anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from jinja2 import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NamePath: TypeAlias = tuple[str, ...]
Origins: TypeAlias = frozenset[NamePath]

EACH: Final = "*"
COUNT: Final = "#"
TRUTH: Final = "?"
NOWHERE: Final[Origins] = frozenset()

_LOOP_ITEM: Final = "loop.item"
"""No template can name this: a loop's neighbours, as `loop.previtem` and `loop.nextitem` give them."""
_ELEMENT_FILTERS: Final = frozenset({"list", "reverse", "sort", "unique", "selectattr", "rejectattr"})
"""Filters that pass on some or all of a sequence's elements, in some order."""
_ONE_ELEMENT_FILTERS: Final = frozenset({"first", "last", "min", "max"})


def read_names(trees: Iterable[nodes.Template], globals_: Iterable[str] = ()) -> frozenset[NamePath]:
    """Every path that any of the parts can read; a path inside another is left out."""
    reader = _Reader(frozenset(globals_))
    for tree in trees:
        reader.walk(tree.body, {})
    return frozenset(drop_covered(reader.paths))


def drop_covered(paths: Iterable[NamePath]) -> Iterator[NamePath]:
    """Paths that no shorter one covers."""
    every = set(paths)
    for path in every:
        covered = any(path[:size] in every for size in range(1, len(path)))
        if path[-1] in {COUNT, TRUTH}:
            # Anything read below it tells the length of a list, and whether there is one.
            each = (*path[:-1], EACH)
            covered = covered or any(other[: len(each)] == each for other in every)
        if not covered:
            yield path


class _Reader:
    """Follows values through a template: what a name or attribute stands for, and where it is used."""

    def __init__(self, globals_: frozenset[str]) -> None:
        self.paths: set[NamePath] = set()
        self._globals = globals_

    def walk(self, body: Iterable[nodes.Node], scope: dict[str, Origins]) -> None:
        """Read statements in order; `scope` is changed by `set` as Jinja2 would."""
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: dict[str, Origins]) -> None:  # noqa: C901, PLR0912 - a case a node
        match node:
            case nodes.Output():
                for item in node.nodes:
                    self._use(item, scope)
            case nodes.For():
                self._loop(node, scope)
            case nodes.If():
                self._test(node.test, scope)
                branches: list[Sequence[nodes.Node]] = [node.body, *[[item] for item in node.elif_], node.else_]
                for branch in branches:
                    self._branch(branch, scope)
            case nodes.Assign():
                self._assign(node, scope)
            case nodes.With():
                inner = dict(scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    self._bind(target, self._origins(value, scope), inner)
                self.walk(node.body, inner)
            case nodes.Macro() | nodes.CallBlock():
                self._macro(node, scope)
            case nodes.AssignBlock():
                if node.filter is not None:
                    self._use(node.filter, scope)
                self.walk(node.body, dict(scope))
                self._bind(node.target, NOWHERE, scope)
            case nodes.FilterBlock():
                self._use(node.filter, scope)
                self.walk(node.body, dict(scope))
            case _:
                self._use_children(node, scope)

    def _branch(self, body: Sequence[nodes.Node], scope: dict[str, Origins]) -> None:
        """What may or may not happen: names set there stand for either value afterwards."""
        inner = dict(scope)
        self.walk(body, inner)
        for name, origins in inner.items():
            before = scope.get(name, frozenset({(name,)}))
            if origins != before:
                scope[name] = origins | before

    def _loop(self, node: nodes.For, scope: dict[str, Origins]) -> None:
        sequence = self._origins(node.iter, scope)
        self.paths.update((*path, COUNT) for path in sequence)
        items = frozenset((*path, EACH) for path in sequence)
        inner = {**scope, "loop": NOWHERE, _LOOP_ITEM: items}
        self._bind(node.target, items, inner)
        if node.test is not None:
            self._test(node.test, inner)
        before = dict(inner)
        self._branch(node.body, inner)
        if inner != before:  # what one round sets is known to the next
            self._branch(node.body, inner)
        self._branch(node.else_, dict(scope))
        if node.recursive:
            self.paths.update(sequence)

    def _macro(self, node: nodes.Macro | nodes.CallBlock, scope: dict[str, Origins]) -> None:
        inner = {**scope, "caller": NOWHERE, "varargs": NOWHERE, "kwargs": NOWHERE}
        inner.update({argument.name: NOWHERE for argument in node.args})
        for default in node.defaults:
            self._use(default, scope)
        if isinstance(node, nodes.CallBlock):
            self._use(node.call, scope)
        else:
            scope[node.name] = inner[node.name] = NOWHERE
        self.walk(node.body, inner)

    def _assign(self, node: nodes.Assign, scope: dict[str, Origins]) -> None:
        if isinstance(node.target, nodes.Tuple) and isinstance(node.node, nodes.Tuple):
            values = [self._origins(item, scope) for item in node.node.items]
            if len(values) == len(node.target.items):
                for target, value in zip(node.target.items, values, strict=True):
                    self._bind(target, value, scope)
                return
        self._bind(node.target, self._origins(node.node, scope), scope)

    def _bind(self, target: nodes.Node, origins: Origins, scope: dict[str, Origins]) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = origins
        else:  # unpacked, or a namespace's attribute: what comes of it is not followed further
            self.paths.update(origins)
            for name in target.find_all(nodes.Name):
                scope[name.name] = NOWHERE

    def _use(self, node: nodes.Node, scope: dict[str, Origins]) -> None:
        """The value is shown, compared or handed on: all of it counts as read."""
        self.paths.update(self._origins(node, scope))

    def _test(self, node: nodes.Node, scope: dict[str, Origins]) -> None:
        """Only whether there is something is asked."""
        match node:
            case nodes.Not():
                self._test(node.node, scope)
            case nodes.And() | nodes.Or():
                self._test(node.left, scope)
                self._test(node.right, scope)
            case _:
                self.paths.update((*path, TRUTH) for path in self._origins(node, scope))

    def _origins(  # noqa: C901, PLR0911, PLR0912 - one case a kind of node
        self, node: nodes.Node, scope: dict[str, Origins]
    ) -> Origins:
        """Which paths a value may be, as it stands; parts that go into a new value are read here."""
        match node:
            case nodes.Getattr(node=nodes.Name(name="loop")) if _LOOP_ITEM in scope:
                return scope[_LOOP_ITEM] if node.attr in {"previtem", "nextitem"} else NOWHERE
            case nodes.Name():
                if node.name == "loop":  # handed on as it is: it knows its neighbours
                    self.paths.update(scope.get(_LOOP_ITEM, NOWHERE))
                if node.name in scope:
                    return scope[node.name]
                return NOWHERE if node.name in self._globals else frozenset({(node.name,)})
            case nodes.Getattr():
                return frozenset((*path, node.attr) for path in self._origins(node.node, scope))
            case nodes.Getitem():
                return self._item(node, scope)
            case nodes.CondExpr():
                self._test(node.test, scope)
                other = NOWHERE if node.expr2 is None else self._origins(node.expr2, scope)
                return self._origins(node.expr1, scope) | other
            case nodes.And() | nodes.Or():
                self._test(node.left, scope)
                return self._origins(node.left, scope) | self._origins(node.right, scope)
            case nodes.Not():
                self._test(node.node, scope)
            case nodes.Test() if node.name in {"defined", "undefined", "none"}:
                # A value that is there, but is nothing, differs from none at all; truth tells neither apart.
                self._use_children(node, scope)
            case nodes.Call():
                self._call(node, scope)
            case nodes.Filter() if node.node is not None:
                return self._filter(node, scope)
            case _:
                self._use_children(node, scope)
        return NOWHERE

    def _item(self, node: nodes.Getitem, scope: dict[str, Origins]) -> Origins:
        base = self._origins(node.node, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return frozenset((*path, node.arg.value) for path in base)
        self._use_children(node.arg, scope)
        if isinstance(node.arg, nodes.Slice):
            self.paths.update((*path, COUNT) for path in base)
            return base
        if isinstance(node.arg, nodes.Const):
            self.paths.update((*path, COUNT) for path in base)
            return frozenset((*path, EACH) for path in base)
        # A computed key: any of them, by its own value.
        self._use(node.arg, scope)
        self.paths.update(base)
        return NOWHERE

    def _call(self, node: nodes.Call, scope: dict[str, Origins]) -> None:
        if isinstance(node.node, nodes.Getattr):  # a method may look at all of its object
            self._use(node.node.node, scope)
        else:
            self._use(node.node, scope)
        for child in node.iter_child_nodes(exclude=("node",)):
            self._use(child, scope)

    def _filter(self, node: nodes.Filter, scope: dict[str, Origins]) -> Origins:
        assert node.node is not None  # noqa: S101 - the caller's pattern says so
        base = self._origins(node.node, scope)
        for child in node.iter_child_nodes(exclude=("node",)):
            self._use(child, scope)
        attributes = self._named_attributes(node)
        if node.name in {"length", "count"}:
            self.paths.update((*path, COUNT) for path in base)
            return NOWHERE
        if node.name in _ELEMENT_FILTERS | _ONE_ELEMENT_FILTERS and attributes is not None:
            self.paths.update((*path, EACH, *attribute) for path in base for attribute in attributes)
            self.paths.update((*path, COUNT) for path in base)
            needs_whole = not attributes and node.name in {"sort", "unique", "min", "max", "selectattr", "rejectattr"}
            if needs_whole:
                self.paths.update(base)
            one = node.name in _ONE_ELEMENT_FILTERS
            return frozenset((*path, EACH) for path in base) if one else base
        if node.name in {"map", "join", "sum"} and attributes:
            self.paths.update((*path, EACH, *attribute) for path in base for attribute in attributes)
            return NOWHERE
        if node.name in {"default", "d"}:
            self.paths.update(base)
            return base
        self.paths.update(base)
        return NOWHERE

    @staticmethod
    def _named_attributes(node: nodes.Filter) -> list[NamePath] | None:
        """The attributes that a filter is told to look at; None if that cannot be read from the template."""
        named: list[nodes.Expr] = [keyword.value for keyword in node.kwargs if keyword.key == "attribute"]
        if node.name in {"selectattr", "rejectattr"} and node.args:
            named.append(node.args[0])
        if node.name == "join" and len(node.args) > 1:
            named.append(node.args[1])
        if node.name == "sort" and len(node.args) > 2:  # noqa: PLR2004 - reverse, case_sensitive, attribute
            named.append(node.args[2])
        if node.name == "sum" and node.args:
            named.append(node.args[0])
        found: list[NamePath] = []
        for item in named:
            if not (isinstance(item, nodes.Const) and isinstance(item.value, str)):
                return None
            chains = [one.split(".") for one in item.value.split(",")]
            found.extend(tuple(EACH if step.isdigit() else step for step in chain) for chain in chains)
        return found

    def _use_children(self, node: nodes.Node, scope: dict[str, Origins]) -> None:
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Stmt):
                self._statement(child, scope)
            else:
                self._use(child, scope)
