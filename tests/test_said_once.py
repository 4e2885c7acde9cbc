"""What has one home in the package, and no second: each test reads every module and finds nobody else who does it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from hopdocs.freshness.cache_keys import Lookup, split_key
from hopdocs.model.meeting import MeetingType
from hopdocs.rendering.pdf.bundle import BindingLimits
from hopdocs.sources.file_sizes import LARGEST_ATTACHMENT_BYTES, LARGEST_SOURCE_BYTES, LARGEST_TEMPLATE_BYTES
from hopdocs.workspace import is_passing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PACKAGE: Final = Path(__file__).parents[1] / "hopdocs"
_TREES: Final = {
    path.relative_to(_PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(_PACKAGE.rglob("*.py"))
}
_DURATIONS: Final = {"monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "sleep", "thread_time"}
"""What of `time` tells no time of day."""
_NOW: Final = {"now", "today", "utcnow"}
_MAIL_NOW: Final = {"formatdate", "localtime", "make_msgid"}
_SQL_NOW: Final = ("current_timestamp", "current_date", "current_time", "'now'")


def _clock_readers(tree: ast.Module) -> Iterator[int]:
    """The lines that ask what time it is, or take along a function that does."""
    times = {"time"} & {name.asname or name.name for name in _imported(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _names_clock(node, times):
            yield node.lineno
        if isinstance(node, ast.ImportFrom):
            names = {name.name for name in node.names}
            if (node.module == "time" and names - _DURATIONS) or (node.module == "email.utils" and names & _MAIL_NOW):
                yield node.lineno
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_sql = node.value.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "CREATE", "DELETE"))
            if is_sql and any(word in node.value.lower() for word in _SQL_NOW):
                yield node.lineno


def _imported(tree: ast.Module) -> Iterator[ast.alias]:
    """Modules that are imported whole, anywhere in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from node.names


def _names_clock(node: ast.Attribute, times: set[str]) -> bool:
    base = node.value
    name = base.id if isinstance(base, ast.Name) else base.attr if isinstance(base, ast.Attribute) else ""
    if name in ("datetime", "date"):
        return node.attr in _NOW
    return (name in times and node.attr not in _DURATIONS) or (name == "utils" and node.attr in _MAIL_NOW)


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = [f"{name}:{line}" for name, tree in _TREES.items() if name != "clock.py" for line in _clock_readers(tree)]
    assert not asking


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.date.today()",
        "import datetime\ndatetime.datetime.now(datetime.UTC)",
        "import time\ndef look(now=time.time_ns): ...",
        "import time\ntime.localtime()",
        "from time import time",
        "from email.utils import formatdate",
        "SQL = 'INSERT INTO notice VALUES (CURRENT_TIMESTAMP)'",
        "SQL = \"SELECT date('now')\"",
    ],
)
def test_each_way_of_asking_the_time_is_seen(code: str) -> None:
    assert list(_clock_readers(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    ["import time\nbegan = time.monotonic()", "clock.now()", "from datetime import time\nmoment.time()\ntime.min"],
)
def test_durations_and_the_clock_that_was_handed_in_are_no_asking(code: str) -> None:
    assert not list(_clock_readers(ast.parse(code)))


def test_names_of_what_was_looked_up_are_spelled_in_one_place() -> None:
    prefixes = tuple(f"{sort.value}:" for sort in Lookup)
    spelled = [
        f"{name}:{node.lineno}"
        for name, tree in _TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(prefixes)
    ]
    assert not spelled


@pytest.mark.parametrize("sort", Lookup)
def test_the_name_of_what_was_looked_up_is_taken_apart_as_it_was_made(sort: Lookup) -> None:
    key = sort.key("brev: nr. 1.docx")
    assert split_key(key) == (sort, "brev: nr. 1.docx")
    assert [other for other in Lookup if other.is_of(key)] == [sort]


def _size_in_bytes(node: ast.expr) -> int | None:
    """What a number or a product of numbers comes to, such as `64 * 1024**2`."""
    match node:
        case ast.Constant(value=int(number)):
            return number
        case ast.BinOp(left=left, op=ast.Mult() | ast.Pow() | ast.LShift(), right=right):
            one, other = _size_in_bytes(left), _size_in_bytes(right)
            if one is None or other is None or max(one, other) > 2**40:
                return None
            if isinstance(node.op, ast.Mult):
                return one * other
            return one**other if isinstance(node.op, ast.Pow) else one << other
    return None


def test_how_large_a_file_may_be_is_said_in_one_place() -> None:
    limits = {LARGEST_SOURCE_BYTES, LARGEST_TEMPLATE_BYTES, LARGEST_ATTACHMENT_BYTES}
    again = [
        f"{name}:{node.lineno}"
        for name, tree in _TREES.items()
        if not name.startswith("rendering/docx/")  # what a Word file may hold when it is unpacked
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.BinOp) and _size_in_bytes(node) in limits
    ]
    assert [place.partition(":")[0] for place in again] == ["sources/file_sizes.py"] * 3


