"""What the letters are tried with: the sample family's contexts, bare ones, and ones that are far too full."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from hopdocs.documents.family_picture.circles import draw_circles
from hopdocs.documents.kinds.boernesiden import BoernesidenContext, ChildContact
from hopdocs.documents.kinds.bordark import BordarkContext, SheetGoal
from hopdocs.documents.kinds.dagsorden import DagsordenContext
from hopdocs.documents.kinds.familieplan import FamilieplanContext
from hopdocs.documents.kinds.indkaldelse import IndkaldelseContext
from hopdocs.documents.kinds.informationsbrev import InformationsbrevContext
from hopdocs.documents.kinds.invitation import InvitationContext
from hopdocs.documents.kinds.netvaerkskort import NetvaerkskortContext
from hopdocs.documents.kinds.referat import ReferatContext
from hopdocs.documents.kinds.samtykkeerklaering import ReplacedPlan, SamtykkeerklaeringContext
from hopdocs.documents.kinds.undersoegelse import UndersoegelseContext
from hopdocs.documents.views import (
    ActivityLine,
    AgendaLine,
    AgreementLine,
    AreaLine,
    ChangesView,
    ChildLine,
    ChildPage,
    CircleLine,
    ClosingView,
    ContactBox,
    Context,
    DocumentInfo,
    FamilyMemberView,
    GoalPath,
    GoalView,
    GuestView,
    InterpreterView,
    MeetingView,
    MinutesLine,
    MovedView,
    MunicipalityBox,
    NetworkLine,
    Participant,
    Recipient,
    ScopeLine,
    SectorPlanLine,
    SharingLine,
    StatusLine,
    StrengthLine,
    TeamLine,
    WeekLine,
)
from hopdocs.documents.views.assessment import ChildView, PartStatus, PartView, UnderWay
from tests.unit.letters.course_samples import COURSE_CASES

LONG_TEXT = ("Sami fortæller om skolen & vennerne <3, og det er ikke altid let. " * 70)[:4000]
LONG_NAME = "Anne-Margrethe Wilhelmine von Blåbærgrød-Kastanjeskov-Regnbuehøj"
NOBODY = Recipient(
    key="", name="Alle ved mødet", first_name="Alle ved mødet", address_lines=(), is_professional=True, is_youth=False,
    interpreter_language="",
)  # fmt: skip
AREA = replace(NOBODY, key="BES", name="Beskæftigelse")
NADIRA = Recipient(
    key="nadira", name="Nadira Zamirandi", first_name="Nadira", address_lines=("Opdigtvej 44", "9999 Vesterlyng"),
    is_professional=False, is_youth=False, interpreter_language="dari",
)  # fmt: skip
YASMIN = replace(NADIRA, key="yasmin", name="Yasmin Zamirandi", first_name="Yasmin", is_youth=True,
                 interpreter_language="")  # fmt: skip
MUNICIPALITY = MunicipalityBox(
    name="Vesterlyng Kommune", unit="Familierådgivningen", address="Opdigtvej 1, 9999 Vesterlyng", phone="00 00 12 00",
    email="hop@vesterlyng.example", website="https://vesterlyng.example/hop", cvr="",
)  # fmt: skip
COORDINATOR = ContactBox(
    role="projektkoordinator", name="Kamma Korsedderkop", title="projektkoordinator", area="", phone="00 00 12 01",
    email="kko@vesterlyng.example", substitute="", absences=(),
)  # fmt: skip
INGOLF = ContactBox(
    role="tovholder", name="Ingolf Iskrystal", title="integrationsrådgiver", area="Beskæftigelse", phone="00 00 12 10",
    email="iik@vesterlyng.example", substitute="Rigmor Rimfrost, telefon 00 00 12 02", absences=(),
)  # fmt: skip
LAW = ("barnets lov § 110",)


def document(kind: str, title: str, *, version: int = 1, draft: bool = False) -> DocumentInfo:
    return DocumentInfo(
        title=title, kind=kind, version=version, date=date(2026, 11, 3), replaces=version - 1, draft=draft
    )


def areas() -> tuple[AreaLine, ...]:
    names = {"BF": "Børn og Familie", "DU": "Dagtilbud og Undervisning", "HP": "Handicap og Psykiatri",
             "BES": "Beskæftigelse", "SO": "Sundhed og Omsorg"}  # fmt: skip
    return tuple(AreaLine(code=code, name=name, is_health=code == "SO") for code, name in names.items())


def meeting(kind: str = "familieplansmøde") -> MeetingView:
    return MeetingView(
        id="familieplan", type=kind, date=date(2026, 11, 24), start=time(10), end=time(12), minutes=120,
        when="tirsdag den 24.\u00a0november 2026 kl.\u00a010.00–12.00",
        place="Mødelokale Havørnen, Opdigtvej 1, 9999 Vesterlyng", directions="Indgang fra gården. Der er elevator.",
    )  # fmt: skip


def participants() -> tuple[Participant, ...]:
    people = (
        ("Rigmor Rimfrost", "familierådgiver", "Børn og Familie", "myndighed", ""),
        ("Ingolf Iskrystal", "integrationsrådgiver", "Beskæftigelse", "myndighed", ""),
        ("Sofus Skumring", "medarbejder i kommunen", "", "", ""),
        ("Yrsa Ymerdrys", "uddannelsesvejleder", "Dagtilbud og Undervisning", "myndighed", ""),
        ("Nina Nyretræ", "AKT-vejleder", "Dagtilbud og Undervisning", "udfører", "Pelle Pærevang"),
    )
    return tuple(
        Participant(name=name, title=title, area=area, function=function, stands_in_for=stand,
                    is_tovholder=name == "Ingolf Iskrystal")
        for name, title, area, function, stand in people
    )  # fmt: skip


def children() -> tuple[ChildLine, ...]:
    return (
        ChildLine(name="Yasmin Zamirandi", first_name="Yasmin", attends=True, part="",
                  reason="Hun er 17 år og en del af planen.", view="", is_reader=False),
        ChildLine(name="Sami Zamirandi", first_name="Sami", attends=True, part="de første 30 minutter",
                  reason="Han vil selv fortælle om skolen.", view="", is_reader=False),
        ChildLine(name="Lina Zamirandi", first_name="Lina", attends=False, part="",
                  reason="Emnerne er for de voksne.", view="Har tegnet sine ønsker.", is_reader=False),
        ChildLine(name="Omar Zamirandi", first_name="Omar", attends=False, part="", reason="", view="",
                  is_reader=False),
    )  # fmt: skip


def agenda() -> tuple[AgendaLine, ...]:
    points = ("Velkomst og præsentation", "Hvad er vigtigst for jer?", "Mål for det næste halve år", "Hvem gør hvad",
              "Valg af tovholder", "Næste møde")  # fmt: skip
    return tuple(
        AgendaLine(
            number=number, point=point, minutes=20 if number % 2 else 0, by="Ingolf Iskrystal" if number == 1 else ""
        )
        for number, point in enumerate(points, 1)
    )


def informationsbrev(recipient: Recipient = NADIRA) -> InformationsbrevContext:
    return InformationsbrevContext(
        document=document("informationsbrev", "Informationsbrev"), municipality=MUNICIPALITY, case_number="26-012345",
        recipient=recipient, tovholder=COORDINATOR, areas=areas(), follow_up_weeks=8, legal_basis=LAW,
    )  # fmt: skip


def samtykkeerklaering(recipient: Recipient = NADIRA) -> SamtykkeerklaeringContext:
    return SamtykkeerklaeringContext(
        document=document("samtykkeerklaering", "Samtykkeerklæring"), municipality=MUNICIPALITY,
        case_number="26-012345", recipient=recipient, tovholder=COORDINATOR, areas=areas(),
        children=("Sami Zamirandi", "Lina Zamirandi", "Omar Zamirandi"), months=12, legal_basis=LAW,
        replaces=(ReplacedPlan(name="Ungeplan", for_=("Yasmin",)), ReplacedPlan(name="Min Plan", for_=())),
        are_replaced=True, replacing_law=("Ungeplan (Yasmin): barnets lov § 110, stk. 3",),
    )  # fmt: skip


def invitation(recipient: Recipient = NADIRA) -> InvitationContext:
    return InvitationContext(
        document=document("invitation", "Invitation til familieplansmøde"), municipality=MUNICIPALITY,
        case_number="26-012345", recipient=recipient, tovholder=INGOLF, meeting=meeting(), cancelled=False, reason="",
        moved=None, message="", participants=participants(),
        guests=(GuestView(name="Dagny Dugfrisk", role="bisidder"),),
        family=("Tariq Zamirandi", "Yasmin Zamirandi"),
        family_points=("Vi vil gerne tale om Samis skole.", "Hvornår kan Tariq begynde i praktik?"), agenda=agenda(),
        children=children(), interpreter=InterpreterView(language="dari", name="Tolkebureauet Ordrig", is_booked=True),
        enclosures=("dagsordenen", "familieplanen"),
    )  # fmt: skip


def youth_invitation() -> InvitationContext:
    own = replace(children()[0], is_reader=True)
    return replace(invitation(YASMIN), children=(own,), family=("Nadira Zamirandi", "Tariq Zamirandi"))


def moved_invitation() -> InvitationContext:
    moved = MovedView(from_=datetime(2026, 11, 17, 10), reason="Tolken meldte afbud.")  # noqa: DTZ001 - local time
    return replace(invitation(), moved=moved)


def cancelled_invitation() -> InvitationContext:
    return replace(
        invitation(), cancelled=True, reason="Tolken meldte afbud.", participants=(), guests=(), family=(),
        family_points=(), agenda=(), children=(), interpreter=None, enclosures=(),
    )  # fmt: skip


def indkaldelse() -> IndkaldelseContext:
    return IndkaldelseContext(
        document=document("indkaldelse", "Indkaldelse til familieplansmøde"), municipality=MUNICIPALITY,
        case_number="26-012345", recipient=NOBODY, tovholder=INGOLF, meeting=meeting(), moved=None,
        family_name="Familien Zamirandi", message="", participants=participants(), guests=(),
        family=("Nadira Zamirandi", "Tariq Zamirandi", "Yasmin Zamirandi"), children=children(),
        interpreter=InterpreterView(language="dari", name="", is_booked=False),
        scope=(
            ScopeLine(name="Nadira Zamirandi", areas=tuple(area.name for area in areas())),
            ScopeLine(name="Tariq Zamirandi", areas=("Børn og Familie", "Beskæftigelse")),
            ScopeLine(name="Yasmin Zamirandi", areas=()),
        ),
        own_part_due=None, records_name="eDoc", case_url="https://records.vesterlyng.example/26-012345",
    )  # fmt: skip


def professional_indkaldelse() -> IndkaldelseContext:
    return replace(
        indkaldelse(), meeting=meeting("fagligt formøde"), family=(), children=(), interpreter=None,
        own_part_due=date(2026, 11, 5),
    )  # fmt: skip


def dagsorden() -> DagsordenContext:
    return DagsordenContext(
        document=document("dagsorden", "Dagsorden"), municipality=MUNICIPALITY, case_number="26-012345",
        recipient=NOBODY, tovholder=INGOLF, meeting=meeting(), family_name="Familien Zamirandi", is_for_family=True,
        message="", agenda=agenda(), planned_minutes=60, family_points=("Vi vil gerne tale om Samis skole.",),
        open_tasks=(AgreementLine(agreed="Nadira spørger sin bror", who="Nadira Zamirandi", is_readers=False, due=None,
                                  decided_in=""),),
        participants=participants(), guests=(GuestView(name="Dagny Dugfrisk", role=""),),
        family=("Nadira Zamirandi", "Tariq Zamirandi", "Yasmin Zamirandi"), children=children()[1:3],
        interpreter=InterpreterView(language="dari", name="", is_booked=True),
    )  # fmt: skip


def referat(recipient: Recipient = NADIRA) -> ReferatContext:
    agreed = "Pelle møder Sami ved døren tre morgener om ugen"
    return ReferatContext(
        document=document("referat", "Referat af familieplansmøde"), municipality=MUNICIPALITY,
        case_number="26-012345", recipient=recipient, tovholder=INGOLF, meeting=meeting(),
        family_name="Familien Zamirandi", is_for_family=True, leader="Ingolf Iskrystal",
        note_taker="Rigmor Rimfrost", approved=date(2026, 11, 25), participants=participants(),
        guests=(GuestView(name="Dagny Dugfrisk", role="bisidder"),), family=("Nadira Zamirandi", "Sami Zamirandi"),
        absent=("Tariq Zamirandi",), excused=("Pelle Pærevang",), children=children(),
        interpreter=InterpreterView(language="dari", name="", is_booked=True),
        points=(
            MinutesLine(point="Det vil familien gerne tale om", text="Sami har ondt i maven", agreed=agreed),
            MinutesLine(point="Hvem gør hvad", text="", agreed="Nadira spørger sin bror"),
            MinutesLine(point="Næste møde", text="Det bliver i januar.", agreed=""),
        ),
        agreements=(
            AgreementLine(agreed="Nadira spørger sin bror", who="Nadira Zamirandi", is_readers=True, due=None,
                          decided_in=""),
            AgreementLine(agreed=agreed, who="Pelle Pærevang", is_readers=False, due=date(2026, 12, 1),
                          decided_in="Dagtilbud og Undervisning"),
        ),
        family_remarks="Vi vil gerne have Ingolf til at blive ved", internal="",
        changes=("Ny hjælp: AKT-forløb med fast voksen.",), next_meeting=meeting("opfølgningsmøde"),
    )  # fmt: skip


def draft_referat() -> ReferatContext:
    """Before it is approved, in an area's copy of a meeting without the family."""
    return replace(
        referat(replace(NOBODY, key="DU", name="Dagtilbud og Undervisning")), approved=None, is_for_family=False,
        document=document("referat", "Udkast til referat af fagligt formøde", draft=True), family=(), children=(),
        meeting=meeting("fagligt formøde"), internal="Underretningen tages for sig.",
    )  # fmt: skip


