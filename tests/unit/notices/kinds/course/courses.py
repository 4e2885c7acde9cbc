"""A family of two homes as plain data, on any day, and who would get which mail about it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from hopdocs.domain.family_day import FamilyDay
from hopdocs.notices.planning.invitations import wanted_family
from hopdocs.sources.families import parse_family
from tests.unit.documents.example import load_config

if TYPE_CHECKING:
    from hopdocs.model.config import Config
    from hopdocs.notices.wanted import WantedFamily, WantedReminder

AREAS = ["BF", "BES", "SO"]


def consent(member: str, **more: Any) -> dict[str, Any]:
    return {"member": member, "given": "2026-09-22", "areas": AREAS, **more}


def on_team(staff: str, since: str = "2026-09-01", to: str | None = None, *members: str) -> dict[str, Any]:
    return {"staff": staff, "from": since, "for": list(members), **({"to": to} if to else {})}


def data(**changes: Any) -> dict[str, Any]:
    """The family as its file says it: both said yes on 22 September, the team had been chosen before."""
    whole = {
        "id": "HOP-2026-031",
        "name": "Familien Kornmod",
        "case_number": "26-000031",
        "start_date": "2026-10-06",
        "information_given": "2026-09-10",
        "members": {
            "signe": {"name": "Signe Kornmod", "role": "parent", "born": "1989-03-14", "custody": True},
            "jeppe": {"name": "Jeppe Lyngtop", "role": "parent", "born": "1986-11-02", "custody": True},
            "malthe": {"name": "Malthe Kornmod", "role": "child", "born": "2015-06-09"},
        },
        "cases": [
            {"area": "BF", "for": ["malthe"], "since": "2026-01-05"},
            {"area": "BES", "for": ["signe"], "since": "2026-01-05"},
        ],
        "consents": [consent("signe"), consent("jeppe")],
        "team": [on_team("rri"), on_team("iik"), on_team("hha", "2026-09-01", None, "signe")],
        "tovholder": [{"staff": "rri", "from": "2026-09-01", "chosen_by": "team"}],
        "meetings": [],
    }
    return {key: value for key, value in (whole | changes).items() if value is not None}


def meeting(kind: str, day: str, **more: Any) -> dict[str, Any]:
    times = {"start": "10.00", "end": "11.00", "place": "ternen"}
    return {"id": kind.replace(" ", "-"), "type": kind, "date": day, **times, **more}


def wanted(today: str, config: Config | None = None, **changes: Any) -> WantedFamily:
    """What the family's file asks for on a day."""
    text = json.dumps(data(**changes), ensure_ascii=False).encode()
    read = parse_family(text, "families/hop-2026-031.yaml", config or load_config())
    assert read.family is not None, read.diagnostics
    return wanted_family(FamilyDay.on(read.family, config or load_config(), date.fromisoformat(today)))


def asked_for(kind: str, today: str, config: Config | None = None, **changes: Any) -> list[WantedReminder]:
    return [item for item in wanted(today, config, **changes).reminders if item.kind == kind]


def mails(kind: str, today: str, config: Config | None = None, **changes: Any) -> dict[str, str]:
    """By who gets one: the lines and the table of each mail of a kind."""
    return {
        item.recipient.email.partition("@")[0]: " ".join(
            (*item.lines, *(word for row in item.rows if row[0] != "Link" for word in row))
        )
        for item in asked_for(kind, today, config, **changes)
    }
