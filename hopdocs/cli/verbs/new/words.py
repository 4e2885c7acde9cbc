"""What may be said after `hopdocs new`: dates, times and names in the forms that people write in the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from hopdocs.cli.console import both
from hopdocs.model.scalars.moments import parse_date, parse_month, parse_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Word(click.ParamType[Any]):
    """A value in the forms that people write in the files."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The date or time of day."""
        from pydantic_core import PydanticCustomError  # noqa: PLC0415

        if not isinstance(value, str):
            return value
        try:
            return _PARSERS[self.name](value)
        except PydanticCustomError:
            if self.name == "month":
                hint = both(en="write 2026-11", da="skriv 2026-11")
                self.fail(both(en=f"{value} is no month", da=f"{value} er ikke en måned") + f"; {hint}", param, ctx)
            if self.name == "date":
                hint = both(en="write 2026-11-24", da="skriv 2026-11-24")
                self.fail(both(en=f"{value} is no date", da=f"{value} er ikke en dato") + f"; {hint}", param, ctx)
            hint = both(en="write 10.00", da="skriv 10.00")
            self.fail(
                both(en=f"{value} is no time of day", da=f"{value} er ikke et klokkeslæt") + f"; {hint}", param, ctx
            )


class Written(click.ParamType[str]):
    """Something that people write: a name, or a sentence."""

    def __init__(self, name: str, *, en: str, da: str) -> None:
        self.name, self._en, self._da = name, en, da

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """What was written, without white space around it."""
        if not str(value).strip():
            self.fail(both(en=self._en, da=self._da), param, ctx)
        return str(value).strip()


_PARSERS: Final[Mapping[str, Callable[[str], Any]]] = {"date": parse_date, "time": parse_time, "month": parse_month}
DATE, TIME, MONTH = Word("date"), Word("time"), Word("month")
NAME = Written("name", en="the name is empty", da="navnet er tomt")
TEXT = Written("text", en="the text is empty", da="teksten er tom")
