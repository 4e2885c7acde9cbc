"""Nothing that people wrote reaches a log: names, members' keys, health words, names of files, whatever is wrong."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEALTH: Final = "skizofrenikanarie"
WORDS: Final = ("nadira", "tariq", "yasmin", "sami", "lina", "zamirandi", HEALTH)
SAMPLE: Final = "hop-2026-007"
SPOILT: Final[dict[str, Callable[[str], str]]] = {
    "an unknown key": lambda text: f"{text}\n{HEALTH}: ja\n",
    "no such member": lambda text: text.replace("for: [sami]", f"for: [{HEALTH}]"),
    "no such colleague": lambda text: text.replace("staff: iik", f"staff: {HEALTH}"),
    "no date": lambda text: text.replace("date: 2026-11-24", f"date: {HEALTH}"),
    "a key twice": lambda text: f"{text}\nname: {HEALTH}\n",
    "no YAML": lambda text: f"{text}\n{HEALTH}: [nadira\n",
    "a sentence cut": lambda text: text.replace("name: Familien", f"name: {HEALTH}: Familien"),
    "an attachment that is not there, and hard words": lambda text: re.sub(
        r"(?m)^(\s+need: ).*",
        rf"\1Funktionsnedsættelsesudredning {HEALTH}",
        text.replace("min-plan-tariq.pdf", f"nadira-{HEALTH}.pdf"),
    ),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = quick(tmp_path_factory.mktemp("sinks") / "ws", SAMPLE)
    families = made / "families"
    text = (families / f"{SAMPLE}.yaml").read_text("utf-8")
    for number, spoil in enumerate(SPOILT.values(), 100):
        spoilt = spoil(text)
        assert spoilt != text
        own = spoilt.replace("HOP-2026-007", f"HOP-2026-{number}").replace('"26-012345"', f'"26-{number}"')
        (families / f"hop-2026-{number}.yaml").write_text(own, "utf-8")
        shutil.copytree(families / SAMPLE, families / f"hop-2026-{number}")
    (families / "Nadira Zamirandi.yaml").write_text(text, "utf-8")
    (families / f"{SAMPLE} (Nadiras kopi i konflikt).yaml").write_text(text, "utf-8")
    return made


def test_no_word_of_anybody_stands_in_a_log(root: Path) -> None:
    said = run("-w", root, *TODAY, "watch", "--once", "--format", "json")
    plain = run("-w", root, *TODAY, "watch", "--once")
    logs = said.out + said.err + plain.out + plain.err
    cycle = json.loads(said.out.splitlines()[0])
    assert {row["path"] for row in cycle["new"]} >= {f"families/hop-2026-{100 + n}.yaml" for n in range(len(SPOILT))}
    assert [word for word in WORDS if word in logs.casefold()] == []
    whole = run("-w", root, *TODAY, "check", "--format", "json").out.casefold()
    assert HEALTH in whole, "whoever has the files is told in full"


def test_a_second_round_over_the_same_tells_no_fault_again(root: Path) -> None:
    from hopdocs.cycle.run import CycleOptions, Session, run_cycle  # noqa: PLC0415
    from hopdocs.watching.log_events import EventLog  # noqa: PLC0415
    from hopdocs.watching.service import ServiceEvent  # noqa: PLC0415
    from hopdocs.workspace import open_workspace  # noqa: PLC0415
    from tests.unit.cycling import SetClock  # noqa: PLC0415

    workspace, clock, log = open_workspace(root), SetClock(), EventLog()
    options = CycleOptions(plans_notices=True)
    sizes = []
    with Session(workspace, clock) as session:
        for _ in range(2):
            report = run_cycle(workspace, clock, options, session)
            (line,) = log.lines(ServiceEvent(report=report))
            sizes.append((len(line["new"]), len(line["gone"])))
    assert sizes[0][0] > len(SPOILT)
    assert sizes[1] == (0, 0)
