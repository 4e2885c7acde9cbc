"""The days of a course from the meeting about the plan to its end: to one of two ends."""

from __future__ import annotations

from tests.service.course_start import ALL, AREAS, BOTH, COUNTED, OFFICERS, TEAM, YES, Step
from tests.service.played import FAMILY, agreed, delivered, held, instead, meeting, say, under

LATE_PART = "- {area: SO, by: ssk, date: 2026-03-31, works: Signe går ture., concerns: Søvn., wishes: At sove.}"
PLAN = """\
shared_goal: Vi vil have ro om morgenen.
goals:
  - {id: skole, for: [villads], words: Jeg vil gerne i skole., need: En rolig morgen.,
    goal: Villads er i skole hver dag i september 2026., sign: Færre fraværsdage., direction: børns trivsel}
  - {id: arbejde, for: [jeppe], words: Jeg vil arbejde., need: Erfaring.,
    goal: Jeppe er i arbejde senest 1. februar 2027., sign: Mindst 20 timer om ugen., direction: beskæftigelse}
  - {id: helbred, for: [signe], words: Jeg vil sove., need: Hjælp til at sove.,
    goal: Signe sover syv timer i september 2026., sign: Færre trætte dage., direction: livsmestring}
activities:
  - {id: morgen, goal: skole, area: BF, responsible: bbl, for: [villads], what: Familiebehandling om morgenen,
    decision: bevilget, start: 2026-04-20, end: 2026-12-18, hours_per_week: 2,
    follow_up: {how: Møde i hjemmet, every_weeks: 6}}
  - {id: praktik, goal: arbejde, area: BES, responsible: iik, for: [jeppe], what: Praktik i Vesterlyng Gartneri,
    law: virksomhedspraktik, decision: bevilget, start: 2026-04-27, end: 2026-10-30, hours_per_week: 20,
    follow_up: {how: Samtale på arbejdspladsen, every_weeks: 4}}
  - {id: soevn, goal: helbred, area: SO, responsible: ssk, for: [signe], what: Søvnskole,
    decision: bevilget, start: 2026-04-20, end: 2026-12-18, hours_per_week: 1,
    follow_up: {how: Telefonsamtale, every_weeks: 6}}
"""

