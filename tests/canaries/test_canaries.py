"""Hundreds of households and edits, every word of every file against an oracle that knows the contract only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from hopdocs.cli.program import program
from hopdocs.danish import day_and_month
from tests.canaries.edits import SEQUENCES
from tests.canaries.facts import Facts, day_of
from tests.canaries.households import BUILT, households
from tests.canaries.items import items_of
from tests.canaries.oracle import Judge
from tests.canaries.papers import TRANSLATION, Paper, Reader
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
    """The first five households, built once and edited by no test."""
    stage = set_stage(tmp_path_factory.mktemp("built") / "workspace", households(5))
    stage.build(BUILT)
    return stage


def test_no_word_stands_where_the_contract_forbids_it(tally: Tally) -> None:
    found = tally.by_sort()
    assert not found, "\n".join(f"{sort}: {found[sort][0]}" for sort in sorted(found))


def test_hundreds_of_courses_and_thousands_of_files_are_read(tally: Tally) -> None:
    assert tally.combinations >= 100
    assert tally.files >= 5000
    assert tally.words >= 100_000


def test_a_translation_says_what_its_danish_letter_says_and_no_other_word(built: Stage) -> None:
    """And each sort of letter that has one is among those that every sequence reads."""
    kinds = set()
    for home in built.homes:
        out = dict(files_below(built.root / "out" / home.stem))
        for name in (name for name in out if TRANSLATION in name):
            kinds.add(name.partition("-")[0])
            assert words_in(out[name]) == words_in(out[name.replace(TRANSLATION, "")]), (home.stem, name)
    assert kinds == {"informationsbrev", "samtykkeerklaering", "invitation"}


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


TYPED = {"criteria", "waiting_times.consequence", "meetings.reason", "plan.id", "members.key"}
"""What an export of figures holds of what people typed, where it is not for others (docs/export.md)."""
OF_THE_COURSE = {"criteria", "members.key"}
"""What of that stays once the mothers have taken all back: their waits, and what was said of the children, go."""


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("figures --format json", TYPED),
        ("figures --publishable --format json", set()),
        ("figures --publishable", set()),
        ("costs --format json", set()),
        ("deadlines --format json", set()),
        ("meetings --format json", set()),
    ],
)
def test_an_export_holds_no_more_than_its_page_says_and_nothing_of_who_took_all_back(
    built: Stage, words: str, held: set[str], tmp_path: Path
) -> None:
    """That somebody measures something is the municipality's own, and stands in every export of figures."""
    assert exported(built, BUILT, words) == {home.number: held for home in built.homes if held}
    stage, day = taken_back(built, tmp_path)
    left = [home.number for home in stage.homes if not Facts(home.data, day, areas_of_staff()).is_closed]
    assert 0 < len(left) < len(stage.homes)
    assert exported(stage, day, words) == {number: rest for number in left if (rest := held & OF_THE_COURSE)}


def test_what_programs_read_of_all_families_has_ids_and_what_was_agreed_alone(built: Stage, tmp_path: Path) -> None:
    """What somebody agreed to do is told to her; what a meeting and an activity are called, people typed as an id."""
    allowed = {"status": {"meetings.id", "plan.id"}, "tasks": {"meetings.agreed"}}
    stage, day = taken_back(built, tmp_path)
    for verb, held in allowed.items():
        told = places_in(built, asked(built, BUILT, verb, "--format", "json"))
        assert told == {home.number: held for home in built.homes}
        found = places_in(stage, asked(stage, day, verb, "--format", "json"))
        assert {place for places in found.values() for place in places} <= held


def test_nobodys_date_of_birth_stands_where_all_families_are_read_of(built: Stage, tmp_path: Path) -> None:
    days = ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d%m%y", "%-d.%-m.%Y")
    people = [person for home in built.homes for person in home.data["members"].values()]
    born = {day_of(person["born"]).strftime(form) for person in people for form in days}
    born |= {day_and_month(day_of(person["born"])) for person in people}
    texts = {verb: asked(built, BUILT, verb, "--format", "json") for verb in ("status", "tasks")}
    for staff in staff_words():
        path = tmp_path / f"{staff}.ics"
        asked(built, BUILT, "export", "calendar", staff, "--out", str(path))
        texts[path.name] = path.read_text("utf-8").replace("\r\n ", "")
    out = built.root / "out"
    pages = (out / "overblik.html", *(out / "_opgaver").glob("*.html"))
    texts |= {str(path.relative_to(out)): path.read_text("utf-8") for path in pages}
    assert len(texts) >= len(staff_words()) + 3
    assert {name: found for name, text in texts.items() if (found := {day for day in born if day in text})} == {}


def test_no_paper_and_no_page_of_the_project_holds_a_word_of_a_family(built: Stage, tmp_path: Path) -> None:
    stage, _ = taken_back(built, tmp_path, project="monthly_status: ja\nperiod: {from: 2026-05-01, to: 2026-11-20}\n")
    papers = dict(files_below(stage.root / "out" / "_projekt"))
    kinds = {name.partition("-")[0].partition(".")[0] for name in papers}
    assert kinds == {"evalueringsrapport", "overblik", "projektstatus", "statusrapport"}
    items = {word for home in stage.homes for word in items_of(home.data)}
    assert {name: found for name, data in papers.items() if (found := words_in(data) & items)} == {}


def taken_back(built: Stage, folder: Path, *, project: str = "") -> tuple[Stage, date]:
    """The households once the mothers have taken all back, where some fathers with custody have not."""
    stage = built.copied_to(folder / "workspace", range(5))
    if project:
        (stage.root / "project.yaml").write_text(project, "utf-8")
        stage.build(BUILT)
    (step,) = SEQUENCES["all is taken back"]
    for home in stage.homes:
        for edit in step.edits:
            edit(home)
    stage.write()
    stage.build(step.day)
    return stage, step.day


def exported(stage: Stage, day: date, words: str) -> dict[int, set[str]]:
    """By household, in which places of its file the words stand that an export holds; what is measured is no matter."""
    found = places_in(stage, asked(stage, day, "export", *words.split()))
    return {number: rest for number, places in found.items() if (rest := places - {"measurements.key"})}


def asked(stage: Stage, day: date, *words: str) -> str:
    """What the program answers on a day."""
    options = ("--today", day.isoformat(), "--workspace", str(stage.root))
    result = CliRunner().invoke(program, [*options, *words])
    assert result.exit_code == 0, result.output
    return result.output


def places_in(stage: Stage, text: str) -> dict[int, set[str]]:
    """By household, in which places of its file the words stand that a text holds."""
    found: dict[int, set[str]] = {}
    for home in stage.homes:
        items = items_of(home.data)
        for word in canaries_in(text) & items.keys():
            first, *_, last = items[word].path
            place = str(first) if first == "criteria" else f"{first}.{last}"
            found.setdefault(home.number, set()).add(place)
    return found


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
