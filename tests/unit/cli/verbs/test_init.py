from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hopdocs.notices.ledger.store import Ledger, connect_ledger
from tests.unit.cli.running import run

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_workspace_has_all_that_it_needs_and_may_send(tmp_path: Path) -> None:
    root = tmp_path / "hop"
    shown = run("init", root)
    assert shown.code == 0, shown.err
    for name in (
        "config.yaml",
        "families/hop-2026-007.yaml",
        "families/hop-2026-007/min-plan-tariq.pdf",
        "templates/familieplan.docx",
        ".gitignore",
        ".vscode/settings.json",
    ):
        assert (root / name).is_file(), name
    ledger = Ledger(connect_ledger(root / ".hopdocs/ledger.db"))
    assert ledger.started
    ledger.close()


def test_the_editor_finds_the_schemas_that_its_settings_name(tmp_path: Path) -> None:
    root = tmp_path / "hop"
    run("init", root)
    settings = json.loads((root / ".vscode/settings.json").read_text(encoding="utf-8"))
    for name, files in settings["yaml.schemas"].items():
        schema = json.loads((root / name).read_text(encoding="utf-8"))
        assert schema["$schema"].startswith("https://json-schema.org/draft/2020-12/")
        assert list(root.glob(files))


def test_a_workspace_that_is_one_already_is_left_as_it_is(tmp_path: Path) -> None:
    root = tmp_path / "hop"
    run("init", root)
    (root / "config.yaml").write_text("mine", encoding="utf-8")
    assert run("init", root).code == 3
    assert (root / "config.yaml").read_text(encoding="utf-8") == "mine"


def test_a_gitignore_of_ones_own_stays(tmp_path: Path) -> None:
    root = tmp_path / "hop"
    root.mkdir()
    (root / ".gitignore").write_text("mine\n", encoding="utf-8")
    assert run("init", root).code == 0
    assert (root / ".gitignore").read_text(encoding="utf-8") == "mine\n"


def test_schemas_are_printed_for_editors() -> None:
    for what in ("family", "config", "indicators"):
        assert run("schema", what).shape["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert run("schema", "project").code == 2


def test_the_editor_offers_the_workspaces_own_indicators(tmp_path: Path) -> None:
    root = tmp_path / "hop"
    run("init", root)
    own = root / "indikatorer.yaml"
    example = own.read_text(encoding="utf-8").partition("#\n")[2].rpartition("indicators: []")[0]
    own.write_text(example.replace("# ", "", 1).replace("\n# ", "\n"), encoding="utf-8")
    assert run("-w", root, "check").code == 0
    offered = run("-w", root, "schema", "family").shape["$defs"]["Indicator"]["properties"]["key"]["anyOf"]
    assert {"b_trivsel", "b_soevn"} <= {item.get("const") for item in offered}
    used = run("-w", root, "schema", "config").shape["properties"]["indicators_used"]["items"]["anyOf"]
    assert "Barnets søvn" in [item.get("title") for item in used]
