"""Code from templates that counts its own rounds, and joins and formats text within bounds."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, operators
from jinja2.sandbox import SandboxedEscapeFormatter, SandboxedFormatter

from hopdocs.rendering.sandbox.bounds import LONGEST_TEXT, check_format_spec, weigh
from hopdocs.rendering.sandbox.work_limits import refuse

if TYPE_CHECKING:
    from jinja2.compiler import Frame, MacroRef


class BoundedCodeGenerator(CodeGenerator):
    """Jinja2's own, but each round of a loop, each call of a macro and each comparison is counted."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802 - Jinja2's names
        """The loop, one tick longer."""
        super().visit_For(_with_tick(node), frame)

    def macro_body(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> tuple[Frame, MacroRef]:
        """The macro, one tick longer."""
        return super().macro_body(_with_tick(node), frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja2's names
        """`a ~ b`, weighed before it is joined."""
        self.write("environment.join_bounded((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802 - Jinja2's names
        """`a == b`, counted before it is done, unless one side is written in the template."""
        searches = any(operand.op in {"in", "notin"} for operand in node.ops)
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        is_plain = not searches and any(isinstance(side, nodes.Const) for side in sides)
        self.write("(")
        for operator, side in zip((None, *(operand.op for operand in node.ops)), sides, strict=True):
            if operator is not None:
                self.write(f" {operators[operator]} ")
            self._visit_compared(side, frame, is_plain=is_plain)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802 - Jinja2's names
        """A dictionary hashes its keys."""
        self.write("{")
        for item in node.items:
            self._visit_compared(item.key, frame, is_plain=False)
            self.write(": ")
            self.visit(item.value, frame)
            self.write(", ")
        self.write("}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 - Jinja2's names
        """`a[1:]`, which copies, is counted; Jinja2 writes it as Python has it."""
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write("environment.count_copy(")
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("])")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """`{{ a }}`, made printable and escaped in one step; Jinja2 makes markup of each value, only to join it."""
        if self._is_printed_at_once(frame):
            self.write("environment.print_escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if self._is_printed_at_once(frame):
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)

    def _is_printed_at_once(self, frame: Frame) -> bool:
        return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile

    def _visit_compared(self, node: nodes.Expr, frame: Frame, *, is_plain: bool) -> None:
        is_plain = is_plain or isinstance(node, nodes.Const)
        self.write("" if is_plain else "environment.count_compared(")
        self.visit(node, frame)
        self.write("" if is_plain else ")")


def _with_tick(node: Any) -> Any:
    """A copy of the statement whose body begins by reading `environment.tick`, which counts."""
    longer = copy(node)
    tick = nodes.ExprStmt(nodes.EnvironmentAttribute("tick"), lineno=node.lineno)
    longer.body = [tick, *node.body]
    return longer


class _Bounded:
    """`str.format` with weights; what it has made so far is remembered."""

    made = 0

    def format_field(self, value: Any, format_spec: str) -> str:
        check_format_spec(format_spec)
        weigh(value)
        made = str(super().format_field(value, format_spec))  # type: ignore[misc]  # the formatter mixed with
        self.made += len(made)
        if self.made > LONGEST_TEXT:
            raise refuse(f".format > {LONGEST_TEXT}")
        return made

    def convert_field(self, value: Any, conversion: Any) -> Any:
        weigh(value)
        return super().convert_field(value, conversion)  # type: ignore[misc]  # as above


class BoundedFormatter(_Bounded, SandboxedFormatter):
    """For plain text."""


class BoundedEscapeFormatter(_Bounded, SandboxedEscapeFormatter):
    """For text that is markup already."""
