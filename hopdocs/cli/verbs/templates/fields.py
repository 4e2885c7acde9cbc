"""`hopdocs templates fields`: what a template may ask for, with an example of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb
from hopdocs.cli.verbs.templates.drafts import choose_sample

if TYPE_CHECKING:
    from hopdocs.rendering.checking.field_list import TemplateField


@click.command(
    "fields",
    cls=Verb,
    short_help=both(en="list what a template may ask for", da="vis, hvad en skabelon kan bruge"),
    help=both(
        en="List every field that templates of a kind may ask for, with what it is for the sample family. With --to it "
        "is written as a page (.html) or as a Word file to copy fields from (.docx).",
        da="Vis hvert felt, som skabeloner af en slags kan bruge, med det, det er for prøvefamilien. Med --to skrives "
        "listen som en side (.html) eller som en Word-fil at kopiere felter fra (.docx).",
    ),
    examples=("hopdocs templates fields invitation", "hopdocs templates fields dagsorden --to felter.docx"),
)
@click.argument("kind", metavar="KIND")
@click.option(
    "--to",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=both(en="A new .html or .docx file.", da="En ny .html- eller .docx-fil."),
)
@click.pass_obj
def list_fields(invocation: Invocation, *, kind: str, path: Path | None) -> None:
    """Fields by their tags, as they are written in Word."""
    from hopdocs.cli.safe_write import save_new  # noqa: PLC0415 - reads the whole rendering layer
    from hopdocs.errors import WorkspaceFault  # noqa: PLC0415
    from hopdocs.rendering.checking.field_list import list_fields as fields_in  # noqa: PLC0415
    from hopdocs.rendering.docx.field_sheet import write_field_page, write_field_sheet  # noqa: PLC0415

    fields = fields_in(choose_sample(invocation, kind).context)
    title = both(en=f"Fields of {kind}", da=f"Felter i {kind}")
    heads = (both(en="in the template", da="i skabelonen"), both(en="for example", da="for eksempel"))
    if path is None:
        _say(invocation, fields)
        return
    if path.suffix.lower() not in (".html", ".docx"):
        raise click.BadParameter(both(en="the file ends in .html or .docx", da="filen ender på .html eller .docx"))
    if path.exists():
        raise WorkspaceFault("HD598", path=str(path))
    is_page = path.suffix.lower() == ".html"
    save_new(
        path, write_field_page(title, heads, fields).encode() if is_page else write_field_sheet(title, heads, fields)
    )
    invocation.console.say(both(en=f"{len(fields)} fields in {path}", da=f"{len(fields)} felter i {path}"))


def _say(invocation: Invocation, fields: list[TemplateField]) -> None:
    width = max(len(field.tag) for field in fields)
    for field in fields:
        invocation.console.say(f"{field.tag:<{width}}  {' '.join(field.example.split())}".rstrip())
