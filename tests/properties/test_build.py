"""What must always hold of a build, whatever people do between two of them."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hopdocs.cycle.run import CycleOptions
from tests.unit.cycling import Desk, SetClock, copy_example

SMALL = "families/hop-2026-002.yaml"
OUT = "out/hop-2026-002"
NAMES = ("Karla Regnbuehøj", "Karla Ærø & Søn", "Karla <Regnbue>")


class Building(RuleBasedStateMachine):
    """A family with letters only, edited, broken, deleted, restored; its outputs touched; its cache lost.

    After a cycle the documents are those that a clean build of the same files with the same ledger makes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="hopdocs-build-"))
        self.desk = Desk(self.folder, SetClock())
        self.good = ""
        self.name = NAMES[0]
        self.is_settled = False

    @initialize()
    def begin(self) -> None:
        shutil.rmtree(self.folder)
        self.desk = copy_example(self.folder)
        (self.folder / "families/hop-2026-007.yaml").unlink()
        self.good = (self.folder / SMALL).read_text("utf-8")

    @rule(name=st.sampled_from(NAMES))
    def edit(self, name: str) -> None:
        self.good = self.good.replace(self.name, name)
        self.name = name
        self._save(self.good)

    @rule()
    def break_the_file(self) -> None:
        self._save(self.good + "\nmeetings: [\n")

    @rule()
    def restore(self) -> None:
        self._save(self.good)

    @rule()
    def delete(self) -> None:
        (self.folder / SMALL).unlink(missing_ok=True)
        self.is_settled = False

    @rule()
    def lose_the_cache(self) -> None:
        for path in (self.folder / ".hopdocs").glob("cache.db*"):
            path.unlink()
        self.is_settled = False

    @rule()
    def delete_an_output(self) -> None:
        for path in sorted((self.folder / OUT).glob("*.docx"))[:1]:
            path.unlink()
        self.is_settled = False

    @rule()
    def write_into_an_output(self) -> None:
        for path in sorted((self.folder / OUT).glob("*-karla.docx"))[:1]:
            path.write_bytes(b"by hand")
        self.is_settled = False

    @rule()
    def cycle(self) -> None:
        self.desk.cycle(CycleOptions(lists_unchanged=False))
        self.is_settled = True

    @rule()
    def look(self) -> None:
        """A dry run changes nothing."""
        before = self._everything()
        self.desk.cycle(CycleOptions(writes=False))
        assert self._everything() == before

    @invariant()
    def nothing_temporary_lies_about(self) -> None:
        assert not list(self.folder.rglob(".hopdocs-*.tmp"))

    @invariant()
    def after_a_cycle_all_is_as_a_clean_build_makes_it(self) -> None:
        if not self.is_settled or "\nmeetings: [\n" in self._text():
            return  # a broken file keeps what it had, which no clean build can know
        ours = {name: data for name, data in self.desk.files().items() if ".rettet-" not in name}
        clean = self.folder.with_name(self.folder.name + "-clean")
        shutil.copytree(self.folder, clean, ignore=shutil.ignore_patterns("out", "cache.db*"))
        try:
            Desk(clean, self.desk.clock).cycle(CycleOptions(lists_unchanged=False))
            assert ours == Desk(clean, self.desk.clock).files()
        finally:
            shutil.rmtree(clean)
        assert self.desk.cycle(CycleOptions(lists_unchanged=False)).documents == []

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _save(self, text: str) -> None:
        (self.folder / SMALL).write_text(text, "utf-8")
        self.is_settled = False

    def _text(self) -> str:
        path = self.folder / SMALL
        return path.read_text("utf-8") if path.is_file() else ""

    def _everything(self) -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file()}


TestBuilding = Building.TestCase
TestBuilding.settings = settings(
    max_examples=6,
    stateful_step_count=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
