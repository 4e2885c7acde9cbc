from __future__ import annotations

from hopdocs.serving.lines.extents import measure_extents

TEXT = """\
id: HOP-2026-007  # the case
members:          # who
  nadira: {name: Nadira, role: parent}   # mother
meetings:
  - id: intro
    text: |
      En linje.

      # ikke en kommentar

    agenda: [et, to]  # begge
    note: >-
      foldet
      tekst
  - id: "en # to"
    place:
      havoern
"""
LINES = TEXT.split("\n")


def test_a_value_takes_up_its_own_lines_and_its_keys() -> None:
    values = measure_extents(TEXT).values
    assert values["id",] == range(1, 2)
    assert values["members", "nadira", "role"] == range(3, 4)
    assert values["meetings", 0, "text"] == range(6, 10)
    assert values["meetings", 0, "agenda", 1] == range(11, 12)
    assert values["meetings", 0, "note"] == range(12, 15)
    assert values["meetings", 1, "place"] == range(16, 18)


def test_a_list_or_a_mapping_stands_under_the_line_that_names_it() -> None:
    heads = measure_extents(TEXT).heads
    assert heads["members",] == 2
    assert heads["members", "nadira"] == 3
    assert heads["meetings", 1] == 15


def test_a_note_behind_a_line_is_no_part_of_it_and_a_sign_within_is() -> None:
    extents = measure_extents(TEXT)
    shown = [extents.without_comment(number, line) for number, line in enumerate(LINES, 1)]
    assert shown[:3] == ["id: HOP-2026-007", "members:", "  nadira: {name: Nadira, role: parent}"]
    assert shown[8].strip() == "# ikke en kommentar"
    assert shown[10] == "    agenda: [et, to]"
    assert shown[14] == '  - id: "en # to"'


def test_a_note_between_a_key_and_its_value_is_no_part_of_them() -> None:
    text = "place:  # hvor\n  # ring først\n\n  # og spørg efter mor\n  havoern\n"
    extents = measure_extents(text)
    assert extents.values["place",] == range(1, 6)
    shown = [extents.without_comment(number, line) for number, line in enumerate(text.split("\n"), 1)]
    assert shown == ["place:", "", "", "", "  havoern", ""]


def test_a_sign_in_the_first_of_a_texts_lines_begins_no_note() -> None:
    text = 'a: se C#-kurset\n  igen  # for tredje gang\nb: "nr. # 4\n  og 5"\nc: |  # frit\n  # 6\n'
    extents = measure_extents(text)
    shown = [extents.without_comment(number, line) for number, line in enumerate(text.split("\n"), 1)]
    assert shown == ["a: se C#-kurset", "  igen", 'b: "nr. # 4', '  og 5"', "c: |", "  # 6", ""]


def test_of_two_values_under_one_key_the_first_counts_as_in_the_data() -> None:
    assert measure_extents("a: 1\na: 2\n").values == {("a",): range(1, 2)}


def test_a_text_that_no_longer_can_be_read_ends_where_it_could() -> None:
    assert ("a",) in measure_extents("a: 1\nb: [\n").values