def activity(what: str = "AKT-forløb med fast voksen", **changes: object) -> ActivityLine:
    line = ActivityLine(
        what=what, for_=("Sami",), area="Dagtilbud og Undervisning", responsible="Pelle Pærevang",
        start=date(2026, 11, 9), end=date(2027, 4, 30), until="30.\u00a0april 2027", hours_per_week=Decimal("1.5"),
        follow_up="Møde på skolen hver 6. uge", followed_up_by="Pelle Pærevang", decision="bevilget",
        decision_text="Dagtilbud og Undervisning har besluttet det.", law="", continues_in="",
    )  # fmt: skip
    return replace(line, **changes)  # type: ignore[arg-type]


def familieplan(recipient: Recipient = NADIRA) -> FamilieplanContext:
    work = activity(
        "Virksomhedspraktik i Vesterlyng Gartneri", for_=("Tariq",), area="Beskæftigelse",
        responsible="Ingolf Iskrystal", start=date(2026, 12, 1), end=None,
        until="løbende, tages op den 22. december 2026",
        hours_per_week=Decimal(20), follow_up="Samtale på arbejdspladsen hver 4. uge", decision="afventer",
        decision_text="Beskæftigelse skal beslutte det. Det er ikke afgjort endnu.",
        law="lov om en aktiv beskæftigelsesindsats § 57", continues_in="Min Plan",
    )  # fmt: skip
    reading = StatusLine(date=date(2026, 11, 10), goal="Samis fravær er under 10 % i marts 2027.", progress="på vej",
                         note="Fraværet i november er 22 %.")  # fmt: skip
    goals = (
        GoalView(number=1, for_=("Tariq",), words="Jeg vil forsørge min familie.",
                 need="Erfaring fra en dansk arbejdsplads.", goal="Tariq er i arbejde senest 1. september 2027.",
                 sign="Mindst 20 timers ordinært arbejde om ugen.", direction="job", status=None, ended=None,
                 ended_reason="", activities=(work,), heading="Job, uddannelse og økonomi"),
        GoalView(number=2, for_=("Sami",), words="Jeg vil gerne have en voksen i frikvarteret.",
                 need="En fast voksen og en rolig morgen.", goal=reading.goal, sign="Fraværet falder hver måned.",
                 direction="børnenes trivsel", status=reading, ended=None, ended_reason="", activities=(activity(),),
                 path=GoalPath(baseline="38 % (september 2026)", now="31 % (oktober 2026)", wanted="højst 10 %"),
                 heading="Sundhed"),
    )  # fmt: skip
    next_meeting = meeting("opfølgningsmøde")
    return FamilieplanContext(
        document=document("familieplan", "Familieplan", version=2, draft=True), municipality=MUNICIPALITY,
        case_number="26-012345", recipient=recipient, tovholder=INGOLF, family_name="Familien Zamirandi",
        start_date=date(2026, 10, 6), next_meeting=next_meeting,
        shared_goal="Vi vil have en hverdag, hvor alle kommer godt af sted om morgenen.",
        members=tuple(
            FamilyMemberView(name=f"{name} Zamirandi", first_name=name, role=role, lives_with=(), language="dari")
            for name, role in (("Nadira", "forælder"), ("Tariq", "forælder"), ("Yasmin", "barn"), ("Sami", "barn"),
                               ("Lina", "barn"), ("Omar", "barn"))
        ),
        team=tuple(
            TeamLine(name=person.name, title=person.title, area=person.area or "Sundhed og Omsorg",
                     function=person.function, for_=("Sami",) if number % 2 else (),
                     phone="00 00 12 02" if number else "",
                     email="rri@vesterlyng.example", is_tovholder=person.is_tovholder)
            for number, person in enumerate(participants())
        ),
        network=(
            NetworkLine(name="Farbror Karim", relation="farbror", circle="meget tæt",
                        helps_with="henter Lina om torsdagen"),
            NetworkLine(name="Vesterlyng Boldklub", relation="", circle="tæt", helps_with=""),
        ),
        goals=goals,
        ended_goals=(replace(goals[0], number=3, ended=date(2026, 11, 1),
                             ended_reason="Det var ikke vigtigt længere."),),
        children=(
            ChildPage(name="Sami Zamirandi", first_name="Sami", view="Han vil selv fortælle om skolen.",
                      words=(goals[1].words,), goals=(goals[1].goal,),
                      activities=("AKT-forløb med fast voksen (Pelle Pærevang)",)),
            ChildPage(name="Lina Zamirandi", first_name="Lina", view="Har tegnet sine ønsker sammen med Birthe.",
                      words=(), goals=(), activities=()),
        ),
        week=(
            WeekLine(name="Sami", hours=Decimal("1.5"), activities=("AKT-forløb med fast voksen (1,5 timer)",)),
            WeekLine(name="Tariq", hours=Decimal(20),
                     activities=("Virksomhedspraktik i Vesterlyng Gartneri (20 timer)",)),
        ),
        week_day=date(2026, 11, 24), follow_up_weeks=8, follow_up_reason="", history=(reading,),
        sector_plans=(
            SectorPlanLine(name="Min Plan", area="Beskæftigelse", for_=("Tariq",), source="Momentum",
                           relation="erstattes", relation_text="Den bliver en del af denne plan.",
                           law="lov om en aktiv beskæftigelsesindsats § 40", is_attached=True),
            SectorPlanLine(name="Ungeplan", area="Børn og Familie", for_=("Yasmin",), source="DUBU",
                           relation="særskilt", relation_text="Den findes for sig selv.", law="", is_attached=False),
        ),
        sharing=(
            SharingLine(name="Nadira Zamirandi", areas=("Børn og Familie", "Beskæftigelse"), until=date(2027, 9, 22),
                        is_as_parents=False),
            SharingLine(name="Sami Zamirandi", areas=(), until=None, is_as_parents=True),
        ),
        legal_basis=LAW, closing=None,
        strengths=(
            StrengthLine(text="Forældrene holder sammen om børnene", area=""),
            StrengthLine(text="Sami er glad for idræt.", area="Dagtilbud og Undervisning"),
        ),
        when_hard=("Farbror Karim henter børnene",),
        changes=ChangesView(
            since=date(2026, 11, 24),
            sentences=(
                "Målet »Samis fravær er under 10 % i marts 2027« er på vej.",
                "Ny hjælp: Legegruppe for Lina. Fra den 1. december 2026.",
                "Mødet er flyttet fra tirsdag den 19. januar 2027 kl. 10.00–11.30 til onsdag den 20. januar 2027.",
            ),
        ),
    )  # fmt: skip


