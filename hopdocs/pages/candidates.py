"""The page of candidates: which households an extract shows at the top, and what the list was made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.candidates.ranking import Order
from hopdocs.candidates.reading import Reason
from hopdocs.danish import decimal, join, money, short_date
from hopdocs.pages.overview import render_layout

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from hopdocs.candidates.ranking import Ranking
    from hopdocs.candidates.reading import Refused
    from hopdocs.model.config import Config

REASONS: Final = {
    Reason.NO_ROW: "linjen har ikke de samme kolonner som overskriften",
    Reason.NO_HOUSEHOLD: "der står ikke, hvilken husstand det er",
    Reason.NO_AMOUNT: "beløbet kan ikke læses",
    Reason.NO_DAY: "datoen kan ikke læses",
    Reason.OUTSIDE: "uden for den periode, der er valgt",
}
_ORDERS: Final = {
    Order.COST: "Den dyreste først; koster to det samme, så den med flest kontaktsteder.",
    Order.CONTACTS: "Den med flest kontaktsteder først; har to lige mange, så den dyreste.",
    Order.TOGETHER: "Den med den laveste sum af sin plads efter udgift og sin plads efter kontaktsteder først.",
}


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One household."""

    number: int
    pseudonym: str
    people: int
    cost: str
    monthly: str
    areas: str
    contact_points: int
    contacts: int
    groups: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesView:
    """`kandidater.html`."""

    municipality: str
    unit: str
    today: date
    read_at: datetime
    lead: str
    lines: tuple[CandidateLine, ...]
    groups: tuple[tuple[str, int], ...]
    basis: tuple[tuple[str, str], ...]


def basis_of(ranking: Ranking, config: Config, order: Order) -> tuple[tuple[str, str], ...]:
    """What the list was made of, and what it cannot know: beside every list, on the page and in the workbook."""
    group = config.target_group
    required = group.required_area
    rule = f"mindst {group.other_areas} andre fagområder" if group.other_areas != 1 else "mindst ét andet fagområde"
    if required is not None:
        rule = f"{config.areas[required].name} og {rule}"
    share = ranking.target_cost * 100 / ranking.all_cost if ranking.all_cost else 0
    period = f"{short_date(ranking.first)}–{short_date(ranking.last)}" if ranking.first and ranking.last else "ingen"
    refused = [_refusal(it) for it in ranking.refused]
    return (
        ("Rækkefølge", _ORDERS[order]),
        ("Periode", f"{period} ({ranking.months} måneder)"),
        ("Læste rækker", decimal(ranking.rows)),
        ("Husstande i udtrækkene", f"{decimal(ranking.all_households)}, i alt {money(round(ranking.all_cost))}"),
        ("Målgruppe", f"Udgift eller kontakt i {rule}. Om en forælder har en aktiv indsats, siger udtrækkene ikke."),
        (
            "Husstande i målgruppen",
            f"{decimal(ranking.in_target_group)}, i alt {money(round(ranking.target_cost))} ({round(share)} %)",
        ),
        *(("Afviste rækker", text) for text in refused or ["ingen"]),
        ("Rækker med et ukendt fagområde", f"{decimal(ranking.unknown_areas)}. Deres udgift tæller med i alt."),
        ("Kontakter uden husstand", f"{decimal(ranking.without_household)}. De tæller ikke med."),
        (
            "Navne",
            (
                "Hver husstand har et dæknavn, som kommunens nøgle laver af dens nummer (HMAC-SHA256). Listen er "
                "stadig personoplysninger: den, der har nøglen og numrene, kan finde husstanden."
            ),
        ),
    )


def _refusal(refused: Refused) -> str:
    places = f" (række {join([str(it) for it in refused.rows])})" if refused.rows else ""
    if refused.count > len(refused.rows) > 0:
        places = places[:-1] + " …)"
    return f"{refused.name}: {decimal(refused.count)}, fordi {REASONS[refused.reason]}{places}"


def render_candidates(ranking: Ranking, config: Config, order: Order, today: date, read_at: datetime) -> str:
    """The page."""
    months = ranking.months
    lines = tuple(
        CandidateLine(
            number,
            it.pseudonym,
            it.people,
            money(round(it.cost)),
            money(round(it.cost / months)),
            ", ".join(it.areas),
            it.contact_points,
            it.contacts,
            ", ".join(it.groups),
        )
        for number, it in enumerate(ranking.households, start=1)
    )
    listed = sum((it.cost for it in ranking.households), start=ranking.all_cost * 0)
    share = decimal(round(listed * 100 / ranking.all_cost)) if ranking.all_cost else "0"
    lead = f"{len(lines)} husstande, {money(round(listed))} i alt: {share} % af alle udgifter i udtrækkene."
    groups = {name: sum(name in it.groups for it in ranking.households) for name in config.candidates.groups}
    return render_layout(
        "candidates.html.j2",
        CandidatesView(
            municipality=config.municipality.name,
            unit=config.municipality.unit,
            today=today,
            read_at=read_at,
            lead=lead,
            lines=lines,
            groups=tuple(groups.items()),
            basis=basis_of(ranking, config, order),
        ),
    )


def area_words(config: Config) -> Mapping[str, str]:
    """Every word that means an area, in small letters, with its code."""
    words = {name.casefold(): code for code, area in config.areas.items() for name in (code, area.name)}
    others = {name.casefold(): code for code, names in config.candidates.areas.items() for name in names}
    return {**words, **others}
