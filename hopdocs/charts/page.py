"""A chart on a page: vectors with their words, and the numbers as a table behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree
from markupsafe import Markup

from hopdocs.charts.drawing import draw_svg, name_picture
from hopdocs.documents.views.chart_words import say_chart, tabulate

if TYPE_CHECKING:
    from hopdocs.documents.views.chart import Chart
    from hopdocs.documents.views.chart_words import ChartTable

_SVG: Final = "{http://www.w3.org/2000/svg}"


def show_chart(chart: Chart) -> Markup:
    """The figure, for a page's layout: `{{ course | figur }}`."""
    tables = Markup("").join(map(_table, tabulate(chart)))
    return Markup(
        '<figure class="chart">{}<details><summary>Tallene i figuren{}</summary>{}</details></figure>'
    ).format(_drawing(chart), f": {chart.title}" if chart.title else "", tables)


def _drawing(chart: Chart) -> Markup:
    """The picture with a name and a description that are read in its place (SVG 1.1, 5.4; WAI-ARIA 1.2, `img`)."""
    root = etree.fromstring(draw_svg(chart))
    description = chart.description or say_chart(chart)
    mark = f"c{name_picture(draw_svg(chart), description)}"
    for number, (tag, text) in enumerate((("title", chart.title or "Figur"), ("desc", description))):
        element = etree.Element(f"{_SVG}{tag}", {"id": f"{mark}-{tag}"})
        element.text = text
        root.insert(number, element)
    root.set("role", "img")
    root.set("aria-labelledby", f"{mark}-title {mark}-desc")
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - lxml has escaped every text in it


def _table(table: ChartTable) -> Markup:
    heads = Markup("").join(Markup('<th scope="col">{}</th>').format(head) for head in table.heads)
    rows = Markup("\n").join(_row(table.heads, cells) for cells in table.rows)
    return Markup(
        '<div class="scroll" tabindex="0" role="group" aria-label="{}"><table class="cards"><caption>{}</caption>'
        "<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table></div>"
    ).format(table.caption or "Tallene", table.caption, heads, rows)


def _row(heads: tuple[str, ...], cells: tuple[str, ...]) -> Markup:
    """Each cell has its column's head with it, for a screen that is too narrow for columns."""
    first, *rest = cells
    others = Markup("").join(
        Markup('<td data-label="{}">{}</td>').format(head, cell) for head, cell in zip(heads[1:], rest, strict=True)
    )
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(first, others)