def closed_plan() -> FamilieplanContext:
    """The last copy: nothing to meet about any more."""
    return replace(
        familieplan(), document=document("familieplan", "Familieplan", version=9), next_meeting=None, week=(),
        changes=ChangesView(since=None, sentences=()),
        closing=ClosingView(date=date(2027, 10, 12), reason="Målene er nået",
                            continues=("Barnets plan (Børn og Familie)",)),
    )  # fmt: skip


def unwritten_plan(recipient: Recipient = NADIRA) -> FamilieplanContext:
    """The draft before anybody has written in it."""
    return replace(
        familieplan(recipient), strengths=(), shared_goal="", goals=(), ended_goals=(), children=(), when_hard=(),
        own_points=(), history=(), week=(),
    )  # fmt: skip


def netvaerkskort(recipient: Recipient = NADIRA) -> NetvaerkskortContext:
    plan = familieplan(recipient)
    network = (
        CircleLine(circle="Meget tæt", name="Farbror Karim", relation="farbror", for_=(),
                   helps_with="henter Lina om torsdagen", contact_ok=True),
        CircleLine(circle="Tæt", name="Vesterlyng Boldklub", relation="", for_=("Sami",), helps_with="",
                   contact_ok=False),
    )  # fmt: skip
    return NetvaerkskortContext(
        document=document("netvaerkskort", "Netværkskort"), municipality=MUNICIPALITY, case_number="26-012345",
        recipient=recipient, tovholder=INGOLF, family_name="Familien Zamirandi", network=network, team=plan.team,
        map=draw_circles("Familien Zamirandi", network, plan.team),
    )  # fmt: skip


