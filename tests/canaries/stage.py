"""A workspace of many invented households, built in this process; a base is copied rather than built again."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from hopdocs.cycle.run import CycleOptions, CycleReport, run_cycle
from hopdocs.workspace import open_workspace
from tests.canaries.words import word_at
from tests.compiling import compiling_once
from tests.unit.cycling import EXAMPLE, SetClock

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from tests.canaries.households import Data, Household

PAGE = "overblik.html"
TEMPLATES = Path(__file__).parents[2] / "templates"
_TITLES = 200
"""The words from here on, up to the first household's, stand in titles."""


def staff_words() -> dict[str, str]:
    """The canary word in each professional's name: which colleague, and so which area, is known there."""
    staff = yaml.safe_load((EXAMPLE / "config.yaml").read_text("utf-8"))["staff"]
    return {key: word_at(number) for number, key in enumerate(sorted(staff), 1)}


def title_words() -> dict[str, str]:
    """The canary word in each professional's title: which profession, and so what for, is known there."""
    return {key: word_at(_TITLES + number) for number, key in enumerate(sorted(staff_words()), 1)}


def areas_of_staff() -> dict[str, str]:
    """Which area each professional belongs to."""
    staff = yaml.safe_load((EXAMPLE / "config.yaml").read_text("utf-8"))["staff"]
    return {key: line["area"] for key, line in staff.items()}


@dataclass
class Stage:
    """The workspace, and the households that live in it."""

    root: Path
    homes: list[Household]
    clock: SetClock
    saved: dict[int, Data] = field(default_factory=dict)
    """What each family's file holds already."""

    def write(self) -> None:
        """Saves each family's file as it now stands."""
        for home in self.homes:
            path = self.root / "families" / f"{home.stem}.yaml"
            if self.saved.get(home.number) != home.data or not path.exists():
                path.write_text(_dumped(home.data), "utf-8")
                self.saved[home.number] = deepcopy(home.data)

    def build(self, day: date) -> CycleReport:
        """What `hopdocs build` makes of it on that day."""
        self.clock.moment = datetime.combine(day, time(9), UTC)
        with compiling_once():
            return run_cycle(open_workspace(self.root), self.clock, CycleOptions(jobs=1))

    def copied_to(self, folder: Path, numbers: Container[int]) -> Stage:
        """The same workspace elsewhere with some of its families, to be edited there."""
        others = {home.stem for home in self.homes if home.number not in numbers}
        shutil.copytree(self.root, folder, ignore=lambda _folder, names: {n for n in names if Path(n).stem in others})
        homes = [deepcopy(home) for home in self.homes if home.number in numbers]
        return Stage(folder, homes, SetClock(), {home.number: deepcopy(home.data) for home in homes})

    def break_templates(self) -> None:
        """A hand that saved something other than a Word file over each letter that shows the plan or a meeting."""
        own = ("familieplan", "netvaerkskort", "undersoegelse", "boernesiden", "bordark")
        folder = self.root / "templates"
        letters = [folder / f"{name}.docx" for name in (*own, "dagsorden", "indkaldelse")]
        for path in (*letters, *folder.glob("invitation*.docx")):  # in whatever language
            path.write_bytes(b"no Word file")

    def break_translations(self) -> None:
        """A hand that did so to every letter in another language, and to no Danish one."""
        for ending in ("en", "da-let"):
            for path in (self.root / "templates").glob(f"*.{ending}.docx"):
                path.write_bytes(b"no Word file")

    def mend_templates(self) -> None:
        """The letters as they were shipped."""
        for path in TEMPLATES.glob("*.docx"):
            (self.root / "templates" / path.name).write_bytes(path.read_bytes())


def _dumped(values: object) -> str:
    """The values as YAML; through JSON, so that no list is written as a reference to another: hopdocs reads none."""
    apart = json.loads(json.dumps(values))
    return str(yaml.dump(apart, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000))


def _kinds_of(homes: Iterable[Household]) -> Iterator[Data]:
    """What each household measures is its own, so that the name of an indicator says whose value stands somewhere."""
    keys = (line["key"] for home in homes for line in home.data["measurements"]["indicators"])
    for key in dict.fromkeys(keys):
        *health, who, word = key.split("_")
        kind = {"key": key, "label": word.capitalize(), "who": who, "unit": "point", "rhythm": "hændelse"}
        group = {"barn": {"group": "Trivsel"}, "voksen": {"group": "Egenomsorg"}}.get(who, {})
        yield kind | group | {"better": "højere", "health": "ja" if health else "nej"}


def set_stage(folder: Path, homes: list[Household], *, pdf: str = "none") -> Stage:
    """A workspace with these families and nothing built."""
    shutil.copytree(TEMPLATES, folder / "templates")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (folder / "families").mkdir()
    config: dict[str, Any] = yaml.load((EXAMPLE / "config.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - scalars stay as written
    config["documents"] |= {"pdf": pdf, "vanish_limit": str(len(homes))}  # copies leave most of them out
    for key, word in staff_words().items():
        config["staff"][key]["name"] = f"Medarbejder {word.capitalize()}"
    for key, word in title_words().items():
        config["staff"][key]["title"] += f" {word}"
    (folder / "config.yaml").write_text(_dumped(config), "utf-8")
    (folder / "indikatorer.yaml").write_text(_dumped({"indicators": list(_kinds_of(homes))}), "utf-8")
    stage = Stage(folder, homes, SetClock())
    stage.write()
    return stage
