"""A page says of a fault in what it hides no more than the line."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from hopdocs.evaluation import AttachmentLookup, evaluate_family
from hopdocs.pages.composition import fault_line
from hopdocs.pages.status import family_status
from tests.unit.cycling import FAMILY, OUT, copy_example
from tests.unit.documents.example import FOLDER, load_config, on_day, zamirandi

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.diagnostics import Diagnostic
    from hopdocs.model.family import Family

TODAY = date(2026, 11, 21)
NADIRA = "areas: [BF, BES, DU, SO], received_by: iik}"
WITHDRAWN = (NADIRA, NADIRA.replace("iik}", "iik, withdrawn: [{date: 2026-11-20, areas: [SO]}]}"))


def faults_of(*changes: tuple[str, str]) -> list[Diagnostic]:
    text = (FOLDER / "families" / "hop-2026-007.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return list(
        evaluate_family(text.encode(), FAMILY, load_config(), TODAY, lambda _: AttachmentLookup("x")).diagnostics
    )


def texts(found: list[Diagnostic]) -> str:
    return " ".join(f"{line.message} {line.hint}" for line in map(fault_line, found))


def test_a_fault_in_an_activity_that_the_tovholder_may_not_see_names_it_nowhere() -> None:
    found = faults_of(WITHDRAWN)
    [fault] = [item for item in found if item.code == "HD220"]
    assert fault.is_withheld
    assert "smerter" not in texts(found)
    assert fault_line(fault).line == fault.line > 0


def test_a_fault_elsewhere_that_names_such_an_activity_names_it_nowhere_either() -> None:
    at_once = "times: [tirsdag 9.00-12.00]"
    course = f"""
    - id: kursus
      goal: arbejde
      area: BES
      responsible: iik
      for: [nadira]
      what: Kursus
      decision: bevilget
      start: 2026-11-03
      end: 2027-02-23
      hours_per_week: 3
      {at_once}
      follow_up: {{how: Samtale, every_weeks: 6}}
  status:
