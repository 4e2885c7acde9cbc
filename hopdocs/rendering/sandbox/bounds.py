"""How much a template may ask for: more than any letter needs, less than would fill the machine.

Jinja2's sandbox keeps a template from the program, not from the memory: `'a'|center(10**9)` is one gigabyte, and
thirty lines of `{% set s = s ~ s %}` are one as well. So what can make a value much larger than its parts is weighed
before it is done. Each check costs less than a microsecond, and only where a template uses such a thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from jinja2 import pass_eval_context
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.filters import make_attrgetter
from jinja2.runtime import LoopContext, Undefined
from jinja2.tests import TESTS as DEFAULT_TESTS

from hopdocs.rendering.docx.docxtpl_values import is_docxtpl_only
from hopdocs.rendering.sandbox.work_limits import (
    CONTAINERS,
    LONGEST_PART,
    MOST_VALUES,
    count_comparison,
    count_size,
    count_work,
    refuse,
)

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import EvalContext

LONGEST_REPEAT: Final = 100_000
"""How far a text or list may be repeated or padded."""
LONGEST_TEXT: Final = 4_000_000
"""How many characters one value may come to: some thousand pages."""
LONGEST_RANGE: Final = 10_000
MOST_BITS: Final = 10_000
"""How large a whole number may get: three thousand digits."""
_MOST_DECIMALS: Final = 100

_PADDING: Final = frozenset({"center", "ljust", "rjust", "zfill", "to_bytes"})
_WIDTH: Final = re.compile(r"\d{6}|\*")
_PERCENT_WIDTH: Final = re.compile(r"%[^a-zA-Z%]*(?:\d{6}|\*)")


def weigh(value: object) -> int:
    """About how many characters a value is when it is written out; raises where that is too many.

    A list that holds another one twice, which holds a third one twice, is short in memory and endless on paper.
    """
    waiting = [value]
    total = count = 0
    while waiting:
        item = waiting.pop()
        count += 1
        if isinstance(item, str | bytes):
            total += len(item)
        elif isinstance(item, Mapping):
            waiting.extend(item.keys())
            waiting.extend(item.values())
        elif isinstance(item, CONTAINERS):
            waiting.extend(item)
        elif isinstance(item, Undefined):  # a strict one tells what is missing; in a list it would print its own name
            str(item)
        elif is_docxtpl_only(item):  # as text it would refer to parts that the document does not have
            raise refuse(f"{type(item).__name__} ~")
        if total > LONGEST_TEXT:
            raise refuse(f"> {LONGEST_TEXT}")
        if count + len(waiting) > MOST_VALUES:
            raise refuse(f"> {MOST_VALUES}")
    count_work(total + count)
    return total + count


def concat_bounded(pieces: Iterable[str]) -> str:
    """`"".join`, for what a macro or a block made."""
    made = list(pieces)
    length = sum(map(len, made))
    if length > LONGEST_TEXT:
        raise refuse(f"> {LONGEST_TEXT}")
    count_work(length)
    return "".join(made)


def bounded_range(*limits: int) -> range:
    """`range`, as far as any letter counts."""
    numbers = range(*limits)
    if len(numbers) > LONGEST_RANGE:
        raise refuse(f"range > {LONGEST_RANGE}")
    return numbers


def check_operation(operator: str, left: object, right: object) -> None:
    """Raise where an operation's result would be too large."""
    match operator:
        case "+" if isinstance(left, str | bytes | list | tuple) and isinstance(right, str | bytes | list | tuple):
            if len(left) + len(right) > LONGEST_TEXT:
                raise refuse(f"+ > {LONGEST_TEXT}")
            count_work(len(left) + len(right))
        case "%" if isinstance(left, str | bytes):
            _check_percent(left if isinstance(left, str) else left.decode("latin-1"), right)
        case "**":
            base = left.bit_length() if isinstance(left, int) else 1
            if isinstance(right, int | float) and max(base, 1) * abs(right) > MOST_BITS:
                raise refuse(f"** {right}")
        case "*":
            _check_product(left, right)