def undersoegelse(recipient: Recipient = NADIRA) -> UndersoegelseContext:
    plan = familieplan(recipient)
    return UndersoegelseContext(
        document=document("undersoegelse", "Familiefaglig undersøgelse", draft=True), municipality=MUNICIPALITY,
        case_number="26-012345", recipient=recipient, tovholder=INGOLF, family_name="Familien Zamirandi",
        formoede=meeting("fagligt formøde"), members=plan.members,
        statuses=(
            PartStatus(area="Børn og Familie", by="Rigmor Rimfrost", written=date(2026, 11, 3), due=None,
                       is_shown=True),
            PartStatus(area="Beskæftigelse", by="Ingolf Iskrystal", written=date(2026, 11, 3), due=None,
                       is_shown=False),
            PartStatus(area="Sundhed og Omsorg", by="Sofus Skumring", written=None, due=date(2026, 11, 5),
                       is_shown=False),
        ),
        parts=(
            PartView(area="Børn og Familie", by="Rigmor Rimfrost", title="familierådgiver", date=date(2026, 11, 3),
                     for_=("Sami",), works="Forældrene holder sammen om børnene", concerns="Sami går glip af skolen",
                     wishes="Ro om morgenen", sources="Tre samtaler", file="bf.txt",
                     internal="Nævn ikke lånet" if recipient.is_professional else ""),
        ),
        children=(ChildView(first_name="Lina", view="Har tegnet sine ønsker"),),
        under_way=(
            UnderWay(what="AKT-forløb med fast voksen", for_=("Sami",), area="Dagtilbud og Undervisning",
                     responsible="Pelle Pærevang", period="9.\u00a0november 2026–30.\u00a0april 2027",
                     hours="1,5 timer om ugen", marks=("Samme mål arbejder også Børn og Familie med.",)),
        ),
        under_way_day=date(2026, 11, 10), sharing=plan.sharing,
    )  # fmt: skip


