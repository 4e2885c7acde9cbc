"""A course from enquiry to its end, day by day, as the tables of who gets what and who is told what have it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from tests.service.mailbox import Mailbox
from tests.service.played import FAMILY, Played, agreed, delivered, held, instead, meeting, say, under
from tests.service.watched import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

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
ON_PAGES = {
    "henvendt": "henvendelsen er modtaget",
    "informeret": "familien er informeret",
    "samtykke_afventer": "samtykket afventer",
    "samtykke_afslaaet": "familien har sagt nej tak",
    "samtykke_givet": "samtykket er givet",
    "opstart": "opstart",
    "aktiv": "i gang",
    "samtykke_trukket": "samtykket er trukket tilbage",
    "afsluttet": "afsluttet",
}


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


def names(listed: Mapping[str, str]) -> set[str]:
    """Each document's name without its ending."""
    return {
        f"{kind}-{who}" if who else kind for kind, all_of_them in listed.items() for who in all_of_them.split() or [""]
    }


def pairs(listed: Mapping[str, str]) -> set[tuple[str, str]]:
    return {(who, kind) for kind, all_of_them in listed.items() for who in all_of_them.split()}


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
            under("measurements", "services:", "  - {date: 2026-02-20, counts: {BF: 1, BES: 1, SO: 1, DU: 1}}"),
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
        shows={"undersoegelse-BF": "Sofus Skumring"},
    ),
)

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
        hides={"undersoegelse-BF": "Sofus Skumring"},
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
        waits={"ny-tovholder": ALL, "invitation": ALL, "familieplan": ALL, "foelgebrev": ALL},
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
        waits={"ny-tovholder": ALL, "invitation": ALL, "familieplan": ALL, "foelgebrev": ALL, "referat": ALL},
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
            "2026-04-16-familieplan": ALL,
            "2026-04-16-foelgebrev": ALL,
            "2026-04-16-referat-familieplan": ALL,
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
        waits={"invitation": ALL, "familieplan": ALL, "foelgebrev": ALL, "referat": ALL},
    ),
    Step(
        day="2026-06-10",
        what="handed over again, with the next invitation",
        does=(
            *(delivered(kind, ALL) for kind in ("familieplan", "foelgebrev", "referat")),
            delivered("invitation-opf2-signe", ALL),
        ),
        state="aktiv",
        done=("rri 2026-07-20 Familien har invitationen til opfølgningsmødet",),
        filed={
            "2026-06-10-familieplan": ALL,
            "2026-06-10-foelgebrev": ALL,
            "2026-06-10-referat-opf1": ALL,
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
        waits={"familieplan": ALL, "foelgebrev": ALL, "referat": ALL},
    ),
    Step(
        day="2026-08-05",
        what="handed over",
        does=tuple(delivered(kind, ALL) for kind in ("familieplan", "foelgebrev", "referat")),
        state="aktiv",
        filed={"2026-08-05-familieplan": ALL, "2026-08-05-foelgebrev": ALL, "2026-08-05-referat-opf2": ALL},
    ),
)


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Played]:
    with Mailbox() as mailbox:
        course = Played(tmp_path / "workspace", mailbox)
        course.file.write_text(BEGINNING, "utf-8")
        course.day = BEFORE_CONSENT[0].day
        course.run("notices", "start")
        yield course


def play(course: Played, steps: tuple[Step, ...], files: set[str], tasks: set[str]) -> None:
    """Each day what it brings, no fault, and all that was handed over before as it was."""
    for step in steps:
        course.day = step.day
        for edit in step.does:
            edit(course)
        seen = course.look()
        files |= names(step.comes)
        files -= names(step.goes)
        tasks |= set(step.to_do)
        tasks -= set(step.done)
        where = f"{step.day}: {step.what}"
        assert seen.files == files, where
        assert seen.mails == pairs(step.told), where
        assert seen.tasks == tasks, where
        assert seen.waits == {f"{kind}: {who}" for who, kind in pairs(step.waits)}, where
        assert seen.filed == names(step.filed), where
        course.hold_what_was_handed_over()
        course.has_no_fault()
        says(course, step)


def says(course: Played, step: Step) -> None:
    """The state in `status` and on both pages, a page for each who has something to do, and words in documents."""
    assert course.state() == step.state
    for page in (course.out / "overblik.html", course.out.parent / "overblik.html"):
        assert ON_PAGES[step.state] in page.read_text("utf-8").casefold(), (step.day, page)
    for line in step.to_do:
        assert (course.root / "out" / "_opgaver" / f"{line.split()[0]}.html").is_file()
    for stem, words in step.shows.items():
        assert words in text_of(course.out / f"{stem}.docx"), (step.day, stem)
    for stem, words in step.hides.items():
        assert words not in text_of(course.out / f"{stem}.docx"), (step.day, stem)


def test_a_course_is_what_the_tables_say_on_each_of_its_days(played: Played) -> None:
    files: set[str] = set()
    tasks: set[str] = set()
    play(played, BEFORE_CONSENT, files, tasks)
    play(played, STARTING, files, tasks)
    play(played, TOGETHER, files, tasks)