def _check_product(left: object, right: object) -> None:
    if isinstance(left, int) and isinstance(right, int):
        if left.bit_length() + right.bit_length() > MOST_BITS:
            raise refuse("*")
        return
    for text, times in ((left, right), (right, left)):
        if isinstance(text, str | list | tuple | bytes) and isinstance(times, int):
            if len(text) * times > LONGEST_REPEAT:
                raise refuse(f"* {times}")
            count_work(max(len(text) * times, 0))


def _check_percent(text: str, values: object) -> None:
    if _PERCENT_WIDTH.search(text):
        raise refuse("%")
    if text.count("%") * weigh(values) + len(text) > LONGEST_PART:
        raise refuse(f"% > {LONGEST_PART}")


def check_method(name: str, owner: object, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Raise where a text's or a number's own method would make too much; what to call it with."""
    if name in _PADDING:
        if any(isinstance(item, int) and item > LONGEST_REPEAT for item in arguments):
            raise refuse(f".{name}({arguments[0]})")
    elif name == "translate":
        raise refuse(".translate()")
    elif isinstance(owner, str | bytes) and arguments:
        if name == "expandtabs" and isinstance(arguments[0], int):
            if len(owner) * arguments[0] > LONGEST_TEXT:
                raise refuse(f".expandtabs({arguments[0]})")
        elif name == "replace" and isinstance(owner, str):
            _check_replace(owner, *arguments[:2])
        elif name == "join":
            items = list(arguments[0])
            if weigh(items) + len(items) * len(owner) > LONGEST_TEXT:
                raise refuse(f".join > {LONGEST_TEXT}")
            return (items,)
    return arguments


GUARDED_METHODS: Final = _PADDING | {"translate", "expandtabs", "replace", "join"}


def check_format_spec(spec: str) -> None:
    """Raise where `{:…}` pads to more than a letter holds."""
    if _WIDTH.search(spec):
        raise refuse(f"{{:{spec}}}")


def _check_replace(text: str, old: object, new: object = "") -> None:
    times = text.count(str(old)) if old else len(text) + 1
    if len(text) + times * len(str(new)) > LONGEST_TEXT:
        raise refuse(f"|replace > {LONGEST_TEXT}")


def _check_center(value: object, width: int = 80) -> None:
    _check_width("center", value, width)


def _check_width(name: str, _: object, width: int, *__: object, **___: object) -> None:
    if isinstance(width, int) and width > LONGEST_REPEAT:
        raise refuse(f"|{name}({width})")


def _check_batch(value: object, linecount: int, *_: object, **__: object) -> None:
    _check_width("batch", value, linecount)


def _check_slice(value: object, slices: int, *_: object, **__: object) -> None:
    _check_width("slice", value, slices)


def _check_indent(value: object, width: int | str = 4, *_: object, **__: object) -> None:
    text = str(value)
    size = width if isinstance(width, int) else len(width)
    if (text.count("\n") + 1) * size + len(text) > LONGEST_TEXT:
        raise refuse("|indent")


def _check_wordwrap(value: object, width: int = 79, *arguments: object, **named: object) -> None:
    wrapped_with = named.get("wrapstring", arguments[1] if len(arguments) > 1 else "\n")
    if len(str(value)) // max(int(width), 1) * len(str(wrapped_with)) > LONGEST_TEXT:
        raise refuse("|wordwrap")


def _check_round(_: object, precision: int = 0, *__: object, **___: object) -> None:
    if abs(precision) > _MOST_DECIMALS:
        raise refuse(f"|round({precision})")


def _check_sum(_: object, attribute: object = None, start: object = 0) -> None:  # noqa: ARG001 - as Jinja2 names it
    if isinstance(start, str | bytes | list | tuple):
        raise refuse("|sum(start)")


def _check_format(value: object, *arguments: object, **named: object) -> None:
    _check_percent(str(value), named or arguments)


def _check_weight(value: object, *_: object, **__: object) -> None:
    if not isinstance(value, Undefined):
        weigh(value)


def _replace_filter(value: object, old: object, new: object = "", *_: object, **named: object) -> None:
    _check_replace(str(value), named.get("old", old), named.get("new", new))


_CHECKS: Final[Mapping[str, Callable[..., None]]] = {
    "center": _check_center,
    "batch": _check_batch,
    "slice": _check_slice,
    "indent": _check_indent,
    "wordwrap": _check_wordwrap,
    "round": _check_round,
    "sum": _check_sum,
    "format": _check_format,
    "replace": _replace_filter,
    **dict.fromkeys(("string", "e", "escape", "forceescape", "tojson", "pprint", "striptags", "urlize"), _check_weight),
}


_COMPARING: Final = frozenset({"sort", "min", "max", "unique", "groupby", "dictsort"})
_AT_ONCE: Final = frozenset({"length", "count", "first", "last", "default", "d", "attr", "items", "join"})
"""Filters that do not go through the whole value, and `join`, which weighs it."""


def bounded_filters() -> dict[str, Callable[..., Any]]:
    """Jinja2's own filters, each counted; those that can make much of little have their check before them."""
    bounded = {
        name: _bound(original, _CHECKS.get(name), compares=name in _COMPARING)
        for name, original in DEFAULT_FILTERS.items()
        if name not in _AT_ONCE
    }
    bounded["join"] = _join
    return bounded


def bounded_tests() -> dict[str, Callable[..., Any]]:
    """Jinja2's own tests that compare, each counted."""
    known: Mapping[str, Any] = DEFAULT_TESTS
    return {name: _bound_test(known[name]) for name in _COMPARING_TESTS}


_COMPARING_TESTS: Final = (
    *("eq", "equalto", "==", "ne", "!=", "lt", "lessthan", "<", "le", "<="),
    *("gt", "greaterthan", ">", "ge", ">=", "in"),
)


def _bound_test(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def counted(*arguments: Any, **named: Any) -> Any:
        for value in (*arguments, *named.values()):
            count_comparison(value)
        return original(*arguments, **named)

    return counted


def _bound(original: Callable[..., Any], check: Callable[..., None] | None, *, compares: bool) -> Callable[..., Any]:
    """The filter behind its check; what Jinja2 hands to some filters first is none of the check's business."""
    skipped = 1 if hasattr(original, "jinja_pass_arg") else 0

    @wraps(original)
    def counted(*arguments: Any, **named: Any) -> Any:
        if compares and isinstance(arguments[skipped], Iterator):
            arguments = (*arguments[:skipped], list(arguments[skipped]), *arguments[skipped + 1 :])
        if check is not None:
            check(*arguments[skipped:], **named)
        (count_comparison if compares else count_size)(arguments[skipped])
        made = original(*arguments, **named)
        count_size(made)
        return made

    return counted


def check_call(obj: object, arguments: Iterable[object]) -> None:
    """Count what a value's own method goes through; dictionaries hash, lists compare."""
    owner = getattr(obj, "__self__", None)
    if isinstance(owner, str | bytes):
        count_size(owner)
    elif isinstance(owner, (*CONTAINERS, LoopContext)) or obj is dict:
        for value in arguments:
            count_comparison(value)
        if getattr(obj, "__name__", "") in {"index", "count"}:
            count_comparison(owner)
        else:
            count_size(owner)


@pass_eval_context
def _join(context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> Any:
    items = list(value) if attribute is None else _pick(context.environment, value, attribute)
    if weigh(items) + len(items) * len(str(d)) > LONGEST_TEXT:
        raise refuse(f"|join > {LONGEST_TEXT}")
    return DEFAULT_FILTERS["join"](context, items, d)


def _pick(environment: Environment, value: Iterable[Any], attribute: str | int) -> list[Any]:
    return list(map(make_attrgetter(environment, attribute), value))
