"""Scripts about the parts around the text: headers, notes, properties, pictures, subdocuments."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from docx.shared import Mm
from docxtpl import InlineImage

from tests.golden.docxtpl.script import Context, Script, plain
from tests.golden.docxtpl.word_markup import (
    Word,
    cell,
    core,
    drawing,
    p,
    picture,
    row,
    run,
    table,
)

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

NOTE: Final = '<w:footnote w:id="{0}"><w:p><w:r><w:footnoteRef/></w:r>{1}</w:p></w:footnote>'


def _images(tpl: DocxTemplate) -> Context:
    return {
        "myimage": InlineImage(tpl, BytesIO(picture()), width=Mm(20)),
        "myimageratio": InlineImage(tpl, BytesIO(picture(9)), width=Mm(30), height=Mm(60)),
        "linked": InlineImage(tpl, BytesIO(picture(7)), anchor="https://vesterlyng.example/?a=1&b=2"),
        "frameworks": [
            {"image": InlineImage(tpl, BytesIO(picture(n)), height=Mm(10)), "desc": f"Nr. {n} & co"} for n in range(3)
        ],
    }


def _subdocument(tpl: DocxTemplate) -> Any:
    made = tpl.new_subdoc()
    made.add_paragraph("Et underdokument i et større")
    paragraph = made.add_paragraph("Det er lavet ")
    paragraph.add_run("undervejs").style = "dynamic"
    paragraph.add_run(" & med python-docx").italic = True
    grid = made.add_table(rows=1, cols=3)
    grid.rows[0].cells[0].text = "Antal"
    grid.add_row().cells[1].text = "12"
    made.add_picture(BytesIO(picture(33)), width=Mm(12))
    return made


def _merged(tpl: DocxTemplate) -> Any:
    inner = Word(
        p("Indsat {% ikke kørt %} udefra") + drawing("rIdx") + table(row("a", "b"), columns=2),
        media={"rIdx": picture(77)},
    )
    return tpl.new_subdoc(BytesIO(inner.pack()))


STORY_SCRIPTS: Final[dict[str, Script]] = {
    "comments": Script(
        Word(
            p("Før {# en bemærkning #} efter")
            + p("{#p hele afsnittet #}")
            + table(row("{#tr hele rækken #}", ""), row("a{# b #}c", "{#tc cellen #}"), columns=2),
        )
    ),
    "doc_properties": Script(
        Word(
            p("{{ test }}"),
            core=core(
                title="Plan {{ test }}",
                subject="{{ test|upper }}",
                creator="Tove {% if test %}ja{% endif %}",
                description="{{ test }}",
                language="da-DK",
                identifier="{{ test }}-1",
            ),
            custom='<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
            'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Sag">'
            "<vt:lpwstr>{{ test }}</vt:lpwstr></property></Properties>",
        ),
        plain(test="HejVerden"),
    ),
    "core_properties": Script(Word(p("x"), core=core(title="Uden noget", description="to\nlinjer\n")), plain()),
    "embedded": Script(
        Word(
            p("{{ name }}") + p(raw='<w:r><w:object><o:OLEObject Type="Embed" r:id="rIdo.docx"/></w:object></w:r>'),
            embedded={"rIdo.docx": b"PK gammelt indhold"},
        ),
        plain(name="Tove"),
        prepare=lambda tpl: tpl.crc_to_new_embedded.update({tpl.get_file_crc(BytesIO(b"PK gammelt indhold")): b"nyt"}),
    ),
    "footnotes": Script(
        Word(
            p("Tekst{{ a }}", raw='<w:r><w:footnoteReference w:id="2"/></w:r>'),
            footnotes='<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            + NOTE.format(2, run("Note {{ a }} & {% for n in ns %}{{ n }} {% endfor %}".replace("&", "&amp;")))
            + NOTE.format(3, run("{") + run("{ a }") + run("}")),
        ),
        plain(a="En & værdi\nmed linje", ns=[1, 2]),
    ),
    "header_footer": Script(
        Word(
            p("{{ title }}") + p("{{p mysubdoc }}"),
            headers=(p("{{ company }} — {{ title }}"), p("første {{ title }}"), p("lige {{ day }}")),
            footers=(p("{{ day }}") + table(row("{{ company }}", "x"), columns=2),),
        ),
        lambda tpl: {"title": "Sidehoved", "company": "Vesterlyng", "day": "2026-11-21", "mysubdoc": _subdocument(tpl)},
    ),
    "header_footer_entities": Script(
        Word(
            p("{{ title }}"),
            headers=(p("{{ title }} &amp; &lt;mere&gt; &#8216;citat&#8217; &#x2603; {% if 1 &lt; 2 %}ja{% endif %}"),),
            footers=(p("&quot;æøå&quot; &#160; {{ title }}&#10;"),),
        ),
        plain(title="Hoved & fod"),
    ),
    "header_footer_image": Script(
        Word(p("{{ c }}"), headers=(p("{{ c }}") + drawing("rIdi"),), media={"rIdi": picture(5)}),
        plain(c="Vesterlyng"),
        prepare=lambda tpl: tpl.replace_media(BytesIO(picture(5)), BytesIO(picture(6))),
    ),
    "header_footer_inline_image": Script(
        Word(p("x {{ image }}"), headers=(p("{{ image }} {{ linked }}"),), footers=(p("{{ image }}"),)),
        lambda tpl: {
            "image": InlineImage(tpl, BytesIO(picture(4)), height=Mm(10)),
            "linked": InlineImage(tpl, BytesIO(picture(3)), anchor="https://vesterlyng.example/"),
        },
    ),
    "header_footer_utf8": Script(
        Word(p("{{ title }} {{p sub }}"), headers=(p("헤더 {{ title }} æøå"),), footers=(p("푸터 {{ company }} 😀"),)),
        lambda tpl: {"title": "헤더와 푸터", "company": "세계적 회사", "sub": _subdocument(tpl)},
    ),
    "hyperlink": Script(
        Word(
            p(raw=f'<w:hyperlink r:id="rIdl" w:history="1">{run("{{ foo }}")}</w:hyperlink>'),
            links={"rIdl": "https://vesterlyng.example/sag"},
        ),
        plain(foo="https://vesterlyng.example"),
    ),
    "illegal_xml_chars": Script(Word(p("{{ a }}"), headers=(p("{{ a }}"),)), plain(a="æ < b")),
    "inline_image": Script(
        Word(
            p("Her: {{ myimage }} og {{ myimageratio }}")
            + p("{{ linked }}")
            + table(
                row(cell("{%tr for f in frameworks %}"), ""),
                row("{{ f.image }}", "{{ f.desc }}"),
                row(cell("{%tr endfor %}"), ""),
                columns=2,
            )
        ),
        _images,
    ),
    "inline_image_and_subdoc": Script(
        Word(p("{{p sub }}") + p("{{ image }}")),
        lambda tpl: {"sub": _merged(tpl), "image": InlineImage(tpl, BytesIO(picture(78)))},
    ),
    "merge_docx": Script(Word(p("før") + p("{{p sub }}") + p("efter")), lambda tpl: {"sub": _merged(tpl)}),
    "merge_docx_with_render": Script(
        Word(p("{{ first }}") + p("{{p second }}") + p("{{p second }}")),
        lambda tpl: {"first": "A", "second": _merged(tpl)},
    ),
    "pandoc_subdoc": Script(Word(p("{{p sub }}")), lambda tpl: {"sub": _subdocument(tpl)}),
    "replace_picture": Script(
        Word(p("x") + drawing("rIdi", "logo.png"), media={"rIdi": picture(5)}),
        prepare=lambda tpl: tpl.pics_to_replace.update({"logo.png": picture(6)}),
    ),
    "subdoc": Script(Word(p("før") + p("{{p sub }}") + p("efter")), lambda tpl: {"sub": _subdocument(tpl)}),
}