def test_an_attachment_that_is_read_is_not_too_large_to_be_bound() -> None:
    assert BindingLimits().most_attachment_bytes == LARGEST_ATTACHMENT_BYTES


def _names_in(node: ast.AST) -> set[str]:
    listed = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else ()
    listed = node.args if isinstance(node, ast.Call) else listed
    inner = [item.value if isinstance(item, ast.Starred) else item for item in listed]
    return {item.attr if isinstance(item, ast.Attribute) else getattr(item, "id", "") for item in inner}


def test_which_meetings_are_the_familys_is_said_in_one_place() -> None:
    last = MeetingType.AFSLUTNINGSMØDE.name
    first = {"PLAN_MEETINGS", MeetingType.FAMILIEPLANSMØDE.name}
    listing = [
        f"{name}:{getattr(node, 'lineno', 0)}"
        for name, tree in _TREES.items()
        if name != "model/meeting.py"
        for node in ast.walk(tree)
        if last in _names_in(node) and first & _names_in(node)
    ]
    assert not listing


@pytest.mark.parametrize(
    ("name", "passes"),
    [
        ("4913", True),
        ("~$dagsorden.docx", True),
        (".~lock.dagsorden.docx#", True),
        (".hop-2026-007.yaml.swp", True),
        ("#hop-2026-007.yaml#", True),
        ("hop-2026-007.yaml~", True),
        ("hop-2026-007.yaml.PART", True),
        ("hop-2026-007.yaml", False),
        ("hop-4913.yaml", False),
        ("dagsorden.udkast.docx", False),
    ],
)
def test_what_only_passes_by_is_known_by_its_name(name: str, *, passes: bool) -> None:
    assert is_passing(name) is passes


def test_names_that_only_pass_by_are_spelled_in_one_place() -> None:
    spelled = [
        f"{name}:{node.lineno}"
        for name, tree in _TREES.items()
        if name != "workspace.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"4913|\\?\.sw[a-p[]", node.value)
    ]
    assert not spelled


def _takes_a_name_apart(node: ast.AST) -> bool:
    """Whether it is `person.name.split()[0]`, `title.partition(" ")[0]` or the like."""
    if not (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Call)):
        return False
    called = node.value.func
    if not (isinstance(called, ast.Attribute) and called.attr in {"split", "rsplit", "partition", "rpartition"}):
        return False
    whose = called.value.attr if isinstance(called.value, ast.Attribute) else getattr(called.value, "id", "")
    blanks = [item for item in node.value.args if not (isinstance(item, ast.Constant) and item.value in (" ", None))]
    return whose in {"name", "names", "title", "person", "full_name", "member"} and not blanks


def _lists_by_hand(node: ast.AST) -> bool:
    """Whether a text says ` og ` after a joined list."""
    if not isinstance(node, ast.JoinedStr):
        return False
    says_and = any(isinstance(item, ast.Constant) and " og " in str(item.value) for item in node.values)
    joins = [item for item in ast.walk(node) if isinstance(item, ast.Attribute) and item.attr == "join"]
    return says_and and bool(joins)


def _is_danish_month(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == "november"


@pytest.mark.parametrize(
    ("finds", "home"),
    [
        (_takes_a_name_apart, {"danish.py"}),
        (_lists_by_hand, {"danish.py"}),
        (_is_danish_month, {"model/scalars/moments.py"}),
    ],
)
def test_names_lists_and_dates_are_said_in_danish_in_one_place(
    finds: Callable[[ast.AST], bool], home: set[str]
) -> None:
    found = {name for name, tree in _TREES.items() for node in ast.walk(tree) if finds(node)}
    assert found <= home
    assert len(list(filter(finds, ast.walk(ast.parse(_SAMPLES))))) == 1


_SAMPLES: Final = """
first = person.name.split(" ")[0]
listed = f"{', '.join(first)} og {last}"
months = ("oktober", "november")
stem = name.partition(".")[0]
"""


def test_what_the_name_of_a_draft_looks_like_is_spelled_in_one_place() -> None:
    """Help texts show a draft's whole name; only an ending decides anything."""
    spelled = {
        name
        for name, tree in _TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(".udkast")
    }
    assert spelled == {"cycle/template_names.py"}


def test_a_row_of_many_columns_is_read_by_their_names() -> None:
    by_number = [
        f"{name}:{node.lineno}"
        for name, tree in _TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, int)
        and node.slice.value > _MOST_COLUMNS_BY_NUMBER
        and isinstance(node.value, ast.Name)
    ]
    assert not by_number


_MOST_COLUMNS_BY_NUMBER: Final = 7
