"""One course from enquiry to its end: on each day, who hears what, and that nobody hears anything twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.unit.documents.example import load_config
from tests.unit.notices.kinds.course.courses import consent, meeting, on_team, wanted
from tests.unit.notices.samples import World

_CONFIG = load_config()
ASKING = _CONFIG.model_copy(
    update={
        "finance_department": "oekonomi@vesterlyng.example",
        "deadlines": _CONFIG.deadlines.model_copy(update={"monthly_registration": True}),
    }
)
FORM = {"form_given": "2026-09-10"}
YES = [consent("signe", **FORM), consent("jeppe", **FORM, given="2026-09-25")]
NO = {"member": "jeppe", "refused": "2026-09-22", **FORM}
TEAM = [on_team("rri", "2026-10-06"), on_team("iik", "2026-10-06"), on_team("hha", "2026-10-06", None, "signe")]
FIRST = {"staff": "rri", "from": "2026-10-06", "chosen_by": "team"}
MEETINGS = [meeting("introduktionsmøde", "2026-10-06"), meeting("familieplansmøde", "2026-11-03")]
COUNTED = {"services": [{"date": "2026-10-06", "counts": {"BF": 1}}]}
HEALTH_BACK = {"withdrawn": [{"date": "2026-11-20", "areas": ["SO"]}]}


class Course:
    """A file that is edited, a ledger, and what leaves on each day."""

    def __init__(self) -> None:
        self.world = World()
        self.file: dict[str, Any] = {
            "information_given": None,
            "consents": [],
            "team": [],
            "tovholder": [],
            "referral": {"date": "2026-09-07", "source": "professional", "by": "yym"},
        }

    def on(self, day: str, **edit: Any) -> dict[str, set[str]]:
        """Write that into the file on a day, look twice, and let everything arrive: by kind, who got it."""
        self.file |= edit
        self.world.now = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=9)
        found: dict[str, set[str]] = {}
        for _ in range(2):
            self.world.save_families(wanted(day, ASKING, **self.file))
            told = self.world.deliver()
            assert not any(item.email in found.get(item.kind, set()) for item in told)
            for item in told:
                found.setdefault(item.kind, set()).add(item.email)
        return found


def test_a_course_from_enquiry_to_its_end() -> None:
    course, steering, team = Course(), {"kko", "rri", "mmo", "tta"}, {"rri", "iik", "hha"}
    assert course.on("2026-09-07") == {"henvendelse": {"kko"}}
    assert course.on("2026-09-10", information_given="2026-09-10", consents=[{"member": "jeppe", **FORM}]) == {}
    assert course.on("2026-09-22", consents=[YES[0], NO]) == {"afslag": {"kko", "yym"}}
    assert course.on("2026-09-25", consents=[YES[0], NO, YES[1]]) == {
        "nytforloeb": steering,
        "datatraek": {"kko", "data-bf", "data-bes"},
    }
    assert course.on("2026-09-28", meetings=MEETINGS, team=TEAM, tovholder=[FIRST]) == {
        "indkaldelse": team | {"kko"},
        "teamaendring": {"kko"},
    }
    assert course.on("2026-10-06", measurements=COUNTED) == {}
    assert course.on("2026-11-03") == {}
    shift = [FIRST, {"staff": "iik", "from": "2026-11-03", "chosen_by": "family"}]
    assert course.on("2026-11-04", tovholder=shift) == {
        "tovholderskift": team | {"kko"},
        "registrering": {"iik"},
    }
    assert course.on("2026-11-20", consents=[{**YES[0], **HEALTH_BACK}, NO, YES[1]]) == {
        "fagomraadestop": {"hha", "kko"}
    }
    assert course.on("2026-11-21", team=[*TEAM[:2], {**TEAM[2], "to": "2026-11-20"}]) == {}
    assert course.on("2026-12-01") == {"registrering": {"iik"}}
    end = {"closing": {"date": "2026-12-15", "reason": "målene er nået"}}
    assert course.on("2026-12-15", **end) == {
        "afsluttet": {"rri", "iik"},
        "udgifter": {"oekonomi"},
        "datatraek": {"kko", "data-bf", "data-bes"},
    }
    assert course.on("2026-12-16", name="Familien Havregryn") == {}
    back = {"withdrawn": [{"date": "2026-12-17"}]}
    assert course.on("2026-12-17", consents=[{**YES[0], **back}, NO, {**YES[1], **back}], closing=None) == {
        "stop": {"rri", "iik", "kko"},
        "stopantal": {"mmo", "tta"},
    }
