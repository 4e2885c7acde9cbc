"""`hopdocs new member`, `team` and `tovholder`: who is of the family, who works with it, and who holds the threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb
from hopdocs.cli.verbs.new.words import DATE, NAME, TEXT, refuse_to_come

if TYPE_CHECKING:
    from datetime import date


@click.command(
    "member",
    cls=Verb,
    short_help=both(en="a person of the family", da="en person i familien"),
    help=both(
        en="Write a person last among the family's members, under a key made of her first name. An adult, and a youth "
        "of 16, gets a line for her consent too.",
        da="Skriv en person sidst blandt familiens medlemmer, under en nøgle lavet af fornavnet. En voksen, og en ung "
        "på 16, får også en linje til sit samtykke.",
    ),
    examples=(
        'hopdocs new member HOP-2026-007 "Maja Prøve" 2026-11-02 child',
        'hopdocs new member HOP-2026-007 "Ib Prøve" 3.4.1985 parent --custody',
    ),
)
@click.argument("family_id", metavar="FAMILY")
@click.argument("name", metavar="NAME", type=NAME)
@click.argument("born", metavar="BORN", type=DATE)
@click.argument("role", metavar="ROLE")
@click.option(
    "--custody", is_flag=True, help=both(en="Has a share in the custody.", da="Har del i forældremyndigheden.")
)
@click.pass_obj
def new_member(  # noqa: PLR0913 - one for each option
    invocation: Invocation, *, family_id: str, name: str, born: date, role: str, custody: bool
) -> None:
    """Adds the lines, and those about a consent where the person signs for herself."""
    from hopdocs.cli.drafts import Person, draft_consent, draft_member, member_key  # noqa: PLC0415 - what every verb loads
    from hopdocs.cli.family_edit.entries import add_entry  # noqa: PLC0415
    from hopdocs.cli.verbs.new.opened import OpenedFamily, choose_word  # noqa: PLC0415
    from hopdocs.model.people import Role, RoleWord  # noqa: PLC0415

    opened = OpenedFamily.by_id(invocation, family_id)
    refused = both(en=f'"{role}" is no role', da=f'"{role}" er ikke en rolle')
    refuse_to_come(opened.today, born)
    person = Person(name, born, Role(choose_word(role, Role, RoleWord, refused)), custody=custody)
    key = member_key(name, opened.family.members)

    def add(text: str) -> str:
        text = add_entry(text, ("members",), draft_member(key, person, opened.today))
        return add_entry(text, ("consents",), draft_consent(key)) if person.signs_on(opened.today) else text

    opened.save(add, f"{key}: {name}")


@click.command(
    "team",
    cls=Verb,
    short_help=both(en="who works with the family", da="hvem der arbejder med familien"),
    help=both(
        en="Write one or more colleagues last on the family's team, from a day on.",
        da="Skriv en eller flere medarbejdere sidst i familieteamet, fra en dag af.",
    ),
    examples=(
        "hopdocs new team HOP-2026-007 tta",
        "hopdocs new team HOP-2026-007 hha --from 1.12.2026 --for nadira",
    ),
)
@click.argument("family_id", metavar="FAMILY")
@click.argument("people", metavar="STAFF...", nargs=-1, required=True)
@click.option("--from", "day", type=DATE, help=both(en="The first day; else today.", da="Første dag; ellers i dag."))
@click.option("--for", "whom", multiple=True, metavar="MEMBER", help=both(en="For whom.", da="For hvem i familien."))
@click.pass_obj
def new_team(
    invocation: Invocation, *, family_id: str, people: tuple[str, ...], day: date | None, whom: tuple[str, ...]
) -> None:
    """Adds the lines."""
    from hopdocs.cli.family_edit.entries import add_entry, as_entry, as_list  # noqa: PLC0415 - what every verb loads
    from hopdocs.cli.verbs.new.opened import OpenedFamily  # noqa: PLC0415

    opened = OpenedFamily.by_id(invocation, family_id)
    staff = list(dict.fromkeys(opened.staff(word) for word in people))
    begins, members = (day or opened.today).isoformat(), opened.members(whom)
    shared = {"from": begins, "for": as_list(members) if members else None}
    entries = [line for key in staff for line in as_entry({"staff": key, **shared})]
    opened.save(lambda text: add_entry(text, ("team",), entries), f"{', '.join(staff)}: {begins}")


@click.command(
    "tovholder",
    cls=Verb,
    short_help=both(en="who holds the threads from a day on", da="hvem der er tovholder fra en dag af"),
    help=both(
        en="Write who is tovholder from a day on. The first is chosen by the team, the later ones by the family, "
        "unless you say otherwise; she must be an authority adviser, and on the team that day.",
        da="Skriv, hvem der er tovholder fra en dag af. Den første er valgt af teamet, de senere af familien, "
        "medmindre du siger andet; hun skal være myndighedsrådgiver og med i teamet den dag.",
    ),
    examples=(
        "hopdocs new tovholder HOP-2026-007 rri --from 24.11.2026",
        'hopdocs new tovholder HOP-2026-007 rri --chosen-by team --reason "Iik går på barsel." --substitute iik',
    ),
)
@click.argument("family_id", metavar="FAMILY")
@click.argument("person", metavar="STAFF")
@click.option("--from", "day", type=DATE, help=both(en="The first day; else today.", da="Første dag; ellers i dag."))
@click.option("--chosen-by", metavar="team|family", help=both(en="Who chose.", da="Hvem der valgte."))
@click.option("--reason", type=TEXT, help=both(en="Why the role passed on.", da="Hvorfor rollen skiftede."))
@click.option(
    "--substitute", metavar="STAFF", help=both(en="Whom one calls meanwhile.", da="Hvem man ringer til imens.")
)
@click.pass_obj
def new_tovholder(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    family_id: str,
    person: str,
    day: date | None,
    chosen_by: str | None,
    reason: str | None,
    substitute: str | None,
) -> None:
    """Adds the lines."""
    from hopdocs.cli.drafts import scalar  # noqa: PLC0415 - what every verb loads
    from hopdocs.cli.family_edit.entries import add_entry, as_entry  # noqa: PLC0415
    from hopdocs.cli.verbs.new.opened import OpenedFamily, choose_word  # noqa: PLC0415
    from hopdocs.model.people import ChosenBy, ChosenByWord  # noqa: PLC0415

    opened = OpenedFamily.by_id(invocation, family_id)
    is_first = not opened.family.tovholder
    refused = both(en=f'"{chosen_by}" does not choose', da=f'"{chosen_by}" vælger ikke')
    usual = ChosenBy.TEAM.value if is_first else ChosenBy.FAMILY.value
    staff, begins = opened.staff(person), (day or opened.today).isoformat()
    entry = as_entry(
        {
            "staff": staff,
            "from": begins,
            "chosen_by": choose_word(chosen_by, ChosenBy, ChosenByWord, refused) if chosen_by else usual,
            "reason": scalar(reason) if reason else (None if is_first else ""),
            "substitute": opened.staff(substitute) if substitute else None,
        }
    )
    opened.save(lambda text: add_entry(text, ("tovholder",), entry), f"{staff}: {begins}")
