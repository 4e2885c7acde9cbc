"""`indikatorer.yaml`: the catalogue that hopdocs ships, and a municipality's own entries in it."""

from __future__ import annotations

from functools import cache

from hopdocs.model.entry import Entry, keyed
from hopdocs.model.indicators import IndicatorCatalogue, IndicatorKind
from hopdocs.package_data import shipped_path
from hopdocs.sources.yaml.yaml_text import parse_yaml

CATALOGUE_NAME = "indikatorer.yaml"


class CatalogueFile(Entry):
    """The whole file."""

    indicators: tuple[IndicatorKind, ...] = keyed("Indikatorer", "En ad gangen.", default=())


@cache
def shipped_catalogue() -> IndicatorCatalogue:
    """The indicators that hopdocs comes with."""
    tree = parse_yaml(shipped_path(CATALOGUE_NAME).read_bytes(), CATALOGUE_NAME).tree
    return IndicatorCatalogue(CatalogueFile.model_validate(tree, by_alias=True, by_name=False).indicators)
