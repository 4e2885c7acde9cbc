"""What of the sample family's file stands in which of her papers, by the templates that hopdocs ships."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hopdocs.cycle.making.whole_data import unnumbered_fields
from hopdocs.danish import FILTERS
from hopdocs.package_data import shipped_path
from hopdocs.rendering.template import Template, compile_template
from hopdocs.serving.lines.line_blocks import gather_blocks
from hopdocs.serving.lines.traces import PaperTrial, entry_of
from hopdocs.sources.families import parse_family
from tests.unit.pages.sample import TODAY, config

if TYPE_CHECKING:
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.rendering.checking.template_inputs import Plain

TEXT = (shipped_path("families") / "hop-2026-007.yaml").read_text("utf-8")
INVITATION = ("HOP-2026-007", "invitation", "familieplan", "nadira")
PLAN = ("HOP-2026-007", "familieplan", "", "nadira")


@cache
def template(name: str) -> Template:
    return compile_template(shipped_path("templates") / f"{name}.docx", filters=FILTERS)


def show(document: WantedDocument) -> Plain:
    return template(document.template or "").narrow(unnumbered_fields(document))


@cache
def lines_behind(key: tuple[str, str, str, str], text: str = TEXT) -> dict[str, bool] | None:
    """By line of the file without its indentation, whether the paper shows what it says; None if there is no paper."""
    source = parse_family(text.encode(), "families/hop-2026-007.yaml", config()).source
    traces = PaperTrial(source.tree, key, config(), TODAY, show).find_traces()
    if traces is None:
        return None
    assert traces.is_whole
    return {line.words: line.is_shown for block in gather_blocks(source, traces) for line in block.lines}


def test_an_invitation_comes_from_its_meeting_its_reader_and_what_opens_for_it() -> None:
    lines = lines_behind(INVITATION)
    assert lines is not None
    shown = {line for line, is_shown in lines.items() if is_shown}
    assert {
        "name: Nadira Zamirandi",
        "address: Opdigtvej 44",
        "date: 2026-11-24",
        'start: "10.00"',
        "- Vi vil gerne tale om Samis skole.",
        "part: de første 30 minutter",
    } <= shown
    assert {"members:", "- member: nadira", "- staff: iik", "place: havoern", "meetings:"} <= lines.keys() - shown


def test_nothing_of_the_plan_of_another_meeting_or_of_a_note_stands_beside_an_invitation() -> None:
    noted = TEXT.replace("    date: 2026-11-24", "    date: 2026-11-24  # husk at ringe først")
    assert noted != TEXT
    lines = lines_behind(INVITATION, noted)
    assert lines is not None
    everything = "\n".join(lines)
    assert "date: 2026-11-24\n" in everything
    for word in ("husk at ringe", "words:", "activities:", "measurements:", "opfoelgning-1", "formoede", "Farbror"):
        assert word not in everything


def test_a_text_that_the_paper_keeps_from_its_reader_is_not_beside_it_either() -> None:
    lines = lines_behind(INVITATION)
    assert lines is not None
    assert "view: Har tegnet sine ønsker sammen med Birthe." not in lines
    assert "reason: Emnerne er for de voksne." in lines


LINA = """\
        attends: false
        reason: Emnerne er for de voksne.
        view: Har tegnet sine ønsker sammen med Birthe.
        assessed_by: rri
"""


def test_a_text_that_is_not_in_the_paper_is_cut_out_of_a_line_that_is() -> None:
    reason = "reason: Emnerne er for de voksne."
    for inside in ("view: Har tegnet.", 'view: "Har tegnet # hjemme, og"', "view: Har\n          tegnet"):
        line = f"        {{attends: false, {inside}, {reason}, assessed_by: rri, parents_agree: true,\n"
        rest = "        assessed: 2026-11-12\n        parents_agree: true\n"
        assert f"{LINA}{rest}" in TEXT
        text = TEXT.replace(f"{LINA}{rest}", f"{line}          assessed: 2026-11-12}}\n")
        lines = lines_behind(INVITATION, text)
        assert lines is not None
        assert "tegnet" not in "\n".join(lines)
        assert any(line.startswith("{attends: false, view: …") for line in lines)


def test_of_a_text_of_several_lines_that_is_not_in_the_paper_no_line_is_shown() -> None:
    for sign in (">-", "|"):
        text = TEXT.replace(
            "view: Har tegnet sine ønsker sammen med Birthe.",
            f"view: {sign}\n          Har tegnet sine ønsker\n\n          sammen med Birthe.",
        )
        lines = lines_behind(INVITATION, text)
        assert lines is not None
        assert "Birthe" not in "\n".join(lines)
        assert "reason: Emnerne er for de voksne." in lines


def test_of_two_equal_texts_only_that_which_the_paper_shows_is_marked() -> None:
    lines = lines_behind(PLAN)
    assert lines is not None
    assert "city: Vesterlyng" not in lines  # the municipality's town stands in the plan all the same
    invitation = lines_behind(INVITATION)
    assert invitation is not None
    assert TEXT.count("reason: Han er to år.") > 1
    assert "- id: nulpunkt" not in invitation  # where the same reason was given, for another day


def test_a_plan_comes_from_its_goals_and_their_texts_alone_are_marked() -> None:
    lines = lines_behind(PLAN)
    assert lines is not None
    assert lines["words: Jeg vil forsørge min familie."]
    assert not lines["direction: beskæftigelse"]
    assert "to_child: Du har et sted at lege hver uge." not in lines


def test_times_of_the_week_are_found_though_they_are_taken_apart_on_the_way() -> None:
    timed = TEXT.replace("      goal: arbejde\n", "      goal: arbejde\n      times: [tirsdag 9.00-12.00]\n", 1)
    lines = lines_behind(PLAN, timed)
    assert lines is not None
    assert "times: [tirsdag 9.00-12.00]" in lines


def test_a_meetings_beginning_and_end_in_one_line_are_both_that_line() -> None:
    one_line = TEXT.replace(
        '    start: "10.00"\n    end: "12.00"\n    place: havoern', "    start: 10.00-12.00\n    place: havoern"
    )
    assert one_line != TEXT
    lines = lines_behind(INVITATION, one_line)
    assert lines is not None
    assert lines["start: 10.00-12.00"]


def test_a_paper_that_the_file_does_not_ask_for_has_no_lines() -> None:
    assert lines_behind(("HOP-2026-007", "invitation", "ukendt", "nadira")) is None
    assert lines_behind(("HOP-2026-007", "ukendt", "", "")) is None


def test_the_entry_of_a_value_is_the_mapping_around_it() -> None:
    assert entry_of(("meetings", 3, "participants", 1)) == ("meetings", 3)
    assert entry_of(("members", "nadira", "name")) == ("members", "nadira")
    assert entry_of(("id",)) == ()
