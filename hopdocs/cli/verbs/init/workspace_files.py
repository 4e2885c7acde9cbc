"""The files of a new workspace: config, templates, indicators, README, editor settings, and the sample family's."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.cli.safe_write import PRIVATE, save_new
from hopdocs.errors import WorkspaceFault
from hopdocs.package_data import CATALOGUE_NAME, shipped_path
from hopdocs.sources.editor.schema import config_schema, family_schema, indicators_schema
from hopdocs.workspace import make_private_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE: Final = "hop-2026-007"
_KEPT: Final = "families/.gitkeep"
_IGNORED: Final = "# Det, hopdocs laver, og det, den husker: aldrig i git.\nout/\n.hopdocs/\n"
_README: Final = """\
# {name}: helhedsorienterede planer

Her ligger familiernes filer. hopdocs laver breve, dagsordener og planer af dem og indkalder fagpersonerne.

- `config.yaml`: jer selv. Fagområder, medarbejdere, mødesteder, frister, mails.
- `families/`: én fil for hver familie, og en mappe af samme navn til dens bilag.
- `templates/`: brevene. De rettes i Word.
- `indikatorer.yaml`: det, I måler på ud over det, der følger med.
- `out/`: det, hopdocs laver. Begynd med `out/overblik.html`. Kommer aldrig i git.

## Begynd her

```sh
hopdocs guide      # din første familie, trin for trin
hopdocs check      # alle fejl, på deres linje, med råd
hopdocs build      # lav brevene
hopdocs watch      # tjenesten: gem en fil, og så er det gjort
```

## Hvad går ud herfra?

Familien får breve på papir eller som Digital Post, aldrig mail. Mails går kun til fagpersoner:

1. Intet går ud, før nogen har sagt `hopdocs notices start`. Se først med `hopdocs notices preview`, hvad det er.
2. Derefter er det prøvedrift: alt går til den ene adresse i `redirect_all_to` i `config.yaml`, mærket, og regnes ikke
   for sendt til nogen.
3. Slettes den linje, er det drift: så går det, der venter, til dem, det er til.

## git

Alt her er i git fra begyndelsen, uden at være sendt nogen steder hen. Sig, hvem du er, før du gemmer noget i git selv:

```sh
git config user.name "Fornavn Efternavn"
git config user.email navn@kommune.example
```

Familiernes filer er følsomme. De må kun ligge i et git-arkiv, som de rette kan læse.
"""
_OWN_INDICATORS: Final = """\
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
_EDITOR_SETTINGS: Final = {
    "yaml.schemas": {
        ".vscode/hopdocs-family.schema.json": "families/*.yaml",
        ".vscode/hopdocs-config.schema.json": "config.yaml",
        ".vscode/hopdocs-indicators.schema.json": "indikatorer.yaml",
    },
    "yaml.customTags": [],
    "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
    "files.encoding": "utf8",
}


def write_files(root: Path, config: str, name: str, *, with_sample: bool) -> Sequence[str]:
    """Writes them all, and gives the names of those that git may have. What stands there already stays."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        make_private_folder(root / "families")
        _copy_tree(shipped_path("templates"), root / "templates")
        if with_sample:
            _copy_sample(root / "families")
    except OSError as err:
        raise WorkspaceFault("HD592", path=str(root), detail=err.strerror or str(err)) from err
    texts = {
        _KEPT: b"",
        ".gitignore": _IGNORED.encode(),
        "README.md": _README.format(name=name).encode(),
        ".vscode/settings.json": _as_json(_EDITOR_SETTINGS),
        ".vscode/hopdocs-family.schema.json": _as_json(family_schema()),
        ".vscode/hopdocs-config.schema.json": _as_json(config_schema()),
        ".vscode/hopdocs-indicators.schema.json": _as_json(indicators_schema()),
        CATALOGUE_NAME: _OWN_INDICATORS.encode(),
        # Last: it is what makes the folder a workspace, so a watcher never meets half of one.
        "config.yaml": config.encode(),
    }
    for file, data in texts.items():
        if file != "config.yaml" and (root / file).exists():
            continue  # a .gitignore or an editor's settings of one's own stay
        save_new(root / file, data, *([PRIVATE] if file == _KEPT else []))
    sample = (f"families/{SAMPLE}", f"families/{SAMPLE}.yaml") if with_sample else ()
    return (*texts, "templates", *sample)


def _copy_sample(families: Path) -> None:
    shipped = shipped_path("families")
    _copy_tree(shipped / SAMPLE, families / SAMPLE)
    _copy_new(shipped / f"{SAMPLE}.yaml", families / f"{SAMPLE}.yaml")
    (families / f"{SAMPLE}.yaml").chmod(PRIVATE)
    for folder, _, files in os.walk(families / SAMPLE):
        Path(folder).chmod(0o700)
        for name in files:
            (Path(folder) / name).chmod(PRIVATE)


def _copy_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, dirs_exist_ok=True, copy_function=_copy_new)


def _copy_new(source: Path | str, target: Path | str) -> None:
    """A template that somebody has changed stays hers, also where config.yaml was lost and is made anew."""
    if not os.path.lexists(target):
        shutil.copy2(source, target)


def _as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
