from __future__ import annotations

import io
import json
import os
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from hopdocs.cli.console import Console
from hopdocs.cli.verbs.init.answers import collect_answers
from hopdocs.cli.verbs.init.own_config import draft_config
from hopdocs.package_data import shipped_path
from hopdocs.sources.config import parse_config
from tests.unit.cli.running import run

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS: Final = {
    "--name": "Ålundeby Kommune",
    "--unit": "Familier: Unge",
    "--address": "Opdigtvej 1, 9999 Ålundeby",
    "--phone": "00001200",
    "--email": "hop@aalundeby.example",
    "--coordinator": "Anna Prøve",
    "--coordinator-email": "anpr@aalundeby.example",
}


def words_of(answers: dict[str, str]) -> list[str]:
    return [word for pair in answers.items() for word in pair]


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", root, *words], capture_output=True, text=True, check=True)
    return done.stdout


def config_of(root: Path) -> Any:
    return yaml.safe_load((root / "config.yaml").read_text("utf-8"))


def drafted(more: dict[str, str]) -> Any:
    """The configuration that the answers give, which must be without a fault."""
    given = {option[2:].replace("-", "_"): value for option, value in {**ANSWERS, **more}.items()}
    shipped = shipped_path("config.yaml").read_text("utf-8")
    text = draft_config(collect_answers(Console(), given), shipped)
    assert parse_config(text.encode(), "config.yaml").config is not None
    return yaml.safe_load(text)


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(Console, "can_ask", lambda _self: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sample") / "hop"
    shown = run("init", root, "--sample")
    assert shown.code == 0, shown.err
    return root


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("own") / "hop"
    shown = run("init", root, *words_of(ANSWERS))
    assert shown.code == 0, shown.err
    return root


def test_a_new_workspace_has_all_that_it_needs(sample: Path) -> None:
    for name in (
        "config.yaml",
        "families/hop-2026-007.yaml",
        "families/hop-2026-007/min-plan-tariq.pdf",
        "templates/familieplan.docx",
        "README.md",
        ".gitignore",
        ".vscode/settings.json",
    ):
        assert (sample / name).is_file(), name


@pytest.mark.parametrize(
    ("words", "box"), [(["--sample"], "kko@vesterlyng.example"), (words_of(ANSWERS), "anpr@aalundeby.example")]
)
def test_nothing_leaves_from_a_new_workspace_before_a_person_says_so_and_then_to_one_address(
    tmp_path: Path, words: list[str], box: str
) -> None:
    root = tmp_path / "hop"
    shown = run("init", root, *words)
    assert "none before `hopdocs notices start`" in shown.out
    assert f"all of it goes to {box} alone" in shown.out
    assert config_of(root)["mail"]["redirect_all_to"] == box
    assert "Nothing leaves before: hopdocs notices start" in run("-w", root, "notices", "list").err
    assert not (root / ".hopdocs/ledger.db").exists()


def test_words_about_when_mail_leaves_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPDOCS_LANG", "en")
    for verb in ("init", "watch", "notices"):
        said = " ".join(run(verb, "--help").out.split())
        assert "hopdocs notices start" in said or "nothing before `start`" in said, verb
        assert "ledger is started" not in said


def test_what_was_answered_stands_in_the_config_and_has_no_fault(own: Path) -> None:
    config = config_of(own)
    assert config["municipality"] == {
        "name": "Ålundeby Kommune",
        "unit": "Familier: Unge",
        "address": "Opdigtvej 1, 9999 Ålundeby",
        "phone": "00 00 12 00",
        "email": "hop@aalundeby.example",
    }
    assert list(config["areas"]) == ["BF", "DU", "HP", "BES", "SO"]
    assert config["staff"]["anpr"]["name"] == "Anna Prøve"
    assert config["project_coordinator"] == "anpr"
    assert "server" not in config["mail"]
    assert "ylng" not in (own / "config.yaml").read_text("utf-8")
    assert run("-w", own, "check").code == 0
    assert "Ålundeby Kommune" in (own / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("given", "server"),
    [
        ("mail.aalundeby.example", {"host": "mail.aalundeby.example", "port": 587, "security": "starttls"}),
        ("mail.aalundeby.example:465", {"host": "mail.aalundeby.example", "port": 465, "security": "tls"}),
        ("localhost", {"host": "localhost", "port": 25, "security": "none"}),
        ("127.0.0.1:1025", {"host": "127.0.0.1", "port": 1025, "security": "none"}),
        ("none", None),
        ("ingen", None),
    ],
)
def test_a_mail_server_is_reached_as_safely_as_it_can_be(given: str, server: dict[str, object] | None) -> None:
    assert drafted({"--mail-server": given})["mail"].get("server") == server


def test_areas_of_ones_own_ask_for_no_other() -> None:
    config = drafted({"--areas": "FAM=Familier, JOB=Job"})
    assert config["areas"] == {"FAM": {"name": "Familier"}, "JOB": {"name": "Job"}}
    assert "target_group" not in config


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--address", "Opdigtvej 1", "Opdigtvej 1, 9999 Vesterlyng"),
        ("--address", "Opdigtvej 12345 Aalundeby", "Opdigtvej 1, 9999 Vesterlyng"),
        ("--phone", "12", "eight digits"),
        ("--email", "hop", "one address"),
        ("--areas", "Børn og Familie", "a short name and the whole one"),
        ("--areas", "BF=A, BF=B", "a short name and the whole one"),
        ("--timezone", "Mars", "Europe/Copenhagen"),
        ("--mail-server", "mail server", "mail.vesterlyng.example:587"),
        ("--mail-server", "localhost:99999", "mail.vesterlyng.example:587"),
    ],
)
def test_an_option_that_cannot_be_used_says_what_can(tmp_path: Path, option: str, value: str, said: str) -> None:
    refused = run("init", tmp_path / "hop", *words_of({**ANSWERS, option: value}))
    assert (refused.code, option in refused.err, said in refused.err) == (2, True, True), refused.err
    assert not (tmp_path / "hop").exists()


