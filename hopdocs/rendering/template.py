"""A compiled Word template: the door into rendering.

    template = compile_template(Path("dagsorden.docx"))
    template.render({"meeting": meeting})        # the finished docx

docxtpl is the language and the reference. What it does again for every document (99 % of its time) is done once
here; a document is then rendering, a check, and packing the few parts that changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError
from jinja2.utils import missing
from markupsafe import escape

from hopdocs.charts.drawing import CHARTS
from hopdocs.errors import FaultyInput
from hopdocs.rendering.checking.names import NamePath, read_names
from hopdocs.rendering.checking.template_inputs import Plain, narrow_context
from hopdocs.rendering.compilation import CompiledPart, compile_part, compile_property, parse_part, run_template
from hopdocs.rendering.docx.docxtpl_fallback import find_owner, place_in_docxtpl, render_through_docxtpl
from hopdocs.rendering.docx.docxtpl_values import NeedsDocxtplError
from hopdocs.rendering.docx.output import BrokenMarkupError, check_well_formed, finish_text, serialize_part
from hopdocs.rendering.docx.package import SealedBlock, read_members, seal_members, write_package
from hopdocs.rendering.docx.pictures.charts import ChartPlaces, begin_pictures
from hopdocs.rendering.docx.preparation import PartSource, Preparation, prepare_template
from hopdocs.rendering.docx.properties import CoreXml, DocumentProperties, shorten_markup
from hopdocs.rendering.docx.repairs.title_fields import TITLE_SLOT
from hopdocs.rendering.faults import (
    EmptyValueError,
    RefusedOperationError,
    UnknownNameError,
    describe_place,
    known_names,
    locate_line,
    suggest_name,
    tags_of,
    template_fault,
)
from hopdocs.rendering.sandbox.environment import Filters, TemplateEnvironment, load_code, make_environment
from hopdocs.rendering.sandbox.iterators import hold_iterators, rewind_iterators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import jinja2
    from jinja2 import nodes
    from jinja2.ext import Extension

    from hopdocs.diagnostics import Diagnostic
    from hopdocs.rendering.docx.zip_member import ZipMember

ENGINE: Final = "3"
"""Raised when the same template and data would give another document or PDF than before."""
_LIBRARIES: Final = ("docxtpl", "jinja2", "lxml", "python-docx", "babel", "matplotlib")
"""What compiles a template, writes the file, says days and sums in a language, and draws."""
_MOST_KNOWN_NAMES: Final = 12


def compile_template(  # noqa: PLR0913 - each by its name
    path: Path | str,
    *,
    filters: Filters | None = None,
    globals: Mapping[str, object] | None = None,  # noqa: A002 - Jinja2's own word
    tests: Filters | None = None,
    extensions: Sequence[str | type[Extension]] = (),
    lenient: bool = False,
) -> Template:
    """Compile the template at `path`; raises FaultyInput with every fault that shows without data.

    `filters`, `globals` and `tests` are added to Jinja2's own, and `extensions` to its language (`{% break %}` is
    "jinja2.ext.loopcontrols"). `lenient` is for templates brought from docxtpl, which is so unless told otherwise: what
    the data lacks is printed as nothing and None as "None", and `|safe` may be used.
    """
    path = Path(path)
    return compile_template_bytes(
        path.read_bytes(), path.name, filters=filters, globals=globals, tests=tests, extensions=extensions,
        lenient=lenient,
    )  # fmt: skip


def compile_template_bytes(  # noqa: PLR0913 - as above
    data: bytes,
    name: str,
    *,
    filters: Filters | None = None,
    globals: Mapping[str, object] | None = None,  # noqa: A002 - Jinja2's own word
    tests: Filters | None = None,
    extensions: Sequence[str | type[Extension]] = (),
    lenient: bool = False,
) -> Template:
    """The same from bytes; `name` is what diagnostics call the template."""
    environment = make_environment(
        filters=filters, globals_=globals, tests=tests, extensions=extensions, lenient=lenient
    )
    return Template(compile_data(data, name, environment), environment)


@dataclass(frozen=True, slots=True)
class Compiled:
    """All that documents are made with, as compiling a template left it; fit to be kept (`kept_templates`)."""

    name: str
    data: bytes
    """The docx that docxtpl opens."""
    notes: tuple[Diagnostic, ...]
    names: frozenset[NamePath]
    digest: str
    parts: tuple[CompiledPart, ...]
    properties: tuple[CompiledPart, ...]
    fixed_properties: Mapping[str, str]
    core_member: str
    core: CoreXml
    members: tuple[ZipMember, ...]
    changing: dict[str, bytes]
    charts: ChartPlaces
    sealed: SealedBlock


def compile_data(data: bytes, name: str, environment: TemplateEnvironment) -> Compiled:
    """Raises FaultyInput with every fault that shows without data."""
    preparation = prepare_template(data, name)
    faults = list(preparation.faults)
    parts = _parse(environment, preparation.parts, name, faults)
    properties = _parse(environment, _property_sources(preparation), name, faults)
    if faults:
        raise FaultyInput(faults)
    trees = [tree for _, tree in (*parts, *properties)]
    core = next(member for member in preparation.members if member.name == preparation.core_member)
    changed = {part.member for part in preparation.parts} | {preparation.core_member}
    members = tuple(member for member in preparation.members if member.name not in changed)
    charts = ChartPlaces.find(trees, changed, members)
    return Compiled(
        name=name,
        data=preparation.data,
        notes=preparation.notes,
        names=read_names(trees, environment.globals),
        digest=digest_template(data),
        parts=tuple(compile_part(environment, part, tree, name) for part, tree in parts),
        properties=tuple(compile_property(environment, part, tree) for part, tree in properties),
        fixed_properties=_fixed_properties(preparation),
        core_member=preparation.core_member,
        core=CoreXml.cut(core.data.decode()),
        members=members,
        changing={member.name: member.data for member in preparation.members if member.name in changed},
        charts=charts,
        sealed=seal_members(charts.fix(members)),
    )


class Template:
    """A Word template, compiled. Renders any number of documents, one at a time or from several threads."""

    def __init__(self, compiled: Compiled, environment: TemplateEnvironment) -> None:
        self.name = compiled.name
        self.notes = compiled.notes
        """What its owner should know of what was left out when it was compiled."""
        self.names = compiled.names
        """Every path of the context that the template can read (`hopdocs.rendering.checking.names`)."""
        self.digest = compiled.digest
        """Of the file and of the programs whose versions show in the result."""
        self.compiled = compiled
        self._environment = environment
        self._parts = [(part, load_code(environment, part.code)) for part in compiled.parts]
        self._fixed_parts: dict[tuple[str, bool], bytes] = {}
        """By name, and whether they were checked: parts that are the same in every document, once they are made."""
        self._properties = [(part, load_code(environment, part.code)) for part in compiled.properties]

    def render(
        self,
        context: Mapping[str, object],
        *,
        properties: DocumentProperties | None = None,
        prepared_with: DocxTemplate | None = None,
        check_output: bool = True,
    ) -> bytes:
        """The finished docx; raises FaultyInput where the template asks for what is not there.

        `properties` replaces the template's own title, dates and so on. `prepared_with` is a docxtpl object (see
        `docxtpl()`) whose links, replaced pictures and embedded files belong to this document. `check_output` off
        leaves out the check that each part is XML.
        """
        data = hold_iterators(context)
        begin_pictures()
        core, title = self._render_core(data, properties)
        if prepared_with is not None:
            return self._render_through_docxtpl(data, core, title, prepared_with)
        try:
            changed = {
                part.source.member: self._render_part(part, template, data, title, check_output)
                for part, template in self._parts
            }
        except NeedsDocxtplError as need:
            data = rewind_iterators(data)
            return self._render_through_docxtpl(data, core, title, find_owner([need.value, data]))
        changed[self.compiled.core_member] = core
        return write_package(self.compiled.sealed, self.compiled.charts.fill(changed))

    def _base(self) -> bytes:
        """The docx that docxtpl's own way begins with."""
        compiled = self.compiled
        return write_package(compiled.sealed, compiled.charts.relations | compiled.changing)

    def narrow(self, context: Mapping[str, object]) -> Plain:
        """What the template can read of `context`, in canonical plain data: what a fingerprint covers."""
        return narrow_context(self.names, context)

    def docxtpl(self) -> DocxTemplate:
        """A docxtpl object of this template, to make pictures, subdocuments, links and replacements with."""
        return DocxTemplate(BytesIO(self.compiled.data))

    @property
    def sources(self) -> tuple[tuple[PartSource, nodes.Template], ...]:
        """What is templated in it, with its syntax tree: parts, then properties. Parsed anew each time."""
        compiled = (*self.compiled.parts, *self.compiled.properties)
        return tuple((part.source, self._environment.parse(part.source.source, part.source.label)) for part in compiled)

    @property
    def package(self) -> tuple[ZipMember, ...]:
        """Every part of the template as docxtpl opens it; unpacked each time that somebody asks."""
        return tuple(read_members(self.compiled.data, self.name)[0])

    @property
    def fixed_members(self) -> tuple[ZipMember, ...]:
        """The parts that are the same in every document."""
        return self.compiled.members

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """The filters that it may use."""
        return self._environment.filters

    @property
    def globals(self) -> frozenset[str]:
        """The names that are there without any data."""
        return frozenset(self._environment.globals)

    def _render_part(
        self,
        part: CompiledPart,
        template: jinja2.Template,
        data: dict[str, object],
        title: str,
        check_output: bool,  # noqa: FBT001
    ) -> bytes:
        known = self._fixed_parts.get((part.source.member, check_output))
        if known is not None:
            return known
        try:
            text = finish_text(part.source, run_template(template, data)).replace(TITLE_SLOT, title)
            made = serialize_part(part.source, text, repair_tree=part.repair_tree, check_output=check_output)
        except NeedsDocxtplError:
            raise
        except Exception as err:  # noqa: BLE001 - a template's expression may raise anything
            self._fail(err, template, part.source, data)
        if part.is_fixed:
            self._fixed_parts[part.source.member, check_output] = made
        return made

    def _render_core(self, data: dict[str, object], properties: DocumentProperties | None) -> tuple[bytes, str]:
        """The properties' part, and the title as markup."""
        texts = dict(self.compiled.fixed_properties)
        for part, template in self._properties:
            try:
                texts[part.source.member] = shorten_markup(run_template(template, data))
            except Exception as err:  # noqa: BLE001 - as above
                self._fail(err, template, part.source, data)
        core = self.compiled.core.fill(texts, properties)
        try:
            check_well_formed(core)
        except BrokenMarkupError as err:
            raise FaultyInput([template_fault("HD310", self.name, place="properties", reason=str(err))]) from err
        return core, (properties.texts() if properties else {}).get("title") or texts.get("title", "")

    def _render_through_docxtpl(
        self, data: dict[str, object], core: bytes, title: str, prepared_with: DocxTemplate | None
    ) -> bytes:
        try:
            members = render_through_docxtpl(self._base(), data, self._environment, prepared_with)
        except NeedsDocxtplError as need:  # a subdocument that stands where `find_owner` does not look
            return self._render_through_docxtpl(rewind_iterators(data), core, title, find_owner([need.value]))
        except Exception as err:
            raise FaultyInput([self._fault(err, place_in_docxtpl(err) or "body", data)]) from err
        slot, shown = TITLE_SLOT.encode(), title.encode()
        members = {name: part.replace(slot, shown) if name.endswith(".xml") else part for name, part in members.items()}
        members[self.compiled.core_member] = core
        return write_package(seal_members(()), self.compiled.charts.fill(members))

    def _fail(
        self, err: Exception, template: jinja2.Template, part: PartSource, data: Mapping[str, object]
    ) -> NoReturn:
        line = _failing_line(err, template)
        place = locate_line(part.label, part.source, line) if line else describe_place(part.label, "", "")
        paragraph = part.source.split("\n")[line - 1 : line] if line else []
        raise FaultyInput([self._fault(err, place, data, tags_of("".join(paragraph)))]) from err

    def _fault(self, err: Exception, place: str, data: Mapping[str, object], tags: str = "{{ … }}") -> Diagnostic:
        match err:
            case UnknownNameError(obj=obj, name=name) if obj is missing:
                nearest = suggest_name(name, [*data, *self._environment.globals]) or _nearest(name, [*data])
                return template_fault("HD306", self.name, place=place, name=name, nearest=nearest)
            case UnknownNameError(obj=obj, name=name):
                nearest = _nearest(name, known_names(obj))
                owner = type(obj).__name__
                return template_fault("HD307", self.name, place=place, name=name, owner=owner, nearest=nearest)
            case EmptyValueError():
                return template_fault("HD308", self.name, place=place)
            case BrokenMarkupError(after=after):
                place = f'{place}, after "{after}"' if after else place
                return template_fault("HD310", self.name, place=place, reason=str(err))
            case RefusedOperationError() | SecurityError() | RecursionError() | MemoryError():
                what = str(err) if isinstance(err, RefusedOperationError) else ""  # the others speak of Python
                return template_fault("HD311", self.name, place=place, what=what or tags)
        return template_fault("HD309", self.name, place=place, reason=tags)


