from __future__ import annotations

import shlex
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.cli.verbs.new import command
from hopdocs.domain.consent import ConsentAnswer, Consents
from hopdocs.model.plan import Decision, Progress
from hopdocs.package_data import shipped_path
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family
from tests.unit.cli.running import Run, run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.sources.families import FamilySource

SAMPLE = "hop-2026-007"
VERBS: Mapping[str, Any] = command.commands


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "ws", SAMPLE)


def written(root: Path) -> str:
    return (root / f"families/{SAMPLE}.yaml").read_text(encoding="utf-8")


def new(root: Path, verb: str, *words: str, today: str = "2026-11-21") -> Run:
    """Adds lines about the sample family, and sees that every line that was there stands as it was."""
    before = written(root).splitlines()
    shown = run("-w", root, "--today", today, "new", verb, SAMPLE, *words)
    rest = iter(written(root).splitlines())
    assert all(line in rest for line in before)
    return shown


def read(root: Path) -> Family:
    config = parse_config(shipped_path("config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    found = parse_family((root / f"families/{SAMPLE}.yaml").read_bytes(), f"{SAMPLE}.yaml", config).family
    assert found is not None
    return found


def edit(root: Path, old: str, new_text: str) -> None:
    text = written(root)
    assert old in text
    (root / f"families/{SAMPLE}.yaml").write_text(text.replace(old, new_text, 1), encoding="utf-8")


def test_a_yes_goes_into_the_line_that_waits_for_it(root: Path) -> None:
    waiting = "  - member: nadira\n    form_given: 2026-11-01\n    given:   # datoen\n    areas:\n"
    edit(root, "consents:\n", f"consents:\n{waiting}")
    words = ("SO,BF", "bes", "--received-by", "Iik")
    shown = run("-w", root, "--today", "2026-11-21", "new", "consent", SAMPLE, "Nadira", *words)
    assert shown.code == 0, shown.err
    assert "    given: 2026-11-21   # datoen\n    areas: [BF, BES, SO]\n    received_by: iik\n" in written(root)
    assert read(root).consents[0].areas == ("BF", "BES", "SO")
    assert len(read(root).consents) == 4


def test_an_answer_that_is_written_is_never_written_over(root: Path) -> None:
    assert new(root, "consent", "nadira", "BF", "DU", "--given", "1.11.2026").code == 0
    first, last = read(root).consents[0], read(root).consents[-1]
    assert (first.given, last.given, last.areas) == (date(2026, 9, 22), date(2026, 11, 1), ("BF", "DU"))


def test_a_form_that_was_handed_out_waits_for_its_answer(root: Path) -> None:
    assert new(root, "consent", "nadira").code == 0
    line = read(root).consents[-1]
    assert (line.member, line.form_given, line.given) == ("nadira", date(2026, 11, 21), None)
    again = new(root, "consent", "nadira")
    assert "is there already" in again.out
    assert new(root, "consent", "nadira", "--refused", "21.11.2026").code == 0
    line = read(root).consents[-1]
    assert (line.form_given, line.refused, len(read(root).consents)) == (date(2026, 11, 21), date(2026, 11, 21), 4)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nadira", "--given", "1.11.2026"), "which areas has nadira said yes to? BF (Børn og Familie)"),
        (("nadira", "BF", "--refused", "1.11.2026"), "two answers"),
        (("nobody", "BF"), 'nobody in the family is called "nobody": nadira (Nadira Zamirandi)'),
        (("nadira", "XX"), 'no area is called "XX": BF (Børn og Familie)'),
    ],
)
def test_half_an_answer_is_asked_about_in_words(root: Path, words: tuple[str, ...], said: str) -> None:
    shown = new(root, "consent", *words)
    assert shown.code == 2
    assert said in " ".join(shown.err.split())


def test_what_is_taken_back_comes_under_the_consent_in_force(root: Path) -> None:
    assert new(root, "withdrawal", "nadira", "SO", "--date", "20.11.2026").code in (0, 1)
    taken = read(root).consents[0].withdrawn[0]
    assert (taken.date, taken.areas) == (date(2026, 11, 20), ("SO",))
    shown = new(root, "withdrawal", "tariq", "SO")
    assert "tariq has said yes to: BF, BES, DU" in shown.err
    assert "has said yes to nothing by 2026-09-01" in new(root, "withdrawal", "tariq", "--date", "1.9.2026").err


