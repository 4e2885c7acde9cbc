"""`indikatorer.yaml`: the catalogue that hopdocs ships, and a municipality's own entries in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Diagnostic, Finding, has_errors
from hopdocs.model.entry import Entry, keyed
from hopdocs.model.indicators import IndicatorCatalogue, IndicatorKind
from hopdocs.package_data import CATALOGUE_NAME, shipped_path
from hopdocs.sources.families import report_cpr_shapes
from hopdocs.sources.validation import validate_tree
from hopdocs.sources.yaml.placing import place_findings
from hopdocs.sources.yaml.yaml_text import ParsedYaml, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator


class CatalogueFile(Entry):
    """The whole file."""

    indicators: tuple[IndicatorKind, ...] = keyed("Indikatorer", "En ad gangen.", default=())


@dataclass(frozen=True, slots=True)
class CatalogueSource:
    """What a municipality's own file holds; `catalogue` is None if an error stands in it."""

    catalogue: IndicatorCatalogue | None
    source: ParsedYaml
    diagnostics: tuple[Diagnostic, ...]


@cache
def shipped_catalogue() -> IndicatorCatalogue:
    """The indicators that hopdocs comes with."""
    tree = parse_yaml(shipped_path(CATALOGUE_NAME).read_bytes(), CATALOGUE_NAME).tree
    return IndicatorCatalogue(CatalogueFile.model_validate(tree, by_alias=True, by_name=False).indicators)


def parse_catalogue(data: bytes, path: str = CATALOGUE_NAME) -> CatalogueSource:
    """A municipality's own entries among the shipped ones, and all that is wrong with them."""
    source = parse_yaml(data, path)
    validated = validate_tree(CatalogueFile, source)
    own = validated.value.indicators if validated.value is not None else ()
    catalogue = shipped_catalogue().joined(own)
    findings = (*validated.findings, *_check_names(own, catalogue), *_check_bounds(own))
    found = [*source.diagnostics, *report_cpr_shapes(source), *place_findings(findings, source)]
    return CatalogueSource(None if has_errors(found) else catalogue, source, tuple(found))


def _check_names(own: tuple[IndicatorKind, ...], catalogue: IndicatorCatalogue) -> Iterator[Finding]:
    """Every name means one thing: no key or alias stands twice, in this file or beside the shipped ones."""
    own_keys = {kind.key.casefold() for kind in own}
    owners = {
        name.casefold(): kind.key
        for kind in catalogue.kinds
        if kind.key.casefold() not in own_keys
        for name in (kind.key, *kind.aliases)
    }
    for index, kind in enumerate(own):
        names = [(("key",), kind.key), *((("aliases", number), alias) for number, alias in enumerate(kind.aliases))]
        for at, name in names:
            owner = owners.setdefault(name.casefold(), kind.key)
            if owner != kind.key or (at == ("key",) and _stands_before(own, index)):
                yield Finding("HD801", ("indicators", index, *at), {"name": name, "owner": owner})


def _stands_before(own: tuple[IndicatorKind, ...], index: int) -> bool:
    return any(kind.key.casefold() == own[index].key.casefold() for kind in own[:index])


def _check_bounds(own: tuple[IndicatorKind, ...]) -> Iterator[Finding]:
    for index, kind in enumerate(own):
        if kind.lowest is not None and kind.highest is not None and kind.lowest > kind.highest:
            params = {"lowest": str(kind.lowest), "highest": str(kind.highest)}
            yield Finding("HD802", ("indicators", index, "lowest"), params)