def digest_template(data: bytes) -> str:
    """Of a template's file and of what makes documents from it."""
    return hashlib.sha256(_programs().encode() + data).hexdigest()


@cache
def _programs() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return f"hopdocs engine {ENGINE}, charts {CHARTS}, {libraries}\n"


def _nearest(name: str, known: list[str]) -> str:
    near = suggest_name(name, known)
    return near or ", ".join(sorted(known)[:_MOST_KNOWN_NAMES]) or "–"


def _failing_line(err: BaseException, template: jinja2.Template) -> int:
    """The line of the part's source that raised, read from the traceback's innermost frame of its code."""
    line = 0
    trace = err.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__jinja_template__") is template:
            line = trace.tb_lineno
        trace = trace.tb_next
    return template.get_corresponding_lineno(line) if line else 0


def _parse(
    environment: TemplateEnvironment, sources: Iterable[PartSource], name: str, faults: list[Diagnostic]
) -> list[tuple[PartSource, nodes.Template]]:
    """The sources with their syntax trees; what is wrong with them is put among the faults."""
    parsed = []
    for part in sources:
        tree, found = parse_part(environment, part, name)
        faults += found
        if tree is not None:
            parsed.append((part, tree))
    return parsed


def _property_sources(preparation: Preparation) -> list[PartSource]:
    return [
        PartSource(field, f"properties, {field}", text, "", "")
        for field, text in preparation.properties.items()
        if "{" in text
    ]


def _fixed_properties(preparation: Preparation) -> dict[str, str]:
    """Properties without Jinja2, as docxtpl writes them back: less one line break at the end."""
    return {
        field: str(escape(text.removesuffix("\n"))) for field, text in preparation.properties.items() if "{" not in text
    }
