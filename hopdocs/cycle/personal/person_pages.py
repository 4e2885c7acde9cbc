"""`out/_opgaver/<person>.html`, on disk: one page a colleague, written only if what it shows has changed.

The lines come from the families' rows, which the cache keeps; so a cycle in which nothing changed reads nothing, and
one in which a family changed reads each row once, for the page of all families and for these.
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
    from hopdocs.pages.todo import TodoLine
    from hopdocs.pages.views import FamilyRow

FOLDER: Final = "_opgaver"


def write_person_pages(rows: Iterable[FamilyRow], shared: SharedInputs, cache: Cache) -> None:
    """Write the pages of those whose lists changed; take away those of people who are no longer on the staff."""
    config, settings = shared.config, shared.settings
    hrefs: dict[str, str] = {}
    found: dict[str, list[TodoLine]] = {}
    for row in rows:
        hrefs[row.family] = row.href
        for line in row.todo:
            found.setdefault(line.person, []).append(line)
    before: dict[str, str] = json.loads(cache.meta(MetaKey.PERSONS) or "{}")
    written: dict[str, str] = {}
    for key, person in config.staff.items():
        staff = str(key)
        if staff not in found and staff not in before:
            continue  # nothing to say, and no page that would say something else
        view = _view(person, found.get(staff, []), hrefs, shared)
        path = settings.output / FOLDER / f"{staff}.html"
        written[staff] = digest_plain([settings.today.isoformat(), view.name, view.title, repr(view.lines)])
        if written[staff] != before.get(staff) or not path.is_file():
            _publish(path, view, shared, written, staff)
    for staff in before.keys() - config.staff.keys():
        with suppress(OSError):
            (settings.output / FOLDER / f"{staff}.html").unlink()
    if written != before:
        cache.set_meta(MetaKey.PERSONS, json.dumps(written))


def _publish(path: Path, view: PersonView, shared: SharedInputs, written: dict[str, str], staff: str) -> None:
    try:
        publish_page(path, render_person(view).encode(), shared.settings.access)
    except OutputFault:
        written[staff] = ""  # tried again in the next cycle that has anything to write


def _view(person: Staff, lines: list[TodoLine], hrefs: dict[str, str], shared: SharedInputs) -> PersonView:
    config, settings = shared.config, shared.settings
    ordered = sorted(lines, key=lambda line: (line.due is None, line.due, line.case_number))
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
                href=f"../{hrefs[line.family]}" if line.opens_page else "",
                case_url=config.records.url_of(line.case_number) if line.case_number != line.family else "",
            )
            for line in ordered
        ),
    )
