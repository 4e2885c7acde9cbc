"""The sample family's documents, as hopdocs would make them: real templates, real data."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from hopdocs.danish import FILTERS
from hopdocs.documents.desired import wanted_documents
from hopdocs.domain.family_day import FamilyDay
from hopdocs.package_data import shipped_path
from hopdocs.rendering.template import Template, compile_template
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.model.config import Config

TODAY: Final = date(2026, 11, 21)
"""The day that the shipped example is written for."""
SAMPLE: Final = "hop-2026-007.yaml"


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """One document: its template's file and the data that the template is given."""

    stem: str
    kind: str
    template: Path
    context: dict[str, object]
    is_begun: bool
    """Whether a first build makes it: no invitation to a meeting that is over, which earlier versions made."""


def sample_documents(data: bytes | None = None, config: Config | None = None) -> list[SampleDocument]:
    """Every Word document of a family; of the sample family unless told otherwise."""
    config = config or sample_config()
    data = data if data is not None else (shipped_path("families") / SAMPLE).read_bytes()
    family = parse_family(data, f"families/{SAMPLE}", config).family
    if family is None:
        raise ValueError("the family cannot be read")
    found = []
    for wanted in wanted_documents(FamilyDay.on(family, config, TODAY)):
        if wanted.template is None:
            continue
        document = dataclasses.replace(wanted.context.document, version=1, date=wanted.date or TODAY, replaces=0)
        fields = {item.name: getattr(wanted.context, item.name) for item in dataclasses.fields(wanted.context)}
        template = _choose_template(wanted.template, wanted.variant)
        values = fields | {"document": document}
        is_begun = not getattr(wanted, "is_too_late", False)
        found.append(SampleDocument(wanted.stem, wanted.kind.name, template, values, is_begun))
    return found


def sample_config() -> Config:
    """The shipped municipality."""
    config = parse_config(shipped_path("config.yaml").read_bytes(), "config.yaml").config
    if config is None:
        raise ValueError("the shipped configuration cannot be read")
    return config


@cache
def compiled(path: Path) -> Template:
    """A template with the filters that letters use, compiled once."""
    return compile_template(path, filters=FILTERS)


def _choose_template(stem: str, variant: str | None) -> Path:
    folder = shipped_path("templates")
    chosen = folder / f"{stem}.{variant}.docx"
    return chosen if variant and chosen.is_file() else folder / f"{stem}.docx"
