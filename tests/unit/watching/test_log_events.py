"""The log for machines: what is new and what is gone, by code and place."""

from __future__ import annotations

import pytest

from hopdocs.cycle.run import CycleReport
from hopdocs.diagnostics import Diagnostic, Severity
from hopdocs.watching.log_events import EventLog, public_path
from hopdocs.watching.service import ServiceEvent

ONE = "families/hop-1.yaml"
TWO = "families/hop-2.yaml"


def cycle(log: EventLog, *found: Diagnostic, looked_at: tuple[str, ...] = ()) -> tuple[list[str], list[str]]:
    """The places that a cycle's line names as new and as gone."""
    report = CycleReport(diagnostics=list(found), looked_at=frozenset(looked_at))
    (line,) = log.lines(ServiceEvent(report=report))
    new, gone = ([f"{row['path']}:{row['line']} {row['code']}" for row in line[key]] for key in ("new", "gone"))
    return new, gone


def test_a_fault_is_told_when_it_is_new_and_when_it_is_gone() -> None:
    log = EventLog()
    fault, other = Diagnostic(ONE, 4, 2, "HD121", {"key": "nadira"}), Diagnostic(TWO, 1, 1, "HD122")
    assert cycle(log, fault, other, looked_at=(ONE, TWO)) == ([f"{ONE}:4 HD121", f"{TWO}:1 HD122"], [])
    assert cycle(log, fault, looked_at=(ONE,)) == ([], [])
    assert cycle(log) == ([], [])  # nobody looked at either
    assert cycle(log, looked_at=(ONE,)) == ([], [f"{ONE}:4 HD121"])
    assert cycle(log, looked_at=(TWO,)) == ([], [f"{TWO}:1 HD122"])


def test_what_is_of_no_family_is_looked_at_in_each_cycle() -> None:
    log, fault = EventLog(), Diagnostic("config.yaml", 3, 1, "HD185")
    assert cycle(log, fault) == (["config.yaml:3 HD185"], [])
    assert cycle(log, fault) == ([], [])
    assert cycle(log) == ([], ["config.yaml:3 HD185"])


def test_the_services_own_faults_are_told_once() -> None:
    log, fault = EventLog(), Diagnostic("", 0, 0, "HD508", {"detail": "x"}, Severity.ERROR)
    (line,) = log.lines(ServiceEvent(diagnostics=(fault,)))
    assert line == {
        "event": "diagnostics",
        "new": [{"path": "", "line": 0, "column": 0, "code": "HD508", "severity": "error"}],
        "gone": [],
    }
    (line,) = log.lines(ServiceEvent(diagnostics=(fault,)))
    assert (line["new"], line["gone"]) == ([], [])


@pytest.mark.parametrize(
    ("path", "public"),
    [
        ("families/hop-1.yaml", "families/hop-1.yaml"),
        ("families/hop-1/samtykke-nadira.pdf", "families/hop-1.yaml"),
        ("families/hop-1/Nadira/brev.pdf", "families/hop-1.yaml"),
        ("families/Nadira Zamirandi.yaml", "families/"),
        ("families/hop-1 (Nadiras kopi).yaml", "families/"),
        ("out/hop-1/familieplan-nadira.docx", "families/hop-1.yaml"),
        ("out/hop-1/udleveret/familieplan-nadira.pdf", "families/hop-1.yaml"),
        ("udbakke/breve/hop-1/familieplan-nadira.docx", "families/hop-1.yaml"),
        ("out/hop-1", "families/hop-1.yaml"),
        ("out/_projekt/dagsorden.docx", "project.yaml"),
        ("familieplan-nadira.docx", "out/"),
        ("config.yaml", "config.yaml"),
        ("templates/invitation.docx", "templates/invitation.docx"),
        ("/etc/hopdocs/operator.yaml", "/etc/hopdocs/operator.yaml"),
        (".git", ".git"),
        ("", ""),
    ],
)
def test_a_path_says_no_more_than_the_familys_file(path: str, public: str) -> None:
    assert public_path(path) == public
