"""`hopdocs demo --large`: the invented project, checked and built, to look at reports about sixty families."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hopdocs.cli.console import both
from hopdocs.cli.verbs.demo.large_project import FAMILIES, SEEN_ON, write_large_project
from hopdocs.package_data import shipped_path
from hopdocs.sources.config import parse_config
from hopdocs.workspace import CONFIG_NAME, PROJECT_FOLDER

if TYPE_CHECKING:
    from hopdocs.cli.console import Console

_NO_MAIL = re.compile(r"^mail:\n(?:[ #].*\n|\n)*", re.MULTILINE)


def write_large_workspace(root: Path) -> None:
    """The sample municipality with the invented families: no PDFs, of which there would be a thousand, and no mail."""
    root.mkdir(parents=True)
    text = shipped_path(CONFIG_NAME).read_text(encoding="utf-8")
    text = _NO_MAIL.sub("", re.sub(r"^  pdf: \w+", "  pdf: none", text, flags=re.MULTILINE))
    (root / CONFIG_NAME).write_text(text, encoding="utf-8")
    config = parse_config(text.encode(), CONFIG_NAME).config
    assert config is not None  # noqa: S101 - the sample is without fault
    write_large_project(root, config)


def show_large(console: Console) -> None:
    """Writes, builds, and says where to look. The build is a process of its own, and its progress is seen."""
    root = Path(tempfile.mkdtemp(prefix="hopdocs-demo-")) / "workspace"
    write_large_workspace(root)
    console.say(
        both(
            en=f"{FAMILIES} invented families over thirty months, as of {SEEN_ON}, in {root}",
            da=f"{FAMILIES} opdigtede familier gennem tredive måneder, den {SEEN_ON}, i {root}",
        )
    )
    words = ["-w", str(root), "--today", SEEN_ON.isoformat(), "build"]
    apart = {"XDG_STATE_HOME": str(root.parent / "state"), "HOPDOCS_OPERATOR": ""}
    subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", "hopdocs", *words], stdout=subprocess.DEVNULL, check=False, env=os.environ | apart
    )
    papers = root / "out" / PROJECT_FOLDER
    console.say(both(en="Where to look", da="Her kan du se det"))
    for path in (root / "out" / "overblik.html", *sorted(papers.glob("*.html")), *sorted(papers.glob("*.docx"))):
        console.say(f"  {path}")
