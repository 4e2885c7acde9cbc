"""Nobody reads of a colleague whose area no consent joins to hers: every pair of areas, in the finished bytes.

An area may be let share, taken back, never asked for, or let share by somebody else than the other. Every Word part,
page, mail and calendar part of every such family is read for the words that name a professional, and held against what
the contract says (data.md, who sees what): somebody's consent covers both areas, or a common table, for the name alone.
"""

from __future__ import annotations

import json
import re
import zipfile
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO
from itertools import combinations, product
from typing import TYPE_CHECKING, Final

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.notices.inbound.decoded import readable_text
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.planning.invitations import wanted_family
from hopdocs.notices.preview import preview_notices
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family
from tests.unit.cycling import Desk, copy_example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY: Final = date(2026, 11, 21)
WORKERS: Final = {"BF": "rri", "DU": "ppa", "HP": "mmo", "BES": "iik", "SO": "hha"}
NAMES: Final = {
    "rri": ("Rigmor Rimfrost", "rri@", "familierådgiver"),
    "ppa": ("Pelle Pærevang", "ppa@", "akt-vejleder"),
    "mmo": ("Mette Morgenfrue", "mmo@", "socialrådgiver"),
    "iik": ("Ingolf Iskrystal", "iik@", "integrationsrådgiver"),
    "hha": ("Hanne Havgus", "hha@", "misbrugsbehandler"),
}
"""Of each: what stands in a list of those who come, and last what tells where she works."""

OPEN: Final = ("yes", "other")
STATES: Final = ("yes", "taken_back", "never", "other")
Case = tuple[str, str, str, str]
"""Two areas, and how consent to each stands."""

_TAG: Final = re.compile(r"<[^>]*>")


def cases() -> list[Case]:
    """Each pair in each combination; the tovholder's own area is always in the consent of her whom it serves."""
    return [
        (one, other, state, of_other)
        for one, other in combinations(WORKERS, 2)
        for state, of_other in product(STATES, STATES)
        if one != "BF" or state == "yes"
    ]


def family_of(number: int, case: Case) -> dict[str, object]:
    """A mother whom all work with, and her partner, who lets share what the case says is shared by somebody else."""
    states = {"BF": "yes", case[0]: case[2], case[1]: case[3]}
    hers = [area for area, state in states.items() if state in {"yes", "taken_back"}]
    back = [area for area, state in states.items() if state == "taken_back"]
    his = [area for area, state in states.items() if state == "other"]
    consent = {"given": "2026-09-22", "form_given": "2026-09-15"}
    withdrawn = {"withdrawn": [{"date": "2026-11-20", "areas": back}]} if back else {}
    plan_day, next_day = "2026-10-20", "2026-12-08"
    times = {"start": "10.00", "end": "11.00", "place": "havoern", "invited": [WORKERS[area] for area in states]}
    return {
        "id": f"HOP-2026-{number:03d}",
        "name": "Familien Kornmod",
        "case_number": f"26-{number:06d}",
        "start_date": "2026-10-06",
        "information_given": "2026-09-10",
        "members": {
            "signe": {"name": "Signe Kornmod", "role": "parent", "born": "1989-03-14", "custody": True},
            "bo": {"name": "Bo Kornmod", "role": "partner", "born": "1986-11-02"},
        },
        "cases": [{"area": area, "for": ["signe"], "since": "2026-01-05"} for area in states],
        "consents": [
            {"member": "signe", "areas": hers, **consent, **withdrawn},
            *([{"member": "bo", "areas": his, **consent}] if his else []),
        ],
        "team": [
            {"staff": WORKERS[area], "from": "2026-10-06", "for": ["bo" if state == "other" else "signe"]}
            for area, state in states.items()
        ],
        "tovholder": [{"staff": "rri", "from": "2026-10-06", "chosen_by": "team"}],
        "meetings": [
            {"id": "familieplan", "type": "familieplansmøde", "date": plan_day, "status": "held", **times},
            {"id": "opfoelgning-1", "type": "opfølgningsmøde", "date": next_day, **times},
        ],
        "plan": {
            "shared_goal": "Ro om morgenen.",
            "goals": [{"id": "ro", "for": ["signe"], "goal": "Ro om morgenen."}],
            "activities": [
                {
                    "id": f"hjaelp-{place}",
                    "goal": "ro",
                    "area": area,
                    "responsible": WORKERS[area],
                    "for": ["bo" if state == "other" else "signe"],
                    "what": f"Hjælp {place}",
                    "decision": "bevilget",
                    "start": "2026-10-21",
                    "end": "2027-03-01",
                    "hours_per_week": 2,
                    "follow_up": {"how": "samtale", "every_weeks": 8},
                }
                for place, (area, state) in enumerate(states.items())
            ],
        },
        "deliveries": [],
    }


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """All the families, built once."""
    desk = copy_example(tmp_path_factory.mktemp("colleagues") / "workspace")
    desk.clock.moment = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    for path in (desk.root / "families").glob("*.yaml"):
        path.unlink()
    for number, case in enumerate(cases(), 101):
        path = desk.root / "families" / f"hop-2026-{number}.yaml"
        path.write_text(json.dumps(family_of(number, case), ensure_ascii=False), "utf-8")
    desk.cycle()
    return desk


