"""What all families share: the configuration, the templates, the converter. Read anew each cycle, by contents."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import hopdocs
from hopdocs.clock import local_date
from hopdocs.cycle.mail.answers_folder import check_answers_folder
from hopdocs.cycle.project.source import read_project
from hopdocs.cycle.tasks import Settings, TemplateFile
from hopdocs.cycle.template_names import is_template, list_names
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.documents.translated.settings import check_translations
from hopdocs.errors import FaultyInput, LedgerFault
from hopdocs.freshness.cache import CacheDamaged, find_set_aside, open_cache_to_read
from hopdocs.freshness.cache_keys import MetaKey
from hopdocs.freshness.delivered import DeliveredCopies
from hopdocs.freshness.fingerprint import Digest, digest_bytes, digest_plain
from hopdocs.freshness.publish import AccessRule, OutputFault, access_rule
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.freshness.versions import Stand, read_stand
from hopdocs.model.config import PdfChoice
from hopdocs.notices.current_answers import kept_answers
from hopdocs.operator_file import read_config_text, use_config
from hopdocs.package_data import describe_program, shipped_path
from hopdocs.rendering.template import ENGINE, digest_template
from hopdocs.rules import check_references
from hopdocs.sources.file_sizes import LARGEST_TEMPLATE_BYTES
from hopdocs.sources.yaml.placing import place_findings
from hopdocs.workspace import (
    CONFIG_NAME,
    NO_FILES,
    UnreadableFile,
    Workspace,
    printable_name,
    read_source,
    refuse_pushed_links,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.clock import Clock
    from hopdocs.cycle.project.source import ProjectInput
    from hopdocs.model.config import Config
    from hopdocs.notices.current_answers import FamilyAnswers
    from hopdocs.sources.config import ConfigText
    from hopdocs.sources.yaml.yaml_text import ParsedYaml

SOFTWARE: Final = f"hopdocs {hopdocs.__version__}, engine {ENGINE}"


@dataclass(frozen=True, slots=True)
class SharedInputs:
    """Everything that is not a family's own. `digest` changes when all families must be looked at anew.

    `engine` is the converter's version, '' if no PDFs are made. `footing` names the ledger that the documents' versions
    are from, as it was when first a build found another one than before. Templates are not in the digest: each family
    remembers which it uses.
    """

    config: Config
    config_digest: Digest
    settings: Settings
    engine: str
    digest: Digest
    footing: str
    zone: ZoneInfo
    diagnostics: tuple[Diagnostic, ...]
    project: ProjectInput | None = None

    @property
    def makes_pdf(self) -> bool:
        """Whether PDFs are asked for, on this machine or on one that can make them."""
        return self.config.documents.pdf is not PdfChoice.NONE


def read_shared_inputs(
    workspace: Workspace,
    clock: Clock,
    *,
    writes: bool,
    fallback_config: ConfigText | None = None,
    standing_in: Mapping[str, bytes] = NO_FILES,
) -> SharedInputs:
    """What all families share at present; `standing_in` has by path what is to be read in a file's stead.

    A `config.yaml` that cannot be used raises `FaultyInput`, or `OutputFault` if this machine has no such group, unless
    there is an earlier one to go on with (`fallback_config`): then its faults are among the diagnostics, and one that
    says so.
    """
    diagnostics: list[Diagnostic] = []
    try:
        used = _use_config(read_config_text(workspace, standing_in))
    except (FaultyInput, OutputFault) as fault:
        if fallback_config is None:
            raise
        told = _as_diagnostics(fault)
        diagnostics += told
        file = next((item.path for item in told if item.severity is Severity.ERROR), CONFIG_NAME)
        diagnostics.append(Diagnostic(file, 0, 0, "HD520", {"file": file}, Severity.WARNING, Blocks.NOTHING))
        used = _use_config(fallback_config)
    else:
        diagnostics += used.warnings
    config = used.config
    if config.git is not None and config.git.pull is not None:
        refuse_pushed_links(workspace, config.documents)
    diagnostics += place_findings(check_answers_folder(config, workspace), used.source)
    zone = ZoneInfo(config.timezone)
    engine = _find_engine(config, diagnostics)
    now = clock.now()
    today = local_date(now, zone)
    aside = find_set_aside(workspace.state)
    if aside:
        params = {"count": str(len(aside)), "newest": aside[-1]}
        diagnostics.append(Diagnostic(".hopdocs", 0, 0, "HD720", params, Severity.ADVICE, Blocks.NOTHING))
    project = read_project(workspace, config, today, standing_in)
    diagnostics += project.diagnostics if project is not None else ()
    diagnostics += place_findings([*check_references(config, today), *check_translations(config)], used.source)
    settings = Settings(
        workspace=workspace,
        config_text=used.text,
        today=today,
        now=now,
        software=SOFTWARE,
        output=workspace.output(config.documents),
        access=used.access,
        template_files=find_templates(workspace, diagnostics),
        makes_pdf=engine != "",
        wants_pdf=config.documents.pdf is not PdfChoice.NONE,
        writes=writes,
        answers=read_answers(workspace) if config.mail is not None else {},
        delivered=count_delivered(workspace),
    )
    program = digest_plain(describe_program())
    text = used.text.as_bytes()
    footing = read_footing(workspace)
    digest = digest_plain([text.decode("utf-8", "replace"), SOFTWARE, program, today.isoformat(), engine, footing])
    return SharedInputs(
        config, digest_bytes(text), settings, engine, digest, footing, zone, tuple(diagnostics), project
    )


def read_answers(workspace: Workspace) -> dict[str, FamilyAnswers]:
    """What people have answered, from the ledger as it is; nothing if there is none yet."""
    path = workspace.ledger_path
    if not path.is_file():
        return {}
    with contextlib.suppress(sqlite3.Error), contextlib.closing(connect_to_read(path)) as connection:
        return kept_answers(connection)
    return {}  # what is wrong with the ledger, whoever opens it to write will say


def count_delivered(workspace: Workspace) -> dict[str, int]:
    """By family: how many copies of what was handed over the ledger knows."""
    path = workspace.ledger_path
    if not path.is_file():
        return {}
    with contextlib.suppress(sqlite3.Error, LedgerFault), contextlib.closing(connect_to_read(path)) as connection:
        return DeliveredCopies(connection).tally()
    return {}


def read_footing(workspace: Workspace) -> str:
    """The footing that the cache knows, as long as the ledger is the one that it knows and has not been set back."""
    stand = read_stand(workspace.ledger_path)
    with (
        contextlib.suppress(CacheDamaged, sqlite3.Error),
        contextlib.closing(open_cache_to_read(workspace.cache_path)) as cache,
    ):
        known = json.loads(cache.meta(MetaKey.LEDGER) or "null")
        if known is not None and stand is not None and stand.follows(Stand(known["book"], known["number"])):
            return str(known["footing"])
    return f"{stand.book} {stand.number}" if stand is not None else ""


def find_templates(workspace: Workspace, diagnostics: list[Diagnostic]) -> dict[str, TemplateFile]:
    """Every letter template by file name: those that hopdocs ships, and the workspace's own in their place."""
    found: dict[str, TemplateFile] = {}
    for folder in (shipped_path("templates"), workspace.templates):
        for name in list_names(folder, is_template):
            path = folder / name
            if not name.isprintable():  # no document's, and no text that a database would keep
                place = f"templates/{printable_name(name)}"
                diagnostics.append(Diagnostic(place, 0, 0, "HD595", {}, Severity.WARNING, Blocks.NOTHING))
                continue
            try:
                data = read_source(path, LARGEST_TEMPLATE_BYTES)
            except FileNotFoundError:
                continue
            except UnreadableFile as fault:
                diagnostics.append(
                    Diagnostic(f"templates/{name}", 0, 0, fault.code, fault.params, Severity.ERROR, Blocks.DOCUMENTS)
                )
                continue
            found[name] = TemplateFile(path, Digest(digest_template(data)))
    return found


