from __future__ import annotations

import re
from dataclasses import fields, replace
from itertools import pairwise
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from lxml import etree

from hopdocs.model.scalars.languages import language_of_template
from hopdocs.rendering.checking.typecheck import check_template
from tests.unit.letters import samples
from tests.unit.letters.cases import CASES
from tests.unit.letters.samples import LONG_NAME, LONG_TEXT, bare
from tests.unit.letters.word_text import W, all_text, blocks_of, body_of, compiled, parts_of, render, style_of, text_of
from tools.letters.build import LETTERS, TEMPLATES, build_template, write_templates
from tools.letters.forms import answer_fields

if TYPE_CHECKING:
    from pathlib import Path

STEMS = sorted(LETTERS)
HEADINGS = ("Heading2", "Heading3", "Heading4")


def members_of(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def test_committed_templates_are_what_the_tool_builds(tmp_path: Path) -> None:
    # Contents, not zip bytes: two builds of zlib may pack the same text differently.
    written = write_templates(tmp_path)
    committed = sorted(TEMPLATES.glob("*.docx"))
    assert [path.name for path in committed] == sorted(path.name for path in written)
    for path in written:
        assert members_of(path) == members_of(TEMPLATES / path.name), path.name


@pytest.mark.parametrize("stem", STEMS)
def test_a_template_is_built_alike_each_time(stem: str) -> None:
    assert build_template(stem) == build_template(stem)


@pytest.mark.parametrize("case", CASES)
def test_a_letter_is_whole_with_all_its_data_and_with_hardly_any(case: str) -> None:
    stem, context = CASES[case]
    for data in (context, bare(context)):
        text = all_text(render(stem, data))
        for trace in ("None", "{{", "{%", "%}", "}}", "()", "  ,", ",,", "Markup"):
            assert trace not in text, trace


@pytest.mark.parametrize("case", CASES)
def test_no_heading_stands_over_nothing(case: str) -> None:
    stem, context = CASES[case]
    for data in (context, bare(context)):
        blocks = blocks_of(render(stem, data))
        for block, following in zip(blocks, [*blocks[1:], None], strict=True):
            if block.style in HEADINGS or block.style in ("Title", "Maerke"):
                assert following is not None, block.text
                under = following.style in HEADINGS and following.style > block.style
                assert under or following.style not in HEADINGS, block.text


@pytest.mark.parametrize("case", CASES)
def test_no_paragraph_is_empty_and_every_cell_holds_one(case: str) -> None:
    stem, context = CASES[case]
    for data in (context, bare(context)):
        body = body_of(render(stem, data))
        for paragraph in body.iter(f"{W}p"):
            assert text_of(paragraph).strip() or paragraph.find(f".//{W}drawing") is not None, stem
        for cell in body.iter(f"{W}tc"):
            assert cell.find(f"{W}p") is not None


@pytest.mark.parametrize("case", CASES)
def test_no_two_tables_touch(case: str) -> None:
    # Word melts tables that touch into one.
    stem, context = CASES[case]
    for data in (context, bare(context)):
        kinds = [block.kind for block in blocks_of(render(stem, data))]
        assert ("tbl", "tbl") not in list(pairwise(kinds))


@pytest.mark.parametrize("stem", STEMS)
def test_rows_stay_whole_and_head_rows_are_repeated(stem: str) -> None:
    for table in body_of(build_template(stem)).iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        style = table.find(f"{W}tblPr/{W}tblStyle")
        description = table.find(f"{W}tblPr/{W}tblDescription")
        assert description is not None
        assert description.get(f"{W}val")
        has_head = rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        look = table.find(f"{W}tblPr/{W}tblLook")
        assert style is not None
        assert look is not None
        assert has_head == (look.get(f"{W}firstRow") == "1")


@pytest.mark.parametrize("stem", STEMS)
def test_the_language_is_that_of_the_name_and_the_title_is_set(stem: str) -> None:
    tag = language_of_template(stem.partition(".")[2]).tag
    parts = parts_of(build_template(stem))
    styles = etree.fromstring(parts["word/styles.xml"])
    language = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert language is not None
    assert language.get(f"{W}val") == tag
    core = parts["docProps/core.xml"].decode()
    assert re.search(r"<dc:title>[A-ZÆØÅ][^<]{4,}</dc:title>", core)
    assert f"<dc:language>{tag}</dc:language>" in core


@pytest.mark.parametrize("stem", STEMS)
def test_nothing_floats_and_no_line_is_drawn_with_underscores(stem: str) -> None:
    for name, data in parts_of(build_template(stem)).items():
        for unwanted in (b"<w:drawing", b"<w:pict", b"txbxContent", b"<w:sdt", b'TargetMode="External"', b"___"):
            assert unwanted not in data, name


def test_every_style_is_used_and_every_used_style_exists() -> None:
    used: set[str] = set()
    defined: set[str] = set()
    for stem in STEMS:
        parts = parts_of(build_template(stem))
        defined |= {
            style.get(f"{W}styleId") or "" for style in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")
        }
        for name, data in parts.items():
            if re.fullmatch(r"word/(document|header\d|footer\d)\.xml", name):
                root = etree.fromstring(data)
                used |= {style_of(paragraph) for paragraph in root.iter(f"{W}p")}
                used |= {style.get(f"{W}val") or "" for style in root.iter(f"{W}tblStyle")}
    based_on = {"TableNormal", "Heading4"}  # the default of tables; a third level for the template's owner
    assert used <= defined
    assert defined - used <= based_on


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_all_text_can_be_read_on_every_ground() -> None:
    styles = etree.fromstring(parts_of(build_template("familieplan"))["word/styles.xml"])
    grounds = {"FFFFFF"} | {shade.get(f"{W}fill") or "" for shade in styles.iter(f"{W}shd")}
    inks = {colour.get(f"{W}val") or "" for colour in styles.iter(f"{W}color")}
    for ground in grounds:
        for ink in inks:
            bright, dark = sorted((luminance(ground), luminance(ink)), reverse=True)
            assert (bright + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


@pytest.mark.parametrize("stem", STEMS)
def test_a_template_asks_only_for_what_its_context_has(stem: str) -> None:
    context = next(context for known, context in CASES.values() if known == stem)
    assert {path[0] for path in compiled(stem).names} <= {field.name for field in fields(context)}


@pytest.mark.parametrize("stem", STEMS)
def test_a_template_fits_its_context_by_type(stem: str) -> None:
    context = next(context for known, context in CASES.values() if known == stem)
    assert check_template(compiled(stem), type(context)) == []


def test_very_long_texts_and_names_arrive_whole() -> None:
    plan = samples.familieplan(replace(samples.NADIRA, name=LONG_NAME, first_name=LONG_NAME))
    goal = replace(plan.goals[0], words=LONG_TEXT, need=LONG_TEXT, for_=(LONG_NAME,) * 9)
    activity = replace(goal.activities[0], what=LONG_TEXT, responsible=LONG_NAME)
    children = tuple(replace(plan.children[0], first_name=f"{LONG_NAME} {number}") for number in range(12))
    full = replace(plan, goals=(replace(goal, activities=(activity,) * 12),) * 3, children=children)
    text = all_text(render("familieplan", full))
    assert text.count(LONG_TEXT) == 3 * (2 + 12)
    assert text.count(f"{LONG_NAME} 11") == 2


def test_line_breaks_in_a_text_are_line_breaks_in_the_letter() -> None:
    docx = render("invitation", replace(samples.invitation(), message="Kære alle\nHusk madpakke & saft <3"))
    assert b"K\xc3\xa6re alle</w:t><w:br/><w:t" in parts_of(docx)["word/document.xml"]
    assert "Husk madpakke & saft <3" in all_text(docx)


@pytest.mark.parametrize("stem", STEMS)
def test_the_heads_of_a_table_stay_with_its_first_row(stem: str) -> None:
    """LibreOffice 7.4 loses the first row of a table whose heads alone have room at the end of a page."""
    heads = [
        row for row in body_of(build_template(stem)).iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None
    ]
    for head in heads:
        assert all(found.find(f"{W}pPr/{W}keepNext") is not None for found in head.iter(f"{W}p"))


def test_a_number_of_two_digits_stands_apart_from_its_words() -> None:
    parts = parts_of(build_template("invitation"))
    ten = 11 * (2 * 0.507 + 0.267) * 20  # "10." in Calibri, in Word's twentieths of a point
    for part, at in (("word/styles.xml", b'w:styleId="ListNumber"'), ("word/numbering.xml", b'w:val="%1."')):
        indent = parts[part].partition(at)[2].partition(b'w:hanging="')[2]
        assert int(indent.partition(b'"')[0]) >= ten + 60, part


@pytest.mark.parametrize("stem", STEMS)
def test_a_heading_goes_along_with_its_chart_to_the_next_page(stem: str) -> None:
    """LibreOffice 7.4 leaves the heading behind if the chart is itself kept with the table below."""
    for found in body_of(build_template(stem)).iter(f"{W}p"):
        if any("|billede" in (text.text or "") for text in found.iter(f"{W}t")):
            assert found.find(f"{W}pPr/{W}keepNext") is None


def test_the_rows_to_sign_in_go_to_the_next_page_together() -> None:
    fields = answer_fields("Dato", "Underskrift", "Modtaget den", "Modtaget af", description="x", widths=(46, 120))
    assert [row.count("<w:keepNext/>") for row in fields.split("<w:tr>")[1:]] == [2, 0]


@pytest.mark.parametrize("stem", ["invitation", "invitation.da-let", "invitation.en"])
def test_the_sentence_after_a_list_is_not_alone_on_the_next_page(stem: str) -> None:
    context = replace(samples.invitation(), family_points=())
    found = [item for item in body_of(render(stem, context)) if item.tag == f"{W}p"]
    lists = [(line, after) for line, after in pairwise(found) if style_of(line).startswith("List")]
    ends = [line for line, after in lists if style_of(after) == "Normal"]
    assert len(ends) == len(("agenda", "children"))
    assert all(line.find(f"{W}pPr/{W}keepNext") is not None for line in ends)


@pytest.mark.parametrize("stem", ["invitation", "invitation.da-let", "invitation.en", "indkaldelse"])
def test_neither_a_signature_nor_what_comes_after_it_is_alone_on_the_last_page(stem: str) -> None:
    full = samples.indkaldelse() if stem == "indkaldelse" else samples.invitation()
    found = list(body_of(render(stem, full)).iterchildren(f"{W}p", f"{W}tbl"))
    greeting = next(place for place, item in enumerate(found) if style_of(item) == "Hilsen")
    said = [
        item for place in (greeting - 1, *range(greeting + 1, len(found) - 1)) for item in found[place].iter(f"{W}p")
    ]
    assert all(item.find(f"{W}pPr/{W}keepNext") is not None for item in said)


def test_a_familys_plan_ends_with_what_the_family_fills_in() -> None:
    blocks = blocks_of(render("familieplan", samples.familieplan()))
    headings = [place for place, block in enumerate(blocks) if block.style.startswith("Heading")]
    last = blocks[headings[-1] :]
    assert last[0].text == "Har vi læst planen sammen?"
    assert [block.kind for block in last] == ["p", "p", "tbl"], "no part of it can stand alone on the next page"
    assert "Reglerne bag" in blocks[headings[-1] - 1].text


def test_a_progress_sheet_ends_with_its_numbers() -> None:
    """A last line below the table would be alone on the next page where the table fills one."""
    stem, context = CASES["fremgang"]
    blocks = blocks_of(render(stem, context))
    assert blocks[-1].kind == "tbl"
    assert any("Ring til Mette Morgenfrue, telefon" in block.text for block in blocks)


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith(("referat", "bordark", "koereplan"))])
def test_no_sentence_after_the_last_table_can_be_alone_on_the_next_page(case: str) -> None:
    stem, context = CASES[case]
    assert blocks_of(render(stem, context))[-1].kind == "tbl"


def test_who_wrote_a_part_of_the_assessment_is_on_the_page_of_what_was_written() -> None:
    small = [item for item in body_of(build_template("undersoegelse")).iter(f"{W}p") if style_of(item) == "Smaatekst"]
    [byline] = [item for item in small if "part.by" in text_of(item)]
    assert byline.find(f"{W}pPr/{W}keepNext") is not None
