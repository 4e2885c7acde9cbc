"""The Jinja2 that templates run in: sandboxed, escaping, strict about what is missing.

docxtpl as its manual shows it runs any Python (`{{ ''.__class__ … }}` reached `os.popen`), swallows a lone "&" with
the name around it, and prints "None". None of that may leave the house in a letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from docxtpl import InlineImage
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from hopdocs.rendering.faults import EmptyValueError, FaithfulUndefined, RefusedOperationError

if TYPE_CHECKING:
    from jinja2 import Template as JinjaTemplate
    from jinja2 import nodes

Filters: TypeAlias = Mapping[str, Callable[..., object]]

LONGEST_REPEAT: Final = 100_000
"""How long a text or list may get by multiplication: more than any letter, less than trouble."""
HIGHEST_POWER: Final = 64
LONGEST_RANGE: Final = 10_000

FORBIDDEN_FILTERS: Final = ("safe", "random")
"""`safe` turns escaping off; `random` makes every document a new one."""

_ILLEGAL: Final = re.compile("[\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (2.2) forbids, but for \\a and \\f, which docxtpl gives a meaning."""
_DICT_METHODS: Final = frozenset(dir(dict))


class NeedsDocxtplError(Exception):
    """A value that only docxtpl's own objects can place: a picture, a subdocument."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2's immutable sandbox with a short cut for plain data, which is nearly all that letters ask for."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, finalize: Callable[[Any], Any]) -> None:
        super().__init__(autoescape=True, undefined=FaithfulUndefined, finalize=finalize)
        self._plain_types: dict[type, bool] = {}
        self.globals.pop("lipsum", None)
        self.globals["range"] = bounded_range
        for name in FORBIDDEN_FILTERS:
            self.filters.pop(name, None)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As the sandbox does it, without asking whether a data class's field is a code object."""
        kind = type(obj)
        if kind is dict:
            if attribute in obj and attribute not in _DICT_METHODS:
                return obj[attribute]
        elif attribute[:1] != "_" and self._is_plain(kind):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass
        return super().getattr(obj, attribute)

    def _is_plain(self, kind: type) -> bool:
        plain = self._plain_types.get(kind)
        if plain is None:
            plain = hasattr(kind, "__dataclass_fields__")
            self._plain_types[kind] = plain
        return plain

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiplication and powers within reason: the sandbox itself does not bound memory."""
        if operator == "**":
            if isinstance(right, int | float) and abs(right) > HIGHEST_POWER:
                raise RefusedOperationError(f"** {right}")
        else:
            for text, times in ((left, right), (right, left)):
                repeats = isinstance(text, str | list | tuple | bytes) and isinstance(times, int)
                if repeats and len(text) * times > LONGEST_REPEAT:
                    raise RefusedOperationError(f"* {times}")
        return super().call_binop(context, operator, left, right)


def bounded_range(*limits: int) -> range:
    """`range`, as far as any letter counts."""
    numbers = range(*limits)
    if len(numbers) > LONGEST_RANGE:
        raise RefusedOperationError(f"range > {LONGEST_RANGE}")
    return numbers


def finalize_value(value: object) -> object:
    """What is printed: never None, no characters that XML cannot hold."""
    if type(value) is str:
        return _ILLEGAL.sub("", value) if _ILLEGAL.search(value) else value
    if value is None:
        raise EmptyValueError
    return _finalize_object(value)


def _finalize_object(value: object) -> object:
    if isinstance(value, str):  # markup too: `{{ name|e }}` has escaped what XML cannot hold at all
        return type(value)(_ILLEGAL.sub("", value)) if _ILLEGAL.search(value) else value
    if is_docxtpl_only(value):
        raise NeedsDocxtplError(value)
    if hasattr(value, "__html__"):
        return Markup(_ILLEGAL.sub("", value.__html__()))  # noqa: S704 - RichText and Listing have escaped their text
    return value


def is_docxtpl_only(value: object) -> bool:
    """Whether only docxtpl can place this value: it adds parts to the package."""
    return isinstance(value, InlineImage) or type(value).__name__ == "Subdoc"


def finalize_for_docxtpl(bind: Callable[[InlineImage], InlineImage]) -> Callable[[object], object]:
    """The same strictness on docxtpl's own path, where pictures are bound to the document being made."""

    def finalize(value: object) -> object:
        if isinstance(value, InlineImage):
            return bind(value)
        if is_docxtpl_only(value):
            return value
        return finalize_value(value)

    return finalize


def make_environment(
    finalize: Callable[[Any], Any] = finalize_value,
    *,
    filters: Filters | None = None,
    globals_: Mapping[str, object] | None = None,
) -> TemplateEnvironment:
    """The environment of one template, with what its caller adds."""
    environment = TemplateEnvironment(finalize)
    environment.filters.update(filters or {})
    environment.globals.update(globals_ or {})
    return environment


def compile_source(environment: TemplateEnvironment, tree: nodes.Template, name: str) -> JinjaTemplate:
    """Executable form of a parsed part."""
    code = environment.compile(tree, name=name, filename=name)
    return environment.template_class.from_code(environment, code, environment.make_globals(None))
