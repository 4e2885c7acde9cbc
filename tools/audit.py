"""Asks the Python packaging advisories about every locked version (`make audit`), and never takes silence for a yes.

pip-audit ends with the same code whether it found a hole or nobody answered, and well where an index that knows no
advisories (a mirror) says "not found" of every package. So its answer is read: unless it speaks of each package of
each file, nothing is known, and that is said and is a failure of its own.

    python tools/audit.py requirements/run.txt requirements/dev.txt
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

HOLES, NOT_ASKED = 1, 3
_SECONDS: Final = 600


def main(files: list[str]) -> int:
    """Every hole on its own line; the code says whether there are any, or whether nobody could be asked."""
    found: dict[str, set[str]] = {}
    for file in files:
        answer, fault = _ask(file)
        if answer is None:
            sys.stderr.write(f"{file}: nobody could be asked, so nothing is known: {fault}\n")
            return NOT_ASKED
        for line in _holes(answer):
            found.setdefault(line, set()).add(Path(file).name)
    for line, names in sorted(found.items()):
        sys.stdout.write(f"{line}  ({', '.join(sorted(names))})\n")
    sys.stdout.write(f"{len(found)} known holes in {', '.join(files)}.\n")
    return HOLES if found else 0


def _ask(file: str) -> tuple[dict[str, Any] | None, str]:
    """What the advisories say of a lock file; or None, and the last line of why not."""
    program = str(Path(sys.executable).with_name("pip-audit"))
    words = ["--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, no shell
            [program, "--requirement", file, *words],
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as err:
        return None, str(err)
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return None, (done.stderr.strip().splitlines() or [f"pip-audit ended with {done.returncode}"])[-1]
    skipped = [item["name"] for item in answer["dependencies"] if "skip_reason" in item]
    return (None, f"nothing said of {', '.join(skipped)}") if skipped else (answer, "")


def _holes(answer: dict[str, Any]) -> list[str]:
    return [
        f"{item['name']} {item['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'none yet'}"
        for item in answer["dependencies"]
        for hole in item["vulns"]
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
