"""Which faults speak of what the reader of a family's page may not see.

The page is the tovholder's: it hides entries that her own area may not read. A fault in such an entry would name it
all the same, by the id that somebody chose ("smerter"), and so it is shown by its line and code only. Whoever has the
file before her sees the rest there, and in `hopdocs check`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.measured.seen import why_health_hidden
from hopdocs.documents.sight import EntryKind, entries_of
from hopdocs.domain.consent import Gate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from hopdocs.diagnostics import DataPath, Diagnostic
    from hopdocs.documents.sight import SightEntry
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.sources.yaml.yaml_text import ParsedYaml

_SHOWN_ELSEWHERE: Final = frozenset({EntryKind.ADDRESS, EntryKind.VIEW})
"""No fault repeats an address; and that a child is to be asked, every paper of the meeting says."""
_SAY_NOTHING: Final = frozenset({"HD587", "HD588"})
"""They name readers, and nothing of the entry."""
_SAYING_IDS: Final = frozenset({"HD153", "HD154", "HD158"})
"""They offer every goal or activity of the file to choose from, or name one that stands twice."""
_OFFERS_KEYS: Final = "HD625"
"""Offers all that the family is measured on to choose from."""
_NAMING: Final = ("activity", "other", "goal")
"""The parameters of a message that hold an entry's id."""


def mark_withheld(day: FamilyDay, source: ParsedYaml, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same, those marked that stand in an entry withheld from the page's reader or name one."""
    found = list(diagnostics)
    hidden = _hidden_entries(day) if found else []
    places = [at for entry in hidden for at in (entry.at, *entry.also_at)]
    places += _mistyped(day) if found else ()
    if not places:
        return found
    lines = {line for at in places for line in _lines_of(source, at)}
    names = {entry.name for entry in hidden}
    keys = {key for entry in hidden for key in _keys_of(day, entry)}
    return [
        replace(item, is_withheld=True)
        if item.code not in _SAY_NOTHING
        and (item.line in lines or any(item.params.get(name) in names for name in _NAMING) or _offers(item, keys))
        else item
        for item in found
    ]


def _mistyped(day: FamilyDay) -> Iterator[DataPath]:
    """Values under a key that nobody knows, of people whose health values the reader may not see: it may be one."""
    audience = Audience(day)
    area = audience.area_of(day.contact.staff)
    reader = AreaReader(area) if area is not None and day.gate is not Gate.CLOSED else None
    measurements = day.family.measurements
    for index, line in enumerate(measurements.indicators if measurements is not None else ()):
        is_known = day.config.catalogue.find(line.key) is not None
        if not is_known and (reader is None or why_health_hidden(audience, reader, line.for_) is not None):
            yield ("measurements", "indicators", index)


def _offers(item: Diagnostic, keys: Collection[str]) -> bool:
    """Whether a message lists one of these among what the family is measured on."""
    return item.code == _OFFERS_KEYS and any(key in item.params["known"] for key in keys)


def _keys_of(day: FamilyDay, entry: SightEntry) -> Iterator[str]:
    """How the file writes what an entry is measured by; nothing for any other entry."""
    measurements = day.family.measurements
    if entry.kind is EntryKind.MEASURED and measurements is not None:
        yield from (measurements.indicators[int(at[-1])].key for at in (entry.at, *entry.also_at))


def mark_what_says_ids(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same for a file of which nobody can tell who may see what: those marked that name goals or activities."""
    return [replace(item, is_withheld=True) if item.code in _SAYING_IDS else item for item in diagnostics]


def _hidden_entries(day: FamilyDay) -> list[SightEntry]:
    """The entries that the page shows nothing of; all of them where nobody reads it, or nothing may be shared."""
    audience = Audience(day)
    area = audience.area_of(day.contact.staff)
    entries = [entry for entry in entries_of(audience) if entry.kind not in _SHOWN_ELSEWHERE]
    if area is None or day.gate is Gate.CLOSED:
        return entries
    return [entry for entry in entries if entry.why_hidden(AreaReader(area)) is not None]


def _lines_of(source: ParsedYaml, at: DataPath) -> Iterator[int]:
    """Every line on which something of an entry stands."""
    value: Any = source.tree
    for step in at:
        value = value[step]
    yield from _lines_below(source, at, value)


def _lines_below(source: ParsedYaml, at: DataPath, value: object) -> Iterator[int]:
    yield source.position(at).line
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, below in inner:
        yield source.position((*at, step), on_key=True).line
        yield from _lines_below(source, (*at, step), below)