def boernesiden(**changes: object) -> BoernesidenContext:
    page = BoernesidenContext(
        document=document("boernesiden", "En side til dig"), municipality=MUNICIPALITY, case_number="26-012345",
        recipient=replace(NADIRA, key="sami", name="Sami Zamirandi", first_name="Sami", is_youth=True),
        tovholder=INGOLF, words=("Jeg vil gerne have en voksen i frikvarteret.",), view="Han har selv fortalt",
        goals=("Du er i skole hver dag",), happens=("AKT-forløb, sammen med Pelle Pærevang",),
        contacts=(ChildContact(name="Pelle Pærevang", title="AKT-vejleder", phone="00 00 12 07"),
                  ChildContact(name="Rigmor Rimfrost", title="familierådgiver", phone="")),
        next_meeting=meeting(), takes_part=True, part="De første 30 minutter",
    )  # fmt: skip
    return replace(page, **changes)  # type: ignore[arg-type]


def bordark() -> BordarkContext:
    return BordarkContext(
        document=document("bordark", "Ark til bordet"), municipality=MUNICIPALITY, case_number="26-012345",
        recipient=NADIRA, tovholder=INGOLF, meeting=meeting(), family_name="Familien Zamirandi",
        shared_goal="Vi vil godt af sted om morgenen.",
        goals=(
            SheetGoal(number=1, for_=("Tariq",), words="Jeg vil forsørge min familie.", goal="Tariq er i arbejde.",
                      activities=("Virksomhedspraktik",)),
            SheetGoal(number=2, for_=(), words="", goal="Vi spiser sammen.", activities=()),
        ),
    )  # fmt: skip