def test_where_nobody_can_be_asked_all_that_is_missing_is_said_at_once(tmp_path: Path) -> None:
    refused = run("init", tmp_path / "hop", "--unit", "Familier")
    assert refused.code == 2
    missing = [option for option in ANSWERS if option != "--unit"]
    assert ", ".join(missing) in refused.err
    assert "--sample" in refused.err
    assert not (tmp_path / "hop").exists()


def test_a_municipality_is_either_made_up_or_ones_own(tmp_path: Path) -> None:
    refused = run("init", tmp_path / "hop", "--sample", "--name", "Aalundeby Kommune", "--mail-server", "none")
    assert refused.code == 2
    assert "leave it out, or --name, --mail-server" in refused.err
    assert "an empty answer says nothing" in run("init", tmp_path / "hop", "--name", "").err
    assert not (tmp_path / "hop").exists()


def test_where_nobody_can_be_asked_and_nothing_is_given_it_is_the_made_up_municipality(tmp_path: Path) -> None:
    made = run("init", tmp_path / "hop")
    assert made.code == 0, made.err
    assert "made-up municipality" in made.out
    assert list((tmp_path / "hop" / "families").glob("*.yaml"))
    assert config_of(tmp_path / "hop")["mail"]["redirect_all_to"]


def test_on_a_terminal_what_is_missing_is_asked_for_until_it_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "hop"
    given = ["--unit", "Familier", "--address", "Opdigtvej 1, 9999 Ålundeby", "--email", "hop@aalundeby.example"]
    answer(monkeypatch, "Ålundeby Kommune", "12", "00001200", "", "Anna Prøve", "anpr@aalundeby.example", "", "", "")
    shown = run("init", root, *given)
    assert shown.code == 0, shown.err
    assert "eight digits" in shown.err
    config = config_of(root)
    assert (config["municipality"]["phone"], config["timezone"]) == ("00 00 12 00", "Europe/Copenhagen")
    assert config["mail"]["redirect_all_to"] == "anpr@aalundeby.example"


def test_all_of_it_is_committed_as_its_owners_own(own: Path) -> None:
    assert git(own, "status", "--porcelain") == ""
    assert git(own, "log", "--format=%s").splitlines() == ["Nyt arbejdsområde"]
    assert not [name for name in git(own, "ls-files").splitlines() if name.startswith((".hopdocs", "out"))]
    assert "families/.gitkeep" in git(own, "ls-files").splitlines()
    open_ones = [path for path in (own / ".git").rglob("*") if path.stat().st_mode & 0o077]
    assert not open_ones