def may_know(reader: str, area: str, case: Case) -> bool:
    """Whether somebody's consent covers both: the mother's, or her partner's."""
    states = {"BF": "yes", case[0]: case[2], case[1]: case[3]}
    return any(all(states.get(one) == who for one in (reader, area)) for who in OPEN)


def sits_at_the_table(area: str, case: Case) -> bool:
    return {"BF": "yes", case[0]: case[2], case[1]: case[3]}.get(area) in OPEN


def faults_in(text: str, readers: set[str], case: Case, *, at_table: bool) -> Iterator[str]:
    """Each word that names somebody to one of these who may not know of her."""
    text = text.casefold()
    for area, staff in WORKERS.items():
        *names, title = NAMES[staff]
        may_all = all(may_know(reader, area, case) for reader in readers)
        may_name = may_all or staff == "rri" or (at_table and sits_at_the_table(area, case))
        yield from (word for word in names if not may_name and word.casefold() in text)
        if not may_all and staff != "rri" and title in text:
            yield title


def texts_of(path: Path) -> Iterator[str]:
    """All of a file, with and without its marks: Word cuts words into runs."""
    data = path.read_bytes()
    parts = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    for part in parts:
        text = part.decode("utf-8", "replace")
        yield text
        yield unescape(_TAG.sub("", text))


def test_no_paper_of_an_area_and_no_common_one_names_whom_its_readers_may_not_know_of(desk: Desk) -> None:
    faults, read = [], 0
    for number, case in enumerate(cases(), 101):
        at_table = {area for area in ("BF", case[0], case[1]) if sits_at_the_table(area, case)}
        for path in sorted((desk.root / f"out/hop-2026-{number}").glob("*.docx")):
            last = path.stem.rpartition("-")[2]
            if last in {"signe", "bo"}:
                continue
            read += 1
            readers = {last} if last in WORKERS else at_table
            for text in texts_of(path):
                faults += [
                    (case, path.name, word) for word in faults_in(text, readers, case, at_table=last not in WORKERS)
                ]
    assert faults == []
    assert read > 3 * len(cases())


def test_the_tovholders_page_names_nobody_of_an_area_that_was_taken_back_or_never_asked_for(desk: Desk) -> None:
    faults = [
        (case, word)
        for number, case in enumerate(cases(), 101)
        for text in texts_of(desk.root / f"out/hop-2026-{number}/overblik.html")
        for word in faults_in(text, {"BF"}, case, at_table=True)
    ]
    assert faults == []


def test_no_mail_or_calendar_names_whom_its_reader_may_not_know_of(desk: Desk) -> None:
    config = parse_config((desk.root / "config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    areas = {person.email: person.area for person in config.staff.values()}
    ledger = Ledger(connect_ledger(desk.root / "empty.db"))
    faults, read = [], 0
    for number, case in enumerate(cases(), 101):
        path = desk.root / f"families/hop-2026-{number}.yaml"
        family = parse_family(path.read_bytes(), path.name, config).family
        assert family is not None
        wanted = wanted_family(FamilyDay.on(family, config, TODAY))
        for mail in preview_notices([wanted], ledger, datetime(2026, 11, 21, 9, 0, tzinfo=UTC)).notices:
            notice = mail.composed.notice
            if notice.staff == config.project_coordinator:
                continue  # who opens and closes the case is told for whom
            read += 1
            reader = str(areas[notice.email])
            assert sits_at_the_table(reader, case) or notice.kind.name == "fagomraadestop"
            body = "\n".join(readable_text(mail.composed.mime))
            body = body.replace(notice.email, "").replace(notice.name, "")
            faults += [(case, notice.email, word) for word in faults_in(body, {reader}, case, at_table=True)]
    ledger.close()
    assert faults == []
    assert read > 2 * len(cases())
