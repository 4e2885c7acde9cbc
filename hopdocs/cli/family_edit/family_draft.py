"""A new family's file: what is known today, and every other section in the order of the work, as a comment.

An example stands in comments, with people and areas that this family and municipality have, so that nothing is true
before somebody takes the signs away, and what stands there then is read without a fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.cli.drafts import draft_consent, draft_member, member_key, quoted, scalar
from hopdocs.domain.ages import SIGNING_AGE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hopdocs.cli.drafts import Person
    from hopdocs.model.config import Config

_TWO_WEEKS: Final = timedelta(days=14)
_HEAD: Final = """\
# {title}. Filen er familiens ene kilde: gem den, så laver hopdocs de breve, der skal bruges nu.
# Afsnittene står i den rækkefølge, arbejdet går. Det, der står efter #, læses ikke: det er eksempler. Når et afsnit
# bliver aktuelt, så fjern # foran dets linjer og skriv jeres eget, eller lad "hopdocs new" skrive dem.
id: {id}
name: {name}
{case_number}
start_date: {today}          # ret den, når introduktionsmødet er lagt fast

# Adressen, som den skal stå i breve.
# contact:
#   address: Opdigtvej 44
#   postcode: 9999
#   city: Vesterlyng

# Hvornår henvendelsen kom, og fra hvem: professional (og by: hvem), family eller other.
# referral:
#   date: {today}
#   source: professional
#   by: {staff}

# Skriv datoen, når informationsbrevet er givet.
information_given:

# Nøglerne bruges overalt, hvor filen peger på en person. CPR-numre skrives aldrig. Flere: hopdocs new member
# Også: language: og reads: (sproget hjemme og i breve), interpreter: ja, eget contact:, lives_with: (barn i to hjem).
members:
{members}

# Hvorfor familien er i målgruppen, og hvilke sager den har.
# criteria: [langvarig offentlig forsørgelse]

# cases:
#   - area: {area}
#     for: [{person}]
#     since: {today}

# Ét samtykke pr. voksen og pr. ung fra {signing_age} år. Det slettes aldrig. form_given: da erklæringen blev udleveret;
# så given: (eller refused:) og areas: [{areas}]. Eller: hopdocs new consent {id} {person} {area} --given {today}
consents:
{consents}
"""
_LATER: Final = """
# Når alle har sagt ja: hvem der arbejder med familien, fra hvornår, og for hvem. Den, der går, får en to:, og linjen
# bliver stående. Eller: hopdocs new team {id} {staff}
# team:
#   - staff: {staff}
#     from: {today}
#     for: [{person}]

# Hvem der er tovholder: først valgt af teamet (team), siden af familien (family). En ny linje ved hvert skifte.
# tovholder:
#   - staff: {staff}
#     from: {today}
#     chosen_by: team

# Mennesker omkring familien: close, near eller far.
# network:
#   - name: Mormor
#     relation: mormor
#     circle: close
#     helps_with: henter om torsdagen

# Familiefaglig undersøgelse: en del pr. fagområde. Eller: hopdocs new assessment {id} {area}
# assessment:
#   - area: {area}
#     by: {staff}
#     date: {today}
#     works: Det, der fungerer.
#     concerns: Det, der bekymrer.
#     wishes: Det, der ønskes.

# Møderne: introduktionsmøde, fagligt formøde, familieplansmøde, opfølgningsmøde, afslutningsmøde, interview.
# Et mødes id skifter aldrig. Flyt et møde ved at rette tiden. Eller: hopdocs new meeting {id} introduktionsmøde
# meetings:
#   - id: intro
#     type: introduktionsmøde
#     date: {later}
#     start: "10.00"
#     end: "11.00"
#     place: {place}

# Planen: mål i familiens egne ord, hvad hvert fagområde gør for dem, og hvor langt de er.
# Eller: hopdocs new goal, hopdocs new activity og hopdocs new status
# plan:
#   shared_goal: Det, vi sammen vil nå.
#   goals:
#     - id: skole
#       for: [{person}]
#       words: Sådan siger vi det selv.
#       need: Det, der skal til.
#       goal: Det, vi kan se er nået.
#       sign: Sådan kan vi se, at det går den rigtige vej.
#       direction: børns trivsel
#   activities:
#     - id: stoette
#       goal: skole
#       area: {area}
#       responsible: {staff}
#       for: [{person}]
#       what: Tilbuddet i klare ord.
#       start: {today}
#       end: løbende
#       review: {later}
#       hours_per_week: 1,5
#       follow_up:
#         every_weeks: 8
#   status:
#     - goal: skole
#       date: {today}
#       progress: ikke begyndt
#       note: Sådan står det til i dag.

# Hvad der er givet til familien. Eller: hopdocs delivered {id} familieplan {person}
# deliveries:
#   - document: informationsbrev
#     to: [{person}]
#     date: {today}
#     how: handed_over

# Ventetid på et tilbud.
# waiting_times:
#   - activity: stoette
#     area: {area}
#     applied: {today}

# Tal, der viser, hvordan det går. Eller: hopdocs new registration {id}
# measurements:
#   baseline_interview: {later}

# En aftalt pause.
# pauses:
#   - from: {later}
#     reason: Familien har bedt om det.

# Afslutningen, og de planer, der lever videre.
# closing:
#   date: {later}
#   reason: Målene er nået.
"""


@dataclass(frozen=True, slots=True)
class NewFamily:
    """What is known of a family on the day that its file is written."""

    id: str
    name: str
    case_number: str
    people: Sequence[Person]


def draft_family(family: NewFamily, config: Config, today: date) -> str:
    """The file's text; it is read without a fault, and asks nobody for what can't be known yet."""
    keys: list[str] = []
    members: list[str] = []
    for person in family.people:
        keys.append(member_key(person.name, keys))
        members += draft_member(keys[-1], person, today)
    signing = [key for key, person in zip(keys, family.people, strict=True) if person.signs_on(today)]
    names = {
        "title": " ".join(family.name.split()),
        "id": family.id,
        "name": scalar(family.name),
        "case_number": f"case_number: {quoted(known)}"
        if (known := family.case_number)
        else '# case_number: "26-012345"',
        "today": today.isoformat(),
        "later": (today + _TWO_WEEKS).isoformat(),
        "members": _indented(members),
        "consents": _indented([line for key in signing for line in draft_consent(key)]),
        "signing_age": SIGNING_AGE,
        "person": keys[0],
        "staff": next((key for key, who in config.staff.items() if who.authority), config.project_coordinator),
        "area": next(iter(config.areas)),
        "areas": ", ".join([*config.areas][:3]),
        "place": next(iter(config.places), scalar("hos familien")),
    }
    return (_HEAD + _LATER).format_map(names)


def _indented(lines: Sequence[str]) -> str:
    return "\n".join("  " + line for line in lines)
