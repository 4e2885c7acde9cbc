"""`hopdocs new consent` and `withdrawal`: who has said yes or no to what, and what was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb
from hopdocs.cli.verbs.new.words import DATE, refuse_to_come

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.cli.verbs.new.opened import OpenedFamily
    from hopdocs.model.consent import Consent
    from hopdocs.model.family import Family
    from hopdocs.model.scalars.values import AreaCode, MemberKey


@click.command(
    "consent",
    cls=Verb,
    short_help=both(en="what a person said yes or no to", da="hvad en person har sagt ja eller nej til"),
    help=both(
        en="Write a person's answer to the consent form: the areas that she has said yes to, or --refused. It goes "
        "into the line that waits for her answer, where there is one. Without any of it: that the form was handed out.",
        da="Skriv en persons svar på samtykkeerklæringen: de fagområder, hun har sagt ja til, eller --refused. Det "
        "skrives i den linje, der venter på hendes svar, når der er en. Uden alt det: at erklæringen er udleveret.",
    ),
    examples=(
        "hopdocs new consent HOP-2026-007 nadira                      # the form was handed out today",
        "hopdocs new consent HOP-2026-007 nadira BF BES DU --given 22.9.2026 --received-by iik",
        "hopdocs new consent HOP-2026-007 tariq --refused 22.9.2026",
    ),
)
@click.argument("family_id", metavar="FAMILY")
@click.argument("who", metavar="MEMBER")
@click.argument("areas", metavar="[AREA]...", nargs=-1)
@click.option("--given", type=DATE, help=both(en="The date of the signature; else today.", da="Underskriftens dato."))
@click.option("--refused", type=DATE, help=both(en="When the person said no.", da="Hvornår personen sagde nej."))
@click.option(
    "--form-given", type=DATE, help=both(en="When the form was handed out.", da="Hvornår den blev udleveret.")
)
@click.option("--until", type=DATE, help=both(en="The last day; else after twelve months.", da="Sidste dag."))
@click.option("--received-by", metavar="STAFF", help=both(en="Who received it.", da="Hvem der modtog svaret."))
@click.option(
    "--form",
    metavar="FILE",
    help=both(en="The signed form, in the family's folder.", da="Den underskrevne formular, i familiens mappe."),
)
@click.pass_obj
def new_consent(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    family_id: str,
    who: str,
    areas: tuple[str, ...],
    given: date | None,
    refused: date | None,
    form_given: date | None,
    until: date | None,
    received_by: str | None,
    form: str | None,
) -> None:
    """Fills in the line that waits, or adds one; no answer that is written is ever changed."""
    from hopdocs.cli.drafts import scalar  # noqa: PLC0415 - what every verb loads
    from hopdocs.cli.family_edit.entries import add_entry, as_entry, as_list, fill_in  # noqa: PLC0415
    from hopdocs.cli.verbs.new.opened import OpenedFamily  # noqa: PLC0415

    opened = OpenedFamily.by_id(invocation, family_id)
    member, named = opened.member(who), opened.areas(areas)
    refuse_to_come(opened.today, given, refused, form_given)
    if refused is not None and (named or given is not None):
        raise click.UsageError(both(en="a yes and a no are two answers", da="et ja og et nej er to svar"))
    if given is not None and not named:
        _ask_for_areas(opened, member)
    yes = (given or opened.today) if named else None
    handed_out = form_given or (None if yes or refused else opened.today)
    values = {
        "form_given": handed_out.isoformat() if handed_out else None,
        "given": yes.isoformat() if yes else None,
        "refused": refused.isoformat() if refused else None,
        "areas": as_list(named) if named else None,
        "until": until.isoformat() if until else None,
        "received_by": opened.staff(received_by) if received_by else None,
        "form": scalar(form) if form else None,
    }
    written = {key: value for key, value in values.items() if value is not None}
    is_answered = yes is not None or refused is not None
    said = f"{member}: {_say(yes, refused, named)}"
    waiting = _waiting_line(opened.family, member, handed_out)
    if waiting is None:
        still_open = {} if is_answered else {"given": "", "areas": ""}
        entry = as_entry({"member": member, **written, **still_open})
        opened.save(lambda text: add_entry(text, ("consents",), entry), said)
        return
    if opened.family.consents[waiting].form_given is not None:
        written.pop("form_given", None)
    if written:
        opened.save(lambda text: fill_in(text, ("consents", waiting), written), said)
    else:
        invocation.console.say(f"{opened.file.name}: {said} ({both(en='is there already', da='står der i forvejen')})")


@click.command(
    "withdrawal",
    cls=Verb,
    short_help=both(en="what a person took back of her consent", da="hvad en person har trukket af sit samtykke"),
    help=both(
        en="Write that a person has taken her consent back, for some areas or for all. It comes under the consent that "
        "was in force that day; from then on letters and plans show less at once.",
        da="Skriv, at en person har trukket sit samtykke, for nogle fagområder eller for alle. Det kommer under det "
        "samtykke, der gjaldt den dag; derfra viser breve og planer straks mindre.",
    ),
    examples=(
        "hopdocs new withdrawal HOP-2026-007 nadira SO",
        "hopdocs new withdrawal HOP-2026-007 nadira --date 20.11.2026",
    ),
)
@click.argument("family_id", metavar="FAMILY")
@click.argument("who", metavar="MEMBER")
@click.argument("areas", metavar="[AREA]...", nargs=-1)
@click.option("--date", "day", type=DATE, help=both(en="When; else today.", da="Hvornår; ellers i dag."))
@click.pass_obj
def new_withdrawal(
    invocation: Invocation, *, family_id: str, who: str, areas: tuple[str, ...], day: date | None
) -> None:
    """Adds the lines under each form that they are about, which stays as it is."""
    from hopdocs.cli.family_edit.entries import add_entry, as_entry, as_list  # noqa: PLC0415
    from hopdocs.cli.verbs.new.opened import OpenedFamily  # noqa: PLC0415

    opened = OpenedFamily.by_id(invocation, family_id)
    member, named, on = opened.member(who), opened.areas(areas), day or opened.today
    refuse_to_come(opened.today, on)  # until then the consent would hold as before
    in_force = _consents_in_force(opened.family, member, on)
    if not in_force:
        msg = both(
            en=f"{member} has said yes to nothing by {on.isoformat()}",
            da=f"{member} har ikke sagt ja til noget inden {on.isoformat()}",
        )
        raise click.UsageError(msg)
    signed = {index: opened.family.consents[index].areas for index in in_force}
    all_signed = list(dict.fromkeys(code for areas in signed.values() for code in areas))
    if set(named) - set(all_signed):
        said = both(en=f"{member} has said yes to", da=f"{member} har sagt ja til")
        raise click.UsageError(f"{said}: {', '.join(all_signed)}")
    taken_back = {index: [code for code in named if code in areas] for index, areas in signed.items()}

    def add(text: str) -> str:
        for index, codes in taken_back.items():
            if codes or not named:
                entry = as_entry({"date": on.isoformat(), "areas": as_list(codes) if codes else None})
                text = add_entry(text, ("consents", index, "withdrawn"), entry)
        return text

    what = ", ".join(named) or both(en="everything", da="det hele")
    said = f"{member}: {both(en='taken back', da='trukket')} {on.isoformat()}: {what}"
    opened.save(add, said)


def _ask_for_areas(opened: OpenedFamily, member: MemberKey) -> None:
    choices = ", ".join(f"{code} ({area.name})" for code, area in opened.config.areas.items())
    asked = both(en=f"which areas has {member} said yes to?", da=f"hvilke fagområder har {member} sagt ja til?")
    raise click.UsageError(f"{asked} {choices}")


def _waiting_line(family: Family, member: MemberKey, handed_out: date | None) -> int | None:
    """The place of the person's last line that has no answer, and says no other day on which the form was given."""

    def waits(line: Consent) -> bool:
        has_answer = line.given is not None or line.refused is not None or bool(line.areas)
        is_same_form = handed_out is None or line.form_given in (None, handed_out)
        return line.member == member and not has_answer and is_same_form

    return max((index for index, line in enumerate(family.consents) if waits(line)), default=None)


def _consents_in_force(family: Family, member: MemberKey, day: date) -> list[int]:
    """The places of the person's newest yes by a day: several where she signed a form for each area that day."""
    given = [
        (line.given, index)
        for index, line in enumerate(family.consents)
        if line.member == member and line.given is not None and line.given <= day
    ]
    return [index for signed, index in given if signed == max(given)[0]]


def _say(yes: date | None, refused: date | None, areas: Iterable[AreaCode]) -> str:
    if refused is not None:
        return both(en="no", da="nej") + f" {refused.isoformat()}"
    if yes is None:
        return both(en="the form was handed out", da="erklæringen er udleveret")
    return both(en="yes", da="ja") + f" {yes.isoformat()}: {', '.join(areas)}"
