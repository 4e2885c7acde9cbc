"""What happens to a family in time: each sequence is some steps, each with its day and what is saved then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.canaries.households import BUILT, activity, goal, reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.canaries.households import Data, Household

    Edit = Callable[[Household], None]

SOON, LATER, LAST = date(2026, 11, 23), date(2026, 11, 25), date(2026, 12, 28)


@dataclass(frozen=True, slots=True)
class Step:
    """What is done to every household before one build, and on which day that is.

    `templates` is `broken`, `translations broken` or `mended` for a hand on the Word templates; `by_hand` is somebody
    who writes into the finished papers.
    """

    day: date
    edits: tuple[Edit, ...] = ()
    templates: str = ""
    by_hand: bool = False


def _consent_of(home: Household, person: str) -> Data:
    found = [line for line in home.data["consents"] if line["member"] == home.key(person) and "given" in line]
    return found[-1] if found else {"areas": [], "none": True}


def lapse(home: Household) -> None:
    _consent_of(home, "mor")["until"] = "2026-11-22"


def mothers_area_back(home: Household, area: str = "SO", day: str = "2026-11-23") -> None:
    _consent_of(home, "mor").setdefault("withdrawn", []).append({"date": day, "areas": [area]})


def fathers_area_back(home: Household) -> None:
    _consent_of(home, "far").setdefault("withdrawn", []).append({"date": "2026-11-23", "areas": ["DU"]})


def area_back_ahead(home: Household) -> None:
    mothers_area_back(home, day="2026-12-10")


def work_area_back(home: Household) -> None:
    mothers_area_back(home, area="BES")


def all_back(home: Household) -> None:
    _consent_of(home, "mor").setdefault("withdrawn", []).append({"date": "2026-11-23"})


def partner_back(home: Household) -> None:
    _consent_of(home, "partner").setdefault("withdrawn", []).append({"date": "2026-11-23"})


def never_health(home: Household) -> None:
    """She never consented to the health area at all."""
    line = _consent_of(home, "mor")
    line["areas"] = [area for area in line["areas"] if area != "SO"]


def custody_lost(home: Household) -> None:
    if home.key("far"):
        home.person("far")["custody"] = "false"


def child_moves_to_mother(home: Household) -> None:
    home.person("barn")["lives_with"] = [home.key("mor")]


def father_moves_out(home: Household) -> None:
    if home.key("far"):
        words = home.words
        home.person("far")["contact"] = {"address": f"{words.name()}vej 310", "postcode": "9999", "city": words.name()}


def mother_protected(home: Household) -> None:
    home.data["contact"]["protected"] = "true"
    if home.key("far") and "contact" not in home.person("far"):
        father_moves_out(home)


def goal_narrowed(home: Household) -> None:
    home.data["plan"]["goals"][0]["visible_to"] = [home.key("mor")]


def activity_narrowed(home: Household) -> None:
    home.data["plan"]["activities"][1]["visible_to"] = [home.key("mor"), "DU"]


def point_narrowed(home: Household) -> None:
    points = home.data["meetings"][-1]["family_points"]
    points[0] = {"point": points[0], "visible_to": [home.key("mor")]}


def closed(home: Household) -> None:
    words = home.words
    home.data["closing"] = {
        "date": "2026-11-22",
        "reason": words.new(),
        "continues": [{"plan": words.new(), "area": "BES"}, {"plan": words.new(), "area": "BF"}],
    }
    home.data["meetings"][-1] |= {"status": "cancelled", "reason": words.new()}


def meeting_cancelled(home: Household) -> None:
    home.data["meetings"][-1] |= {"status": "cancelled", "reason": home.words.new()}


def invitation_handed_out(home: Household) -> None:
    """They hold the invitation to the time that the meeting had before it was moved."""
    adults = [key for key in (home.key("mor"), home.key("far"), home.key("partner")) if key]
    line = {"document": "invitation", "meeting": home.data["meetings"][-1]["id"], "to": adults}
    home.data["deliveries"] = [line | {"date": "2026-11-12", "how": "paper"}]


def another_tovholder(home: Household) -> None:
    line = {"staff": "tta", "from": "2026-11-23", "chosen_by": "family", "reason": home.words.new()}
    home.data["tovholder"].append(line)


def father_says_no(home: Household) -> None:
    if home.key("far"):
        line = next(item for item in home.data["consents"] if item["member"] == home.key("far"))
        line["refused"] = line.pop("given")
        del line["areas"]


def mother_has_not_answered(home: Household) -> None:
    line = next(item for item in home.data["consents"] if item["member"] == home.key("mor"))
    del line["given"], line["areas"]


def language_course(home: Household) -> None:
    """What is no health activity joins the health goal."""
    plan = home.data["plan"]
    plan["activities"].append(activity(home.words, plan["goals"][2], "BES", "tta"))


def health_activity_deleted(home: Household) -> None:
    plan = home.data["plan"]
    plan["activities"] = [line for line in plan["activities"] if line["area"] != "SO"]


def goal_before_activity(home: Household) -> None:
    """A draft: the goal and a reading are saved, what is done towards it is not yet."""
    ill = home.data["plan"]["goals"][2]["for"]
    aim = goal(home.words, list(ill))
    home.data["plan"]["goals"].append(aim)
    home.data["plan"]["status"].append(reading(home.words, aim))


def new_matter(home: Household) -> None:
    aim: Any = home.data["plan"]["goals"][0]
    home.data["plan"]["activities"].append(activity(home.words, aim, "BES", "tta"))


def health_leaves_team(home: Household) -> None:
    next(line for line in home.data["team"] if line["staff"] == "ssk")["to"] = "2026-11-22"


def school_joins_later(home: Household) -> None:
    next(line for line in home.data["team"] if line["staff"] == "ppa")["from"] = "2026-12-14"


def _born(home: Household, person: str, day: str) -> None:
    if home.key(person):
        home.person(person)["born"] = day


def child_turns_fifteen(home: Household) -> None:
    _born(home, "barn", "2011-11-24")


def child_turns_sixteen(home: Household) -> None:
    _born(home, "barn", "2010-11-24")


def child_turns_eighteen(home: Household) -> None:
    _born(home, "barn", "2008-11-24")


def _address_in_text(home: Household, spelt: str) -> None:
    """The father's protected address, in words of the mother's own and in what all at the meeting read."""
    contact = home.person("far").get("contact", {}) if home.key("far") else {}
    if contact.get("protected") == "true":
        street = contact["address"].removesuffix("vej 310")
        home.data["plan"]["goals"][0]["need"] = f"Hun henter hos {street}{spelt}."
        home.data["meetings"][-1]["message"] = f"Vi ses ved {street}{spelt}."


def address_as_written(home: Household) -> None:
    _address_in_text(home, "vej 310")


def address_with_nr(home: Household) -> None:
    _address_in_text(home, "vej nr. 310")


def address_shortened(home: Household) -> None:
    _address_in_text(home, "v. 310")


def address_with_letter(home: Household) -> None:
    _address_in_text(home, "vej 310A")


SEQUENCES: dict[str, tuple[Step, ...]] = {
    "consent runs out": (Step(SOON, (lapse,)),),
    "consent runs out, new matter": (Step(SOON, (lapse,)), Step(LATER, (new_matter,))),
    "consent runs out, then an area is taken back": (Step(SOON, (lapse,)), Step(LATER, (mothers_area_back,))),
    "consent runs out, then all is taken back": (Step(SOON, (lapse,)), Step(LATER, (all_back,))),
    "health is taken back": (Step(LATER, (mothers_area_back,)),),
    "work is taken back": (Step(LATER, (work_area_back,)),),
    "the father takes school back": (Step(LATER, (fathers_area_back,)),),
    "all is taken back": (Step(LATER, (all_back,)),),
    "the partner takes all back": (Step(LATER, (partner_back,)),),
    "health is to be taken back": (Step(SOON, (area_back_ahead,)), Step(LAST)),
    "health was never consented to": (Step(SOON, (never_health,)),),
    "health is taken back and its activity deleted": (
        Step(SOON, (mothers_area_back,)),
        Step(LATER, (health_activity_deleted,)),
    ),
    "template broken while health is taken back": (
        Step(SOON, (mothers_area_back,), "broken"),
        Step(LATER, (), "mended"),
    ),
    "template broken while a closed course narrows": (
        Step(SOON, (closed,)),
        Step(LATER, (mothers_area_back,), "broken"),
        Step(LATER, (), "mended"),
    ),
    "template broken while a goal is narrowed": (
        Step(SOON, (goal_narrowed, activity_narrowed), "broken"),
        Step(LATER, (), "mended"),
    ),
    "translation broken while a point is narrowed": (
        Step(SOON, (point_narrowed,), "translations broken"),
        Step(LATER, (), "mended"),
    ),
    "translation broken while health is taken back": (
        Step(SOON, (mothers_area_back,), "translations broken"),
        Step(LATER, (), "mended"),
    ),
    "translation broken after consent has run out, then health is taken back": (
        Step(SOON, (lapse,)),
        Step(LATER, (mothers_area_back, point_narrowed), "translations broken"),
        Step(LATER, (), "mended"),
    ),
    "template broken while custody is lost": (
        Step(SOON, (custody_lost, child_moves_to_mother), "broken"),
        Step(LATER, (), "mended"),
    ),
    "template broken while an address is protected": (
        Step(SOON, (mother_protected,), "broken"),
        Step(LATER, (), "mended"),
    ),
    "closed": (Step(SOON, (closed,)),),
    "closed, then all taken back": (Step(SOON, (closed,)), Step(LATER, (all_back,))),
    "closed, then health taken back": (Step(SOON, (closed,)), Step(LATER, (mothers_area_back,))),
    "a moved meeting that they were invited to": (Step(SOON, (invitation_handed_out,)),),
    "a meeting is cancelled that they were invited to": (
        Step(SOON, (invitation_handed_out,)),
        Step(LATER, (meeting_cancelled,)),
    ),
    "another tovholder, and then health is taken back": (
        Step(SOON, (another_tovholder,)),
        Step(LATER, (mothers_area_back,)),
    ),
    "the father says no": (Step(SOON, (father_says_no,)),),
    "the mother has not answered": (Step(SOON, (mother_has_not_answered,)),),
    "a meeting is cancelled": (Step(SOON, (meeting_cancelled,)),),
    "custody is lost and the child moves": (Step(SOON, (custody_lost, child_moves_to_mother)),),
    "the father moves out": (Step(SOON, (father_moves_out,)),),
    "the address is protected": (Step(SOON, (mother_protected,)),),
    "a goal and an activity are narrowed": (Step(SOON, (goal_narrowed, activity_narrowed, point_narrowed)),),
    "a course in Danish joins the health goal": (Step(SOON, (language_course,)),),
    "a health goal is drafted": (Step(SOON, (goal_before_activity,)),),
    "a protected address is written into texts": (Step(SOON, (address_as_written,)),),
    "a protected address is written with nr.": (Step(SOON, (address_with_nr,)),),
    "a protected address is written short": (Step(SOON, (address_shortened,)),),
    "a protected address is written with a letter": (Step(SOON, (address_with_letter,)),),
    "health leaves the team": (Step(SOON, (health_leaves_team,)),),
    "school joins the team later": (Step(BUILT, (school_joins_later,)),),
    "the child turns fifteen": (Step(SOON, (child_turns_fifteen,)), Step(LATER)),
    "the child turns sixteen": (Step(SOON, (child_turns_sixteen,)), Step(LATER)),
    "the child turns eighteen": (Step(SOON, (child_turns_eighteen,)), Step(LATER)),
    "time passes over the youths' birthdays": (Step(LAST),),
    "an edited copy and health taken back": (Step(SOON, by_hand=True), Step(LATER, (mothers_area_back,))),
}