"""
    both = ("\n  status:\n", course), ("      hours_per_week: 2\n", f"      hours_per_week: 2\n      {at_once}\n")
    assert '"smerter"' in texts([item for item in faults_of(*both) if item.code == "HD606"])
    [clash] = [item for item in faults_of(WITHDRAWN, *both) if item.code == "HD606"]
    assert "smerter" not in texts([clash])


def test_a_fault_in_what_the_tovholder_may_see_is_said_in_full() -> None:
    found = faults_of(("      sign: Mindst 20 timers ordinært arbejde om ugen.\n", ""))
    assert "arbejde" in texts([item for item in found if item.code == "HD270"])
    assert not any(item.is_withheld for item in found)


def test_where_nothing_may_be_shared_the_page_names_nothing_of_the_plan() -> None:
    nobody = (", given: 2026-09-22, areas: [BF, BES, DU], received_by: iik", "")
    found = faults_of(nobody, ("      sign: Mindst 20 timers ordinært arbejde om ugen.\n", ""))
    assert "arbejde" not in texts(found)


def test_the_family_s_page_and_the_page_of_all_hold_no_word_of_it(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    desk.edit(*WITHDRAWN)
    desk.cycle()
    for page in (desk.root / OUT / "overblik.html", desk.root / "out" / "overblik.html"):
        assert "smerte" not in page.read_text("utf-8").casefold()
    assert "HD220" in (desk.root / OUT / "overblik.html").read_text("utf-8")


def test_what_programs_read_of_the_deadlines_names_no_hidden_activity() -> None:
    ongoing = ("      end: 2027-02-23\n", "      end: løbende\n      review: 2026-12-01\n")
    shown = json.dumps(family_status(on_day(zamirandi(ongoing))).as_json() | {"coming": keys(zamirandi(ongoing))})
    assert "review:smerter" in shown
    hidden = zamirandi(ongoing, WITHDRAWN)
    assert "smerter" not in json.dumps(family_status(on_day(hidden)).as_json() | {"coming": keys(hidden)})


def keys(family: Family) -> list[str]:
    return [item.key for item in family_status(on_day(family)).coming]


def test_a_file_that_cannot_be_understood_lists_no_activity_to_choose_from_on_its_page(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    desk.edit("measurements:", "waiting_times:\n  - {activity: akk, area: DU, applied: 2026-11-01}\nmeasurements:")
    desk.cycle()
    page = (desk.root / OUT / "overblik.html").read_text("utf-8")
    assert "HD154" in page
    assert "smerter" not in page


def test_an_id_that_stands_twice_is_named_on_no_page_while_nobody_can_tell_who_may_know_of_it() -> None:
    again = "      goal: helbred\n      area: SO\n      responsible: ssk\n      for: [nadira]\n      what: Samtaler\n"
    found = faults_of(("    - id: smerter\n", f"    - id: smerter\n{again}    - id: smerter\n"))
    [twin] = [item for item in found if item.code == "HD158"]
    assert "smerter" not in texts([twin])


def test_a_fault_in_any_value_that_the_tovholder_may_not_see_is_said_by_its_line_alone() -> None:
    last = "    - {key: skolefravær, for: [sami], month: 2026-10, value: 31}\n"
    lines = "".join(
        f"    - {{key: v_funktion, for: [nadira], month: 2026-{month}, value: {value}}}\n"
        for month, value in (("09", 3), ("10", 3), ("10", 2))
    )
    [known] = [item for item in faults_of((last, last + lines)) if item.code == "HD807"]
    [hidden] = [item for item in faults_of(WITHDRAWN, (last, last + lines)) if item.code == "HD807"]
    assert (known.is_withheld, hidden.is_withheld) == (False, True)
    assert known.line == hidden.line


def test_no_task_says_that_somebody_is_measured_on_what_the_tovholder_may_not_see() -> None:
    last = "    - {key: skolefravær, for: [sami], month: 2026-10, value: 31}\n"
    health = (last, f"{last}    - {{key: a_behandling, for: [nadira], month: 2026-10, value: 3}}\n")

    def title(*changes: tuple[str, str], asked: tuple[str, ...] = ()) -> str:
        deadlines = load_config().deadlines.model_copy(update={"monthly_registration": True})
        config = load_config().model_copy(update={"deadlines": deadlines, "indicators_used": asked})
        status = family_status(on_day(zamirandi(*changes), date(2026, 12, 2), config))
        return " ".join(item.title for item in status.coming + status.overdue)

    assert "Voksen 1: helbred" in title(health)
    assert "helbred" not in title(health, WITHDRAWN)
    assert "Barn 2: Fravær fra skole eller dagtilbud" in title(health, WITHDRAWN)
    assert "Voksen 1: helbred" in title(WITHDRAWN, asked=("a_behandling",))  # so is every family asked


def test_a_fault_that_offers_all_that_is_measured_names_nothing_of_it_that_is_hidden() -> None:
    last = "    - {key: skolefravær, for: [sami], month: 2026-10, value: 31}\n"
    health = (last, f"{last}    - {{key: a_behandling, for: [nadira], month: 2026-10, value: 3}}\n")
    other = ("      direction: børns trivsel\n", "      direction: børns trivsel\n      indicator: b_trivsel\n")
    assert "a_behandling" in texts([item for item in faults_of(health, other) if item.code == "HD625"])
    [hidden] = [item for item in faults_of(WITHDRAWN, health, other) if item.code == "HD625"]
    assert "a_behandling" not in texts([hidden])
    [plain] = [item for item in faults_of(WITHDRAWN, other) if item.code == "HD625"]
    assert not plain.is_withheld


def test_a_mistyped_key_of_somebody_whose_health_is_hidden_is_said_by_its_line_alone() -> None:
    last = "    - {key: skolefravær, for: [sami], month: 2026-10, value: 31}\n"
    typo = (last, f"{last}    - {{key: a_behandlng, for: [nadira], month: 2026-10, value: 3}}\n")
    [known] = [item for item in faults_of(typo) if item.code == "HD800"]
    [hidden] = [item for item in faults_of(WITHDRAWN, typo) if item.code == "HD800"]
    assert "a_behandlng" in texts([known])
    assert "behandl" not in texts([hidden])
    assert known.line == hidden.line
