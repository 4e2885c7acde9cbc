"""`out/_opgaver/<person>.html`, on disk: one page a colleague, written only if what it shows has changed.

What stands in the folder is looked at itself: a page that the cache no longer knows of must not outlive what it shows.
The lines come from the families' rows, which the cache keeps; so a cycle in which nothing changed reads nothing. One
in which a family changed reads each row once, for the page of all families and for these, and takes apart the lines of
only those colleagues whose list is another than it was.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from hopdocs.freshness.cache_keys import MetaKey
from hopdocs.freshness.fingerprint import digest_plain
from hopdocs.freshness.publish import OutputFault, publish_page
from hopdocs.pages.overview import PersonView, render_person
from hopdocs.pages.views import PersonLine

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.freshness.cache import Cache
    from hopdocs.model.config import Staff
    from hopdocs.pages.todo import PackedLines
    from hopdocs.pages.views import FamilyRow

FOLDER: Final = "_opgaver"


def are_there(output: Path, cache: Cache) -> bool:
    """Whether each page that was written last is in its folder."""
    written: dict[str, str] = json.loads(cache.meta(MetaKey.PERSONS) or "{}")
    return all((output / FOLDER / f"{key}.html").is_file() for key, mark in written.items() if mark)


def write_person_pages(rows: Iterable[FamilyRow], shared: SharedInputs, cache: Cache) -> None:
    """Write the pages of those whose lists changed; take away those of people who are no longer on the staff."""
    config, settings = shared.config, shared.settings
    found: dict[str, list[tuple[str, PackedLines]]] = {}
    for row in rows:
        for staff, lines in row.todo.items():
            found.setdefault(staff, []).append((row.href, lines))
    before: dict[str, str] = json.loads(cache.meta(MetaKey.PERSONS) or "{}")
    written: dict[str, str] = {}
    sender = config.municipality
    standing = {path.stem for path in (settings.output / FOLDER).glob("*.html")}
    shown_by_all = [settings.today.isoformat(), sender.name, sender.unit, config.records.case_url or ""]
    for key, person in config.staff.items():
        hers = found.get(str(key), [])
        if not hers and key not in standing:
            continue  # nothing to say, and no page that would say something else
        path = settings.output / FOLDER / f"{key}.html"
        marks = "\n".join(f"{href} {item.mark}" for href, item in hers)
        written[key] = digest_plain([shown_by_all, person.name, person.title, marks])
        if written[key] == before.get(key) and key in standing:
            continue
        try:
            publish_page(path, render_person(_view(person, hers, shared)).encode(), settings.access)
        except OutputFault:
            written[key] = ""  # tried again in the next cycle that has anything to write
    for gone in standing - config.staff.keys():
        with suppress(OSError):
            (settings.output / FOLDER / f"{gone}.html").unlink()
    if written != before:
        cache.set_meta(MetaKey.PERSONS, json.dumps(written))


def _view(person: Staff, hers: Iterable[tuple[str, PackedLines]], shared: SharedInputs) -> PersonView:
    """One colleague's page from the lines of each family, with the way to that family's own."""
    config, settings = shared.config, shared.settings
    lines = [(line, href) for href, item in hers for line in item.unpack()]
    lines.sort(key=lambda pair: (pair[0].due is None, pair[0].due, pair[0].case_number))
    return PersonView(
        municipality=config.municipality.name,
        unit=config.municipality.unit,
        today=settings.today,
        read_at=settings.now.astimezone(shared.zone),
        name=person.name,
        title=person.title,
        lines=tuple(
            PersonLine(
                todo=line,
                href=f"../{href}" if line.opens_page else "",
                case_url=config.records.url_of(line.case_number) if line.case_number != line.family else "",
            )
            for line, href in lines
        ),
    )
