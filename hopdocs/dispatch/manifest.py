"""`forsendelse.json`: everything that a sender of another kind must know of what is laid ready. No CPR number.

A new key may come; none that stands here changes its meaning or goes without a new `version`.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from hopdocs.catalogue import fill_message
from hopdocs.dispatch.message import describe_meeting, message_id, reservation_id, sender_id, utc_moment
from hopdocs.freshness.laid_ready import DIGITAL, MESSAGE, PAPER
from hopdocs.pages.letters import LetterRoute

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from hopdocs.diagnostics import Diagnostic
    from hopdocs.dispatch.planned import EnvelopeFile, PlannedLetter
    from hopdocs.dispatch.print_file import Printed
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family

VERSION: Final = 1
_ROOMS: Final = {LetterRoute.DIGITAL_POST: DIGITAL, LetterRoute.PAPER: PAPER}


def folder_of(letter: PlannedLetter) -> str:
    """A letter's own folder, by route and recipient."""
    return f"{_ROOMS[letter.route]}/{letter.recipient}/{letter.stem}"


def compose_manifest(  # noqa: PLR0913, PLR0917 - what the file says
    family: Family,
    config: Config,
    letters: Iterable[PlannedLetter],
    uids: Mapping[str, str],
    with_message: Collection[str],
    printed: Mapping[str, Printed],
    print_file: str,
    held_back: Iterable[Diagnostic],
) -> bytes:
    """The file's bytes, the same for the same letters.

    `uids` are by meeting those of the calendar; `with_message` has the ids of the letters whose message was made;
    `printed` says by id where a letter stands in `print_file`.
    """
    kle = config.records.kle
    shape = {
        "version": VERSION,
        "family": family.id,
        "case": {"number": family.case_number, "system": config.records.name},
        "kle": {"key": kle.key, "facet": kle.facet, "version": kle.version, "label": kle.label} if kle else None,
        "sender": {
            "cvr": sender_id(config) or None,
            "name": config.municipality.name,
            "unit": config.municipality.unit,
            "address": config.municipality.address,
        },
        "letters": [_letter(item, config, uids, with_message, printed, print_file) for item in letters],
        "held_back": [
            {"code": item.code, "line": item.line or None, "text": fill_message(item.code, item.params, "da")}
            for item in held_back
        ],
    }
    return (json.dumps(shape, ensure_ascii=False, indent=2) + "\n").encode()


def _letter(  # noqa: PLR0913, PLR0917 - as above
    letter: PlannedLetter,
    config: Config,
    uids: Mapping[str, str],
    with_message: Collection[str],
    printed: Mapping[str, Printed],
    print_file: str,
) -> dict[str, Any]:
    identity, folder = message_id(letter), folder_of(letter)
    main, *enclosed = letter.files
    place = printed.get(identity)
    survey = config.dispatch.survey if letter.meeting is not None else None
    return {
        "id": identity,
        "route": letter.route.value,
        "recipient": letter.recipient,
        "name": letter.person.name,
        "address": list(letter.address) if letter.route is LetterRoute.PAPER else None,
        "document": letter.kind,
        "meeting": letter.about or None,
        "edition": letter.edition,
        "date": letter.day.isoformat(),
        "deliver_by": letter.deliver_by.isoformat() if letter.deliver_by is not None else None,
        "subject": letter.title,
        "main": _file(main, folder),
        "attachments": [_file(item, folder) for item in enclosed],
        "memo": f"{folder}/{MESSAGE}" if identity in with_message else None,
        "calendar": _calendar(letter, config, uids),
        "survey": {"label": survey.label, "url": survey.url} if survey is not None else None,
        "print": {"file": print_file, "first_page": place.first_page, "pages": place.pages} if place else None,
    }


def _file(item: EnvelopeFile, folder: str) -> dict[str, Any]:
    return {
        "file": f"{folder}/{item.name}",
        "title": item.title,
        "type": item.media_type,
        "bytes": item.size,
        "sha256": hashlib.sha256(item.data).hexdigest(),
    }


def _calendar(letter: PlannedLetter, config: Config, uids: Mapping[str, str]) -> dict[str, Any] | None:
    meeting = letter.meeting
    if meeting is None:
        return None
    return {
        "uid": uids[meeting.id],
        "id": reservation_id(uids[meeting.id]),
        "title": meeting.type.capitalize(),
        "description": describe_meeting(letter, meeting, config),
        "place": meeting.place,
        "start": utc_moment(meeting.date, meeting.start, config.timezone),
        "end": utc_moment(meeting.date, meeting.end, config.timezone),
    }
