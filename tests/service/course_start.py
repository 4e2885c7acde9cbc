"""The days of a course until the family and its team sit down together, and what each of them brings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.service.played import FAMILY, delivered, held, instead, meeting, under

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.service.played import Edit

BOTH, ALL = "signe jeppe", "signe jeppe frida"
TEAM = "rri iik ssk bbl yym"
AREAS = "BF BES SO DU"
OFFICERS = "kko data-bf data-bes data-so data-du"
BEGINNING = f"""\
id: {FAMILY}
name: Familien Havregryn
case_number: "26-012399"
start_date: 2026-02-20
contact: {{address: Opdigtvej 11, postcode: 9999, city: Vesterlyng}}

referral: {{date: 2026-02-02, source: professional, by: yym}}

members:
  signe: {{name: Signe Havregryn, role: parent, born: 1986-05-14, custody: true, post: digital}}
  jeppe:
    name: Jeppe Havregryn
    role: parent
    born: 1984-10-02
    custody: true
    post: digital
    contact: {{address: Opdigtvej 70, postcode: 9999, city: Vesterlyng}}
  frida: {{name: Frida Havregryn, role: child, born: 2009-08-20, post: digital}}
  villads: {{name: Villads Havregryn, role: child, born: 2016-03-30}}
"""
CASES = (
    "- {area: BF, for: [villads], since: 2025-09-01}",
    "- {area: BES, for: [jeppe], since: 2025-10-01}",
    "- {area: SO, for: [signe], since: 2025-11-03}",
    "- {area: DU, for: [frida], since: 2025-08-11}",
)
FORM = "form_given: 2026-02-09"
YES = {
    "signe": "given: 2026-02-13, areas: [BF, BES, SO, DU], received_by: rri",
    "jeppe": "given: 2026-02-20, areas: [BF, BES, DU], received_by: rri",
    "frida": "given: 2026-02-13, areas: [BF, BES, DU], received_by: yym",
}
CHILDREN = (
    "children:",
    "  frida: {attends: true, reason: Hun er en del af planen., assessed_by: yym, assessed: 2026-03-10,",
    "    parents_agree: true}",
    "  villads: {attends: false, reason: Emnerne er for de voksne., view: Han har tegnet sine ønsker.,",
    "    assessed_by: rri, assessed: 2026-03-10, parents_agree: true}",
)
PARTS = (
    "- {area: BF, by: rri, date: 2026-03-10, works: I holder sammen., concerns: Morgenen er svær., wishes: Ro.}",
    "- {area: BES, by: iik, date: 2026-03-10, works: Jeppe vil arbejde., concerns: Erfaring., wishes: Et job.}",
    "- {area: DU, by: yym, date: 2026-03-10, works: Frida er glad for klassen., concerns: Træthed., wishes: Ro.}",
)
COUNTED = "- {date: 2026-02-20, counts: {BF: 1, BES: 1, SO: 1, DU: 1}}"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A day: what is written, and what it brings. What is not named here is as it was the step before.

    Documents, mails and letters by kind, with those who get one: `{"familieplan": "signe BF"}`; a document without
    readers of its own has ''. `waits` is all that lies in the dispatch folder; `filed` what the journal lists anew.
    """

    day: str
    what: str
    does: tuple[Edit, ...] = ()
    state: str
    comes: Mapping[str, str] = field(default_factory=dict)
    goes: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    to_do: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    waits: Mapping[str, str] = field(default_factory=dict)
    filed: Mapping[str, str] = field(default_factory=dict)
    shows: Mapping[str, str] = field(default_factory=dict)
    hides: Mapping[str, str] = field(default_factory=dict)


def reminders(day: str, which: str) -> tuple[str, ...]:
    return (f"kko {day} Mind om samtykket ({which})",)