def test_who_has_not_told_git_her_name_commits_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    assert run("init", tmp_path / "hop", *words_of(ANSWERS)).code == 0
    assert git(tmp_path / "hop", "log", "--format=%an %ae").strip() == "hopdocs hop@aalundeby.example"


@pytest.mark.parametrize(
    ("told", "author"),
    [("email = iik@aalundeby.example", "hopdocs iik@aalundeby.example"), ("name = Iik", "Iik hop@aalundeby.example")],
)
def test_who_has_told_git_one_of_her_name_and_address_commits_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str, author: str
) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    (tmp_path / ".gitconfig").write_text(f"[user]\n  {told}\n  useConfigOnly = true\n", "utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    assert run("init", tmp_path / "hop", *words_of(ANSWERS)).code == 0
    assert git(tmp_path / "hop", "log", "--format=%an %ae").strip() == author


def test_a_coordinator_whose_address_yaml_reads_as_nothing_has_an_id_all_the_same() -> None:
    config = drafted({"--coordinator-email": "null@aalundeby.example", "--coordinator": "Anna Prøve"})
    assert config["project_coordinator"] == "anna"


def test_without_git_a_line_says_so_and_the_workspace_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    shown = run("init", tmp_path / "hop", "--sample")
    assert shown.code == 0
    assert "No git: git is not installed." in shown.out
    assert (tmp_path / "hop/config.yaml").is_file()


def test_inside_a_checkout_no_other_is_made(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    shown = run("init", tmp_path / "hop", "--sample")
    assert f"it lies in the git checkout {tmp_path}" in shown.out
    assert not (tmp_path / "hop/.git").exists()


def test_the_editor_finds_the_schemas_that_its_settings_name(sample: Path) -> None:
    settings = json.loads((sample / ".vscode/settings.json").read_text(encoding="utf-8"))
    for name, files in settings["yaml.schemas"].items():
        schema = json.loads((sample / name).read_text(encoding="utf-8"))
        assert schema["$schema"].startswith("https://json-schema.org/draft/2020-12/")
        assert list(sample.glob(files))


def test_a_workspace_that_is_one_already_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("mine", encoding="utf-8")
    assert run("init", tmp_path, "--sample").code == 3
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {"config.yaml": "mine"}


def test_templates_and_families_of_ones_own_stay(tmp_path: Path) -> None:
    own = [tmp_path / "templates/familieplan.docx", tmp_path / "families/hop-2026-007.yaml"]
    for path in own:
        path.parent.mkdir()
        path.write_bytes(b"own")
    assert run("init", tmp_path, "--sample").code == 0
    assert [path.read_bytes() for path in own] == [b"own", b"own"]
    assert (tmp_path / "templates/dagsorden.docx").is_file()


def test_the_first_command_works_also_where_the_folders_name_has_spaces(tmp_path: Path) -> None:
    assert f"cd '{tmp_path / 'vores familier'}'\n" in run("init", tmp_path / "vores familier", "--sample").out


def test_a_gitignore_of_ones_own_stays(tmp_path: Path) -> None:
    root = tmp_path / "hop"
    root.mkdir()
    (root / ".gitignore").write_text("mine\n", encoding="utf-8")
    assert run("init", root, "--sample").code == 0
    assert (root / ".gitignore").read_text(encoding="utf-8") == "mine\n"


def test_schemas_are_printed_for_editors() -> None:
    for what in ("family", "config", "indicators"):
        assert run("schema", what).shape["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert run("schema", "project").code == 2


def test_the_editor_offers_the_workspaces_own_indicators(sample: Path) -> None:
    own = sample / "indikatorer.yaml"
    example = own.read_text(encoding="utf-8").partition("#\n")[2].rpartition("indicators: []")[0]
    own.write_text(example.replace("# ", "", 1).replace("\n# ", "\n"), encoding="utf-8")
    assert run("-w", sample, "check").code == 0
    offered = run("-w", sample, "schema", "family").shape["$defs"]["Indicator"]["properties"]["key"]["anyOf"]
    assert {"b_trivsel", "b_soevn"} <= {item.get("const") for item in offered}
    used = run("-w", sample, "schema", "config").shape["properties"]["indicators_used"]["items"]["anyOf"]
    assert "Barnets søvn" in [item.get("title") for item in used]
