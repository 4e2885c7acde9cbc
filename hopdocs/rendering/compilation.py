"""From a part's Jinja2 source to code, with every fault that shows without data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateSyntaxError, nodes
from markupsafe import escape

from hopdocs.errors import FaultyInput
from hopdocs.rendering.docx.output import needs_tree
from hopdocs.rendering.docx.repairs.title_fields import TITLE_SLOT
from hopdocs.rendering.faults import RefusedOperationError, locate_line, suggest_name, tags_of, template_fault
from hopdocs.rendering.sandbox.environment import FORBIDDEN_FILTERS, compile_source
from hopdocs.rendering.sandbox.work_limits import LONGEST_PART, begin_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Template as JinjaTemplate

    from hopdocs.diagnostics import Diagnostic
    from hopdocs.rendering.docx.preparation import PartSource
    from hopdocs.rendering.sandbox.environment import TemplateEnvironment

MOST_PIECES: Final = 250_000
"""How many pieces of text one part may come to: some ten thousand pages."""
MOST_TAGS: Final = 20_000
"""How many tags a part of a template may have; a hundred pages of forms have two thousand. Each is parsed, once."""
DEEPEST_EXPRESSION: Final = 100
"""How deep a template's expressions may stand in each other: `{{ a.b.c }}` is three."""
_PARAGRAPH_LINE: Final = re.compile(r"\n<w:p([ >])")
_ESCAPED_BRACES: Final = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
_BLOCK_TAG: Final = re.compile(r"{%[-+]?\s*(end)?(for|if|macro|call|filter|with)\b")
_VALUE_TAG: Final = re.compile(r"{{.*?}}", re.DOTALL)
_NAMED_WORD: Final = re.compile(r"'(\w+)'")
_PULLING: Final = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


@dataclass(frozen=True, slots=True)
class CompiledPart:
    """A part or property ready to render, once its code is loaded."""

    source: PartSource
    code: bytes
    repair_tree: bool = False
    is_fixed: bool = False
    """Whether it is the same in every document: most letters have a header or a footer that nothing is filled in."""


def parse_part(
    environment: TemplateEnvironment, part: PartSource, name: str
) -> tuple[nodes.Template | None, list[Diagnostic]]:
    """The syntax tree, and what is wrong with it."""
    tags = part.source.count("{{") + part.source.count("{%")
    if tags > MOST_TAGS:
        return None, [template_fault("HD301", name, place=part.label, what=f"{tags} {{{{ }}}} > {MOST_TAGS}")]
    try:
        tree = environment.parse(part.source, part.label)
    except TemplateSyntaxError as err:
        line = _find_unclosed(part.source) if "Unexpected end of template" in str(err) else err.lineno
        place = locate_line(part.label, part.source, line or err.lineno)
        reason = _blame_tag(environment, part.source, line or err.lineno, err.message or "")
        return None, [template_fault("HD304", name, place=place, reason=reason)]
    except RecursionError:
        return None, [template_fault("HD304", name, place=part.label, reason=f"> {DEEPEST_EXPRESSION}")]
    deep = _find_deepest(tree)
    if deep is not None:
        place = locate_line(part.label, part.source, deep.lineno)
        return None, [template_fault("HD304", name, place=place, reason=f"> {DEEPEST_EXPRESSION}")]
    return tree, list(_find_unusable(environment, part, tree, name))


def _find_deepest(tree: nodes.Template) -> nodes.Node | None:
    """What stands deeper than whoever walks the tree can follow; looked for without following."""
    level: list[nodes.Node] = [tree]
    for _ in range(DEEPEST_EXPRESSION):
        level = [child for node in level for child in node.iter_child_nodes()]
    return level[0] if level else None


def compile_part(environment: TemplateEnvironment, part: PartSource, tree: nodes.Template, name: str) -> CompiledPart:
    """Code for a part that has no faults so far; raises FaultyInput where Python cannot run it (20 nested loops)."""
    settle_text(tree)
    try:
        code = compile_source(environment, tree, part.label)
    except (TemplateSyntaxError, SyntaxError, RecursionError) as err:
        reason = f"{len(list(tree.find_all(nodes.For)))} {{% for %}}"
        fault = template_fault("HD304", name, place=part.label, reason=reason)
        raise FaultyInput([fault]) from err
    repair_tree = part.is_body and needs_tree(part.source)
    return CompiledPart(part, code, repair_tree, is_fixed=_is_fixed(part, tree))