@dataclass(frozen=True, slots=True)
class _UsedConfig:
    """A configuration that can be used on this machine."""

    text: ConfigText
    config: Config
    source: ParsedYaml
    access: AccessRule
    warnings: list[Diagnostic]


def _use_config(text: ConfigText) -> _UsedConfig:
    read = use_config(text)
    assert read.config is not None  # noqa: S101 - it would have been refused
    return _UsedConfig(text, read.config, read.source, access_rule(read.config.documents), read.diagnostics)


def _as_diagnostics(fault: FaultyInput | OutputFault) -> tuple[Diagnostic, ...]:
    if isinstance(fault, FaultyInput):
        return fault.diagnostics
    return (Diagnostic("config.yaml", 0, 0, fault.code, fault.params, Severity.ERROR, Blocks.NOTHING),)


def _find_engine(config: Config, diagnostics: list[Diagnostic]) -> str:
    if config.documents.pdf is PdfChoice.NONE:
        return ""
    from hopdocs.rendering.pdf import worker_pool  # noqa: PLC0415 - where no PDFs are made nobody asks

    missing = worker_pool.missing()
    if missing is None:
        return worker_pool.version()
    diagnostics.append(Diagnostic("config.yaml", 0, 0, missing.code, missing.params, Severity.WARNING, Blocks.NOTHING))
    return ""