TOGETHER = (
    Step(
        day="2026-04-01",
        what="the part is there, and the agenda goes out",
        does=(under("assessment", LATE_PART),),
        state="opstart",
        done=(
            "ssk 2026-03-24 Familiefaglig undersøgelse: delen fra Sundhed og Omsorg",
            "iik 2026-03-30 Et barn fylder 10 år og bliver selv part i nogle sager",
        ),
        hides={"undersoegelse-BF": "Undersøgelsen er ikke færdig"},
    ),
    Step(
        day="2026-04-13",
        what="the familieplansmøde: a plan, and the family chooses its tovholder",
        does=(
            held("familieplan", "familieplansmøde"),
            under("plan", PLAN),
            under(
                "tovholder",
                "- {staff: rri, from: 2026-04-13, chosen_by: family, reason: Familien valgte Rigmor., substitute: iik}",
            ),
            meeting("opf1", "opfølgningsmøde", "2026-06-08", "10.00-11.00", "children_as: familieplan"),
        ),
        state="aktiv",
        comes={
            "boernesiden": "villads",
            "foelgebrev": ALL,
            "overdragelsesnotat": "BF",
            "effektrapport": "BF",
            "koereplan": "BF",
            "interviewguide": "BF",
            "indkaldelse-opf1": "",
            "dagsorden-opf1": "",
            "invitation-opf1": ALL,
        },
        goes={"koereplan": "BES", "interviewguide": "BES"},
        told={"Indkaldelse: opfølgningsmøde": TEAM, "Ny tovholder": f"{TEAM} kko"},
        to_do=(
            "rri 2026-04-20 Referat og plan fra familieplansmødet er ude",
            "rri 2026-05-26 Familien har invitationen til opfølgningsmødet",
            "rri 2026-06-01 Familien har dagsordenen til opfølgningsmødet",
            "rri 2026-06-08 Opfølgningsmøde (hver 8. uge)",
            "rri 2027-04-13 Opfølgningsmøde senest (mindst ét om året)",
        ),
        done=(
            "iik 2026-04-01 Familien har dagsordenen til familieplansmødet",
            "iik 2026-04-14 Familieplansmøde",
        ),
        waits={"ny-tovholder": ALL, "invitation": ALL, "foelgebrev": ALL},
        shows={"ny-tovholder-signe": "Rigmor Rimfrost", "indkaldelse-familieplan": "Ingolf Iskrystal"},
        hides={"familieplan-signe": "Udkast"},
    ),
    Step(
        day="2026-04-14",
        what="the minutes are written and approved",
        does=(say("new", "minutes", FAMILY, "familieplan"), *agreed("Ingolf ringer.", "2026-04-24", "2026-04-14")),
        state="aktiv",
        comes={"referat-familieplan": f"{ALL} {AREAS}"},
        to_do=("iik 2026-04-24 Ingolf ringer.",),
        waits={"ny-tovholder": ALL, "invitation": ALL, "foelgebrev": ALL, "referat": ALL},
        shows={"referat-familieplan-signe": "Ingolf ringer."},
    ),
    Step(
        day="2026-04-16",
        what="plan and minutes are handed over",
        does=tuple(delivered(kind, ALL) for kind in ("familieplan", "foelgebrev", "referat", "ny-tovholder")),
        state="aktiv",
        done=("rri 2026-04-20 Referat og plan fra familieplansmødet er ude",),
        waits={"invitation": ALL},
        filed={
            "2026-04-16-familieplan": f"{ALL} {AREAS}",
            "2026-04-16-foelgebrev": ALL,
            "2026-04-16-referat-familieplan": f"{ALL} {AREAS}",
            "2026-04-16-ny-tovholder": ALL,
        },
    ),
    Step(
        day="2026-05-04",
        what="what was agreed is overdue",
        does=(delivered("invitation-opf1-signe", ALL, "digital_post"),),
        state="aktiv",
        told={"Påmindelse: en opgave er over tiden": "iik"},
        to_do=("bbl 2026-07-20 Første opfølgning på en indsats for et barn",),
        done=("rri 2026-05-26 Familien har invitationen til opfølgningsmødet",),
        filed={"2026-05-04-invitation-opf1": ALL},
    ),
    Step(
        day="2026-06-08",
        what="the first follow-up: the task is done",
        does=(
            held("opf1", "opfølgningsmøde"),
            instead("due: 2026-04-24\n", "due: 2026-04-24\n          done: 2026-05-05\n"),
            say("new", "minutes", FAMILY, "opf1"),
            *agreed("Ingolf finder en mentor.", "2026-06-19", "2026-06-08"),
            under("plan", "status:", "  - {goal: skole, date: 2026-06-08, progress: på vej, meeting: opf1}"),
            meeting("opf2", "opfølgningsmøde", "2026-08-03", "13.00-14.00", "children_as: familieplan"),
        ),
        state="aktiv",
        comes={
            "referat-opf1": f"{ALL} {AREAS}",
            "indkaldelse-opf2": "",
            "dagsorden-opf2": "",
            "invitation-opf2": ALL,
        },
        told={"Indkaldelse: opfølgningsmøde": TEAM},
        to_do=(
            "rri 2026-06-15 Referat og plan fra opfølgningsmødet er ude",
            "iik 2026-06-19 Ingolf finder en mentor.",
            "rri 2026-07-20 Familien har invitationen til opfølgningsmødet",
            "rri 2026-07-27 Familien har dagsordenen til opfølgningsmødet",
            "rri 2026-08-03 Opfølgningsmøde (hver 8. uge)",
            "rri 2027-06-08 Opfølgningsmøde senest (mindst ét om året)",
        ),
        done=(
            "iik 2026-04-24 Ingolf ringer.",
            "bbl 2026-07-20 Første opfølgning på en indsats for et barn",
            "rri 2026-06-01 Familien har dagsordenen til opfølgningsmødet",
            "rri 2026-06-08 Opfølgningsmøde (hver 8. uge)",
            "rri 2027-04-13 Opfølgningsmøde senest (mindst ét om året)",
        ),
        waits={"invitation": ALL, "foelgebrev": ALL, "referat": ALL},
    ),
    Step(
        day="2026-06-10",
        what="handed over again, with the next invitation",
        does=(
            *(delivered(kind, ALL) for kind in ("familieplan", "foelgebrev", "referat")),
            delivered("invitation-opf2-signe", ALL),
        ),
        state="aktiv",
        done=(
            "rri 2026-06-15 Referat og plan fra opfølgningsmødet er ude",
            "rri 2026-07-20 Familien har invitationen til opfølgningsmødet",
        ),
        filed={
            "2026-06-10-familieplan": f"{ALL} {AREAS}",
            "2026-06-10-foelgebrev": ALL,
            "2026-06-10-referat-opf1": f"{ALL} {AREAS}",
            "2026-06-10-invitation-opf2": ALL,
        },
    ),
    Step(
        day="2026-08-03",
        what="the second follow-up",
        does=(
            held("opf2", "opfølgningsmøde"),
            instead("due: 2026-06-19\n", "due: 2026-06-19\n          done: 2026-06-18\n"),
            say("new", "minutes", FAMILY, "opf2"),
            *agreed("Ingolf taler om løn.", "2026-09-18", "2026-08-03"),
        ),
        state="aktiv",
        comes={"referat-opf2": f"{ALL} {AREAS}"},
        to_do=(
            "rri 2026-08-10 Referat og plan fra opfølgningsmødet er ude",
            "iik 2026-09-18 Ingolf taler om løn.",
            "rri 2026-09-28 Opfølgningsmøde (hver 8. uge)",
            "rri 2027-08-03 Opfølgningsmøde senest (mindst ét om året)",
        ),
        done=(
            "iik 2026-06-19 Ingolf finder en mentor.",
            "rri 2026-07-27 Familien har dagsordenen til opfølgningsmødet",
            "rri 2026-08-03 Opfølgningsmøde (hver 8. uge)",
            "rri 2027-06-08 Opfølgningsmøde senest (mindst ét om året)",
        ),
        waits={"foelgebrev": ALL, "referat": ALL},
    ),
    Step(
        day="2026-08-05",
        what="handed over",
        does=tuple(delivered(kind, ALL) for kind in ("familieplan", "foelgebrev", "referat")),
        state="aktiv",
        done=("rri 2026-08-10 Referat og plan fra opfølgningsmødet er ude",),
        filed={
            "2026-08-05-familieplan": f"{ALL} {AREAS}",
            "2026-08-05-foelgebrev": ALL,
            "2026-08-05-referat-opf2": f"{ALL} {AREAS}",
        },
    ),
)

