"""`docs/foerste-familie.md` does what it says: every command in its order, every edit, and the words that it shows."""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from hopdocs.cli.verbs.init.own_config import sections
from tests.unit.cli.running import Run, run

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE: Final = Path(__file__).parents[1] / "docs" / "foerste-familie.md"
TODAY: Final = "2026-12-01"
_BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EDITED: Final = re.compile(r"# (\S+\.yaml)(?:, under (\w+)|(, udfyld))?:?\n")


@dataclass(frozen=True)
class Step:
    language: str
    text: str


def steps() -> list[Step]:
    return [Step(found[1], found[2]) for found in _BLOCK.finditer(PAGE.read_text("utf-8"))]


def commands(text: str) -> Iterator[list[str]]:
    for line in text.replace("\\\n", " ").splitlines():
        yield shlex.split(line)


def edit(block: str) -> None:
    """As a person does: under a key, in empty lines, or each key in place of the one that is there, else last."""
    said = _EDITED.match(block)
    assert said is not None, block
    path, lines = Path(said[1]), block[said.end() :]
    there = sections(path.read_text("utf-8"))
    if said[2]:
        there[said[2]] = there[said[2]].rstrip("\n") + "\n" + lines
    elif said[3]:
        for line in lines.splitlines():
            begun = line.partition(":")[0] + ":"
            (key,) = (key for key, text in there.items() if f"\n{begun}\n" in text)
            there[key] = there[key].replace(f"\n{begun}\n", f"\n{line}\n")
    else:
        for key, text in sections(lines).items():
            lead = re.match(r"(?:#.*\n|\n)*", there.get(key, "\n"))
            assert lead is not None
            there[key] = lead[0] + text
    path.write_text("".join(there.values()), "utf-8")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Run]]:
    """What each command of the page said, on a machine without LibreOffice, which only takes time."""
    patch = pytest.MonkeyPatch()
    patch.setenv("HOPDOCS_LANG", "da")
    patch.chdir(tmp_path_factory.mktemp("guide"))
    found: list[tuple[str, Run]] = []
    said = ""
    try:
        for step in steps():
            if step.language == "yaml":
                edit(step.text)
            elif step.language == "text":
                assert [line for line in step.text.splitlines() if line not in said] == []
            else:
                assert step.language == "sh"
                said = ""
                for words in commands(step.text):
                    if words[0] == "cd":
                        os.chdir(words[1])
                        config = Path("config.yaml")
                        config.write_text(config.read_text("utf-8").replace("pdf: auto", "pdf: none"), "utf-8")
                        continue
                    assert words[0] == "hopdocs"
                    done = run("--today", TODAY, *words[1:])
                    said += done.out
                    found.append((" ".join(words), done))
    finally:
        patch.undo()
    return found


def test_every_command_does_what_it_is_there_for(told: list[tuple[str, Run]]) -> None:
    assert {command: (done.code, done.err) for command, done in told if done.code != 0} == {}


def test_nothing_is_wrong_along_the_way(told: list[tuple[str, Run]]) -> None:
    for command, done in told:
        assert " fejl HD" not in done.out, (command, done.out)


def test_the_guide_is_the_page_with_its_commands_as_they_are_copied() -> None:
    shown = run("guide")
    assert (shown.code, shown.out) == (0, PAGE.read_text("utf-8"))


def test_the_guide_is_in_the_wheel() -> None:
    wheel = tomllib.loads((PAGE.parents[1] / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    assert "docs/foerste-familie.md" in wheel["only-include"]
    assert wheel["sources"]["docs/foerste-familie.md"] == "hopdocs/shipped/docs/foerste-familie.md"
