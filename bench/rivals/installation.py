"""Installs the other engines under `.bench/`, each by itself: rust-docxtpl overwrites `docxtpl`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HOME: Final = Path(__file__).parents[2] / ".bench"
INSTALL_SECONDS: Final = 180
PROGRAMS: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Rival:
    """An engine, how to run the program that drives it, and which template syntax it reads."""

    name: str
    command: tuple[str, ...]
    syntax: str


class NotInstalledError(Exception):
    """The engine cannot be had on this machine; says why."""


def install_rivals() -> tuple[list[Rival], list[str]]:
    """All that can be had, and a line for each that cannot."""
    found: list[Rival] = []
    missing: list[str] = []
    for install in (_install_mailmerge, _install_rust_docxtpl, _install_docxtemplater):
        try:
            found.append(install())
        except NotInstalledError as err:
            missing.append(f"Left out: {err}")
    return found, missing


def _install_mailmerge() -> Rival:
    python = _make_environment("mailmerge", "docx-mailmerge2==1.0.3")
    return Rival("docx-mailmerge2 1.0.3", (str(python), str(PROGRAMS / "mailmerge_program.py")), "mailmerge")


def _install_rust_docxtpl() -> Rival:
    python = _make_environment("rust-docxtpl", "rust-docxtpl==0.1.2")
    return Rival("rust-docxtpl 0.1.2", (str(python), str(PROGRAMS / "docxtpl_program.py")), "jinja")


def _install_docxtemplater() -> Rival:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NotInstalledError("docxtemplater, since there is no Node.js on this machine")
    home = HOME / "docxtemplater"
    packages = ("docxtemplater@3", "pizzip@3")
    if not _is_done(home, *packages):
        home.mkdir(parents=True, exist_ok=True)
        _run("docxtemplater", [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(home), *packages])
        _note_done(home, *packages)
    program = PROGRAMS / "docxtemplater_program.js"
    return Rival("docxtemplater 3", (node, str(program), str(home / "node_modules")), "docxtemplater")


def _make_environment(name: str, *packages: str) -> Path:
    home = HOME / name
    python = home / "bin" / "python"
    if not _is_done(home, *packages):
        _run(name, [sys.executable, "-m", "venv", "--clear", str(home)])
        quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
        _run(name, [str(python), "-m", "pip", "install", *quiet, *packages])
        _note_done(home, *packages)
    return python


def _run(name: str, command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=INSTALL_SECONDS)  # noqa: S603 - fixed commands
    except (OSError, subprocess.SubprocessError) as err:
        raise NotInstalledError(f"{name}, since it could not be installed ({type(err).__name__})") from err


def _is_done(home: Path, *packages: str) -> bool:
    stamp = home / "installed"
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == "\n".join(packages)


def _note_done(home: Path, *packages: str) -> None:
    (home / "installed").write_text("\n".join(packages), encoding="utf-8")
