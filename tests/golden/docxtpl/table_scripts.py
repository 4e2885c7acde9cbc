"""Scripts about tables: rows and cells in loops, merged and coloured cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from tests.golden.docxtpl.script import Script, plain
from tests.golden.docxtpl.word_markup import (
    Word,
    cell,
    content_control,
    p,
    row,
    table,
    text_box,
    torn,
)

ITEMS: Final = (
    {"desc": "Kørestol", "qty": 2, "price": "gratis"},
    {"desc": "Rampe & gelænder", "qty": 5403, "price": "gratis"},
    {"desc": "Tolk", "qty": 1, "price": "1.250,00"},
)
ALERTS: Final = tuple(
    {"date": date(2026, 11, day), "desc": f"Hændelse {day}", "type": kind, "bg": color}
    for day, kind, color in ((10, "KRITISK", "FF0000"), (11, "ADVARSEL", "FFDD00"), (12, "INFO", "8888FF"))
)
TABLE_SCRIPTS: Final[dict[str, Script]] = {
    "cellbg": Script(
        Word(
            table(
                row("Dato", "Hvad", "Slags"),
                row(cell("{%tr for a in alerts %}"), "", ""),
                row(
                    "{{ a.date }}",
                    "{{ a.desc }}",
                    cell(
                        p("{% cellbg a.bg %}{{ a.type }}"),
                        properties='<w:tcW w:w="2000" w:type="dxa"/><w:shd w:val="clear" w:fill="FFFFFF"/>',
                    ),
                ),
                row(cell("{%tr endfor %}"), "", ""),
                columns=3,
            )
        ),
        plain(alerts=ALERTS),
    ),
    "cellbg_selfclosing": Script(
        Word(table(row(cell("{% cellbg color %}x", properties=""), "y"), columns=2)), plain(color="FF0000")
    ),
    "cellbg_shorthand": Script(
        Word(table(row(cell(p("{% cellbg ", "color", " %}", "indhold")), "y"), columns=2)), plain(color="00FF00")
    ),
    "colspan": Script(
        Word(
            table(row(cell("{% colspan n %}Bred"), "b", "c"), row("x", "y", "z"), row("x", "y", cell("z")), columns=3)
        ),
        plain(n=3),
    ),
    "complex_vertical_merging": Script(
        Word(
            table(
                row(cell("{%tr for i in t %}"), ""),
                row(
                    cell("{{ i }}"),
                    cell(
                        p("{{ i }}"),
                        properties='<w:vMerge w:val="{% if i % 3 == 1 %}restart{% else %}continue{% endif %}"/>',
                    ),
                ),
                row(cell("{%tr endfor %}"), ""),
                columns=2,
            )
        ),
        plain(t=range(1, 10)),
    ),
    "dynamic_table": Script(
        Word(
            table(
                row("", "{%tc for c in col_labels %}", "{{ c }}", "{%tc endfor %}"),
                row(cell("{%tr for item in rows %}"), "", "", ""),
                row("{{ item.label }}", "{%tc for c in item.cols %}", "{{ c }}", "{%tc endfor %}"),
                row(cell("{%tr endfor %}"), "", "", ""),
                columns=4,
            )
        ),
        plain(
            col_labels=["frugt", "grønt", "sten", "ting"],
            rows=[{"label": name, "cols": list("abcd")} for name in ("gul", "rød")],
        ),
    ),
    "horizontal_merge": Script(
        Word(
            table(
                row("{%tc for i in range(3) %}", "{% hm %}Overskrift", "{%tc endfor %}"),
                row("{%tc for i in range(3) %}", "{{ i }}", "{%tc endfor %}"),
                row(
                    "{%tc for i in range(2) %}",
                    cell(p("{% hm %}to"), properties='<w:gridSpan w:val="2"/>'),
                    "{%tc endfor %}",
                ),
                columns=3,
            )
        )
    ),
    "less_cells_after_loop": Script(
        Word(
            table(
                row("{%tc for i in range(2) %}", "{{ i }}", "{%tc endfor %}", "c", "d"),
                row("{%tc for i in range(2) %}", "{{ i }}", "{%tc endfor %}", "c", "d"),
                columns=5,
                width=1234,
            )
        )
    ),
    "nested_for": Script(
        Word(
            p("{% for d in dishes %}")
            + p("{{ loop.index }} {{ d.name }}")
            + p("{% for i in d.ingredients %}{{ i }}{% if not loop.last %}, {% endif %}{% endfor %}")
            + p("{% endfor %}")
            + table(
                row(cell("{%tr for a in authors %}"), ""),
                row(cell("{%tr for b in a.books %}"), ""),
                row("{{ a.name if loop.first else '' }}", "{{ b.title }}"),
                row(cell("{%tr endfor %}"), ""),
                row(cell("{%tr endfor %}"), ""),
                columns=2,
            )
        ),
        plain(
            dishes=[{"name": "Suppe", "ingredients": ["vand", "ærter & flæsk"]}, {"name": "Brød", "ingredients": []}],
            authors=[{"name": "K. B.", "books": [{"title": "En"}, {"title": "To"}]}],
        ),
    ),
    "order": Script(
        Word(
            torn("Kære {{ name }}, tak{% if paid %} for betalingen{% endif %}.")
            + table(
                row("Vare", "Antal", "Pris"),
                row(cell("{%tr for i in items %}"), "", ""),
                row("{{ i.desc }}", "{{ i.qty }}", "{{ i.price }}"),
                row(cell("{%tr endfor %}"), "", ""),
                row(cell("I alt", properties='<w:gridSpan w:val="2"/>'), "{{ total }}"),
                columns=3,
            )
            + p("{%p if in_europe %}")
            + p("Told er betalt: {{ company }}")
            + p("{%p else %}")
            + p("Told kommer til")
            + p("{%p endif %}")
            + text_box(p("{{ name }}"), p("{% for i in items %}{{ i.desc }}, {% endfor %}"))
            + content_control(p("{{ company }}"))
        ),
        plain(name="Eric & Åse", items=ITEMS, in_europe=True, paid=False, company="V & Co", total=Decimal("1250.00")),
    ),
    "vertical_merge": Script(
        Word(
            table(
                row("Slags", "Vare"),
                row(cell("{%tr for i in items %}"), ""),
                row("{% vm %}{{ category }}", "{{ i.desc }}"),
                row(cell("{%tr endfor %}"), ""),
                columns=2,
            )
        ),
        plain(items=ITEMS, category="Bog & blad"),
    ),
    "vertical_merge_nested": Script(
        Word(
            table(
                row(cell("{%tr for i in range(2) %}"), ""),
                row(cell("{%tr for j in range(2) %}"), ""),
                row("{% vm %}{{ i }}", "{{ j }}"),
                row(cell("{%tr endfor %}"), ""),
                row(cell("{%tr endfor %}"), ""),
                columns=2,
            )
        )
    ),
}