BEFORE_CONSENT = (
    Step(
        day="2026-02-02",
        what="an enquiry",
        state="henvendt",
        comes={"screening": "", "informationsbrev": ALL, "samtykkeerklaering": ALL},
        told={"Ny henvendelse": "kko"},
        waits={"informationsbrev": ALL, "samtykkeerklaering": ALL},
    ),
    Step(
        day="2026-02-04",
        what="the screening",
        does=(under("criteria", "- langvarig offentlig forsørgelse"), under("cases", *CASES)),
        state="henvendt",
        waits={"informationsbrev": ALL, "samtykkeerklaering": ALL},
    ),
    Step(
        day="2026-02-06",
        what="the family is informed",
        does=(
            instead("\nreferral:", "\ninformation_given: 2026-02-06\nreferral:"),
            delivered("informationsbrev", ALL),
        ),
        state="informeret",
        goes={"screening": ""},
        waits={"samtykkeerklaering": ALL},
        filed={"2026-02-06-informationsbrev": ALL},
    ),
    Step(
        day="2026-02-09",
        what="the form is handed out",
        does=(
            under("consents", *(f"- {{member: {who}, {FORM}}}" for who in ALL.split())),
            delivered("samtykkeerklaering", ALL),
        ),
        state="samtykke_afventer",
        to_do=(*reminders("2026-02-23", "1. gang"), *reminders("2026-03-09", "2. gang")),
        filed={"2026-02-09-samtykkeerklaering": ALL},
    ),
    Step(
        day="2026-02-16",
        what="one says no",
        does=(
            *(instead(f"{who}, {FORM}", f"{who}, {FORM}, {YES[who]}") for who in ("signe", "frida")),
            instead(f"jeppe, {FORM}", f"jeppe, {FORM}, refused: 2026-02-16"),
        ),
        state="samtykke_afslaaet",
        comes={"bekraeftelse-paa-nej": ALL},
        told={"Tilbuddet er ikke taget imod": "kko yym"},
        done=(*reminders("2026-02-23", "1. gang"), *reminders("2026-03-09", "2. gang")),
        waits={"bekraeftelse-paa-nej": ALL},
    ),
    Step(
        day="2026-02-17",
        what="each is told so",
        does=(delivered("bekraeftelse-paa-nej", ALL),),
        state="samtykke_afslaaet",
        filed={"2026-02-17-bekraeftelse-paa-nej": ALL},
    ),
    Step(
        day="2026-02-20",
        what="and then yes",
        does=(under("consents", f"- {{member: jeppe, form_given: 2026-02-18, {YES['jeppe']}}}"),),
        state="samtykke_givet",
        comes={"kvittering-for-samtykke": ALL},
        goes={"bekraeftelse-paa-nej": ALL},
        told={"Ny familie i forløb": "kko rri mmo tta", "Datatræk nu": OFFICERS},
        to_do=(
            "kko 2026-02-20 Datatræk ved start",
            "kko 2026-03-06 Familieteamet er sat",
            "kko 2026-03-13 Introduktionsmøde i teamet",
            "kko 2026-08-20 Datatræk 6 måneder efter start",
            "kko 2027-02-22 Datatræk 12 måneder efter start",
            "kko 2027-08-20 Datatræk 18 måneder efter start",
        ),
        waits={"kvittering-for-samtykke": ALL},
    ),
)
STARTING = (
    Step(
        day="2026-02-23",
        what="the team is called to the introduktionsmøde",
        does=(
            under(
                "team",
                "- {staff: rri, from: 2026-02-23, for: [villads]}",
                "- {staff: iik, from: 2026-02-23, for: [jeppe]}",
                "- {staff: ssk, from: 2026-02-23, for: [signe]}",
                "- {staff: bbl, from: 2026-02-23, for: [villads]}",
                "- {staff: yym, from: 2026-02-23, for: [frida]}",
            ),
            meeting("intro", "introduktionsmøde", "2026-03-09", "13.00-14.00"),
            delivered("kvittering-for-samtykke", ALL),
        ),
        state="opstart",
        comes={
            "indkaldelse-intro": "",
            "dagsorden-intro": "",
            "dataanmodning": AREAS,
            "koereplan": "BF",
            "interviewguide": "BF",
        },
        told={"Indkaldelse: introduktionsmøde": f"{TEAM} kko", "Familieteamet er ændret": "kko"},
        done=("kko 2026-03-06 Familieteamet er sat",),
        filed={"2026-02-23-kvittering-for-samtykke": ALL},
    ),
    Step(
        day="2026-03-09",
        what="the introduktionsmøde, and the data are counted",
        does=(
            held("intro", "introduktionsmøde"),
            under("tovholder", "- {staff: iik, from: 2026-03-09, chosen_by: team, substitute: rri}"),
            under("measurements", "services:", f"  {COUNTED}"),
        ),
        state="opstart",
        comes={"koereplan": "BES", "interviewguide": "BES", "ny-tovholder": ALL},
        goes={"koereplan": "BF", "interviewguide": "BF", "dataanmodning": AREAS},
        to_do=("iik 2026-03-30 Et barn fylder 10 år og bliver selv part i nogle sager",),
        done=("kko 2026-02-20 Datatræk ved start", "kko 2026-03-13 Introduktionsmøde i teamet"),
        waits={"ny-tovholder": ALL},
    ),
    Step(
        day="2026-03-10",
        what="formøde and familieplansmøde are called; one part is missing ten working days before",
        does=(
            meeting("formoede", "fagligt formøde", "2026-03-24", "09.00-10.30"),
            meeting("familieplan", "familieplansmøde", "2026-04-13", "10.00-12.00", *CHILDREN),
            under("assessment", *PARTS),
            delivered("ny-tovholder", ALL),
        ),
        state="opstart",
        comes={
            "indkaldelse-formoede": "",
            "dagsorden-formoede": "",
            "undersoegelse": f"{ALL} {AREAS}",
            "invitation-familieplan": ALL,
            "indkaldelse-familieplan": "",
            "dagsorden-familieplan": "",
            "familieplan": f"{ALL} {AREAS}",
        },
        told={
            "Indkaldelse: fagligt formøde": TEAM,
            "Indkaldelse: familieplansmøde": TEAM,
            "Påmindelse: din del mangler": "ssk",
        },
        to_do=(
            "ssk 2026-03-24 Familiefaglig undersøgelse: delen fra Sundhed og Omsorg",
            "iik 2026-03-30 Familien har invitationen til familieplansmødet",
            "iik 2026-04-01 Familien har dagsordenen til familieplansmødet",
            "iik 2026-04-13 Det indledende interview (nulpunktsmåling)",
            "iik 2026-04-13 Netværkskort sammen med familien",
        ),
        waits={"invitation": ALL},
        filed={"2026-03-10-ny-tovholder": ALL},
        shows={"familieplan-signe": "Udkast"},
    ),
    Step(
        day="2026-03-19",
        what="the family has its invitations; the part is missing three working days before",
        does=(
            delivered("invitation-familieplan-signe", ALL, "digital_post"),
            under("network", "- {name: Mormor Gerda, relation: mormor, circle: close, helps_with: henter Villads}"),
        ),
        state="opstart",
        comes={"netvaerkskort": f"signe frida {AREAS}"},
        told={"Påmindelse: din del mangler": "ssk"},
        done=(
            "iik 2026-03-30 Familien har invitationen til familieplansmødet",
            "iik 2026-04-13 Netværkskort sammen med familien",
        ),
        filed={"2026-03-19-invitation-familieplan": ALL},
    ),
    Step(
        day="2026-03-24",
        what="the formøde is held without that part",
        does=(held("formoede", "fagligt formøde"), under("measurements", "baseline_interview: 2026-03-20")),
        state="opstart",
        to_do=("iik 2026-04-14 Familieplansmøde",),
        done=("iik 2026-04-13 Det indledende interview (nulpunktsmåling)",),
        shows={"undersoegelse-BF": "Undersøgelsen er ikke færdig"},
    ),
)