def bare(context: Context) -> Context:
    """The same context with all empty that may be empty."""
    keep = {"document", "municipality", "recipient", "tovholder", "meeting", "areas", "participants"}
    blank: dict[str, object] = {}
    for name in type(context).__dataclass_fields__:
        value = getattr(context, name)
        if name in keep:
            continue
        if isinstance(value, tuple):
            blank[name] = ()
        elif isinstance(value, str) and name != "family_name":
            blank[name] = ""
        elif name in ("moved", "interpreter", "next_meeting", "own_part_due", "closing", "approved", "formoede"):
            blank[name] = None
    tovholder = replace(context.tovholder, phone="", substitute="", absences=(), area="")
    return replace(context, tovholder=tovholder, recipient=replace(context.recipient, address_lines=()),
                   municipality=replace(context.municipality, website=""), **blank)  # type: ignore[arg-type]  # fmt: skip


CASES: dict[str, tuple[str, Context]] = {
    "informationsbrev": ("informationsbrev", informationsbrev()),
    "informationsbrev-let": ("informationsbrev.let", informationsbrev()),
    "informationsbrev-ung": ("informationsbrev.ung", informationsbrev(YASMIN)),
    "samtykkeerklaering": ("samtykkeerklaering", samtykkeerklaering()),
    "invitation": ("invitation", invitation()),
    "invitation-flyttet": ("invitation", moved_invitation()),
    "invitation-aflyst": ("invitation", cancelled_invitation()),
    "invitation-ung": ("invitation.ung", youth_invitation()),
    "indkaldelse": ("indkaldelse", indkaldelse()),
    "indkaldelse-formoede": ("indkaldelse", professional_indkaldelse()),
    "dagsorden": ("dagsorden", dagsorden()),
    "referat": ("referat", referat()),
    "referat-ung": ("referat", referat(YASMIN)),
    "referat-udkast": ("referat", draft_referat()),
    "familieplan": ("familieplan", familieplan()),
    "familieplan-afsluttet": ("familieplan", closed_plan()),
    "boernesiden": ("boernesiden", boernesiden()),
    "boernesiden-ikke-med": ("boernesiden", boernesiden(takes_part=False, part="", contacts=(), view="")),
    "bordark": ("bordark", bordark()),
    "undersoegelse": ("undersoegelse", undersoegelse()),
    "undersoegelse-fagomraade": ("undersoegelse", undersoegelse(replace(NOBODY, key="BES", name="Beskæftigelse"))),
    "netvaerkskort": ("netvaerkskort", netvaerkskort()),
    "netvaerkskort-fagomraade": ("netvaerkskort", netvaerkskort(AREA)),
    "familieplan-uskrevet": ("familieplan", unwritten_plan()),
    "familieplan-uskrevet-fagomraade": ("familieplan", unwritten_plan(AREA)),
    "familieplan-fagomraade": ("familieplan", familieplan(AREA)),
    **COURSE_CASES,
}
"""Every letter as it mostly looks: template stem and context."""