def _is_fixed(part: PartSource, tree: nodes.Template) -> bool:
    filled = (node for node in tree.find_all(nodes.Node) if not isinstance(node, nodes.Output | nodes.TemplateData))
    return TITLE_SLOT not in part.source and next(filled, None) is None


def run_template(template: JinjaTemplate, data: dict[str, object]) -> str:
    """The rendered text of a part or property; raises whatever its expressions raise."""
    begin_part()
    pieces = template.root_render_func(template.new_context(data))
    made = list(islice(pieces, MOST_PIECES))
    if len(made) == MOST_PIECES and next(pieces, None) is not None:
        raise RefusedOperationError(f"> {MOST_PIECES}")
    if sum(map(len, made)) > LONGEST_PART:
        raise RefusedOperationError(f"> {LONGEST_PART}")
    return "".join(made)


def compile_property(environment: TemplateEnvironment, part: PartSource, tree: nodes.Template) -> CompiledPart:
    """Code for a core property: plain text in Word, so what stands between the tags is escaped here."""
    for data in tree.find_all(nodes.TemplateData):
        data.data = str(escape(data.data))
    return CompiledPart(part, compile_source(environment, tree, part.label))


def settle_text(tree: nodes.Template) -> None:
    """Do docxtpl's replacements in the fixed text once, instead of in every document's.

    In the fixed text only: docxtpl turns a "{_{" that somebody wrote in the data into "{{" too.
    """
    for data in tree.find_all(nodes.TemplateData):
        text = _PARAGRAPH_LINE.sub(r"<w:p\1", data.data)
        for written, meant in _ESCAPED_BRACES:
            text = text.replace(written, meant)
        data.data = text


def _find_unusable(
    environment: TemplateEnvironment, part: PartSource, tree: nodes.Template, name: str
) -> Iterator[Diagnostic]:
    def fault(node: nodes.Node, code: str, **params: str) -> Diagnostic:
        place = locate_line(part.label, part.source, node.lineno)
        return template_fault(code, name, place=place, **params)

    for found in tree.find_all((nodes.Filter, nodes.Test)):
        known = environment.filters if isinstance(found, nodes.Filter) else environment.tests
        if found.name in known:
            continue
        if found.name in FORBIDDEN_FILTERS:
            yield fault(found, "HD311", what=f"|{found.name}")
        else:
            yield fault(found, "HD305", name=found.name, nearest=suggest_name(found.name, known) or "–")
    for node in tree.find_all(_PULLING):
        source = getattr(node, "template", None)
        what = str(source.value) if isinstance(source, nodes.Const) else "…"
        yield fault(node, "HD312", what=what)
    for modifier in tree.find_all(nodes.EvalContextModifier):
        yield fault(modifier, "HD311", what="autoescape")


def _blame_tag(environment: TemplateEnvironment, source: str, line: int, message: str) -> str:
    """The tag that could not be read: one that cannot be read alone, or holds the word that Jinja2 names."""
    paragraph = source.split("\n")[line - 1 :][:1]
    for tag in _VALUE_TAG.findall(paragraph[0] if paragraph else ""):
        try:
            environment.parse(tag)
        except TemplateSyntaxError:
            return tags_of(tag)
    named = _NAMED_WORD.search(message)
    return tags_of("".join(paragraph), about=named[1] if named else "")


def _find_unclosed(source: str) -> int | None:
    """The line of the innermost block that never ends; Jinja2 only names the end of the template."""
    stack: list[tuple[str, int]] = []
    for match in _BLOCK_TAG.finditer(source):
        if not match[1]:
            stack.append((match[2], match.start()))
        elif stack and stack[-1][0] == match[2]:
            stack.pop()
    return source.count("\n", 0, stack[-1][1]) + 1 if stack else None
