"""Renders the pages that answer "how does it stand?": one for all families, one for each.

Only layout happens here: what is shown was decided in `views`, and the values are escaped on their way out.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from hopdocs.danish import FILTERS
from hopdocs.pages.views import FamilyView, OverviewView

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["FamilyView", "OverviewView", "render_family", "render_overview"]


def render_overview(view: OverviewView) -> str:
    """`out/overblik.html`."""
    return _layout("overview.html.j2").render(view=view, summary=_summary(view))


def render_family(view: FamilyView) -> str:
    """`out/<id>/overblik.html`."""
    return _layout("family.html.j2").render(view=view)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("hopdocs.pages", "layouts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {**FILTERS, "med_kode": _mark_commands}
    return environment


def _layout(name: str) -> Template:
    return _environment().get_template(name)


def _mark_commands(text: str) -> Markup:
    """What stands between grave accents is a command, to be copied as it is."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else Markup("{}").format(part)
        for number, part in enumerate(parts)
    )


def _summary(view: OverviewView) -> str:
    """One line for the person who only looks up between two phone calls."""
    late = sum(len(row.overdue) for row in view.families)
    faulty = sum(1 for row in view.families if row.errors)
    parts = [_count(len(view.families), "familie", "familier")]
    if faulty:
        parts.append(_count(faulty, "fil med fejl", "filer med fejl"))
    parts.append(_count(late, "overskredet frist", "overskredne frister") if late else "ingen overskredne frister")
    parts.append(_count(len(view.notices), "mail på vej", "mails på vej") if view.notices else "ingen mails på vej")
    return ", ".join(parts) + "."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
