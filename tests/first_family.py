"""Follows `docs/foerste-familie.md` in a folder: every command in its order, every edit, and the words that it shows.

A process of its own does it, in Danish as the page is: help and words are chosen when a module is first read, and a
test of another verb, in the same process, expects English.

    python -m tests.first_family DIR        prints as JSON what each command said, and what was missing of that
"""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.cli.verbs.init.own_config import sections
from tests.unit.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE: Final = Path(__file__).parents[1] / "docs" / "foerste-familie.md"
TODAY: Final = "2026-12-01"
_BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DAILY: Final = re.compile(r"^- `(hopdocs [^`]+)`: ", re.MULTILINE)
"""A command of the list of those for every day."""
_EDITED: Final = re.compile(r"# (\S+\.yaml)(?:, under (\w+)|(, udfyld))?:?\n")


@dataclass(frozen=True)
class Told:
    """What a command said."""

    command: str
    code: int
    out: str
    err: str


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


def follow(folder: Path) -> tuple[list[Told], list[str]]:
    """What each command said, and the lines that the page shows and no command said. LibreOffice only takes time."""
    os.chdir(folder)
    found: list[Told] = []
    missing: list[str] = []
    said = ""
    for step in steps():
        if step.language == "yaml":
            edit(step.text)
        elif step.language == "text":
            missing += [line for line in step.text.splitlines() if line not in said]
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
                found.append(told_by(words))
                said += found[-1].out
    found += [told_by(shlex.split(line)) for line in _DAILY.findall(PAGE.read_text("utf-8"))]
    return found, missing


def told_by(words: list[str]) -> Told:
    done = run("--today", TODAY, *words[1:])
    return Told(" ".join(words), done.code, done.out, done.err)


if __name__ == "__main__":
    told, unsaid = follow(Path(sys.argv[1]))
    sys.stdout.write(json.dumps({"told": [asdict(item) for item in told], "unsaid": unsaid}))
