"""The Jinja2 that templates run in: sandboxed, escaping, strict about what is missing.

docxtpl as its manual shows it runs any Python (`{{ ''.__class__ … }}` reached `os.popen`), swallows a lone "&" with
the name around it, and prints "None". None of that may leave the house in a letter.
"""

from __future__ import annotations

import logging
import marshal
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from docxtpl import InlineImage
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.runtime import Undefined, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as DEFAULT_TESTS
from markupsafe import Markup, escape

from hopdocs.rendering.docx.docxtpl_values import NeedsDocxtplError, has_link, is_docxtpl_only
from hopdocs.rendering.docx.pictures.charts import CHART_FILTER, place_chart
from hopdocs.rendering.docx.pictures.drawings import draw
from hopdocs.rendering.faults import EmptyValueError, FaithfulUndefined
from hopdocs.rendering.sandbox.bounded_code import (
    BoundedCodeGenerator,
    BoundedEscapeFormatter,
    BoundedFormatter,
)
from hopdocs.rendering.sandbox.bounds import (
    GUARDED_METHODS,
    bounded_filters,
    bounded_range,
    bounded_tests,
    check_call,
    check_method,
    check_operation,
    concat_bounded,
    weigh,
)
from hopdocs.rendering.sandbox.work_limits import (
    LONG_VALUE,
    count_comparison,
    count_long_value,
    count_round,
    count_size,
)

if TYPE_CHECKING:
    from jinja2 import Template as JinjaTemplate
    from jinja2 import nodes
    from jinja2.ext import Extension

Filters: TypeAlias = Mapping[str, Callable[..., object]]

FORBIDDEN_FILTERS: Final = ("safe", "random")
"""`safe` turns escaping off; `random` makes every document a new one."""

DRAWING_FILTER: Final = "tegning"

