"""Hundreds of households and edits, every word of every file against an oracle that knows the contract only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from hopdocs.cli.program import program
from tests.canaries.edits import SEQUENCES
from tests.canaries.facts import Facts
from tests.canaries.households import BUILT, households
from tests.canaries.items import items_of
from tests.canaries.oracle import Judge
from tests.canaries.papers import Paper, Reader
from tests.canaries.searching import files_below, mail_words, words_in
from tests.canaries.stage import Stage, areas_of_staff, set_stage, staff_words
from tests.canaries.trial import Tally, play_all
from tests.canaries.words import canaries_in

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@pytest.fixture(scope="module")
def tally(tmp_path_factory: pytest.TempPathFactory) -> Tally:
    return play_all(tmp_path_factory.mktemp("canaries"), 12, every=5)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The first four households, built once and edited by no test."""
    stage = set_stage(tmp_path_factory.mktemp("built") / "workspace", households(4))
    stage.build(BUILT)
    return stage


def test_no_word_stands_where_the_contract_forbids_it(tally: Tally) -> None:
    found = tally.by_sort()
    assert not found, "\n".join(f"{sort}: {found[sort][0]}" for sort in sorted(found))


def test_hundreds_of_courses_and_thousands_of_files_are_read(tally: Tally) -> None:
    assert tally.combinations >= 100
    assert tally.files >= 5000
    assert tally.words >= 100_000


def test_everybody_gets_what_is_done_for_her(built: Stage) -> None:
    for home in built.homes:
        facts = Facts(home.data, BUILT, areas_of_staff())
        out = {name: words_in(data) for name, data in files_below(built.root / "out" / home.stem)}
        for line in home.data["plan"]["activities"]:
            readers = [line["area"], *(key for key in line["for"] if facts.age(key) >= 18)]
            for reader in readers:
                if "visible_to" not in line or reader in line["visible_to"]:
                    assert canaries_in(line["what"]) <= out[f"familieplan-{reader}.docx"], (home.stem, line["id"])


def test_what_is_measured_stands_in_somebodys_sheet_and_in_the_report(built: Stage) -> None:
    """Or no sequence would look for it anywhere."""
    for home in built.homes:
        kinds = {word: item.kind for word, item in items_of(home.data).items() if item.path[0] == "measurements"}
        found: dict[str, set[str]] = {"fremgang": set(), "effektrapport": set(), "overblik": set()}
        for name, data in files_below(built.root / "out" / home.stem):
            paper = name.partition(".")[0].partition("-")[0]
            found.setdefault(paper, set()).update(kinds[word] for word in words_in(data) if word in kinds)
        assert found["fremgang"] == {"value", "health value"}
        assert found["effektrapport"] >= {"value", "health value"}
        assert found["overblik"] == {"value", "health value", "staff's answer"}


def test_a_point_for_one_area_reaches_it(built: Stage) -> None:
    (home, *_) = built.homes
    lines = [line for line in home.data["meetings"][-1]["family_points"] if isinstance(line, dict)]
    point = next(line for line in lines if line["visible_to"] == ["BF"])
    folder = built.root / "out" / home.stem
    papers = [words_in(data) for name, data in files_below(folder) if name.endswith(".docx")]
    assert any(canaries_in(point["point"]) <= words for words in papers)


def test_mails_and_logs_name_nobody_of_the_family(built: Stage, tmp_path: Path) -> None:
    assert told_of(built, BUILT, tmp_path, least=10) == set()


@pytest.mark.parametrize("sequence", list(SEQUENCES)[::3])
def test_mails_and_logs_name_nobody_after_an_edit_either(built: Stage, sequence: str, tmp_path: Path) -> None:
    stage = built.copied_to(tmp_path / "workspace", range(4))
    for step in SEQUENCES[sequence]:
        for home in stage.homes:
            for edit in step.edits:
                edit(home)
        stage.write()
        stage.build(step.day)
        assert told_of(stage, step.day, tmp_path / f"mails-{step.day}", least=0) == set()


def told_of(stage: Stage, day: date, folder: Path, *, least: int) -> set[str]:
    """Where in the families' files the words stand that a mail or the log tells, guests and ids apart."""
    runner = CliRunner()
    options = ("--today", day.isoformat(), "--workspace", str(stage.root))
    result = runner.invoke(program, [*options, "notices", "preview", "--to", str(folder)])
    assert result.exit_code in {0, 1}, result.output
    mails = [mail_words(path.read_bytes()) for path in folder.glob("*.eml")]
    assert len(mails) >= least
    log = runner.invoke(program, [*options, "log", stage.homes[0].data["id"]])
    assert log.exit_code == 0, log.output
    items = {word: item for home in stage.homes for word, item in items_of(home.data).items()}
    told = {items[word] for words in [*mails, canaries_in(log.output)] for word in words if word in items}
    return {item.place for item in told if "guests" not in item.path and item.path[-1] not in ("id", "key")}


def test_the_oracle_sees_a_planted_leak() -> None:
    home = households(1)[0]
    judge = Judge(areas_of_staff(), {word: key for key, word in staff_words().items()})
    judge.see(home.data, BUILT)
    pain = next(line for line in home.data["plan"]["activities"] if line["area"] == "SO")
    (word,) = canaries_in(pain["what"])
    hers, his = (Paper("familieplan", (Reader(member=home.key(person)),)) for person in ("mor", "far"))
    assert judge.refusal(word, hers) == ""
    assert judge.refusal(word, his) == "health to the family"


def test_no_two_households_share_a_word() -> None:
    homes = households(60)
    words = [word for home in homes for word in items_of(home.data)]
    assert len(words) == len(set(words))
    assert all(90 <= len(items_of(home.data)) <= 330 for home in homes)


def test_who_gets_her_first_letter_about_a_meeting_behind_her_birthday_is_a_reader_too(tmp_path: Path) -> None:
    """Household 50's youth is fourteen: an old letter to her goes, too, where no template can make it narrower."""
    tally = play_all(tmp_path, 1, first=50, sequences=("template broken while an address is protected",))
    assert tally.files
    assert tally.by_sort() == {}


def test_the_oracle_knows_what_the_small_letters_may_not_hold() -> None:
    home = households(1)[0]
    judge = Judge(areas_of_staff(), {word: key for key, word in staff_words().items()})
    judge.see(home.data, BUILT)
    first_of_hers, *_ = sorted(canaries_in(home.person("mor")["name"].split()[0]))
    to_him = Reader(member=home.key("far"))
    assert judge.refusal(first_of_hers, Paper("samtykke-paamindelse", (to_him,)))
    assert judge.refusal(first_of_hers, Paper("dataanmodning", (Reader(area="BES"),)))
    told = {}
    for wait in home.data["waiting_times"]:
        (word,) = canaries_in(wait["consequence"])
        told[wait["area"]] = judge.refusal(word, Paper("ventetid", ()))
    assert told == {"BES": "", "SO": "for no steering group"}
