"""From one family's bytes to finished Word files beside their places: evaluate, decide, render, stage.

Runs in the cycle's own process for a few families and in spawned workers for many. It writes temporary files only;
what is put in place, recorded and reported is `publishing`'s business, so that a worker may die at any moment.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.making.family_run import FamilyRun
from hopdocs.cycle.making.staging import stage_all
from hopdocs.cycle.making.time_limit import MOST_SECONDS, OutOfTime, limit_seconds
from hopdocs.cycle.making.unrendered import leave_alone, name_bug
from hopdocs.cycle.outcomes import evaluate_file
from hopdocs.cycle.page_writing import compose_family_page
from hopdocs.cycle.scanning import written_id
from hopdocs.cycle.tasks import FamilyProduct, FamilyTask
from hopdocs.diagnostics import Blocks, Diagnostic
from hopdocs.evaluation import FamilyOutcome
from hopdocs.freshness.cache_keys import Lookup
from hopdocs.freshness.disk_sync import sync_together
from hopdocs.freshness.publish import OutputFault, sweep_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hopdocs.cycle.making.staging import Stage
    from hopdocs.cycle.tasks import Settings
    from hopdocs.cycle.template_store import TemplateStore


_FAULT: Final = "HD536"
_OUT_OF_TIME: Final = "HD538"
GIVEN_UP: Final = frozenset({_FAULT, _OUT_OF_TIME})
"""What is said of a family that was given up: by a fault of hopdocs' own, or for want of time or memory."""


def say_nothing() -> None:
    """The sign of whoever nobody waits for."""


def produce_chunk(
    store: TemplateStore, tasks: Sequence[FamilyTask], sign: Callable[[], None] = say_nothing
) -> list[FamilyProduct]:
    """Make several families' Word files, made safe on the disk with one sync for all; gives a `sign` after each.

    If that fails, nobody says whose file it was, or whether it was ours: what was written is thrown away, and each
    family is made once more, its files synced one by one.
    """
    folders = [task.folder for task in tasks]
    return stage_together(store.settings, folders, lambda lasting: _produce_each(store, tasks, sign, lasting=lasting))


def stage_together(
    settings: Settings, folders: Sequence[str], make: Callable[[bool], list[FamilyProduct]]
) -> list[FamilyProduct]:
    """What `make` stages, made safe with one sync where that can be; it is told whether to sync each file itself."""
    with sync_together(settings.output, len(folders)) as sync:
        if sync is not None:
            products = make(False)  # noqa: FBT003 - not each by itself
            try:
                if any(item.staged is not None for product in products for item in product.results):
                    sync()
            except OSError:
                for folder in folders:
                    sweep_folder(settings.output / folder)
            else:
                return products
    return make(True)  # noqa: FBT003 - as above


def _produce_each(
    store: TemplateStore, tasks: Sequence[FamilyTask], sign: Callable[[], None], *, lasting: bool
) -> list[FamilyProduct]:
    products = []
    for task in tasks:
        products.append(produce_family(store, task, partial(stage_all, store.settings, task, lasting=lasting)))
        sign()
    return products


def produce_family(store: TemplateStore, task: FamilyTask, stage: Stage | None = None) -> FamilyProduct:
    """Evaluate one family, decide what is stale, render it, and let it be staged: beside its place, if nobody says.

    A fault of hopdocs' own in one family stops that family alone: its documents stay, and the report names
    the place in the program. What the fault says is not shown, since it may hold what stands in the file.
    """
    try:
        with limit_seconds(MOST_SECONDS):
            stage = stage or partial(stage_all, store.settings, task, lasting=True)
            return FamilyRun(store, task, _evaluate(store, task), stage).run()
    except OutOfTime:
        return give_up(store, task, _OUT_OF_TIME, seconds=f"{MOST_SECONDS:.0f}")
    except OutputFault as fault:  # what lies in the way may be gone at the next look
        return _make_nothing(store, task, fault)
    except Exception as err:  # noqa: BLE001 - nine thousand others wait
        return give_up(store, task, _FAULT, detail=name_bug(err))


def _make_nothing(store: TemplateStore, task: FamilyTask, fault: OutputFault) -> FamilyProduct:
    """The product of a family whose documents have no place to stand: a meeting that was moved is told all the same."""
    product = give_up(store, task, fault.code, **fault.params)
    outcome = _evaluate(store, task)
    found = tuple(replace(item, blocks=Blocks.DOCUMENTS) for item in product.outcome.diagnostics)
    return replace(product, outcome=replace(outcome, diagnostics=(*outcome.diagnostics, *found)), is_settled=False)


def give_up(store: TemplateStore, task: FamilyTask, code: str, **params: str) -> FamilyProduct:
    """The product of a family that cannot be made: a diagnostic `code`, and its documents stay until an input changes.

    What it looked for is forgotten, so it counts as having looked for every template.
    """
    settings = store.settings
    store.sweep(task.folder)
    found = (Diagnostic(task.path, 0, 0, code, params),)
    outcome = FamilyOutcome(task.path, written_id(task.data), found, sights=task.sights)
    page, row = compose_family_page(outcome, store.config, settings, list(task.records.values()), (), {})
    lookups = {Lookup.TEMPLATE.key(name): str(file.digest) for name, file in settings.template_files.items()}
    return FamilyProduct(task, outcome, tuple(leave_alone(task, outcome)), (), lookups, page=page, page_row=row)


def _evaluate(store: TemplateStore, task: FamilyTask) -> FamilyOutcome:
    return task.outcome or evaluate_file(
        task.data,
        task.path,
        task.twins,
        store.config,
        store.settings,
        store.look_up,
        known=task.sights,
        edited=task.edited,
        search=partial(store.search_plans, task),
    )