_LOG: Final = logging.getLogger(__name__)
_ILLEGAL: Final = re.compile("[\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (2.2) forbids, but for \\a and \\f, which docxtpl gives a meaning."""
_CHANGED: Final = re.compile(f"[&<>'\"{_ILLEGAL.pattern[1:]}")
"""What does not stand in a part as it was."""
_WRITTEN_OUT: Final = (list, tuple, dict, set, frozenset)
_DICT_METHODS: Final = frozenset(dir(dict))


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja2's immutable sandbox with a short cut for plain data, which is nearly all that letters ask for."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})
    code_generator_class = BoundedCodeGenerator
    concat = staticmethod(concat_bounded)

    def __init__(self, *, lenient: bool = False) -> None:
        self.print_value = print_leniently if lenient else finalize_value
        undefined = Undefined if lenient else FaithfulUndefined
        super().__init__(autoescape=True, undefined=undefined, finalize=self.print_value)
        self._plain_types: set[type] = set()
        self.globals.pop("lipsum", None)
        self.globals["range"] = bounded_range
        self.filters.update(bounded_filters())
        self.tests.update(bounded_tests())
        for name in FORBIDDEN_FILTERS:
            if not (lenient and name == "safe"):
                self.filters.pop(name, None)

    @property
    def tick(self) -> None:
        """Count one round of a loop or macro; what `BoundedCodeGenerator` reads."""
        count_round()

    def join_bounded(self, values: tuple[Any, ...]) -> str:
        """What `~` means."""
        weigh(values)
        return markup_join(values)

    def print_escaped(self, value: Any) -> str:
        """What stands in the part for a value; most are texts that stay as they are."""
        if type(value) is str and len(value) <= LONG_VALUE and not _CHANGED.search(value):
            return value
        return escape(self.finalize(value) if self.finalize is not None else value)

    def count_compared(self, value: Any) -> Any:
        """One side of a comparison, or a key; what `BoundedCodeGenerator` writes."""
        count_comparison(value)
        return value

    def count_copy(self, value: Any) -> Any:
        """A part of a list or text."""
        count_size(value)
        return value

    def getitem(self, obj: Any, argument: Any) -> Any:
        """As the sandbox does it; a key is hashed."""
        count_comparison(argument)
        return super().getitem(obj, argument)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As the sandbox does it, without asking whether a data class's field is a code object."""
        kind = type(obj)
        if kind is dict:
            if attribute in obj and attribute not in _DICT_METHODS:
                return obj[attribute]
        elif attribute[:1] != "_" and (kind in self._plain_types or self._is_plain(kind)):
            try:
                return getattr(obj, attribute)
            except AttributeError:
                pass
        return super().getattr(obj, attribute)

    def _is_plain(self, kind: type) -> bool:
        is_plain = hasattr(kind, "__dataclass_fields__")
        if is_plain:
            self._plain_types.add(kind)
        return is_plain

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Operations within reason: the sandbox itself does not bound memory."""
        check_operation(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A call within reason: texts have methods that make much of little."""
        check_call(obj, (*args, *kwargs.values()))
        name = getattr(obj, "__name__", "")
        if name in GUARDED_METHODS:
            owner = getattr(obj, "__self__", None)
            if isinstance(owner, str | bytes | int):
                args = check_method(name, owner, (*args, *kwargs.values()))
                kwargs = {}
        return super().call(context, obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """`str.format` in the sandbox and within reason."""
        text = getattr(value, "__self__", None)
        if not isinstance(text, str) or super().wrap_str_format(value) is None:
            return None
        formatter: BoundedFormatter | BoundedEscapeFormatter = BoundedFormatter(self)
        if isinstance(text, Markup):
            formatter = BoundedEscapeFormatter(self, escape=text.escape)

        def format_text(*args: Any, **kwargs: Any) -> str:
            by_mapping = value.__name__ == "format_map"
            return type(text)(formatter.vformat(text, () if by_mapping else args, args[0] if by_mapping else kwargs))

        return format_text


def finalize_value(value: object) -> object:
    """What is printed: never None, no characters that XML cannot hold."""
    if type(value) is str:
        if len(value) > LONG_VALUE:
            count_long_value(value)
        return _ILLEGAL.sub("", value) if _ILLEGAL.search(value) else value
    if value is None:
        raise EmptyValueError
    return _finalize_object(value)


def _finalize_object(value: object) -> object:
    if isinstance(value, str):
        count_long_value(value)
        if not _ILLEGAL.search(value):
            return value
        # Markup too: `{{ name|e }}` does not take out what XML cannot hold at all.
        clean = _ILLEGAL.sub("", value)
        return Markup(clean) if isinstance(value, Markup) else clean  # noqa: S704 - it was markup before
    if is_docxtpl_only(value):
        raise NeedsDocxtplError(value)
    if hasattr(value, "__html__"):
        if has_link(value):
            _LOG.warning("a link has no target: hand in the docxtpl object that it was made with as prepared_with")
        return _print_markup(value)
    if isinstance(value, _WRITTEN_OUT):
        weigh(value)
    return value


def _print_markup(value: Any) -> Markup:
    return Markup(_ILLEGAL.sub("", value.__html__()))  # noqa: S704 - RichText and Listing have escaped their text


def print_leniently(value: object) -> object:
    """What docxtpl prints where nobody has asked it to be strict: None by its name."""
    return "None" if value is None else finalize_value(value)


def finalize_for_docxtpl(
    print_value: Callable[[object], object], bind: Callable[[InlineImage], InlineImage], *, has_owner: bool
) -> Callable[[object], object]:
    """The same strictness on docxtpl's own path, where pictures are bound to the document being made.

    A subdocument belongs to the docxtpl object it was made for; without that one, `NeedsDocxtplError` tells of it.
    """

    def finalize(value: object) -> object:
        if isinstance(value, InlineImage):
            return bind(value)
        if is_docxtpl_only(value):
            if not has_owner:
                raise NeedsDocxtplError(value)
            return value
        return _print_markup(value) if has_owner and has_link(value) else print_value(value)

    return finalize


def make_environment(
    *,
    filters: Filters | None = None,
    globals_: Mapping[str, object] | None = None,
    tests: Filters | None = None,
    extensions: Sequence[str | type[Extension]] = (),
    lenient: bool = False,
) -> TemplateEnvironment:
    """The environment of one template, with what its caller adds."""
    environment = TemplateEnvironment(lenient=lenient)
    for extension in extensions:
        environment.add_extension(extension)
    environment.filters[DRAWING_FILTER] = draw
    environment.filters[CHART_FILTER] = place_chart
    environment.filters.update(_own(filters, DEFAULT_FILTERS))
    environment.tests.update(_own(tests, DEFAULT_TESTS))
    environment.globals.update(_own(globals_, DEFAULT_NAMESPACE))
    return environment


def _own(given: Mapping[str, Any] | None, builtin: Mapping[str, object]) -> dict[str, Any]:
    """What the caller adds. Handed a whole Jinja2 environment's filters, its own ones stay as they are bounded here."""
    return {name: value for name, value in (given or {}).items() if value is not builtin.get(name)}


def compile_source(environment: TemplateEnvironment, tree: nodes.Template, name: str) -> bytes:
    """Executable form of a parsed part, as Python keeps code on disk."""
    return marshal.dumps(environment.compile(tree, name=name, filename=name))


def load_code(environment: TemplateEnvironment, code: bytes) -> JinjaTemplate:
    """What renders such a part; with its globals in one dictionary, since each rendering copies them."""
    loaded = marshal.loads(code)  # noqa: S302 - what `compile_source` wrote
    return environment.template_class.from_code(environment, loaded, dict(environment.globals))
