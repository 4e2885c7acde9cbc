"""Runs the checks on the newest versions that pyproject.toml allows (`make newest`): what is newer, and what breaks.

The lock files hold what is shipped; the ranges are a promise to whoever installs hopdocs beside other things. In an
environment that goes away again; nothing of this checkout's own is touched.

    python tools/newest.py                            everything that `make test` checks, without Postfix
    python tools/newest.py tests/unit/rendering …     these tests alone
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
_LOCKED: Final = re.compile(r"(?m)^([a-zA-Z0-9._-]+)==([^\s;]+)")
_WITH_POSTFIX: Final = ("postfix", "other_calendars", "what_comes_back")
_ALL: Final = (
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    ("pytest", "-n", "auto", *(f"--ignore=tests/interop/test_{name}.py" for name in _WITH_POSTFIX)),
)


def main(tests: list[str]) -> int:
    """What is newer, then each check; the code says how many broke."""
    with tempfile.TemporaryDirectory(prefix="hopdocs-newest-") as name:
        home = Path(name)
        venv.create(home, with_pip=True)
        python = str(home / "bin" / "python")
        install = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--upgrade"]
        subprocess.run([*install, "--only-binary", ":all:", *wanted()], check=True)  # noqa: S603 - no shell
        subprocess.run([*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)  # noqa: S603
        frozen = subprocess.run([python, "-m", "pip", "freeze"], check=True, capture_output=True, encoding="utf-8")  # noqa: S603
        for line in newer(locked(), dict(_LOCKED.findall(frozen.stdout))):
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        checks = (("pytest", *tests),) if tests else _ALL
        broken = [check for check in checks if _run(home / "bin", check)]
    for check in broken:
        sys.stderr.write(f"broken with the newest versions: {' '.join(check)}\n")
    return len(broken)


def wanted() -> list[str]:
    """What pyproject.toml asks for, with its ranges."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups: dict[str, list[str]] = project["dependency-groups"]
    return [*project["project"]["dependencies"], *groups["build"], *groups["dev"]]


def locked() -> dict[str, str]:
    """By name the version that is locked, for tests too."""
    return dict(_LOCKED.findall((ROOT / "requirements" / "dev.txt").read_text("utf-8")))


def newer(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """A line for each version that is another than the locked one."""
    plain = {_plain(name): version for name, version in before.items()}
    pairs = sorted((_plain(name), version) for name, version in now.items())
    return [f"{name}: {plain.get(name, 'new')} -> {version}" for name, version in pairs if plain.get(name) != version]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _run(programs: Path, words: tuple[str, ...]) -> int:
    return subprocess.run([str(programs / words[0]), *words[1:]], cwd=ROOT, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
