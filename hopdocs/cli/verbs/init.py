"""`hopdocs init DIR`: a workspace that builds and sends as it stands, on sample data."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb
from hopdocs.errors import WorkspaceFault

_SAMPLE = "hop-2026-007"
_IGNORED = "# Det, hopdocs laver, og det, den husker: aldrig i git.\nout/\n.hopdocs/\n"
_OWN_INDICATORS = """\
# Det, I måler på ud over det, der følger med hopdocs. En linje med samme nøgle som en, der følger med, træder i stedet.
# Det, alle familier skal måles på, skrives under indicators_used i config.yaml. Skriv jeres egne sådan her:
#
# indicators:
#   - key: b_soevn
#     label: Barnets søvn
#     who: barn            # barn, ung, voksen, familie eller medarbejder
#     unit: timer
#     lowest: 0
#     highest: 24
#     rhythm: månedlig     # månedlig, halvårlig, årlig, datatræk, start_og_slut eller hændelse
#     better: højere
#     source: indtastet
indicators: []
"""
_EDITOR_SETTINGS = {
    "yaml.schemas": {
        ".vscode/hopdocs-family.schema.json": "families/*.yaml",
        ".vscode/hopdocs-config.schema.json": "config.yaml",
        ".vscode/hopdocs-indicators.schema.json": "indikatorer.yaml",
    },
    "yaml.customTags": [],
    "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
    "files.encoding": "utf8",
}


@verb(
    help=both(
        en="Make a new workspace in DIR: config, templates, a sample family, editor settings and .gitignore.\n\n"
        "Its ledger is started: mail leaves as soon as the mail server in config.yaml takes it.",
        da="Lav et nyt arbejdsområde i DIR: config, skabeloner, prøvefamilie, editorens indstillinger og .gitignore."
        "\n\nUdsendelsen er sat i gang: mails går ud, så snart mailserveren i config.yaml tager imod.",
    ),
    examples=("hopdocs init hop", "cd hop && hopdocs build"),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def command(invocation: Invocation, folder: Path) -> None:
    """Makes the workspace, or says why not."""
    from hopdocs.clock import SystemClock  # noqa: PLC0415 - sqlite and the ledger are this verb's alone
    from hopdocs.notices.ledger.store import Ledger, connect_ledger  # noqa: PLC0415
    from hopdocs.workspace import Workspace, make_private_folder  # noqa: PLC0415

    workspace = Workspace(folder.absolute())
    if workspace.config_path.exists():
        raise WorkspaceFault("HD593", path=str(folder))
    before = os.umask(0o077)
    os.umask(before | 0o022)  # whatever it was, nobody else writes here
    try:
        _write_files(workspace.root)
    finally:
        os.umask(before)
    make_private_folder(workspace.state)
    ledger = Ledger(connect_ledger(workspace.ledger_path))
    try:
        ledger.start(SystemClock().now())
    finally:
        ledger.close()
    _say_next_steps(invocation, folder)


def _write_files(root: Path) -> None:
    from hopdocs.cli.safe_write import PRIVATE, save_new  # noqa: PLC0415
    from hopdocs.package_data import CATALOGUE_NAME, shipped_path  # noqa: PLC0415
    from hopdocs.sources.editor.schema import config_schema, family_schema, indicators_schema  # noqa: PLC0415
    from hopdocs.workspace import make_private_folder  # noqa: PLC0415

    try:
        root.mkdir(parents=True, exist_ok=True)
        families = shipped_path("families")
        make_private_folder(root / "families")
        shutil.copytree(families / _SAMPLE, root / "families" / _SAMPLE, dirs_exist_ok=True)
        shutil.copytree(shipped_path("templates"), root / "templates", dirs_exist_ok=True)
    except OSError as err:
        raise WorkspaceFault("HD592", path=str(root), detail=err.strerror or str(err)) from err
    texts = {
        f"families/{_SAMPLE}.yaml": (families / f"{_SAMPLE}.yaml").read_bytes(),
        ".gitignore": _IGNORED.encode(),
        ".vscode/settings.json": _as_json(_EDITOR_SETTINGS),
        ".vscode/hopdocs-family.schema.json": _as_json(family_schema()),
        ".vscode/hopdocs-config.schema.json": _as_json(config_schema()),
        ".vscode/hopdocs-indicators.schema.json": _as_json(indicators_schema()),
        CATALOGUE_NAME: _OWN_INDICATORS.encode(),
        # Last: it is what makes the folder a workspace, so a watcher never meets half of one.
        "config.yaml": shipped_path("config.yaml").read_bytes(),
    }
    for name, data in texts.items():
        if name != "config.yaml" and (root / name).exists():
            continue  # a .gitignore or an editor's settings of one's own stay
        save_new(root / name, data, *([PRIVATE] if name.startswith("families/") else []))
    for folder, _, files in os.walk(root / "families" / _SAMPLE):
        Path(folder).chmod(0o700)
        for name in files:
            (Path(folder) / name).chmod(PRIVATE)


def _as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _say_next_steps(invocation: Invocation, folder: Path) -> None:
    console = invocation.console
    console.say(both(en=f"A workspace is ready in {folder}.", da=f"Et arbejdsområde er klar i {folder}."))
    console.say(
        both(
            en="Next: write your municipality into config.yaml, then",
            da="Næste skridt: skriv jeres kommune ind i config.yaml, og så",
        )
    )
    console.say(f"  hopdocs -w {folder} check")
    console.say(f"  hopdocs -w {folder} build")
    console.say(f"  hopdocs -w {folder} watch")