def crowded_plan() -> FamilieplanContext:
    """A plan that is far too full: long texts, long names, many children and activities."""
    plan = familieplan(replace(NADIRA, name=LONG_NAME))
    work = replace(plan.goals[0].activities[0], what=LONG_TEXT, responsible=LONG_NAME, for_=(LONG_NAME,) * 4)
    goal = replace(plan.goals[0], words=LONG_TEXT, need=LONG_TEXT, for_=(LONG_NAME,) * 9,
                   activities=(activity(), work, *(activity(for_=(LONG_NAME,)) for _ in range(12))))  # fmt: skip
    pages = tuple(replace(plan.children[0], first_name=f"{LONG_NAME} {number}") for number in range(1, 13))
    return replace(plan, family_name=f"Familien {LONG_NAME}", shared_goal=LONG_TEXT, children=pages,
                   goals=(goal, *(replace(plan.goals[1], number=number) for number in range(2, 8))))  # fmt: skip


def crowded_invitation() -> InvitationContext:
    """An invitation that is far too full."""
    many = tuple(replace(child, first_name=LONG_NAME, reason=LONG_TEXT) for child in children()[:2]) * 2
    return replace(
        invitation(replace(NADIRA, name=LONG_NAME, first_name=LONG_NAME)), message=LONG_TEXT, children=many,
        family=(LONG_NAME,) * 5, participants=participants() * 4, family_points=(LONG_TEXT,) * 2,
    )  # fmt: skip


def crowded_referat() -> ReferatContext:
    """Minutes that are far too full."""
    minutes = referat(replace(NADIRA, name=LONG_NAME, first_name=LONG_NAME))
    return replace(
        minutes, points=tuple(replace(line, text=LONG_TEXT, agreed=LONG_TEXT[:400]) for line in minutes.points * 4),
        agreements=tuple(replace(line, agreed=LONG_TEXT[:400], who=LONG_NAME) for line in minutes.agreements * 6),
        family_remarks=LONG_TEXT, absent=(LONG_NAME,) * 6, participants=participants() * 4,
    )  # fmt: skip


STRESS: dict[str, tuple[str, Context]] = {
    "familieplan-overfyldt": ("familieplan", crowded_plan()),
    "invitation-overfyldt": ("invitation", crowded_invitation()),
    "referat-overfyldt": ("referat", crowded_referat()),
}
"""What no family should get, and must still be whole."""
