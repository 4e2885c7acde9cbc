"""Where LibreOffice is on this machine, which one it is, and a Python that can talk to it."""

from __future__ import annotations

import configparser
import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from hopdocs.errors import ConverterFault

PROGRAM_FOLDERS: Final = ("/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program", "/opt/libreoffice/program")
PYTHONS: Final = ("/usr/bin/python3", "/usr/local/bin/python3")
ASK_SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Office:
    """An installed LibreOffice."""

    program: Path
    """What to start: soffice.bin itself, so that its process is ours and no launcher stands between."""
    python: Path
    """A Python with this LibreOffice's `uno` module."""
    version: str
    """Its version and build, and the fonts it finds: whatever changes how a page looks."""


@cache
def find_office() -> Office:
    """The machine's LibreOffice; raises ConverterFault saying what to install."""
    program = _find_program()
    if program is None:
        raise ConverterFault("HD330")
    python = _find_python(program.parent)
    if python is None:
        raise ConverterFault("HD331")
    return Office(program, python, f"{_read_version(program.parent)}, fonts {_digest_fonts()}")


def identify_office() -> str:
    """The same version without asking whether it can be talked to; '' if there is no LibreOffice."""
    program = _find_program()
    return f"{program}: {_read_version(program.parent)}, fonts {_digest_fonts()}" if program else ""


def _find_program() -> Path | None:
    named = shutil.which("soffice") or shutil.which("libreoffice")
    folders = [Path(named).resolve().parent] if named else []
    folders += map(Path, PROGRAM_FOLDERS)
    for folder in folders:
        for name in ("soffice.bin", "soffice"):
            if os.access(folder / name, os.X_OK):
                return folder / name
    return None


def _find_python(program_folder: Path) -> Path | None:
    """The bundled one, the system's, else whichever python3 is on the path outside this environment."""
    on_path = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    outside = [folder / "python3" for folder in on_path if not folder.is_relative_to(sys.prefix)]
    candidates = [program_folder / "python", *map(Path, PYTHONS), *outside]
    for candidate in dict.fromkeys(candidates):
        if os.access(candidate, os.X_OK) and _ask([str(candidate), "-I", "-c", "import uno; print('uno')"]) == "uno":
            return candidate
    return None


def _read_version(program_folder: Path) -> str:
    """From LibreOffice's own files: starting it to ask takes a second."""
    parts = []
    for name in ("bootstraprc", "versionrc", "version.ini"):
        reader = configparser.ConfigParser(interpolation=None, strict=False)
        try:
            reader.read_string((program_folder / name).read_text(encoding="utf-8", errors="replace"))
        except (OSError, configparser.Error):
            continue
        for section in reader.sections():
            parts += [reader[section][key] for key in ("productkey", "buildid") if key in reader[section]]
    return " ".join(parts) or _ask([str(program_folder / "soffice"), "--version"]) or "LibreOffice"


def _digest_fonts() -> str:
    """A letter set in another font breaks its lines elsewhere."""
    listed = _ask(["fc-list", "--format", "%{family}|%{style}|%{fontversion}\n"])
    return hashlib.sha256("\n".join(sorted(listed.split("\n"))).encode()).hexdigest()[:12]


def _ask(command: list[str]) -> str:
    """What a program answers; nothing when it cannot be asked."""
    try:
        done = subprocess.run(  # noqa: S603 - programs found above, no shell
            command, capture_output=True, timeout=ASK_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""