NARROWING = (
    Step(
        day="2026-08-10",
        what="one goal is another; the next count of data is near",
        does=(instead("Signe sover syv timer i september 2026.", "Signe sover otte timer i november 2026."),),
        state="aktiv",
        comes={"dataanmodning": AREAS},
        told={"Datatræk om 14 dage": OFFICERS},
        waits={"familieplan": "signe"},
        shows={"familieplan-signe": "otte timer", "familieplan-BF": "Søvnskole"},
        hides={"familieplan-jeppe": "otte timer"},
    ),
    Step(
        day="2026-08-12",
        what="she gets that edition",
        does=(delivered("familieplan", "signe"),),
        state="aktiv",
        filed={"2026-08-12-familieplan": f"signe {AREAS}"},
    ),
    Step(
        day="2026-08-17",
        what="she takes her yes back for one area",
        does=(instead(YES["signe"], f"{YES['signe']}, withdrawn: [{{date: 2026-08-17, areas: [SO]}}]"),),
        state="aktiv",
        comes={"kvittering-for-tilbagekaldelse": "signe"},
        goes={"familieplan": "SO", "undersoegelse": "SO", "netvaerkskort": "SO", "dataanmodning": "SO"},
        told={"Adgangen til sagen lukkes": "ssk kko"},
        waits={"kvittering-for-tilbagekaldelse": "signe", "familieplan": "signe"},
        hides={"familieplan-BF": "Søvnskole"},
    ),
    Step(
        day="2026-08-18",
        what="she has it in writing",
        does=tuple(delivered(kind, "signe") for kind in ("familieplan", "kvittering-for-tilbagekaldelse")),
        state="aktiv",
        filed={"2026-08-18-familieplan": "signe BF BES DU", "2026-08-18-kvittering-for-tilbagekaldelse": "signe"},
    ),
    Step(
        day="2026-08-20",
        what="that area's adviser has left the team, and the data are counted",
        does=(
            instead("{staff: ssk, from: 2026-02-23,", "{staff: ssk, from: 2026-02-23, to: 2026-08-17,"),
            instead(COUNTED, f"{COUNTED}\n    - {{date: 2026-08-20, counts: {{BF: 1, BES: 1, DU: 1}}}}"),
        ),
        state="aktiv",
        goes={"dataanmodning": "BF BES DU"},
        done=("kko 2026-08-20 Datatræk 6 måneder efter start",),
        waits={"familieplan": "signe"},
    ),
)
OPEN_TASKS = (
    "iik 2026-09-18 Ingolf taler om løn.",
    "rri 2026-09-28 Opfølgningsmøde (hver 8. uge)",
    "kko 2027-02-22 Datatræk 12 måneder efter start",
    "rri 2027-08-03 Opfølgningsmøde senest (mindst ét om året)",
    "kko 2027-08-20 Datatræk 18 måneder efter start",
)
WITHDRAWN = (
    Step(
        day="2026-08-31",
        what="both parents take it all back",
        does=(
            instead(
                "withdrawn: [{date: 2026-08-17, areas: [SO]}",
                "withdrawn: [{date: 2026-08-17, areas: [SO]}, {date: 2026-08-31}",
            ),
            instead(YES["jeppe"], f"{YES['jeppe']}, withdrawn: [{{date: 2026-08-31}}]"),
        ),
        state="samtykke_trukket",
        comes={
            "kvittering-for-tilbagekaldelse": "jeppe",
            "afslutningsnotat": ALL,
            "dataanmodning": "BF BES DU",
        },
        goes={
            "boernesiden": "villads",
            "effektrapport": "BF",
            "familieplan": "BF BES DU",
            "interviewguide": "BF",
            "koereplan": "BF",
            "netvaerkskort": "signe frida BF BES DU",
            "overdragelsesnotat": "BF",
            "undersoegelse": f"{ALL} BF BES DU",
        },
        told={"Samarbejdet er stoppet": "rri iik bbl yym kko", "Et forløb er stoppet": "mmo tta"},
        to_do=("kko 2026-08-31 Datatræk ved afslutning",),
        done=OPEN_TASKS,
        waits={"kvittering-for-tilbagekaldelse": BOTH, "afslutningsnotat": ALL},
        shows={"familieplan-signe": "Historisk", "referat-opf2-jeppe": "Historisk"},
    ),
    Step(
        day="2026-09-07",
        what="the course is closed",
        does=(under("closing", "date: 2026-09-07", "reason: Samtykket er trukket tilbage."),),
        state="samtykke_trukket",
        to_do=("rri 2026-08-31 Det afsluttende interview",),
        waits={"kvittering-for-tilbagekaldelse": BOTH, "afslutningsnotat": ALL},
    ),
)
REACHED = (
    Step(
        day="2026-08-31",
        what="or the goals are reached, and the course is closed",
        does=(
            under(
                "closing",
                "date: 2026-08-31",
                "reason: Målene er nået.",
                "continues:",
                "  - {plan: barnets plan, area: BF}",
                "  - {plan: Min Plan, area: BES}",
                "  - {plan: handleplan, area: SO}",
            ),
        ),
        state="afsluttet",
        comes={"afslutningsbrev": ALL, "udgiftsanmodning": "", "dataanmodning": "BF BES DU"},
        goes={"foelgebrev": ALL},
        told={
            "Forløbet er afsluttet": "rri iik bbl yym",
            "Udgifter pr. måned": "oekonomi",
            "Datatræk nu": "kko data-bf data-bes data-du",
        },
        to_do=("kko 2026-08-31 Datatræk ved afslutning", "rri 2026-08-31 Det afsluttende interview"),
        done=OPEN_TASKS,
        waits={"afslutningsbrev": ALL},
        shows={"familieplan-signe": "Historisk", "referat-opf2-jeppe": "Historisk"},
    ),
)
