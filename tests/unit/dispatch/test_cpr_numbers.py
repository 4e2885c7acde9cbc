"""Whoever knows the CPR numbers is asked with care: what answers may be slow, hostile, broken, or about somebody else.

No answer's number is ever seen in what is raised.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.dispatch.cpr_numbers import Answers, SourceFault, ask_numbers
from hopdocs.model.dispatch import RecipientSource
from tests.unit.dispatch.office import BORN, number_of

if TYPE_CHECKING:
    from pathlib import Path

FAMILY = "HOP-2026-007"
ASKED = {(FAMILY, member): BORN[member] for member in ("nadira", "yasmin")}


def _answer(**numbers: str) -> str:
    entries = [{"family": FAMILY, "member": member, "cpr": number} for member, number in numbers.items()]
    return json.dumps({"recipients": entries})


def _ask_program(tmp_path: Path, program: str, seconds: float = 20) -> Answers:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    script = tmp_path / "numbers.py"
    script.write_text(program, "utf-8")
    source = RecipientSource(command=(sys.executable, str(script)), timeout=timedelta(seconds=seconds))
    return ask_numbers(source, ASKED, workspace)


def _ask_file(tmp_path: Path, text: str, mode: int = 0o600) -> Answers:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    file = tmp_path / "numbers.json"
    file.write_text(text, "utf-8")
    file.chmod(mode)
    return ask_numbers(RecipientSource(file=str(file)), ASKED, workspace)


def test_the_command_is_told_ids_and_keys_and_nothing_else(tmp_path: Path) -> None:
    kept = tmp_path / "asked.json"
    program = f"import sys; open({str(kept)!r}, 'w').write(sys.stdin.read()); print('{{\"recipients\": []}}')"
    _ask_program(tmp_path, program)
    members = [{"family": FAMILY, "member": "nadira"}, {"family": FAMILY, "member": "yasmin"}]
    assert json.loads(kept.read_text("utf-8")) == {"version": 1, "recipients": members}


@pytest.mark.parametrize("hyphen", ["", "-"])
def test_a_number_may_have_its_hyphen(tmp_path: Path, hyphen: str) -> None:
    number = number_of("nadira")
    answers = _ask_file(tmp_path, _answer(nadira=f"{number[:6]}{hyphen}{number[6:]}"))
    assert answers.numbers == {(FAMILY, "nadira"): number}
    assert answers.unusable == {(FAMILY, "yasmin"): "missing"}


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        ({"nadira": number_of("tariq")}, "born_otherwise"),
        ({"nadira": "12345"}, "no_number"),
        ({"nadira": f"{number_of('nadira')}1"}, "no_number"),
        ({"nadira": "x" * 10}, "no_number"),
        ({"nadira": "\u0661" * 10}, "no_number"),
    ],
)
def test_a_number_that_cannot_be_hers_is_not_used(tmp_path: Path, numbers: dict[str, str], why: str) -> None:
    answers = _ask_file(tmp_path, _answer(**numbers))
    assert answers.numbers == {}
    assert answers.unusable[FAMILY, "nadira"] == why


def test_two_numbers_for_one_person_are_none(tmp_path: Path) -> None:
    entries = [{"family": FAMILY, "member": "nadira", "cpr": number_of("nadira", tail)} for tail in ("1234", "4321")]
    assert _ask_file(tmp_path, json.dumps({"recipients": entries})).unusable[FAMILY, "nadira"] == "several"


def test_one_number_for_two_people_is_neithers(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    file = tmp_path / "numbers.json"
    file.write_text(_answer(nadira=number_of("nadira"), twin=number_of("nadira")), "utf-8")
    file.chmod(0o600)
    twins = {(FAMILY, "nadira"): BORN["nadira"], (FAMILY, "twin"): BORN["nadira"]}
    answers = ask_numbers(RecipientSource(file=str(file)), twins, workspace)
    assert (answers.numbers, set(answers.unusable.values())) == ({}, {"shared"})


def test_what_is_said_of_others_is_not_kept(tmp_path: Path) -> None:
    answers = _ask_file(tmp_path, _answer(nadira=number_of("nadira"), tariq=number_of("tariq")))
    assert answers.numbers.keys() == {(FAMILY, "nadira")}


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("raise SystemExit(3)", "failed"),
        ("print('not json')", "not_understood"),
        ("print('[1, 2]')", "not_understood"),
        ('print(\'{"recipients": [{"family": 1, "member": 2, "cpr": 3}]}\')', "not_understood"),
        ('print(\'{"recipients": {"nadira": 1}}\')', "not_understood"),
        ("print('[' * 200000)", "not_understood"),
        ("import sys; sys.stdout.buffer.write(b'\\xff\\xfe\\x00')", "not_understood"),
        ("while True: print('x' * 65536)", "too_much"),
        ("print()", "not_understood"),
    ],
)
def test_a_broken_answer_is_none(tmp_path: Path, program: str, why: str) -> None:
    with pytest.raises(SourceFault) as caught:
        _ask_program(tmp_path, program)
    assert caught.value.reason == why


def test_a_command_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    kept = tmp_path / "child"
    program = (
        "import os, subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(kept)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(600)\n"
    )
    with pytest.raises(SourceFault) as caught:
        _ask_program(tmp_path, program, seconds=3)
    assert caught.value.reason == "too_slow"
    assert not kept.exists() or _ends(int(kept.read_text("utf-8")))  # a busy machine may not come so far


def _ends(process: int) -> bool:
    """Whether a process is gone, or waits for nobody but its parent."""
    for _ in range(1000):
        try:
            with open(f"/proc/{process}/stat", encoding="ascii") as file:  # noqa: PTH123 - of another process
                if file.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.01)
    return False


def test_no_number_is_seen_in_what_goes_wrong(tmp_path: Path) -> None:
    number = number_of("nadira")
    with pytest.raises(SourceFault) as caught:
        _ask_program(tmp_path, f"import sys\nprint('{number}', file=sys.stderr)\nprint('{number} x')")
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.args)
    assert number not in shown
    assert caught.value.__suppress_context__


def test_answers_show_no_number_where_they_are_printed(tmp_path: Path) -> None:
    answers = _ask_file(tmp_path, _answer(nadira=number_of("nadira")))
    assert number_of("nadira") not in repr(answers)


def test_a_word_of_the_command_is_never_a_line_for_a_shell(tmp_path: Path) -> None:
    target = tmp_path / "made"
    source = RecipientSource(command=(sys.executable, "-c", "print(1)", f"; touch {target}"))
    (tmp_path / "workspace").mkdir()
    with pytest.raises(SourceFault):
        ask_numbers(source, ASKED, tmp_path / "workspace")
    assert not target.exists()


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({}, "command_or_file"),
        ({"command": ("/bin/true",), "file": "/etc/hostname"}, "command_or_file"),
        ({"command": ("numbers.py",)}, "no_full_path"),
        ({"file": "numbers.json"}, "no_full_path"),
        ({"command": ("/nowhere/at/all",)}, "does_not_start"),
        ({"file": "/nowhere/at/all"}, "unreadable"),
        ({"file": "/dev/zero"}, "unreadable"),
    ],
)
def test_a_source_that_cannot_be_used_says_why(tmp_path: Path, settings: dict[str, Any], why: str) -> None:
    with pytest.raises(SourceFault) as caught:
        ask_numbers(RecipientSource(**settings), ASKED, tmp_path)
    assert caught.value.reason == why


@pytest.mark.parametrize("is_file", [True, False])
def test_nothing_in_the_workspace_may_know_numbers_not_even_behind_a_link(tmp_path: Path, *, is_file: bool) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    (workspace / "numbers").write_text("{}", "utf-8")
    link = tmp_path / "numbers"
    link.symlink_to(workspace / "numbers")
    source = RecipientSource(file=str(link)) if is_file else RecipientSource(command=(str(link),))
    with pytest.raises(SourceFault) as caught:
        ask_numbers(source, ASKED, workspace)
    assert caught.value.reason == "inside"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_that_others_may_read_is_not_used(tmp_path: Path, mode: int) -> None:
    with pytest.raises(SourceFault) as caught:
        _ask_file(tmp_path, _answer(nadira=number_of("nadira")), mode)
    assert caught.value.reason == "open_to_others"
