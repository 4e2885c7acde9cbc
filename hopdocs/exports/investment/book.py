"""The four sheets as one file."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from hopdocs.exports.investment import assumptions, expenses, savings, som
from hopdocs.exports.investment.sheet import LOOKS, Sheet
from hopdocs.exports.workbook import open_workbook, set_up_page

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.figures.investment import InvestmentFigures
    from hopdocs.model.config import Config


def write_investment(figures: InvestmentFigures, config: Config, today: date) -> bytes:
    """The workbook, the same bytes for the same figures."""
    out = BytesIO()
    book = open_workbook(out)
    looks = {name: book.add_format(dict(look)) for name, look in LOOKS.items()}
    names = (assumptions.NAME, expenses.NAME, savings.NAME, som.NAME)
    first, second, third, fourth = (Sheet(book.add_worksheet(name), looks) for name in names)
    first.inner.set_landscape()
    first.inner.fit_to_pages(1, 0)
    for sheet in (second, third, fourth):
        set_up_page(sheet.inner)
    places = assumptions.places_of(figures)
    result = savings.result_formulas(figures)
    assumptions.write_assumptions(first, figures, config, today, places, result)
    expenses.write_expenses(second, figures, config.investment, places)
    savings.write_savings(third, figures, places)
    som.write_som(fourth, figures)
    book.close()
    return out.getvalue()
