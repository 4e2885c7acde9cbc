"""What an import did, or would do: each line that is added, and each row that is not taken, with its reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from hopdocs.catalogue import choose_language
from hopdocs.catalogue.masking import mask_cpr_shapes
from hopdocs.catalogue.report import as_json, render_text
from hopdocs.cli.console import both
from hopdocs.cli.figure_import.comparison import Step
from hopdocs.cli.figure_import.facts import AreaCost, Value

if TYPE_CHECKING:
    from hopdocs.cli.console import Console
    from hopdocs.cli.figure_import.comparison import Change
    from hopdocs.cli.figure_import.planning import ImportPlan
    from hopdocs.diagnostics import Diagnostic

_MOST_OF_A_KIND = 20
_MARKS = {Step.ADD: "+", Step.FILL: "+", Step.REPLACE: "~"}


def tell_import(plan: ImportPlan, console: Console, output: str, *, is_written: bool) -> None:
    """The plan as text or JSON; what is wrong goes to standard error."""
    if output == "json":
        console.emit_json(_as_json(plan, is_written=is_written))
        return
    family = ""
    for change in plan.changes:
        if change.step is Step.KEEP:
            continue
        if change.entry.course.name != family:
            family = change.entry.course.name
            console.say(family)
        console.say(f"  {_MARKS[change.step]} {_say(change)}")
    _tell_faults(plan, console)
    console.say(_sum_up(plan))
    if plan.editions and not is_written:
        console.say(both(en="Nothing is written yet: add --yes.", da="Intet er skrevet endnu: tilføj --yes."))


def _tell_faults(plan: ImportPlan, console: Console) -> None:
    language = choose_language()
    few, others = _first_of_each(plan.refused)
    for faults in (plan.unread, few, plan.advice):
        if faults:
            console.tell(render_text(faults, {}, language).rstrip())
    for code, number in others.items():
        more = both(
            en=f"{number} more rows; --format json has them all", da=f"{number} rækker til; --format json har alle"
        )
        console.tell(f"{code}: {more}")
    if plan.unused:
        console.tell(both(en="not used", da="ikke brugt") + f": {', '.join(plan.unused)}")


def _first_of_each(refused: tuple[Diagnostic, ...]) -> tuple[list[Diagnostic], Counter[str]]:
    """The first rows that one thing is wrong with, and how many more there are: a whole school's list is no news."""
    seen: Counter[str] = Counter()
    few = []
    for item in refused:
        seen[item.code] += 1
        if seen[item.code] <= _MOST_OF_A_KIND:
            few.append(item)
    return few, Counter({code: number - _MOST_OF_A_KIND for code, number in seen.items() if number > _MOST_OF_A_KIND})


def _sum_up(plan: ImportPlan) -> str:
    counts = (
        (plan.count(Step.ADD, Step.FILL), both(en="new", da="nye")),
        (plan.count(Step.REPLACE), both(en="replaced", da="rettet")),
        (plan.count(Step.KEEP), both(en="there already", da="der i forvejen")),
        (len(plan.refused), both(en="not taken", da="ikke taget med")),
        (plan.blank, both(en="without a number", da="uden tal")),
    )
    return ", ".join(f"{number} {word}" for number, word in counts if number) or both(en="nothing", da="intet")


def _say(change: Change) -> str:
    fact = change.entry.fact
    number = f"{fact.amount:f}".replace(".", ",")
    match fact:
        case Value():
            when = fact.on.isoformat() if fact.is_day else f"{fact.on:%Y-%m}"
            words = ", ".join(word for word in (fact.kind.key, fact.member or "", when) if word)
        case AreaCost():
            words = f"{both(en='costs', da='udgifter')}, {fact.area}, {fact.on:%Y-%m}"
        case _:
            words = f"{both(en='services', da='ydelser')}, {fact.area}, {fact.on.isoformat()}"
    was = f"{change.was:f}".replace(".", ",") if change.was is not None else ""
    aside = [both(en=f"was {was}", da=f"stod til {was}")] if was else []
    answers = change.entry.answers
    aside += [both(en=f"mean of {answers} answers", da=f"gennemsnit af {answers} svar")] if answers > 1 else []
    return f"{words}: {number}" + (f" ({'; '.join(aside)})" if aside else "")


def _as_json(plan: ImportPlan, *, is_written: bool) -> dict[str, Any]:
    language = choose_language()
    return {
        "file": plan.file,
        "written": is_written,
        "changes": [_change_as_json(change) for change in plan.changes],
        "refused": as_json(plan.refused, language),
        "advice": as_json(plan.advice, language),
        "unread": as_json(plan.unread, language),
        "unused": list(plan.unused),
        "blank": plan.blank,
    }


def _change_as_json(change: Change) -> dict[str, Any]:
    fact, origin = change.entry.fact, change.entry.origin
    row: dict[str, Any] = {
        "path": change.entry.course.name,
        "step": change.step.value,
        "row": origin.row,
        "sheet": mask_cpr_shapes(origin.sheet),
        "value": str(fact.amount),
        "was": str(change.was) if change.was is not None else None,
        "answers": change.entry.answers,
    }
    if isinstance(fact, Value):
        when = fact.on.isoformat() if fact.is_day else f"{fact.on:%Y-%m}"
        return row | {"kind": "indicator", "key": fact.kind.key, "member": fact.member, "when": when}
    kind, when = ("cost", f"{fact.on:%Y-%m}") if isinstance(fact, AreaCost) else ("service", fact.on.isoformat())
    return row | {"kind": kind, "area": fact.area, "when": when}
