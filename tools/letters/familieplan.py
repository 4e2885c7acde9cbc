"""The one plan: the family's own words first, then who does what, how it is followed up, and what belongs to it.

One copy a reader. A section with nothing to say is gone with its heading; no sentence here decides or promises help:
each activity says which area decides (samarbejdsaftale 2023, Beslutningskompetence).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.letters.forms import tick_or_write
from tools.letters.frame import case_line, letter, of_children, section, section_when, told, tovholder_box
from tools.letters.unwritten_plan import IS_UNWRITTEN, unwritten_sections
from tools.letters.wordml import (
    Cell,
    box,
    bullets,
    each,
    heading,
    paragraph,
    row,
    rows_each,
    rows_when,
    table,
    title,
    when,
)

if TYPE_CHECKING:
    from tools.letters.package import Letter

NAME = "Familieplan"
_TO = "Fortroligt{% if recipient.is_professional %} – kun til fagområdet{% else %} – til familien{% endif %}"

_CONTACT = "{% if tovholder.role == 'tovholder' %}Tovholder{% else %}Kontaktperson{% endif %}"

_FACT_MM = (46, 120)
_PATH_MM = (52, 52, 62)
_ACTIVITY_MM = (50, 34, 44, 38)
_TEAM_MM = (84, 34, 48)
_NETWORK_MM = (50, 36, 80)
_WEEK_MM = (44, 28, 94)
_HISTORY_MM = (24, 56, 28, 58)
_PLAN_MM = (32, 26, 42, 66)
_SHARING_MM = (36, 100, 30)


def familieplan() -> Letter:
    """The plan."""
    return letter(
        NAME,
        case_line(),
        title(told("Vores familieplan", "Familiens plan")),
        paragraph("{{ family_name }}", "Subtitle"),
        _draft(),
        _facts(),
        _reader(),
        _changes(),
        when(IS_UNWRITTEN, *unwritten_sections(), _decides_nothing(), otherwise=_sections()),
        to=_TO,
    )


def _sections() -> tuple[str, ...]:
    """All that a plan may say, each gone with its heading when there is nothing to say."""
    return (
        section_when("strengths", "Hvad går godt?", _strengths()),
        section_when(
            "shared_goal",
            f"Hvad vil {told('I', 'familien')} gerne opnå?",
            paragraph("{{ shared_goal }}", "Quote"),
        ),
        each(
            "goal in goals",
            when(
                "goal.heading",
                # A sentence of its own, since LibreOffice leaves a heading behind whose next one has no room.
                section("{{ goal.heading }}", paragraph("Under hvert mål står, hvem der gør hvad.")),
            ),
            _goal(),
        ),
        section_when("children", f"Hvad sker der for {of_children('børnene')}?", each("child in children", _child())),
        section_when("week", "Hvordan ser ugen ud?", _week()),
        section(
            told("Hvem kan I ringe til?", "Hvem arbejder med familien?"),
            tovholder_box(told("Jeres", "Familiens")),
            when("team", _team()),
        ),
        section_when("own_points", "Hvad vil familien tale med jer om?", *_own_points()),
        section_when("network", f"Hvem har {told('I ellers omkring jer', 'familien ellers omkring sig')}?", _network()),
        when(
            "closing",
            section("Hvad sker der nu, hvor forløbet er slut?", *_after_the_end()),
            otherwise=[section("Hvordan følger vi op?", *_follow_up())],
        ),
        section_when("history", "Hvordan er det gået indtil nu?", _history()),
        section_when("ended_goals", "Hvilke mål er afsluttet?", each("goal in ended_goals", _ended())),
        section("Hvad gør vi, hvis det bliver svært?", *_when_hard()),
        section_when("sector_plans", "Hvilke andre planer hører til?", _sector_plans()),
        section_when("sharing", "Hvem må vide hvad?", *_sharing()),
        _decides_nothing(),
        _law(),
        # Last, since it fills what may be a page of its own: the rules alone would leave one nearly blank.
        section_when("not recipient.is_professional and not closing", "Har vi læst planen sammen?", *_read()),
    )


def _decides_nothing() -> str:
    return paragraph(
        "Planen samler aftaler og hjælp. Den er ikke en afgørelse. Hvert fagområde beslutter selv om sin hjælp og "
        "giver besked om det.",
        "EfterTabel",
        keep_next=True,
    )


def _draft() -> str:
    return when(
        "document.draft",
        box(
            paragraph("Udkast", "Bokshoved"),
            paragraph(
                f"{{% if {IS_UNWRITTEN} %}}Her står ikke noget endnu. Vi skriver planen sammen på familieplansmødet."
                "{% else %}Det her er et forslag. Vi taler det igennem på familieplansmødet, og "
                f"{told('I', 'familien')} kan ændre det hele.{{% endif %}}",
                "Bokstekst",
            ),
            description="Planen er et udkast",
        ),
    )  # fmt: skip


def _facts() -> str:
    def fact(label: str, value: str) -> str:
        return row([Cell(label, "Tabelhoved"), value], _FACT_MM)

    return paragraph("Kort om planen", "Maerke") + table(
        fact("Udgaven er til", "{{ recipient.name }}")
        + fact("Udgave", "{{ document.version }}, lavet ud fra det, vi vidste den {{ document.date|dato }}")
        + fact("Vi begyndte", "{{ start_date|dato }}")
        + rows_when(
            "next_meeting",
            fact("Næste møde", "{{ next_meeting.when|stort }}\n{{ next_meeting.place }}"),
            _FACT_MM,
        )
        + fact(_CONTACT, "{{ tovholder.name }}{% if tovholder.phone %}, telefon {{ tovholder.phone }}{% endif %}")
        + rows_when("members", fact("I planen er", "{{ members|map(attribute='first_name')|liste }}"), _FACT_MM),
        _FACT_MM,
        description="Kort om planen",
        heads=False,
    )


def _reader() -> str:
    return when(
        "recipient.is_professional",
        paragraph(
            "Udgaven holder sig til det, som {{ recipient.name }} må vide. Der kan stå mere i familiens egen udgave.",
            "Smaatekst",
        ),
    )


def _when_hard() -> tuple[str, ...]:
    danger = "Er nogen i fare, så ring 112."
    return (
        each("line in when_hard", bullets("{{ line|saetning }}")),
        when(
            "recipient.is_professional",
            bullets("Ring til {{ tovholder.name }}, hvis noget haster.", danger),
            otherwise=[
                bullets(
                    "Ring til {{ tovholder.name }}. Sig, at det haster. Så finder vi ud af det sammen.",
                    "Får I ikke fat i nogen, så ring til kommunen på {{ municipality.phone }}.",
                    danger,
                )
            ],
        ),
    )


def _strengths() -> str:
    return each(
        "line in strengths",
        bullets("{{ line.text|saetning }}{% if line.area %} (Skrevet af {{ line.area }}){% endif %}"),
    )


def _changes() -> str:
    """What is new since this reader last got the plan; the first edition says that it is the first."""
    return when(
        "changes and changes.since",
        heading("Hvad er nyt siden sidst?"),
        paragraph(
            f"{told('I', 'Familien')} fik planen den {{{{ changes.since|dato }}}}. Det her er nyt siden da:",
            keep_next=True,
        ),
        each("sentence in changes.sentences", bullets("{{ sentence }}")),
        otherwise=[
            when(
                "changes and document.version == 1",
                paragraph("Det er den første udgave af planen.", "Smaatekst"),
            )
        ],
    )


def _own_points() -> tuple[str, ...]:
    return (
        paragraph(
            "Familien har skrevet det her til jer. Det står ikke på den fælles dagsorden, for ikke alle ved bordet "
            "må se det.",
            keep_next=True,
        ),
        each("line in own_points", bullets("Til {{ line.meeting }}: {{ line.point }}")),
    )


def _goal() -> str:
    return "".join((
        heading(
            "Mål {{ goal.number }}{% if goal.for_ %} for {{ goal.for_|liste }}{% endif %}"
            "{% if goal.direction %}: {{ goal.direction }}{% endif %}",
            2,
        ),
        when("goal.words", paragraph("»{{ goal.words }}«", "Quote")),
        paragraph("**Målet:** {{ goal.goal }}", "Maal"),
        when("goal.need", paragraph("**Det er der brug for:** {{ goal.need }}", "Maal")),
        when("goal.sign", paragraph("**Sådan kan vi se, at det går fremad:** {{ goal.sign }}", "Maal")),
        when(
            "goal.status",
            paragraph(
                "**Sådan går det ({{ goal.status.date|dato }}):** {{ goal.status.progress|stort }}."
                "{% if goal.status.note %} {{ goal.status.note|saetning }}{% endif %}",
                "Maal",
            ),
        ),
        when("goal.path", paragraph("Så langt er vi", "Maerke"), _path()),
        when(
            "goal.activities|rejectattr('is_over')|list",
            paragraph("Det gør vi", "Maerke"),
            _activities(),
            otherwise=[when("not goal.activities", paragraph("Der står ingen aftaler om målet i denne udgave."))],
        ),
        when(
            "goal.activities|selectattr('is_over')|list",
            paragraph("Det er afsluttet", "Maerke"),
            each("item in goal.activities|selectattr('is_over')", _past_activity()),
        ),
    ))  # fmt: skip


def _path() -> str:
    return table(
        row(["Da vi begyndte", "Nu", "Det vil vi nå"], _PATH_MM, header=True)
        + row(
            [
                "{{ goal.path.baseline }}",
                "{% if goal.path.now %}{{ goal.path.now }}{% else %}Ikke set på endnu{% endif %}",
                "{{ goal.path.wanted }}",
            ],
            _PATH_MM,
        ),
        _PATH_MM,
        description="Hvor målet begyndte, hvor det er nu, og hvor det skal hen",
    )


def _past_activity() -> str:
    """A line for what has ended or was refused: enough to remember it by."""
    return bullets(
        "{{ item.what }}{% if item.for_ %} for {{ item.for_|liste }}{% endif %}"
        "{% if item.decision == 'afslag' %}. {{ item.decision_text }}"
        "{% elif item.end %}, sluttede {{ item.end|dato }}.{% else %}.{% endif %}"
        "{% if item.continues_in %} Det fortsætter i {{ item.continues_in }}.{% endif %}"
    )


def _activities() -> str:
    what = "".join((
        paragraph("**{{ item.what }}**", "Tabeltekst"),
        paragraph(
            "{% if item.for_ %}For {{ item.for_|liste }}{% else %}For familien{% endif %}", "Tabeltekst"
        ),
        when(
            "item.hours_per_week",
            paragraph(
                "{{ item.hours_per_week|tal }} {% if item.hours_per_week == 1 %}time{% else %}timer{% endif %} om ugen",
                "Tabeltekst",
            ),
        ),
    ))  # fmt: skip
    when_ = "".join((
        paragraph("Fra {{ item.start|dato }}", "Tabeltekst"),
        when("item.until", paragraph("{% if item.end %}Til {{ item.until }}{% else %}{{ item.until|stort }}{% endif %}",
                                     "Tabeltekst")),
        when("item.follow_up", paragraph("{{ item.followed_up_by }} følger op: {{ item.follow_up|lille }}",
                                         "Tabeltekst")),
    ))  # fmt: skip
    return table(
        row(["Hvad sker der?", "Hvem gør det?", "Hvornår?", "Hvem bestemmer?"], _ACTIVITY_MM, header=True)
        + rows_each(
            "item in goal.activities|rejectattr('is_over')",
            [
                Cell(what),
                Cell(
                    paragraph("{{ item.responsible }}", "Tabeltekst")
                    + when(
                        "item.continues_in", paragraph("Fortsætter bagefter i {{ item.continues_in }}", "Tabeltekst")
                    )
                ),
                Cell(when_),
                "{% if item.decision_text %}{{ item.decision_text }}{% else %}{{ item.area }} bestemmer.{% endif %}",
            ],
            _ACTIVITY_MM,
        ),
        _ACTIVITY_MM,
        description="Indsatser under målet",
    )


def _child() -> str:
    return "".join((
        when("children|length > 1", heading("{{ child.first_name }}", 2)),
        each("words in child.words", paragraph("»{{ words }}«", "Quote")),
        when("child.view", paragraph("**Sådan har vi hørt {{ child.first_name }}:** {{ child.view|saetning }}")),
        when(
            "child.goals",
            paragraph("Det vil vi nå:", keep_next=True),
            each("goal in child.goals", bullets("{{ goal }}")),
        ),
        when(
            "child.activities",
            paragraph("Det sker der:", keep_next=True),
            each("activity in child.activities", bullets("{{ activity }}")),
        ),
    ))  # fmt: skip


def _week() -> str:
    return paragraph("Sådan ser en uge ud omkring {{ week_day|dato }}.", keep_next=True) + table(
        row(["Hvem", "Timer om ugen", "Hvad"], _WEEK_MM, header=True)
        + rows_each(
            "line in week",
            ["{{ line.name }}", "{{ line.hours|tal }}", "{{ line.activities|liste }}"],
            _WEEK_MM,
        ),
        _WEEK_MM,
        description="Timer om ugen for hver person",
    )


def _team() -> str:
    return paragraph(f"De arbejder med {told('jer', 'familien')}", "Maerke") + table(
        row(["Hvem", "For hvem", "Telefon og mail"], _TEAM_MM, header=True)
        + rows_each(
            "person in team",
            [
                Cell(
                    paragraph("**{{ person.name }}**", "Tabeltekst")
                    + paragraph(
                        "{{ person.title|stort }}{% if person.area %}, {{ person.area }}{% endif %}", "Tabeltekst"
                    )
                ),
                "{% if person.for_ %}{{ person.for_|liste }}{% else %}–{% endif %}",
                Cell(
                    when("person.phone", paragraph("{{ person.phone }}", "Tabeltekst"))
                    + paragraph("{{ person.email }}", "Tabeltekst")
                ),
            ],
            _TEAM_MM,
        ),
        _TEAM_MM,
        description="Fagpersoner omkring familien",
    )


def _network() -> str:
    return table(
        row(["Hvem", "Hvor tæt på", "Hjælper med"], _NETWORK_MM, header=True)
        + rows_each(
            "person in network",
            [
                "{{ person.name }}{% if person.relation %} ({{ person.relation }}){% endif %}",
                "{{ person.circle|stort }}",
                "{% if person.helps_with %}{{ person.helps_with|stort }}{% else %}–{% endif %}",
            ],
            _NETWORK_MM,
        ),
        _NETWORK_MM,
        description="Familiens netværk",
    )


def _follow_up() -> tuple[str, ...]:
    return (
        paragraph(
            "Vi mødes cirka hver {{ follow_up_weeks }}. uge og ser på planen sammen. {{ tovholder.name }} indkalder."
            "{% if follow_up_reason %} Grunden er: {{ follow_up_reason|saetning }}{% endif %}"
            "{% if next_meeting %} Næste gang er {{ next_meeting.when }}.{% else %} {{ tovholder.name }} finder en "
            f"dag sammen med {told('jer', 'familien')}.{{% endif %}}"
        ),
        paragraph(
            f"Ændrer noget sig, {told('skal I ikke vente', 'så vent ikke')} på mødet. "
            "Ring til {{ tovholder.name }}."
        ),
    )


def _after_the_end() -> tuple[str, ...]:
    return (
        paragraph(
            "Forløbet sluttede den {{ closing.date|dato }}."
            "{% if closing.reason %} Grunden er: {{ closing.reason|saetning }}{% endif %} "
            "Planen bliver ikke ændret mere."
        ),
        when(
            "closing.continues",
            paragraph("Det her fortsætter:", keep_next=True),
            each("plan in closing.continues", bullets("{{ plan }}")),
        ),
        paragraph(f"Er {told('I', 'du')} i tvivl om noget, så ring til {{{{ tovholder.name }}}}."),
    )


def _history() -> str:
    return table(
        row(["Dato", "Mål", "Sådan gik det", "Note"], _HISTORY_MM, header=True)
        + rows_each(
            "line in history",
            [
                "{{ line.date|kort_dato }}",
                "{{ line.goal }}",
                "{{ line.progress|stort }}",
                "{% if line.note %}{{ line.note }}{% else %}–{% endif %}",
            ],
            _HISTORY_MM,
        ),
        _HISTORY_MM,
        description="Hvordan det er gået med målene",
    )


def _ended() -> str:
    return bullets(
        "{{ goal.goal }}{% if goal.for_ %} ({{ goal.for_|liste }}){% endif %}"
        "{% if goal.ended %}, sluttede {{ goal.ended|dato }}{% endif %}."
        "{% if goal.ended_reason %} {{ goal.ended_reason|saetning }}{% endif %}"
    )


def _sector_plans() -> str:
    return table(
        row(["Plan", "For hvem", "Fagområde", "Hvad betyder det?"], _PLAN_MM, header=True)
        + rows_each(
            "line in sector_plans",
            [
                "{{ line.name }}",
                "{% if line.for_ %}{{ line.for_|liste }}{% else %}Familien{% endif %}",
                "{{ line.area }}{% if line.source %}. Føres i {{ line.source }}.{% endif %}",
                "{{ line.relation_text }}{% if line.is_attached %} Den ligger bagest i den samlede plan.{% endif %}",
            ],
            _PLAN_MM,
        ),
        _PLAN_MM,
        description="Andre planer, der hører til",
    )


def _sharing() -> tuple[str, ...]:
    return (
        paragraph(
            "Et ja kan altid trækkes tilbage. "
            + told("Sig det til {{ tovholder.name }}.", "Del kun det, som personen har sagt ja til."),
            keep_next=True,
        ),
        table(
            row(["Hvem", "Fagområder, der må dele", "Gælder til"], _SHARING_MM, header=True)
            + rows_each(
                "line in sharing",
                [
                    "{{ line.name }}",
                    "{% if line.areas %}{{ line.areas|liste }}{% else %}Ingen{% endif %}",
                    (
                        "{% if line.until %}{{ line.until|kort_dato }}{% elif line.is_as_parents %}Som forældrenes"
                        "{% else %}–{% endif %}"
                    ),
                ],
                _SHARING_MM,
            ),
            _SHARING_MM,
            description="Hvem der må dele oplysninger om hvem",
        ),
    )


def _read() -> tuple[str, ...]:
    return (
        paragraph("I behøver ikke skrive under. Sæt et kryds, så vi ved, om planen passer.", keep_next=True),
        tick_or_write(
            "Vi har talt planen igennem, og den passer.",
            "Vi har talt planen igennem, men det her ser vi anderledes på:",
            "Dato",
            description="Om I er enige i planen",
        ),
    )


def _law() -> str:
    return when(
        "legal_basis",
        box(
            paragraph("Reglerne bag", "Bokshoved"),
            paragraph("Reglerne om én samlet plan står i {{ legal_basis|liste|lovtekst }}.", "Bokstekst"),
            each(
                "goal in goals",
                each(
                    "item in goal.activities",
                    when(
                        "item.law",
                        paragraph("{{ item.what|truncate(80, end='…') }}: {{ item.law|lovtekst }}.", "Bokstekst"),
                    ),
                ),
            ),
            each(
                "line in sector_plans",
                when("line.law", paragraph("{{ line.name }}: {{ line.law|lovtekst }}.", "Bokstekst")),
            ),
            description="Reglerne bag planen",
        ),
    )
