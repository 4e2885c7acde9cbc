"""`python -m tests.endurance.sick_disk`: the real service over a disk that fails (EIO) at many a look into a folder.

The folders of families, of git and of documents fail when listed, or when asked what they are. The service must stay,
remove nothing, and make what is edited as soon as a look is whole.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.endurance.tally import Tally
from tests.service.watched import FAMILY, OUT, Watched, documents_of, make_workspace, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_EDITS: Final = 5
_LIMIT_SECONDS: Final = 120.0
_SICK: Final = {
    "getdents64": ("2+3", ("families", ".git", "out", OUT)),
    "newfstatat": ("5+7", ("families", ".git")),
}
"""By call: which of them fail, and about which folders. A look asks several times, and must be whole now and then."""
_START: Final = re.compile(r'start: "10[.]\d\d"')


def main() -> int:
    """One service for each call that fails."""
    tally = Tally()
    for call in _SICK:
        with tempfile.TemporaryDirectory(prefix="hopdocs-sick-") as home:
            _play(Path(home), call, tally)
    return tally.end()


def _play(home: Path, call: str, tally: Tally) -> None:
    folder, log = make_workspace(home / "workspace"), home / "strace"
    (folder / ".git").mkdir()
    when, sick = _SICK[call]
    places = [word for name in sick for word in ("-P", str(folder / name))]
    watched = Watched(folder)
    watched.start()
    before = documents_of(folder).keys()
    tally.check(watched.stop() == 0, "the healthy service did not end by itself")
    inject = f"inject={call}:error=EIO:when={when}"
    watched = Watched(folder)
    watched.before = ("strace", "-D", "-f", "-qq", "-o", str(log), *places, "-e", f"trace={call}", "-e", inject)
    watched.start(is_ready=False)
    for number in range(_EDITS):
        path = folder / FAMILY
        beside = path.with_name(".edit.tmp")
        beside.write_text(_START.sub(f'start: "10.{number + 10}"', path.read_text("utf-8")), "utf-8")
        beside.replace(path)
        limit = time.monotonic() + _LIMIT_SECONDS
        while f"10.{number + 10}" not in text_of(folder / OUT / "dagsorden-familieplan.docx"):
            if time.monotonic() > limit:
                tally.check(holds=False, what=f"{call}: edit {number} is not in the agenda")
                break
            time.sleep(0.1)
    status = watched.stop()
    injected = log.read_text("utf-8", "replace").count("(INJECTED)")
    codes = sorted({code for line in watched.lines for _, code in line.get("diagnostics", ())})
    tally.say(f"{call}: {injected} failed, {_EDITS} edits made; told: {', '.join(codes) or 'nothing'}")
    tally.check(injected > 0, f"{call} never failed, so nothing was tried")
    tally.check(status == 0, f"{call}: the service ended with {status}")
    tally.check(documents_of(folder).keys() >= before, f"{call}: documents are gone")
    tally.check(not list(_removed(watched.lines)), f"{call}: removed {list(_removed(watched.lines))}")


def _removed(lines: list[dict[str, Any]]) -> Iterator[str]:
    return (path for line in lines for path, action, _ in line.get("documents", ()) if action == "removed")


if __name__ == "__main__":
    sys.exit(main())