def test_what_was_signed_on_two_forms_of_one_day_can_all_be_taken_back(root: Path) -> None:
    for areas in (("BF", "DU"), ("BES", "SO")):
        assert new(root, "consent", "nadira", *areas, "--given", "1.11.2026").code == 0
    assert "nadira has said yes to: BF, DU, BES, SO" in new(root, "withdrawal", "nadira", "HP").err
    assert new(root, "withdrawal", "nadira", "DU").code in (0, 1)
    assert new(root, "withdrawal", "nadira", "BF", "SO", "--date", "20.11.2026").code in (0, 1)
    taken = [[item.areas for item in line.withdrawn] for line in read(root).consents[-2:]]
    assert taken == [[("DU",), ("BF",)], [("SO",)]]
    assert new(root, "withdrawal", "nadira").code in (0, 1)
    family = read(root)
    nadira = next(key for key in family.members if key == "nadira")
    assert Consents.on(family, date(2026, 11, 21)).standing(nadira).answer is ConsentAnswer.WITHDRAWN


def test_a_goal_an_activity_and_how_far_it_is_come_last_in_the_plan(root: Path) -> None:
    shown = new(root, "goal", "ro", "Alle er ude ad døren kl. 7.45.", "--for", "sami,lina", "--direction", "børns")
    assert shown.code == 0, shown.err
    ends = ("--review", "1.3.2027", "--every", "6", "--how", "Ved mødet.")
    words = (*ends, "--goal", "ro", "--by", "rri", "--decision", "bev", "--hours", "1,5")
    shown = new(root, "activity", "morgen", "Morgenhjælp: hver dag", *words)
    assert shown.code == 0, shown.err
    assert new(root, "status", "ro", "på vej", "Det går.", "--date", "24.11.2026", today="2026-11-25").code == 0
    plan = read(root).plan
    assert plan is not None
    goal, activity, status = plan.goals[-1], plan.activities[-1], plan.status[-1]
    assert (goal.id, goal.for_, goal.direction) == ("ro", ("sami", "lina"), "børns trivsel")
    assert (activity.area, activity.for_, activity.decision) == ("BF", ("sami", "lina"), Decision.BEVILGET)
    assert (activity.end, activity.review, activity.hours_per_week) == ("løbende", date(2027, 3, 1), Decimal("1.5"))
    assert activity.follow_up is not None
    assert (activity.follow_up.how, activity.follow_up.every_weeks) == ("Ved mødet.", 6)
    assert (activity.what, activity.start) == ("Morgenhjælp: hver dag", date(2026, 11, 21))
    assert (status.goal, status.progress, status.meeting) == ("ro", Progress.PÅ_VEJ, "familieplan")


@pytest.mark.parametrize("hours", ["2 # x", "to", "-1", "2: 3"])
def test_hours_that_are_no_number_are_not_written(root: Path, hours: str) -> None:
    before = written(root)
    words = ("--goal", "skole", "--by", "rri", "--end", "1.3.2027", "--every", "6")
    shown = new(root, "activity", "morgen", "Morgenhjælp", *words, f"--hours={hours}")
    assert (shown.code, "write 1,5" in shown.err) == (2, True), shown.err
    assert written(root) == before


@pytest.mark.parametrize(
    "words",
    [
        ("consent", "nadira", "BF", "--given", "22.9.2027"),
        ("consent", "tariq", "--refused", "2026-11-22"),
        ("consent", "tariq", "--form-given", "2027-01-02"),
        ("withdrawal", "nadira", "SO", "--date", "20.11.2027"),
        ("status", "skole", "nået", "--date", "2062-01-01"),
        ("assessment", "BF", "--date", "2062-01-01"),
        ("member", "Maja Prøve", "2099-11-02", "child"),
    ],
)
def test_what_is_written_as_done_on_a_day_to_come_is_not_saved(root: Path, words: tuple[str, ...]) -> None:
    before = written(root)
    shown = new(root, *words)
    assert (shown.code, "has not come yet" in shown.err) == (2, True), shown.err
    assert written(root) == before


def test_a_new_family_has_nobody_who_is_born_on_a_day_to_come(root: Path) -> None:
    people = ("--parent", "Ida Prøve", "1988-02-29", "--child", "Bo Prøve", "2062-06-01")
    shown = run("-w", root, "--today", "2026-11-21", "new", "family", "Familien Prøve", *people)
    assert (shown.code, "2062-06-01 has not come yet" in shown.err) == (2, True)
    assert [path.stem for path in (root / "families").glob("*.yaml")] == [SAMPLE]


def test_a_law_that_reads_as_something_else_stays_a_text(root: Path) -> None:
    words = ("--goal", "skole", "--by", "rri", "--hours", "1,5", "--end", "1.3.2027", "--every", "6")
    shown = new(root, "activity", "morgen", "Morgenhjælp", *words, "--law", "sel # 11: b")
    assert (shown.code, "HD187" in shown.err, 'law: "sel # 11: b"\n' in shown.err) == (1, True, True)


def test_lines_that_would_stop_the_family_are_shown_and_said_not_to_be_saved(root: Path) -> None:
    before = written(root)
    words = ("--goal", "skole", "--by", "rri", "--hours", "1,5", "--end", "1.3.2027", "--every", "6")
    shown = new(root, "activity", "morgen", "Morgenhjælp", *words, "--law", "ukendt")
    assert shown.err.endswith("nothing was saved: the lines above are those that would have been written\n")
    assert written(root) == before


