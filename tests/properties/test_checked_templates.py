"""No template that `check` passes fails to render: templates are put together and torn at random."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hopdocs.diagnostics import has_errors
from hopdocs.errors import FaultyInput
from hopdocs.rendering.checking.typecheck import check_template
from hopdocs.rendering.template import Template, compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, cell, content_control, p, row, run, table, text_box
from tests.unit.rendering.words import canonical, members_of


@dataclass(frozen=True, slots=True)
class Item:
    point: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Letter:
    name: str
    agenda: tuple[Item, ...]
    guests: tuple[str, ...]
    is_youth: bool


_LETTERS = [
    Letter(name, agenda, guests, is_youth)
    for name in ("Ada & <Bo>", "a\nb\tc")
    for agenda in ((), (Item("Velkomst", 10), Item("Mål", 0)))
    for guests in ((), ("Dagny",))
    for is_youth in (True, False)
]
_TESTS = ("if is_youth", "if agenda", "for a in agenda", "for g in guests", "endif", "endfor", "else", "set n = name")
_SHOWN = (
    "{{ name }}",
    "{{ a.point }}",
    "{{ g }}",
    "{{ agenda|length }}",
    "{{r name }}",
    "{# note #}",
    "Hej ",
    "æ&amp;ø",
)
_PLACES = ("{{% {} %}}", "{{%p {} %}}", "{{%tr {} %}}", "{{%tc {} %}}", "{{%- {} -%}}")
_TAG = st.builds(str.format, st.sampled_from(_PLACES), st.sampled_from(_TESTS))
_ENDS = {"if": "endif", "for": "endfor"}
_BLOCK = st.builds(
    lambda place, begin, inner: place.format(begin) + inner + place.format(_ENDS[begin.split()[0]]),
    st.sampled_from(_PLACES[:1] + _PLACES[-1:]),
    st.sampled_from(_TESTS[:4]),
    st.sampled_from(_SHOWN),
)
_PIECE = st.one_of(st.sampled_from(_SHOWN), _BLOCK, _TAG, st.just("\u200b"))
_TEXT = st.lists(_PIECE, min_size=1, max_size=3).map("".join)
_AROUND = st.sampled_from(
    [
        "{}",
        '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:smartTag w:element="navn">{}</w:smartTag>',
        '<w:bookmarkStart w:id="1" w:name="_GoBack"/>{}',
    ]
)


def _tear(text: str, cut: int, around: str) -> str:
    """A paragraph of two runs, the first of them in another element."""
    place = cut % (len(text) + 1)
    if "&" in text[max(0, place - 5) : place + 5]:  # not through a character's name
        place = 0
    return p(raw=around.format(run(text[:place])) + run(text[place:]))


_PARAGRAPH = st.one_of(_TEXT.map(p), st.builds(_tear, _TEXT, st.integers(0, 60), _AROUND))


@st.composite
def _around_blocks(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """Blocks between two tags, each of which stands in its line or takes its paragraph."""
    begin = draw(st.sampled_from(_TESTS[:4]))
    first, last = draw(st.sampled_from(_PLACES[:2])), draw(st.sampled_from(_PLACES[:2]))
    return p(first.format(begin)) + draw(inner) + p(last.format(_ENDS[begin.split()[0]]))


_TABLE = st.lists(st.lists(_PARAGRAPH, min_size=2, max_size=2), min_size=1, max_size=3).map(
    lambda rows: table(*(row(*map(cell, cells)) for cells in rows), columns=2)
)
_SIMPLE = st.one_of(_PARAGRAPH, _TABLE, _PARAGRAPH.map(text_box), _PARAGRAPH.map(content_control))
_BLOCKS = st.lists(st.one_of(_SIMPLE, _around_blocks(_SIMPLE)), min_size=1, max_size=4).map("".join)


def _compile_checked(data: bytes) -> Template | None:
    """The template, if its check finds no fault."""
    try:
        template = compile_template_bytes(data, "brev.docx")
    except FaultyInput:
        return None
    return None if has_errors(check_template(template, Letter)) else template


@given(_BLOCKS, st.one_of(st.just("<w:p/>"), _PARAGRAPH))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_what_check_passes_renders_for_everybody(body: str, header: str) -> None:
    template = _compile_checked(Word(body, headers=(header,)).pack())
    if template is None:
        return
    for letter in _LETTERS:
        context = {"name": letter.name, "agenda": letter.agenda, "guests": letter.guests, "is_youth": letter.is_youth}
        parts = members_of(template.render(context))
        for name in ("word/document.xml", "word/header0.xml"):
            assert canonical(parts[name])
