"""The table says what was measured, and plainly what was missed."""

from __future__ import annotations

from bench.figure import Figure, at_least, at_most
from bench.table import format_amount, format_seconds, format_table

QUICK = Figure("one letter", "0.7 ms", "docxtpl 42 ms", 60.0, target=at_least(20), notes=("Both write a file",))
SLOW = Figure("many families", "9 s", "loop 90 s", 10.0, target=at_least(15), notes=("Both write a file", "Scaled"))
MEMORY = Figure("memory", "412 MB", "", 412.3, unit="MB", target=at_most(600))
TOLD = Figure("composing", "0.2 ms", "sending 0.9 ms", 0.25)
UNMEASURED = Figure("PDF", "–", "–", None, target=at_least(6), notes=("Left out: no LibreOffice here",))


def test_every_figure_is_a_line_with_what_was_measured_and_its_target() -> None:
    lines = format_table([QUICK, MEMORY, TOLD]).splitlines()
    assert lines[0].split() == ["figure", "hopdocs", "against", "result", "target", "reached"]
    assert [part.strip() for part in lines[2].split("  ") if part] == [
        "one letter [1]",
        "0.7 ms",
        "docxtpl 42 ms",
        "60.0×",
        "≥ 20.0×",
        "yes",
    ]
    assert "412 MB" in lines[3]
    assert "≤ 600 MB" in lines[3]
    assert lines[4].rstrip().endswith("0.25×")


def test_a_missed_target_is_said_in_its_line_and_again_below() -> None:
    table = format_table([QUICK, SLOW])
    assert [line.split()[-1] for line in table.splitlines()[2:4]] == ["yes", "NO"]
    assert table.splitlines()[-1] == "1 of 2 targets MISSED: many families: 10.0× instead of ≥ 15.0×."


def test_what_could_not_be_measured_counts_as_missed_with_its_reason() -> None:
    table = format_table([UNMEASURED])
    assert "[1] Left out: no LibreOffice here" in table
    assert table.splitlines()[-1] == "1 of 1 targets MISSED: PDF: – instead of ≥ 6.00×."


def test_reaching_all_targets_is_said_too() -> None:
    assert format_table([QUICK, MEMORY]).splitlines()[-1] == "All 2 targets reached."
    assert format_table([TOLD]).splitlines()[-1] == "No targets here."


def test_a_note_that_two_figures_share_stands_once() -> None:
    table = format_table([QUICK, SLOW])
    assert table.count("Both write a file") == 1
    assert "one letter [1]" in table
    assert "many families [1] [2]" in table


def test_another_checkouts_own_figures_stand_beside_with_how_many_times_as_fast_this_one_is() -> None:
    rate = Figure("notices", "800/s", "smtplib 1000/s", 0.8)
    table = format_table([QUICK, MEMORY, rate, TOLD], {"one letter": (0.0014, "s"), "notices": (1 / 400, "s")})
    rows = [line.split() for line in table.splitlines()]
    assert rows[0][-5:] == ["before", "as", "fast", "wanted", "reached"]
    assert [row[-3:] for row in rows[2:6]] == [
        ["1.40", "ms", "2.00×"],
        ["yes", "–", "–"],
        ["2.50", "ms", "2.00×"],
        ["0.25×", "–", "–"],
    ]


def test_how_many_times_as_fast_a_figure_should_be_is_held_against_the_other_checkout() -> None:
    plan, pdfs = (Figure(what, "100 ms", "–", None, faster=2) for what in ("a plan", "all PDFs"))
    table = format_table([plan, pdfs], {"a plan": (0.2, "s"), "all PDFs": (0.19, "s")}).splitlines()
    assert [line.split()[-3:] for line in table[2:4]] == [["≥", "2.00×", "yes"], ["≥", "2.00×", "NO"]]
    assert table[-1] == "1 of 2 targets MISSED: all PDFs: 1.90× as fast as before instead of ≥ 2.00×."
    untold = format_table([plan], {}).splitlines()
    assert untold[2].split()[-1] == "NO"
    assert untold[-1] == "1 of 1 targets MISSED: a plan: – as fast as before instead of ≥ 2.00×."
    assert format_table([plan]).splitlines()[-1] == "No targets here."


def test_a_target_is_reached_at_its_very_value() -> None:
    assert at_least(20).is_reached_by(20.0)
    assert not at_least(20).is_reached_by(19.99)
    assert at_most(1.15).is_reached_by(1.15)
    assert not at_most(1.15).is_reached_by(1.16)


def test_amounts_keep_the_digits_that_matter() -> None:
    assert [format_amount(value, "×") for value in (62.38, 1.066, None)] == ["62.4×", "1.07×", "–"]
    assert [format_amount(value, "MB") for value in (412.3, 600.0, 4.5)] == ["412 MB", "600 MB", "4.50 MB"]
    assert [format_seconds(value) for value in (0.00074, 0.0412, 12.34)] == ["0.74 ms", "41 ms", "12.3 s"]