def test_a_meeting_on_a_closed_day_is_told_at_once_and_not_saved(root: Path) -> None:
    before = written(root)
    shown = new(root, "meeting", "opfølgningsmøde", "2026-12-25")
    assert (shown.code, "HD242" in shown.err, "Juledag" in shown.err) == (1, True, True)
    assert written(root) == before


@pytest.mark.parametrize("words", [("withdrawal", SAMPLE, "nadira"), ("minutes", SAMPLE, "familieplan")])
def test_what_somebody_saved_meanwhile_is_not_written_over(
    root: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    def read_while_somebody_saves(data: bytes, name: str, config: Config) -> FamilySource:
        path = root / name
        path.write_bytes(path.read_bytes() + b"# hers\n")
        return parse_family(data, name, config)

    before = written(root)
    monkeypatch.setattr("hopdocs.cli.family_edit.parse_family", read_while_somebody_saves)
    shown = run("-w", root, "--today", "2026-11-25", "new", *words)
    assert (shown.code, "somebody has changed it meanwhile" in shown.err) == (3, True), shown.err
    assert written(root).removeprefix(before).splitlines() == ["# hers", "# hers"]


def test_lines_that_would_stop_the_family_are_shown_and_not_saved(root: Path) -> None:
    before = written(root)
    shown = new(root, "goal", "skole", "Et mål til.", "--for", "sami")
    assert (shown.code, written(root)) == (1, before)
    assert "- id: skole" in shown.err
    shown = new(root, "tovholder", "bbl")  # a provider cannot hold the role
    assert (shown.code, written(root)) == (1, before)
    assert "HD203" in shown.err


def test_people_are_added_each_where_they_belong(root: Path) -> None:
    assert new(root, "member", "Ib Prøve", "3.4.1985", "anden").code == 0
    shown = new(root, "member", "Maja Prøve", "2026-11-02", "barn")
    assert (shown.code, "HD261" in shown.err) == (1, True)  # a meeting to come says nothing of her yet: it is told
    assert new(root, "team", "tta", "hha", "--from", "1.12.2026", "--for", "ib").code == 0
    assert new(root, "tovholder", "rri", "--from", "24.11.2026").code in (0, 1)
    family = read(root)
    assert list(family.members)[-2:] == ["ib", "maja"]
    assert [line.member for line in family.consents][3:] == ["ib"]  # the child's parents sign for her
    assert [(line.staff, line.for_) for line in family.team[-2:]] == [("tta", ("ib",)), ("hha", ("ib",))]
    assert (family.tovholder[-1].staff, family.tovholder[-1].chosen_by) == ("rri", "family")


def test_an_areas_part_is_written_by_its_own_on_the_team(root: Path) -> None:
    assert new(root, "assessment", "Sundhed", "--works", "Hun passer sine tider.").code == 0
    part = read(root).assessment[-1]
    assert (part.area, part.by, part.date, part.works) == ("SO", "ssk", date(2026, 11, 21), "Hun passer sine tider.")
    assert "    concerns:\n    wishes:\n" in written(root)
    assert "nobody of HP is on the team; say --by" in new(root, "assessment", "HP").err


def test_the_lines_are_named_by_their_place_in_the_file(root: Path) -> None:
    shown = new(root, "team", "tta")
    place = shown.out.removeprefix(f"families/{SAMPLE}.yaml:").split(":")[0]
    first, last = map(int, place.split("-"))
    assert written(root).splitlines()[first - 1 : last] == ["  - staff: tta", "    from: 2026-11-21"]


def test_lines_in_two_places_are_named_apart_and_what_stands_open_in_them_is_no_fault(root: Path) -> None:
    shown = new(root, "member", "Ib Prøve", "3.4.1985", "anden")
    lines = written(root).splitlines()
    member, consent = lines.index("  ib:") + 1, lines.index("  - member: ib") + 1
    assert shown.out == f"families/{SAMPLE}.yaml:{member}-{member + 4}, {consent}-{consent + 3}: ib: Ib Prøve\n"
    assert shown.err == ""


@pytest.mark.parametrize("name", sorted(VERBS))
def test_every_example_in_the_help_works_as_it_stands(tmp_path: Path, name: str) -> None:
    for number, line in enumerate(VERBS[name].examples):
        root = make_workspace(tmp_path / f"ws{number}", SAMPLE)
        shown = run("-w", root, "--today", "2026-11-21", *shlex.split(line, comments=True)[1:])
        assert shown.out.startswith("families/"), line + shown.err  # where the lines stand: they were saved
        assert line.startswith(f"hopdocs new {name} ")
