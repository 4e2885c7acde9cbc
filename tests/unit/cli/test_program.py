from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.shell_completion import BashComplete

from hopdocs.cli.program import program
from tests.unit.cli.running import run

VERBS = program.list_commands(None)  # type: ignore[arg-type]  # the list does not depend on a context


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_and_most_have_examples(verb: str) -> None:
    shown = run(verb, "--help")
    assert shown.code == 0
    assert f"hopdocs {verb}" in shown.out


def test_help_names_every_verb() -> None:
    shown = run("--help").out
    assert all(f"  {verb} " in shown for verb in VERBS)


@pytest.mark.parametrize(("typed", "near"), [("statu", "status"), ("bild", "build"), ("xyzzy", "")])
def test_a_mistyped_verb_is_answered_with_the_nearest(typed: str, near: str) -> None:
    shown = run(typed)
    assert (shown.code, shown.out) == (2, "")
    assert f"'{typed}'" in shown.err
    assert (f"Did you mean '{near}'?" in shown.err) is bool(near)


def test_help_is_danish_where_the_person_asks_for_danish() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "hopdocs", "check", "--help"],
        env=os.environ | {"HOPDOCS_LANG": "da"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Brug: hopdocs check" in shown
    assert "Valg:" in shown
    assert "Eksempler:" in shown


def test_version_reads_nothing_heavy() -> None:
    """Whoever asks for the version does not wait for pydantic, Jinja and lxml."""
    words = "import sys; from hopdocs.cli import main; main(['--version']); print(sorted(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout
    assert not [name for name in ("pydantic", "jinja2", "lxml", "click", "rich", "yaml") if f"'{name}'" in shown]


def test_a_process_that_ends_does_not_look_through_all_that_it_has_read() -> None:
    words = (
        "import atexit, gc, sys; from hopdocs.cli import main\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 10_000))\n"
        "sys.argv = ['hopdocs', 'explain', 'HD200']; main()"
    )
    shown = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "True"


def test_no_plugin_of_another_package_sees_what_is_read() -> None:
    words = (
        "from hopdocs.cli import main\n"
        "try: main(['explain', 'HD200'])\n"
        "finally:\n"
        "    from pydantic.plugin import _loader\n"
        "    print(list(_loader.get_plugins()), _loader._plugins)"
    )
    command = [sys.executable, "-c", words]
    environment = {name: value for name, value in os.environ.items() if name != "PYDANTIC_DISABLE_PLUGINS"}
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    assert shown.splitlines()[-1] == "[] None"


@pytest.mark.parametrize("group", ["notices", "templates", "new", "export"])
def test_a_groups_verbs_are_told_in_a_line_each(group: str) -> None:
    assert "..." not in run(group, "--help").out.split("Commands", 1)[1]


def test_a_shell_that_completes_words_gets_no_fault_for_a_mistyped_verb() -> None:
    found = BashComplete(program, {}, "hopdocs", "_HOPDOCS_COMPLETE").get_completions(["chck"], "")
    assert "check" in {item.value for item in found}
