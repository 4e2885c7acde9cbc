"""Code from templates that counts its own rounds, and joins and formats text within bounds."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.sandbox import SandboxedEscapeFormatter, SandboxedFormatter

from hopdocs.rendering.bounds import LONGEST_TEXT, check_format_spec, refuse, weigh

if TYPE_CHECKING:
    from jinja2.compiler import Frame, MacroRef


class BoundedCodeGenerator(CodeGenerator):
    """Jinja2's own, but each round of a loop and each call of a macro is counted, and `~` is weighed."""

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
