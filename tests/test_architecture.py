"""What holds for the whole tree: imports point one way, every code has its words, no module outgrows its page."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from hopdocs.catalogue import Language, load_wordings
from hopdocs.catalogue.masking import find_cpr_shapes

_ROOT = Path(__file__).parents[1]
_PACKAGE = _ROOT / "hopdocs"
_MODULES = sorted(_PACKAGE.rglob("*.py"))
_CODE = re.compile(r"\bHD[1-9][0-9]{2}\b")
_DIGEST = re.compile(r"\bsha(?:256:[0-9a-f]{64}|512-[A-Za-z0-9+/=]{88})")
"""What a lock file says of a package: enough digits in a row to look like anything."""
_LONGEST = 400
_MOST_IN_A_FOLDER = 16
_EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "data", "process", "handle", "misc"}


def _codes_in_code() -> dict[str, str]:
    """Every code that stands in a string of the program, and one module that names it; prose does not count."""
    found: dict[str, str] = {}
    for module in _MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
                found.setdefault(node.value, str(module.relative_to(_ROOT)))
    return found


def test_imports_point_one_way() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_code_in_use_has_its_words(language: Language) -> None:
    worded = load_wordings(language)
    missing = {code: module for code, module in _codes_in_code().items() if code not in worded}
    assert not missing


def test_both_languages_know_the_same_codes_and_parameters() -> None:
    danish, english = load_wordings("da"), load_wordings("en")
    assert danish.keys() == english.keys()
    blanks = re.compile(r"\{[a-z_]+\}")
    for code, words in danish.items():
        other = english[code]
        assert set(blanks.findall(words.message)) == set(blanks.findall(other.message)), code
        assert words.explain.strip(), code
        assert other.explain.strip(), code


def test_no_worded_code_is_unused() -> None:
    assert not sorted(set(load_wordings("en")) - set(_codes_in_code()))


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    long = {str(path.relative_to(_ROOT)): lines for path in _MODULES if (lines := _length(path)) > _LONGEST}
    assert not long


def test_no_folder_holds_more_modules_than_one_look_takes_in() -> None:
    modules = Counter(path.parent.relative_to(_ROOT).as_posix() for path in _MODULES if path.stem != "__init__")
    assert not {folder: number for folder, number in modules.items() if number > _MOST_IN_A_FOLDER}


def test_modules_are_nouns_of_the_domain() -> None:
    assert not [path.name for path in _MODULES if path.stem in _EMPTY_NAMES]


def test_only_the_console_prints() -> None:
    printing = [
        f"{module.relative_to(_ROOT)}:{node.lineno}"
        for module in _MODULES
        if module != _PACKAGE / "cli" / "console.py"
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not printing


def test_nothing_kept_in_the_repository_is_shaped_like_a_cpr_number() -> None:
    found = [
        f"{path.relative_to(_ROOT)}:{number}"
        for path in _kept_files()
        for number, line in enumerate(_text_of(path).splitlines(), 1)
        if any(True for _ in find_cpr_shapes(_DIGEST.sub("", line)))
    ]
    assert not found


def _kept_files() -> list[Path]:
    """What git follows; all files where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=_ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [path for name in listed.stdout.split("\0") if name and (path := _ROOT / name).is_file()]
    hidden = re.compile(r"\..+|__pycache__")
    files = (path for path in _ROOT.rglob("*") if path.is_file())
    return [path for path in files if not any(map(hidden.fullmatch, path.relative_to(_ROOT).parts))]


def _text_of(path: Path) -> str:
    """The text of a file; nothing of a picture or a Word file."""
    data = path.read_bytes()
    return "" if b"\0" in data else data.decode("utf-8", "replace")


def _length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
