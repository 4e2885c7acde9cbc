"""What the files in `templates/` are, by their names, and which of them makes a letter.

`invitation.docx` makes invitations, `invitation.ung.docx` those of one variant, `invitation.en.docx` the translation
that lies beside them, and `invitation.udkast.docx` is a draft of the first. Names alone: what looks at a workspace
before anything is parsed asks here too.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from hopdocs.package_data import shipped_path
from hopdocs.workspace import is_passing

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from pathlib import Path

    from hopdocs.workspace import Workspace

_ENDING: Final = ".docx"
_DRAFT: Final = ".udkast"
_EASY_FORM, _EASY_DANISH = "let", "da-let"


def is_template(name: str) -> bool:
    """Whether a file makes letters: no draft, and no lock of a template that is open in Word."""
    return name.endswith(_ENDING) and not name.endswith(f"{_DRAFT}{_ENDING}") and not is_passing(name)


def is_draft(name: str) -> bool:
    """Whether a file may become a template."""
    return name.endswith(f"{_DRAFT}{_ENDING}") and not is_passing(name)


def list_names(folder: Path, is_wanted: Callable[[str], bool]) -> list[str]:
    """The names in a folder that are wanted, in order; none if there is no such folder."""
    try:
        return sorted(filter(is_wanted, os.listdir(folder)))  # noqa: PTH208 - names alone
    except (FileNotFoundError, NotADirectoryError):
        return []


def list_template_names(workspace: Workspace) -> frozenset[str]:
    """The names of all templates that a workspace uses: its own, and those that hopdocs comes with."""
    folders = (shipped_path("templates"), workspace.templates)
    return frozenset(name for folder in folders for name in list_names(folder, is_template))


def short_name(name: str) -> str:
    """`invitation.ung` of its template, of its draft, and of itself: how people say which they mean."""
    return name.removesuffix(_ENDING).removesuffix(_DRAFT)


def template_name(short: str) -> str:
    """The template's file."""
    return f"{short}{_ENDING}"


def draft_name(short: str) -> str:
    """The draft's file."""
    return f"{short}{_DRAFT}{_ENDING}"


def split_name(name: str) -> tuple[str, str]:
    """What letters a file is for, and which variant of them; '' for the plain one."""
    template, _, variant = short_name(name).partition(".")
    return template, variant


def translated_variants(variant: str | None, language: str) -> tuple[str, ...]:
    """The variants that a translation of a letter may be made with, the nearest first: of this form of it, of any."""
    return (f"{variant}.{language}", language) if variant else (language,)


def find_translated(template: str, form: str | None, code: str, there: Container[str]) -> str | None:
    """The form of a letter's template that says it in the language of that code; None if there is none.

    What is in easy Danish itself (`informationsbrev.let.docx`) needs nothing in easy Danish beside it.
    """
    if code == _EASY_DANISH and form == _EASY_FORM and template_name(f"{template}.{form}") in there:
        return None
    forms = translated_variants(form, code)
    return next((item for item in forms if template_name(f"{template}.{item}") in there), None)


def choose_name(template: str, variant: str | None, there: Container[str]) -> tuple[str, tuple[str, ...]]:
    """The file that makes a letter, and every name that was looked for on the way to it.

    The variant's own if it is there, else the plain one, there or not. A variant that is missing is an input like
    any other: it may appear.
    """
    names = [template_name(f"{template}.{variant}")] if variant else []
    names.append(template_name(template))
    for number, name in enumerate(names, 1):
        if name in there:
            return name, tuple(names[:number])
    return names[-1], tuple(names)
