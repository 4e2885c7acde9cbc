from __future__ import annotations

from hopdocs.catalogue.report import as_json, render_github, render_headline, render_text
from hopdocs.diagnostics import Blocks, Diagnostic, Severity

PATH = "families/hop-2026-007.yaml"


def _caret(line: str, column: int, length: int) -> tuple[str, str]:
    fault = Diagnostic(PATH, 1, column, "HD150", {"name": "ppe", "choices": "ppa"}, length=length)
    shown = render_text([fault], {PATH: [line]}, "en").splitlines()
    return shown[1], shown[2]


def test_a_diagnostic_shows_place_fact_line_caret_and_hint() -> None:
    fault = Diagnostic(PATH, 41, 13, "HD150", {"name": "ppe", "choices": "ppa, rri"}, length=3)
    lines = [""] * 40 + ["  - {staff: ppe, from: 2026-11-24, chosen_by: family}"]
    assert render_text([fault], {PATH: lines}, "en") == (
        'families/hop-2026-007.yaml:41:13: error HD150: no staff member has the id "ppe"\n'
        "   41 |   - {staff: ppe, from: 2026-11-24, chosen_by: family}\n"
        "      |             ^^^\n"
        "  hint: choose one of ppa, rri, or add the person under staff in config.yaml   (hopdocs explain HD150)\n"
    )


def test_the_same_diagnostic_speaks_danish() -> None:
    fault = Diagnostic(PATH, 0, 0, "HD103", severity=Severity.WARNING)
    assert render_text([fault], {}, "da") == (
        "families/hop-2026-007.yaml: advarsel HD103: filen er tom\n"
        '  løsning: skriv den første linje, "id: HOP-…", eller hent filen tilbage fra git   (hopdocs explain HD103)\n'
    )


def test_several_diagnostics_stand_apart() -> None:
    faults = [Diagnostic(PATH, 0, 0, "HD103"), Diagnostic(PATH, 0, 0, "HD103")]
    assert render_text(faults, {}, "en").count("\n\n") == 1
    assert render_text([], {}, "en") == ""


def test_a_fault_in_a_template_names_its_place_in_word() -> None:
    fault = Diagnostic("templates/dagsorden.docx", 0, 0, "HD103", place='table 2, "Hvem kommer"')
    expected = 'templates/dagsorden.docx: table 2, "Hvem kommer": error HD103: the file is empty'
    assert render_headline(fault, "en") == expected
    assert as_json([fault], "en")[0]["place"] == 'table 2, "Hvem kommer"'


def test_a_caret_stands_under_its_word_after_wide_characters_and_tabs() -> None:
    shown, caret = _caret("王さん\tppe", 5, 3)
    assert shown == "    1 | 王さん    ppe"
    assert caret == "      |           ^^^"  # three characters of two columns, a tab of four


def test_a_combining_mark_takes_no_column() -> None:
    assert _caret("e\N{COMBINING ACUTE ACCENT} ppe", 4, 3)[1] == "      |   ^^^"


def test_a_long_line_is_cut_around_the_caret() -> None:
    shown, caret = _caret("x" * 500 + "ppe" + "y" * 500, 501, 3)
    assert shown.startswith("    1 | …x")
    assert shown.endswith("y…")
    assert shown[caret.index("^") : caret.index("^") + 3] == "ppe"
    assert len(shown) < 130


def test_a_caret_beyond_the_line_does_not_fall_off() -> None:
    assert _caret("abc", 10, 5)[1].rstrip().endswith("^")


def test_what_a_terminal_would_obey_is_not_shown() -> None:
    shown, _ = _caret("a\x1b[2Jb\N{RIGHT-TO-LEFT OVERRIDE}c", 1, 1)
    assert "\x1b" not in shown
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in shown


PARTS = ("730112", "1234")
"""Put together in the test, so that no kept file holds such a number."""


def test_no_output_repeats_a_number_shaped_like_a_cpr() -> None:
    number = "{}-{}".format(*PARTS)
    fault = Diagnostic(PATH, 1, 1, "HD130", {"value": number})
    for shown in (
        render_text([fault], {PATH: [f"born: {number}"]}, "da"),
        str(as_json([fault], "en")),
        render_github([fault], "en"),
    ):
        assert "730112" not in shown
        assert "xxxxxx-xxxx" in shown


def test_a_file_named_by_such_a_number_is_not_named_to_people() -> None:
    path = "families/{}-{}.yaml".format(*PARTS)
    for fault in (Diagnostic(path, 1, 1, "HD127"), Diagnostic(path, 0, 0, "HD504")):
        assert render_text([fault], {}, "da").startswith("families/xxxxxx-xxxx.yaml:")


def test_json_has_the_keys_of_the_interface() -> None:
    fault = Diagnostic(PATH, 3, 4, "HD150", {"name": "x", "choices": "y"}, Severity.WARNING, Blocks.NOTICES)
    assert as_json([fault], "en") == [
        {
            "path": PATH,
            "line": 3,
            "column": 4,
            "severity": "warning",
            "code": "HD150",
            "blocks": "notices",
            "message": 'no staff member has the id "x"',
            "hint": "choose one of y, or add the person under staff in config.yaml",
        }
    ]


def test_github_lines_are_escaped_as_the_runner_expects() -> None:
    fault = Diagnostic("families/a,b:c.yaml", 3, 4, "HD130", {"value": "10 %"}, Severity.ADVICE)
    assert render_github([fault], "en") == (
        '::notice file=families/a%2Cb%3Ac.yaml,line=3,col=4,title=HD130::"10 %25" is no date'
        " – write 2026-11-24, 24.11.2026, 24. november 2026 or tirsdag 24.11.2026\n"
    )
    assert render_github([Diagnostic(PATH, 0, 0, "HD103")], "en").startswith(f"::error file={PATH},title=HD103::")
